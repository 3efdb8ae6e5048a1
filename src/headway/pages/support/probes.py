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
from headway.pages.dates import day
from headway.pages.documents import pdf_response
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.support.home import ADULTS
from headway.pages.support.papers import probe_sheet
from headway.pages.support.said import PURPOSE
from headway.school.curriculum.queries import problem_of
from headway.school.intervention.entries import BadEntry, new_form, score_probe, take_back
from headway.school.intervention.queries import ProbeForm, forms_of, open_form, open_plan, score_of
from headway.school.people.access import Viewer
from headway.school.people.clock import day_of, time_zone_of

NOT_SAID = -1
"""How far a learner came, while nobody has said so."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A page as it was filled in: problems marked right, how far ("" if not said), answers where they were typed."""

    right: Sequence[int] = ()
    tried: str = ""
    answers: Sequence[str] = ()


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
    """Make the next form for a learner and open it. One of today that nobody has scored is opened again: a second tap, or
    coming back to the page, uses up no form."""
    found, now = open_plan(viewer, plan, purpose=PURPOSE, place="probe page"), time.time()
    today = day_of(found.district_id, now)
    made = (each.form for each in forms_of(found.id) if not each.lines)
    waiting = next((form for form in made if day_of(found.district_id, form.at) == today), None)
    form = waiting or new_form(plan=found, by=viewer.person, now=now)
    return redirect("pages:support-probe", form=form.id)


@require_GET
@never_cache
@page_for(*ADULTS)
def form(request: HttpRequest, viewer: Viewer, form: UUID) -> HttpResponse:
    """The form with its key, to mark what was right; with a score, to correct it or to take it back."""
    found = open_form(viewer, form, purpose=PURPOSE, place="probe page")
    stands = score_of(found).stands
    sent = Sent(stands.marks, str(stands.tried)) if stands else Sent()
    return _page(request, found, sent, typed=request.GET.get("how") == "typed")


@require_POST
@page_for(*ADULTS)
def score(request: HttpRequest, viewer: Viewer, form: UUID) -> HttpResponse:
    """Keep the score, once it says how far the learner came and, where nothing is right, that this is meant."""
    found = open_form(viewer, form, purpose=PURPOSE, place="probe page")
    typed = "answer" in request.POST
    answers = request.POST.getlist("answer")
    try:
        right = tuple(int(number) for number in request.POST.getlist("right"))
        marked = (
            mark(_problems(found), answers)
            if typed
            else Marked(right, int(request.POST.get("tried") or NOT_SAID), None)
        )
    except ValueError as error:
        raise Http404 from error
    sent = Sent(marked.right, request.POST.get("tried", ""), answers)
    if marked.tried == NOT_SAID:
        return _page(request, found, sent, typed=typed, problem=_("Say how far the learner came. Nothing is kept yet."))
    if not marked.right and "zero" not in request.POST:
        return _page(request, found, sent, typed=typed, zero=True)
    try:
        row = score_probe(
            form=found, right=marked.right, tried=marked.tried, digits=marked.digits, by=viewer.person, now=time.time()
        )
    except BadEntry as problem:
        return _page(request, found, sent, typed=typed, problem=said(problem.text))
    words = ngettext("%(name)s: %(n)d problem right.", "%(name)s: %(n)d problems right.", row.right)
    messages.success(request, words % {"name": found.plan.learner.given_name, "n": row.right})
    return redirect("pages:support-plan", plan=found.plan_id)


@require_POST
@page_for(*ADULTS)
def back(request: HttpRequest, viewer: Viewer, form: UUID) -> HttpResponse:
    """Take a score back: the form was not taken after all."""
    found = open_form(viewer, form, purpose=PURPOSE, place="probe page")
    try:
        take_back(form=found, by=viewer.person, now=time.time())
    except BadEntry as problem:
        messages.warning(request, said(problem.text))
    else:
        messages.success(request, _("The score is taken back. The form can be scored again."))
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


def _page(
    request: HttpRequest, form: ProbeForm, sent: Sent, *, typed: bool, problem: str = "", zero: bool = False
) -> HttpResponse:
    """The page with what was marked so far; ``zero`` asks whether nothing right is meant."""
    problems, scored = _problems(form), score_of(form)
    answers = [*sent.answers, *[""] * len(problems)]
    zone = time_zone_of(form.district_id)
    context = {
        "form": form,
        "learner": form.plan.learner,
        "probe": BLUEPRINTS[form.measure],
        "problems": [(p, n in sent.right, answers[n]) for n, p in enumerate(problems)],
        "numbers": [str(n) for n in range(len(problems) + 1)],
        "tried": sent.tried,
        "typed": typed,
        "problem": problem,
        "zero": zero,
        "stands": scored.stands,
        "lines": [(line, day(line.at, time.time(), zone)) for line in reversed(scored.lines)],
    }
    return render(request, "support/probe.html", context, status=422 if problem or zero else 200)
