"""A day as arrays for the compiled kernels, and the seats that are taken in it.

Nodes. A *kind* of session ``k`` (of K) that is open in block ``t`` is node ``k * frames + t``. With ``frames`` = 1 all blocks
are one: a node is a kind for the whole day, which is how sessions are chosen before they are put into blocks. Kind K is
unstaffed work on a device. Overflow, a seat without a task, is hold = -1 and has no node.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from headway.core.compiled import compiled, inlined
from headway.core.environment.schedule.day import Flags, Floats, Ints


class Net(NamedTuple):
    """What does not change while seats move. Choices are sorted by learner; ``order`` gives their number in the day."""

    blocks: int
    kinds: int
    learner: Ints  # [C] of each choice
    kind: Ints  # [C] 0..K
    item: Ints  # [C] dense number of (learner, ready skill): at most one choice of an item a day
    family: Ints  # [C] modality, for what a learner may have of it in a day
    gain: Floats  # [C]
    mask: Ints  # [C] bit t: may be taken in block t
    starts: Ints  # [S + 1] choices of a learner
    by_kind: Ints  # [C] choices sorted by kind
    kind_starts: Ints  # [K + 2]
    idle: Floats  # [S] gain of an overflow seat
    limit: Ints  # [S, families] seats of a modality a day
    largest: Ints  # [K] learners in one session
    smallest: Ints  # [K]
    apart: Ints  # [S, A] learners who are not to share a session, -1 fills up
    items: int
    order: Ints  # [C]


class Seats(NamedTuple):
    """Where everybody sits, and what follows from it; changed in place by :func:`put` only."""

    frames: int
    hold: Ints  # [S, T] choice, or -1
    locked: Flags  # [S, T] a pin: is not moved
    used: Ints  # [items] 1 while held
    taken: Ints  # [S, families]
    filled: Ints  # [nodes] learners
    room: Ints  # [nodes] seats
    least: Ints  # [nodes] fewest learners in the open sessions together
    head: Ints  # [nodes] first place (learner * T + block) in the node, -1
    after: Ints  # [S * T]
    before: Ints  # [S * T]
    log: Ints  # [cap, 3] learner, block, choice before; for undo
    logged: Ints  # [1]


def empty_seats(net: Net, frames: int) -> Seats:
    """Everybody in overflow, nothing open."""
    learners, nodes = len(net.idle), (net.kinds + 1) * frames
    places = learners * net.blocks
    zeros = np.zeros
    return Seats(
        frames, np.full((learners, net.blocks), -1), zeros((learners, net.blocks), dtype=bool), zeros(net.items, np.int64),
        zeros(net.limit.shape, np.int64), zeros(nodes, np.int64), zeros(nodes, np.int64), zeros(nodes, np.int64),
        np.full(nodes, -1), np.full(places, -1), np.full(places, -1), zeros((64 * places + 4096, 3), np.int64),
        zeros(1, np.int64),
    )  # fmt: skip


def copy_of(seats: Seats) -> Seats:
    """The same seats in arrays of their own."""
    return Seats(
        seats.frames, seats.hold.copy(), seats.locked.copy(), seats.used.copy(), seats.taken.copy(), seats.filled.copy(),
        seats.room.copy(), seats.least.copy(), seats.head.copy(), seats.after.copy(), seats.before.copy(), seats.log.copy(),
        seats.logged.copy(),
    )  # fmt: skip


@inlined
def node_of(frames: int, kind: int, block: int) -> int:
    """The node of a kind in a block."""
    return kind * frames + (block if frames > 1 else 0)


@compiled
def put(net: Net, seats: Seats, learner: int, block: int, choice: int) -> None:
    """Seat a learner (-1: overflow), keep every count true, and write the change down for :func:`undo`."""
    old = seats.hold[learner, block]
    place = learner * net.blocks + block
    if seats.logged[0] < len(seats.log):
        at = seats.logged[0]
        seats.log[at, 0] = learner
        seats.log[at, 1] = block
        seats.log[at, 2] = old
    seats.logged[0] += 1
    if old >= 0:
        node = node_of(seats.frames, net.kind[old], block)
        seats.filled[node] -= 1
        seats.used[net.item[old]] -= 1
        seats.taken[learner, net.family[old]] -= 1
        a, b = seats.after[place], seats.before[place]
        if b >= 0:
            seats.after[b] = a
        else:
            seats.head[node] = a
        if a >= 0:
            seats.before[a] = b
    seats.hold[learner, block] = choice
    if choice >= 0:
        node = node_of(seats.frames, net.kind[choice], block)
        seats.filled[node] += 1
        seats.used[net.item[choice]] += 1
        seats.taken[learner, net.family[choice]] += 1
        first = seats.head[node]
        seats.after[place] = first
        seats.before[place] = -1
        if first >= 0:
            seats.before[first] = place
        seats.head[node] = place


@compiled
def undo(net: Net, seats: Seats, since: int) -> None:
    """Take back every change after the first ``since`` of the log."""
    for at in range(seats.logged[0] - 1, since - 1, -1):
        put(net, seats, seats.log[at, 0], seats.log[at, 1], seats.log[at, 2])
    seats.logged[0] = since


@compiled
def value_of(net: Net, seats: Seats) -> float:
    """The sum of the gains of all seats."""
    total = 0.0
    for learner in range(len(net.idle)):
        for block in range(net.blocks):
            held = seats.hold[learner, block]
            total += net.gain[held] if held >= 0 else net.idle[learner]
    return total
