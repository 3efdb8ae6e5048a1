"""Hints that are held back, and who has opened them for whom. Callers have checked access, but for ``may_open``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from headway.core.curriculum.problems import Hint, Problem
from headway.school.coaching.models import HintOpening
from headway.school.people.access import NotAllowed, Viewer, sections_of
from headway.school.people.models import Enrolment


class Whom(NamedTuple):
    """For whom a hint is opened: a learner, a section, or everybody whom a teacher teaches. One of the three is set."""

    learner: UUID | None = None
    section: UUID | None = None
    teacher: UUID | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """One row: ``who`` opened a hint (or took that back: not ``open``), at ``now`` in seconds since 1970; ``named`` is the
    learner's name or the section's title, empty for everybody whom the teacher teaches."""

    number: int
    activity: str
    step: int
    hint: str
    whom: Whom
    open: bool
    who: str
    now: float
    named: str


class Around(NamedTuple):
    """The sections that a learner is in, and who teaches there."""

    sections: frozenset[UUID]
    teachers: frozenset[UUID]


def holds_back(problem: Problem, step: int) -> bool:
    """Whether a step has hints that give its key away."""
    return step < len(problem.steps) and any(hint.reveals for hint in problem.steps[step].hints)


def openings(activities: Collection[str]) -> list[Opening]:
    """Every opening of hints of these activities and every taking back, the oldest first. One query."""
    rows = HintOpening.objects.filter(activity__in=activities).select_related("learner", "section", "by").order_by("id")
    return [_opening(row) for row in rows]


def in_force(rows: Iterable[Opening], *, until: float | None = None) -> list[Opening]:
    """Of rows in order those that hold, at the moment ``until`` where it is given."""
    last: dict[tuple[str, int, str, Whom], Opening] = {}
    for row in rows:
        if until is None or row.now <= until:
            last[row.activity, row.step, row.hint, row.whom] = row
    return [row for row in last.values() if row.open]


def around(learners: Sequence[UUID]) -> dict[UUID, Around]:
    """Where these learners are taught, and by whom. Two queries."""
    seats = list(Enrolment.objects.filter(person__in=learners, role="student").values_list("person_id", "section_id"))
    chairs = Enrolment.objects.filter(section__in={section for _, section in seats}, role="teacher")
    taught: dict[UUID, set[UUID]] = {}
    for person, section in chairs.values_list("person_id", "section_id"):
        taught.setdefault(section, set()).add(person)
    found = {}
    for learner in learners:
        mine = frozenset(section for person, section in seats if person == learner)
        found[learner] = Around(mine, frozenset(t for section in mine for t in taught.get(section, ())))
    return found


def applying(rows: Iterable[Opening], learner: UUID, place: Around) -> list[Opening]:
    """Of the openings in force those that reach a learner."""
    return [
        row
        for row in rows
        if row.whom.learner == learner or row.whom.section in place.sections or row.whom.teacher in place.teachers
    ]


def opened_for(*, learner: UUID, problem: Problem, step: int) -> frozenset[str]:
    """The held-back hints of a step that somebody opened for this learner. No query where a step holds nothing back."""
    if not holds_back(problem, step):
        return frozenset()
    rows = [row for row in in_force(openings([problem.id])) if row.step == step]
    found = applying(rows, learner, around([learner])[learner]) if rows else []
    return frozenset(row.hint for row in found)


def may_open(viewer: Viewer, whom: Whom) -> bool:
    """Whether somebody may open hints for these people: a learner in a class that they look after, such a class, or all of
    their own classes. Families and learners look after none."""
    if whom.teacher is not None:
        mine = Enrolment.objects.filter(person=viewer.person, role="teacher")
        return whom.teacher == viewer.person.id and mine.exists()
    sections = sections_of(viewer)
    if whom.section is not None:
        return sections.filter(id=whom.section).exists()
    return Enrolment.objects.filter(person=whom.learner, role="student", section__in=sections.values("id")).exists()


def looked_after(viewer: Viewer, rows: Sequence[Opening]) -> list[Opening]:
    """Of some openings those that the viewer may take back, as :func:`may_open` decides. Two queries."""
    sections = set(sections_of(viewer).values_list("id", flat=True))
    named = {row.whom.learner for row in rows if row.whom.learner is not None}
    seats = Enrolment.objects.filter(person__in=named, role="student", section__in=sections)
    learners = set(seats.values_list("person_id", flat=True))
    return [
        row
        for row in rows
        if row.whom.learner in learners or row.whom.section in sections or row.whom.teacher == viewer.person.id
    ]


def opening_with(number: int) -> Opening:
    """The opening in force with this number. Raises NotAllowed when there is none."""
    row = HintOpening.objects.filter(id=number).first()
    rows = in_force(openings([row.activity])) if row is not None else []
    for each in rows:
        if each.number == number:
            return each
    raise NotAllowed("There is no such opening of a hint in force.")


def hints_named(problem: Problem, step: int, hints: Collection[str]) -> list[Hint]:
    """The hints of a step with these identifiers that give its key away."""
    part = problem.steps[step].hints if step < len(problem.steps) else ()
    return [hint for hint in part if hint.reveals and hint.id in hints]


def _opening(row: HintOpening) -> Opening:
    named = row.learner.name if row.learner is not None else row.section.title if row.section is not None else ""
    whom = Whom(row.learner_id, row.section_id, row.teacher_id)
    return Opening(row.id, row.activity, row.step, row.hint, whom, row.open, row.by.name, row.now, named)
