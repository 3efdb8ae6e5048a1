"""A learner's talks as the learner, the family and the school read them: what was agreed, and what to bring to the next one."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from headway.pages.conference.packet import TALKS
from headway.pages.context import viewer_in
from headway.pages.dates import day
from headway.pages.learner.gate import for_learners
from headway.pages.person.door import Seen, for_person, open_person
from headway.pages.render import said
from headway.school.path.conferences.actions import NotAgreed, prepare
from headway.school.path.conferences.queries import last_held, sides_of, talks_of
from headway.school.people.clock import time_zone_of
from headway.school.people.models import Person


@require_GET
@for_learners
def mine(request: HttpRequest, learner: Person) -> HttpResponse:
    """The learner's own."""
    viewer = viewer_in(request)
    assert viewer is not None
    return _page(request, open_person(viewer, learner.id))


@require_http_methods(["GET", "POST"])
@for_person
def talks(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The page; a POST writes down what the learner, or the family, brings to the next talk."""
    if request.method == "POST":
        given = {key: request.POST.get(key, "") for key in ("well", "hard", "want")}
        try:
            prepare(learner=seen.learner, by=seen.viewer.person, role=seen.role, now=time.time(), **given)
        except NotAgreed as refusal:
            messages.warning(request, said(refusal.text))
        else:
            messages.success(request, _("Written down. You will talk about it together."))
        return redirect("pages:talks", seen.learner.id)
    return _page(request, seen)


def _page(request: HttpRequest, seen: Seen) -> HttpResponse:
    now, zone = time.time(), time_zone_of(seen.learner.district_id)
    found = [talk for talk in talks_of(seen.learner.id, private=False, most=TALKS) if talk.ended_at]
    sides = sides_of(seen.learner.id, last_held(found))
    own = next((side for side in sides if side.role == seen.role), None)
    context = {
        "seen": seen,
        "learner": seen.learner,
        "talks": [(talk, day(talk.at, now, zone)) for talk in found],
        "own": own,
        "written": day(own.at, now, zone) if own else "",
    }
    return render(request, "conference/talks.html", context)
