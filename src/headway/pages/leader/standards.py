"""The district's frameworks of standards: which there are, bringing one in, who may read them, and which schools read in them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.core.curriculum.skills import SkillGraph
from headway.pages.dates import date_said, when
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.school.curriculum.frameworks import actions, deciding
from headway.school.curriculum.frameworks.queries import CALIFORNIA, OWN, Known, choices_made, frameworks
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.environment.means.queries import schools_of
from headway.school.exchange.frameworks import pulling, uploads
from headway.school.exchange.frameworks.uploads import NotTaken
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import RoleName
from headway.standards.case.service.operations import ROOT
from headway.standards.errors import ImportProblem

WHO = (RoleName.RESEARCHER, RoleName.LEADER)
MAX_BYTES = 30_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A framework in words."""

    known: Known
    changed: str
    came: str


@require_GET
@never_cache
@page_for(*WHO)
def standing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What there is, what waits, and what each school reads in."""
    return _page(request, viewer)


@require_POST
@never_cache
@page_for(*WHO)
def hand_in(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Look at a file, or at a package of another system's CASE service; an address without a package shows what it has."""
    actions.check_may_keep(viewer)
    address, token = request.POST.get("address", "").strip(), request.POST.get("token", "").strip()
    file = request.FILES.get("file")
    try:
        if request.POST.get("what") == "pull":
            place = pulling.named(address)
            if not place.key:
                return _page(request, viewer, offers=pulling.offers(place.base, token), address=address, token=token)
            name, data, address = place.package[-200:], pulling.pull(place, token), place.package
        else:
            if file is None or isinstance(file, list):
                return _page(request, viewer, _("Choose a file first."))
            if (file.size or 0) > MAX_BYTES:
                return _page(
                    request, viewer, _("It is larger than 30 MB. Bring it in on the server: headway import case.")
                )
            name, data, address = file.name or "package.json", file.read(MAX_BYTES + 1), ""
        row = uploads.hand_in(
            by=viewer.person, name=name, data=data, graph=graph_of(viewer), now=time.time(), address=address
        )
    except ImportProblem as problem:
        return _page(request, viewer, str(problem), address=address)
    return redirect("pages:frameworks-look", row.id)


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*WHO)
def look(request: HttpRequest, viewer: Viewer, upload: UUID) -> HttpResponse:
    """What a package would change; taking it in, or laying it aside."""
    actions.check_may_keep(viewer)
    now = time.time()
    if request.method == "POST" and request.POST.get("what") == "aside":
        uploads.lay_aside(upload=upload)
        messages.success(request, _("Laid aside. Nothing was changed."))
        return redirect("pages:frameworks")
    try:
        row = uploads.waiting(upload, now=now)
        if request.method == "POST":
            saved = uploads.take(by=viewer.person, upload=upload, graph=graph_of(viewer), now=now)
            says = _("%(name)s is here. Statements: %(new)d new, %(changed)d changed, %(gone)d gone.")
            found = {"name": row.body["title"], "new": saved.new, "changed": saved.changed, "gone": saved.gone}
            messages.success(request, says % found)
            return redirect("pages:framework", row.body["identifier"])
    except NotTaken as refusal:
        messages.warning(request, said(refusal.message))
        return redirect("pages:frameworks")
    body = row.body
    context = {
        "row": row,
        "body": body,
        "changed": changed_said(body["changed"]),
        "nothing": body["had"] and not (body["new"] or body["changed_words"] or body["gone"] or body["moved"]),
        "lost": sum(body["by_kind"].values()),
        "groups": _groups(body["listed"]),
    }
    return render(request, "leader/framework_look.html", context)


