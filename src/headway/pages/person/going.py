"""A goal in plain words: its weeks, how far it is, when it will probably be reached, what more practice would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.path.goals import WEEK, Offer, offers, week_now
from headway.core.path.projection import Pace, Projection
from headway.core.profile.profile import Profile
from headway.pages.dates import near
from headway.pages.person.domains import domain_said, level_said
from headway.school.environment.record import Record
from headway.school.mastery.served import models_for
from headway.school.path.goal_queries import Goal, forecast, open_goal
from headway.school.people.clock import local_date

EXTRA = (10.0, 20.0)
"""Minutes more on a school day that the page tries."""
LONGEST = 26.0
"""Weeks beyond which no day is named."""
TERMS = (3, 6, 10)
"""Weeks that a goal may take, to choose from."""


@dataclass(frozen=True, slots=True)
class SkillStep:
    """A skill of a goal; ``state`` is ``done``, ``here`` (this week's) or ``next``, ``said`` the same in words."""

    key: str
    title: str
    state: str
    icon: str
    said: str


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """A part of a goal's time: its days in words and its skills; ``short`` says that it is about a week."""

    name: str
    now: bool
    short: bool
    skills: tuple[SkillStep, ...]


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal as pages show it. ``sure`` says when it will probably be reached, ``on_time`` how that lies to the goal's day,
    ``more`` what some minutes more would do; empty where there is no practice to judge by. ``chance`` is the chance to be in
    time."""

    name: str
    why: str
    by: str
    set_on: str
    due: str
    weeks: tuple[ShownWeek, ...]
    done: int
    count: int
    reached: bool
    over: bool
    sure: str
    on_time: str
    more: tuple[str, ...]
    rests: str
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """A goal to choose, and what it would do."""

    key: str
    name: str
    skills: tuple[str, ...]
    asked: bool
    sure: str


def shown_goal(goals: Sequence[Goal], record: Record, pace: Pace) -> ShownGoal | None:
    """Put the open goal into words; None where there is none."""
    goal = open_goal(goals)
    if goal is None:
        return None
    solid = {view.skill for view in record.outlook.solid}
    left = [skill for skill in goal.skills if skill not in solid and skill in record.curriculum.skill_number]
    now = week_now(goal.weeks, record.at)
    week = {skill for each in goal.weeks if each.starts <= record.at for skill in each.skills}
    found = _forecasts(record, left, pace, goal.due) if left and record.profile else []
    return ShownGoal(
        name=goal_name(goal.grade, goal.domain),
        why=goal.why,
        by=goal.by,
        set_on=_near(goal.at, record),
        due=_near(goal.due, record),
        weeks=tuple(
            ShownWeek(
                _("{first} to {last}").format(first=_near(each.starts, record), last=_near(each.ends - 1.0, record)),
                each is now,
                each.ends - each.starts < 8.5 * 86400.0,
                tuple(_step(skill, solid, week, record) for skill in each.skills),
            )
            for each in goal.weeks
        ),
        done=len(goal.skills) - len(left),
        count=len(goal.skills),
        reached=not left,
        over=record.at >= goal.due,
        sure=_sure(found[0], record) if found else "",
        on_time=_on_time(found[0], _near(goal.due, record)) if found and record.at < goal.due else "",
        more=tuple(_more(minutes, each, record) for minutes, each in zip(EXTRA, found[1:], strict=False)),
        rests=_rests(found[0], pace) if found else "",
        chance=found[0].on_time if found else None,
    )


def shown_offers(record: Record, pace: Pace, asked: frozenset[str], weeks: int) -> list[tuple[Offer, ShownOffer]]:
    """Return what can be chosen as a goal, with what each would do."""
    if record.profile is None:
        return []
    due, out = record.at + weeks * WEEK, []
    for offer in _offers(record, record.profile, asked):
        (expected,) = _forecasts(record, offer.skills, pace, due, extra=())
        titles = tuple(_(record.curriculum.skills[n].title) for n in record.curriculum.skill_numbers(offer.skills))
        name = goal_name(offer.grade, offer.domain)
        key = f"{offer.grade}|{offer.domain}"
        out.append((offer, ShownOffer(key, name, titles, offer.asked, _sure(expected, record))))
    return out


def chosen_offer(record: Record, asked: frozenset[str], key: str) -> Offer | None:
    """Return the offer that a form names, if it is one of those on the page."""
    found = _offers(record, record.profile, asked) if record.profile else ()
    return next((offer for offer in found if f"{offer.grade}|{offer.domain}" == key), None)


def goal_name(grade: str, domain: str) -> str:
    """``Fractions, grade 7``."""
    return f"{domain_said(domain)}, {level_said(grade)}"


def forecast_of(record: Record, skills: Sequence[str], pace: Pace, due: float) -> Projection | None:
    """Return what is expected of these skills, None for somebody who has never practised."""
    return _forecasts(record, skills, pace, due, extra=())[0] if record.profile else None


def _offers(record: Record, profile: Profile, asked: frozenset[str]) -> tuple[Offer, ...]:
    plan, model = record.plan, models_for([record.plan.model])[record.plan.model]
    return offers(
        record.curriculum,
        model.belief(profile.state, record.curriculum, record.at),
        frozenset(view.number for view in record.outlook.solid),
        grade=profile.grade,
        allowed=plan.only_skills,
        blocked=plan.block_skills,
        asked=asked,
    )


def _forecasts(
    record: Record, skills: Sequence[str], pace: Pace, due: float, *, extra: tuple[float, ...] = EXTRA
) -> list[Projection]:
    assert record.profile is not None
    model = models_for([record.plan.model])[record.plan.model]
    return forecast(record.profile, record.curriculum, model, skills, pace, now=record.at, due=due, extra=(0.0, *extra))


def _step(skill: str, solid: set[str], week: set[str], record: Record) -> SkillStep:
    number = record.curriculum.skill_number.get(skill)
    title = _(record.curriculum.skills[number].title) if number is not None else skill
    if skill in solid:
        return SkillStep(skill, title, "done", "i-check", _("Solid"))
    if skill in week:
        return SkillStep(skill, title, "here", "i-flag", _("Your path works on it now"))
    return SkillStep(skill, title, "next", "i-dot", _("Comes later"))


def _sure(found: Projection, record: Record) -> str:
    """An interval of days; a child needs no number for how sure it is."""
    early, late = _in_weeks(found.early, record), _in_weeks(found.late, record)
    if found.late > LONGEST:
        return _("At this pace it will most likely take until after {day}, and maybe longer than half a year.").format(
            day=early
        )
    if early == late:
        return _("At this pace the goal will most likely be reached {day}.").format(day=early)
    return _("At this pace the goal will most likely be reached between {early} and {late}.").format(
        early=early, late=late
    )


def _on_time(found: Projection, due: str) -> str:
    if found.on_time >= 0.8:
        return _("That is before the goal’s day, {day}.").format(day=due)
    if found.on_time >= 0.4:
        return _("That is close to the goal’s day, {day}. A little more practice would make it safe.").format(day=due)
    return _("That is after the goal’s day, {day}. More practice or a later day would help.").format(day=due)


def _more(minutes: float, found: Projection, record: Record) -> str:
    early, late = _in_weeks(found.early, record), _in_weeks(min(found.late, LONGEST), record)
    said = (
        _("With {minutes} more minutes on each school day: {early}.")
        if early == late
        else _("With {minutes} more minutes on each school day: between {early} and {late}.")
    )
    return said.format(minutes=round(minutes), early=early, late=late)


def _rests(found: Projection, pace: Pace) -> str:
    """What the forecast rests on."""
    answers = ngettext("It takes about {n} problem", "It takes about {n} problems", found.answers).format(
        n=found.answers
    )
    if not pace.weeks:
        return _("{answers}. There is no practice to judge by yet, so this is for a usual pace.").format(
            answers=answers
        )
    mean = round(sum(pace.weeks) / len(pace.weeks))
    return ngettext(
        "{answers}. The last week had about {mean}.",
        "{answers}. The last {weeks} weeks had about {mean} each.",
        len(pace.weeks),
    ).format(answers=answers, mean=mean, weeks=len(pace.weeks))


def _in_weeks(weeks: float, record: Record) -> str:
    today = local_date(record.time_zone, record.at)
    return near(today + timedelta(days=min(round(weeks * 7), 400)), today)


def _near(at: float, record: Record) -> str:
    return near(local_date(record.time_zone, at), local_date(record.time_zone, record.at))
