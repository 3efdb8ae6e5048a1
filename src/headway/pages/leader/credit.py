"""Credit for a school: who is ready for which course, granting it by name, taking it back, the key that signs."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.pages.guard import page_for, uuid_or_404
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.mastery.credit.courses import courses
from headway.school.mastery.credit.granting import NotGranted, credits_of_all, grant, take_back
from headway.school.mastery.credit.keys import public_keys
from headway.school.mastery.credit.standing import standings_of
from headway.school.measurement.projects.ledger import scored_of_all
from headway.school.people.access import Viewer, access_learner, learners_of_school
from headway.school.people.models import RoleName
from headway.standards.open_badges import did_key

PURPOSE, PLACE = "credit", "credit page"
NEARLY = 3
"""Skills that may be missing for a learner to stand in the list."""


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(RoleName.LEADER, RoleName.INTERVENTIONIST)
def credit(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The page; a POST grants credit or takes it back."""
    if request.method == "POST":
        _do(request, viewer)
        return redirect("pages:credit")
    learners = learners_of_school(viewer, purpose=PURPOSE, place=PLACE)
    keys = [learner.id for learner in learners]
    granted, rows = credits_of_all(keys), []
    try:
        curriculum = curriculum_of(viewer.person.district_id)
    except NoCurriculum:
        return render(request, "leader/credit.html", {"rows": [], "none": True})
    offered = courses()
    found = standings_of(keys, curriculum, [skill for course in offered for skill in course.skills])
    scored = scored_of_all(keys) if any(course.work for course in offered) else {}
    for course in offered:
        ready, nearly, done = [], [], []
        for learner in learners:
            has = next((c for c in granted[learner.id] if c.code == course.code and not c.taken_by), None)
            left, work = course.left(found[learner.id]), course.work_left(scored.get(learner.id, ()))
            if has is not None:
                done.append((learner, has))
            elif not left and not work:
                ready.append(learner)
            elif len(left) <= NEARLY and len(left) < len(course.skills):
                titles = [_(curriculum.skills[n].title) for n in curriculum.skill_numbers(left)]
                titles += [each.competency for each in work]
                nearly.append((learner, ", ".join(titles)))
        rows.append((course, ready, nearly, done))
    rows.sort(key=lambda row: (-len(row[1]), -len(row[3]), row[0].title))
    return render(request, "leader/credit.html", {"rows": rows, "dids": [did_key(key) for key in public_keys()]})


def _do(request: HttpRequest, viewer: Viewer) -> None:
    """``grant:LEARNER`` with a course, or ``back:LEARNER:CREDIT`` with words."""
    what, _colon, rest = request.POST.get("do", "").partition(":")
    who, _colon, which = rest.partition(":")
    learner = access_learner(viewer, who, purpose=PURPOSE, place=PLACE)
    try:
        if what == "grant":
            grant(learner=learner, by=viewer.person, code=request.POST.get("course", ""), now=time.time())
            words = _("Credit granted to {name}. The badge is signed, and the transcript has it.")
        elif what == "back":
            take_back(
                learner=learner,
                by=viewer.person,
                credit=uuid_or_404(which),
                words=request.POST.get("words", ""),
                now=time.time(),
            )
            words = _("Credit of {name} taken back. The record keeps both.")
        else:
            raise Http404
    except NotGranted as refusal:
        messages.warning(request, said(refusal.text))
    else:
        messages.success(request, words.format(name=learner.name))
