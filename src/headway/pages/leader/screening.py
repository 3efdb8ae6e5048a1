"""Screening windows: the list, opening one, its cut scores, closing it, and its results."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.core.curriculum.catalogue import GRADES
from headway.core.intervention.screening import RISK_NAMES, RISKS, SEASON_NAMES, SEASONS, default_cuts
from headway.pages.dates import day
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.school.measurement.actions import NotTaken, close_window, open_window, set_cuts
from headway.school.measurement.queries import cuts_of
from headway.school.measurement.report import foreseen, on_trial, rows_of
from headway.school.measurement.screenings import (
    Counted,
    ScreeningWindow,
    access_window,
    banks,
    cuts_taken_over,
    outcome_measures,
    roster_of,
    schools_led,
    windows_of,
)
from headway.school.people.access import Viewer
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import RoleName

TRIAL_SAID = {
    "more": gettext_lazy("more answers are needed"),
    "ready": gettext_lazy("ready to be scored"),
    "look": gettext_lazy("look at its wording and its key"),
}
STAFF = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window in words."""

    id: UUID
    title: str
    school: str
    grades: str
    since: str
    open: bool
    finished: int
    roster: int
    working: int


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(*STAFF)
def windows(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The windows of one's schools; leaders open new ones here."""
    led = schools_led(viewer)
    if request.method == "POST":
        return _open(request, viewer)
    now, zone = time.time(), time_zone_of(viewer.person.district_id)
    today = local_date(zone, now)
    context = {
        "windows": [_row(each, now, zone) for each in windows_of(viewer)],
        "led": led,
        "seasons": [(name, said(SEASON_NAMES[name])) for name in SEASONS],
        "season": "fall" if today.month >= 8 else "winter" if today.month <= 2 else "spring",
        "year": today.year if today.month >= 7 else today.year - 1,
        "grades": list(GRADES)[:10],
        "banks": banks() if led else [],
        "own": _own(viewer) if led else [],
    }
    return render(request, "leader/screenings.html", context)


def _own(viewer: Viewer) -> list[str]:
    """Which cut scores a new window takes over: ``Maple Middle School, Fall: grades 6, 7``."""
    return [
        _("{school}, {season}: grades {grades}").format(
            school=school, season=said(SEASON_NAMES[season]), grades=", ".join(grades)
        )
        for school, season, grades in cuts_taken_over(viewer)
    ]


def _open(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    sent = request.POST
    school = next((school for school in schools_led(viewer) if str(school.id) == sent.get("school")), None)
    if school is None:
        raise Http404
    bank = next((found.id for found in banks() if str(found.id) == sent.get("bank")), None)
    try:
        made = open_window(
            school=school,
            season=sent.get("season", ""),
            year=_whole(sent.get("year", "")),
            grades=sent.getlist("grades"),
            by=viewer.person,
            now=time.time(),
            seconds=60 * _whole(sent.get("minutes", "") or "0"),
            bank=bank,
        )
    except NotTaken as problem:
        messages.warning(request, str(problem))
        return redirect("pages:screenings")
    messages.success(request, _("The screening is open. Students find it under “Screening”."))
    return redirect("pages:screening-board", window=made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(RoleName.LEADER)
def settings(request: HttpRequest, viewer: Viewer, window: UUID) -> HttpResponse:
    """A window's cut scores, grade by grade."""
    found = access_window(viewer, window, lead=True)
    if request.method == "POST":
        try:
            set_cuts(window=found, cuts=_cuts(request, found))
        except NotTaken as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, _("The cut scores are saved. Results are read against them."))
        return redirect("pages:screening-settings", window=window)
    rows = [(grade, cuts_of(found, grade), default_cuts(grade, found.season)) for grade in found.grades]
    return render(request, "leader/screening_settings.html", {"window": found, "title": title_of(found), "rows": rows})


@require_POST
@page_for(RoleName.LEADER)
def close(request: HttpRequest, viewer: Viewer, window: UUID) -> HttpResponse:
    """Close a window."""
    close_window(window=access_window(viewer, window, lead=True), by=viewer.person, now=time.time())
    messages.success(request, _("The screening is closed. Who was away can still make it up."))
    return redirect("pages:screening-results", window=window)


@require_GET
@page_for(*STAFF)
def results(request: HttpRequest, viewer: Viewer, window: UUID) -> HttpResponse:
    """Results with risk levels; with ``?outcome=`` and ``?standard=`` how well they foresaw a later score."""
    found = access_window(viewer, window)
    sittings = roster_of(viewer, found, place="screening-results")
    rows = rows_of(found, sittings)
    outcome, standard = request.GET.get("outcome", ""), _number(request.GET.get("standard", ""))
    names = outcome_measures(found)
    check = foreseen(found, rows, outcome, standard) if outcome in names and standard is not None else None
    counts = [(risk, said(RISK_NAMES[risk]), sum(row.result.risk == risk for row in rows)) for risk in RISKS]
    context = {
        "window": found,
        "title": title_of(found),
        "rows": [(row, said(RISK_NAMES[row.result.risk])) for row in rows],
        "counts": counts,
        "roster": sum(each.status != "excused" for each in sittings),
        "cuts": [(grade, cuts_of(found, grade)) for grade in found.grades],
        "leads": found.school_id in {school.id for school in schools_led(viewer)},
        "outcomes": names,
        "outcome": outcome,
        "standard": request.GET.get("standard", ""),
        "check": check,
        "assumed": not set(found.grades) <= set(found.cuts),
        "trial": [(item, TRIAL_SAID[item.verdict]) for item in on_trial(found)],
        "group_names": {"grade": _("Grade"), "language": _("Home language")},
    }
    return render(request, "leader/screening_results.html", context)


def title_of(window: ScreeningWindow) -> str:
    """``Fall 2026-27``."""
    return f"{said(SEASON_NAMES[window.season])} {window.year}-{(window.year + 1) % 100:02d}"


def _row(each: Counted, now: float, zone: str) -> WindowRow:
    window, counts = each.window, each.counts
    return WindowRow(
        id=window.id,
        title=title_of(window),
        school=window.school.name,
        grades=", ".join(window.grades),
        since=day(window.opened_at, now, zone),
        open=window.closed_at is None,
        finished=counts.get("finished", 0),
        roster=each.roster,
        working=counts.get("working", 0),
    )


def _cuts(request: HttpRequest, window: ScreeningWindow) -> dict[str, tuple[float, float]]:
    """The school's own: a grade that was left as it began keeps the assumed ones, and goes on saying so."""
    out: dict[str, tuple[float, float]] = {}
    for grade in window.grades:
        start = default_cuts(grade, window.season)
        high, some = (_number(request.POST.get(f"{name}-{grade}", "")) for name in ("high", "some"))
        if high is None or some is None or (high, some) == (round(start.high, 2), round(start.some, 2)):
            continue
        out[grade] = (high, some)
    return out


def _number(value: str) -> float | None:
    try:
        found = float(value.replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else -1
