"""Courses: loaded from the district's table, read with how far a learner is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from headway.core.mastery.credit import Standing, WorkAsked, complete
from headway.core.measurement.rubrics import shown_at
from headway.school.mastery.credit.models import Course as Row
from headway.school.measurement.projects.ledger import Scored
from headway.standards.courses import CourseTable


@dataclass(frozen=True, slots=True)
class Course:
    """A course with its competencies in order, each its words and its skills; ``work`` is what projects must show."""

    code: str
    title: str
    credit: float
    competencies: tuple[tuple[str, tuple[str, ...]], ...]
    work: tuple[WorkAsked, ...] = ()

    @property
    def skills(self) -> tuple[str, ...]:
        """All skills, each once."""
        return tuple(dict.fromkeys(skill for _, skills in self.competencies for skill in skills))

    def left(self, standings: Mapping[str, Standing]) -> tuple[str, ...]:
        """The skills that do not count yet."""
        return tuple(skill for skill in self.skills if not complete([skill], dict(standings)))

    def work_left(self, scored: Iterable[Scored]) -> tuple[WorkAsked, ...]:
        """What no project shows yet, from a learner's scores."""
        found = list(scored)
        return tuple(asked for asked in self.work if shown_by(asked, found) is None)


def shown_by(asked: WorkAsked, scored: Iterable[Scored]) -> Scored | None:
    """The score that shows what a course asks for; None where there is none."""
    fitting = {id(each.standing): each for each in scored if each.rubric.code == asked.rubric}
    found = shown_at((each.standing for each in fitting.values()), criterion=asked.criterion, level=asked.level)
    return fitting[id(found)] if found is not None else None


def load_courses(*, district: UUID, rows: Iterable[CourseTable]) -> int:
    """Put the district's table in the place of what it had; return the number of courses. Credit that was granted keeps what
    it was granted for."""
    Row.objects.all().delete()
    made = [
        Row(
            district_id=district,
            code=row.code,
            title=row.title,
            credit=row.credit,
            competencies=[[words, list(skills)] for words, skills in row.competencies],
            work=[[each.competency, each.rubric, each.criterion, each.level] for each in row.work],
        )
        for row in rows
    ]
    return len(Row.objects.bulk_create(made))


def courses() -> list[Course]:
    """Return the district's courses by title. One query."""
    return [
        Course(
            row.code,
            row.title,
            row.credit,
            tuple((words, tuple(skills)) for words, skills in row.competencies),
            tuple(WorkAsked(*each) for each in row.work),
        )
        for row in Row.objects.order_by("title", "id")
    ]
