"""The district's roster: hand a package in, see what it would change, take it in, and who did so when."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.text import text_from_json
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.render import said
from headway.school.evidence.pilots.newcomers import seat_newcomers
from headway.school.exchange.roster import uploads
from headway.school.exchange.roster.actions import NoRoster
from headway.school.exchange.roster.export import export_roster
from headway.school.exchange.roster.queries import Came, check_may_roster, history, listed_csv, report_of, rows_here
from headway.school.exchange.roster.schedule import FOLDER
from headway.school.people.access import Viewer
from headway.school.people.clock import local_date, time_zone_of, zone
from headway.school.people.models import RoleName
from headway.standards.oneroster.tables import TABLES

WHO = (RoleName.RESEARCHER, RoleName.LEADER)
SHOWN = 50
"""Changes and findings that the page lists; the report has the others."""


@dataclass(frozen=True, slots=True)
class Line:
    """An import in words: when, who or what brought it in, what became of it."""

    id: UUID
    when: str
    by: str
    name: str
    taken: bool
    what: str
    faults: int


@require_GET
@never_cache
@page_for(*WHO)
def roster(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is here, what waits, and what came in before."""
    check_may_roster(viewer)
    now, tz = time.time(), zone(time_zone_of(viewer.person.district_id))
    uploads.let_old_go(now=now)
    row = uploads.standing(now=now)
    context: dict[str, Any] = {
        "here": _in_order(rows_here()),
        "history": [_line(came, tz) for came in history()],
        "scheduled": bool(os.environ.get(FOLDER)),
        "upload": row,
        "off": row is not None and uploads.broken_off(row, now),
    }
    if row is not None:
        context |= _looked(row.body)
    return render(request, "leader/roster.html", context)


@require_POST
@page_for(*WHO)
def hand_in(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Keep a package and look at it."""
    check_may_roster(viewer)
    file = request.FILES.get("file")
    data = file.read(uploads.MAX_BYTES + 1) if file is not None and not isinstance(file, list) else b""
    name = getattr(file, "name", "") or ""
    try:
        uploads.hand_in(by=viewer.person, name=name, data=data, now=time.time())
    except NoRoster as refusal:
        messages.warning(request, said(refusal.message))
    return redirect("pages:roster")


@require_POST
@page_for(*WHO)
def decide(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Take a package in, look at it again, or lay it aside."""
    check_may_roster(viewer)
    key, what, now = uuid_or_404(request.POST.get("upload", "")), request.POST.get("what", ""), time.time()
    named = frozenset(str(kind).strip() for kind in request.POST.getlist("removal"))
    try:
        if what == "take":
            row = uploads.begin_taking(by=viewer.person, upload=key, removals=named, now=now)
            row.refresh_from_db()
            if row.state == "taken":
                seat_newcomers(district=row.district_id, now=now)
                messages.success(request, _("The roster is in force."))
        elif what == "again":
            uploads.begin_again(by=viewer.person, upload=key, now=now)
        elif what == "aside":
            uploads.lay_aside(upload=key)
            messages.success(request, _("Laid aside. Nothing was changed."))
        else:
            raise Http404
    except NoRoster as refusal:
        messages.warning(request, said(refusal.message))
    return redirect("pages:roster")


@require_GET
@never_cache
@page_for(*WHO)
def progress(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How far a large package is, for the page that waits for it."""
    check_may_roster(viewer)
    now = time.time()
    row = uploads.standing(now=now)
    running = row is not None and row.state in ("looking", "taking") and not uploads.broken_off(row, now)
    return JsonResponse({"running": running, "step": row.step if row else 0})


@require_GET
@never_cache
@page_for(*WHO)
def report(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was found in a package, as CSV that is safe in a spreadsheet."""
    check_may_roster(viewer)
    asked = request.GET.get("import", "")
    if asked:
        return _csv(report_of(uuid_or_404(asked)))
    row = uploads.standing(now=time.time())
    if row is None or "listed" not in row.body:
        raise Http404
    return _csv(listed_csv(row.body["listed"], row.body["by_kind"]))


@require_GET
@never_cache
@page_for(*WHO)
def export(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The district as a package of OneRoster."""
    check_may_roster(viewer)
    version = "1.1" if request.GET.get("version") == "1.1" else "1.2"
    district = viewer.person.district_id
    out = BytesIO()
    export_roster(district=district, stream=out, version=version, today=local_date(time_zone_of(district), time.time()))
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="oneroster-{version}.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _csv(lines: Iterable[str]) -> HttpResponse:
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="roster-report.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def kind_said(kind: str) -> str:
    """A table of OneRoster in words."""
    return {
        "orgs": _("Schools and offices"),
        "academicSessions": _("Terms"),
        "courses": _("Courses"),
        "classes": _("Classes"),
        "users": _("People"),
        "roles": _("Roles"),
        "enrollments": _("Seats in classes"),
    }.get(kind, kind)


def _looked(body: dict[str, Any]) -> dict[str, Any]:
    """What the look at a package found, in words."""
    if "counts" not in body:
        return {"words": said(text_from_json(body["words"])) if "words" in body else ""}
    what = {
        "added": _("new"), "changed": _("changed"), "returned": _("back again"), "removed": _("gone"),
    }  # fmt: skip
    done = {"left-out": _("left out"), "mended": _("mended"), "kept": _("kept"), "noted": _("only said")}
    return {
        "words": said(text_from_json(body["words"])) if "words" in body else "",
        "looked": body,
        "counts": _in_order({kind: n for kind, n in body["counts"].items() if n["read"] or n["removed"]}),
        "quiet": not any(n[name] for n in body["counts"].values() for name in what),
        "changes": [
            (what[c["what"]], kind_said(c["kind"]), c["name"] or c["sourced_id"], c["fields"])
            for c in body["changes"][:SHOWN]
        ],
        "found": [
            (where, done[did], said(text_from_json(words)), said(text_from_json(how)))
            for where, _kind, did, words, how in body["listed"][:SHOWN]
        ],
        "many": sum(body["by_kind"].values()),
        "guarded": [(kind, kind_said(kind), body["counts"][kind]) for kind in body["guarded"]],
    }


def _in_order(by_kind: dict[str, Any]) -> list[tuple[str, Any]]:
    """What there is by kind, in the order of the standard, each kind in words."""
    return [(kind_said(kind), by_kind[kind]) for kind in TABLES if kind in by_kind]


def _moved(added: int, changed: int, removed: int) -> str:
    parts = ((_("{n} new"), added), (_("{n} changed"), changed), (_("{n} gone"), removed))
    return ", ".join(words.format(n=f"{n:,}") for words, n in parts if n)


def _line(came: Came, tz: Any) -> Line:
    moment = datetime.fromtimestamp(came.at, tz)
    ways = {"command": _("on the server"), "schedule": _("by the nightly schedule")}
    moved = {
        kind: _moved(added + returned, changed, removed) for kind, added, changed, returned, removed in came.counts
    }
    what = "; ".join(f"{kind}: {said_so}" for kind, said_so in _in_order(moved))
    taken = came.outcome == "taken"
    words = (what or _("Nothing changed.")) if taken else said(came.words)
    when = f"{date_format(moment, 'DATE_FORMAT')}, {date_format(moment, 'TIME_FORMAT')}"
    return Line(came.id, when, came.by or ways.get(came.way, ""), came.name, taken, words, came.faults)
