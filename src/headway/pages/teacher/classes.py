"""The classes of a teacher."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from headway.pages.guard import page_for
from headway.school.environment.sections import rooms_of
from headway.school.people.access import Viewer
from headway.school.people.models import RoleName

STAFF = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER)


@require_GET
@page_for(*STAFF)
def classes(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The sections that somebody teaches, with how many are practising right now; a single one opens its board."""
    rooms = rooms_of(viewer, time.time(), taught_only=True)
    if len(rooms) == 1:
        return redirect("pages:board", section=rooms[0].section.id)
    return render(request, "teacher/classes.html", {"rooms": rooms})
