"""A week of the log, one row of figures a learner, read by the database in a few sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Curriculum
from headway.core.evidence.reports.kinds import ASKS, kinds_of
from headway.school.environment.days.values import planned_of
from headway.school.environment.models import DayPlan, HelpRequest, Visit
from headway.school.intervention.dosage import dosage_of
from headway.school.mastery.credit.models import Credit
from headway.school.mastery.models import AwayWork, MasteryEntry
from headway.school.measurement.judgement.models import Piece
from headway.school.measurement.models import ScreeningSitting
from headway.school.measurement.projects.models import Artefact
from headway.school.measurement.queries import result_of
from headway.school.people.clock import start_of

MOST_SECONDS = 600
"""Seconds for which one answer counts: a page that was left open is no work."""
CHECKED_AFTER = 28 * 86_400.0
"""Seconds between two screenings of which the first may have foreseen the second."""
Rows = dict[UUID, dict[str, float]]
"""Learner -> column -> value."""

ANSWERS = """
SELECT learner_id, CASE WHEN activity LIKE 'gen:%%' THEN split_part(activity, ':', 2) ELSE activity END AS activity, item,
  count(*), sum(least(seconds, %s)),
  count(*) FILTER (WHERE attempt = 1), count(*) FILTER (WHERE attempt = 1 AND correct AND hints = 0 AND NOT shown),
  bool_and(simulated)
FROM school_evidence WHERE kind = 'response' AND now >= %s AND now < %s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """First answers of a week: learner, item, tries, of them right without help."""

    learner: tuple[UUID, ...]
    item: tuple[str, ...]
    tries: NDArray[np.int64]
    right: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WeekRead:
    """What a week's log gives: first answers for the ability, and the columns of every population that needs no other week."""

    tried: Tried
    rows: Mapping[str, Rows]
    answers: int
    simulated: bool


def read_week(district: UUID, week: int, curriculum: Curriculum, learners: Sequence[UUID]) -> WeekRead:
    """Read the week that begins on a Monday (local day since 1970), of these learners only. The number of queries does not depend
    on how many there are."""
    begin, end = start_of(district, week), start_of(district, week + 7)
    own = frozenset(learners)
    tried, active, answers, simulated = answers_of(begin, end, curriculum, own)
    _away(active, begin, end, own)
    _handed_in(active, begin, end, own)
    _ledger(active, begin, end)
    _adults(active, begin, end)
    supported = _supported(learners, week)
    for learner, values in supported.items():
        if learner in active:
            _work(active[learner], "support", values["minutes"])
    screened, checked = _screened(begin, end, own)
    rows = {
        "active": active, "supported": supported, "screened": screened, "checked": checked,
        "planned": _planned(week, own),
    }  # fmt: skip
    return WeekRead(tried, rows, answers, simulated)


def answers_of(begin: float, end: float, curriculum: Curriculum, own: frozenset[UUID]) -> tuple[Tried, Rows, int, bool]:
    """The answers between two moments (seconds since 1970): first ones, each learner's columns, how many, and whether invented
    learners gave all of them. One query."""
    kinds = kinds_of(curriculum)
    rows: Rows = {}
    columns: list[tuple[UUID, str, int, int]] = []
    answers, simulated = 0, True
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [MOST_SECONDS, begin, end])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    for learner, activity, item, n, seconds, first, right, made_up in found:
        if learner not in own:
            continue
        row = rows.setdefault(learner, {})
        minutes = float(seconds) / 60.0
        _add(row, "minutes", minutes)
        _add(row, "first", first)
        _add(row, "right", right)
        _work(row, kinds.get(activity, "short"), minutes)
        if first:
            columns.append((learner, item, first, right))
        answers, simulated = answers + n, simulated and made_up
    who, items, tries, good = zip(*columns, strict=True) if columns else ((), (), (), ())
    return Tried(who, items, np.array(tries, np.int64), np.array(good, np.int64)), rows, answers, simulated


def _add(row: dict[str, float], column: str, value: float) -> None:
    row[column] = row.get(column, 0.0) + value


def _work(row: dict[str, float], kind: str, minutes: float) -> None:
    """Count minutes by kind of work and by what it asks for."""
    demand = ASKS[kind]
    _add(row, f"kind-{kind}", minutes)
    _add(row, f"demand-{demand}", minutes)
    if demand != "unsorted":
        _add(row, "sorted", minutes)
    if demand in ("connected", "open"):
        _add(row, "thinking", minutes)


