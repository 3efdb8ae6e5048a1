"""My path as a map one can walk: each grade's skills by domain, where each one stands, and what it builds on and opens."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from headway.core.curriculum.catalogue import Curriculum, grade_level
from headway.core.path.policy import Situation
from headway.core.path.walk import Stone, lands, levels_of, stone
from headway.core.profile.views import skill_views
from headway.pages.learner.gate import clock, for_learners
from headway.pages.learner.opening import start
from headway.pages.learner.trail import way_of
from headway.pages.outside import chosen_of
from headway.pages.person.domains import domain_said, level_said
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum
from headway.school.loop import Refused
from headway.school.path.choices import BadChoice, walk_to
from headway.school.path.outside.queries import for_learner
from headway.school.path.situations import situation_of
from headway.school.people.clock import time_zone_of, zone
from headway.school.people.models import Person

LOOKS = {
    "solid": ("done", "i-check"),
    "due": ("done", "i-again"),
    "here": ("here", "i-flag"),
    "work": ("work", "i-pen"),
    "ready": ("ready", "i-star"),
    "later": ("later", "i-dot"),
    "closed": ("later", "i-dot"),
}
"""How a stone of each state looks: its class and its icon."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stone on the page; ``leaned`` says that the path leans towards it today."""

    key: str
    title: str
    look: str
    icon: str
    note: str
    leaned: bool


@require_GET
@for_learners
def my_path(request: HttpRequest, learner: Person) -> HttpResponse:
    """The map; ``?grade=`` shows another grade, ``?at=`` opens a stone. The same is there as a list."""
    try:
        now, situation = clock(), situation_of(learner, clock())
        if situation is None and request.GET.get(
            "at"
        ):  # who first comes by a course's link finds the skill, not an empty map
            _start(learner)
            situation = situation_of(learner, now)
    except NoCurriculum:
        situation = None
    if situation is None:
        return render(request, "learner/my_path.html", {"way": None, "chosen": chosen_of(for_learner(learner))})
    curriculum = situation.curriculum
    here = zone(time_zone_of(learner.district_id))
    model = situation.model
    skills = tuple(skill_views(situation.profile, curriculum, now, model=model.name, models={model.name: model}))
    levels = levels_of(curriculum)
    at = curriculum.skill_number.get(request.GET.get("at", ""), -1)
    level = _level(request, situation, levels, at)
    shown = lands(situation, level)
    several = len({land.subject for land in shown}) > 1
    context = {
        "way": way_of(situation.profile, skills, curriculum, now, here),
        "lands": [
            (
                ": ".join([*([_(land.subject.capitalize())] if several else []), domain_said(land.domain)]),
                stones,
            )
            for land in shown
            for stones in [[_shown(each, curriculum) for each in land.stones]]
        ],
        "grades": [
            (_key(each, curriculum), _name(each, curriculum), each == level) for each in _near(levels, situation)
        ],
        "spot": _spot(situation, at) if at >= 0 else None,
        "grade": _key(level, curriculum),
        "chosen": chosen_of(for_learner(learner)),
        "learn": chosen_of(for_learner(learner, skill=curriculum.skills[at].id, most=4)) if at >= 0 else (),
    }
    return render(request, "learner/my_path.html", context)


@require_POST
@for_learners
def go(request: HttpRequest, learner: Person) -> HttpResponse:
    """Walk to a skill: for the rest of the day the path leans that way, and the next problem is chosen anew."""
    try:
        title = walk_to(learner=learner, skill=request.POST.get("skill", ""), now=clock())
    except (BadChoice, NoCurriculum) as refusal:
        words = said(refusal.text) if isinstance(refusal, BadChoice) else _("The school has not set up practice yet.")
        messages.warning(request, words)
        return redirect("pages:my-path")
    words = _("You chose “{skill}”. For the rest of today your path leans that way. Reviews still come in between.")
    messages.success(request, words.format(skill=_(title)))
    # The loop reads the plan in a transaction of its own, so the choice has to be committed first.
    transaction.on_commit(lambda: _start(learner), robust=True)
    return redirect("pages:practice")


def _start(learner: Person) -> None:
    with suppress(Refused):
        start(learner, clock())


def _level(request: HttpRequest, s: Situation, levels: tuple[int, ...], at: int) -> int:
    """The grade level that is asked for, that of the stone that is open, that of the problem that is open where it is among those
    shown, or the learner's own (the nearest that there is)."""
    asked = {_key(level, s.curriculum): level for level in levels}.get(request.GET.get("grade", ""))
    if asked is not None:
        return asked
    c, own = s.curriculum, grade_level(s.profile.grade)
    problem = c.activity_of(s.profile.current.activity) if s.profile.current.activity else -1
    if at < 0 and problem >= 0 and int(c.level[c.activity_skill[problem]]) in _near(levels, s):
        return int(c.level[c.activity_skill[problem]])
    return int(c.level[at]) if at >= 0 else min(levels, key=lambda level: abs(level - own), default=0)


def _near(levels: tuple[int, ...], s: Situation) -> list[int]:
    """The grades to walk between: two below the learner's own to one above."""
    own = grade_level(s.profile.grade)
    return [level for level in levels if own - 2 <= level <= own + 1] or list(levels[:1])


def _key(level: int, curriculum: Curriculum) -> str:
    return next((skill.grade for n, skill in enumerate(curriculum.skills) if int(curriculum.level[n]) == level), "")


def _name(level: int, curriculum: Curriculum) -> str:
    return level_said(_key(level, curriculum))


def _shown(each: Stone, curriculum: Curriculum) -> Shown:
    look, icon = LOOKS[each.state]
    return Shown(
        curriculum.skills[each.skill].id,
        _title(each.skill, curriculum),
        look,
        icon,
        _note(each, curriculum),
        each.leaned,
    )


def _note(each: Stone, curriculum: Curriculum) -> str:
    """Where a stone stands, in a few words."""
    if each.state == "later" and each.missing:
        return _("Later. First: {skill}").format(skill=_title(each.missing[0], curriculum))
    return {
        "solid": _("Solid"),
        "due": _("Solid, and due for a check"),
        "here": _("You are here"),
        "work": _("You have begun this"),
        "ready": _("You are ready for this"),
        "later": _("Later"),
        "closed": _("Your plan leaves this out for now"),
    }[each.state]


def _spot(s: Situation, number: int) -> dict[str, Any]:
    """The stone that is open: what it builds on and what it opens, each a stone to walk to."""
    c, each = s.curriculum, stone(s, number)
    before: list[int] = c.before[c.before_at[number] : c.before_at[number + 1]].tolist()
    after: list[int] = c.after[c.after_at[number] : c.after_at[number + 1]].tolist()
    return {
        "stone": _shown(each, c),
        "grade": level_said(c.skills[number].grade),
        "before": [_shown(stone(s, earlier), c) for earlier in before],
        "after": [_shown(stone(s, later), c) for later in after],
        "missing": [_title(earlier, c) for earlier in each.missing],
        "open": each.state not in ("closed", "solid")
        and c.skill_activities_at[number] < c.skill_activities_at[number + 1],
    }


def _title(number: int, curriculum: Curriculum) -> str:
    return _(curriculum.skills[number].title)
