"""Reports of a school or district: the whole, one measure, the explorer; as page, as CSV and on paper."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.evidence.reports.measures import EVIDENCE, MEASURES, PARTS, POPULATIONS, Measure
from headway.pages.dates import date_said
from headway.pages.documents import language_in, pdf_response
from headway.pages.guard import page_for
from headway.pages.leader import report_paper, report_tables
from headway.pages.leader.report_chart import groups_chart, trend_chart
from headway.pages.leader.report_shown import (
    cell_of,
    demand_names,
    main_line,
    rigour_rows,
    rows_of,
    silent_said,
    tile_of,
    title_of,
    trend_rows,
    weeks_said,
)
from headway.pages.render import said
from headway.school.evidence.reports.choices import choice_of, choose
from headway.school.evidence.reports.queries import READERS, SPANS, Scope, scope_of, weeks_in, weeks_missing
from headway.school.evidence.reports.report import (
    READERS_OF,
    SORTINGS,
    Explored,
    Line,
    Report,
    explored,
    report_of,
    sortings_of,
)
from headway.school.people.access import Viewer
from headway.school.people.beside import run_beside
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.mail_choice import NotChosen


@require_GET
@never_cache
@page_for(*READERS)
def reports(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The whole report."""
    report = _report(request, viewer)
    context = {
        **_frame(request, report.scope, viewer), "report": report, "weeks": weeks_said(report.weeks), "main": main_line(report),
        "parts": [
            (part.key, said(part.name), [tile_of(line) for line in part.lines], _drawing(part.lines)) for part in report.parts
        ],
        "silent": silent_said(report),
        "gaps": [
            (table.measure.key, said(table.measure.name), said(SORTINGS[table.sorting]), rows_of(table, report.scope))
            for table in report.gaps
        ],
        "rigour": rigour_rows(report.rigour, report.scope), "demands": demand_names(),
        "costs": [(each.question, each.learners, f"{each.cost.learner:,.2f}", each.pilot) for each in report.costs],
        "missing": weeks_missing(viewer.person.district_id, time.time(), report.last),
        "mail": choice_of(viewer.person), "readers": _options(READERS_OF),
        "closed": date_said(local_date(time_zone_of(viewer.person.district_id), report.last.at)) if report.last else "",
    }  # fmt: skip
    return render(request, "leader/reports.html", context)


@require_GET
@never_cache
@page_for(*READERS)
def figure(request: HttpRequest, viewer: Viewer, measure: str) -> HttpResponse:
    """One measure: what it counts, of whom, from what evidence, week by week and by group."""
    found, scope = _measure(measure), _scope(request, viewer)
    span = _choice(request, "time", SPANS)
    seen = explored(scope, found, sortings_of(scope), span)
    context = {
        **_frame(request, scope, viewer), "measure": found, "name": said(found.name), "unit": said(found.unit),
        "meaning": said(found.meaning), "cohort": said(POPULATIONS[found.population]),
        "evidence": said(EVIDENCE[found.population]), "total": cell_of(found, seen.total),
        "trend": trend_rows(found, seen.trend), "drawing": trend_chart(found, seen.trend), "part": said(PARTS[found.part]),
        "answers": sum(each.answers for each in seen.closed if each.week in _weeks(seen, span)),
        "weeks": weeks_said(_weeks(seen, span)),
        "groups": [(each.sorting, said(SORTINGS[each.sorting]), rows_of(each, scope)) for each in seen.tables],
    }  # fmt: skip
    return render(request, "leader/report_figure.html", context)


