"""A learner's skills as the model that serves them believes now: what every page and interface shows."""

from __future__ import annotations

from headway.core.curriculum.catalogue import Curriculum
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.profile import Profile
from headway.core.profile.views import SkillView, skill_views
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.served import models_for
from headway.school.path.queries import plans_of
from headway.school.people.models import Person


def skills_of(
    learner: Person,
    profile: Profile,
    now: float,
    *,
    plan: EffectivePlan | None = None,
    curriculum: Curriculum | None = None,
) -> tuple[SkillView, ...]:
    """Return the touched skills, forgetting as the model in force has it; ``plan`` is the learner's and ``curriculum`` the
    district's where the caller has read them. Call it inside of the district's transaction, after access has been checked.
    Raises NoCurriculum."""
    plan = plan or plans_of([learner.id], now, 0.0).get(learner.id, DEFAULT_PLAN)
    models = models_for([plan.model])
    curriculum = curriculum or curriculum_of(learner.district_id)
    return tuple(skill_views(profile, curriculum, now, model=plan.model, models=models))
