"""A learner's problems as they were worked, line by line, and the reasons of one diagnosis."""

from __future__ import annotations

import time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from headway.core.coaching.malrules.rule import misconception_named
from headway.core.text import NOTHING
from headway.pages.guard import page_for
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.held import held_of
from headway.pages.teacher.learner import open_learner
from headway.pages.teacher.replayed import shown_why, shown_worked
from headway.school.coaching.judging import patience
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.workings import why_of_answer, why_of_line, workings_of, workings_with
from headway.school.people.access import Viewer
from headway.school.people.clock import time_zone_of

PLACE = "working"


@require_GET
@never_cache
@page_for(*STAFF)
def working(request: HttpRequest, viewer: Viewer, section: UUID, learner: UUID) -> HttpResponse:
    """The problems, newest first, a page at a time; ``?of=`` shows those with one misconception."""
    found, person = open_learner(viewer, section, learner, place=PLACE)
    of, before = request.GET.get("of", ""), request.GET.get("before", "")
    known = misconception_named(of)
    if known is not None:
        worked, earlier = workings_with(person.id, of), 0
    else:
        worked, earlier = workings_of(person.id, before=int(before[:18]) if before.isdecimal() else 0)
    now, zone = time.time(), time_zone_of(person.district_id)
    curriculum = curriculum_of(person.district_id) if any(each.activity for each in worked) else None
    with patience():
        problems = [shown_worked(each, person.district_id, curriculum, now, zone) for each in worked]
    context = {
        "section": found,
        "learner": person,
        "problems": problems,
        "held": held_of(person) if known is None and not before else None,
        "earlier": earlier,
        "first_page": not before,
        "of": known.name if known is not None else NOTHING,
    }
    return render(request, "teacher/working.html", context)


@require_GET
@never_cache
@page_for(*STAFF)
def why(request: HttpRequest, viewer: Viewer, section: UUID, learner: UUID, kind: str, number: int) -> HttpResponse:
    """What one answer (``kind`` ``answer``) or line (``line``) speaks for."""
    found, person = open_learner(viewer, section, learner, place=PLACE)
    if kind not in ("answer", "line") or number >= 2**63:
        raise Http404
    reasons = (why_of_answer if kind == "answer" else why_of_line)(person.district_id, person.id, number)
    if reasons is None:
        raise Http404
    shown = shown_why(reasons, person.district_id, time.time(), time_zone_of(person.district_id))
    return render(request, "teacher/why.html", {"section": found, "learner": person, "why": shown})
