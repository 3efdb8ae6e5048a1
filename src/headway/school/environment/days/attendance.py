"""Who is there today: said by a person with two taps, kept as evidence, and obeyed by the day's plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.core.text import T
from headway.school.environment.models import Attendance, DayWish
from headway.school.people.access import learners_in
from headway.school.people.models import Person, Section
from headway.school.people.refusal import Malformed

STATES = ("here", "late", "away")


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest word on a learner's day: ``state``, who said so and when (seconds since 1970)."""

    state: str
    by: str
    at: float


def attendance_of(section: UUID, day: int) -> dict[UUID, Mark]:
    """What was said of a class's day, by learner; who has not been spoken of is left out. One query. The caller has checked
    access."""
    rows = Attendance.objects.filter(section_id=section, day=day).select_related("by").order_by("id")
    return {row.learner_id: Mark(row.state, row.by.short_name, row.at) for row in rows}


def attendance_between(section: UUID, first: int, last: int) -> dict[tuple[UUID, int], str]:
    """The newest state of each learner on each day from ``first`` to ``last``. One query."""
    rows = Attendance.objects.filter(section_id=section, day__gte=first, day__lte=last).order_by("id")
    return {(row[0], row[1]): row[2] for row in rows.values_list("learner_id", "day", "state")}


@transaction.atomic
def mark(*, section: Section, by: Person, day: int, learner: UUID, state: str, now: float) -> None:
    """Write down that a learner is here, late or away. Who is away is left out of every plan of the day made from then on; who
    has come is let in again. Raises Malformed for another state or somebody who is not in the class."""
    if state not in STATES or not learners_in(section).filter(id=learner).exists():
        raise Malformed(T("Choose a learner of this class, and whether they are here, late or away."))
    _write(section, by, day, [learner], state, now)
    wishes = DayWish.objects.filter(section=section, learner_id=learner, kind="away", day=day, ended_at=None)
    if state != "away":
        wishes.update(ended_at=now)
    elif not wishes.exists():
        DayWish.objects.create(
            district_id=section.district_id, section=section, learner_id=learner, by=by, kind="away", at=now, day=day
        )


@transaction.atomic
def everyone_here(*, section: Section, by: Person, day: int, now: float) -> int:
    """Write down that everybody is here of whom nobody has said anything yet; return how many. What was said of somebody before
    (a parent's call at eight) stands."""
    said = attendance_of(section.id, day)
    away = set(
        DayWish.objects.filter(section=section, kind="away", day=day, ended_at=None).values_list(
            "learner_id", flat=True
        )
    )
    people = [person.id for person in learners_in(section) if person.id not in said]
    _write(section, by, day, [each for each in people if each not in away], "here", now)
    _write(section, by, day, [each for each in people if each in away], "away", now)
    return len(people)


def _write(section: Section, by: Person, day: int, learners: Sequence[UUID], state: str, now: float) -> None:
    Attendance.objects.bulk_create(
        Attendance(
            district_id=section.district_id, section=section, learner_id=learner, day=day, state=state, by=by, at=now
        )
        for learner in learners
    )
