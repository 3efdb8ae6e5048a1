"""Reading the evidence of one learner: answers, days of practice, the mastery ledger. Callers have checked access."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from headway.core.events import MasteryEntry
from headway.school.mastery.models import Evidence
from headway.school.mastery.models import MasteryEntry as EntryRow
from headway.school.people.clock import local_date
from headway.school.people.paging import newest_first


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it was given. ``at`` is the server's clock in seconds since 1970, ``seconds`` the time taken,
    ``suspects`` the misconceptions that it speaks for with their probabilities."""

    number: int
    activity: str
    step: int
    skills: tuple[str, ...]
    answer: str
    correct: bool
    attempt: int
    hints: int
    shown: bool
    seconds: float
    misconception: str
    at: float
    suspects: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """A local day with practice: answers given, and time spent on them in minutes (one answer counts ten at most)."""

    day: date
    answers: int
    minutes: float


def answers_of(
    learner: UUID, *, skill: str = "", misconception: str = "", most: int = 60, before: int = 0
) -> list[Answer]:
    """Return the newest answers, of one skill or with one misconception where it is named; ``before`` is the number of an
    answer to go on from."""
    rows = Evidence.objects.filter(learner_id=learner, kind="response")
    if skill:
        rows = rows.filter(skills__contains=[skill])
    if misconception:
        rows = rows.filter(misconception=misconception)
    if before:
        rows = rows.filter(id__lt=before)
    return [_answer(row) for row in rows.order_by("-id")[:most]]


def evidence_page(learner: UUID, *, limit: int, after: int | None = None) -> tuple[list[Evidence], int | None]:
    """Return lines of the log, starts included, newest first, and the ``after`` of the following page."""
    return newest_first(Evidence.objects.filter(learner_id=learner), limit=limit, after=after)


def ledger_page(learner: UUID, *, limit: int, after: int | None = None) -> tuple[list[EntryRow], int | None]:
    """Return lines of the mastery ledger, newest first, and the ``after`` of the following page."""
    return newest_first(EntryRow.objects.filter(learner_id=learner), limit=limit, after=after)


def days_of(learner: UUID, *, since: float, time_zone: str) -> list[PracticeDay]:
    """Return the local days with practice since a moment, oldest first."""
    rows = Evidence.objects.filter(learner_id=learner, kind="response", now__gte=since)
    days: dict[date, tuple[int, float]] = {}
    for at, seconds in rows.values_list("now", "seconds"):
        day = local_date(time_zone, at)
        answers, spent = days.get(day, (0, 0.0))
        days[day] = (answers + 1, spent + min(seconds, 600.0))
    return [PracticeDay(day, answers, spent / 60.0) for day, (answers, spent) in sorted(days.items())]


SITTING = 300.0
"""Seconds between two answers beyond which somebody has been away in between."""


def first_tries_of(learner: UUID, *, now: float, weeks: int) -> tuple[tuple[int, ...], float]:
    """Return the first answers of each of the last ``weeks`` times seven days, oldest first and from the learner's first week on,
    and the minutes that one took with later tries, reading and looking back. One query."""
    length = 7 * 86400.0
    rows = Evidence.objects.filter(learner_id=learner, kind="response", now__gte=now - weeks * length, now__lt=now)
    counts: dict[int, int] = {}
    seconds = before = 0.0
    for at, attempt, shown, took in rows.order_by("id").values_list("now", "attempt", "shown", "seconds"):
        ago = int((now - at) // length)
        counts[ago] = counts.get(ago, 0) + (attempt == 1 and not shown)
        seconds += at - before if at - before < SITTING else min(took, SITTING)
        before = at
    total = sum(counts.values())
    first = max(counts, default=-1)
    return tuple(counts.get(ago, 0) for ago in range(first, -1, -1)), seconds / 60.0 / total if total else 1.0


_STORIES = (
    "SELECT split_part(activity, ':', 4), count(*), count(*) FILTER (WHERE correct AND hints = 0) FROM school_evidence"
    " WHERE learner_id = %s AND kind = 'response' AND attempt = 1 AND NOT shown AND activity LIKE 'gen:%%:%%:%%'"
    " GROUP BY 1 ORDER BY 1"
)


def stories_of(learner: UUID) -> dict[str, tuple[int, int]]:
    """Return for each interest that stories were dressed in the first answers and those right without help. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STORIES, [learner])
        return {name: (n, right) for name, n, right in cursor.fetchall() if name}


def ledger_of(learner: UUID, *, skills: Iterable[str] | None = None, most: int | None = 40) -> list[MasteryEntry]:
    """Return the newest lines of the mastery ledger (all for None), of some skills where they are named."""
    rows = EntryRow.objects.filter(learner_id=learner)
    if skills is not None:
        rows = rows.filter(skill__in=list(skills))
    return [ledger_value(row) for row in rows.order_by("-id")[:most]]


def held(learners: Iterable[UUID], skills: Iterable[str]) -> set[tuple[UUID, str]]:
    """Which of these learners hold which of these skills by the newest line of their ledger. One query."""
    rows = EntryRow.objects.filter(learner_id__in=set(learners), skill__in=set(skills))
    newest = rows.order_by("learner_id", "skill", "-id").distinct("learner_id", "skill")
    return {(row.learner_id, row.skill) for row in newest if row.kind != "lost"}


def ledger_value(row: EntryRow) -> MasteryEntry:
    """A stored line of the ledger as the core speaks of it."""
    return MasteryEntry(
        learner=str(row.learner_id),
        skill=row.skill,
        kind=row.kind,
        response=str(row.response),
        probability=row.probability,
        threshold=row.threshold,
        evidence_count=row.evidence_count,
        model=row.model,
        at=row.at,
    )


def _answer(row: Evidence) -> Answer:
    return Answer(
        number=row.id,
        activity=row.activity,
        step=row.step,
        skills=tuple(row.skills),
        answer=row.answer,
        correct=row.correct,
        attempt=row.attempt,
        hints=row.hints,
        shown=row.shown,
        seconds=row.seconds,
        misconception=row.misconception,
        at=row.now,
        suspects=tuple((key, float(share)) for key, share in row.suspects),
    )
