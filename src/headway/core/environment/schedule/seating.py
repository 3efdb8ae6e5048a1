"""The best seats for given sessions, as a linear program (HiGHS through SciPy).

Nearly all of it is a transportation problem, so the solution is nearly always whole; what is not is rounded.
Choices whose price is far above their gain are left out, which keeps the program small. Work on a device has no
block in it: it goes into a gap that is left.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array

from headway.core.compiled import compiled
from headway.core.environment.schedule.day import Floats, Ints
from headway.core.environment.schedule.net import Net, Seats, put, value_of

CUT, MANY = 0.15, 600
"""A choice stays in the program unless its gain is this far below the prices of its learner, item and seat; twice as far
where there are not many learners."""


class _Rows:
    """Rows "sum of some columns at most", put together by keys: every column with the same key is in one row."""

    def __init__(self, columns: int) -> None:
        self.columns, self.count = columns, 0
        self.parts: list[tuple[Ints, Ints, float]] = []
        self.most: list[Floats] = []

    def add(self, columns: Ints, keys: Ints, most: Floats, sign: float = 1.0) -> None:
        """``keys`` [of columns] number the values of ``most``; rows that cannot bind are left out."""
        count = np.bincount(keys, minlength=len(most))
        binds = (count > most) if sign > 0.0 else (most < 0.0) & (count > 0)
        number = np.cumsum(binds) - 1 + self.count
        used = binds[keys]
        self.parts.append((number[keys[used]], columns[used], sign))
        self.most.append(most[binds])
        self.count += int(binds.sum())

    def matrix(self) -> csr_array:
        rows = np.concatenate([part[0] for part in self.parts])
        columns = np.concatenate([part[1] for part in self.parts])
        signs = np.concatenate([np.full(len(part[0]), part[2]) for part in self.parts])
        return coo_array((signs, (rows, columns)), shape=(self.count, self.columns)).tocsr()


def reseat(net: Net, seats: Seats, learner_price: Floats, item_price: Floats, seat_price: Floats) -> bool:
    """Seat everybody anew in the open sessions, as well as can be; False (and nothing changed) where that found no better plan.

    Prices [S], [items], [K + 1] only choose which choices are looked at. Locked seats stay.
    """
    choice, block = _columns(net, seats, learner_price, item_price, seat_price)
    if len(choice) == 0:
        return False
    learner, kind = net.learner[choice], net.kind[choice]
    gain = net.gain[choice] - net.idle[learner]
    matrix, most = _rows(net, seats, choice, block)
    done = linprog(-gain, A_ub=matrix, b_ub=most, bounds=(0.0, 1.0), method="highs-ds")
    if done.x is None:
        return False
    before, old = value_of(net, seats), np.nonzero(~seats.locked & (seats.hold >= 0))
    held = seats.hold[old]
    taken = np.flatnonzero(done.x > 0.5)
    order = taken[np.lexsort((-gain[taken], kind[taken] == net.kinds))]
    seat_all(net, seats, choice[order], block[order])
    if (seats.filled < seats.least).any() or value_of(
        net, seats
    ) < before:  # rounding may have cost more than it brought
        seat_all(net, seats, held, old[1])
        return False
    return True


def _columns(
    net: Net, seats: Seats, learner_price: Floats, item_price: Floats, seat_price: Floats
) -> tuple[Ints, Ints]:
    """Choices and the block of each; -1 for work on a device, and for all where a day has no order."""
    pays = net.gain - learner_price[net.learner] - item_price[net.item] - seat_price[net.kind]
    fixed = np.unique(net.item[seats.hold[seats.locked & (seats.hold >= 0)]])
    cut = CUT if len(net.idle) > MANY else 2.0 * CUT
    good = (pays > -cut) & (net.mask != 0) & ~np.isin(net.item, fixed)
    held = seats.hold[(seats.hold >= 0) & ~seats.locked]
    good[held] = True
    device = net.kind == net.kinds
    choices, blocks = [np.flatnonzero(good & device)], [np.full(int((good & device).sum()), -1)]
    room = seats.room.reshape(net.kinds + 1, seats.frames)
    for frame in range(seats.frames):
        able = good & ~device & (room[net.kind, frame] > 0)
        if seats.frames > 1:
            able &= ((net.mask >> frame) & 1 == 1) & ~seats.locked[net.learner, frame]
        choices.append(np.flatnonzero(able))
        blocks.append(np.full(int(able.sum()), frame if seats.frames > 1 else -1))
    return np.concatenate(choices), np.concatenate(blocks)


def _rows(net: Net, seats: Seats, choice: Ints, block: Ints) -> tuple[csr_array, Floats]:
    """What binds the columns: learners' blocks, items, limits of a day, seats of a node, pairs kept apart."""
    learner, kind = net.learner[choice], net.kind[choice]
    everything, rows = np.arange(len(choice)), _Rows(len(choice))
    locked = np.where(seats.locked, seats.hold, -1)
    sits, families = locked[locked >= 0], net.limit.shape[1]
    rows.add(everything, learner, (net.blocks - seats.locked.sum(axis=1)).astype(np.float64))
    rows.add(everything, net.item[choice], np.ones(net.items))
    timed = np.flatnonzero(block >= 0)
    rows.add(timed, learner[timed] * net.blocks + block[timed], np.ones(len(net.idle) * net.blocks))
    limit = net.limit.astype(np.float64).reshape(-1)
    limit -= np.bincount(net.learner[sits] * families + net.family[sits], minlength=len(limit))
    rows.add(everything, learner * families + net.family[choice], np.maximum(limit, 0.0))
    own = net.kinds * seats.frames
    node = np.where(kind == net.kinds, own, kind * seats.frames + np.maximum(block, 0))
    room, least = seats.room.astype(np.float64), seats.least.astype(np.float64)
    room[own] = room[own:].sum()
    frame = np.nonzero(locked >= 0)[1] if seats.frames > 1 else np.zeros(len(sits), dtype=np.int64)
    fixed = np.where(net.kind[sits] == net.kinds, own, net.kind[sits] * seats.frames + frame)
    already = np.bincount(fixed, minlength=len(room))
    rows.add(everything, node, np.maximum(room - already, 0.0))
    rows.add(everything, node, np.minimum(already - least, 0.0), -1.0)
    pairs = [(a, int(b)) for a, others in enumerate(net.apart) for b in others if b > a]
    for one, other in pairs:
        two = np.flatnonzero(((learner == one) | (learner == other)) & (kind < net.kinds))
        pinned = fixed[(net.learner[sits] == one) | (net.learner[sits] == other)]
        rows.add(two, node[two], np.maximum(1.0 - np.bincount(pinned, minlength=len(room)), 0.0))
    return rows.matrix(), np.concatenate(rows.most)


@compiled
def seat_all(net: Net, seats: Seats, choices: Ints, blocks: Ints) -> None:
    """Clear what may move, then seat, in this order: a choice without a block goes where there is a gap and room."""
    for learner in range(len(net.idle)):
        for block in range(net.blocks):
            if not seats.locked[learner, block] and seats.hold[learner, block] >= 0:
                put(net, seats, learner, block, -1)
    for at in range(len(choices)):
        choice = choices[at]
        learner = net.learner[choice]
        best, most = -1, 0
        for block in range(net.blocks):
            if seats.hold[learner, block] >= 0 or seats.locked[learner, block]:
                continue
            if blocks[at] >= 0 and block != blocks[at]:
                continue
            if seats.frames > 1 and not (net.mask[choice] >> block) & 1:
                continue
            node = net.kind[choice] * seats.frames + (block if seats.frames > 1 else 0)
            if seats.room[node] - seats.filled[node] > most:
                best, most = block, seats.room[node] - seats.filled[node]
        if best >= 0:
            put(net, seats, learner, best, choice)
    seats.logged[0] = 0
