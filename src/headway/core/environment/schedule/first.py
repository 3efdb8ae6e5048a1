"""The first plan: sessions that pay most above the prices, one after the other, then work on devices."""

from __future__ import annotations

import numpy as np

from headway.core.compiled import compiled
from headway.core.environment.schedule.day import Floats, Ints
from headway.core.environment.schedule.moves import alone, suits
from headway.core.environment.schedule.net import Net, Seats, put
from headway.core.environment.schedule.opening import MOST, Crews, Opened, Prices, keep, start_session

SURE = 0.3
"""Kinds that were open less often than this are left to the other ways of opening sessions."""


@compiled
def gap_of(net: Net, seats: Seats, learner: int, choice: int) -> int:
    """The first block in which a learner is free and may take a choice; -1 where there is none."""
    if not suits(net, seats, learner, choice, -1) or not alone(net, seats, learner, net.kind[choice] * seats.frames):
        return -1
    for block in range(net.blocks):
        free = seats.hold[learner, block] < 0 and not seats.locked[learner, block]
        if free and (net.mask[choice] >> block) & 1:
            return block
    return -1


@compiled
def offer(net: Net, seats: Seats, prices: Prices, kind: int, best: Floats, names: Ints) -> tuple[int, float]:
    """The free learners who pay most for a session of a kind, and how much together; 0 when too few come."""
    size, most = 0, min(MOST, net.largest[kind])
    for at in range(net.kind_starts[kind], net.kind_starts[kind + 1]):
        choice = net.by_kind[at]
        learner = net.learner[choice]
        pays = net.gain[choice] - prices.learner[learner] - prices.item[net.item[choice]]
        if size == most and pays <= best[size - 1]:
            continue
        if gap_of(net, seats, learner, choice) >= 0:
            size = keep(best, names, size, most, pays, choice)
    if size < net.smallest[kind]:
        return 0, 0.0
    total, used = 0.0, 0
    for at in range(size):
        if best[at] > 0.0 or at < net.smallest[kind]:
            total += best[at]
            used += 1
    return used, total


@compiled
def cheapest_free(crews: Crews, prices: Prices, crews_of: Ints, kind: int) -> int:
    """Who could open a kind now, at the lowest price; -1 where nobody can."""
    found = -1
    if crews.large[kind] and crews.rooms[0] <= 0:
        return -1
    for column in range(crews_of.shape[1]):
        crew = crews_of[kind, column]
        if crew >= 0 and crews.free[crew, 0] > 0 and (found < 0 or prices.crew[crew] < prices.crew[found]):
            found = crew
    return found


@compiled
def fill_first(net: Net, seats: Seats, crews: Crews, opened: Opened, crew: int, names: Ints, size: int) -> None:
    """Open a session and seat its first learners."""
    start_session(net, seats, crews, opened, crew, net.kind[names[0]], 0)
    for at in range(size):
        learner = net.learner[names[at]]
        block = gap_of(net, seats, learner, names[at])
        if block >= 0:  # not where two who are kept apart both came
            put(net, seats, learner, block, names[at])


@compiled
def rounded_sessions(
    net: Net, seats: Seats, crews: Crews, opened: Opened, prices: Prices, crews_of: Ints, average: Floats
) -> None:
    """Open as many sessions of a kind as were open on average while the prices settled, the surest first."""
    best, names = np.zeros(MOST + 1), np.zeros(MOST + 1, np.int64)
    left = average.copy()
    while net.kinds > 0:
        kind = int(np.argmax(left))
        if left[kind] < SURE:
            break
        crew = cheapest_free(crews, prices, crews_of, kind)
        size, _ = (0, 0.0) if crew < 0 else offer(net, seats, prices, kind, best, names)
        left[kind] -= 1.0
        if size > 0:
            fill_first(net, seats, crews, opened, crew, names, size)


@compiled
def first_sessions(net: Net, seats: Seats, crews: Crews, opened: Opened, prices: Prices, crews_of: Ints) -> None:
    """Open the session that pays most, until nothing pays. What a kind pays only falls, so old figures are upper bounds."""
    best, names = np.zeros(MOST + 1), np.zeros(MOST + 1, np.int64)
    hope = np.full(net.kinds, 1e300)
    while net.kinds > 0:
        kind = int(np.argmax(hope))
        if hope[kind] <= -1e299:
            break
        crew = cheapest_free(crews, prices, crews_of, kind)
        size, pays = (0, 0.0) if crew < 0 else offer(net, seats, prices, kind, best, names)
        if size == 0 or pays <= 0.0:
            hope[kind] = -1e300
            continue
        pays -= prices.crew[crew] + (prices.room if crews.large[kind] else 0.0)
        if pays < hope[kind] - 1e-12 and hope[kind] < 1e299:
            hope[kind] = pays
            continue
        if hope[kind] > 1e299:
            hope[kind] = pays
            continue
        fill_first(net, seats, crews, opened, crew, names, size)


@compiled
def first_devices(net: Net, seats: Seats, best: Floats, names: Ints) -> None:
    """Give learners with free blocks their best own work, while devices last."""
    for learner in range(len(net.idle)):
        size = 0
        for choice in range(net.starts[learner], net.starts[learner + 1]):
            if net.kind[choice] == net.kinds and net.gain[choice] > net.idle[learner]:
                size = keep(best, names, size, MOST, net.gain[choice], choice)
        for at in range(size):
            block = gap_of(net, seats, learner, names[at])
            node = net.kinds * seats.frames + (block if seats.frames > 1 else 0)
            if block >= 0 and seats.filled[node] < seats.room[node]:
                put(net, seats, learner, block, names[at])
