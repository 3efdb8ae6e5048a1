"""What learners are ready for now, as the planner of days reads it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from headway.core.environment.instruction.ready import ready_for
from headway.core.environment.instruction.today import Ready
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.path.policy import Situation
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.served import models_for
from headway.school.path.queries import plans_of
from headway.school.people.clock import day_offset, time_zone_of
from headway.school.profile.queries import profiles_of


def readiness_of(district: UUID, learners: Sequence[UUID], now: float) -> dict[UUID, tuple[Ready, ...]]:
    """Return the open skills of each learner that promise most, best first; nothing for somebody who has not practised."""
    curriculum, offset = curriculum_of(district), day_offset(time_zone_of(district), now)
    kept, _ = profiles_of(learners)
    plans = plans_of(learners, now, offset)
    models = models_for({plan.model for plan in plans.values()} | {DEFAULT_PLAN.model})
    out: dict[UUID, tuple[Ready, ...]] = {}
    for learner in learners:
        if learner in kept:
            profile, plan = kept[learner].profile, plans.get(learner, DEFAULT_PLAN)
            model = models[plan.model]
            belief = model.belief(profile.state, curriculum, now)
            out[learner] = ready_for(Situation(profile, plan, curriculum, model, belief, 0, now))
    return out
