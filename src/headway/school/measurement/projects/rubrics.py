"""The rubrics that a district works with: those that ship, and its own in their place."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from headway.core.measurement.rubrics import Rubric, fault, from_plain, key_of, to_plain
from headway.core.text import T, Text
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.measurement.projects.models import Rubric as Row
from headway.school.people.models import Person
from headway.standards.rubrics import shipped_rubrics


class NotKept(ValueError):
    """What was entered cannot be kept; ``text`` says to the person what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


def rubrics_offered() -> dict[str, Rubric]:
    """Return the rubrics by code, each in its newest words, by title. One query."""
    found = dict(shipped_rubrics())
    for row in Row.objects.order_by("at", "id"):
        found[row.code] = rubric_value(row)
    return dict(sorted(found.items(), key=lambda pair: pair[1].title.lower()))


def rubric_value(row: Row) -> Rubric:
    """A kept rubric as the core speaks of it."""
    return from_plain(row.code, row.title, row.criteria)


@transaction.atomic
def keep_rubric(*, district: UUID, rubric: Rubric, by: Person, now: float) -> Row:
    """Write a rubric down in its newest words; projects that run keep the words that they began with. One that says the same as
    the newest is not written twice. Raises NotKept for a rubric that is not whole or names an unknown skill."""
    wrong = fault(rubric)
    if wrong is not None:
        raise NotKept(wrong)
    if rubric.code != key_of(rubric.code):
        raise NotKept(T("A rubric’s code has small letters, digits and hyphens."))
    unknown = sorted(set(rubric.skills) - _skills(district)) if rubric.skills else []
    if unknown:
        raise NotKept(T("The district does not teach these skills: {skills}.", skills=", ".join(unknown[:12])))
    newest = Row.objects.filter(code=rubric.code).order_by("-at", "-id").first()
    if newest is not None and rubric_value(newest) == rubric:
        return newest
    return Row.objects.create(
        district_id=district, code=rubric.code, title=rubric.title, criteria=to_plain(rubric), by=by, at=now
    )


def row_of(*, district: UUID, code: str, by: Person, now: float) -> Row:
    """Return the newest row of a rubric; one that ships is written down when it is first used. What it says of skills that the
    district does not teach is left out. Raises NotKept for an unknown code."""
    found = rubrics_offered().get(code)
    if found is None:
        raise NotKept(T("Choose a rubric from the list."))
    known = _skills(district)
    plain = [
        {**each, "skills": [skill for skill in criterion.skills if skill in known]}
        for each, criterion in zip(to_plain(found), found.criteria, strict=True)
    ]
    return keep_rubric(district=district, rubric=from_plain(found.code, found.title, plain), by=by, now=now)


def _skills(district: UUID) -> set[str]:
    try:
        return set(curriculum_of(district).skill_number)
    except NoCurriculum:
        return set()
