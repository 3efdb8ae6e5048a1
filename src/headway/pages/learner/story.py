"""My story so far: how what is solid has grown, week by week, and the moments on the way."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import MasteryEntry
from headway.pages.context import viewer_in
from headway.pages.dates import near
from headway.pages.learner.gate import for_learners
from headway.pages.person.door import Seen, for_person, open_person
from headway.pages.person.going import goal_name
from headway.pages.render import plain
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.mastery.queries import first_tries_of, ledger_of
from headway.school.path.away import done_of
from headway.school.path.goal_queries import goals_of
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import Person

WEEK, WEEKS = 7 * 86400.0, 20
MOMENTS = 12
WIDTH, HEIGHT, LEFT, FOOT = 640, 206, 34, 30
"""Of the picture, in its own units."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the story: when it ended in words, first tries in it, and how many skills were solid at its end."""

    name: str
    tries: int
    solid: int


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, with its day."""

    icon: str
    says: str
    day: str
    at: float
    words: str = ""


@require_GET
@for_learners
def mine(request: HttpRequest, learner: Person) -> HttpResponse:
    """The learner's own story."""
    viewer = viewer_in(request)
    assert viewer is not None
    return _page(request, open_person(viewer, learner.id))


@require_GET
@for_person
def story(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The same page for family and school."""
    return redirect("pages:my-story") if seen.own else _page(request, seen)


def _page(request: HttpRequest, seen: Seen) -> HttpResponse:
    now, learner = time.time(), seen.learner
    try:
        curriculum = curriculum_of(learner.district_id)
    except NoCurriculum:
        return render(request, "learner/story.html", {"seen": seen, "learner": learner, "weeks": []})
    ledger = [entry for entry in ledger_of(learner.id, most=None) if entry.skill in curriculum.skill_number]
    tries, _minutes = first_tries_of(learner.id, now=now, weeks=WEEKS)
    weeks = weeks_of(ledger, tries, learner, now)
    context: dict[str, Any] = {
        "seen": seen,
        "learner": learner,
        "weeks": weeks,
        "picture": picture(weeks) if len(weeks) > 1 else None,
        "moments": _moments(ledger, learner, curriculum, now),
        "summed": _summed(weeks),
    }
    return render(request, "learner/story.html", context)


def weeks_of(ledger: Sequence[MasteryEntry], tries: Sequence[int], learner: Person, now: float) -> list[Week]:
    """The weeks from the learner's first one on (at most the last twenty), oldest first."""
    time_zone = time_zone_of(learner.district_id)
    today, out = local_date(time_zone, now), []
    for ago in range(len(tries) - 1, -1, -1):
        ends = now - ago * WEEK
        name = _("now") if ago == 0 else near(local_date(time_zone, ends), today)
        out.append(Week(name, tries[len(tries) - 1 - ago], len(_solid_at(ledger, ends))))
    return out


def _solid_at(ledger: Sequence[MasteryEntry], at: float) -> set[str]:
    """The skills that the ledger called mastered at a moment; ``ledger`` is newest first."""
    solid: set[str] = set()
    for entry in reversed(ledger):
        if entry.at <= at:
            (solid.discard if entry.kind == "lost" else solid.add)(entry.skill)
    return solid


def picture(weeks: Sequence[Week]) -> dict[str, Any]:
    """The line of growth as points of a picture, with the marks of its axis. Places are written out here: a template would give
    them a comma in Spanish, and a browser draws what it cannot read at the top."""
    top = max(*(week.solid for week in weeks), 4)
    wide, high = WIDTH - LEFT - 8, HEIGHT - FOOT - 8
    points = [
        (round(LEFT + wide * n / (len(weeks) - 1), 1), round(8 + high * (1.0 - week.solid / top), 1))
        for n, week in enumerate(weeks)
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    floor = HEIGHT - FOOT
    return {
        "size": f"0 0 {WIDTH} {HEIGHT}",
        "line": line,
        "area": f"{LEFT},{floor} {line} {points[-1][0]},{floor}",
        "marks": [(n, f"{8 + high * (1.0 - n / top):.1f}") for n in (0, top // 2, top)],
        "left": LEFT,
        "right": WIDTH - 8,
        "floor": floor,
        "foot": HEIGHT - 4,
        "first": weeks[0].name,
        "last": weeks[-1].name,
    }


def _moments(ledger: Sequence[MasteryEntry], learner: Person, curriculum: Curriculum, now: float) -> list[Moment]:
    """What is worth telling, newest first."""
    found = [
        Moment(icon, says.format(skill=_(curriculum.skills[curriculum.skill_number[entry.skill]].title)), "", entry.at)
        for entry in ledger
        for icon, says in [_told(entry.kind)]
        if says
    ]
    found += [
        Moment(
            "i-flag",
            _("You reached your goal: {goal}").format(goal=goal_name(goal.grade, goal.domain)),
            "",
            goal.ended_at,
        )
        for goal in goals_of(learner.id)
        if goal.ended == "reached"
    ]
    found += [Moment("i-star", plain(did.says), "", did.at, did.words) for did in done_of(learner.id)]
    found.sort(key=lambda moment: -moment.at)
    time_zone = time_zone_of(learner.district_id)
    today = local_date(time_zone, now)
    return [
        Moment(each.icon, each.says, near(local_date(time_zone, each.at), today), each.at, each.words)
        for each in found[:MOMENTS]
    ]


def _told(kind: str) -> tuple[str, str]:
    """A line of the ledger as a moment; what was lost again is told on the page of mastery, not here."""
    if kind == "reached":
        return "i-check", _("“{skill}” became solid")
    return ("i-again", _("“{skill}” was still there after a while")) if kind == "confirmed" else ("", "")


def _summed(weeks: Sequence[Week]) -> str:
    """The story in one sentence."""
    if not weeks:
        return ""
    solid, tries = weeks[-1].solid, sum(week.tries for week in weeks)
    practised = ngettext("{n} problem tried", "{n} problems tried", tries).format(n=tries)
    held = ngettext("{n} skill solid now", "{n} skills solid now", solid).format(n=solid)
    return _("So far: {practised}, {held}.").format(practised=practised, held=held)
