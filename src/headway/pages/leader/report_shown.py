"""A report in the reader's words: the same strings for the page, for paper and for tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from django.utils.translation import gettext as _

from headway.core.evidence.reports.figures import Figure, Gap
from headway.core.evidence.reports.kinds import DEMANDS
from headway.core.evidence.reports.measures import MEASURES, Measure
from headway.core.evidence.reports.told import gap_told, moved, number, range_told, value_told
from headway.pages.dates import month_day, short
from headway.pages.render import plain
from headway.school.evidence.reports.queries import REST, Grouped, Scope
from headway.school.evidence.reports.report import SORTINGS, Demands, Line, Report, Table
from headway.school.people.clock import date_of

LANGUAGES = {
    "ar": "العربية", "en": "English", "es": "español", "fa": "فارسی", "fr": "français", "hi": "हिन्दी", "ht": "kreyòl ayisyen",
    "ja": "日本語", "ko": "한국어", "pt": "português", "ru": "русский", "so": "Soomaali", "tl": "Tagalog", "tr": "Türkçe",
    "uk": "українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip
"""Languages by their own names; one that is not here is shown by its code."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in words; ``value`` is "" where nothing may be told."""

    value: str
    range: str
    learners: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A measure with its figure, and the address of its own page's key."""

    key: str
    name: str
    unit: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of a table in words. ``way`` is ``up`` or ``down`` where the gap's interval leaves 0 on one side."""

    name: str
    figure: Figure
    cell: Cell
    gap: str
    gap_range: str
    sd: str
    way: str
    changed: str
    changed_range: str


def cell_of(measure: Measure, figure: Figure | None) -> Cell:
    """A figure in words."""
    if figure is None:
        return Cell("", "", 0)
    return Cell(plain(value_told(measure, figure)), plain(range_told(measure, figure)), figure.learners)


def tile_of(line: Line) -> Tile:
    """A line of a report in words."""
    return Tile(
        line.measure.key, plain(line.measure.name), plain(line.measure.unit), cell_of(line.measure, line.figure)
    )


def group_name(sorting: str, group: str, scope: Scope) -> str:
    """A group as people call it."""
    if sorting == "school":
        return next((name for key, name in scope.own if str(key) == group), group)
    if group == REST:
        return _("Others together")
    if sorting == "grade":
        return _("Grade {grade}").format(grade=group) if "," not in group else _("Grades {grades}").format(grades=group)
    return LANGUAGES.get(group, group) if group else _("Not known")


def rows_of(table: Table, scope: Scope) -> list[GroupRow]:
    """A table in words: schools by name, other groups in their order, the rest last."""
    rows = [(group_name(table.sorting, row.group, scope), row) for row in table.rows]
    rows.sort(key=lambda pair: (pair[1].group == REST, pair[0] if table.sorting == "school" else ""))
    return [_row(table.measure, name, row) for name, row in rows]


def _row(measure: Measure, name: str, row: Grouped) -> GroupRow:
    gap, changed = row.gap, row.changed
    return GroupRow(
        name, row.figure, cell_of(measure, row.figure), gap_told(measure, gap) if gap else "", _gap_range(measure, gap),
        f"{gap.in_sd:+.2f}".replace("-", "−") if gap and gap.in_sd is not None else "", moved(gap) if gap else "",
        gap_told(measure, changed) if changed else "", _gap_range(measure, changed),
    )  # fmt: skip


def _gap_range(measure: Measure, gap: Gap | None) -> str:
    if gap is None:
        return ""
    low, high = (gap_told(measure, Gap(each, each, each, None)) for each in (gap.low, gap.high))
    return _("{low} to {high}").format(low=low, high=high)


def rigour_rows(found: Sequence[Demands], scope: Scope) -> list[tuple[str, str, int, list[str]]]:
    """Sorting, group, learners and minutes by demand."""
    return [
        (
            plain(SORTINGS[each.sorting]), group_name(each.sorting, each.group, scope), each.learners,
            [number(MEASURES[f"demand-{key}"], figure.value) if figure else "–" for key, figure in each.figures],
        )
        for each in found
    ]  # fmt: skip


def demand_names() -> list[str]:
    """The demands in words."""
    return [plain(name) for name in DEMANDS.values()]


def weeks_said(weeks: Sequence[int]) -> str:
    """``September 28 to November 22``: from the first Monday to the last Sunday."""
    if not weeks:
        return ""
    return _("{low} to {high}").format(low=month_day(date_of(weeks[0])), high=month_day(date_of(weeks[-1] + 6)))


def trend_rows(measure: Measure, trend: Sequence[tuple[int, Figure]]) -> list[tuple[str, Cell]]:
    """A measure week by week in words."""
    return [(short(date_of(week)), cell_of(measure, figure)) for week, figure in trend]


def title_of(scope: Scope, district: str) -> str:
    """Whom a report is about."""
    if len(scope.schools) == 1:
        return scope.schools[0][1]
    return district if scope.whole else ", ".join(name for _key, name in scope.schools)


def main_line(report: Report) -> str:
    """The report in one sentence, "" where nothing may be told."""
    found = {line.measure.key: line for part in report.parts for line in part.lines if line.figure is not None}
    growth, minutes = found.get("growth"), found.get("minutes")
    if minutes is None or minutes.figure is None:
        return ""
    said = _("In an average week {n} learners practiced, {minutes} minutes each.").format(
        n=minutes.figure.learners, minutes=number(minutes.measure, minutes.figure.value)
    )
    if growth is not None and growth.figure is not None:
        f = growth.figure
        said += " " + _(
            "Of 100 problems of which they had half right four weeks before, they have {value} right now ({low} to {high})."
        ).format(value=_hundred(f.value), low=_hundred(f.low), high=_hundred(f.high))
    return said


def _hundred(logits: float) -> int:
    """Of 100 problems that were an even chance, how many are right with so much more ability."""
    return round(100.0 / (1.0 + exp(-logits)))


def silent_said(report: Report) -> str:
    """Why some parts of a report stand empty, "" where none does."""
    if not report.silent:
        return ""
    names = ", ".join(f"“{plain(name)}”" for name in report.silent)
    return _(
        "Nothing is shown for {names}: in none of these weeks did this concern ten learners or more here, and figures of fewer "
        "would speak of single children. Who works with these learners sees each of them on their own pages."
    ).format(names=names)
