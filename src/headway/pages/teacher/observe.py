"""What a teacher sees, in two taps on a phone: a name, then a chip. And the district's list of chips."""

from __future__ import annotations

import time
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.core.measurement.rubrics import key_of
from headway.core.profile.observing import LONGEST_CHIP, MOST_CHIPS, Chip, Chips
from headway.core.profile.person import QUESTIONS
from headway.pages.dates import when
from headway.pages.guard import page_for, uuid_or_404
from headway.pages.milestones import said_once
from headway.pages.render import said
from headway.pages.teacher.classes import STAFF
from headway.school.people.access import Viewer, access_section
from headway.school.people.clock import time_zone_of
from headway.school.people.models import Person, RoleName
from headway.school.profile.actions import NotKept
from headway.school.profile.observing import chips_of, observations_of_all, observe, set_chips, unsee

PLACE = "observing"
LATELY = 12 * 3600.0
"""Seconds back to which the page lists what was tapped."""


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def observing(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The class, the chips, and what was tapped today; a POST writes down or takes back."""
    found, learners = access_section(viewer, section, purpose="teaching", place=PLACE)
    now, last = time.time(), ""
    if request.method == "POST":
        try:
            last = _do(request, viewer, {str(each.id): each for each in learners}, now)
        except NotKept as refusal:
            messages.warning(request, said(refusal.text))
        return redirect(f"{reverse('pages:observe', args=[section])}{f'?last={last}' if last else ''}")
    lately = observations_of_all([each.id for each in learners], since=now - LATELY)
    names, zone = {each.id: each.short_name for each in learners}, time_zone_of(viewer.person.district_id)
    mine = [
        (each, names[each.learner], said_once(each.said), when(each.at, now, zone))
        for each in lately
        if each.by_id == viewer.person.id
    ]
    context = {
        "section": found,
        "learners": learners,
        "chips": [(each.key, said_once(each.said)) for each in chips_of().chips],
        "mine": mine,
        "last": next((line for line in mine if line[0].id == request.GET.get("last", "")), None),
        "key": uuid4(),
        "leads": viewer.has(RoleName.LEADER),
    }
    return render(request, "teacher/observe.html", context)


def _do(request: HttpRequest, viewer: Viewer, learners: dict[str, Person], now: float) -> str:
    """Write down what was seen and return its identifier; or take it back and return nothing."""
    back = request.POST.get("back", "")
    key = uuid_or_404(back or request.POST.get("key", ""))
    if back:
        unsee(observation=key, by=viewer.person, now=now)
        messages.success(request, _("Taken back."))
        return ""
    learner = learners.get(request.POST.get("learner", ""))
    if learner is None:
        messages.warning(request, _("Tap a name first, then what you saw."))
        return ""
    row = observe(
        learner=learner,
        by=viewer.person,
        chip=request.POST.get("chip", ""),
        key=key,
        now=now,
        words=request.POST.get("words", ""),
    )
    return str(row.id)


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(RoleName.LEADER)
def chips(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The district's list of chips, and who reads what was tapped."""
    here, problem = chips_of(), ""
    if request.method == "POST":
        here = _read(request)
        try:
            set_chips(chips=here, by=viewer.person, now=time.time())
        except NotKept as refusal:
            problem = said(refusal.text)
        else:
            messages.success(
                request, _("Kept. Teachers see the new list at once; what was seen before keeps its words.")
            )
            return redirect("pages:chips")
    rows = [
        (each.key, said_once(each.said), each.about, "" if each.about in QUESTIONS else each.about)
        for each in here.chips
    ]
    rows += [("", "", "", "")] * (MOST_CHIPS - len(rows))
    context = {
        "chips": here,
        "rows": rows,
        "questions": [(key, text) for key, text in QUESTIONS.items()],
        "longest": LONGEST_CHIP,
        "problem": problem,
    }
    return render(request, "teacher/chips.html", context, status=422 if problem else 200)


def _read(request: HttpRequest) -> Chips:
    rows = []
    for n in range(MOST_CHIPS):
        words = " ".join(request.POST.get(f"said-{n}", "").split())
        if words:
            key = key_of(request.POST.get(f"key-{n}", "")) or key_of(words)
            skill = request.POST.get(f"skill-{n}", "").strip()
            rows.append(Chip(key, words, skill or request.POST.get(f"about-{n}", "")))
    return Chips(tuple(rows), "shared" in request.POST, "answered" in request.POST)
