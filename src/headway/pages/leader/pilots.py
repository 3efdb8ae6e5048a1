"""Pilots: the list, setting one up, what it can find, and the page of each with everything that can be done."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.pages.dates import date_said
from headway.pages.guard import page_for
from headway.pages.leader.pilot_form import context_of, draft_from, first_sent, sections_led, sent_in, sent_of
from headway.pages.leader.pilot_page import page_of
from headway.pages.leader.pilot_shown import places, promise_said
from headway.pages.render import plain
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.evidence.pilots import actions
from headway.school.evidence.pilots.cohort import promise
from headway.school.evidence.pilots.draft import draft_from_json
from headway.school.evidence.pilots.looks import decide, look
from headway.school.evidence.pilots.queries import Listed, leads, pilots_of
from headway.school.evidence.pilots.standing import access_pilot
from headway.school.people.access import Viewer
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import RoleName
from headway.school.people.refusal import Malformed

READERS = (RoleName.LEADER, RoleName.RESEARCHER)
FILTERS = {
    "all": lazy("All"),
    "draft": lazy("Being set up"),
    "running": lazy("Running"),
    "worked": lazy("Worked"),
    "nothing": lazy("Made no difference"),
    "harmed": lazy("Did harm"),
    "unclear": lazy("Not clear"),
    "dropped": lazy("Put aside"),
}


@require_GET
@never_cache
@page_for(*READERS)
def pilots(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All pilots, what failed as easy to find as what worked."""
    zone = time_zone_of(viewer.person.district_id)
    found = pilots_of(viewer)
    asked = request.GET.get("show", "all")
    asked = asked if asked in FILTERS else "all"
    words = request.GET.get("q", "").strip()[:100]
    rows = [
        (each, date_said(local_date(zone, each.pilot.at)), places(each.g or 0.0))
        for each in found
        if asked in ("all", _kind(each)) and words.lower() in each.pilot.question.lower()
    ]
    counts = [(key, name, sum(key in ("all", _kind(each)) for each in found)) for key, name in FILTERS.items()]
    context = {
        "rows": rows, "filters": counts, "show": asked, "q": words, "any": bool(found),
        "leads": bool(viewer.schools(RoleName.LEADER)),
    }  # fmt: skip
    return render(request, "leader/pilots.html", context)


def _kind(each: Listed) -> str:
    return each.found or ("running" if each.pilot.state in ("running", "ended") else each.pilot.state)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@page_for(RoleName.LEADER)
def edit(request: HttpRequest, viewer: Viewer, pilot: UUID | None = None) -> HttpResponse:
    """Set a pilot up on one page; what it can find is worked out beside."""
    district, sections = viewer.person.district_id, sections_led(viewer)
    try:
        curriculum = curriculum_of(district)
    except NoCurriculum:
        messages.warning(request, _("There is no curriculum yet, so nothing can be tried out."))
        return redirect("pages:pilots")
    row = None
    if pilot is not None:
        row = access_pilot(viewer, pilot)
        if row.state != "draft" or not leads(viewer, row):
            return redirect("pages:pilot", pilot=row.id)
    if request.method == "POST":
        sent = sent_in(request.POST)
        try:
            made = actions.save_draft(by=viewer.person, draft=draft_from(sent), now=time.time(), pilot=pilot)
        except Malformed as problem:
            messages.warning(request, plain(problem.message))
        else:
            return redirect("pages:pilot", pilot=made.id)
    else:
        sent = first_sent(sections, viewer) if row is None else sent_of(draft_from_json(row.question, row.body))
    context = context_of(sent, sections, curriculum)
    return render(request, "leader/pilot_form.html", {**context, **_promised(viewer, sent), "pilot": row})


