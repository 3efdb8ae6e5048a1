"""What adults set for a path: minutes at the screen (family and school), a goal with the learner, a list to do in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from headway.core.curriculum.catalogue import Curriculum
from headway.core.path.goals import WEEK
from headway.core.path.playlist import left_of, parsed
from headway.core.path.screen import minutes_today
from headway.core.text import Text
from headway.pages.person.door import Seen, for_person
from headway.pages.person.going import TERMS, chosen_offer, forecast_of, shown_goal, shown_offers
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import Record, record_of
from headway.school.path.actions import BadWish
from headway.school.path.goal_queries import goals_of, pace_of
from headway.school.path.goals import BadGoal, end_goal, set_goal
from headway.school.path.steering import EACH, end_playlist, limits_of, set_playlist, set_screen_minutes

MINUTES = (10, 15, 20, 30, 45, 60, 90)
ROWS, USUAL = 6, 6
"""Skills of a list that the form has room for; weeks that a goal takes where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of minutes: by whom; ``holds`` that it is the one that counts, ``mine`` that the reader has set it."""

    minutes: int
    who: str
    holds: bool
    mine: bool


@require_http_methods(["GET", "POST"])
@for_person
def steer(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The page; a POST sets or ends one thing. Learners have *My goals* instead."""
    if seen.own:
        return redirect("pages:goals")
    try:
        record = record_of(seen.learner, time.time())
    except NoCurriculum:
        return render(request, "person/steer.html", {"seen": seen, "learner": seen.learner, "record": None})
    if request.method == "POST":
        try:
            _do(request, seen, record)
        except (BadGoal, BadWish) as refusal:
            words = (
                said(refusal.text)
                if isinstance(refusal, BadGoal)
                else _("That could not be set. Check what you chose.")
            )
            messages.warning(request, words)
        return redirect("pages:steer", seen.learner.id)
    return render(request, "person/steer.html", _context(seen, record))


def _context(seen: Seen, record: Record) -> dict[str, Any]:
    context: dict[str, Any] = {
        "seen": seen,
        "learner": seen.learner,
        "record": record,
        "school": seen.role == "school",
        "limits": _limits(seen, record),
        "minutes": MINUTES,
        "today": round(minutes_today(record.plan, record.profile, record.at)) if record.profile else 0,
    }
    if seen.role != "school":
        return context
    pace = pace_of(seen.learner.id, record.at)
    goal = shown_goal(goals_of(seen.learner.id), record, pace)
    left = left_of(record.plan.playlist, record.profile, record.curriculum) if record.profile else []
    return context | {
        "goal": goal,
        "offers": [shown for _offer, shown in shown_offers(record, pace, frozenset(), USUAL)],
        "terms": TERMS,
        "usual": USUAL,
        "list": [_title(parsed(each)[0], record.curriculum) for each in left],
        "choices": skill_choices(record.curriculum, record.here),
        "rows": range(1, ROWS + 1),
        "each": EACH,
    }


def _limits(seen: Seen, record: Record) -> list[Limit]:
    rows = limits_of(seen.learner.id, record.at)
    out, held = [], record.plan.screen_minutes
    for row in rows:
        who = row.by.name if row.by and row.learner_id else _("for everyone in the district")
        minutes = int(row.value)
        out.append(Limit(minutes, who, minutes == held, bool(row.learner_id) and row.by_id == seen.viewer.person.id))
    return out


def _do(request: HttpRequest, seen: Seen, record: Record) -> None:
    school: dict[str, Callable[[HttpRequest, Seen, Record], str]] = {
        "goal": _goal,
        "drop": _drop,
        "list": _list,
        "end-list": _end,
    }
    what = request.POST.get("do", "")
    if what == "screen":
        messages.success(request, _screen(request, seen, record))
    elif what in school and seen.role == "school":
        messages.success(request, school[what](request, seen, record))
    else:
        raise Http404


def _screen(request: HttpRequest, seen: Seen, record: Record) -> str:
    sent = request.POST.get("minutes", "")
    minutes = int(sent) if sent in map(str, (0, *MINUTES)) else -1
    set_screen_minutes(
        learner=seen.learner,
        by=seen.viewer.person,
        minutes=minutes,
        now=record.at,
        reason=request.POST.get("reason", ""),
    )
    if not minutes:
        return _("Your limit is lifted.")
    return ngettext(
        "Noted: {n} minute of practice at the screen a day. A problem that is open is finished first.",
        "Noted: {n} minutes of practice at the screen a day. A problem that is open is finished first.",
        minutes,
    ).format(n=minutes)


def _goal(request: HttpRequest, seen: Seen, record: Record) -> str:
    offer, weeks = chosen_offer(record, frozenset(), request.POST.get("offer", "")), request.POST.get("weeks", "")
    due = record.at + int(weeks) * WEEK if weeks in map(str, TERMS) else 0.0
    skills = offer.skills if offer else ()
    set_goal(
        learner=seen.learner,
        by=seen.viewer.person,
        grade=offer.grade if offer else "",
        domain=offer.domain if offer else "",
        skills=skills,
        due=due,
        now=record.at,
        why=request.POST.get("why", ""),
        forecast=forecast_of(record, skills, pace_of(seen.learner.id, record.at), due) if skills and due else None,
    )
    return _("The goal is set. {name} sees it with your name and can change it.").format(name=seen.learner.given_name)


def _drop(request: HttpRequest, seen: Seen, record: Record) -> str:
    end_goal(learner=seen.learner, by=seen.viewer.person, kind="dropped", now=record.at)
    return _("This goal is over.")


def _list(request: HttpRequest, seen: Seen, record: Record) -> str:
    give_list(request, [seen.learner], seen.viewer.person, record.at)
    return _("The list begins with {name}’s next problem.").format(name=seen.learner.given_name)


def give_list(request: HttpRequest, learners: list[Any], by: Any, now: float) -> int:
    """Set the playlist of a form, for one learner or several. Raises BadWish."""
    skills = list(dict.fromkeys(each for each in request.POST.getlist("skill") if each))
    each = request.POST.get("each", "")
    return set_playlist(
        learners=learners,
        skills=skills,
        each=int(each) if each in map(str, EACH) else 0,
        by=by,
        reason=request.POST.get("reason", ""),
        now=now,
    )


def _end(request: HttpRequest, seen: Seen, record: Record) -> str:
    end_playlist(learner=seen.learner, now=record.at)
    return _("The list has ended.")


def skill_choices(curriculum: Curriculum, here: int) -> list[tuple[str, list[tuple[str, Text]]]]:
    """Skills that can be practised, by grade: from two grades below the skill ``here`` to two above, all where it is -1."""
    by_grade: dict[str, list[tuple[str, Text]]] = {}
    for number, each in enumerate(curriculum.skills):
        near = here < 0 or abs(int(curriculum.level[number]) - int(curriculum.level[here])) <= 2
        if near and curriculum.skill_activities_at[number + 1] > curriculum.skill_activities_at[number]:
            by_grade.setdefault(each.grade, []).append((each.id, Text(each.title)))
    return list(by_grade.items())


def _title(skill: str, curriculum: Curriculum) -> str:
    number = curriculum.skill_number.get(skill)
    return _(curriculum.skills[number].title) if number is not None else skill
