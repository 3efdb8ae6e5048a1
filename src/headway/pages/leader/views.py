"""Schools and their classes, with counts that say what they count."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from headway.pages.guard import page_for
from headway.pages.person.steer import MINUTES
from headway.school.environment.sections import Room, rooms_of
from headway.school.path.actions import BadWish
from headway.school.path.steering import common_limit, set_screen_minutes_for_all
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school with its classes."""

    id: UUID
    name: str
    rooms: tuple[Room, ...]


@require_GET
@page_for(RoleName.LEADER, RoleName.INTERVENTIONIST)
def schools(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The schools that somebody leads or works in, and every class of them."""
    by_school: dict[tuple[str, UUID], list[Room]] = {}
    for room in rooms_of(viewer, time.time()):
        by_school.setdefault((room.section.school.name, room.section.school_id), []).append(room)
    rows = [SchoolRow(key, name, tuple(rooms)) for (name, key), rooms in sorted(by_school.items())]
    context = {"schools": rows, "minutes": MINUTES, "limit": common_limit(), "leads": viewer.has(RoleName.LEADER)}
    return render(request, "leader/schools.html", context)


@require_POST
@page_for(RoleName.LEADER)
def screen_time(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Set or lift the district's limit of minutes at the screen."""
    sent = request.POST.get("minutes", "")
    minutes = int(sent) if sent in map(str, (0, *MINUTES)) else -1
    try:
        set_screen_minutes_for_all(
            district=viewer.person.district_id, by=viewer.person, minutes=minutes, now=time.time()
        )
    except BadWish:
        messages.warning(request, _("Choose a number of minutes from the list."))
    else:
        messages.success(request, _("Noted. It holds for everybody in the district from their next problem on."))
    return redirect("pages:lead")
