"""A pilot's arm in learners' plans: rows that begin together and end together. The loop reads them like any other wish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from headway.school.path.actions import LEAD, LONGEST_REASON
from headway.school.path.models import PlanRow
from headway.school.profile.models import Profile


@transaction.atomic
def set_arms(
    *, district: UUID, wishes: Mapping[UUID, Sequence[tuple[str, str]]], reason: str, by: UUID, now: float
) -> float:
    """Write the wishes (effect, value) of each learner's arm into their plan.

    All begin at one moment a little later than everything that has been handled and is being handled, so that replay decides as
    life did (see ``path.actions.set_model``). Returns that moment in seconds since 1970: with the learner and the source
    ``arm`` it says which rows these are.
    """
    starts = _after_everything(now)
    PlanRow.objects.bulk_create(
        (
            PlanRow(
                district_id=district,
                learner_id=learner,
                source="arm",
                effect=effect,
                value=value,
                reason=reason.strip()[:LONGEST_REASON],
                by_id=by,
                starts=starts,
            )
            for learner, several in wishes.items()
            for effect, value in several
        ),
        batch_size=2000,
    )
    return starts


@transaction.atomic
def end_arms(*, learners: Sequence[UUID], starts: float, now: float) -> int:
    """End the rows that :func:`set_arms` began at ``starts``; return how many."""
    rows = PlanRow.objects.filter(learner_id__in=learners, source="arm", starts=starts, ends=None)
    return rows.update(ends=max(_after_everything(now), starts))


def _after_everything(now: float) -> float:
    last = Profile.objects.aggregate(last=Max("updated_at"))["last"] or 0.0
    return float(max(now, last) + LEAD)
