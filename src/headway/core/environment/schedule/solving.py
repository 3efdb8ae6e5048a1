"""Find a plan of a day, and prove how good it is.

1. *Prices* for learners' time, adults, rooms and devices, which give the bound (:mod:`bounding`).
2. *First sessions* by these prices, for the day as a whole (:mod:`first`).
3. *Exchange* of sessions one by one, with the exact seats of chains (:mod:`exchange`, :mod:`chains`).
4. *Blocks*: sessions are put where learners do not clash (:mod:`placing`), and exchanged a little more there.

No step draws on a clock: the same day, rules and seed give the same plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.environment.schedule import exchange, first, placing
from headway.core.environment.schedule.day import Day, Floats, Ints, Plan
from headway.core.environment.schedule.layout import Layout, lay
from headway.core.environment.schedule.net import value_of
from headway.core.environment.schedule.opening import Prices
from headway.core.environment.schedule.pinning import Arrangement, Collision, arrange
from headway.core.environment.schedule.proving import Watch, prove
from headway.core.environment.schedule.rules import Rule
from headway.core.environment.schedule.seating import reseat
from headway.core.environment.schedule.tables import Table, first_plan, plan_of, prices_at, seat_demanded, table_for

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
    bound, point = prove(layout, work.prices, tell)
    prices = prices_at(layout, point)
    state = np.array([seed * 7919 + 12345], dtype=np.int64)
    whole = _whole_day(layout, arranged, prices, point.sessions, work.day, state, tell)
    tables = [_in_blocks(layout, arranged, prices, whole, work.blocks, state, tell) for _ in range(work.tries)]
    table = max(tables, key=lambda table: value_of(layout.net, table.seats))
    plan = plan_of(layout, table)
    value = float(day.gain[plan.seats[plan.seats >= 0]].sum())
    return Schedule(plan, value, max(bound, value))


def upper_bound(day: Day, rules: Sequence[Rule] = (), steps: int = 300) -> float:
    """A value that no plan of the day passes."""
    return prove(lay(day, rules), steps, lambda stage, done, of: None)[0]


def _whole_day(
    layout: Layout, arranged: Arrangement, prices: Prices, average: Floats, steps: int, state: Ints, tell: Watch
) -> Table:
    net, table = layout.net, table_for(layout, False, prices)
    seat_demanded(layout, table, arranged, False)
    who = layout.supply.crews_of
    first.rounded_sessions(net, table.seats, table.crews, table.opened, prices, who, average)
    first_plan(layout, table, prices)
    _search(layout, table, prices, steps, state, tell, "sessions")
    return table


def _in_blocks(
    layout: Layout, arranged: Arrangement, prices: Prices, whole: Table, steps: int, state: Ints, tell: Watch
) -> Table:
    net, table = layout.net, table_for(layout, True, prices)
    seat_demanded(layout, table, arranged, True)
    given = np.array([block for _, _, block in arranged.sessions], dtype=np.int64)
    placing.place(net, whole.seats, whole.opened, table.seats, table.crews, table.opened, prices, given, state)
    _search(layout, table, prices, steps, state, tell, "blocks")
    return table


def _search(layout: Layout, table: Table, prices: Prices, steps: int, state: Ints, tell: Watch, stage: str) -> None:
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