@require_POST
@page_for(*WHO)
def change(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Withdraw a framework or bring it back, open it to everybody or not, put the district's own skills beside the others."""
    actions.check_may_keep(viewer)
    what, key = request.POST.get("what", ""), request.POST.get("framework", "")
    if what == "own":
        saved = actions.keep_own(by=viewer.person, graph=graph_of(viewer), now=time.time())
        messages.success(request, _("Your own skills are a framework now: %(n)d of them.") % {"n": saved.matched})
    elif what == "withdraw" and actions.withdraw(framework=key, now=time.time()):
        messages.success(
            request, _("Withdrawn. Nobody reads in it any more; it can be brought back with all that was said of it.")
        )
    elif what == "back" and actions.bring_back(framework=key):
        messages.success(request, _("It is in use again."))
    elif what == "open" and not request.POST.get("may"):
        messages.warning(request, _("Say first that it may be shown to everybody."))
    elif what in ("open", "close") and actions.open_to_all(framework=key, to_all=what == "open"):
        messages.success(
            request,
            _("Everybody can read it at its address now.")
            if what == "open"
            else _("Only programs that may can read it now."),
        )
    elif what != "withdraw" and what != "back":
        raise Http404
    return redirect("pages:frameworks")


@require_POST
@page_for(*WHO)
def choose(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the profiles of a school, or of every school without a choice of its own, are read in."""
    key, given = request.POST.get("key", ""), request.POST.get("school", "")
    try:
        school = UUID(given) if given else None
    except ValueError:
        raise Http404 from None
    deciding.check_may_choose(viewer, school)
    if school is not None and school not in {each.id for each in schools_of(viewer, *WHO)}:
        raise Http404
    if key and key not in {OWN, CALIFORNIA, *(each.key for each in frameworks())}:
        raise Http404
    deciding.choose_framework(
        district=viewer.person.district_id, framework=key, school=school, by=viewer.person, now=time.time()
    )
    messages.success(request, _("From now on, records open in these standards. Everybody can still switch."))
    return redirect("pages:frameworks")


def graph_of(viewer: Viewer) -> SkillGraph:
    """The district's skills; none before it has any."""
    try:
        found = curriculum_of(viewer.person.district_id)
    except NoCurriculum:
        return SkillGraph((), ())
    return SkillGraph(found.skills, found.prerequisites, found.related)


def may_keep(viewer: Viewer) -> bool:
    """Whether somebody may change frameworks."""
    try:
        actions.check_may_keep(viewer)
    except NotAllowed:
        return False
    return True


def changed_said(written: str) -> str:
    """The day of a time as CASE writes it; empty for one that is not known (CASE asks for one, so readers fill in 1970)."""
    day = datetime.fromisoformat(written).date() if written else None
    return date_said(day) if day is not None and day.year > 1970 else ""


def _groups(listed: list[list[str]]) -> list[tuple[str, str, list[list[str]]]]:
    """Changes by kind, the most serious first: (kind, heading, rows of code, before, after)."""
    names = (("gone", _("Gone")), ("changed", _("Changed")), ("new", _("New")))
    found = [(kind, name, [row[1:] for row in listed if row[0] == kind]) for kind, name in names]
    return [group for group in found if group[2]]


def _page(
    request: HttpRequest,
    viewer: Viewer,
    says: str = "",
    *,
    offers: list[pulling.Offer] | None = None,
    address: str = "",
    token: str = "",
) -> HttpResponse:
    now, tz = time.time(), time_zone_of(viewer.person.district_id)
    keeps = may_keep(viewer)
    known = frameworks(withdrawn=True)
    lines = [Line(each, changed_said(each.changed), date_said(local_date(tz, each.at))) for each in known]
    context: dict[str, Any] = {
        "says": says,
        "keeps": keeps,
        "lines": [line for line in lines if not line.known.withdrawn],
        "withdrawn": [line for line in lines if line.known.withdrawn],
        "waiting": uploads.standing(now=now) if keeps else None,
        "history": [(each, when(each.at, now, tz)) for each in uploads.history()] if keeps else [],
        "offers": offers,
        "address": address,
        "token": token,
        "schools": _choices(viewer, known),
        "options": _options(known),
        "service": request.build_absolute_uri(ROOT),
        "open_at": request.build_absolute_uri(f"/open/{viewer.person.district_id}{ROOT}"),
    }
    return render(request, "leader/frameworks.html", context, status=422 if says else 200)


def _options(known: list[Known]) -> list[tuple[str, str]]:
    ours = [(OWN, _("Common Core, and skills of our own")), (CALIFORNIA, _("California (by its codes)"))]
    return ours + [(each.key, each.title) for each in known if not each.withdrawn]


def _choices(viewer: Viewer, known: list[Known]) -> list[tuple[str, str, str, str]]:
    """School (key, name) with what was chosen: its key, or empty, and in words what holds then."""
    made, titles = choices_made(), dict(_options(known))
    whole = made.get(None, "")
    whole = whole if whole in titles else ""
    out = [("", _("The whole district"), whole, titles[OWN])] if None in viewer.schools(*WHO) else []
    for school in schools_of(viewer, *(WHO if may_keep(viewer) else WHO[1:])):
        key = made.get(school.id, "")
        out.append((str(school.id), school.name, key if key in titles else "", titles[whole or OWN]))
    return out
