"""Reading workings back: as they were written, and as they stand. Callers have checked access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from headway.core.text import Text, text_from_json
from headway.school.coaching.judging import patience
from headway.school.coaching.models import CoachLine
from headway.school.coaching.standing import first_cases, reply_of
from headway.school.coaching.values import Reply
from headway.school.people.paging import newest_first


@dataclass(frozen=True, slots=True)
class Line:
    """One deed of a working, as it was written and judged then; the fields are those of
    :class:`~headway.school.coaching.models.CoachLine`, ``at`` is the server's clock in seconds since 1970. ``settled`` says
    that the line took one of several solutions and the others came later."""

    id: int
    event: UUID
    learner: UUID
    working: UUID
    kind: str
    activity: str
    step: int
    problem: str
    skills: tuple[str, ...]
    number: int
    written: str
    verdict: str
    follows: int
    misconception: str
    probability: float
    said: Text
    level: int
    small: bool
    seconds: float
    simulated: bool
    at: float
    settled: bool = False


class WrongAnswer(NamedTuple):
    """An answer that was wrong, and when it came, in seconds since 1970."""

    text: str
    now: float


def rows_of(*, learner: UUID, working: UUID, until: int | None = None) -> list[CoachLine]:
    """The rows of one working, oldest first; ``until`` is the number of the last row that counts."""
    rows = CoachLine.objects.filter(learner_id=learner, working=working)
    if until is not None:
        rows = rows.filter(id__lte=until)
    return list(rows.order_by("id"))


def lines_of(*, learner: UUID, working: UUID) -> list[Line]:
    """Every deed of one working, oldest first: the replay of a problem, line by line."""
    return lines_from(rows_of(learner=learner, working=working))


def line_page(
    learner: UUID, *, limit: int, after: int | None = None, working: UUID | None = None
) -> tuple[list[Line], int | None]:
    """A learner's deeds, newest first, of one working where it is named, and the ``after`` of the following page."""
    rows = CoachLine.objects.filter(learner_id=learner)
    if working is not None:
        rows = rows.filter(working=working)
    found, following = newest_first(rows, limit=limit, after=after)
    return [line_of(row) for row in found], following


def working_of(*, learner: UUID, working: UUID, wrong: WrongAnswer | None = None) -> Reply | None:
    """A working as it stands now, judged again; None when nothing was written in it. A ``wrong`` answer that was given after
    the last deed is followed back to its line."""
    rows = rows_of(learner=learner, working=working)
    since = wrong is not None and bool(rows) and rows[-1].now <= wrong.now
    with patience():
        return reply_of(working, rows, answered=wrong.text if wrong is not None and since else "") if rows else None


def last_working_of(
    *, learner: UUID, activity: str, step: int, since: float, wrong: WrongAnswer | None = None
) -> Reply | None:
    """The last working of a step of an activity since a moment (seconds since 1970), as it stands; None without one."""
    rows = CoachLine.objects.filter(learner_id=learner, activity=activity, step=step, now__gte=since)
    found = rows.order_by("-id").values_list("working", flat=True).first()
    return working_of(learner=learner, working=found, wrong=wrong) if found is not None else None


def lines_from(rows: Sequence[CoachLine]) -> list[Line]:
    """Stored rows, oldest first, as values."""
    cases = first_cases(rows)
    return [line_of(row, settled=row.id in cases) for row in rows]


def line_of(row: CoachLine, *, settled: bool = False) -> Line:
    """A stored row as a value."""
    return Line(
        id=row.id,
        event=row.event,
        learner=row.learner_id,
        working=row.working,
        kind=row.kind,
        activity=row.activity,
        step=row.step,
        problem=row.problem,
        skills=tuple(row.skills),
        number=row.number,
        written=row.written,
        verdict=row.verdict,
        follows=row.follows,
        misconception=row.misconception,
        probability=row.probability,
        said=text_from_json(row.said),
        level=row.level,
        small=row.small,
        seconds=row.seconds,
        simulated=row.simulated,
        at=row.now,
        settled=settled,
    )
