"""One learner's week for the family, from append-only records: any past week can be read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import MasteryEntry
from headway.core.path.goals import WEEK
from headway.core.path.week import Week, WeekFacts, week_said
from headway.core.text import Text, verbatim
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.models import Evidence
from headway.school.mastery.queries import ledger_of
from headway.school.path.conferences.queries import talks_of
from headway.school.path.goal_queries import Goal, goals_of
from headway.school.people.clock import EPOCH, date_of, day_of, local_date, start_of, time_zone_of
from headway.school.people.models import Person

LONGEST_LEDGER = 2000


def monday_of(district: UUID, at: float) -> int:
    """The local day (since 1970) of the Monday of a moment's week."""
    day = day_of(district, at)
    return day - date_of(day).weekday()


def monday_on(then: date) -> int:
    """The same of a date."""
    return then.toordinal() - then.weekday() - EPOCH


def week_of(
    learner: Person, monday: int, curriculum: Curriculum | None = None, kept: Sequence[MasteryEntry] | None = None
) -> Week:
    """Return the week of a learner that begins on a Monday, in words. The caller has checked access. Raises NoCurriculum. Who
    has the curriculum and the ledger (LONGEST_LEDGER lines, newest first) already gives them."""
    district = learner.district_id
    starts, ends = start_of(district, monday), start_of(district, monday + 7)
    curriculum = curriculum or curriculum_of(district)
    kept = ledger_of(learner.id, most=LONGEST_LEDGER) if kept is None else kept
    ledger = [entry for entry in reversed(kept) if entry.at < ends]
    state = {entry.skill: entry.kind for entry in ledger}
    practised, days = _practised(learner.id, district, starts, ends)
    goals = goals_of(learner.id)
    talks = talks_of(learner.id, private=False)
    facts = WeekFacts(
        name=learner.given_name,
        ledger=[entry for entry in ledger if entry.at >= starts],
        mastered=frozenset(skill for skill, kind in state.items() if kind != "lost"),
        practised=practised,
        days=days,
        planned=_planned(goals, ends),
        goals=[_name(goal) for goal in goals if goal.ended == "reached" and starts <= goal.ended_at < ends],
        agreed=[line.text for talk in talks if starts <= talk.ended_at < ends for line in talk.agreed],
    )
    return week_said(facts, curriculum)


def _practised(learner: UUID, district: UUID, starts: float, ends: float) -> tuple[list[str], int]:
    """The skills of a week's first answers, those with most of them first, and the days."""
    rows = Evidence.objects.filter(learner_id=learner, kind="response", now__gte=starts, now__lt=ends)
    counts: dict[str, int] = {}
    days, zone = set(), time_zone_of(district)
    for at, attempt, skills in rows.order_by("id").values_list("now", "attempt", "skills"):
        days.add(local_date(zone, at))
        if attempt == 1 and skills:
            counts[skills[0]] = counts.get(skills[0], 0) + 1
    return sorted(counts, key=lambda skill: (-counts[skill], skill)), len(days)


def _planned(goals: list[Goal], ends: float) -> list[str]:
    """What the goal that was open when the week ended had planned for the week after it."""
    for goal in goals:
        if goal.at < ends and (not goal.ended_at or goal.ended_at >= ends):
            return [
                skill for week in goal.weeks if week.starts < ends + WEEK and week.ends > ends for skill in week.skills
            ]
    return []


def _name(goal: Goal) -> Text:
    return Text(goal.domain) if goal.domain else verbatim(goal.grade)
