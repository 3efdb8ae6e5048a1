"""Find a plan of a day, and prove how good it is.

1. *Prices* for learners' time, adults, rooms and devices, which give the bound (:mod:`bounding`).
2. *First sessions* by these prices, for the day as a whole (:mod:`first`).
3. *Exchange* of sessions one by one, with the exact seats of chains (:mod:`exchange`, :mod:`chains`).
4. *Blocks*: sessions are put where learners do not clash (:mod:`placing`), and exchanged a little more there.

No step draws on a clock: the same day, rules and seed give the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.environment.schedule import bounding, exchange, first, placing
from headway.core.environment.schedule.bounding import Point, point_for
from headway.core.environment.schedule.chains import Scratch, scratch_for
from headway.core.environment.schedule.day import Day, Floats, Ints, Plan
from headway.core.environment.schedule.layout import Layout, crews_for, lay, nothing_opened, seat_prices
from headway.core.environment.schedule.net import Seats, empty_seats, put, value_of
from headway.core.environment.schedule.opening import MOST, Crews, Opened, Prices, start_session
from headway.core.environment.schedule.pinning import Arrangement, Collision, arrange
from headway.core.environment.schedule.rules import Rule
from headway.core.environment.schedule.seating import reseat

Watch = Callable[[str, int, int], None]
"""Told (stage, done, of) while the search goes on."""
ROUNDS = 10
"""Parts of a search between which the watcher is told."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Steps of the three searches, and how often sessions are put into blocks; they set the time, and with the seed the plan."""

    prices: int
    day: int
    blocks: int
    tries: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """A plan with its ``value`` and a ``bound`` that no plan of the day can pass, whatever the rules."""

    plan: Plan
    value: float
    bound: float


@dataclass(slots=True, eq=False)
class _Table:
    """The seats, the sessions and the people of one stage."""

    seats: Seats
    crews: Crews
    opened: Opened
    scratch: Scratch


