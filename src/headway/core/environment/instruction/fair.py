"""An equity floor: the learners who get least get no less than under the plan before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from headway.core.environment.instruction.today import Outlook
from headway.core.environment.schedule.day import Flags, Floats, Plan
from headway.core.environment.schedule.pinning import Collision
from headway.core.environment.schedule.rules import ANY, Absent, Rule
from headway.core.environment.schedule.solving import Schedule, solve

PERCENTILE = 5.0
ROUNDS = 4
MORE = 0.5
"""How much more the gain of those below the floor counts in each further round."""


@dataclass(frozen=True, slots=True, eq=False)
class Fair:
    """The schedule, valued without the floor's weights, and ``fifth``: the 5th percentile of a learner's gain in the day."""

    schedule: Schedule
    fifth: float


def fifth_of(outlook: Outlook, plan: Plan, rules: Sequence[Rule] = ()) -> float:
    """The 5th percentile of the gains that learners with anything ready have in the day, in logits of ability; 0 for nobody.
    Who is away all day is not counted."""
    gains, counted = _gains(outlook, plan, rules)
    return float(np.percentile(gains[counted], PERCENTILE)) if counted.any() else 0.0


def solve_fairly(outlook: Outlook, rules: Sequence[Rule], floor: float, *, seed: int = 0) -> Fair | Collision:
    """Plan a day; while its 5th percentile lies below ``floor``, plan it again with the gains of those below counting more, at
    most ``ROUNDS`` times in all. Returns the first plan that reaches the floor, or the one that came nearest."""
    day, weights = outlook.day, np.ones(outlook.day.learners)
    first, best = None, None
    for _ in range(ROUNDS):
        found = solve(replace(day, gain=day.gain * weights[day.learner]), rules, seed=seed)
        if isinstance(found, Collision):
            return found
        first = first or found
        value = float(day.gain[found.plan.seats[found.plan.seats >= 0]].sum())
        now = Fair(Schedule(found.plan, value, max(first.bound, value)), fifth_of(outlook, found.plan, rules))
        if best is None or now.fifth > best.fifth:
            best = now
        if now.fifth >= floor:
            return now
        gains, counted = _gains(outlook, found.plan, rules)
        weights[counted & (gains < floor)] += MORE
    assert best is not None
    return best


def _gains(outlook: Outlook, plan: Plan, rules: Sequence[Rule]) -> tuple[Floats, Flags]:
    """What each learner's day brings, and who is counted."""
    day, held = outlook.day, plan.seats[plan.seats >= 0]
    gains = np.bincount(day.learner[held], outlook.rates[held], minlength=day.learners)
    ready = np.bincount(day.learner, outlook.rates > 0.0, minlength=day.learners) > 0
    ready[[rule.learner for rule in rules if isinstance(rule, Absent) and rule.block == ANY]] = False
    return np.asarray(gains, dtype=np.float64), np.asarray(ready)
