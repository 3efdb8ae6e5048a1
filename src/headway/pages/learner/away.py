"""What a learner did away from the screen, in their own words, for a teacher to confirm."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from headway.pages.away import choices, entry_in, shown_away
from headway.pages.learner.gate import for_learners
from headway.pages.milestones import today_in
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import record_of
from headway.school.mastery.away import NotKept, away_of, record_away
from headway.school.people.models import Person


@require_http_methods(["GET", "POST"])
@for_learners
def away(request: HttpRequest, learner: Person) -> HttpResponse:
    """The page; a POST writes a line that waits for a teacher."""
    now, _zone, today = today_in(learner.district_id)
    problem = ""
    try:
        if request.method == "POST":
            entry = entry_in(request)
            try:
                record_away(
                    learners=[learner], skill=entry.skill, form=entry.form, minutes=entry.minutes, result=entry.result,
                    day=entry.day, words=entry.words, by=learner, role="learner", key=entry.key, now=now,
                )  # fmt: skip
            except NotKept as refusal:
                problem = said(refusal.text)
            else:
                messages.success(request, _("Written down. It counts when your teacher has confirmed it."))
                return redirect("pages:away")
        record = record_of(learner, now)
        lately = [view.skill for view in (*record.outlook.under_way, *record.outlook.solid[:8])]
        context = {
            "lines": shown_away(away_of(learner.id), record.curriculum, today),
            "problem": problem,
            "key": uuid4(),
            **choices(record.curriculum, lately, today),
        }
    except NoCurriculum:
        context = {"none": True}
    return render(request, "learner/away.html", context, status=422 if problem else 200)
