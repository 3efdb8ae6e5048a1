"""Reading the content report and what people made of it. Counts only: no learner is named, so no record is read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.generators.base import activity_id
from headway.core.curriculum.problems import Problem
from headway.core.mastery.content.report import Finding
from headway.school.curriculum.marks import ContentMark as ContentMark
from headway.school.curriculum.marks import marks_of as marks_of
from headway.school.curriculum.marks import newest_marks
from headway.school.curriculum.queries import NoCurriculum, UnknownProblem, curriculum_of, problem_of
from headway.school.evidence.content.report import finding_of
from headway.school.mastery.models import RefitReport

EXAMPLE = 1
"""Seed of the example that is shown of a generated problem."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A finding with the newest mark of its subject, if there is one."""

    finding: Finding
    mark: ContentMark | None

    @property
    def open(self) -> bool:
        """Whether nobody has looked at it."""
        return self.mark is None

    @property
    def held(self) -> bool:
        """Whether its item is on no path."""
        return self.mark is not None and self.mark.verdict == "held"


@dataclass(frozen=True, slots=True)
class Overview:
    """The newest content report: ``refit`` and when (seconds since 1970), the curriculum ``version`` that it speaks of, how
    much was looked at, how many findings of each kind there were, and the findings that are kept. ``others`` are marks of
    what this report does not name any more, most of it held back."""

    refit: UUID
    at: float
    simulated: bool
    version: str
    learners: int
    answers: int
    asked: dict[str, int]
    counts: dict[str, int]
    findings: tuple[Marked, ...]
    others: tuple[ContentMark, ...]


def overview() -> Overview | None:
    """Return the newest report that has one, or None. Inside the district's transaction."""
    row = RefitReport.objects.exclude(content={}).defer("body").order_by("-at").first()
    if row is None:
        return None
    content, marks = row.content, newest_marks()
    findings = tuple(Marked(one, marks.get(one.subject)) for one in map(finding_of, content["findings"]))
    named = {each.finding.subject for each in findings}
    return Overview(
        row.refit_id,
        row.at,
        row.simulated,
        content["curriculum"],
        content["learners"],
        content["answers"],
        content["looked_at"],
        content["counts"],
        findings,
        tuple(mark for subject, mark in marks.items() if subject not in named),
    )


def taught(district: UUID, version: str) -> Curriculum | None:
    """Return the curriculum that a report speaks of, None where it is gone."""
    try:
        return curriculum_of(district, version)
    except NoCurriculum:
        return None


def shown(district: UUID, curriculum: Curriculum | None, item: str) -> tuple[Problem, int] | None:
    """Return the problem of an item as learners see it, and the place of its step; an example where each has other numbers."""
    if curriculum is None:
        return None
    for activity in curriculum.activities:
        for place, each in enumerate(activity.items):
            if each.id == item:
                name = activity.id if activity.kind == "imported" else activity_id(activity.id, EXAMPLE)
                try:
                    return problem_of(district, name), place
                except UnknownProblem:
                    return None
    return None
