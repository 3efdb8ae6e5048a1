"""What a policy would look at now, for pages that ask it what it would do. Nothing is decided and nothing is written."""

from __future__ import annotations

from headway.core.path.plan import DEFAULT_PLAN
from headway.core.path.policy import Situation
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.served import models_for
from headway.school.path.queries import plans_of
from headway.school.people.clock import day_offset, time_zone_of
from headway.school.people.models import Person
from headway.school.profile.queries import profile_of


def situation_of(learner: Person, now: float, seed: int = 0) -> Situation | None:
    """Return the situation of a learner, None for somebody who has never practised. Call it inside of the district's transaction,
    after access has been checked. Raises NoCurriculum."""
    kept = profile_of(learner.id)
    if kept is None:
        return None
    curriculum = curriculum_of(learner.district_id)
    offset = day_offset(time_zone_of(learner.district_id), now)
    plan = plans_of([learner.id], now, offset).get(learner.id, DEFAULT_PLAN)
    model = models_for([plan.model])[plan.model]
    belief = model.belief(kept.profile.state, curriculum, now)
    return Situation(kept.profile, plan, curriculum, model, belief, seed, now)
