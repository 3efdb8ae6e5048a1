"""A tier's support in a learner's plan: which skills practice turns to while the support lasts, and how sure it aims to be."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from headway.school.curriculum.queries import curriculum_of
from headway.school.path.actions import LONGEST_REASON, BadWish, after_the_last_event
from headway.school.path.models import PlanRow
from headway.school.people.live import announce
from headway.school.people.models import Person

SURE = "0.85"
"""The chance of a right first answer that practice aims for beside an intervention: somewhat surer than usual."""


@transaction.atomic
def set_tier_support(*, learner: Person, skills: Sequence[str], reason: str, by: UUID, now: float) -> int:
    """Let practice follow a tier's support: these skills next, until mastered, at a surer pace. What an earlier support
    wanted ends. Accommodations and a person's pin stand above it (see ``core.path.plan``).

    Returns the number of rows. Raises BadWish for a skill that the district does not teach.
    """
    unknown = set(skills) - set(curriculum_of(learner.district_id).skill_number)
    if unknown:
        raise BadWish(f"no skill of the curriculum: {', '.join(sorted(unknown))}")
    now = after_the_last_event(learner, now)
    _end(learner.id, now)
    if not skills:
        return 0
    wanted = [("pin-skill", skill) for skill in dict.fromkeys(skills)] + [("target-success", SURE)]
    rows = [
        PlanRow(
            district_id=learner.district_id,
            learner=learner,
            source="tier",
            effect=effect,
            value=value,
            reason=reason.strip()[:LONGEST_REASON],
            by_id=by,
            starts=now,
        )
        for effect, value in wanted
    ]
    announce("learner", learner.id)
    return len(PlanRow.objects.bulk_create(rows))


@transaction.atomic
def end_tier_support(*, learner: Person, now: float) -> int:
    """End what a tier's support wants of practice; return the number of rows that ended."""
    ended = _end(learner.id, after_the_last_event(learner, now))
    if ended:
        announce("learner", learner.id)
    return ended


def _end(learner: UUID, now: float) -> int:
    return PlanRow.objects.filter(learner_id=learner, source="tier", ends=None).update(ends=now)
