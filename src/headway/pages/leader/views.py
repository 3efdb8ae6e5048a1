"""Schools and their classes, with counts that say what they count."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from headway.pages.guard import page_for
from headway.school.environment.sections import Room, rooms_of
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school with its classes."""

    name: str
    rooms: tuple[Room, ...]


@require_GET
@page_for(RoleName.LEADER, RoleName.INTERVENTIONIST)
def schools(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The schools that somebody leads or works in, and every class of them."""
    by_school: dict[str, list[Room]] = {}
    for room in rooms_of(viewer, time.time()):
        by_school.setdefault(room.section.school.name, []).append(room)
    rows = [SchoolRow(name, tuple(rooms)) for name, rooms in sorted(by_school.items())]
    return render(request, "leader/schools.html", {"schools": rows})
