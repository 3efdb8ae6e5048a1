"""The profile page: one truth for the learner, the family and the school. Each number opens its evidence."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from headway.core.coaching.malrules.rule import known_misconceptions
from headway.core.mastery.outside import Outside
from headway.core.profile.person import ANSWERS, BY_THE_SCHOOL, FACTS, QUESTIONS, Fact
from headway.core.profile.views import SkillView
from headway.core.profile.works import compared
from headway.core.text import Text
from headway.pages.context import viewer_in
from headway.pages.dates import day
from headway.pages.learner.gate import for_learners
from headway.pages.person.domains import domain_said
from headway.pages.person.door import Seen, for_person, open_person
from headway.pages.person.everything import may_take
from headway.pages.person.going import goal_name, shown_goal
from headway.pages.person.seen import away_lines, seen_and_shown
from headway.pages.person.shown import SHOWN, about_, muddles, pace_lines, skill_lines, works_lines
from headway.pages.teacher.evidence import answer_row
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import Record, record_of
from headway.school.mastery.outside import outside_of
from headway.school.mastery.queries import answers_of, days_of, stories_of
from headway.school.path.goal_queries import goals_of, pace_of
from headway.school.people.clock import time_zone_of
from headway.school.people.models import Person
from headway.school.profile.careers import Career, careers_in
from headway.school.profile.person import Note, Whole, whole_of

A_PAGE = 40
ABOUT = 120
"""Characters that name a line."""
GOAL, PACE, WORKS = "goal", "pace", "works"
"""How words about a part of the page name it."""


@require_GET
@for_learners
def me(request: HttpRequest, learner: Person) -> HttpResponse:
    """The learner's own profile."""
    viewer = viewer_in(request)
    assert viewer is not None
    return _page(request, open_person(viewer, learner.id))


