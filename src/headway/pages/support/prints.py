"""Documents over HTTP: progress report, minutes, letter to a family."""

from __future__ import annotations

import time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from headway.pages.documents import language_in, pdf_response
from headway.pages.guard import page_for
from headway.pages.support.home import ADULTS, STAFF
from headway.pages.support.papers import letter, minutes, report
from headway.pages.support.plans import case_in
from headway.pages.support.said import PURPOSE
from headway.school.intervention.cases import cases_of, circle_of
from headway.school.intervention.queries import (
    decision_with,
    decisions_at,
    open_minutes,
    open_plan,
    school_of,
    schools_of,
)
from headway.school.people.access import Viewer, access_learner
from headway.school.people.clock import day_of


@require_GET
@page_for(*ADULTS)
def plan_report(request: HttpRequest, viewer: Viewer, plan: UUID) -> HttpResponse:
    """The progress report of a plan."""
    found = open_plan(viewer, plan, purpose=PURPOSE, place="progress report")
    now = time.time()
    circle = circle_of(found.group, day_of(found.district_id, now))
    document = report(case_in(circle, found), circle, language_in(request))
    name = _("progress")
    return pdf_response(document, at=now, name=f"{name}-{found.learner.name}")


@require_GET
@page_for(*STAFF)
def meeting_minutes(request: HttpRequest, viewer: Viewer, meeting: UUID) -> HttpResponse:
    """The minutes of a meeting."""
    found, notes = open_minutes(viewer, meeting, purpose=PURPOSE, place="minutes")
    return pdf_response(minutes(found, notes, decisions_at(found.id)), at=time.time(), name=_("minutes"))


@require_GET
@page_for(*STAFF)
def family_letter(request: HttpRequest, viewer: Viewer, decision: int) -> HttpResponse:
    """The letter about a decision, in the family's language."""
    found = decision_with(decision)
    if found is None:
        raise Http404
    row, line = found
    learner = access_learner(viewer, row.learner_id, purpose=PURPOSE, place="letter to the family")
    now = time.time()
    today = day_of(learner.district_id, now)
    case = cases_of([learner.id], today).get(learner.id)
    circle = circle_of(case.plan.group, today) if case else None
    school = school_of(learner.id, schools_of(viewer))
    document = letter(learner, line, case, circle, school.name if school else "", language_in(request))
    name = _("letter")
    return pdf_response(document, at=now, name=f"{name}-{learner.name}")
