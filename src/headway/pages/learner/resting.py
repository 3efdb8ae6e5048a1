"""When the day's screen time is spent: said kindly, with things to do away from the screen."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from headway.core.path.away import Away, things_to_do
from headway.core.path.plan import EffectivePlan
from headway.core.profile.profile import Profile
from headway.core.text import Text
from headway.pages.learner.gate import clock, for_learners
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.path.away import did_it, done_of
from headway.school.people.clock import day_of
from headway.school.people.models import Person
from headway.school.profile.queries import profile_of


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to do; ``done`` today."""

    key: str
    says: Text
    done: bool


def rest(request: HttpRequest, learner: Person, profile: Profile, plan: EffectivePlan, now: float) -> HttpResponse:
    """The page: today's minutes are used, here is what can be done instead."""
    today = day_of(learner.district_id, now)
    done = {each.key for each in done_of(learner.id, most=9) if each.day == today}
    things = [Thing(each.key, each.says, each.key in done) for each in _things(learner, profile, today)]
    return render(request, "learner/resting.html", {"minutes": plan.screen_minutes, "things": things})


@require_POST
@for_learners
def away(request: HttpRequest, learner: Person) -> HttpResponse:
    """I did it: written down as the learner's own word."""
    now, kept = clock(), profile_of(learner.id)
    offered = _things(learner, kept.profile, day_of(learner.district_id, now)) if kept else ()
    if did_it(
        learner=learner, offered=offered, key=request.POST.get("task", ""), words=request.POST.get("words", ""), now=now
    ):
        messages.success(request, _("Written down, in your own words. It stands in your story."))
    else:
        messages.warning(request, _("Choose one of the things on the page."))
    return redirect("pages:practice")


def _things(learner: Person, profile: Profile, day: int) -> tuple[Away, ...]:
    """For the skills practised last, the latest first."""
    try:
        curriculum = curriculum_of(learner.district_id)
    except NoCurriculum:
        return ()
    number = dict(zip(curriculum.keys.tolist(), range(len(curriculum.skills)), strict=True))
    keys = dict.fromkeys(profile.recent["skill"][::-1].tolist())
    return things_to_do(curriculum, [number[key] for key in keys if key in number], day)
