"""From the record to the page of a conference: the facts that ``core.path.conferences`` drafts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from headway.core.path.conferences import Facts, GoalFacts, Packet, draft
from headway.core.text import Text, verbatim
from headway.pages.learner.goals import USUAL, asked_by, wished_career
from headway.pages.person.going import ShownGoal, goal_name, shown_goal, shown_offers
from headway.pages.person.shown import muddles
from headway.school.environment.record import Record
from headway.school.mastery.queries import days_of, ledger_of
from headway.school.path.conferences.queries import Talk, last_held
from headway.school.path.goal_queries import goals_of, pace_of
from headway.school.profile.careers import careers_in
from headway.school.profile.person import whole_of

FIRST = 8 * 7 * 86400.0
"""Seconds that the first draft looks back."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A packet with the goal as the profile shows it, and what the wished-for career asks for."""

    packet: Packet
    goal: ShownGoal | None
    asked: frozenset[str]


def drafted(record: Record, talks: Sequence[Talk]) -> Drafted:
    """Draft the page about a learner from everything that is on record."""
    key, whole = record.learner.id, whole_of(record.learner)
    since = last_held(talks) or record.at - FIRST
    pace, goals = pace_of(key, record.at), goals_of(key)
    goal = shown_goal(goals, record, pace)
    asked = asked_by(wished_career(whole, careers_in(get_language() or "en")))
    days = days_of(key, since=since, time_zone=record.time_zone)
    outlook = record.outlook
    facts = Facts(
        name=record.learner.given_name,
        since=since,
        now=record.at,
        views=(*outlook.under_way, *outlook.solid, *outlook.resting),
        ledger=[entry for entry in ledger_of(key, most=400) if entry.at >= since],
        days=len(days),
        minutes=round(sum(each.minutes for each in days)),
        reached=[verbatim(goal_name(g.grade, g.domain)) for g in goals if g.ended == "reached" and g.ended_at >= since],
        stated=[verbatim(fact.value) for fact in whole.facts if fact.kind == "strength"],
        muddles=[(each.key, each.name) for each in muddles(record, ())],
        goal=_goal(goal),
        offers=[
            (shown.key, verbatim(shown.name), verbatim(shown.sure))
            for _o, shown in shown_offers(record, pace, asked, USUAL)
        ],
        last_at=record.last_at,
        daily=record.plan.daily_goal,
        pace=pace.minutes,
    )
    return Drafted(draft(facts, record.curriculum), goal, asked)


def _goal(goal: ShownGoal | None) -> GoalFacts | None:
    if goal is None:
        return None
    said: list[Text] = [verbatim(words) for words in (f"{goal.sure} {goal.on_time}".strip(), *goal.more) if words]
    return GoalFacts(verbatim(goal.name), goal.done, goal.count, goal.chance, goal.over, tuple(said))
