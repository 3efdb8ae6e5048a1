"""A learner's screening: one question after the other, no word about right or wrong, and a pause at any time."""

from __future__ import annotations

import math

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from headway.pages.learner.feedback import Feedback
from headway.pages.learner.gate import clock, for_learners
from headway.pages.learner.sheet import Asked, sheet_of
from headway.pages.render import plain
from headway.pages.render import render as said_html
from headway.school.curriculum.queries import NoCurriculum
from headway.school.loop.screening import NotOpen, go_on, progress_of, take_answer
from headway.school.measurement.actions import pause
from headway.school.measurement.banks import screening_problem
from headway.school.measurement.screenings import Open, cut_off, just_finished, open_sitting
from headway.school.people.models import Person

LATELY = 60 * 60.0
"""Seconds for which the page says that a screening has just been finished."""
LONG = 30 * 86_400.0
"""Seconds for which the page says that a screening was closed before it was finished."""


@require_GET
@for_learners
def screening(request: HttpRequest, learner: Person) -> HttpResponse:
    """The open question; before it and in a pause what this is about; after it, that it is done."""
    found = open_sitting(learner.id)
    if found is None:
        done = just_finished(learner.id, clock() - LATELY)
        cut = not done and cut_off(learner.id, clock() - LONG)
        return render(request, "learner/screening_none.html", {"done": done, "cut": cut})
    if found.status != "working":
        return render(request, "learner/screening_begin.html", {"sitting": found})
    return _question(request, learner, found, Asked())


@require_POST
@for_learners
def go(request: HttpRequest, learner: Person) -> HttpResponse:
    """Begin, or go on after a pause."""
    found = open_sitting(learner.id)
    if found is not None:
        try:
            go_on(learner=learner, sitting=found.id, now=clock())
        except (NotOpen, NoCurriculum):
            messages.warning(request, _("The screening is not open now. Ask your teacher."))
    return redirect("pages:screening")


@require_POST
@for_learners
def give(request: HttpRequest, learner: Person) -> HttpResponse:
    """Take an answer and go on with the next question. An empty or unreadable one is asked for again."""
    found, place = open_sitting(learner.id), request.POST.get("place", "")
    if found is None or not found.begun or not (place.isascii() and place.isdecimal() and len(place) < 4):
        return redirect("pages:screening")
    text = ",".join(request.POST.getlist("answer"))[:2000].replace("\x00", "")
    skipped = request.POST.get("skip") == "1"
    try:
        taken = take_answer(
            learner=learner, sitting=found.id, place=int(place), text=text, now=clock(), skipped=skipped
        )
    except NotOpen:
        messages.warning(request, _("The screening is not open now. What you have answered is kept."))
        return redirect("pages:screening")
    if str(taken.look_again):
        title = _("Please write it another way")
        again = Feedback("look", title, said_html(taken.look_again), f"{title}. {plain(taken.look_again)}")
        return _question(request, learner, found, Asked(value=text, feedback=again))
    return redirect("pages:screening")


@require_POST
@for_learners
def rest(request: HttpRequest, learner: Person) -> HttpResponse:
    """Take a break: the clock stops and everything is kept."""
    found = open_sitting(learner.id)
    if found is not None:
        pause(sitting=found.id, now=clock())
    return redirect("pages:screening")


def _question(request: HttpRequest, learner: Person, found: Open, asked: Asked) -> HttpResponse:
    problem, far = screening_problem(learner.district_id, found.activity), progress_of(sitting=found.id)
    context = {
        "sheet": sheet_of(problem, 0, [], topic="", now=clock(), asked=asked),
        "sitting": found,
        "number": found.given + 1,
        "percent": round(100 * far.share),
        "minutes": max(math.ceil(far.seconds_left / 60), 1) if far.seconds_left is not None else None,
        "size": round(100 * found.text_size) if found.text_size > 1.0 else 0,
    }
    return render(request, "learner/screening.html", context)
