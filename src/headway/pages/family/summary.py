"""A child's record in plain words: what is solid, what they work on, what comes next, when they practised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from headway.core.environment.outlook import likely_range
from headway.core.mastery.kernels import DAY
from headway.core.path.plan import wanted_by
from headway.core.profile.views import SkillView
from headway.core.text import T, Text
from headway.pages.dates import day, when
from headway.pages.render import said as in_words
from headway.school.environment.record import Record
from headway.school.environment.signals import good_words_of
from headway.school.mastery.queries import PracticeDay, days_of
from headway.school.path.goals import GOAL
from headway.school.path.queries import Wish
from headway.school.people.clock import local_date

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A skill and what there is to say of it."""

    title: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the last seven: its name, minutes and answers, 0 where there was no practice."""

    name: str
    letter: str
    minutes: int
    answers: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What an adult of the school has decided or said, with the reason they gave or the day."""

    said: Text
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A child in plain words. ``minutes`` and ``days_practised`` are of the last seven days; ``last`` says when they
    practised last, "" for never."""

    name: str
    last: str
    solid: tuple[Line, ...]
    more_solid: int
    working: tuple[Line, ...]
    following: tuple[Text, ...]
    days: tuple[Day, ...]
    minutes: int
    days_practised: int
    choices: tuple[Choice, ...]
    words: tuple[Choice, ...]


def summary(record: Record, wishes: Sequence[Wish]) -> Summary:
    """Return the summary of a record with the wishes for the learner."""
    c, found = record.curriculum, record.outlook
    week = _week(record)
    return Summary(
        name=record.learner.given_name,
        last=when(record.last_at, record.at, record.time_zone) if record.last_at else "",
        solid=tuple(
            Line(
                Text(c.skills[view.number].title),
                T("solid since {day}", day=day(view.mastered_at, record.at, record.time_zone)),
            )
            for view in found.solid[:SHOWN]
        ),
        more_solid=max(len(found.solid) - SHOWN, 0),
        working=tuple(Line(Text(c.skills[v.number].title), _how(v, record)) for v in found.under_way[:SHOWN]),
        following=tuple(Text(c.skills[number].title) for number in found.following),
        days=week,
        minutes=sum(each.minutes for each in week),
        days_practised=sum(each.answers > 0 for each in week),
        choices=_choices(record, wishes),
        words=tuple(
            Choice(word.said, word.who, day(word.at, record.at, record.time_zone))
            for word in good_words_of(record.learner.id, since=record.at - 14 * DAY)[:SHOWN]
        ),
    )


def _how(view: SkillView, record: Record) -> Text:
    """How it goes, without a number of the child: what to expect of the next problem."""
    if view.status == "stuck":
        return T("This is hard right now. A teacher sees it too.")
    if view.status == "starting":
        return T("Just begun.")
    if view.status == "near":
        return T("Nearly there.")
    low, _high = likely_range(view, float(record.curriculum.base[view.number]))
    return T("Getting it right more often than not.") if low > 0.5 else T("Still learning it.")


def _week(record: Record) -> tuple[Day, ...]:
    today = local_date(record.time_zone, record.at)
    found = {
        each.day: each for each in days_of(record.learner.id, since=record.at - 8 * DAY, time_zone=record.time_zone)
    }
    return tuple(_day(today - timedelta(days=ago), found) for ago in range(6, -1, -1))


def _day(when: date, found: dict[date, PracticeDay]) -> Day:
    each = found.get(when)
    minutes, answers = (max(round(each.minutes), 1), each.answers) if each else (0, 0)
    return Day(date_format(when, "l"), date_format(when, "D"), minutes, answers)


def _why(reason: str) -> Text:
    """A reason as it was written; a goal's is the learner's words behind a mark."""
    words = reason.removeprefix(GOAL)
    return Text(reason) if words == reason else T("Goal: {words}", words=words)


def _choices(record: Record, wishes: Sequence[Wish]) -> tuple[Choice, ...]:
    out: list[Choice] = []
    numbers = record.curriculum.skill_number
    for wish in wishes:
        row = wish.row
        skill, _due = wanted_by(row.value)
        if wish.ended or wish.by is None or skill not in numbers:
            continue
        title = Text(record.curriculum.skills[numbers[skill]].title)
        if row.effect == "pin-skill":
            said = T("“{skill}” comes first for now.", skill=title)
        elif row.effect == "prefer-skill":
            said = T("There is more of “{skill}” for now.", skill=title)
        elif row.effect == "block-skill":
            said = T("“{skill}” is left out for now.", skill=title)
        else:
            continue
        out.append(Choice(said, wish.by.name, in_words(_why(row.reason))))
    return tuple(out)
