"""Reading back what the loop has written for one learner: a turn, the lines of a problem, why it was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from headway.core.text import NOTHING, Text, text_from_json
from headway.school.loop.values import Receipt, receipt_from_json
from headway.school.mastery.models import Evidence
from headway.school.path.models import Decision

MOST_LINES = 60
"""Answers of one problem that are read back at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """One answer as it was given; ``receipt`` is what came of it. ``number`` orders lines; ``now`` is the server's
    clock in seconds since 1970."""

    number: int
    event: UUID
    activity: str
    step: int
    answer: str
    correct: bool
    attempt: int
    hints: int
    shown: bool
    now: float
    misconception: str
    receipt: Receipt


def turn_of(*, learner: UUID, event: UUID) -> Line | None:
    """The answer that was sent under this key, or None. The caller has checked access."""
    found = Evidence.objects.filter(learner_id=learner, event=event, kind="response").first()
    return _line(found) if found is not None else None


def lines_of(*, learner: UUID, activity: str, until: int | None = None) -> list[Line]:
    """The answers of the last time that a learner worked on an activity, oldest first; ``until`` is the number of the
    last line that counts. Work begins at the first attempt at the first step."""
    rows = Evidence.objects.filter(learner_id=learner, activity=activity)
    if until is not None:
        rows = rows.filter(id__lte=until)
    lines: list[Line] = []
    for row in rows.order_by("-id")[:MOST_LINES]:
        if row.kind != "response":
            break
        lines.append(_line(row))
        if row.step == 0 and row.attempt == 1:
            break
    return lines[::-1]


def reason_of(*, learner: UUID, activity: str) -> Text:
    """Why the loop chose this activity the last time; empty when a person opened it."""
    found = Decision.objects.filter(learner_id=learner).order_by("-id").values_list("activity", "reason").first()
    return text_from_json(found[1]) if found is not None and found[0] == activity else NOTHING


def _line(row: Evidence) -> Line:
    return Line(
        number=row.id,
        event=row.event,
        activity=row.activity,
        step=row.step,
        answer=row.answer,
        correct=row.correct,
        attempt=row.attempt,
        hints=row.hints,
        shown=row.shown,
        now=row.now,
        misconception=row.misconception,
        receipt=receipt_from_json(row.outcome),
    )
