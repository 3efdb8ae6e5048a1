"""A pilot's arm in learners' plans: rows that begin together and end together. The loop reads them like any other wish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Greatest

from headway.school.path.actions import LEAD, LONGEST_REASON, after_the_last_event
from headway.school.path.models import PlanRow
from headway.school.people.models import Person
from headway.school.profile.models import Profile


@transaction.atomic
def set_arms(
    *, district: UUID, wishes: Mapping[UUID, Sequence[tuple[str, str]]], reason: str, by: UUID, now: float
) -> float:
    """Write the wishes (effect, value) of each learner's arm into their plan.

    All begin at one moment a little later than everything that has been handled and is being handled, so that replay decides as
    life did (see ``path.actions.set_model``). Returns that moment in seconds since 1970: with the learner and the source
    ``arm`` it says which rows these are. For one learner it is the moment after their own last event.
    """
    if len(wishes) == 1:
        starts = after_the_last_event(Person.objects.get(id=next(iter(wishes))), now)
    else:
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
    """End the rows that :func:`set_arms` began at ``starts`` or, for who came later, since; return how many."""
    rows = PlanRow.objects.filter(learner_id__in=learners, source="arm", starts__gte=starts, ends=None)
    return rows.update(ends=Greatest(Value(_after_everything(now)), F("starts")))


def _after_everything(now: float) -> float:
    last = Profile.objects.aggregate(last=Max("updated_at"))["last"] or 0.0
    return float(max(now, last) + LEAD)
