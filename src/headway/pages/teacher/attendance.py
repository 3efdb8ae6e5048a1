"""The morning of a class: who is there, with two taps, and the plan of the day repaired for those who are."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.pages.dates import date_said, when
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.render import plain
from headway.pages.teacher.classes import STAFF
from headway.school.environment.days.actions import begin_beside
from headway.school.environment.days.attendance import attendance_of, everyone_here, mark
from headway.school.environment.days.queries import adult_of, names_away, rooms_closed, standing_of
from headway.school.environment.queries import names_of
from headway.school.people.access import Viewer, access_section
from headway.school.people.clock import date_of, day_of, time_zone_of
from headway.school.people.refusal import Malformed

PURPOSE, PLACE = "attendance", "attendance"


@require_GET
@never_cache
@page_for(*STAFF)
def attendance(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """Today: everybody with one tap each, and what the plan makes of those who are away."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    now, day = time.time(), day_of(found.district_id, time.time())
    said, names, stands = attendance_of(found.id, day), names_of(learners), standing_of(found.id, day, now)
    here = time_zone_of(found.district_id)
    rows = [
        (person.id, names[str(person.id)], said.get(person.id), when(said[person.id].at, now, here) if person.id in said else "")
        for person in learners
    ]  # fmt: skip
    away = {person.id for person in learners if person.id in said and said[person.id].state == "away"}
    planned = stands.planned
    seated = {p.learner for g in planned.groups for p in g.places if g.modality} if planned is not None else set()
    adults = [name for crew in stands.model.crews for name in crew.names] if stands.model is not None else []
    context = {
        "section": found, "date": date_said(date_of(day)), "iso": date_of(day).isoformat(), "rows": rows,
        "unsaid": sum(person.id not in said for person in learners), "away": len(away),
        "misplaced": len(away & seated), "planned": planned, "running": stands.running, "adults": adults,
        "me": adult_of(adults, viewer.person), "missing": names_away(planned.row) if planned else [],
        "rooms": [space.name for space in stands.model.spaces] if stands.model is not None else [],
        "closed": rooms_closed(planned.row) if planned is not None else [],
    }  # fmt: skip
    return render(request, "teacher/attendance.html", context)


@require_POST
@page_for(*STAFF)
def act(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """``what``: everyone, ``mark=<state>:<learner>``, or repair with who is away and what is closed."""
    found, _learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    now, day = time.time(), day_of(found.district_id, time.time())
    try:
        if request.POST.get("mark"):
            state, _colon, who = request.POST["mark"].partition(":")
            mark(section=found, by=viewer.person, day=day, learner=uuid_or_404(who), state=state, now=now)
        elif request.POST.get("what") == "everyone":
            count = everyone_here(section=found, by=viewer.person, day=day, now=now)
            if count:
                messages.success(request, _here_said(count))
        elif request.POST.get("what") == "repair":
            away, closed = request.POST.getlist("away"), request.POST.getlist("closed")
            begin_beside(section=found, by=viewer.person, day=day, now=now, away=away, closed=closed)
            return redirect(f"{reverse('pages:day', args=[found.id])}?date={date_of(day).isoformat()}")
        else:
            raise Http404
    except Malformed as problem:
        messages.warning(request, plain(problem.message))
    return redirect("pages:attendance", section=found.id)


def _here_said(count: int) -> str:
    said = ngettext(
        "%(n)d learner is written down as here. Tap whoever is not.",
        "%(n)d learners are written down as here. Tap whoever is not.",
        count,
    )
    return said % {"n": count}
