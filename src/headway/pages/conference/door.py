"""Who may open a conference's pages: adults of the school with a part in the learner's education."""

from __future__ import annotations

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from headway.pages.guard import page_for
from headway.pages.person.door import Page, Seen, View, open_person
from headway.pages.teacher.classes import STAFF
from headway.school.people.access import Viewer

PLACE = "conference"


def seen_by_staff(viewer: Viewer, learner: UUID) -> Seen:
    """Open a learner's record as an adult of the school; raises Http404 for everybody else, own family too."""
    seen = open_person(viewer, learner, place=PLACE)
    if seen.role != "school":
        raise Http404
    return seen


def for_staff(page: Page[...]) -> View:
    """Open the page of a learner (``learner`` of the address) to the adults of the school who work with them."""

    @wraps(page)
    @never_cache
    @page_for(*STAFF)
    def view(request: HttpRequest, viewer: Viewer, /, learner: UUID, **more: Any) -> HttpResponse:
        return page(request, seen_by_staff(viewer, learner), **more)

    return view
