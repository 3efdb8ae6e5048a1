"""The choice of a subject, for learners who have several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from headway.core.path.plan import EffectivePlan
from headway.pages.learner.gate import clock, for_learners
from headway.pages.learner.opening import start
from headway.school.curriculum.queries import curriculum_of
from headway.school.path.actions import BadWish
from headway.school.path.subjects import MIXED, choose_subject, subjects_for
from headway.school.people.models import Person
from headway.school.profile.queries import profile_of

NAMES = (gettext_noop("Mathematics"), gettext_noop("English"))
"""Subjects that ship; others bring their own names."""


@dataclass(frozen=True, slots=True)
class SubjectChoice:
    """A subject, or all of them mixed; ``on`` says that it is practised now."""

    value: str
    name: str
    on: bool


def subject_name(subject: str) -> str:
    """A subject as people read it."""
    return _(subject.capitalize())


def choices_of(learner: Person, plan: EffectivePlan) -> dict[str, Any]:
    """What the page shows of it: ``subjects`` to choose between (none where there is only one), or ``lesson``, a sentence
    on what a teacher has chosen for now."""
    own, now = subjects_for(learner), plan.only_subjects
    if len(own) < 2:
        return {}
    if plan.subjects_by == "pin" and now:
        names = ", ".join(map(subject_name, sorted(now)))
        return {"lesson": _("Your class is practicing this now: {subject}.").format(subject=names)}
    alone = next(iter(now)) if now is not None and len(now) == 1 else ""
    choices = [SubjectChoice(subject, subject_name(subject), subject == alone) for subject in own]
    return {"subjects": (*choices, SubjectChoice(MIXED, _("Mixed"), not alone))}


@require_POST
@for_learners
def choose(request: HttpRequest, learner: Person) -> HttpResponse:
    """Practise another subject from now on; a problem of it that is open stays open."""
    now, wanted = clock(), request.POST.get("subject", "")
    try:
        choose_subject(learner=learner, subject=wanted, now=now)
    except BadWish:
        messages.warning(request, _("Choose one of the subjects on the page."))
    else:
        if wanted != MIXED and _open_subject(learner) != wanted:
            # The loop reads the plan in a transaction of its own, so the choice has to be committed first.
            transaction.on_commit(lambda: start(learner, clock()), robust=True)
    return redirect("pages:practice")


def _open_subject(learner: Person) -> str:
    """The subject of the problem that is open, "" where none is."""
    kept, curriculum = profile_of(learner.id), curriculum_of(learner.district_id)
    info = curriculum.activity(kept.profile.current.activity) if kept else None
    return curriculum.skills[curriculum.skill_number[info.skill]].subject if info else ""
