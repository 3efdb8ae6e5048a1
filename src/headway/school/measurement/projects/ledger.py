"""Rubric scores as they stand: for pages, the profile, credit and the transcript. Callers have checked access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.measurement.rubrics import Contest, Criterion, Rubric, Score, Standing, standings
from headway.school.measurement.projects.models import Project, RubricScore, ScoreContest
from headway.school.measurement.projects.rubrics import rubric_value
from headway.school.people.models import Person


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion that was scored in a project, with what stands."""

    project: str
    title: str
    rubric: Rubric
    criterion: Criterion
    standing: Standing

    @property
    def step(self) -> str:
        """What the step that stands looks like."""
        return self.criterion.steps[self.standing.score.level - 1]


def scored_of(learner: UUID, *, project: UUID | None = None) -> list[Scored]:
    """Return a learner's scores as they stand, in order of the first score of each. Three queries."""
    return scored_of_all([learner], project=project)[learner]


def scored_of_all(learners: Sequence[UUID], *, project: UUID | None = None) -> dict[UUID, list[Scored]]:
    """The same for several learners, in as many queries."""
    rows = RubricScore.objects.filter(learner_id__in=learners)
    rows = rows if project is None else rows.filter(project_id=project)
    kept = list(rows.select_related("by").order_by("id"))
    if not kept:
        return {learner: [] for learner in learners}
    said = ScoreContest.objects.filter(score__in=[row.id for row in kept]).select_related("by")
    contests = [Contest(row.score_id, row.by.name, row.words, row.at) for row in said.order_by("id")]
    projects = {
        row.id: row for row in Project.objects.filter(id__in={row.project_id for row in kept}).select_related("rubric")
    }
    rubrics = {key: rubric_value(row.rubric) for key, row in projects.items()}
    found: dict[UUID, list[Scored]] = {}
    for learner in learners:
        values = [_score(row) for row in kept if row.learner_id == learner]
        own = {value.number for value in values}
        found[learner] = []
        for standing in standings(values, [each for each in contests if each.score in own]):
            key = UUID(standing.score.project)
            criterion = rubrics[key].criterion(standing.score.criterion)
            if criterion is not None:
                found[learner].append(Scored(str(key), projects[key].title, rubrics[key], criterion, standing))
    return found


def contested_in(project: Project) -> list[tuple[Person, RubricScore, ScoreContest]]:
    """The contests that wait for an adult to score again, the oldest first. Two queries."""
    rows = list(
        ScoreContest.objects.filter(score__project=project).select_related("score__learner", "by").order_by("id")
    )
    newest: dict[tuple[UUID, str, str], int] = {}
    scores = RubricScore.objects.filter(project=project, learner__in={row.score.learner_id for row in rows})
    for learner, criterion, whose, number in scores.order_by("id").values_list(
        "learner_id", "criterion", "whose", "id"
    ):
        newest[learner, criterion, whose] = number
    return [
        (row.score.learner, row.score, row)
        for row in rows
        if newest.get((row.score.learner_id, row.score.criterion, row.score.whose)) == row.score_id
    ]


def _score(row: RubricScore) -> Score:
    return Score(row.id, str(row.project_id), row.criterion, row.level, row.whose, row.by.name, row.at, row.words)