@require_http_methods(["GET", "HEAD"])
@for_person
def profile(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The page."""
    return redirect("pages:me") if seen.own else _page(request, seen)


def _page(request: HttpRequest, seen: Seen) -> HttpResponse:
    now, whole, others = time.time(), whole_of(seen.learner), outside_of(seen.learner.id)
    careers = careers_in(get_language() or "en") if any(fact.career for fact in whole.facts) else {}
    context: dict[str, Any] = {
        "seen": seen,
        "learner": seen.learner,
        "facts": _facts(whole, careers, now, seen),
        "kinds": [(kind, text) for kind, text in FACTS.items() if kind not in BY_THE_SCHOOL or seen.role == "school"],
        "reports": _reports(whole, now, seen),
        "answers": list(enumerate(ANSWERS, 1)),
        "questions": list(QUESTIONS.items()),
        "notes": [note for note in whole.notes if note.kind in ("note", "contest")],
        "takes": may_take(seen),
    }
    curriculum = None
    try:
        record = record_of(seen.learner, now)
        curriculum = record.curriculum
        context |= _learning(seen, record, whole, others, request.GET)
    except NoCurriculum:
        context["record"] = None
    context |= seen_and_shown(seen, whole.notes, now, curriculum, others)
    context["chosen"] = _chosen(request.GET.get("about", ""), context)
    context["notes"] = [(note, _day(note.at, now, seen)) for note in context["notes"]]
    return render(request, "person/profile.html", context)


def _chosen(about: str, context: dict[str, Any]) -> str:
    """The line of the page that an address names, to write about; "" for none."""
    facts = (row["about"] for _kind, _heading, rows in context["facts"] for row in rows)
    seen = (each.about for each in context["saw"]) if context["saw_open"] else ()
    outside = (each.about for each in context["outside"])
    return (
        about
        if about and about in {*facts, *seen, *outside, *(key for key, _title in context.get("lines", ()))}
        else ""
    )


def _learning(seen: Seen, record: Record, whole: Whole, others: Sequence[Outside], asked: QueryDict) -> dict[str, Any]:
    """The part of the page that the loop knows; ``all`` of the address shows each skill and not the newest ones alone,
    ``about`` names a line to write about."""
    key, outlook, numbers = seen.learner.id, record.outlook, seen.role == "school"
    pace, goals = pace_of(key, record.at), goals_of(key)
    week = days_of(key, since=record.at - 7 * 86400.0, time_zone=record.time_zone)
    views = _views(record, every=asked.get("all") == "1")
    lines = {name: skill_lines(found, record, whole.notes, numbers=numbers) for name, found in views.items()}
    named = [(f"skill:{v.skill}", _(record.curriculum.skills[v.number].title)) for v in _named(record, asked)]
    held = muddles(record, whole.notes)
    goal, works = shown_goal(goals, record, pace), works_lines(compared(stories_of(key)))
    how = [*pace_lines(pace, len(week), round(sum(each.minutes for each in week))), *away_lines(key, record, others)]
    parts = [(GOAL, _("Goal"), goal), (PACE, _("Pace"), how), (WORKS, _("What works"), works)]
    return {
        "record": record,
        "goal": goal,
        "earlier_goals": [goal_name(goal.grade, goal.domain) for goal in goals if goal.ended == "reached"],
        **lines,
        "solid_count": len(outlook.solid),
        "left": len(_known(record)) - sum(map(len, views.values())),
        "muddles": held,
        "pace": how,
        "pace_weeks": [(ago, count) for ago, count in enumerate(reversed(pace.weeks))],
        "works": works,
        "said_of": {about: about_(about, whole.notes) for about, _title, _lines in parts},
        "lines": [
            *dict([*((each.about, each.title) for found in lines.values() for each in found), *named]).items(),
            *((each.about, each.name) for each in held),
            *((about, title) for about, title, shown in parts if shown),
        ],
    }


def _known(record: Record) -> tuple[SkillView, ...]:
    return (*record.outlook.under_way, *record.outlook.solid, *record.outlook.resting)


def _views(record: Record, *, every: bool) -> dict[str, tuple[SkillView, ...]]:
    """Skills by the part of the page that they stand in: after a year there are more than a hundred."""
    outlook, most = record.outlook, None if every else SHOWN
    older = (*outlook.under_way[SHOWN:], *outlook.resting) if every else ()
    return {"under_way": outlook.under_way[:SHOWN], "solid": outlook.solid[:most], "older": older}


def _named(record: Record, asked: QueryDict) -> list[SkillView]:
    """The skill that an address names, shown or not."""
    return [view for view in _known(record) if f"skill:{view.skill}" == asked.get("about")]


def _facts(
    whole: Whole, careers: dict[str, Career], now: float, seen: Seen
) -> list[tuple[str, Text, list[dict[str, Any]]]]:
    """By kind, in the order of the page, with who said it and when."""
    out: list[tuple[str, Text, list[dict[str, Any]]]] = []
    for kind, heading in FACTS.items():
        rows = [_fact(fact, whole.notes, careers, now, seen) for fact in whole.facts if fact.kind == kind]
        out.append((kind, heading, rows))
    return out


def _fact(fact: Fact, notes: Sequence[Note], careers: dict[str, Career], now: float, seen: Seen) -> dict[str, Any]:
    career = careers.get(fact.career)
    about = f"fact:{fact.number}" if fact.number else f"roster:{fact.value}"[:ABOUT]
    said = _("from the school’s roster")
    if fact.number:
        said = _("{who}, {day}").format(who=fact.by, day=_day(fact.at, now, seen))
    return {
        "about": about,
        "number": fact.number,
        "value": career.title if career and fact.kind == "aspiration" else fact.value,
        "said": said,
        "career": career,
        "asks": [domain_said(domain) for domain in career.asks] if career else [],
        "notes": about_(about, notes),
        "mine": fact.kind not in BY_THE_SCHOOL or seen.role == "school",
    }


def _reports(whole: Whole, now: float, seen: Seen) -> list[tuple[Text, Text, str, Text | None]]:
    out = []
    for key, text in QUESTIONS.items():
        if key in whole.reports:
            newest, before = whole.reports[key]
            changed = before is not None and before.answer != newest.answer
            earlier = ANSWERS[before.answer - 1] if before is not None and changed else None
            out.append((text, ANSWERS[newest.answer - 1], _day(newest.at, now, seen), earlier))
    return out


@require_GET
@for_person
def evidence(request: HttpRequest, seen: Seen, kind: str, key: str) -> HttpResponse:
    """Every answer that a line of the profile rests on, the newest first."""
    record = record_of(seen.learner, time.time())
    view = next((view for view in _known(record) if kind == "skill" and view.skill == key), None)
    known = known_misconceptions().get(key) if kind == "misconception" else None
    if view is None and known is None:
        raise Http404
    before = request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 16 else 0
    asked = {"skill": key} if view is not None else {"misconception": key}
    answers = answers_of(seen.learner.id, most=A_PAGE + 1, before=number, **asked)
    notes = whole_of(seen.learner).notes
    context = {
        "seen": seen,
        "learner": seen.learner,
        "line": skill_lines([view], record, notes, numbers=seen.role == "school")[0] if view else None,
        "name": known.name if known else None,
        "answers": [answer_row(answer, seen.learner.district_id, record) for answer in answers[:A_PAGE]],
        "earlier": answers[A_PAGE - 1].number if len(answers) > A_PAGE else 0,
    }
    return render(request, "person/evidence.html", context)


def _day(at: float, now: float, seen: Seen) -> str:
    return day(at, now, time_zone_of(seen.learner.district_id))
