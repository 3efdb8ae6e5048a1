"""Writing what people state of a learner. Nothing is changed or deleted: a newer row says what holds now."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from headway.core.profile.person import ANSWERS, BY_THE_SCHOOL, FACTS, LONGEST, NOTES, QUESTIONS
from headway.core.text import T, Text
from headway.school.people.models import Person
from headway.school.profile.models import Career, ProfileFact, ProfileNote, SelfReport

ROLES = ("learner", "family", "school")


class NotKept(ValueError):
    """What was entered cannot be kept; ``text`` says to the person what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@transaction.atomic
def state_fact(
    *, learner: Person, by: Person, role: str, kind: str, value: str, now: float, career: str = "", gone: bool = False
) -> ProfileFact:
    """Write down that a fact holds, or that it no longer does. A wish may name a career of the district; its words are then the
    career's title unless there are own ones. Raises NotKept."""
    if kind not in FACTS or role not in ROLES or (kind in BY_THE_SCHOOL and role != "school"):
        raise NotKept(T("This line cannot be written here."))
    if career:
        titles = list(Career.objects.filter(code=career).order_by("id").values_list("title", flat=True))
        if not titles:
            raise NotKept(T("Choose a career from the list."))
        value = value or titles[0]
    value = " ".join(value.split())[:LONGEST]
    if not value:
        raise NotKept(T("Write a few words first."))
    return ProfileFact.objects.create(
        district_id=learner.district_id,
        learner=learner,
        kind=kind,
        value=value,
        career=career,
        gone=gone,
        by=by,
        role=role,
        at=now,
    )


@transaction.atomic
def report_self(*, learner: Person, answers: Mapping[str, int], now: float) -> int:
    """Write down what a learner says of themselves today; return the number of answers. Raises NotKept for an unknown question
    or answer, and where there is none."""
    wrong = [key for key, answer in answers.items() if key not in QUESTIONS or not 1 <= answer <= len(ANSWERS)]
    if wrong or not answers:
        raise NotKept(T("Choose an answer for at least one line."))
    rows = [
        SelfReport(district_id=learner.district_id, learner=learner, question=key, answer=answer, at=now)
        for key, answer in answers.items()
    ]
    return len(SelfReport.objects.bulk_create(rows))


@transaction.atomic
def write_note(
    *,
    learner: Person,
    by: Person,
    role: str,
    kind: str,
    words: str,
    now: float,
    about: str = "",
    answers: int | None = None,
) -> ProfileNote:
    """Write words about a learner or about a line of the profile, contest a line, or answer a contest (an adult of the school
    does). Raises NotKept."""
    words = words.strip()[:LONGEST]
    if kind not in NOTES or role not in ROLES:
        raise NotKept(T("This line cannot be written here."))
    if not words:
        raise NotKept(T("Write a few words first."))
    asked = None
    if kind == "answer":
        asked = ProfileNote.objects.filter(id=answers or 0, learner=learner, kind="contest").first()
        if asked is None or role != "school":
            raise NotKept(T("Only an adult of the school answers, and only what was said to be wrong."))
        about = asked.about
    elif kind != "note" and not about:
        raise NotKept(T("Say which line you mean."))
    return ProfileNote.objects.create(
        district_id=learner.district_id,
        learner=learner,
        kind=kind,
        about=about[:120],
        words=words,
        answers=asked,
        by=by,
        role=role,
        at=now,
    )


def fact_of(learner: UUID, number: int) -> ProfileFact | None:
    """Return one fact of a learner. The caller has checked access."""
    return ProfileFact.objects.filter(learner_id=learner, id=number).first()
