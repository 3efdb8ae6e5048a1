"""Work away from the screen of a class: an adult who saw it writes it down, and confirms what learners wrote."""

from __future__ import annotations

import time
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.away import Away
from headway.pages.away import ShownAway, choices, entry_in, shown_away
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.mastery.away import NotKept, away_seen_by, away_waiting, decide_away, record_away
from headway.school.people.access import Viewer, access_section
from headway.school.people.clock import day_of
from headway.school.people.models import Person

PLACE = "work away from the screen"
LATELY = 12 * 3600.0
"""Seconds back to which an adult's own lines are listed, to take one back."""


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def section_away(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The page; a POST writes a line for some learners, or decides about a learner's own."""
    found, learners = access_section(viewer, section, purpose="teaching", place=PLACE)
    problem = ""
    try:
        if request.method == "POST":
            try:
                messages.success(request, _do(request, viewer, learners))
            except NotKept as refusal:
                problem = said(refusal.text)
            else:
                return redirect("pages:section-away", section=section)
        district, names = viewer.person.district_id, {each.id: each for each in learners}
        curriculum, today = curriculum_of(district), day_of(district, time.time())
        waiting = _named(away_waiting(names), names, curriculum, today)
        written = _named(away_seen_by(viewer.person.id, names, since=time.time() - LATELY), names, curriculum, today)
        context = {
            "section": found,
            "learners": learners,
            "chosen": request.POST.getlist("learner"),
            "waiting": waiting,
            "written": written,
            "problem": problem,
            "key": uuid4(),
            **choices(curriculum, [], today),
        }
    except NoCurriculum:
        context = {"section": found, "none": True}
    return render(request, "teacher/away.html", context, status=422 if problem else 200)


def _named(
    lines: Sequence[tuple[UUID, Away]], names: dict[UUID, Person], curriculum: Curriculum, today: int
) -> list[tuple[Person, ShownAway]]:
    shown = shown_away([line for _key, line in lines], curriculum, today)
    return [(names[key], each) for (key, _line), each in zip(lines, shown, strict=True)]


def _do(request: HttpRequest, viewer: Viewer, learners: list[Person]) -> str:
    known, now = {str(each.id): each for each in learners}, time.time()
    what, _colon, rest = request.POST.get("do", "").partition(":")
    if what in ("confirmed", "refused", "back"):
        whose, _colon, line = rest.partition(":")
        learner = known.get(whose)
        if learner is None:
            raise Http404
        try:
            decide_away(learner=learner, line=UUID(line), says=what, by=viewer.person, now=now)
        except ValueError as error:
            if isinstance(error, NotKept):
                raise
            raise Http404 from error
        if what == "back":
            return _("Taken back.")
        return _("It counts now.") if what == "confirmed" else _("It does not count. The learner sees that.")
    entry = entry_in(request)
    chosen = [known[key] for key in dict.fromkeys(request.POST.getlist("learner")) if key in known]
    count = record_away(
        learners=chosen, skill=entry.skill, form=entry.form, minutes=entry.minutes, result=entry.result, day=entry.day,
        words=entry.words, by=viewer.person, role="teacher", key=entry.key, now=now,
    )  # fmt: skip
    return ngettext("Written down for {n} learner.", "Written down for {n} learners.", count).format(n=count)
