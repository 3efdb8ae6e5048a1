"""Lessons of Maple beside a learner's first section: the class turns to another subject for an hour, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from headway.cli.calendar import begins
from headway.cli.maple import DISTRICT, TIME_ZONE, Maple, person_id
from headway.cli.pupils import Pupil
from headway.school.people.roster import RosterSection

EVERY = 4
"""One school day in so many has such a lesson ..."""
LESSONS = 4
"""... and so many lessons are played, the last ones before the last day."""
SHORTER = 60.0
"""Seconds after the beginning of the period at which the teacher sets the subject."""


def lesson_days(dates: Sequence[date]) -> frozenset[date]:
    """The days with a lesson, none of them the last."""
    return frozenset(dates[-2::-EVERY][:LESSONS]) if len(dates) > EVERY else frozenset()


def lessons_beside(maple: Maple, sections: Sequence[str]) -> list[tuple[RosterSection, frozenset[str]]]:
    """The sections that are nobody's first one, with those of their learners whose first one is among ``sections``."""
    first: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for each in maple.roster.enrolments:
        if each.role == "student" and first.setdefault(each.person, each.section) != each.section:
            members.setdefault(each.section, set()).add(each.person)
    found = [
        (s, frozenset(p for p in members.get(s.sourced_id, ()) if first[p] in sections)) for s in maple.roster.sections
    ]
    return [(section, people) for section, people in found if people]


def turn_to(
    section: RosterSection, pupils: Sequence[Pupil], maple: Maple, day: date, district: UUID = DISTRICT
) -> float:
    """Let the section's teacher set its subject for the class; return when the lesson begins."""
    from headway.school.path.subjects import teach_subject
    from headway.school.people.models import Person
    from headway.school.people.tenancy import in_district

    at = begins(day, section.period, TIME_ZONE)
    teacher = next(e.person for e in maple.roster.enrolments if e.section == section.sourced_id and e.role == "teacher")
    with in_district(district):
        learners = list(Person.objects.filter(id__in=[pupil.key for pupil in pupils]))
        by = Person.objects.get(id=person_id(teacher, district))
        teach_subject(learners=learners, subject=section.subject, by=by, now=at - SHORTER)
    leave_open(pupils)
    return at


def leave_open(pupils: Sequence[Pupil]) -> None:
    """What is open stays open; the next thing that somebody does is to begin."""
    for pupil in pupils:
        pupil.activity, pupil.step, pupil.hints, pupil.unread = "", 0, 0, 0


def begin_with(maple: Maple, subject: str, now: float, district: UUID = DISTRICT) -> None:
    """Let learners of several subjects begin the year with one; later they choose, or a teacher does."""
    from headway.school.path.subjects import choose_subject
    from headway.school.people.models import Person
    from headway.school.people.tenancy import in_district

    several = [person for person, subjects in maple.subjects().items() if len(subjects) > 1]
    with in_district(district):
        for learner in Person.objects.filter(id__in=[person_id(person, district) for person in several]):
            choose_subject(learner=learner, subject=subject, now=now)
