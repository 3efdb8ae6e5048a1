"""Who is ready for what: the class by skill in path order, grouped by what to do next.

A class is spread over many skills. The table shows those where something is happening (the frontier), in the order of
the path, and around the skill that most of the class is on: *today's step*.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.curriculum.catalogue import Curriculum, Ints
from headway.core.mastery.kernels import DAY
from headway.core.profile.views import SkillView, Status

Group = Literal["ready", "today", "earlier", "elsewhere", "unknown"]
GROUPS: tuple[Group, ...] = ("ready", "today", "earlier", "elsewhere", "unknown")
SHAKY: tuple[Status, ...] = ("stuck", "learning", "starting")
"""Under way and not near yet."""
WIDTH = 9
"""Columns that can be read from two metres on a classroom display."""
FRESH = 14 * DAY
"""Practice within this time counts as under way."""
LATELY = 3 * DAY
"""Practice within this time counts towards today's step: a day apart, or a weekend."""
HERE, STUCK, UNDER_WAY, REACHED = 3.0, 2.0, 1.0, 0.5
"""Weight of one learner in the choice of columns: is on it, is stuck on it, has it under way, mastered it lately."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner's touched skills by number in the curriculum, and the skill that they are on (-1 for none); ``stuck``
    says that the board names them as stuck there now."""

    learner: str
    here: int
    skills: Mapping[int, SkillView]
    stuck: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner and one skill. ``chance`` to solve the next problem and ``answers`` so far matter on the frontier;
    a mastered or untouched skill shows neither."""

    status: Status
    chance: float = 0.0
    answers: int = 0
    here: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One learner: cells in the order of the columns."""

    learner: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The table. ``columns`` are skill numbers in path order, ``today`` the column that most are on (-1: nobody is on any)."""

    columns: tuple[int, ...]
    today: int
    groups: tuple[tuple[Group, tuple[Row, ...]], ...]


def path_order(curriculum: Curriculum) -> list[int]:
    """Return all skill numbers so that prerequisites come first; among the possible ones lower grade, then number."""
    c = curriculum
    waiting = [int(c.before_at[n + 1] - c.before_at[n]) for n in range(len(c.skills))]
    ready = [(int(c.level[n]), n) for n, count in enumerate(waiting) if count == 0]
    heapq.heapify(ready)
    order: list[int] = []
    while ready:
        _, number = heapq.heappop(ready)
        order.append(number)
        for later in c.after[c.after_at[number] : c.after_at[number + 1]].tolist():
            waiting[later] -= 1
            if waiting[later] == 0:
                heapq.heappush(ready, (int(c.level[later]), later))
    return order + [n for n, count in enumerate(waiting) if count > 0]


def earlier_skills(curriculum: Curriculum, skill: int) -> frozenset[int]:
    """Return every skill that builds towards this one, directly or not."""
    return _walk(curriculum.before_at, curriculum.before, skill)


def later_skills(curriculum: Curriculum, skill: int) -> frozenset[int]:
    """Return every skill that this one builds towards, directly or not."""
    return _walk(curriculum.after_at, curriculum.after, skill)


def _walk(at: Ints, of: Ints, skill: int) -> frozenset[int]:
    found, todo = set[int](), [skill]
    while todo:
        number = todo.pop()
        for other in of[at[number] : at[number + 1]].tolist():
            if other not in found:
                found.add(other)
                todo.append(other)
    return frozenset(found)


def readiness(
    standings: Sequence[Standing], curriculum: Curriculum, order: Sequence[int], now: float, *, width: int = WIDTH
) -> Readiness:
    """Return the table of a class; ``order`` comes from :func:`path_order`. Rows keep the order of ``standings``."""
    columns = frontier(standings, order, now, width)
    today = todays_step(standings, columns, now)
    before = earlier_skills(curriculum, today) if today >= 0 else frozenset[int]()
    after = later_skills(curriculum, today) if today >= 0 else frozenset[int]()
    rows: dict[Group, list[Row]] = {group: [] for group in GROUPS}
    for standing in standings:
        cells = tuple(_cell(standing, number) for number in columns)
        rows[_group(standing, columns, today, before, after)].append(Row(standing.learner, cells))
    return Readiness(columns, today, tuple((group, tuple(rows[group])) for group in GROUPS if rows[group]))


def frontier(standings: Sequence[Standing], order: Sequence[int], now: float, width: int) -> tuple[int, ...]:
    """Return the skills that most is happening in, at most ``width``, in path order."""
    weight: dict[int, float] = {}
    for standing in standings:
        for number, view in standing.skills.items():
            gained = _weight(view, now) + (HERE if number == standing.here else 0.0)
            if gained:
                weight[number] = weight.get(number, 0.0) + gained
        if standing.here >= 0 and standing.here not in standing.skills:
            weight[standing.here] = weight.get(standing.here, 0.0) + HERE
    place = {number: position for position, number in enumerate(order)}
    chosen = sorted(weight, key=lambda number: (-weight[number], place[number]))[:width]
    return tuple(sorted(chosen, key=place.__getitem__))


def todays_step(standings: Sequence[Standing], columns: Sequence[int], now: float) -> int:
    """Return the column that most learners are on, or have under way and not near within :data:`LATELY`.

    Of equals the earliest; -1 if nobody is on any.
    """
    counts = [sum(_is_on(standing, number, now) for standing in standings) for number in columns]
    return columns[counts.index(max(counts))] if any(counts) else -1


def _is_on(standing: Standing, number: int, now: float) -> bool:
    view = standing.skills.get(number)
    lately = view is not None and view.status in SHAKY and now - view.last_at <= LATELY
    return standing.here == number or lately


def _weight(view: SkillView, now: float) -> float:
    if now - view.last_at > FRESH:
        return 0.0
    if view.status == "mastered":
        return REACHED
    return STUCK if view.status == "stuck" else UNDER_WAY


def _cell(standing: Standing, number: int) -> Cell:
    view, here = standing.skills.get(number), standing.here == number
    if view is None or view.status == "new":
        return Cell("new", here=here)
    if view.status == "mastered":
        return Cell("mastered", here=here)
    return Cell("stuck" if here and standing.stuck else view.status, view.p_next, view.n, here)


def _group(
    standing: Standing, columns: Sequence[int], today: int, before: frozenset[int], after: frozenset[int]
) -> Group:
    """``ready``: today's step is mastered or near, or they are on something that builds on it; ``earlier``: they are on
    something that builds towards it, or such a column is under way and not secure; ``today``: they are on it or have it
    under way; ``elsewhere``: they are on another branch of the path."""
    if not standing.skills:
        return "unknown"
    step = standing.skills.get(today)
    if standing.here in after or (step is not None and step.status in ("mastered", "near")):
        return "ready"
    on_the_way = (standing.skills.get(number) for number in columns if number in before)
    if standing.here in before or any(view is not None and view.status in SHAKY for view in on_the_way):
        return "earlier"
    return "today" if step is not None or standing.here == today else "elsewhere"
