"""One learner's record, put together for the people around them."""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.curriculum.catalogue import Curriculum
from headway.core.environment.outlook import Outlook, outlook
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.fold import day_number
from headway.core.profile.profile import Profile, Today
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.queries import order_of, today_of
from headway.school.path.queries import plans_of
from headway.school.path.skills import skills_of
from headway.school.people.clock import day_offset, time_zone_of
from headway.school.people.models import Person
from headway.school.profile.queries import profile_of


@dataclass(frozen=True, slots=True)
class Record:
    """What is believed of a learner ``at`` a moment. ``profile`` is None for somebody who has never practised; ``here``
    is the number of the skill that they are on, -1 for none; ``last_at`` their last sign of life, 0 for none."""

    learner: Person
    at: float
    time_zone: str
    curriculum: Curriculum
    plan: EffectivePlan
    profile: Profile | None
    last_at: float
    today: Today
    outlook: Outlook
    here: int


def record_of(learner: Person, now: float) -> Record:
    """Return the record of a learner that the caller got from ``people.access``. Raises NoCurriculum."""
    district = learner.district_id
    curriculum, time_zone = curriculum_of(district), time_zone_of(district)
    offset = day_offset(time_zone, now)
    plan = plans_of([learner.id], now, offset).get(learner.id, DEFAULT_PLAN)
    kept = profile_of(learner.id)
    profile = kept.profile if kept else None
    touched = skills_of(learner, profile, now, plan=plan, curriculum=curriculum) if profile else ()
    views = {view.number: view for view in touched}
    return Record(
        learner=learner,
        at=now,
        time_zone=time_zone,
        curriculum=curriculum,
        plan=plan,
        profile=profile,
        last_at=kept.at if kept else 0.0,
        today=today_of(profile, day_number(now, offset)) if profile else Today(),
        outlook=outlook(views, curriculum, order_of(curriculum), now),
        here=_here(profile, curriculum),
    )


def _here(profile: Profile | None, curriculum: Curriculum) -> int:
    activity = curriculum.activity(profile.current.activity) if profile and profile.current.activity else None
    return curriculum.skill_number[activity.skill] if activity else -1
