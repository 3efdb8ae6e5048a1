"""The results of a window, and how well they foresaw a later outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from headway.core.intervention.screening_accuracy import Accuracy, GroupErrors, accuracy, equity
from headway.core.measurement.adaptive.trials import TrialItem, trial_item
from headway.school.measurement.banks import imported_pool
from headway.school.measurement.models import ScreeningAnswer, ScreeningSitting, ScreeningWindow
from headway.school.measurement.queries import Result, cuts_of, measures, result_of
from headway.school.people.models import Person

GROUPS: dict[str, Callable[[Person], str]] = {"grade": lambda p: p.grade, "language": lambda p: p.language}
"""What the roster knows of learners that errors can be compared by."""


@dataclass(frozen=True, slots=True)
class Row:
    """One learner's result in a window."""

    learner: Person
    result: Result


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How flags (scores below the cut for some risk) agree with outcomes below ``standard``. ``accuracy`` is None while
    outcomes are missing or all alike; ``groups`` has the errors of each group, by kind of group."""

    measure: str
    standard: float
    learners: int
    accuracy: Accuracy | None
    groups: dict[str, tuple[GroupErrors, ...]]


def rows_of(window: ScreeningWindow, sittings: Sequence[ScreeningSitting]) -> list[Row]:
    """The finished ones of these sittings, those at the highest risk first, then by name."""
    rows = [Row(each.learner, found) for each in sittings if (found := result_of(each, window)) is not None]
    order = {"high": 0, "some": 1, "low": 2}
    return sorted(rows, key=lambda row: (order[row.result.risk], row.learner.family_name, row.learner.given_name))


def on_trial(window: ScreeningWindow) -> list[TrialItem]:
    """What the finished sittings of a window say about the items of its bank that are on trial, by name; nothing where
    none is. The results of the takers come from the other items alone."""
    if window.bank_id is None:
        return []
    pool = imported_pool(window.district_id, window.bank_id)
    names = [name for name, mark in zip(pool.bank.ids, pool.trial, strict=True) if mark]
    rows = ScreeningAnswer.objects.filter(sitting__window=window, sitting__status="finished", item__in=names).order_by()
    told: dict[str, list[tuple[bool, float, float]]] = {}
    for item, correct, score, se in rows.values_list("item", "correct", "sitting__score", "sitting__se"):
        if score is not None and se is not None:
            told.setdefault(item, []).append((correct, score, se))
    return [trial_item(pool, name, *zip(*told[name], strict=True)) for name in names if name in told]


def foreseen(window: ScreeningWindow, rows: Sequence[Row], measure: str, standard: float) -> Foreseen:
    """Hold results against the newest score of a measure that was taken after them; a score below ``standard`` is a poor
    outcome. Scores are counted from their grade's cut, so that grades can be put together."""
    series = measures([row.learner.id for row in rows], measure=measure)
    gaps: list[float] = []
    poor: list[bool] = []
    people: list[Person] = []
    for row in rows:
        later = [s for s in series.get(row.learner.id, {}).get(measure, []) if s.day >= int(row.result.at // 86_400)]
        if later:
            gaps.append(row.result.score - cuts_of(window, row.result.grade).some)
            poor.append(later[-1].score < standard)
            people.append(row.learner)
    if not poor or all(poor) or not any(poor):
        return Foreseen(measure, standard, len(poor), None, {})
    groups = {}
    for name, of in GROUPS.items():
        named = [of(person) or "?" for person in people]
        if len(set(named)) > 1:
            groups[name] = equity(gaps, poor, 0.0, named)
    return Foreseen(measure, standard, len(poor), accuracy(gaps, poor, 0.0), groups)
