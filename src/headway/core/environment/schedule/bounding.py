"""A bound that no plan can pass, and the prices that prove it.

Lagrangian relaxation. Learners' days (at most their blocks in seats, an item at most once), adults, large rooms and devices
are given prices; what is left falls apart into sessions, each of which takes the learners who pay most above the prices. The
sum is a valid upper bound for any prices (weak duality; Geoffrion 1974, *Lagrangean relaxation for integer programming*), and
because a session is all or nothing it is tighter than the linear relaxation. Subgradient steps as in Held, Wolfe & Crowder
(1974), *Validation of subgradient optimization*.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from headway.core.compiled import compiled, copy_into
from headway.core.environment.schedule.day import Floats, Ints
from headway.core.environment.schedule.net import Net
from headway.core.environment.schedule.opening import Crews


class Supply(NamedTuple):
    """What a day has of everything, in all its blocks together; ``crews_of`` [K, …] who may open a kind, -1 fills up."""

    adults: Floats
    rooms: float
    devices: float
    crews_of: Ints
    present: Ints  # [S] blocks in which a learner is there
    learner: Ints  # [C] of the choices sorted by kind, so that a kind is read in one go
    item: Ints
    gain: Floats


class Point(NamedTuple):
    """Prices, or the slope of the bound in them."""

    learner: Floats
    item: Floats
    crew: Floats
    common: Floats  # [2] large room, device
    sessions: Floats  # [K] opened at these prices; of the best prices, on average over the later steps


def point_for(net: Net, supply: Supply) -> Point:
    """A point of zeros."""
    return Point(
        np.zeros(len(net.idle)), np.zeros(net.items), np.zeros(len(supply.adults)), np.zeros(2), np.zeros(net.kinds)
    )


@compiled
def supplied(net: Net, supply: Supply, at: Point, slope: Point) -> float:
    """The value of everything there is at its price; the slope starts from the supply."""
    total = 0.0
    for learner in range(len(net.idle)):
        here = supply.present[learner]
        total += here * at.learner[learner] + (net.blocks - here) * net.idle[learner]
        slope.learner[learner] = here
    for item in range(net.items):
        total += at.item[item]
        slope.item[item] = 1.0
    for crew in range(len(supply.adults)):
        total += supply.adults[crew] * at.crew[crew]
        slope.crew[crew] = supply.adults[crew]
    slope.common[0], slope.common[1] = supply.rooms, supply.devices
    return float(total + supply.rooms * at.common[0] + supply.devices * at.common[1])


@compiled
def cheapest(crews: Crews, supply: Supply, at: Point, kind: int) -> tuple[int, float]:
    """Who opens a kind at the lowest price, with the room; -1 where nobody can."""
    crew, price = -1, 1e300
    for column in range(supply.crews_of.shape[1]):
        other = supply.crews_of[kind, column]
        if other >= 0 and at.crew[other] < price:
            crew, price = other, at.crew[other]
    return crew, price + (at.common[0] if crews.large[kind] else 0.0)


@compiled
def sessions_of(
    net: Net, supply: Supply, at: Point, kind: int, price: float, left: Floats, names: Ints
) -> tuple[int, int, float]:  # fmt: skip
    """How many sessions of a kind pay, with how many learners (the first of ``names``), and what they bring.

    One learner can be in one session of a kind only, because the item is theirs once a day. So ``n`` sessions take the best of
    one descending list.
    """
    size, total = 0, 0.0
    first, last = net.kind_starts[kind], net.kind_starts[kind + 1]
    smallest, largest = net.smallest[kind], net.largest[kind]
    for place in range(first, last):
        pays = supply.gain[place] - at.learner[supply.learner[place]] - at.item[supply.item[place]]
        if pays > 0.0:
            left[size], names[size] = pays, place
            size += 1
            total += pays
    if last - first < smallest or total <= price:
        return 0, 0, 0.0
    if size >= smallest and size <= largest:
        return 1, size, total - price
    paying = size
    if size < smallest:
        for place in range(first, last):
            pays = supply.gain[place] - at.learner[supply.learner[place]] - at.item[supply.item[place]]
            if pays <= 0.0:
                left[size], names[size] = pays, place
                size += 1
    order = np.argsort(-left[:size])
    copy_into(names, names[:size][order])
    return counted(left[:size][order], paying, smallest, largest, price)


@compiled
def counted(pays: Floats, paying: int, smallest: int, largest: int, price: float) -> tuple[int, int, float]:
    """The best number of sessions on a descending list of which the first ``paying`` are above nothing."""
    best, sessions, seats, value, taken, n = 0.0, 0, 0, 0.0, 0, 0
    while (n + 1) * smallest <= len(pays) and (n == 0 or n * largest < paying):
        n += 1
        while taken < n * largest and (taken < paying or taken < n * smallest) and taken < len(pays):
            value += pays[taken]
            taken += 1
        if value - n * price > best:
            best, sessions, seats = value - n * price, n, taken
    return sessions, seats, best


@compiled
def relaxed(net: Net, crews: Crews, supply: Supply, at: Point, slope: Point, work: tuple[Floats, Ints]) -> float:
    """The bound at some prices, and its slope."""
    total = supplied(net, supply, at, slope)
    left, names = work
    for kind in range(net.kinds):
        crew, price = cheapest(crews, supply, at, kind)
        slope.sessions[kind] = 0.0
        if crew < 0:
            continue
        sessions, seats, value = sessions_of(net, supply, at, kind, price, left, names)
        if sessions == 0:
            continue
        total += value
        slope.crew[crew] -= sessions
        slope.sessions[kind] = sessions
        if crews.large[kind]:
            slope.common[0] -= sessions
        for place in range(seats):
            slope.learner[supply.learner[names[place]]] -= 1.0
            slope.item[supply.item[names[place]]] -= 1.0
    return total + devices(net, supply, at, slope, left, names)


@compiled
def devices(net: Net, supply: Supply, at: Point, slope: Point, left: Floats, names: Ints) -> float:
    """What work on devices brings: each learner the best of their own items, as many as their limit allows."""
    total, here = 0.0, net.kind_starts[net.kinds]
    last = net.kind_starts[net.kinds + 1]
    while here < last:
        learner, size = supply.learner[here], 0
        allowed = net.limit[learner, net.family[net.by_kind[here]]]
        while here < last and supply.learner[here] == learner:
            choice = here
            pays = supply.gain[here] - at.learner[learner] - at.item[supply.item[here]] - at.common[1]
            here += 1
            place = size
            if pays <= 0.0 or allowed == 0 or (size == allowed and pays <= left[size - 1]):
                continue
            if size == allowed:
                place -= 1
            else:
                size += 1
            while place > 0 and left[place - 1] < pays:
                left[place], names[place] = left[place - 1], names[place - 1]
                place -= 1
            left[place], names[place] = pays, choice
        for place in range(size):
            total += left[place]
            slope.learner[learner] -= 1.0
            slope.item[supply.item[names[place]]] -= 1.0
            slope.common[1] -= 1.0
    return total


@compiled
def step_down(net: Net, at: Point, slope: Point, share: float, above: float) -> None:
    """One step against the slope, of a share of the Polyak length; prices stay where they are valid."""
    norm = 1e-9
    for learner in range(len(net.idle)):
        if slope.learner[learner] > 0.0 and at.learner[learner] <= net.idle[learner]:
            slope.learner[learner] = 0.0  # overflow takes the blocks that are left
        norm += slope.learner[learner] ** 2
    for item in range(net.items):
        if slope.item[item] > 0.0 and at.item[item] <= 0.0:
            slope.item[item] = 0.0
        norm += slope.item[item] ** 2
    slope.common[1] *= DEVICE_SCALE
    for crew in range(len(slope.crew)):
        norm += slope.crew[crew] ** 2
    norm += slope.common[0] ** 2 + slope.common[1] ** 2
    length = share * above / norm
    for learner in range(len(net.idle)):
        at.learner[learner] = max(net.idle[learner], at.learner[learner] - length * slope.learner[learner])
    for item in range(net.items):
        at.item[item] = max(0.0, at.item[item] - length * slope.item[item])
    for crew in range(len(slope.crew)):
        at.crew[crew] = max(0.0, at.crew[crew] - length * slope.crew[crew])
    for common in range(2):
        at.common[common] = max(0.0, at.common[common] - length * slope.common[common])


LEAST = 0.001
"""A step aims at least this share of the bound below it."""
MEMORY = 0.02
"""Weight of a step in the average of the sessions (the volume algorithm of Barahona & Anbil 2000 averages so)."""
DEVICE_SCALE = 0.1
"""Devices are many and their price is small; unscaled, their slope would drown the others."""


@compiled
def descend(
    net: Net, crews: Crews, supply: Supply, at: Point, best: Point, slope: Point, steps: int, aim: float, reached: float,
    shares: tuple[float, float],
) -> float:  # fmt: skip
    """Lower the bound in ``steps`` steps towards ``aim``, by shares of the Polyak length that shrink from the first of
    ``shares`` to the second; ``best`` keeps the best prices. Returns the lower one of the bound and ``reached``."""
    size = max(len(net.gain), 1)
    work = (np.empty(size), np.empty(size, np.int64))
    lowest = reached
    for step in range(steps):
        bound = relaxed(net, crews, supply, at, slope, work)
        if bound < lowest:
            lowest = bound
            copy_into(best.learner, at.learner)
            copy_into(best.item, at.item)
            copy_into(best.crew, at.crew)
            copy_into(best.common, at.common)
        copy_into(best.sessions, best.sessions + (slope.sessions - best.sessions) * MEMORY)
        share = shares[0] * (shares[1] / shares[0]) ** (step / steps)
        step_down(net, at, slope, share, bound - min(aim, lowest) + LEAST * abs(lowest) + 1e-9)
    return lowest