@require_GET
@never_cache
@page_for(*READERS)
def explore(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Choose measure, groups and time. With ``format=csv`` the table as a file."""
    scope = _scope(request, viewer)
    measure = _measure(request.GET.get("measure", "minutes"))
    sorting = _choice(request, "group", dict.fromkeys(sortings_of(scope)))
    span = _choice(request, "time", SPANS)
    found = explored(scope, measure, [sorting], span)
    rows = rows_of(found.tables[0], scope)
    if request.GET.get("format") == "csv":
        return _file(report_tables.explored_csv(measure, sorting, rows, found), f"headway-{measure.key}-{sorting}.csv")
    context = {
        **_frame(request, scope, viewer), "measure": measure, "name": said(measure.name), "unit": said(measure.unit),
        "meaning": said(measure.meaning), "sorting": sorting, "sorted_by": said(SORTINGS[sorting]), "rows": rows,
        "total": cell_of(measure, found.total), "trend": trend_rows(measure, found.trend),
        "drawing": groups_chart(measure, [(row.name, row.figure) for row in rows]),
        "lines": trend_chart(measure, found.trend), "weeks": weeks_said(_weeks(found, span)),
        "measures": [
            (said(name), [(each.key, said(each.name)) for each in MEASURES.values() if each.part == part])
            for part, name in PARTS.items()
        ],
        "sortings": [(key, said(SORTINGS[key])) for key in sortings_of(scope)],
    }  # fmt: skip
    return render(request, "leader/report_explore.html", context)


@require_GET
@page_for(*READERS)
def paper(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The report as PDF."""
    report = _report(request, viewer)
    name = title_of(report.scope, viewer.person.district.name)
    document = report_paper.document(report, name, viewer.person.name, language_in(request))
    title = _("Report")
    return pdf_response(document, at=report.last.at if report.last else 0.0, name=f"{title} {name}")


@require_GET
@page_for(*READERS)
def table(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The report as CSV: a row a measure, group and span."""
    return _file(report_tables.report_csv(_report(request, viewer)), "headway-report.csv")


@require_POST
@page_for(*READERS)
def close(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Begin to sum up the weeks that are over."""
    if not weeks_missing(viewer.person.district_id, time.time()):
        messages.info(request, _("All weeks that are over are summed up."))
        return redirect("pages:reports")
    run_beside("report", "close", "--district", viewer.person.district_id)
    messages.success(request, _("The weeks are being summed up. Open this page again in a minute."))
    return redirect("pages:reports")


@require_POST
@page_for(*READERS)
def mail(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask for the report by e-mail, or end it."""
    sent = request.POST
    try:
        wanted = sent.get("wanted") == "yes"
        choose(
            by=viewer.person, wanted=wanted, language=sent.get("language", ""), email=sent.get("email", ""), now=time.time()
        )  # fmt: skip
    except NotChosen as problem:
        messages.warning(request, said(problem.text))
    else:
        messages.success(request, _("You will get the report by e-mail.") if wanted else _("No report is sent to you."))
    return redirect("pages:reports")


def _report(request: HttpRequest, viewer: Viewer) -> Report:
    return report_of(_scope(request, viewer), _choice(request, "time", SPANS), _choice(request, "for", READERS_OF))


def _scope(request: HttpRequest, viewer: Viewer) -> Scope:
    return scope_of(viewer, request.GET.get("school", ""))


def _choice(request: HttpRequest, name: str, options: dict[str, Any]) -> str:
    """What was chosen from a list; its first entry where nothing, or something else, was."""
    asked = request.GET.get(name, "")
    return asked if asked in options else next(iter(options))


def _measure(key: str) -> Measure:
    if key not in MEASURES:
        raise Http404
    return MEASURES[key]


def _options(options: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, said(name)) for key, name in options.items()]


def _frame(request: HttpRequest, scope: Scope, viewer: Viewer) -> dict[str, Any]:
    """What every page of a report has: its title, what can be chosen, and the choice as an address has it."""
    span, reader = _choice(request, "time", SPANS), _choice(request, "for", READERS_OF)
    chosen = {"school": str(scope.chosen or ""), "time": span, "for": reader}
    return {
        "title": title_of(scope, viewer.person.district.name), "schools": [(str(key), name) for key, name in scope.own],
        "school": chosen["school"], "spans": _options(SPANS), "span": span, "span_said": said(SPANS[span]), "reader": reader,
        "query": urlencode({key: value for key, value in chosen.items() if value}),
        "whole": _("The whole district") if scope.whole else _("All of my schools"),
    }  # fmt: skip


def _drawing(lines: Sequence[Line]) -> str:
    """The first line that has a trend, drawn."""
    return next((drawn for line in lines if (drawn := trend_chart(line.measure, line.trend))), "")


def _weeks(found: Explored, span: str) -> list[int]:
    return weeks_in(span, [each.week for each in found.closed])


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
