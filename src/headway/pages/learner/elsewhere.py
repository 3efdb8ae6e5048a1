"""A page, video or tool that somebody chose for a learner: open it, say that it is done, then show it here."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.core.profile.views import SkillView
from headway.pages.dates import day
from headway.pages.learner.gate import clock, for_learners
from headway.pages.learner.opening import start
from headway.pages.outside import Chosen, card_of, chosen_of
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.loop import Refused
from headway.school.path.choices import problem_for
from headway.school.path.outside.actions import NotThere, done, opened
from headway.school.path.outside.queries import ForLearner, for_learner, one_for_learner
from headway.school.people.clock import day_of, time_zone_of
from headway.school.people.models import Person

SALT, VALID = "headway.elsewhere", 12 * 3600
"""For how many seconds a page's link opens and is written down."""
BESIDE = 2
"""Activities that stand beside a problem."""
HARD = ("new", "starting", "stuck")
"""Where a skill stands for something to learn from to stand beside its problems."""


@require_http_methods(["GET", "POST"])
@for_learners
def elsewhere(request: HttpRequest, learner: Person, activity: UUID) -> HttpResponse:
    """One of them, with what it is and who chose it. A POST shows a video in its frame; nothing is asked of its host before."""
    try:
        found = one_for_learner(learner, activity)
        card = card_of(found.what)
        shown = request.method == "POST" and bool(card.frame)
        if shown:
            opened(learner=learner, activity=activity, key=_key(request.POST.get("key", "")), now=clock())
    except NotThere as refusal:
        return _gone(request, refusal)
    response = render(request, "learner/elsewhere.html", _context(learner, found, shown=shown))
    if shown:
        response.allowed = {"frame-src": [card.origin]}  # type: ignore[attr-defined]
    return response


@require_GET
@for_learners
def leave(request: HttpRequest, learner: Person, activity: UUID) -> HttpResponse:
    """Go there. The link is signed for its learner: one that somebody else wrote opens nothing and writes nothing down."""
    try:
        whose, what, key = signing.loads(request.GET.get("by", ""), salt=SALT, max_age=VALID)
        if (whose, what) != (str(learner.id), str(activity)):
            return redirect("pages:elsewhere", activity)
        found = opened(learner=learner, activity=activity, key=UUID(key), now=clock())
    except (signing.BadSignature, ValueError, TypeError):
        return redirect("pages:elsewhere", activity)
    except NotThere as refusal:
        return _gone(request, refusal)
    response = redirect(found.address)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@for_learners
def did(request: HttpRequest, learner: Person, activity: UUID) -> HttpResponse:
    """I have done it: written down once a day; then one problem of the skill is offered."""
    try:
        done(learner=learner, activity=activity, now=clock())
    except NotThere as refusal:
        return _gone(request, refusal)
    messages.success(request, _("Written down. Well done for learning it in another way."))
    return redirect("pages:elsewhere", activity)


@require_POST
@for_learners
def show_here(request: HttpRequest, learner: Person, activity: UUID) -> HttpResponse:
    """Open one problem of its skill."""
    try:
        found = one_for_learner(learner, activity)
        problem = _problem(learner, found)
        if problem:
            start(learner, clock(), problem)
    except NotThere as refusal:
        return _gone(request, refusal)
    except Refused as refusal:
        messages.warning(request, said(refusal.message))
    return redirect("pages:practice")


def beside_problem(learner: Person, skill: str, views: tuple[SkillView, ...]) -> list[Chosen]:
    """What may help with the skill of an open problem, where it is new or hard for the learner: one's own list first."""
    view = next((each for each in views if each.skill == skill), None)
    if not skill or (view is not None and view.status not in HARD):
        return []
    return chosen_of(for_learner(learner, skill=skill, most=BESIDE))


def _context(learner: Person, found: ForLearner, *, shown: bool) -> dict[str, Any]:
    now, zone = clock(), time_zone_of(learner.district_id)
    today = bool(found.done_at) and day_of(learner.district_id, found.done_at) == day_of(learner.district_id, now)
    return {
        "found": found,
        "card": card_of(found.what),
        "shown": shown,
        "key": uuid4(),
        "link": signing.dumps([str(learner.id), str(found.id), str(uuid4())], salt=SALT),
        "skill": _skill(learner, found),
        "today": today,
        "done": day(found.done_at, now, zone) if found.done_at else "",
        "problem": today and bool(_problem(learner, found)),
    }


def _skill(learner: Person, found: ForLearner) -> str:
    with suppress(NoCurriculum):
        curriculum = curriculum_of(learner.district_id)
        for skill in found.what.skills:
            if skill in curriculum.skill_number:
                return _(curriculum.skills[curriculum.skill_number[skill]].title)
    return ""


def _problem(learner: Person, found: ForLearner) -> str:
    """The problem that the path would give for the first of its skills that has one."""
    with suppress(NoCurriculum):
        return next(
            (key for skill in found.what.skills if (key := problem_for(learner=learner, skill=skill, now=clock()))), ""
        )
    return ""


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _gone(request: HttpRequest, refusal: NotThere) -> HttpResponse:
    messages.warning(request, said(refusal.message))
    return redirect("pages:my-path")