def effort_for(learners: int) -> Effort:
    """What keeps within a second for 300 learners, three for 1,200 and ten for 3,000."""
    few = max(learners, 1)
    return Effort(
        300, int(np.clip(60_000 // few, 250, 3000)), 300 if learners < 200 else 0, int(np.clip(3000 // few, 1, 6))
    )


def solve(
    day: Day, rules: Sequence[Rule] = (), *, seed: int = 0, effort: Effort | None = None, watch: Watch | None = None
) -> Schedule | Collision:
    """Plan a day under its rules; a :class:`Collision` names the rules that no plan can keep together.

    The value is at most ``bound`` and at least what the sessions of the first stage gave. Deterministic in ``seed``.
    """
    arranged = arrange(day, rules)
    if isinstance(arranged, Collision):
        return arranged
    layout, work = lay(day, rules), effort or effort_for(day.learners)
    tell = watch or (lambda stage, done, of: None)
    bound, point = _bound(layout, work.prices, tell)
    prices = _prices(layout, point)
    state = np.array([seed * 7919 + 12345], dtype=np.int64)
    whole = _whole_day(layout, arranged, prices, point.sessions, work.day, state, tell)
    tables = [_in_blocks(layout, arranged, prices, whole, work.blocks, state, tell) for _ in range(work.tries)]
    table = max(tables, key=lambda table: value_of(layout.net, table.seats))
    plan = _plan(layout, table)
    value = float(day.gain[plan.seats[plan.seats >= 0]].sum())
    return Schedule(plan, value, max(bound, value))


def upper_bound(day: Day, rules: Sequence[Rule] = (), steps: int = 300) -> float:
    """A value that no plan of the day passes."""
    return _bound(lay(day, rules), steps, lambda stage, done, of: None)[0]


def _bound(layout: Layout, steps: int, tell: Watch) -> tuple[float, Point]:
    net, supply = layout.net, layout.supply
    at, best, slope = (point_for(net, supply) for _ in range(3))
    own = net.kind == net.kinds
    mean = np.bincount(net.learner[own], net.gain[own], len(net.idle))
    count = np.bincount(net.learner[own], minlength=len(net.idle))
    at.learner[:] = np.maximum(net.idle, mean / np.maximum(count, 1))
    at.crew[:] = 4.0 * float(net.gain.mean()) if len(net.gain) else 0.0
    at.common[0] = 0.25 * float(at.crew.mean()) if len(at.crew) else 0.0
    crews = crews_for(layout.day, False)
    best.learner[:], best.crew[:], best.common[:] = at.learner, at.crew, at.common
    bound, done = float("inf"), 0
    for part, (share, trust, shares) in enumerate(PARTS):
        tell("bound", done, steps)
        reached = _first_value(layout, _prices(layout, best))
        aim = reached if part == 0 else bound - trust * (bound - reached)
        part_steps = max(1, int(share * steps))
        bound = bounding.descend(net, crews, supply, at, best, slope, part_steps, aim, bound, shares)
        done += part_steps
    tell("bound", steps, steps)
    return float(bound), best


PARTS = ((0.1, 1.0, (1.5, 1.2)), (0.2, 0.5, (1.2, 0.8)), (0.3, 0.35, (0.8, 0.3)), (0.4, 0.35, (0.3, 0.1)))
"""Parts of the descent: share of the steps; how far the best value lies below the bound, as a share of the distance to a quick
plan at the prices of the time; first and last share of the Polyak length."""


def _prices(layout: Layout, point: Point) -> Prices:
    return Prices(
        point.learner, point.item, point.crew, float(point.common[0]), float(point.common[1]),
        seat_prices(layout.net, point.learner, point.item),
    )  # fmt: skip


def _first_value(layout: Layout, prices: Prices) -> float:
    """What a quick plan at these prices is worth."""
    table = _table(layout, False, prices)
    _first_plan(layout, table, prices)
    return float(value_of(layout.net, table.seats))


def _first_plan(layout: Layout, table: _Table, prices: Prices) -> None:
    net, who = layout.net, layout.supply.crews_of
    first.first_sessions(net, table.seats, table.crews, table.opened, prices, who)
    first.first_devices(net, table.seats, *_lists())


def _table(layout: Layout, timed: bool, prices: Prices) -> _Table:
    day, net = layout.day, layout.net
    frames = day.blocks if timed else 1
    seats = empty_seats(net, frames)
    seats.room[net.kinds * frames :] = day.devices if timed else day.devices.sum()
    seats.locked[:] = ~layout.here
    scratch = scratch_for(len(seats.filled))
    scratch.worth[:] = np.repeat(prices.seat, frames)
    return _Table(seats, crews_for(day, timed), nothing_opened(day), scratch)


def _settle(layout: Layout, table: _Table, arranged: Arrangement, timed: bool) -> None:
    """Open the sessions that pins need, and seat whom they need."""
    net, rank = layout.net, np.zeros(len(layout.day.learner), dtype=np.int64)
    rank[net.order] = np.arange(len(net.order))
    for at, (crew, kind, block) in enumerate(arranged.sessions):
        start_session(net, table.seats, table.crews, table.opened, crew, kind, block if timed else 0)
        table.opened.fixed[at] = True
    for learner, block, choice, pinned in arranged.seats:
        put(net, table.seats, learner, block, int(rank[choice]))
        table.seats.locked[learner, block] = pinned


def _whole_day(
    layout: Layout, arranged: Arrangement, prices: Prices, average: Floats, steps: int, state: Ints, tell: Watch
) -> _Table:
    net, table = layout.net, _table(layout, False, prices)
    _settle(layout, table, arranged, False)
    who = layout.supply.crews_of
    first.rounded_sessions(net, table.seats, table.crews, table.opened, prices, who, average)
    _first_plan(layout, table, prices)
    _search(layout, table, prices, steps, state, tell, "sessions")
    return table


def _in_blocks(
    layout: Layout, arranged: Arrangement, prices: Prices, whole: _Table, steps: int, state: Ints, tell: Watch
) -> _Table:
    net, table = layout.net, _table(layout, True, prices)
    _settle(layout, table, arranged, True)
    given = np.array([block for _, _, block in arranged.sessions], dtype=np.int64)
    placing.place(net, whole.seats, whole.opened, table.seats, table.crews, table.opened, prices, given, state)
    _search(layout, table, prices, steps, state, tell, "blocks")
    return table


def _search(layout: Layout, table: _Table, prices: Prices, steps: int, state: Ints, tell: Watch, stage: str) -> None:
    net, seats, scratch, crews, opened = layout.net, table.seats, table.scratch, table.crews, table.opened
    exchange.mend(net, seats, scratch, crews, opened)
    reseat(net, seats, prices.learner, prices.item, prices.seat)
    exchange.improve(net, seats, scratch, 1, 2)
    exchange.extend(net, seats, scratch, crews, opened, prices, state)
    for part in range(ROUNDS if steps else 0):
        tell(stage, part * steps // ROUNDS, steps)
        heat = NOISE * (1.0 - (part + 1) / ROUNDS)
        exchange.exchange(net, seats, scratch, crews, opened, prices, steps // ROUNDS, NOISE, heat, state)
    if steps:
        reseat(net, seats, prices.learner, prices.item, prices.seat)
    tell(stage, steps, steps)


NOISE = 0.3
"""Gain by which the choice of a session is blurred, and up to which a loss may be taken at first."""


def _lists() -> tuple[Floats, Ints]:
    return np.zeros(MOST + 1), np.zeros(MOST + 1, dtype=np.int64)


def _plan(layout: Layout, table: _Table) -> Plan:
    """The day's own numbers of what the tables hold."""
    day, net = layout.day, layout.net
    order = np.append(net.order, -1)  # -1 finds the last
    seats = order[table.seats.hold]
    seats = np.where(seats < 0, layout.overflow[:, None], seats)
    number = {(int(crew), int(kind)): at for at, (crew, kind) in enumerate(day.openings.tolist())}
    sessions = np.zeros((day.blocks, len(day.openings)), dtype=np.int64)
    opened = table.opened
    for at in range(int(opened.size[0])):
        sessions[opened.frame[at], number[int(opened.crew[at]), int(opened.kind[at])]] += 1
    return Plan(seats.T.copy(), sessions)
