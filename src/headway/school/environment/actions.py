"""Raising a hand, coming, having been there, and saying a good word."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from headway.core.environment.attention import BANDS, LESSON
from headway.school.environment.models import HelpRequest, Visit
from headway.school.people.live import announce
from headway.school.people.models import Person


@transaction.atomic
def ask_for_help(*, learner: Person, activity: str, now: float) -> HelpRequest:
    """Raise the learner's hand. A hand that is up already stays up: asking twice is asking once."""
    open_one = open_request(learner.id, now)
    if open_one is not None:
        return open_one
    asked = HelpRequest.objects.create(
        district_id=learner.district_id, learner=learner, activity=activity[:300], asked_at=now
    )
    announce("help", learner.id)
    return asked


@transaction.atomic
def answer_help(*, learner: Person, adult: Person, now: float) -> HelpRequest | None:
    """Say that this adult is on their way; None if no hand is up, the request if somebody else was first."""
    found = open_request(learner.id, now)
    if found is None:
        return None
    if found.answered_at is None:
        found.answered_at, found.answered_by = now, adult
        found.save(update_fields=["answered_at", "answered_by"])
        announce("help", learner.id)
    return found


@transaction.atomic
def log_visit(*, learner: Person, adult: Person, code: str, now: float) -> Visit:
    """Write down that an adult went to a learner, and for what the board named. Raises ValueError on another code."""
    if code not in BANDS:
        raise ValueError(f"unknown reason {code!r}: use one of {', '.join(BANDS)}")
    visit = Visit.objects.create(
        district_id=learner.district_id, learner=learner, adult=adult, reason_code=code, at=now
    )
    announce("help", learner.id)
    return visit


def open_request(learner: UUID, now: float) -> HelpRequest | None:
    """The hand that is up: asked within a lesson, and nobody has been there since."""
    found = HelpRequest.objects.filter(learner_id=learner, asked_at__gt=now - LESSON).order_by("-id").first()
    if found is None or Visit.objects.filter(learner_id=learner, at__gte=found.asked_at).exists():
        return None
    return found
