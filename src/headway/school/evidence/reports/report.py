"""A whole report of some schools and a span of closed weeks: what pages, paper, tables, letters and the command show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.evidence.pilots.costs import Cost, CostLine, cost_of
from headway.core.evidence.reports.blocks import LEAST
from headway.core.evidence.reports.figures import Figure
from headway.core.evidence.reports.kinds import DEMANDS
from headway.core.evidence.reports.measures import GAPS, HEADLINES, MEASURES, PARTS, Measure
from headway.core.text import T, Text
from headway.school.evidence.pilots.models import Pilot, PilotPlan, PilotSeat
from headway.school.evidence.reports.queries import (
    MONTH,
    WEEK,
    Closing,
    Grouped,
    Held,
    Scope,
    closed_weeks,
    held,
    weeks_in,
)

READERS_OF: dict[str, Text] = {
    "lead": T("For who leads: everything"),
    "board": T("For the board: the main lines"),
    "research": T("For research: every measure"),
}
"""For whom a report is."""
BOARD = ("growth", "ability", "minutes", "reached", "confirmed", "thinking", "fidelity", "some")
SORTINGS: dict[str, Text] = {"grade": T("Grade"), "language": T("Home language"), "school": T("School")}


@dataclass(frozen=True, slots=True)
class Line:
    """A measure with its figure, None where nothing may or can be told, and the weeks in which it can."""

    measure: Measure
    figure: Figure | None
    trend: tuple[tuple[int, Figure], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report."""

    key: str
    name: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A measure by group."""

    measure: Measure
    sorting: str
    rows: tuple[Grouped, ...]


@dataclass(frozen=True, slots=True)
class Demands:
    """Minutes of a group by what the work asks for; a demand that cannot be told is None."""

    sorting: str
    group: str
    learners: int
    figures: tuple[tuple[str, Figure | None], ...]


@dataclass(frozen=True, slots=True)
class PilotCost:
    """What the recorded cost lines of a pilot come to: a learner and year, over ``learners`` who were to get it."""

    pilot: UUID
    question: str
    learners: int
    cost: Cost


@dataclass(frozen=True, slots=True)
class Report:
    """``weeks`` are the Mondays told of and ``all_weeks`` every one that is closed; ``last`` is the last closing, None without
    one; ``simulated``: of invented learners; ``silent``: names of parts of which no figure has ten learners in any week."""

    scope: Scope
    span: str
    reader: str
    weeks: tuple[int, ...]
    all_weeks: tuple[int, ...]
    last: Closing | None
    answers: int
    simulated: bool
    parts: tuple[Part, ...]
    silent: tuple[Text, ...]
    gaps: tuple[Table, ...]
    rigour: tuple[Demands, ...]
    costs: tuple[PilotCost, ...]


def report_of(scope: Scope, span: str, reader: str) -> Report:
    """Put a report together. Six queries, however long the log and however many learners."""
    closed = closed_weeks()
    every = [each.week for each in closed]
    weeks = weeks_in(span, every)
    now, before = compared(span, every)
    measures = _measures(reader)
    read = held(scope, sorted({*weeks, *before}), sorted({*now, *before}), MEASURES.values())
    parts, silent = [], []
    for key, name in PARTS.items():
        lines = [Line(m, read.total(m, weeks), tuple(read.trend(m, weeks))) for m in measures if m.part == key]
        if any(line.figure is not None for line in lines):
            parts.append(Part(key, name, tuple(lines)))
        elif lines and weeks:
            silent.append(name)
    told = [each for each in closed if each.week in set(weeks)]
    return Report(
        scope, span, reader, tuple(weeks), tuple(every), closed[-1] if closed else None,
        sum(each.answers for each in told), any(each.simulated and each.answers for each in told), tuple(parts), tuple(silent),
        tuple(_gaps(read, scope, now, before)), tuple(_rigour(read, scope, now)), tuple(costs_of(scope)),
    )  # fmt: skip


def compared(span: str, weeks: Sequence[int]) -> tuple[list[int], list[int]]:
    """The weeks of a gap as it is now, and those of the gap that it is held against: the last four weeks beside the four before
    them, or beside the first four of a longer span."""
    now = weeks_in("month", weeks)
    if span == "month":
        return now, [week for week in weeks if now and now[0] - MONTH * WEEK <= week < now[0]]
    own = weeks_in(span, weeks)
    first = [week for week in own if own and week < own[0] + MONTH * WEEK]
    return now, [week for week in first if week not in now]


@dataclass(frozen=True, slots=True)
class Explored:
    """One measure by groups, week by week, and altogether; ``closed`` are all closed weeks."""

    tables: tuple[Table, ...]
    trend: tuple[tuple[int, Figure], ...]
    total: Figure | None
    closed: tuple[Closing, ...]


def explored(scope: Scope, measure: Measure, sortings: Sequence[str], span: str) -> Explored:
    """Look at one measure by some sortings. Two queries."""
    closed = closed_weeks()
    every = [each.week for each in closed]
    weeks = weeks_in(span, every)
    _now, before = compared(span, every)
    told = sorted({*weeks, *before})
    read = held(scope, told, told, [measure])
    tables = (Table(measure, each, tuple(read.groups(measure, each, weeks, before))) for each in sortings)
    return Explored(tuple(tables), tuple(read.trend(measure, weeks)), read.total(measure, weeks), tuple(closed))


def sortings_of(scope: Scope) -> list[str]:
    """In what ways the learners of a scope can be sorted."""
    return [each for each in SORTINGS if each != "school" or len(scope.schools) > 1]


def _measures(reader: str) -> list[Measure]:
    if reader == "research":
        return list(MEASURES.values())
    keys = BOARD if reader == "board" else [key for keys in HEADLINES.values() for key in keys]
    return [MEASURES[key] for key in keys]


def _gaps(read: Held, scope: Scope, weeks: Sequence[int], before: Sequence[int]) -> list[Table]:
    """Gaps between schools are not shown: learners start at different places, so they would be a league table."""
    out = []
    for key in GAPS:
        for sorting in ("grade", "language") if key in ("thinking", "minutes") else ("language",):
            rows = [row for row in read.groups(MEASURES[key], sorting, weeks, before) if row.gap is not None]
            if len(rows) > 1:
                out.append(Table(MEASURES[key], sorting, tuple(rows)))
    return out


def _rigour(read: Held, scope: Scope, weeks: Sequence[int]) -> list[Demands]:
    """Minutes by demand for every group of every sorting."""
    out = []
    for sorting in sortings_of(scope):
        found = {key: read.groups(MEASURES[f"demand-{key}"], sorting, weeks, ()) for key in DEMANDS}
        for group, learners in {row.group: row.figure.learners for rows in found.values() for row in rows}.items():
            figures = tuple(
                (key, next((row.figure for row in rows if row.group == group), None)) for key, rows in found.items()
            )
            out.append(Demands(sorting, group, learners, figures))
    return out


def costs_of(scope: Scope) -> list[PilotCost]:
    """What pilots of these schools cost by their recorded lines, those of ten learners or more. Three queries."""
    own = {str(key) for key, _ in scope.schools}
    pilots = [row for row in Pilot.objects.order_by("-at") if row.body.get("costs") and own >= set(row.schools)]
    plans = {row.pilot_id: row.plan for row in PilotPlan.objects.filter(pilot__in=pilots)}
    seats: dict[UUID, list[tuple[UUID, UUID]]] = {}
    for pilot, arm, section, school in PilotSeat.objects.filter(pilot__in=pilots).values_list(
        "pilot_id", "arm", "section", "school"
    ):
        if arm != plans[pilot]["control"]:
            seats.setdefault(pilot, []).append((section, school))
    out = []
    for row in pilots:
        treated = seats.get(row.id, [])
        if len(treated) >= LEAST:
            lines = [CostLine(**each) for each in row.body["costs"]]
            classes, schools = ({pair[n] for pair in treated} for n in (0, 1))
            cost = cost_of(lines, learners=len(treated), classes=len(classes), schools=len(schools), effect=None)
            out.append(PilotCost(row.id, row.question, len(treated), cost))
    return out