@require_POST
@page_for(RoleName.LEADER)
def promised(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the form, as it is filled in now, can find: a part of the page."""
    return render(request, "leader/_pilot_promise.html", _promised(viewer, sent_in(request.POST)))


def _promised(viewer: Viewer, sent: dict[str, list[str]]) -> dict[str, object]:
    mine = {str(each.id) for each in sections_led(viewer)}
    sent = {**sent, "section": [key for key in sent.get("section", ()) if key in mine]}
    try:
        draft = draft_from(sent)
    except Malformed as problem:
        return {"first": plain(problem.message), "more": [], "promised": None}
    found = promise(draft, district=viewer.person.district_id, now=time.time())
    first, more = promise_said(found, len(draft.arms))
    gate = actions.seed_gate(draft, found)
    missing = [plain(each) for each in gate.missing]
    return {"first": first, "more": more, "promised": found, "missing": missing}


@require_GET
@never_cache
@page_for(*READERS)
def pilot(request: HttpRequest, viewer: Viewer, pilot: UUID) -> HttpResponse:
    """One pilot: the draft before it starts, how it goes, or what came of it."""
    row = access_pilot(viewer, pilot)
    context = page_of(row, time.time())
    if row.state == "draft":
        draft = draft_from_json(row.question, row.body)
        found = promise(draft, district=row.district_id, now=time.time())
        first, more = promise_said(found, len(draft.arms))
        missing = [plain(each) for each in actions.seed_gate(draft, found).missing]
        context |= {"promised": found, "first": first, "more": more, "missing": missing}
    return render(request, "leader/pilot.html", {**context, "leads": leads(viewer, row)})


@require_POST
@page_for(RoleName.LEADER)
def act(request: HttpRequest, viewer: Viewer, pilot: UUID) -> HttpResponse:
    """Start, look, end, mark, decide, or open the next cycle."""
    row = access_pilot(viewer, pilot)
    if not leads(viewer, row):
        raise Http404
    what = request.POST.get("what", "")
    doing = DOINGS.get(what)
    if doing is None:
        raise Http404
    try:
        to, said = doing(request, viewer, row.id)
    except Malformed as problem:
        messages.warning(request, plain(problem.message))
        return redirect("pages:pilot", pilot=row.id)
    if said:
        messages.success(request, said)
    return redirect("pages:pilot-verdict" if what == "decide" else "pages:pilot", pilot=to)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


def _start(request: HttpRequest, viewer: Viewer, pilot: UUID) -> tuple[UUID, str]:
    actions.start(pilot=pilot, by=viewer.person, now=time.time(), reason=_reason(request))
    return pilot, _("Started. Chance has dealt the groups, and the plan is frozen.")


def _drop(request: HttpRequest, viewer: Viewer, pilot: UUID) -> tuple[UUID, str]:
    actions.drop(pilot=pilot, by=viewer.person)
    return pilot, _("Put aside. It stays in the list.")


def _look(request: HttpRequest, viewer: Viewer, pilot: UUID) -> tuple[UUID, str]:
    taken = look(pilot=pilot, by=viewer.person, now=time.time())
    return pilot, _("The verdict is there.") if taken.last else _("The look was taken.")


def _end(request: HttpRequest, viewer: Viewer, pilot: UUID) -> tuple[UUID, str]:
    actions.end(pilot=pilot, by=viewer.person, now=time.time(), reason=_reason(request))
    return pilot, _("Ended. From a few seconds on everybody goes on as before.")


def _change(request: HttpRequest, viewer: Viewer, pilot: UUID) -> tuple[UUID, str]:
    try:
        worth = float(request.POST.get("worth", ""))
    except ValueError:
        raise Http404 from None
    actions.change(pilot=pilot, by=viewer.person, field="worth", value=worth, reason=_reason(request), now=time.time())
    return pilot, _("Written down. Results from now on are called exploratory.")


def _done(request: HttpRequest, viewer: Viewer, pilot: UUID) -> tuple[UUID, str]:
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 3:
        raise Http404
    actions.milestone_done(pilot=pilot, by=viewer.person, number=int(number), now=time.time())
    return pilot, ""


def _decide(request: HttpRequest, viewer: Viewer, pilot: UUID) -> tuple[UUID, str]:
    decide(pilot=pilot, by=viewer.person, what=request.POST.get("step", ""), reason=_reason(request), now=time.time())
    return pilot, _("Written down, with your name.")


def _next(request: HttpRequest, viewer: Viewer, pilot: UUID) -> tuple[UUID, str]:
    made = actions.next_cycle(pilot=pilot, by=viewer.person, now=time.time())
    return made.id, _("The next cycle is a draft. Change what you learnt, then start it.")


DOINGS: dict[str, Callable[[HttpRequest, Viewer, UUID], tuple[UUID, str]]] = {
    "start": _start, "drop": _drop, "look": _look, "end": _end, "change": _change, "done": _done, "decide": _decide,
    "next": _next,
}  # fmt: skip
