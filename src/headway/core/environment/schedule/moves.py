"""What a learner's own day lets them do when they change one seat for another."""

from __future__ import annotations

from headway.core.compiled import inlined
from headway.core.environment.schedule.net import Net, Seats, node_of


@inlined
def suits(net: Net, seats: Seats, learner: int, choice: int, lost: int) -> bool:
    """Whether a learner may hold a choice in exchange for another one (-1: overflow), as far as their own day goes."""
    if seats.used[net.item[choice]] > 0 and (lost < 0 or net.item[lost] != net.item[choice]):
        return False
    family = net.family[choice]
    if lost >= 0 and net.family[lost] == family:
        return True
    return bool(seats.taken[learner, family] < net.limit[learner, family])


@inlined
def reachable(net: Net, seats: Seats, learner: int, choice: int, gained: int, lost: int) -> bool:
    """Whether a seat gained in one block may be paid with one lost in another: what stands there now must be able to
    move into the gap, as work on a device and overflow can. With one frame a day has no order, so nothing must move."""
    if seats.locked[learner, lost]:
        return False
    if not (net.mask[choice] >> gained) & 1:
        return False
    if gained == lost:
        return True
    if seats.locked[learner, gained]:
        return False
    moved = seats.hold[learner, gained]
    if moved < 0:
        return True
    if net.kind[moved] != net.kinds or not (net.mask[moved] >> lost) & 1:
        return False
    node = node_of(seats.frames, net.kinds, lost)
    return bool(seats.filled[node] < seats.room[node])


@inlined
def alone(net: Net, seats: Seats, learner: int, node: int) -> bool:
    """Whether nobody whom the learner is to be kept apart from sits in the node."""
    if node >= net.kinds * seats.frames:
        return True
    for other in net.apart[learner]:
        if other < 0:
            return True
        for block in range(net.blocks):
            held = seats.hold[other, block]
            if held >= 0 and node_of(seats.frames, net.kind[held], block) == node:
                return False
    return True
