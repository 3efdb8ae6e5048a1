"""Reading results and scores. Callers have checked access to the learners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.intervention.screening import CutScores, default_cuts, percentile, risk_of
from headway.school.measurement.models import Measure, ScreeningSitting, ScreeningWindow


@dataclass(frozen=True, slots=True)
class Result:
    """A finished screening. ``score`` and ``se`` in logits; ``risk`` is ``high``, ``some`` or ``low`` by the window's cut
    scores and ``sure`` says that it is clear; ``percentile`` (1 to 99) is of the assumed norm of grade and season; ``at`` is
    when it was finished, in seconds since 1970; ``year`` is the school year's first calendar year."""

    learner: UUID
    window: UUID
    season: str
    year: int
    grade: str
    score: float
    se: float
    risk: str
    sure: bool
    percentile: float
    items: int
    at: float


@dataclass(frozen=True, slots=True)
class Score:
    """A score that an adult took or a file brought; ``day`` counts from 1 January 1970, ``source`` is ``teacher`` or
    ``file``. ``se`` is None where it is not known."""

    number: int
    learner: UUID
    measure: str
    day: int
    score: float
    se: float | None
    unit: str
    form: str
    source: str
    at: float
    detail: dict[str, object]


def cuts_of(window: ScreeningWindow, grade: str) -> CutScores:
    """The cut scores of a grade in a window: the school's own, else the defaults."""
    own = window.cuts.get(grade)
    return CutScores(float(own[0]), float(own[1])) if own else default_cuts(grade, window.season)


def own_cuts(schools: Iterable[UUID]) -> dict[tuple[UUID, str], dict[str, list[float]]]:
    """The cut scores that schools set themselves, by school and season: for each grade those of its latest window. A logit
    means the same each year, so they hold for the next window of the season. One query."""
    rows = ScreeningWindow.objects.filter(school__in=list(schools)).exclude(cuts={}).order_by("opened_at")
    found: dict[tuple[UUID, str], dict[str, list[float]]] = {}
    for school, season, cuts in rows.values_list("school", "season", "cuts"):
        found.setdefault((school, season), {}).update(cuts)
    return found


def result_of(sitting: ScreeningSitting, window: ScreeningWindow) -> Result | None:
    """The result of a sitting, or None while it is not finished."""
    if sitting.status != "finished" or sitting.score is None or sitting.se is None or sitting.finished_at is None:
        return None
    risk = risk_of(sitting.score, sitting.se, cuts_of(window, sitting.grade))
    return Result(
        learner=sitting.learner_id,
        window=window.id,
        season=window.season,
        year=window.year,
        grade=sitting.grade,
        score=sitting.score,
        se=sitting.se,
        risk=risk.level,
        sure=risk.sure,
        percentile=float(round(percentile(sitting.score, sitting.grade, window.season))),
        items=sitting.given,
        at=sitting.finished_at,
    )


def latest_results(learners: Sequence[UUID], *, season: str = "", year: int = 0) -> dict[UUID, Result]:
    """The newest result of each of these learners who has one, of one season or year where they are named."""
    rows = ScreeningSitting.objects.filter(learner_id__in=learners, status="finished").select_related("window")
    if season:
        rows = rows.filter(window__season=season)
    if year:
        rows = rows.filter(window__year=year)
    return {found.learner: found for found in _results(rows.order_by("finished_at"))}


def results_of(learner: UUID, *, most: int = 20) -> list[Result]:
    """One learner's results, newest first."""
    rows = ScreeningSitting.objects.filter(learner_id=learner, status="finished").select_related("window")
    return _results(rows.order_by("-finished_at")[:most])


def measures(learners: Sequence[UUID], *, measure: str = "") -> dict[UUID, dict[str, list[Score]]]:
    """The scores of each learner by measure, oldest first; a corrected score stands once, as corrected."""
    rows = Measure.objects.filter(learner_id__in=learners)
    if measure:
        rows = rows.filter(measure=measure)
    newest: dict[tuple[UUID, str, int, str], Score] = {}
    for row in rows.order_by("day", "id"):
        newest[row.learner_id, row.measure, row.day, row.form] = Score(
            row.id,
            row.learner_id,
            row.measure,
            row.day,
            row.score,
            row.se,
            row.unit,
            row.form,
            row.source,
            row.at,
            row.detail,
        )
    out: dict[UUID, dict[str, list[Score]]] = {}
    for score in newest.values():
        out.setdefault(score.learner, {}).setdefault(score.measure, []).append(score)
    return out


def _results(rows: Iterable[ScreeningSitting]) -> list[Result]:
    return [found for row in rows if (found := result_of(row, row.window)) is not None]