def _away(active: Rows, begin: float, end: float, own: frozenset[UUID]) -> None:
    """Work away from the screen counts in the week in which an adult wrote it down or confirmed it; what is taken back, off."""
    lines = AwayWork.objects.filter(at__gte=begin, at__lt=end, learner_id__in=own).select_related("of")
    for line in lines.order_by("at", "id"):
        about = line if line.kind == "done" and line.role == "teacher" else line.of
        if about is not None and line.kind in ("done", "confirmed", "back"):
            sign = -1.0 if line.kind == "back" else 1.0
            _work(active.setdefault(line.learner_id, {}), about.form, sign * about.minutes)


def _handed_in(active: Rows, begin: float, end: float, own: frozenset[UUID]) -> None:
    for rows in (
        Piece.objects.filter(at__gte=begin, at__lt=end, learner_id__in=own),
        Artefact.objects.filter(at__gte=begin, at__lt=end, gone_at=None, learner_id__in=own),
    ):
        for learner in rows.order_by().values_list("learner_id", flat=True):
            _add(active.setdefault(learner, {}), "pieces", 1.0)


def _ledger(active: Rows, begin: float, end: float) -> None:
    lines = MasteryEntry.objects.filter(at__gte=begin, at__lt=end).order_by()
    for learner, kind in lines.values_list("learner_id", "kind"):
        if learner in active:
            _add(active[learner], kind, 1.0)
    for learner, kind in Credit.objects.filter(at__gte=begin, at__lt=end).order_by().values_list("learner_id", "kind"):
        if learner in active:
            _add(active[learner], "credit", 1.0 if kind == "granted" else -1.0)


def _adults(active: Rows, begin: float, end: float) -> None:
    visits = Visit.objects.filter(at__gte=begin, at__lt=end).order_by()
    for learner in visits.values_list("learner_id", flat=True):
        if learner in active:
            _add(active[learner], "visits", 1.0)
    asked = HelpRequest.objects.filter(asked_at__gte=begin, asked_at__lt=end).order_by()
    for learner, answered in asked.values_list("learner_id", "answered_at"):
        if learner in active:
            _add(active[learner], "hands", 1.0)
            _add(active[learner], "answered", float(answered is not None))


def _supported(learners: Sequence[UUID], week: int) -> Rows:
    return {
        learner: {
            "owed": float(sum(each.owed for each in groups)),
            "held": float(sum(each.held for each in groups)),
            "minutes": float(sum(each.minutes for each in groups)),
        }
        for learner, groups in dosage_of(learners, week, week + 6).items()
    }


def _screened(begin: float, end: float, own: frozenset[UUID]) -> tuple[Rows, Rows]:
    """Results of the week, and those of who had an earlier one beside it."""
    finished = ScreeningSitting.objects.filter(status="finished", learner_id__in=own).select_related("window")
    now: dict[UUID, dict[str, float]] = {}
    for sitting in finished.filter(finished_at__gte=begin, finished_at__lt=end).order_by("finished_at"):
        found = result_of(sitting, sitting.window)
        if found is not None:
            now[sitting.learner_id] = {
                "score": found.score, "high": float(found.risk == "high"), "some": float(found.risk != "low"),
            }  # fmt: skip
    checked: Rows = {}
    earlier = finished.filter(learner_id__in=now, finished_at__lt=begin - CHECKED_AFTER).order_by("finished_at")
    for sitting in earlier if now else ():
        found = result_of(sitting, sitting.window)
        if found is not None:
            flagged, risk = float(found.risk != "low"), now[sitting.learner_id]["some"]
            checked[sitting.learner_id] = {"flagged": flagged, "risk": risk, "both": flagged * risk}
    return now, checked


def _planned(week: int, own: frozenset[UUID]) -> Rows:
    """The newest plan of each class and day: minutes of seats with an adult and without."""
    plans = DayPlan.objects.filter(day__gte=week, day__lt=week + 7, state="done")
    rows: Rows = {}
    for plan in plans.order_by("section", "day", "-began_at").distinct("section", "day"):
        planned = planned_of(plan)
        blocks = planned.blocks()
        for group in planned.groups:
            for place in group.places if group.modality else ():
                if place.learner in own:
                    row = rows.setdefault(place.learner, {})
                    _add(row, "adult" if group.adult else "alone", float(blocks[group.block].minutes))
    return rows
