"""Teaching back: the child teaches a skill at home, a grown-up solves one problem of it and says how it was explained."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.core.curriculum.problems import Problem
from headway.core.path.week import title_of
from headway.core.text import T
from headway.pages.family.door import open_child
from headway.pages.guard import page_for
from headway.pages.learner.answers import key_of
from headway.pages.learner.sheet import options_of, solution_of
from headway.pages.person.taught import taught_shown
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of, problem_of
from headway.school.path.families.teaching import (
    NotTaught,
    question_for,
    settle,
    taught_of,
    teach_back,
    to_teach,
)
from headway.school.people.access import Viewer
from headway.school.people.models import Person, RoleName

EXPLAINED = (
    ("alone", T("I could follow it well.")),
    ("helped", T("I could follow it after some questions.")),
    ("not-yet", T("I could not follow it yet.")),
)


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(RoleName.FAMILY)
def teach(request: HttpRequest, viewer: Viewer, learner: UUID) -> HttpResponse:
    """What the child can teach, the problem, and what was taught before; a POST writes it down."""
    child, now = open_child(viewer, learner), time.time()
    settle(learner=child, now=now)
    try:
        curriculum = curriculum_of(child.district_id)
    except NoCurriculum:
        return render(request, "family/teach.html", {"learner": child, "none": True})
    refused = ""
    if request.method == "POST":
        try:
            return _write(request, viewer, child, now)
        except NotTaught as refusal:
            refused = said(refusal.text)
            if not refusal.retry:
                messages.warning(request, refused)
                return redirect("pages:family-teach", child.id)
    skills = to_teach(child, now)
    asked = request.POST.get("skill") or request.GET.get("skill", "")
    chosen = asked if asked in skills else (skills[0] if skills else "")
    problem = question_for(child, chosen, curriculum) if chosen else None
    context = {
        "learner": child,
        "skills": [(skill, title_of(skill, curriculum), skill == chosen) for skill in skills],
        "chosen": chosen,
        "title": title_of(chosen, curriculum) if chosen else "",
        **_question(problem),
        "explained": EXPLAINED,
        "refused": refused,
        "given": request.POST,
        "taught": taught_shown(child, curriculum, now),
    }
    return render(request, "family/teach.html", context)


def _question(problem: Problem | None) -> dict[str, object]:
    if problem is None:
        return {"problem": None}
    step = problem.steps[0]
    return {"problem": problem, "step": step, "options": options_of(step.answer, problem.id)}


def _write(request: HttpRequest, viewer: Viewer, child: Person, now: float) -> HttpResponse:
    made, verdict = teach_back(
        learner=child,
        by=viewer.person,
        skill=request.POST.get("skill", ""),
        activity=request.POST.get("activity", ""),
        answer=request.POST.get("answer", ""),
        explained=request.POST.get("explained", ""),
        words=request.POST.get("words", ""),
        now=now,
    )
    name = child.given_name
    if verdict.correct:
        words = _("That is right. {name} taught you well, and it is written down. Say thank you!").format(name=name)
        messages.success(request, words)
    else:
        words = _("That is not right, and that is fine. Here is the way. Ask {name} to show it to you once more.")
        messages.info(request, words.format(name=name))
    return redirect(f"{reverse('pages:family-taught', args=[child.id, made.id])}")


@require_http_methods(["GET"])
@never_cache
@page_for(RoleName.FAMILY)
def taught(request: HttpRequest, viewer: Viewer, learner: UUID, number: int) -> HttpResponse:
    """After it: the worked way to the problem, and what happens next."""
    child, now = open_child(viewer, learner), time.time()
    found = next((each for each in taught_of(child.id) if each.number == number), None)
    if found is None:
        return redirect("pages:family-teach", child.id)
    problem = problem_of(child.district_id, found.activity)
    step = problem.steps[0]
    context = {
        "learner": child,
        **_question(problem),
        "key": key_of(step.answer),
        "solution": solution_of(step),
        "taught": taught_shown(child, curriculum_of(child.district_id), now),
    }
    return render(request, "family/taught.html", context)
