"""A report on paper."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from headway.core.evidence.reports.measures import POPULATIONS
from headway.pages.dates import date_said
from headway.pages.documents import Block, Document, Heading, Picture, Points, Table, Words
from headway.pages.leader.report_chart import trend_chart, trend_words
from headway.pages.leader.report_shown import (
    demand_names,
    main_line,
    rigour_rows,
    rows_of,
    silent_said,
    tile_of,
    weeks_said,
)
from headway.pages.render import plain
from headway.school.evidence.reports.report import SORTINGS, Part, Report
from headway.school.people.clock import date_of


def document(report: Report, name: str, author: str, language: str) -> Document:
    """The report as a document in a language."""
    with override(language):
        blocks: list[Block] = [Words(main_line(report) or _("There is nothing to tell of these weeks yet."))]
        if report.simulated:
            blocks.append(Words(_("These figures are of invented learners."), "quiet"))
        for part in report.parts:
            blocks += _part(part)
        if report.silent:
            blocks += [Heading(_("Not shown")), Words(silent_said(report))]
        blocks += _gaps(report)
        blocks += _rigour(report) if report.reader != "board" else []
        if report.costs:
            rows = [(each.question, str(each.learners), f"{each.cost.learner:,.2f}") for each in report.costs]
            head = (_("Pilot"), _("Learners"), _("Cost of a learner and year"))
            blocks += [Heading(_("Cost")), Table(head, rows, (5, 2, 3))]
        blocks += [Heading(_("What is counted")), Points(_definitions(report)), Words(_kept(), "quiet")]
        weeks = weeks_said(report.weeks)
        return Document(
            title=name, language=language, school=_("Report"), author=author, blocks=blocks, lead=weeks,
            date=date_said(date_of(report.weeks[-1] + 6)) if report.weeks else "",
            foot=_("{name}, {weeks}").format(name=name, weeks=weeks),
        )  # fmt: skip


def _part(part: Part) -> list[Block]:
    tiles = [tile for tile in map(tile_of, part.lines) if tile.cell.value]
    rows = [(f"{t.name} ({t.unit})", t.cell.value, t.cell.range, str(t.cell.learners)) for t in tiles]
    out: list[Block] = [Heading(plain(part.name))]
    out.append(Table((_("Measure"), _("Value"), _("95 % interval"), _("Learners")), rows, (6, 2, 3, 2)))
    drawn = next((line for line in part.lines if len(line.trend) > 1), None)
    if drawn is not None and part.key in ("growth", "mastery", "rigour"):
        caption = _("{name}, week by week, with its 95 % interval").format(name=plain(drawn.measure.name))
        out.append(Picture(trend_chart(drawn.measure, drawn.trend), trend_words(drawn.measure, drawn.trend), caption))
    return out


def _gaps(report: Report) -> list[Block]:
    out: list[Block] = []
    for table in report.gaps:
        head = (
            plain(SORTINGS[table.sorting]),
            _("Learners"),
            _("Value"),
            _("Gap to the others"),
            _("Change of the gap"),
        )
        rows = [
            (row.name, str(row.cell.learners), row.cell.value, f"{row.gap} ({row.gap_range})",
             f"{row.changed} ({row.changed_range})" if row.changed else "–")
            for row in rows_of(table, report.scope)
        ]  # fmt: skip
        out += [Words(f"{plain(table.measure.name)} ({plain(table.measure.unit)})"), Table(head, rows, (3, 2, 2, 4, 4))]
    return [Heading(_("Gaps between groups")), *out] if out else []


def _rigour(report: Report) -> list[Block]:
    rows = [(f"{by}: {group}", str(n), *cells) for by, group, n, cells in rigour_rows(report.rigour, report.scope)]
    if not rows:
        return []
    head = (_("Group"), _("Learners"), *demand_names())
    words = Words(_("Minutes a learner and week in the last four weeks, by what the work asks for."))
    return [Heading(_("Rigor, group by group")), words, Table(head, rows, (4, 2, 2, 2, 2, 2, 2), dense=True)]


def _definitions(report: Report) -> list[str]:
    lines = [line.measure for part in report.parts for line in part.lines if line.figure is not None]
    said = [f"{plain(measure.name)}: {plain(measure.meaning)}" for measure in lines]
    cohorts = dict.fromkeys(measure.population for measure in lines)
    return [*said, *(plain(POPULATIONS[each]) for each in cohorts)]


def _kept() -> str:
    return _(
        "Each number stands for ten learners or more. Groups are put together where they are smaller, or where a subtraction "
        "would show fewer. Intervals hold the true value with 95 % certainty."
    )
