"""The model that serves, what a refit on the district's evidence found, and a leader's decision about it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.mastery.models import DEFAULT_MODEL
from headway.pages.dates import date_said
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.leader.found import found_of
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.evidence.refit.actions import promote, refuse, roll_back
from headway.school.evidence.refit.background import begin_beside
from headway.school.evidence.refit.queries import ModelChange, fitted_at, history_of, may_decide, standing_of
from headway.school.evidence.refit.running import NoRefit
from headway.school.people.access import Viewer
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import RoleName


@dataclass(frozen=True, slots=True)
class Line:
    """A decision in words: what, who, when, why, and the model that served after it (in words and by its identifier)."""

    what: str
    by: str
    day: str
    reason: str
    serves: str
    model: str
    digest: str


@require_GET
@never_cache
@page_for(RoleName.LEADER, RoleName.RESEARCHER)
def standing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What serves, what was found, what was decided."""
    now, zone = time.time(), time_zone_of(viewer.person.district_id)
    stands, fitted = standing_of(now), fitted_at()
    report = stands.report
    try:
        curriculum = curriculum_of(viewer.person.district_id)
    except NoCurriculum:
        curriculum = None
    context = {
        "stands": stands,
        "serves": _named(stands.name, fitted, zone),
        "own": stands.name in fitted,
        "failed": said(stands.failed),
        "running": stands.refit is not None and stands.refit.state == "running" and not stands.broken_off,
        "decides": may_decide(viewer),
        "found": found_of(report, curriculum) if report is not None and curriculum is not None else None,
        "report": report,
        "reported": date_said(local_date(zone, report.at)) if report else "",
        "open": report is not None and stands.decided is None and report.champion == stands.name,
        "history": [_line(change, fitted, zone) for change in history_of()],
    }
    return render(request, "leader/models.html", context)


@require_POST
@page_for(RoleName.LEADER)
def begin(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Start a refit beside the server."""
    try:
        begin_beside(by=viewer.person, now=time.time())
    except NoRefit as problem:
        messages.warning(request, said(problem.message))
    return redirect("pages:models")


@require_POST
@page_for(RoleName.LEADER)
def decide(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Promote, refuse or roll back."""
    what, reason = request.POST.get("what", ""), request.POST.get("reason", "")
    try:
        if what == "roll-back":
            roll_back(by=viewer.person, reason=reason)
            messages.success(request, _("The model before serves again, from a few seconds on."))
        elif what == "promote":
            promote(by=viewer.person, refit=_refit(request), reason=reason)
            messages.success(request, _("The new model serves from a few seconds on. You can roll back at any time."))
        elif what == "refuse":
            refuse(by=viewer.person, refit=_refit(request), reason=reason)
            messages.success(request, _("Refused. The model in force goes on; your reason is on record."))
        else:
            raise Http404
    except NoRefit as problem:
        messages.warning(request, said(problem.message))
    return redirect("pages:models")


@require_GET
@never_cache
@page_for(RoleName.LEADER, RoleName.RESEARCHER)
def progress(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How far the refit is, for the page that waits for it."""
    stands = standing_of(time.time())
    refit = stands.refit
    running = refit is not None and refit.state == "running" and not stands.broken_off
    return JsonResponse({"running": running, "step": refit.step if refit else 0, "steps": refit.steps if refit else 1})


def _refit(request: HttpRequest) -> UUID:
    return uuid_or_404(request.POST.get("refit", ""))


def _named(name: str, fitted: dict[str, float], zone: str) -> str:
    """A model as people speak of it; its identifier stands beside it for the record."""
    shipped = {
        DEFAULT_MODEL: _("The model that ships with Headway"),
        "gaussian-1": _("The model that shipped with Headway before"),
    }
    if name in fitted:
        return _("Our own model of {day}").format(day=date_said(local_date(zone, fitted[name])))
    return shipped.get(name, name)


def _line(change: ModelChange, fitted: dict[str, float], zone: str) -> Line:
    what = {"promoted": _("Promoted"), "refused": _("Refused"), "rolled-back": _("Rolled back")}[change.kind]
    day = date_said(local_date(zone, change.at))
    return Line(
        what, change.by.name, day, change.reason, _named(change.model, fitted, zone), change.model, change.digest
    )
