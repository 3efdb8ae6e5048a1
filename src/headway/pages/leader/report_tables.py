"""Reports as CSV: for spreadsheets and programs, with plain numbers."""

from __future__ import annotations

from collections.abc import Sequence

from headway.core.evidence.reports.figures import Figure
from headway.core.evidence.reports.measures import EVIDENCE, POPULATIONS, Measure
from headway.pages.leader.report_shown import GroupRow, group_name
from headway.pages.render import plain
from headway.school.evidence.reports.queries import MONTH
from headway.school.evidence.reports.report import Explored, Report
from headway.school.people.clock import date_of
from headway.standards.spreadsheet import safe_rows

HEAD = ("measure", "name", "unit", "by", "group", "from", "to", "learners", "value", "low", "high", "bound")
MORE = ("definition", "cohort", "evidence")


def report_csv(report: Report) -> str:
    """A row a measure for the whole span and for each week, then by group; what each measure is in the last columns."""
    rows: list[Sequence[object]] = [(*HEAD, *MORE)]
    for part in report.parts:
        for line in part.lines:
            more = _more(line.measure)
            if line.figure is not None:
                rows.append((*_row(line.measure, "all", "", report.weeks, line.figure), *more))
            rows += [(*_row(line.measure, "week", "", [week], figure), *more) for week, figure in line.trend]
    for table in report.gaps:
        for row in table.rows:
            name = group_name(table.sorting, row.group, report.scope)
            rows.append(
                (*_row(table.measure, table.sorting, name, report.weeks[-MONTH:], row.figure), *_more(table.measure))
            )
    return safe_rows(rows)


def explored_csv(measure: Measure, sorting: str, rows: Sequence[GroupRow], found: Explored) -> str:
    """A row a group, then a row a week of everybody."""
    weeks = [week for week, _figure in found.trend]
    out: list[Sequence[object]] = [(*HEAD, *MORE)]
    more = _more(measure)
    out += [(*_row(measure, sorting, row.name, weeks, row.figure), *more) for row in rows]
    if found.total is not None:
        out.append((*_row(measure, "all", "", weeks, found.total), *more))
    out += [(*_row(measure, "week", "", [week], figure), *more) for week, figure in found.trend]
    return safe_rows(out)


def _row(measure: Measure, sorting: str, group: str, weeks: Sequence[int], figure: Figure) -> tuple[object, ...]:
    first, last = (date_of(weeks[0]), date_of(weeks[-1] + 6)) if weeks else ("", "")
    return (
        measure.key, plain(measure.name), "share" if measure.share else plain(measure.unit), sorting, group, first, last,
        figure.learners, figure.value, figure.low, figure.high, figure.bound,
    )  # fmt: skip


def _more(measure: Measure) -> tuple[str, str, str]:
    return plain(measure.meaning), plain(POPULATIONS[measure.population]), plain(EVIDENCE[measure.population])
