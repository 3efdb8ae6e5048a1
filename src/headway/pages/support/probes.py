"""A probe from the form to the score: a sheet to print, a page to mark it on."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from headway.core.curriculum.problems import Problem
from headway.core.intervention.probes import BLUEPRINTS
from headway.pages.documents import pdf_response
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.support.home import STAFF
from headway.pages.support.papers import probe_sheet
from headway.pages.support.said import PURPOSE
from headway.school.curriculum.queries import problem_of
from headway.school.intervention.entries import BadEntry, new_form, score_probe
from headway.school.intervention.queries import ProbeForm, open_form, open_plan
from headway.school.people.access import Viewer


@require_POST
@page_for(*STAFF)
def new(request: HttpRequest, viewer: Viewer, plan: UUID) -> HttpResponse:
    """Make the next form for a learner and open it."""
    found = open_plan(viewer, plan, purpose=PURPOSE, place="probe page")
    form = new_form(plan=found, by=viewer.person, now=time.time())
    return redirect("pages:support-probe", form=form.id)


@require_GET
@never_cache
@page_for(*STAFF)
def form(request: HttpRequest, viewer: Viewer, form: UUID) -> HttpResponse:
    """The form with its key, to mark what was right."""
    found = open_form(viewer, form, purpose=PURPOSE, place="probe page")
    return render(request, "support/probe.html", _context(found))


@require_POST
@page_for(*STAFF)
def score(request: HttpRequest, viewer: Viewer, form: UUID) -> HttpResponse:
    """Keep the score."""
    found = open_form(viewer, form, purpose=PURPOSE, place="probe page")
    try:
        right = [int(number) for number in request.POST.getlist("right")]
        tried = int(request.POST.get("tried") or 0)
    except ValueError as error:
        raise Http404 from error
    try:
        row = score_probe(form=found, right=right, tried=tried, by=viewer.person, now=time.time())
    except BadEntry as problem:
        messages.warning(request, said(problem.text))
        return redirect("pages:support-probe", form=found.id)
    words = ngettext("%(name)s: %(n)d problem right.", "%(name)s: %(n)d problems right.", row.right)
    messages.success(request, words % {"name": found.plan.learner.given_name, "n": row.right})
    return redirect("pages:support-plan", plan=found.plan_id)


@require_GET
@page_for(*STAFF)
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
