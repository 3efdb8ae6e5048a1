"""Which sessions to open: a first set by prices, then exchanges of one session for another."""

from __future__ import annotations

from typing import NamedTuple

from headway.core.compiled import compiled
from headway.core.environment.schedule.chains import NEVER, Scratch, evict, fill
from headway.core.environment.schedule.day import Flags, Floats, Ints
from headway.core.environment.schedule.moves import suits
from headway.core.environment.schedule.net import Net, Seats, node_of

MOST = 64
"""Learners that are looked at for one session at most; a larger one is estimated by its best 64."""


class Crews(NamedTuple):
    """Who may open what; ``free`` and ``rooms`` are changed while sessions open and close."""

    starts: Ints  # [P + 1] kinds of a crew
    kinds: Ints
    large: Flags  # [K] needs a large room
    free: Ints  # [P, frames] adults left
    rooms: Ints  # [frames] large rooms left
    mask: Ints  # [K] bit t: may open in block t


class Opened(NamedTuple):
    """The open sessions, in no order; the first ``size[0]`` rows hold."""

    crew: Ints
    kind: Ints
    frame: Ints
    fixed: Flags
    size: Ints


class Prices(NamedTuple):
    """Dual prices: of a learner's day, of an item, of an adult, of a large room, of a device, and of a freed seat by kind."""

    learner: Floats
    item: Floats
    crew: Floats
    room: float
    device: float
    seat: Floats


@compiled
def draw(state: Ints) -> float:
    """A uniform number in [0, 1) from a state of one number (Park & Miller 1988, *Random number generators*)."""
    state[0] = (state[0] * 48271) % 2147483647
    return float(state[0]) / 2147483647.0


@compiled
def keep(best: Floats, names: Ints, size: int, most: int, gain: float, name: int) -> int:
    """Insert a gain into a descending list of at most ``most``; returns its new size."""
    if size == most:
        if gain <= best[size - 1]:
            return size
        size -= 1
    at = size
    while at > 0 and best[at - 1] < gain:
        best[at] = best[at - 1]
        names[at] = names[at - 1]
        at -= 1
    best[at] = gain
    names[at] = name
    return size + 1


@compiled
def start_session(net: Net, seats: Seats, crews: Crews, opened: Opened, crew: int, kind: int, frame: int) -> None:
    """Open a session: its seats are there, its adult and its room are taken."""
    node = kind * seats.frames + frame
    seats.room[node] += net.largest[kind]
    seats.least[node] += net.smallest[kind]
    crews.free[crew, frame] -= 1
    if crews.large[kind]:
        crews.rooms[frame] -= 1
    at = opened.size[0]
    opened.crew[at] = crew
    opened.kind[at] = kind
    opened.frame[at] = frame
    opened.fixed[at] = False
    opened.size[0] = at + 1


@compiled
def stop_session(net: Net, seats: Seats, crews: Crews, opened: Opened, at: int) -> None:
    """Close the session at a row; the last row takes its place. Whoever sits there stays until evicted."""
    kind, frame, crew = opened.kind[at], opened.frame[at], opened.crew[at]
    node = kind * seats.frames + frame
    seats.room[node] -= net.largest[kind]
    seats.least[node] -= net.smallest[kind]
    crews.free[crew, frame] += 1
    if crews.large[kind]:
        crews.rooms[frame] += 1
    last = opened.size[0] - 1
    opened.crew[at] = opened.crew[last]
    opened.kind[at] = opened.kind[last]
    opened.frame[at] = opened.frame[last]
    opened.fixed[at] = opened.fixed[last]
    opened.size[0] = last


@compiled
def promise(net: Net, seats: Seats, worth: Floats, kind: int, frame: int, best: Floats, names: Ints) -> float:
    """What one more session of a kind may gain, when a seat that its learners leave is worth its price; -1 when too few
    would come."""
    size, most = 0, min(MOST, net.largest[kind])
    for at in range(net.kind_starts[kind], net.kind_starts[kind + 1]):
        choice = net.by_kind[at]
        learner = net.learner[choice]
        top = NEVER
        for lost in range(net.blocks):
            held = seats.hold[learner, lost]
            if held == choice:
                top = NEVER
                break
            gain = net.gain[choice] - (net.gain[held] if held >= 0 else net.idle[learner])
            if held >= 0:
                node = node_of(seats.frames, net.kind[held], lost)
                if seats.filled[node] >= seats.room[node]:
                    gain += worth[node]
            if gain <= top or (size == most and gain <= best[size - 1]) or seats.locked[learner, lost]:
                continue
            if not (net.mask[choice] >> lost) & 1 or not suits(net, seats, learner, choice, held):
                continue
            if seats.frames > 1 and lost != frame:
                moved = seats.hold[learner, frame]
                if moved >= 0 and net.kind[moved] != net.kinds:
                    continue
            top = gain
        if top > NEVER:
            size = keep(best, names, size, most, top, learner)
    if size < min(most, net.smallest[kind]):
        return -1.0
    total = 0.0
    for at in range(size):
        if best[at] > 0.0 or at < net.smallest[kind]:
            total += best[at]
    return total


@compiled
def populate(net: Net, seats: Seats, scratch: Scratch, kind: int, frame: int) -> float:
    """Fill the free seats of a node while that gains, and its smallest number in any case; NEVER when that fails."""
    node, total = kind * seats.frames + frame, 0.0
    while seats.filled[node] < seats.room[node]:
        gain = fill(net, seats, scratch, node, 1e-9 if seats.filled[node] >= seats.least[node] else NEVER)
        if gain == NEVER:
            break
        total += gain
    return total if seats.filled[node] >= seats.least[node] else NEVER


@compiled
def vacate(net: Net, seats: Seats, scratch: Scratch, kind: int, frame: int) -> float:
    """Find other seats for those who are too many in a node; NEVER when that fails."""
    node, total = kind * seats.frames + frame, 0.0
    while seats.filled[node] > seats.room[node]:
        spot, chosen, least = seats.head[node], -1, 1e300
        while spot >= 0:
            held = seats.hold[spot // net.blocks, spot % net.blocks]
            if net.gain[held] < least and not seats.locked[spot // net.blocks, spot % net.blocks]:
                least, chosen = net.gain[held], spot
            spot = seats.after[spot]
        if chosen < 0:
            return NEVER
        gain = evict(net, seats, scratch, chosen, NEVER, 0)
        if gain == NEVER:
            return NEVER
        total += gain
    return total
