"""A list to do in order, for a class or some of it."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.pages.guard import page_for
from headway.pages.person.steer import ROWS, give_list, skill_choices
from headway.pages.teacher.classes import STAFF
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.path.actions import BadWish
from headway.school.path.steering import EACH
from headway.school.people.access import NotAllowed, Viewer, learners_in, sections_of


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def playlist(request: HttpRequest, viewer: Viewer, section: UUID) -> HttpResponse:
    """The form; a POST gives the list to those who are ticked."""
    found = sections_of(viewer).filter(id=section).first()
    if found is None:
        raise NotAllowed("There is no such class among those that you work with.")
    learners = list(learners_in(found))
    try:
        curriculum = curriculum_of(viewer.person.district_id)
    except NoCurriculum:
        curriculum = None
    if request.method == "POST" and curriculum is not None:
        ticked = set(request.POST.getlist("learner"))
        chosen = [person for person in learners if str(person.id) in ticked]
        try:
            count = give_list(request, chosen, viewer.person, time.time())
        except BadWish:
            messages.warning(request, _("Choose at least one learner and one skill, and say in a few words why."))
            return redirect("pages:playlist", section=found.id)
        words = ngettext("{n} learner has the list now.", "{n} learners have the list now.", count)
        messages.success(request, words.format(n=count))
        return redirect("pages:board", section=found.id)
    choices = skill_choices(curriculum, -1) if curriculum is not None else []
    context = {"section": found, "learners": learners, "choices": choices, "rows": range(1, ROWS + 1), "each": EACH}
    return render(request, "teacher/playlist.html", context)
