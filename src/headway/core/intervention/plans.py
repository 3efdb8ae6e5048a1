"""An intervention plan: what, by whom, with whom, when, how much, the goal line and when it ends.

Days are counted since 1 January 1970 in local time, weekdays from Monday (0) to Sunday (6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.text import T, Text

Kind = Literal["small-group", "tutoring", "peer-tutoring", "work-cycles", "fluency", "check-in"]
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A kind of support that a team can choose. ``most`` is the size of group above which it is something else."""

    kind: Kind
    name: Text
    about: Text
    minutes: int
    per_week: int
    most: int


MENU: dict[str, MenuLine] = {
    line.kind: line
    for line in (
        MenuLine(
            kind="small-group",
            name=T("Small group"),
            about=T("An adult teaches three to six learners who need the same next skill."),
            minutes=30,
            per_week=3,
            most=6,
        ),
        MenuLine(
            kind="tutoring",
            name=T("Tutoring"),
            about=T("An adult works with one to three learners on their own next step."),
            minutes=30,
            per_week=3,
            most=3,
        ),
        MenuLine(
            kind="peer-tutoring",
            name=T("Peer tutoring"),
            about=T("Two learners take turns to explain and to check, with a script."),
            minutes=20,
            per_week=3,
            most=12,
        ),
        MenuLine(
            kind="work-cycles",
            name=T("Work cycles"),
            about=T("Longer stretches of own work with a conference at the end of each."),
            minutes=45,
            per_week=2,
            most=12,
        ),
        MenuLine(
            kind="fluency",
            name=T("Fluency practice"),
            about=T("Short timed practice of facts and procedures, with own progress."),
            minutes=10,
            per_week=4,
            most=12,
        ),
        MenuLine(
            kind="check-in",
            name=T("Check-in, check-out"),
            about=T("A few minutes at the start and the end of the day with one adult."),
            minutes=10,
            per_week=5,
            most=12,
        ),
    )
}
"""What a team chooses from. Effects measured here are computed from the plans on record; none from elsewhere is claimed
where no source was read."""


@dataclass(frozen=True, slots=True)
class Dose:
    """How much is planned: minutes a session, on which weekdays."""

    minutes: int
    weekdays: tuple[int, ...]

    @property
    def weekly_minutes(self) -> int:
        """Minutes planned in a full week."""
        return self.minutes * len(self.weekdays)


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A straight line from the baseline on its day to the goal on its day; scores in the measure's unit."""

    start_day: int
    start: float
    goal_day: int
    goal: float

    def at(self, day: float) -> float:
        """The score that the line asks for on a day; after the goal's day it stays level."""
        share = (day - self.start_day) / (self.goal_day - self.start_day)
        return self.start + (self.goal - self.start) * min(max(share, 0.0), 1.0)

    @property
    def weekly(self) -> float:
        """Growth a week that reaches the goal on its day."""
        return (self.goal - self.start) / (self.goal_day - self.start_day) * WEEK_DAYS


@dataclass(frozen=True, slots=True)
class Exit:
    """The plan has done its work when ``in_a_row`` probes in a row lie at or above the goal."""

    in_a_row: int = 3


class BadPlan(ValueError):
    """The plan cannot be written down as it is. ``text`` says what to mend, for the person who wrote it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


def check_dose(dose: Dose) -> Dose:
    """Return the dose with its weekdays in order. Raises :class:`BadPlan`."""
    if not 5 <= dose.minutes <= 180:
        raise BadPlan(T("A session has 5 to 180 minutes."))
    if not dose.weekdays or not set(dose.weekdays) <= set(range(WEEK_DAYS)):
        raise BadPlan(T("Choose at least one day of the week."))
    return Dose(dose.minutes, tuple(sorted(set(dose.weekdays))))


def check_goal(goal: GoalLine) -> GoalLine:
    """Return the goal line. Raises :class:`BadPlan` where it does not rise, or ends within two weeks."""
    if goal.goal_day - goal.start_day < 2 * WEEK_DAYS:
        raise BadPlan(T("The day of the goal is at least two weeks after the start."))
    if not goal.goal > goal.start >= 0:
        raise BadPlan(T("The goal is a score above the score at the start."))
    return goal


def start_score(baseline: Sequence[float], entered: float) -> float:
    """Where the goal line starts: the middle of the last three probes before the support, or what was entered while there
    are fewer."""
    return sorted(baseline[-3:])[1] if len(baseline) >= 3 else entered


def weekday(day: int) -> int:
    """The weekday of a day since 1970: Monday is 0. 1 January 1970 was a Thursday."""
    return (day + 3) % WEEK_DAYS


def planned_days(weekdays: Sequence[int], first: int, last: int, closed: Iterable[int] = ()) -> tuple[int, ...]:
    """Return the days from ``first`` to ``last`` on which a session is planned; ``closed`` days have no school."""
    shut = set(closed)
    return tuple(day for day in range(first, last + 1) if weekday(day) in weekdays and day not in shut)


def probe_due(last: int | None, start: int, every: int) -> int:
    """Return the day on which the next probe is due: the start of the plan, then ``every`` days after the last one."""
    return start if last is None else last + every


def reached_exit(scores: Sequence[float], goal: float, rule: Exit) -> bool:
    """Whether the last ``in_a_row`` scores all lie at or above the goal."""
    return len(scores) >= rule.in_a_row and all(score >= goal for score in scores[-rule.in_a_row :])


def row_at_goal(scores: Sequence[float], goal: float) -> int:
    """How many of the last scores, one after the other, lie at or above the goal."""
    count = 0
    for score in reversed(scores):
        if score < goal:
            break
        count += 1
    return count
