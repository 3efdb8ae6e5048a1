"""The path beside the problem: what is solid, where the learner is, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.curriculum.catalogue import Curriculum, grade_level
from headway.core.profile.profile import Profile
from headway.core.profile.views import SkillView
from headway.pages.dates import day_said

SOLID, COMING = 2, 2
"""Stops shown before and after where the learner is."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the path: ``kind`` is ``done``, ``here`` or ``next``."""

    kind: str
    icon: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Way:
    """All of somebody's path in three parts, each in the order of the curriculum."""

    solid: tuple[Stop, ...]
    working: tuple[Stop, ...]
    coming: tuple[Stop, ...]


def trail_of(
    skills: Iterable[SkillView], curriculum: Curriculum, now: float, zone: ZoneInfo, *, shown: str
) -> tuple[Stop, ...]:
    """The path around the problem on the card (the activity ``shown``), about five stops; ``skills`` are the learner's."""
    info = curriculum.activity(shown)
    here = curriculum.skill_number.get(info.skill, -1) if info else -1
    views = {view.number: view for view in skills}
    if here < 0:
        return ()
    solid = _solid(here, views, curriculum)
    stops = [_stop(view, curriculum, now, zone) for view in solid] or _before(here, views, curriculum)
    stops.append(Stop("here", "i-flag", _title(curriculum, here), _here_note(views.get(here))))
    coming = _coming(here, views, curriculum) or _beside(here, views, curriculum)
    for place, number in enumerate(coming):
        stops.append(Stop("next", "i-dot" if place == 0 else "i-star", _title(curriculum, number), _far(place)))
    return tuple(stops)


def way_of(profile: Profile, skills: Iterable[SkillView], curriculum: Curriculum, now: float, zone: ZoneInfo) -> Way:
    """The whole path for its own page: what is solid, what is being worked on, what can come next."""
    views = {view.number: view for view in skills}
    info = curriculum.activity(profile.current.activity)
    here = curriculum.skill_number.get(info.skill, -1) if info else -1
    solid = [_stop(view, curriculum, now, zone) for view in views.values() if view.status == "mastered"]
    working = [
        Stop(
            "here" if view.number == here else "next",
            _icon(view, here),
            _title(curriculum, view.number),
            _work_note(view),
        )
        for view in views.values()
        if view.n and view.status != "mastered"
    ]
    if here >= 0 and not (here in views and views[here].n):
        working.append(Stop("here", "i-flag", _title(curriculum, here), _("Just starting")))
    touched = [view.number for view in views.values() if view.n]
    begun = {view.number for view in views.values() if view.n and view.status != "mastered"} | {here}
    coming: list[int] = []
    for number in ([here] if here >= 0 else []) + touched:
        coming += [later for later in _coming(number, views, curriculum) if later not in coming and later not in begun]
    level = grade_level(profile.grade)
    coming = [number for number in coming if curriculum.level[number] <= level + 1][:8]
    coming.sort(key=lambda number: (int(curriculum.level[number]), number))
    return Way(
        tuple(solid),
        tuple(sorted(working, key=lambda stop: stop.kind != "here")),
        tuple(Stop("next", "i-dot", _title(curriculum, number), _next_note(curriculum, number)) for number in coming),
    )


def _solid(here: int, views: dict[int, SkillView], curriculum: Curriculum) -> list[SkillView]:
    """Mastered skills: those that this one builds on first, then the newest."""
    before = set(curriculum.before[curriculum.before_at[here] : curriculum.before_at[here + 1]].tolist())
    mastered = [view for view in views.values() if view.status == "mastered" and view.number != here]
    mastered.sort(key=lambda view: (view.number not in before, -view.mastered_at))
    return sorted(mastered[:SOLID], key=lambda view: view.mastered_at)


def _coming(here: int, views: dict[int, SkillView], curriculum: Curriculum) -> list[int]:
    """Skills that build on this one, can be practised and are not mastered; nearest first, then what follows them."""
    found: list[int] = []
    ring = [here]
    for _round in range(3):
        ring = [later for number in ring for later in _after(curriculum, number)]
        fresh = [number for number in dict.fromkeys(ring) if number not in found and number != here]
        found += sorted(fresh, key=lambda number: (int(curriculum.level[number]), number))
    usable = np.diff(curriculum.skill_activities_at) > 0
    open_ = [n for n in found if usable[n] and (n not in views or views[n].status != "mastered")]
    return open_[:COMING]


def _before(here: int, views: dict[int, SkillView], curriculum: Curriculum) -> list[Stop]:
    """Where nothing is solid yet: the skill that this one builds on most closely."""
    earlier: list[int] = curriculum.before[curriculum.before_at[here] : curriculum.before_at[here + 1]].tolist()
    nearest = sorted(earlier, key=lambda number: (-int(curriculum.level[number]), -number))[:1]
    return [Stop("next", "i-dot", _title(curriculum, number), _("This builds on it")) for number in nearest]


def _beside(here: int, views: dict[int, SkillView], curriculum: Curriculum) -> list[int]:
    """Where nothing builds on this skill: what follows it in the same grade."""
    usable = np.diff(curriculum.skill_activities_at) > 0
    same = [
        n
        for n in range(here + 1, len(curriculum.skills))
        if usable[n]
        and curriculum.level[n] == curriculum.level[here]
        and curriculum.skills[n].subject == curriculum.skills[here].subject
    ]
    return [n for n in same if n not in views or views[n].status != "mastered"][:COMING]


def _after(curriculum: Curriculum, number: int) -> list[int]:
    later: list[int] = curriculum.after[curriculum.after_at[number] : curriculum.after_at[number + 1]].tolist()
    return later


def _title(curriculum: Curriculum, number: int) -> str:
    return _(curriculum.skills[number].title)


def _stop(view: SkillView, curriculum: Curriculum, now: float, zone: ZoneInfo) -> Stop:
    note = _("Solid since {day}").format(day=day_said(view.mastered_at, now, zone))
    if view.due_at and view.due_at <= now:
        note = _("Solid, and due for a check")
    return Stop("done", "i-check", _title(curriculum, view.number), note)


def _here_note(view: SkillView | None) -> str:
    if view is None or view.n == 0:
        return _("You are here, just starting")
    if view.status == "mastered":
        return _("You are here to keep it fresh")
    if view.status == "near":
        return _("You are here, nearly there")
    return ngettext("You are here, {n} problem in", "You are here, {n} problems in", view.n).format(n=view.n)


def _work_note(view: SkillView) -> str:
    if view.status == "near":
        return _("Nearly there")
    if view.n >= 3:
        last = view.recent[-5:]
        return _("{right} of your last {n} right").format(right=sum(last), n=len(last))
    return ngettext("{n} problem so far", "{n} problems so far", view.n).format(n=view.n)


def _far(place: int) -> str:
    return _("Next") if place == 0 else _("After that")


def _next_note(curriculum: Curriculum, number: int) -> str:
    grade = curriculum.skills[number].grade
    return _("Algebra I") if grade == "A1" else _("Grade {grade}").format(grade=grade)


def _icon(view: SkillView, here: int) -> str:
    return "i-flag" if view.number == here else "i-pen"
