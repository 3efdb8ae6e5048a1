"""Put the day's sessions into blocks so that few learners have two at once, then seat everybody block by block."""

from __future__ import annotations

import numpy as np

from headway.core.compiled import compiled
from headway.core.environment.schedule.day import Floats, Ints
from headway.core.environment.schedule.moves import alone
from headway.core.environment.schedule.net import Net, Seats, node_of, put
from headway.core.environment.schedule.opening import Crews, Opened, Prices, draw, start_session

MOVES = 800
"""Moves tried for each session."""
HEAT = 0.5
FLOOR = 0.03
"""Heat of the first moves, and what a clash costs at least; both in gain."""


@compiled
def may_stand(crews: Crews, crew: int, kind: int, frame: int) -> bool:
    """Whether a session of a crew may open in a block now."""
    if crews.free[crew, frame] <= 0 or not (crews.mask[kind] >> frame) & 1:
        return False
    return not crews.large[kind] or crews.rooms[frame] > 0


@compiled
def spread(crews: Crews, opened: Opened, blocks: int, given: Ints) -> Ints:
    """A first block for each session: as ``given`` for the first ones, then those that need a large room; -1 where no block is
    left for it."""
    frames = np.full(opened.size[0], -1)
    for at in range(len(given)):
        frames[at] = given[at]
    for large in (True, False):
        for at in range(len(given), opened.size[0]):
            crew, kind = opened.crew[at], opened.kind[at]
            if crews.large[kind] != large:
                continue
            best = -1
            for frame in range(blocks):
                if may_stand(crews, crew, kind, frame) and (
                    best < 0
                    or crews.free[crew, frame] + crews.rooms[frame] > crews.free[crew, best] + crews.rooms[best]
                ):
                    best = frame
            if best >= 0:
                frames[at] = best
                crews.free[crew, best] -= 1
                crews.rooms[best] -= crews.large[kind]
    return frames


@compiled
def attended(net: Net, day: Seats, opened: Opened, prices: Prices) -> tuple[Ints, Floats]:
    """By learner, the sessions of their day (-1 where a kind runs several times, so that there is a choice of block), and how
    much each seat matters to the plan: its gain above what its learner, item and seat could bring elsewhere."""
    only = np.full(net.kinds + 1, -1)
    for at in range(opened.size[0]):
        only[opened.kind[at]] = at if only[opened.kind[at]] == -1 else -2
    sits, matters = np.full((len(net.idle), net.blocks), -1), np.zeros((len(net.idle), net.blocks))
    for learner in range(len(net.idle)):
        for block in range(net.blocks):
            held = day.hold[learner, block]
            if held >= 0 and only[net.kind[held]] >= 0:
                sits[learner, block] = only[net.kind[held]]
                pays = (
                    net.gain[held] - prices.learner[learner] - prices.item[net.item[held]] - prices.seat[net.kind[held]]
                )
                matters[learner, block] = FLOOR + max(0.0, pays)
    return sits, matters


@compiled
def clashes(frames: Ints, row: Ints, matters: Floats) -> float:
    """What a learner would lose by having to be in two sessions at once."""
    lost = 0.0
    for a in range(len(row)):
        if row[a] >= 0 and frames[row[a]] >= 0:
            for b in range(a):
                if row[b] >= 0 and frames[row[b]] == frames[row[a]]:
                    lost += min(matters[a], matters[b])
    return lost


@compiled
def clashing(net: Net, day: Seats, frames: Ints, sits: Ints, matters: Floats, kind: int) -> float:
    """Losses by clashes of everybody who sits in a kind."""
    lost, spot = 0.0, day.head[kind]
    while spot >= 0:
        lost += clashes(frames, sits[spot // net.blocks], matters[spot // net.blocks])
        spot = day.after[spot]
    return lost


@compiled
def anneal(
    net: Net, day: Seats, crews: Crews, opened: Opened, frames: Ints, sits: Ints, matters: Floats, state: Ints
) -> None:
    """Swap the blocks of two sessions of a crew, or move one into a free block, while clashes fall (Kirkpatrick et al. 1983)."""
    count = opened.size[0]
    steps = MOVES * count
    for step in range(steps):
        a, b = min(int(draw(state) * count), count - 1), min(int(draw(state) * count), count - 1)
        kind, other, here, there = opened.kind[a], opened.kind[b], frames[a], frames[b]
        if opened.crew[a] != opened.crew[b] or here == there or here < 0 or there < 0:
            continue
        if opened.fixed[a] or opened.fixed[b]:
            continue
        if crews.large[kind] != crews.large[other]:
            needs = there if crews.large[kind] else here
            if crews.rooms[needs] <= 0:
                continue
        if not (crews.mask[kind] >> there) & 1 or not (crews.mask[other] >> here) & 1:
            continue
        before = clashing(net, day, frames, sits, matters, kind) + clashing(net, day, frames, sits, matters, other)
        frames[a], frames[b] = there, here
        worse = (
            clashing(net, day, frames, sits, matters, kind) + clashing(net, day, frames, sits, matters, other) - before
        )
        heat = HEAT * (1.0 - step / steps) ** 2 + 1e-6
        if worse > 0.0 and draw(state) > np.exp(-worse / heat):
            frames[a], frames[b] = here, there
        elif crews.large[kind] != crews.large[other]:
            move = 1 if crews.large[kind] else -1
            crews.rooms[here] += move
            crews.rooms[there] -= move


@compiled
def place(
    net: Net,
    day: Seats,
    opened: Opened,
    seats: Seats,
    crews: Crews,
    placed: Opened,
    prices: Prices,
    given: Ints,
    state: Ints,
) -> None:
    """Open the day's sessions in their blocks and seat the learners; who has two at once keeps the better seat.

    The first sessions have their block ``given``: they are open there already, and who is needed is seated.
    """
    sits, matters = attended(net, day, opened, prices)
    free, rooms = crews.free.copy(), crews.rooms.copy()
    frames = spread(crews, opened, net.blocks, given)
    anneal(net, day, crews, opened, frames, sits, matters, state)
    crews.free[:], crews.rooms[:] = free, rooms
    for at in range(len(given), opened.size[0]):
        if frames[at] >= 0:
            start_session(net, seats, crews, placed, opened.crew[at], opened.kind[at], frames[at])
    for learner in range(len(net.idle)):
        gains = np.empty(net.blocks)
        for block in range(net.blocks):
            held = day.hold[learner, block]
            gains[block] = net.gain[held] if held >= 0 else -1.0
        for round_ in range(2):  # sessions first: work on a device goes where there is a gap
            for block in np.argsort(-gains):
                held = day.hold[learner, block]
                if held >= 0 and (net.kind[held] == net.kinds) == (round_ == 1):
                    seat(net, seats, learner, held)


@compiled
def seat(net: Net, seats: Seats, learner: int, choice: int) -> None:
    """Seat a learner where the choice is open, there is room, and they are free."""
    if (
        seats.used[net.item[choice]]
        or seats.taken[learner, net.family[choice]] >= net.limit[learner, net.family[choice]]
    ):
        return
    best, most = -1, 0
    for block in range(net.blocks):
        node = node_of(seats.frames, net.kind[choice], block)
        free = seats.hold[learner, block] < 0 and not seats.locked[learner, block] and alone(net, seats, learner, node)
        if free and (net.mask[choice] >> block) & 1 and seats.room[node] - seats.filled[node] > most:
            best, most = block, seats.room[node] - seats.filled[node]
    if best >= 0:
        put(net, seats, learner, best, choice)
