"""Projects of a learner for the family and the school to read, and saying that a score is wrong."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from headway.pages.milestones import shown_place, shown_rubric, shown_scores, today_in
from headway.pages.person.door import Seen, for_person
from headway.pages.render import said
from headway.school.measurement.projects.ledger import scored_of
from headway.school.measurement.projects.queries import feedback_to, places_of, projects_with, work_of
from headway.school.measurement.projects.rubrics import NotKept
from headway.school.measurement.projects.work import contest_score

SHOWN = 6
"""Projects that are shown with their work; older ones by their scores alone."""


@require_GET
@for_person
def work(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The projects: milestones, pieces of work, feedback that was let through, how the work was seen."""
    if seen.own:
        return redirect("pages:projects")
    learner = seen.learner
    now, zone, today = today_in(learner.district_id)
    found = projects_with(learner.id)[:SHOWN]
    places = places_of(found, [learner.id], today=today)[learner.id]
    scored, pieces, words = scored_of(learner.id), work_of(found, learner.id), feedback_to(found, learner.id)
    shown = []
    for each in found:
        stones = [(shown_place(places[m.id], today), pieces[m.id], words[m.id]) for m in each.milestones]
        own = [score for score in scored if score.project == str(each.project.id)]
        shown.append((each.project, stones, shown_scores(own, now, zone), shown_rubric(each.rubric)))
    others = {str(each.project.id) for each in found}
    earlier = shown_scores([score for score in scored if score.project not in others], now, zone)
    return render(
        request, "person/work.html", {"seen": seen, "learner": learner, "projects": shown, "earlier": earlier}
    )


@require_POST
@for_person
def contest(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Write down that a score is wrong."""
    number = request.POST.get("score", "")
    if not number.isdecimal() or len(number) > 15:
        raise Http404
    try:
        contest_score(
            learner=seen.learner, number=int(number), by=seen.viewer.person, role=seen.role,
            words=request.POST.get("words", ""), now=time.time(),
        )  # fmt: skip
    except NotKept as refusal:
        messages.warning(request, said(refusal.text))
    else:
        messages.success(request, _("Written down. A teacher looks at the work again. Both scores stay on record."))
    back = request.POST.get("next", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("pages:person-work", seen.learner.id)
