"""The links and videos of a class: what is on its list, for whom, who opened it and who did it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from headway.pages.dates import when
from headway.pages.guard import page_for
from headway.pages.outside import Card, card_of
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.pages.teacher.skills import titles_of
from headway.school.path.outside.actions import NotThere, give, take_off
from headway.school.path.outside.queries import OnList, activities_for, for_section
from headway.school.people.access import Viewer, access_section
from headway.school.people.clock import time_zone_of
from headway.school.people.models import Person
from headway.standards.content.links import write_links

PURPOSE, PLACE = "teaching", "links and videos"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: whose it is ("" for the whole class), and what became of it: name, moment and minutes each."""

    given: UUID
    card: Card
    whose: str
    by: str
    why: str
    done: list[tuple[str, str, int]]
    opened: list[tuple[str, str, int]]
    waiting: list[str]


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def section_links(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The list; a POST puts something on it for the class or some learners, or takes something off."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    if request.method == "POST":
        try:
            messages.success(request, _do(request, viewer, section))
        except NotThere as refusal:
            messages.warning(request, said(refusal.message))
        return redirect("pages:section-links", section=section)
    titles, words = titles_of(viewer), request.GET.get("q", "")[:200].replace("\x00", "")
    context = {
        "section": found,
        "learners": learners,
        "lines": [_line(each, learners) for each in for_section(viewer, found, learners)],
        "choices": [
            (each, card_of(each.what), [titles.get(skill, skill) for skill in each.what.skills])
            for each in activities_for(viewer, words=words)
        ],
        "chosen": request.GET.get("give", ""),
        "words": words,
    }
    return render(request, "teacher/section_links.html", context)


@require_GET
@never_cache
@page_for(*STAFF)
def section_csv(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The list of the class as a table that comes in again elsewhere. Nothing of any learner is in it."""
    found, learners = access_section(viewer, section, purpose=PURPOSE, place=PLACE)
    rows = [each.activity.what for each in for_section(viewer, found, learners) if each.learner is None]
    response = HttpResponse("\ufeff" + write_links(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(found.title) or "class"}-links.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _do(request: HttpRequest, viewer: Viewer, section: UUID) -> str:
    sent, now = request.POST, time.time()
    try:
        if sent.get("off"):
            take_off(by=viewer, given=UUID(sent["off"]), now=now)
            return _("Taken off the list. What was done with it stays.")
        chosen = [UUID(key) for key in dict.fromkeys(sent.getlist("learner"))] if sent.get("whom") == "some" else None
        activity = UUID(sent.get("activity", ""))
    except ValueError as error:
        raise Http404 from error
    if chosen is not None and not chosen:
        return _("Nobody was ticked, so nothing was put on a list.")
    count = give(by=viewer, activity=activity, section=section, learners=chosen, why=sent.get("why", ""), now=now)
    if not count:
        return _("It is on that list already.")
    if chosen is None:
        return _("It is on the list of the class now.")
    return ngettext("{n} learner has it on their list now.", "{n} learners have it on their list now.", count).format(
        n=count
    )


def _line(each: OnList, learners: Sequence[Person]) -> Line:
    people = [person for person in learners if each.learner is None or person.id == each.learner.id]
    now = time.time()

    def those(moments: dict[UUID, float], without: dict[UUID, float]) -> list[tuple[str, str, int]]:
        return [
            (person.name, when(moments[person.id], now, time_zone_of(person.district_id)), each.minutes[person.id])
            for person in people
            if person.id in moments and person.id not in without
        ]

    waiting = [person.name for person in people if person.id not in each.opened and person.id not in each.done]
    return Line(
        each.given, card_of(each.activity.what), each.learner.name if each.learner else "", each.by, each.why,
        those(each.done, {}), those(each.opened, each.done), waiting,
    )  # fmt: skip
