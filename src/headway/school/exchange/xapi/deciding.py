"""What a person says of a system's identifiers and activities, from the page."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from headway.core.text import T
from headway.school.exchange.xapi.matching import learners
from headway.school.exchange.xapi.models import XapiCredential, XapiReading
from headway.school.exchange.xapi.taking import UNKNOWN, align_activity, name_actor, told_by
from headway.school.mastery.away import NotKept
from headway.school.people.models import Person


@transaction.atomic
def decide_actor(*, credential: UUID, actor: str, learner: str, by: Person, now: float) -> int:
    """Say which learner (by the roster's identifier or the address) is meant by an identifier that fits nobody, or several.
    Returns how many results were taken. Raises NotKept."""
    row = _trusted(credential)
    if not XapiReading.objects.filter(credential=row, actor=actor, outcome__in=UNKNOWN).exists():
        raise NotKept(T("This has been decided about already."))
    wanted = learner.strip()
    found = list(learners().filter(sourced_id=wanted)) or list(learners().filter(email__iexact=wanted)[:2])
    if not wanted or len(found) != 1:
        raise NotKept(T("No learner of the roster has this identifier."))
    return name_actor(credential=row, actor=actor, learner=found[0], by=by, now=now)


@transaction.atomic
def decide_activity(*, credential: UUID, about: UUID, skill: str, by: Person, now: float) -> list[UUID]:
    """Say which skill an activity belongs to ("" for none of ours). Returns whose results that changes; checks come later.
    Raises NotKept."""
    row = _trusted(credential)
    statement = XapiReading.objects.filter(credential=row, about=about).values_list("statement", flat=True).first()
    told = told_by([statement]) if statement is not None else []
    if not told:
        raise NotKept(T("There is no such activity."))
    return align_activity(credential=row, activity=told[0][1].activity, skill=skill, by=by, now=now)


def _trusted(credential: UUID) -> XapiCredential:
    row = XapiCredential.objects.filter(id=credential, ended_at=None, trust__ended_at=None).exclude(trust=None).first()
    if row is None:
        raise NotKept(T("This system is not taken as evidence any more."))
    return row
