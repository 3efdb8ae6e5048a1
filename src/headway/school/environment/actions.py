"""Raising a hand, coming, having been there, and saying a good word."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from headway.core.environment.attention import BANDS, LESSON
from headway.core.environment.praise import GoodWord as Word
from headway.core.mastery.kernels import DAY
from headway.core.text import text_to_json
from headway.school.environment.models import GoodWord, HelpRequest, Visit
from headway.school.environment.signals import SaidWord, good_words_of
from headway.school.people.live import announce
from headway.school.people.models import Person

STAYS = 10 * 60.0
"""Seconds for which a good word stays on the learner's page once it has been seen."""


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


@transaction.atomic
def say_good_word(*, learner: Person, adult: Person, word: Word, now: float) -> GoodWord:
    """Say a good word of the board to a learner; their practice page shows it. The same one is said once a day."""
    recent = GoodWord.objects.filter(learner=learner, code=word.code, at__gt=now - DAY / 2).first()
    if recent is not None:
        return recent
    said = GoodWord.objects.create(
        district_id=learner.district_id,
        learner=learner,
        adult=adult,
        code=word.code,
        said=text_to_json(word.said),
        at=now,
    )
    announce("learner", learner.id)
    return said


def show_good_words(*, learner: UUID, now: float) -> list[SaidWord]:
    """Return the good words to show on the learner's page now, and note that they have been seen.

    A word waits a day for its learner; once seen it stays for ten minutes.
    """
    words = good_words_of(learner, since=now - DAY)
    GoodWord.objects.filter(id__in=[word.number for word in words if not word.seen_at]).update(seen_at=now)
    return [word for word in words if not word.seen_at or now - word.seen_at < STAYS]
