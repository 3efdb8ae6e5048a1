"""Goals: which skills one asks for, in which order, and what to do in which week.

A goal becomes rows of the learner's plan: the path leans towards each week's skills (see ``leaning``) until they are mastered or
the goal's day has come. Formulas and limits: ``docs/explanation/path.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headway.core.curriculum.catalogue import Curriculum, grade_level
from headway.core.mastery.kernels import chance
from headway.core.mastery.state import Belief
from headway.core.path.kernel import READY

WEEK = 7 * 86400.0
MOST_SKILLS = 6
"""Skills of one goal at most, with what they build on: more than a child can keep in view is no goal."""
OWN_SKILLS = 4
A_WEEK = 3
"""Skills of one week at most."""
OFFERS = 3
WEAK = READY + 0.2
"""A prerequisite that is solved with a smaller chance than this belongs to the goal too (as in ``terrain``)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A goal that can be chosen: the skills of one domain (``grade`` and ``domain`` of the curriculum) in the order of
    practice, what they build on included; ``asked`` says that the career which the learner wishes for asks for it."""

    grade: str
    domain: str
    skills: tuple[str, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class GoalWeek:
    """An interim goal: these skills from ``starts`` to ``ends`` (seconds since 1970)."""

    starts: float
    ends: float
    skills: tuple[str, ...]


def in_order(
    curriculum: Curriculum, belief: Belief, mastered: frozenset[int], wanted: Sequence[int]
) -> tuple[int, ...]:
    """Return the wanted skills (numbers) that are not mastered, each after those prerequisites of it that are neither
    mastered nor sound; at most MOST_SKILLS, so that a goal is cut at its far end, never at its beginning."""
    found: dict[int, None] = {}

    def visit(skill: int, depth: int) -> None:
        if skill in mastered or skill in found or not _practised(curriculum, skill):
            return
        if depth:
            for earlier in curriculum.before[curriculum.before_at[skill] : curriculum.before_at[skill + 1]].tolist():
                if _solved(curriculum, belief, earlier) < WEAK:
                    visit(earlier, depth - 1)
        found.setdefault(skill)

    for skill in wanted:
        if len(found) < MOST_SKILLS:
            visit(skill, 1)
    return tuple(found)[:MOST_SKILLS]


def offers(
    curriculum: Curriculum,
    belief: Belief,
    mastered: frozenset[int],
    *,
    grade: str,
    allowed: frozenset[str] | None,
    blocked: frozenset[str],
    asked: frozenset[str],
) -> tuple[Offer, ...]:
    """Return up to three goals to choose from: domains of the learner's grade, or one below, that the plan allows and in which
    something is left to master; where nothing is, those of the lowest grade above in which something is. What the wished-for
    career asks for (domains) comes first, then the domain whose skills are nearest to being solved half of the time: not done
    already, and not out of reach."""
    left = [
        number
        for number, skill in enumerate(curriculum.skills)
        if (allowed is None or skill.id in allowed)
        and skill.id not in blocked
        and number not in mastered
        and _practised(curriculum, number)
    ]
    top = _top(grade_level(grade), [int(curriculum.level[number]) for number in left])
    groups: dict[tuple[str, str], list[int]] = {}
    for number in left:
        if top - 1 <= int(curriculum.level[number]) <= top:
            skill = curriculum.skills[number]
            groups.setdefault((skill.grade, skill.domain), []).append(number)
    ranked = sorted(groups.items(), key=lambda pair: _rank(pair, curriculum, belief, asked, top))
    made: list[Offer] = []
    for (level, domain), numbers in ranked:
        numbers.sort(key=lambda n: (-round(_solved(curriculum, belief, n), 2), n))
        chosen = in_order(curriculum, belief, mastered, numbers[:OWN_SKILLS])
        skills = tuple(curriculum.skills[n].id for n in chosen if curriculum.skills[n].id not in blocked)
        if skills and not any(set(skills) & set(other.skills) for other in made):
            made.append(Offer(level, domain, skills, domain in asked))
    return tuple(made[:OFFERS])


def _top(own: int, levels: Sequence[int]) -> int:
    """The highest grade level of goals: the learner's own, or the lowest above it where nothing is left in their own."""
    if any(own - 1 <= level <= own for level in levels):
        return own
    return min((level for level in levels if level > own), default=own)


def weeks_of(skills: Sequence[str], starts: float, due: float) -> tuple[GoalWeek, ...]:
    """Share the skills out over the weeks from ``starts`` to ``due``, in order and evenly, at most A_WEEK a week (the last
    week takes what is left). Raises ValueError where ``due`` is not after ``starts``.

    >>> [week.skills for week in weeks_of(["a", "b", "c"], 0.0, 3 * WEEK)]
    [('a',), ('b',), ('c',)]
    """
    if due <= starts:
        raise ValueError("a goal's day lies after the day on which it is set")
    count = min(max(round((due - starts) / WEEK), 1), max(len(skills), 1))
    length = (due - starts) / count
    share, rest = divmod(len(skills), count)
    out: list[GoalWeek] = []
    taken = 0
    for number in range(count):
        size = share + (number < rest)
        begin = starts + number * length
        out.append(GoalWeek(begin, starts + (number + 1) * length, tuple(skills[taken : taken + size])))
        taken += size
    return tuple(out)


def week_now(weeks: Sequence[GoalWeek], now: float) -> GoalWeek | None:
    """Return the interim goal of this moment, or None before the first and after the last."""
    return next((week for week in weeks if week.starts <= now < week.ends), None)


def _rank(
    pair: tuple[tuple[str, str], list[int]],
    curriculum: Curriculum,
    belief: Belief,
    asked: frozenset[str],
    top: int,
) -> tuple[bool, float, int, str]:
    (grade, domain), numbers = pair
    nearest = min(abs(_solved(curriculum, belief, number) - 0.5) for number in numbers)
    return (domain not in asked, round(nearest, 1), abs(grade_level(grade) - top), domain)


def _solved(curriculum: Curriculum, belief: Belief, skill: int) -> float:
    return chance(float(belief.mean[skill] - curriculum.base[skill]), float(belief.variance[skill]))


def _practised(curriculum: Curriculum, skill: int) -> bool:
    return bool(curriculum.skill_activities_at[skill + 1] > curriculum.skill_activities_at[skill])


def done(skills: Sequence[str], mastered: Mapping[str, float]) -> int:
    """Return how many of a goal's skills are mastered (``mastered``: skill -> since when)."""
    return sum(skill in mastered for skill in skills)
