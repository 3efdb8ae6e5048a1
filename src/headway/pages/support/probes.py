"""A probe from the form to the score: a sheet to print, a page to mark it on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import Problem
from headway.core.intervention.probes import BLUEPRINTS, digits_correct
from headway.pages.documents import pdf_response
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.support.home import ADULTS
from headway.pages.support.papers import probe_sheet
from headway.pages.support.said import PURPOSE
from headway.school.curriculum.queries import problem_of
from headway.school.intervention.entries import BadEntry, new_form, score_probe
from headway.school.intervention.queries import ProbeForm, open_form, open_plan
from headway.school.people.access import Viewer


@dataclass(frozen=True, slots=True)
class Marked:
    """Numbers of the problems that are right (from 0), how far the learner got, and digits right where they were typed."""

    right: tuple[int, ...]
    tried: int
    digits: int | None


def mark(problems: Sequence[Problem], answers: Sequence[str]) -> Marked:
    """Mark typed answers, one a problem in order; an empty one was not tried."""
    given = [answer.strip()[:200] for answer in answers[: len(problems)]]
    specs = [problem.steps[0].answer for problem in problems]
    pairs = list(zip(specs, given, strict=False))
    return Marked(
        right=tuple(n for n, (spec, answer) in enumerate(pairs) if answer and check(spec, answer).correct),
        tried=max((n + 1 for n, answer in enumerate(given) if answer), default=0),
        digits=sum(digits_correct(spec, answer) for spec, answer in pairs),
    )


@require_POST
@page_for(*ADULTS)
def new(request: HttpRequest, viewer: Viewer, plan: UUID) -> HttpResponse:
    """Make the next form for a learner and open it."""
    found = open_plan(viewer, plan, purpose=PURPOSE, place="probe page")
    form = new_form(plan=found, by=viewer.person, now=time.time())
    return redirect("pages:support-probe", form=form.id)


@require_GET
@never_cache
@page_for(*ADULTS)
def form(request: HttpRequest, viewer: Viewer, form: UUID) -> HttpResponse:
    """The form with its key, to mark what was right."""
    found = open_form(viewer, form, purpose=PURPOSE, place="probe page")
    return render(request, "support/probe.html", {**_context(found), "typed": request.GET.get("how") == "typed"})


@require_POST
@page_for(*ADULTS)
def score(request: HttpRequest, viewer: Viewer, form: UUID) -> HttpResponse:
    """Keep the score."""
    found = open_form(viewer, form, purpose=PURPOSE, place="probe page")
    try:
        if "answer" in request.POST:
            marked = mark(_problems(found), request.POST.getlist("answer"))
        else:
            right = tuple(int(number) for number in request.POST.getlist("right"))
            marked = Marked(right, int(request.POST.get("tried") or 0), None)
    except ValueError as error:
        raise Http404 from error
    try:
        row = score_probe(
            form=found, right=marked.right, tried=marked.tried, digits=marked.digits, by=viewer.person, now=time.time()
        )
    except BadEntry as problem:
        messages.warning(request, said(problem.text))
        return redirect("pages:support-probe", form=found.id)
    words = ngettext("%(name)s: %(n)d problem right.", "%(name)s: %(n)d problems right.", row.right)
    messages.success(request, words % {"name": found.plan.learner.given_name, "n": row.right})
    return redirect("pages:support-plan", plan=found.plan_id)


@require_GET
@page_for(*ADULTS)
def sheet(request: HttpRequest, viewer: Viewer, form: UUID) -> HttpResponse:
    """The form on paper, without the key."""
    found = open_form(viewer, form, purpose=PURPOSE, place="probe page")
    document = probe_sheet(found, _problems(found))
    return pdf_response(document, at=time.time(), name=_("probe"))


def _problems(form: ProbeForm) -> list[Problem]:
    return [problem_of(form.district_id, activity) for activity in form.activities]


def _context(form: ProbeForm) -> dict[str, object]:
    problems = _problems(form)
    return {
        "form": form,
        "learner": form.plan.learner,
        "probe": BLUEPRINTS[form.measure],
        "problems": problems,
        "numbers": range(len(problems) + 1),
    }
