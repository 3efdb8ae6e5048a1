"""Exchange sessions one by one, keep what is better: the short search of the schedule."""

from __future__ import annotations

import numpy as np

from headway.core.compiled import compiled
from headway.core.environment.schedule.chains import NEVER, Scratch, evict, fill
from headway.core.environment.schedule.day import Floats, Ints
from headway.core.environment.schedule.net import Net, Seats, undo
from headway.core.environment.schedule.opening import (
    MOST,
    Crews,
    Opened,
    Prices,
    draw,
    populate,
    promise,
    start_session,
    stop_session,
    vacate,
)

LOOKED = 96
"""Kinds of a crew whose promise is computed for one exchange."""
DRAWN = 3
"""Sessions of which the weakest is closed."""
NEAR = 0.3
"""An exchange that loses at most this much at first is looked at closely: those whom it moved may settle better."""


@compiled
def pick(
    net: Net, seats: Seats, worth: Floats, crews: Crews, prices: Prices, crew: int, frame: int, barred: int, noise: float,
    state: Ints, best: Floats, names: Ints,
) -> tuple[int, float]:  # fmt: skip
    """The kind whose next session promises most, blurred by noise, and its promise; -1 where none promises anything."""
    first, count = crews.starts[crew], crews.starts[crew + 1] - crews.starts[crew]
    offset = int(draw(state) * count)
    chosen, top, most = -1, 0.0, 0.0
    for step in range(min(count, LOOKED)):
        kind = crews.kinds[first + (offset + step) % count]
        if kind == barred or (crews.large[kind] and crews.rooms[frame] <= 0) or not (crews.mask[kind] >> frame) & 1:
            continue
        found = promise(net, seats, worth, kind, frame, best, names)
        if crews.large[kind]:
            found -= prices.room
        if found > 0.0:
            blurred = found + noise * draw(state)
            if blurred > top:
                chosen, top, most = kind, blurred, found
    return chosen, most


@compiled
def settle(net: Net, seats: Seats, scratch: Scratch, moves: int) -> float:
    """Let everybody whom the first moves put out look for a better seat, through others too; what that gains."""
    total = 0.0
    for at in range(moves):
        gain = evict(net, seats, scratch, seats.log[at, 0] * net.blocks + seats.log[at, 1], 1e-9, 2)
        if gain > NEVER:
            total += gain
    return total


@compiled
def improve(net: Net, seats: Seats, scratch: Scratch, sweeps: int, depth: int) -> float:
    """Fill what is free where that gains, and let everybody look for a better seat; what that gains."""
    total = 0.0
    for _ in range(sweeps):
        before = total
        for node in range(len(seats.room)):
            while seats.filled[node] < seats.room[node]:
                gain = fill(net, seats, scratch, node, 1e-9)
                if gain == NEVER:
                    break
                total += gain
        for place in range(len(net.idle) * net.blocks):
            gain = evict(net, seats, scratch, place, 1e-9, depth)
            if gain > NEVER:
                total += gain
        seats.logged[0] = 0
        if total - before < 1e-6:
            break
    return total


@compiled
def extend(
    net: Net, seats: Seats, scratch: Scratch, crews: Crews, opened: Opened, prices: Prices, state: Ints
) -> float:  # fmt: skip
    """Open what idle adults can, where that gains; returns what it gains."""
    best, names = np.zeros(MOST + 1), np.zeros(MOST + 1, np.int64)
    total = 0.0
    for crew in range(len(crews.free)):
        for frame in range(seats.frames):
            while crews.free[crew, frame] > 0:
                kind, _ = pick(net, seats, scratch.worth, crews, prices, crew, frame, -1, 0.0, state, best, names)
                if kind < 0:
                    break
                seats.logged[0] = 0
                start_session(net, seats, crews, opened, crew, kind, frame)
                gain = populate(net, seats, scratch, kind, frame)
                if gain <= 0.0:
                    undo(net, seats, 0)
                    stop_session(net, seats, crews, opened, opened.size[0] - 1)
                    break
                total += gain
    return total


@compiled
def mend(net: Net, seats: Seats, scratch: Scratch, crews: Crews, opened: Opened) -> None:
    """Close every session that has too few learners and finds no more."""
    for at in range(opened.size[0] - 1, -1, -1):
        kind, frame = opened.kind[at], opened.frame[at]
        node = kind * seats.frames + frame
        while seats.filled[node] < seats.least[node]:
            if fill(net, seats, scratch, node, NEVER) == NEVER:
                break
        if seats.filled[node] < seats.least[node]:
            stop_session(net, seats, crews, opened, at)
            vacate(net, seats, scratch, kind, frame)
    seats.logged[0] = 0


@compiled
def weakest(net: Net, seats: Seats, opened: Opened, prices: Prices, state: Ints) -> int:
    """Of a few sessions drawn at random, the one that brings least above the prices; -1 when none of them may close."""
    found, least = -1, 1e300
    for _ in range(DRAWN):
        at = min(int(draw(state) * opened.size[0]), opened.size[0] - 1)
        if opened.fixed[at]:
            continue
        node = opened.kind[at] * seats.frames + opened.frame[at]
        brings, spot = -prices.crew[opened.crew[at]], seats.head[node]
        while spot >= 0:
            held = seats.hold[spot // net.blocks, spot % net.blocks]
            brings += net.gain[held] - prices.learner[spot // net.blocks] - prices.item[net.item[held]]
            spot = seats.after[spot]
        if brings < least:
            found, least = at, brings
    return found


@compiled
def exchange(
    net: Net, seats: Seats, scratch: Scratch, crews: Crews, opened: Opened, prices: Prices, steps: int, noise: float,
    heat: float, state: Ints,
) -> float:  # fmt: skip
    """Close a random session and open another with the same crew, ``steps`` times; returns what was gained.

    A loss of up to ``heat`` (which cools to nothing) is taken at random, so that the search leaves small hollows.
    """
    best, names = np.zeros(MOST + 1), np.zeros(MOST + 1, np.int64)
    total = 0.0
    for step in range(steps):
        if opened.size[0] == 0:
            break
        at = weakest(net, seats, opened, prices, state)
        if at < 0:
            continue
        seats.logged[0] = 0
        crew, kind, frame = opened.crew[at], opened.kind[at], opened.frame[at]
        stop_session(net, seats, crews, opened, at)
        change = vacate(net, seats, scratch, kind, frame)
        put_out, other, most = seats.logged[0], -1, 0.0
        if change > NEVER:
            other, most = pick(net, seats, scratch.worth, crews, prices, crew, frame, kind, noise, state, best, names)
        if other >= 0 and change + most < -NEAR:
            other, change = -1, NEVER
        if other >= 0:
            start_session(net, seats, crews, opened, crew, other, frame)
            gain = populate(net, seats, scratch, other, frame)
            change = change + gain if gain > NEVER else NEVER
            if change > -NEAR:
                change += settle(net, seats, scratch, put_out)
        slack = heat * (1.0 - step / steps) * draw(state)
        if change > NEVER and change >= -slack and (other >= 0 or change >= 0.0):
            total += change
            continue
        undo(net, seats, 0)
        if other >= 0:
            stop_session(net, seats, crews, opened, opened.size[0] - 1)
        start_session(net, seats, crews, opened, crew, kind, frame)
    return total
