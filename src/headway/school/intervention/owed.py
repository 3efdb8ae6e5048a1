"""Minutes with an adult that plans of support promise and nobody has given yet, for whoever plans a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from headway.school.intervention.cases import cases_of


def owed_minutes(learners: Sequence[UUID], day: int) -> Mapping[UUID, float]:
    """Return, for each learner with a plan that goes on, the minutes that were planned before a day and not delivered, at most
    one week of the plan: what slipped longer ago is for the team, not for one day."""
    out = {}
    for learner, case in cases_of(learners, day).items():
        week = case.plan.group.minutes * len(case.plan.group.weekdays)
        owed = min(max(case.given.planned_minutes - case.given.minutes, 0), week)
        if owed:
            out[learner] = float(owed)
    return out
