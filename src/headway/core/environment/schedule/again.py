"""Plan a day again after something has changed: what still holds stays where it is, and few move.

Sessions of the plan before are opened again as far as adults and rooms are there, the weakest ones last. Everybody who can keeps
their seat. Those who lost theirs, and sessions that are short of learners, are settled by chains; what is kept counts more than
its gain, so that nobody moves for little.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from headway.core.compiled import compiled
from headway.core.environment.schedule import exchange
from headway.core.environment.schedule.day import OVERFLOW, Day, Flags, Floats, Ints, Plan
from headway.core.environment.schedule.layout import Layout, lay, presence
from headway.core.environment.schedule.moves import alone, suits
from headway.core.environment.schedule.net import Net, Seats, copy_of, node_of, put
from headway.core.environment.schedule.opening import Prices, start_session
from headway.core.environment.schedule.pinning import Arrangement, Collision, arrange
from headway.core.environment.schedule.proving import prove
from headway.core.environment.schedule.rules import Rule
from headway.core.environment.schedule.tables import Table, plan_of, prices_at, seat_demanded, table_for

FEW = 1.3
"""How many may move for each learner who lost a seat or is away, when nothing else is asked for. Who is away has not moved."""
FIRST, LAST, STEP = 0.8, 0.05, 0.87
"""How much more than its gain a kept seat counts, as shares of the mean gain of a seat: from the first to the last,
by this factor."""
HALVES = 3
"""A step that moves too many is undone and tried at half its length (in logarithms), so often in all."""
FORCED = 3.0
"""The same while those who lost a seat are settled."""
STEPS = 40
"""Steps of the bound in a large day, where prices need only show which chains can pay; a small one takes all of them."""
SMALL = 200


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """The new plan, its value, a bound that no plan of the changed day can pass, the learners who are there and lost a seat
    (``hit``), and those who are there and ``moved``, for whatever reason."""

    plan: Plan
    value: float
    bound: float
    hit: tuple[int, ...]
    moved: tuple[int, ...]


def solve_again(
    day: Day,
    rules: Sequence[Rule],
    before: Plan,
    *,
    most: int | None = None,
    seed: int = 0,
    bound: float = float("inf"),
) -> Again | Collision:
    """Plan a changed day from a plan of the day as it was; both have the same choices and openings. -1 in ``before`` is no seat.

    The search stops before more than ``most`` learners have moved (None: by ``FEW``), except for what the change forces and for
    learners who had no task and get a free seat. ``bound`` is one that is known to hold for the changed day, as
    that of the day before the change where only people, rooms or devices went missing. Deterministic in ``seed``.
    """
    arranged = arrange(day, rules, before)
    if isinstance(arranged, Collision):
        return arranged
    layout = lay(day, rules)
    proven, point = prove(layout, STEPS if day.learners > SMALL else 300, lambda stage, done, of: None)
    layout = replace(layout, net=layout.net._replace(gain=layout.net.gain.copy()))
    prices = prices_at(layout, point)
    table = table_for(layout, True, prices)
    seat_demanded(layout, table, arranged, True)
    _reopen(layout, table, before, arranged)
    held = _resume(layout, table, before)
    hit = _hit(layout, table, held)
    away = int((~layout.here).all(axis=1).sum())
    limit = math.floor(FEW * (len(hit) + away)) if most is None else most
    _descend(layout, table, held, limit, prices, np.array([seed * 7919 + 12345], dtype=np.int64))
    plan = plan_of(layout, table)
    value = float(day.gain[plan.seats[plan.seats >= 0]].sum())
    return Again(plan, value, max(min(proven, bound), value), tuple(hit.tolist()), moved(day, rules, before, plan))


def _hit(layout: Layout, table: Table, held: Ints) -> Ints:
    """The learners who are there and have lost a seat, or sit where too few are left."""
    net, seats = layout.net, table.seats
    lost = layout.here & (held >= 0) & (seats.hold != held)
    short = np.append(seats.filled < seats.least, False)
    node = np.where(seats.hold >= 0, net.kind[seats.hold] * seats.frames + np.arange(net.blocks), -1)
    return np.asarray(np.flatnonzero((lost | short[node]).any(axis=1)))


def _descend(layout: Layout, table: Table, held: Ints, limit: int, prices: Prices, state: Ints) -> None:
    """Settle everybody at ever smaller worths of a kept seat, as far as not more than ``limit`` move."""
    net, seats, plain = layout.net, table.seats, layout.net.gain.copy()
    mean = float(plain[held[held >= 0]].mean()) if (held >= 0).any() else 0.0
    _favour(layout, seats, held, plain, FORCED * mean)
    exchange.mend(net, seats, table.scratch, table.crews, table.opened)
    exchange.improve(net, seats, table.scratch, 1, 2)
    exchange.extend(net, seats, table.scratch, table.crews, table.opened, prices, state)
    reached, step, halves = FIRST / STEP, STEP, 0
    while halves <= HALVES and reached * step >= LAST:
        back = copy_of(table.seats)
        _favour(layout, table.seats, held, plain, reached * step * mean)
        exchange.improve(net, table.seats, table.scratch, 1, 2)
        if int(_changed(layout, table.seats, held).sum()) > limit:
            table.seats, step, halves = back, step**0.5, halves + 1
        else:
            reached *= step
    net.gain[:] = plain


def _changed(layout: Layout, seats: Seats, held: Ints) -> Flags:
    """Who is there and sits elsewhere than before, [S]."""
    return np.asarray((layout.here & (seats.hold != held)).any(axis=1))


def _favour(layout: Layout, seats: Seats, held: Ints, plain: Floats, more: float) -> None:
    """Let the kept seats of those who have not moved count for more."""
    stays = held[~_changed(layout, seats, held)]
    layout.net.gain[:] = plain
    layout.net.gain[stays[stays >= 0]] += more


def moved(day: Day, rules: Sequence[Rule], before: Plan, after: Plan) -> tuple[int, ...]:
    """The learners who are there in some block and do there something else than before, or at another time."""
    here = presence(day, rules).T
    return tuple(np.flatnonzero((here & (_held(day, before) != _held(day, after))).any(axis=0)).tolist())


def _held(day: Day, plan: Plan) -> Ints:
    """Seats with overflow as -1."""
    return np.where((plan.seats >= 0) & (day.kind[plan.seats] != OVERFLOW), plan.seats, -1)


def _reopen(layout: Layout, table: Table, before: Plan, arranged: Arrangement) -> None:
    """Open the sessions of the plan before that adults and rooms allow, those first whose learners gain most."""
    day, crews = layout.day, table.crews
    done: dict[tuple[int, int, int], int] = {}
    for each in arranged.sessions:
        done[each] = done.get(each, 0) + 1
    there = layout.here.T
    for block in range(day.blocks):
        held = before.seats[block]
        stays = held[(held >= 0) & there[block]]
        brings = np.zeros(len(day.modalities))
        np.add.at(brings, day.kind[stays][day.kind[stays] >= 0], day.gain[stays][day.kind[stays] >= 0])
        rows = np.flatnonzero(before.sessions[block])
        for row in sorted(rows.tolist(), key=lambda row: (-brings[day.openings[row, 1]], row)):
            crew, kind = (int(n) for n in day.openings[row])
            for _ in range(int(before.sessions[block, row]) - done.get((crew, kind, block), 0)):
                if crews.free[crew, block] > 0 and not (crews.large[kind] and crews.rooms[block] <= 0):
                    start_session(layout.net, table.seats, crews, table.opened, crew, kind, block)


def _resume(layout: Layout, table: Table, before: Plan) -> Ints:
    """Seat everybody where they were, as far as that is open; returns where they were, [S, T]."""
    net, rank = layout.net, np.full(len(layout.day.learner) + 1, -1)
    rank[net.order] = np.arange(len(net.order))  # -1 finds the last: no seat
    held = np.asarray(rank[before.seats.T])
    resume(net, table.seats, held)
    table.seats.logged[0] = 0
    return held


@compiled
def resume(net: Net, seats: Seats, held: Ints) -> None:
    """Seat everybody where they were (``held`` [S, T], -1: nowhere), as far as that is still open to them."""
    for learner in range(len(net.idle)):
        for block in range(net.blocks):
            choice = held[learner, block]
            if choice < 0 or seats.locked[learner, block] or not (net.mask[choice] >> block) & 1:
                continue
            node = node_of(seats.frames, net.kind[choice], block)
            if seats.hold[learner, block] >= 0 or seats.filled[node] >= seats.room[node]:
                continue
            if suits(net, seats, learner, choice, -1) and alone(net, seats, learner, node):
                put(net, seats, learner, block, choice)
