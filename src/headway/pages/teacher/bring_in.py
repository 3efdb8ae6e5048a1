"""Questions of other systems: hand a file in, see what becomes of it, say where it belongs, take it in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.curriculum.codec import problem_from_json
from headway.core.curriculum.outside import host_of
from headway.core.curriculum.problems import Problem
from headway.pages.guard import page_for
from headway.pages.render import said as words_of
from headway.pages.teacher.problems import READERS
from headway.pages.teacher.skills import titles_of
from headway.school.exchange.content import actions
from headway.school.exchange.content.actions import NotTaken, Said
from headway.school.exchange.content.queries import history, losses_csv, picture_of, waiting
from headway.school.people.access import Viewer
from headway.school.people.clock import time_zone_of, zone
from headway.school.people.models import RoleName
from headway.standards.content.formats import READERS as FORMATS
from headway.standards.content.formats import read_content
from headway.standards.content.licences import licence_of
from headway.standards.content.pictures import TYPES
from headway.standards.errors import ImportProblem

MAX_BYTES = 30_000_000
SHOWN = 60
"""Losses and groups that the page lists; the report has the others."""
EVERYBODY = (
    RoleName.LEARNER,
    RoleName.TEACHER,
    RoleName.FAMILY,
    RoleName.LEADER,
    RoleName.RESEARCHER,
    RoleName.INTERVENTIONIST,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history, in words."""

    id: UUID
    when: str
    name: str
    format: str
    by: str
    state: str
    what: str
    licence: str
    confirmed_by: str
    losses: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions with the skills that it may belong to: (key, title), the best first; ``chosen`` is preset."""

    number: int
    name: str
    questions: int
    offered: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A link or video of a package, as a group of its own; ``minutes`` is 0 where its source does not say."""

    number: int
    title: str
    host: str
    address: str
    video: bool
    minutes: int
    offered: tuple[tuple[str, str], ...]
    chosen: str


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*READERS)
def bring_in(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Files that may be handed in, and what came in before."""
    if request.method == "GET":
        return _show(request, viewer)
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        return _show(request, viewer, _("Choose a file first."))
    if (file.size or 0) > MAX_BYTES:
        says = _("It is larger than 30 MB. Bring it in on the server: headway import content.")
        return _show(request, viewer, says)
    data, name = file.read(MAX_BYTES + 1), file.name or "questions"
    form = request.POST.get("format", "")
    try:
        package = read_content(BytesIO(data), name, form if form in FORMATS else "")
        row = actions.hand_in(by=viewer.person, name=name, data=data, package=package, now=time.time())
    except ImportProblem as problem:
        return _show(request, viewer, str(problem))
    return redirect("pages:bring-in-look", row.id)


def _show(request: HttpRequest, viewer: Viewer, says: str = "") -> HttpResponse:
    tz = zone(time_zone_of(viewer.person.district_id))
    lines = [_line(came, tz) for came in history()]
    context = {"history": lines, "says": says, "formats": [(key, each.name) for key, each in FORMATS.items()]}
    return render(request, "teacher/bring_in.html", context, status=422 if says else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*READERS)
def looked(request: HttpRequest, viewer: Viewer, upload: UUID) -> HttpResponse:
    """What a file holds and lost, and what it would change; taking it in, or laying it aside."""
    row = waiting(upload, now=time.time())
    if request.method == "GET":
        return _look(request, viewer, row)
    if request.POST.get("what") == "aside":
        actions.lay_aside(upload=upload)
        messages.success(request, _("Laid aside. Nothing was changed."))
        return redirect("pages:bring-in")
    groups = list(row.body["groups"])
    chosen = {name: request.POST.get(f"skill-{n}", "").strip() for n, name in enumerate(groups)}
    for n, (place, *_more) in enumerate(row.body.get("links", ())):
        chosen[place] = request.POST.get(f"link-{n}", row.body.get("skills", {}).get(place, "")).strip()
    confirmed = viewer.person if request.POST.get("may") else None
    said = Said(
        {g: skill for g, skill in chosen.items() if skill}, request.POST.get("licence", "")[:300].strip(), confirmed
    )
    try:
        name, data = actions.content_of(upload)
        package = read_content(BytesIO(data), name, row.format)
        came = actions.decide(by=viewer.person, upload=upload, package=package, said=said, now=time.time())
    except NotTaken as refusal:
        return _look(request, viewer, row, words_of(refusal.message), said)
    says = _("%(name)s is in force: %(new)d questions are new, %(changed)d changed, %(same)d are as they were.")
    saved, brought = came.problems, came.links
    if package.questions:
        messages.success(request, says % {"name": name, "new": saved.new, "changed": saved.changed, "same": saved.same})
    if package.links:
        says = _("%(name)s: %(new)d links are new, %(changed)d changed, %(same)d are as they were.")
        counts = {"name": name, "new": brought.new, "changed": brought.changed, "same": brought.same}
        messages.success(request, says % counts)
    return redirect("pages:bring-in")


def _look(request: HttpRequest, viewer: Viewer, row: Any, says: str = "", said: Said | None = None) -> HttpResponse:
    body = row.body
    titles = titles_of(viewer)
    chosen = dict(said.skills) if said else body.get("skills", {})
    groups = [_group(n, group, body, titles, chosen) for n, group in enumerate(body["groups"])]
    leads = [_lead(n, line, body, titles, chosen) for n, line in enumerate(body.get("links", ()))]
    context = {
        "row": row,
        "says": says,
        "format": FORMATS[row.format].name if row.format in FORMATS else row.format,
        "counts": body["counts"],
        "forms": sorted((key[5:], n) for key, n in body["counts"].items() if key.startswith("form ")),
        "refused": body["counts"].get("refused", 0),
        "came": body.get("came"),
        "groups": groups[:SHOWN],
        "more": len(groups) - SHOWN,
        "skills": sorted(titles.items(), key=lambda pair: pair[0]),
        "losses": body["losses"][:SHOWN],
        "lost": sum(body["by_kind"].values()),
        "by_kind": list(body["by_kind"].items()),
        "samples": [_sample(each) for each in body.get("samples", ())],
        "licence": licence_of(row.licence),
        "written": said.licence if said else "",
        "links": leads[:SHOWN],
        "more_links": len(leads) - SHOWN,
        "named": body["counts"].get("links found", 0),
    }
    return render(request, "teacher/bring_in_look.html", context, status=422 if says else 200)


def _group(number: int, name: str, body: dict[str, Any], titles: dict[str, str], chosen: dict[str, str]) -> Group:
    found = [one for one in body.get("suggested", {}).get(name, ()) if one[0] in titles]
    offered = tuple((key, titles[key]) for key, _score, _shared in found)
    return Group(number, name, body["groups"][name], offered, chosen.get(name, ""))


def _lead(number: int, line: list[Any], body: dict[str, Any], titles: dict[str, str], chosen: dict[str, str]) -> Lead:
    place, title, address, kind, minutes, skill = line
    found = [one for one in body.get("suggested", {}).get(place, ()) if one[0] in titles]
    offered = tuple((key, titles[key]) for key, _score, _shared in found)
    preset = chosen.get(place, skill if skill in titles else "")
    return Lead(number, title, host_of(address), address, kind == "video", minutes, offered, preset)


def _sample(value: dict[str, Any]) -> Problem:
    return problem_from_json(value)


@require_GET
@never_cache
@page_for(*READERS)
def losses(request: HttpRequest, viewer: Viewer, upload: UUID) -> HttpResponse:
    """Everything that a file lost, as CSV that is safe in a spreadsheet."""
    del request, viewer
    response = HttpResponse(losses_csv(upload), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="losses.csv"'
    return response


@require_GET
@page_for(*EVERYBODY)
def picture(request: HttpRequest, viewer: Viewer, name: str) -> HttpResponse:
    """A picture of an imported question. Its type is that of its bytes, and no browser may take it for anything else."""
    del request, viewer
    data, kind = picture_of(name), TYPES.get(name.rpartition(".")[2], "")
    if data is None or not kind:
        raise Http404
    response = HttpResponse(data, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _line(came: Any, tz: Any) -> Line:
    moment = datetime.fromtimestamp(came.at, tz)
    when = f"{date_format(moment, 'DATE_FORMAT')}, {date_format(moment, 'TIME_FORMAT')}"
    states = {"looked": _("looked at"), "taken": _("taken in"), "aside": _("laid aside"), "failed": _("not readable")}
    counts = came.body.get("came", {})
    parts = (
        (_("{n} new"), counts.get("new", 0)),
        (_("{n} changed"), counts.get("changed", 0)),
        (_("{n} as they were"), counts.get("same", 0)),
        (_("{n} laid aside"), counts.get("laid_aside", 0)),
        (_("{n} new links"), counts.get("links_new", 0)),
        (_("{n} links changed"), counts.get("links_changed", 0)),
        (_("{n} not brought in"), came.body.get("counts", {}).get("refused", 0)),
    )
    what = ", ".join(words.format(n=f"{n:,}") for words, n in parts if n)
    form = FORMATS[came.format].name if came.format in FORMATS else came.format
    by = came.by or _("on the server")
    lost = sum(came.body.get("by_kind", {}).values())
    return Line(came.id, when, came.name, form, by, states[came.state], what, came.licence, came.confirmed_by, lost)
