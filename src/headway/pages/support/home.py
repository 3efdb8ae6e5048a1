"""The interventionist's home and the page of a group: who comes today, two taps for a session, what slipped."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.support.said import PURPOSE, Member, day_said, dose_said, kind_said, member
from headway.school.intervention.cases import Circle, circle_of, circles_of
from headway.school.intervention.entries import NO_SCHOOL, BadEntry, log_session
from headway.school.intervention.queries import SupportSession, open_group, schools_of
from headway.school.people.access import Viewer, record_access
from headway.school.people.clock import day_of
from headway.school.people.models import RoleName

OLD = 14
"""Days after which a line of the log is folded away."""
STAFF = (RoleName.INTERVENTIONIST, RoleName.LEADER)
"""The school's team: they see every group of their schools, decide about tiers and write plans."""
ADULTS = (*STAFF, RoleName.TEACHER)
"""Who can lead a group: a teacher sees and logs their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A planned or logged day of a group; ``state`` is ``held``, ``missed``, ``closed`` (no school) or
    ``open``; ``away`` are those who
    were not there, ``old`` days are folded away."""

    day: int
    when: str
    state: str
    minutes: int
    present: tuple[str, ...]
    absent: tuple[str, ...]
    away: tuple[UUID, ...]
    why_not: str
    old: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A group with its words. ``ask`` is the day to log first, None when nothing is open."""

    circle: Circle
    kind: str
    dose: str
    next: str
    members: tuple[Member, ...]
    ask: int | None
    ask_when: str
    done_today: str


@require_GET
@never_cache
@page_for(*ADULTS)
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """My groups: those that meet today first, each with its log, the probes that are due and the smallest next step."""
    today = day_of(viewer.person.district_id, time.time())
    own = viewer.has(RoleName.INTERVENTIONIST, RoleName.TEACHER)
    mine = own and (request.GET.get("whose") != "all" or not viewer.has(*STAFF))
    circles = circles_of(today, adult=viewer.person.id) if mine else circles_of(today, schools=schools_of(viewer))
    everybody = {case.learner.id for circle in circles for case in circle.cases}
    record_access(viewer, everybody, purpose=PURPOSE, place="support groups")
    shown = [show(circle) for circle in circles]
    context = {
        "mine": mine,
        "may_choose": own and viewer.has(*STAFF),
        "team": viewer.has(*STAFF),
        "now": [each for each in shown if each.circle.meets_today],
        "later": [each for each in shown if not each.circle.meets_today],
        "probes": sum(bool(m.due) for each in shown for m in each.members),
        "open": sum(len(circle.open_days) for circle in circles),
    }
    return render(request, "support/home.html", context)


@require_GET
@never_cache
@page_for(*ADULTS)
def group(request: HttpRequest, viewer: Viewer, group: UUID) -> HttpResponse:
    """One group: its learners, every planned day with what became of it, and what slipped."""
    found = open_group(viewer, group, purpose=PURPOSE, place="group page")
    circle = circle_of(found, day_of(found.district_id, time.time()))
    return render(request, "support/group.html", {"shown": show(circle), "alone": True, "lines": lines(circle)})


@require_POST
@page_for(*ADULTS)
def log(request: HttpRequest, viewer: Viewer, group: UUID) -> HttpResponse:
    """Write down a session: held with these learners, or not held."""
    found = open_group(viewer, group, purpose=PURPOSE, place="group page")
    held = request.POST.get("do") == "held"
    try:
        day = int(request.POST.get("day", ""))
        minutes = int(request.POST.get("minutes") or found.minutes)
        present = [UUID(key) for key in request.POST.getlist("present")] if "asked" in request.POST else None
    except ValueError as error:
        raise Http404 from error
    try:
        log_session(
            group=found, day=day, held=held, by=viewer.person, now=time.time(), present=present, minutes=minutes,
            why_not=NO_SCHOOL if request.POST.get("do") == "closed" else request.POST.get("why", ""),
        )  # fmt: skip
    except BadEntry as problem:
        messages.warning(request, said(problem.text))
    else:
        words = {"group": found.name, "day": day_said(day, day_of(found.district_id, time.time()))}
        noted = (
            _("%(group)s, %(day)s: held.")
            if held
            else _("%(group)s, %(day)s: not held. That is on record, and no blame.")
        )
        messages.success(request, noted % words)
    back = request.POST.get("next", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("pages:support-group", group=found.id)


def show(circle: Circle) -> Shown:
    """Put a group into words."""
    logged = circle.log.get(circle.today)
    ask = circle.today if circle.meets_today and logged is None else next(iter(circle.open_days), None)
    done = ""
    if logged is not None:
        done = _("Held today") if logged.held else _("Not held today")
    return Shown(
        circle=circle,
        kind=kind_said(circle.group.kind),
        dose=dose_said(circle),
        next=day_said(circle.next_day, circle.today),
        members=tuple(member(case, circle.today) for case in circle.cases),
        ask=ask,
        ask_when=day_said(ask, circle.today) if ask is not None else "",
        done_today=done,
    )


def lines(circle: Circle) -> list[Line]:
    """Every day that was planned or logged, newest first."""
    everybody = (*circle.cases, *circle.past)
    names = {str(case.learner.id): case.learner.given_name for case in everybody}
    out = []
    for day in sorted({*circle.planned, *circle.log}, reverse=True):
        row = circle.log.get(day)
        present = frozenset(row.present) if row else frozenset()
        then = [c for c in everybody if c.plan.start_day <= day and (c.plan.ended is None or day <= c.plan.ended)]
        away = [c.learner for c in then if str(c.learner.id) not in present] if row and row.held else []
        out.append(
            Line(
                day=day,
                when=day_said(day, circle.today),
                state=_state(row),
                minutes=row.minutes if row else 0,
                present=tuple(names[key] for key in sorted(present) if key in names),
                absent=tuple(learner.given_name for learner in away),
                away=tuple(learner.id for learner in away),
                why_not=row.why_not if row else "",
                old=circle.today - day > OLD,
            )
        )
    return out


def _state(row: SupportSession | None) -> str:
    if row is None:
        return "open"
    if row.held:
        return "held"
    return "closed" if row.why_not == NO_SCHOOL else "missed"
