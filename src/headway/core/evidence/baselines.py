"""Policies that a better one has to beat, in the shape of well-known systems and behind the same protocol.

They see what every policy sees: first answers by skill, when a skill was practised last, the graph. Skills below the learner's
grade are presumed known until they are failed. Their numbers are tuned as ``frontier-4`` is, see ``benchmarks/paths``.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import grade_level
from headway.core.events import Alternative
from headway.core.evidence.fitted import SWITCHING
from headway.core.mastery.kernels import DAY
from headway.core.mastery.state import SkillStates
from headway.core.path.policy import CHOICE, Choice, Policy, Situation, concrete, single, uniform
from headway.core.path.reasons import why
from headway.core.path.terrain import ages, allowed_skills, recent_skills


def _row(s: Situation, skill: int) -> SkillStates | None:
    row = int(s.belief.row[skill])
    return s.profile.state.skills[row] if row >= 0 and s.profile.state.skills[row]["n"] > 0 else None


def _course(s: Situation) -> list[int]:
    """The skills of the learner's grade that may be practised, in the graph's order; all that may be, where there is none."""
    c, allowed = s.curriculum, allowed_skills(s)
    usable = np.flatnonzero((allowed > 0) & (np.diff(c.skill_activities_at) > 0))
    level = grade_level(s.profile.grade)
    return [n for n in usable.tolist() if c.level[n] == level] or usable.tolist()


def _item(s: Situation, skill: int) -> int:
    """The activity of a skill that was not given for the longest time, easy ones first."""
    c, age = s.curriculum, ages(s.profile, s.curriculum)
    mine: list[int] = c.skill_activities[c.skill_activities_at[skill] : c.skill_activities_at[skill + 1]].tolist()
    return min(mine, key=lambda a: (-int(age[a]) if age[a] else -1000, int(c.activity_level[a]), a))


def _one_of(s: Situation, skills: Several[int]) -> Choice:
    """One skill at random, each as likely; its propensity is recorded."""
    c = s.curriculum
    numbers = [_item(s, skill) for skill in skills]
    chosen, share = int(uniform(s.seed, CHOICE) * len(skills)), 1.0 / len(skills)
    alternatives = tuple(
        Alternative(name, c.skills[skill].id, share, share)
        for name, skill in zip(concrete(s, numbers), skills, strict=True)
    )
    items = c.activity_items[c.activity_items_at[numbers[chosen]] : c.activity_items_at[numbers[chosen] + 1]]
    predicted = float(np.mean(s.model.predict(s.belief, c, items)))
    reason = why("sequence", c, s.profile, skills[chosen], numbers[chosen])
    return Choice(chosen, alternatives, predicted, "sequence", reason)


def _in_a_row(s: Situation, skill: int, streak: int) -> bool:
    """Whether the last ``streak`` (at most 8) first answers were all right."""
    row, wanted = _row(s, skill), (1 << streak) - 1
    return row is not None and int(row["n"]) >= streak and int(row["pattern"]) & wanted == wanted


def _fringe(s: Situation, streak: int) -> list[int]:
    """What is not learnt and builds on learnt skills only: of the grade, and of what was failed below it."""
    c, course = s.curriculum, _course(s)
    level = grade_level(s.profile.grade)
    failed = [
        n
        for n in range(len(c.skills))
        if c.level[n] < level and (row := _row(s, n)) is not None and not row["pattern"] & 1
    ]
    learnt = {n for n in course if _in_a_row(s, n, streak)}
    wanted = [n for n in [*failed, *course] if n not in learnt]
    inside = set(wanted)
    ready = [n for n in wanted if not inside & set(c.before[c.before_at[n] : c.before_at[n + 1]].tolist())]
    return ready or wanted


def _longest_ago(s: Situation, skills: Several[int]) -> int:
    states, rows = s.profile.state.skills, s.belief.row
    return min(skills, key=lambda n: (float(states[rows[n]]["last_at"]) if rows[n] >= 0 else 0.0, n))


@dataclass(frozen=True, slots=True)
class FixedSequence:
    """The course in its order, ``each`` problems of a skill, then from the beginning again; nothing depends on the answers."""

    each: int = 16
    name: str = "fixed-sequence"

    def choose(self, situation: Situation) -> Choice | None:
        """Return the next problem of the sequence."""
        course = _course(situation)
        if not course:
            return None
        given = {n: 0 if (row := _row(situation, n)) is None else int(row["n"]) for n in course}
        return single(situation, _item(situation, min(course, key=lambda n: (given[n] // self.each, n))), "sequence")


@dataclass(frozen=True, slots=True)
class RandomFrontier:
    """Any open skill with the same chance. Learnt is who got the last ``streak`` right."""

    streak: int = 3
    name: str = "random-frontier"

    def choose(self, situation: Situation) -> Choice | None:
        """Return a random open skill, or any skill of the course where all are learnt."""
        skills = _fringe(situation, self.streak) or _course(situation)
        return _one_of(situation, skills) if skills else None


@dataclass(frozen=True, slots=True)
class BktSequence:
    """Bayesian knowledge tracing (Corbett and Anderson 1995) with the fitted numbers, in sequence: a skill until it is known
    with ``threshold``, or for ``limit`` problems at a time; then the next, and the least known once all are."""

    threshold: float = 0.95
    limit: int = 10
    name: str = "bkt-sequence"

    def choose(self, situation: Situation) -> Choice | None:
        """Return a problem of the first skill that is not yet known."""
        course = _course(situation)
        if not course:
            return None
        known = {n: self.known(_row(situation, n)) for n in course}
        rounds = {n: 0 if (row := _row(situation, n)) is None else int(row["n"]) // self.limit for n in course}
        open_ = [n for n in course if known[n] < self.threshold]
        skill = min(open_, key=lambda n: (rounds[n], n)) if open_ else min(course, key=lambda n: (known[n], n))
        return single(situation, _item(situation, skill), "sequence")

    def known(self, row: SkillStates | None) -> float:
        """Chance that a skill is known, from the last eight first answers; earlier ones count as practice."""
        known, learns, guess, slip = (
            1.0 / (1.0 + np.exp(-x)) for x in (SWITCHING.known, SWITCHING.learns, SWITCHING.guess, SWITCHING.slip)
        )
        if row is None:
            return float(known)
        seen = min(int(row["n"]), 8)
        p = 1.0 - (1.0 - known) * (1.0 - learns) ** min(int(row["n"]) - seen, 8)
        for place in range(seen - 1, -1, -1):
            right = int(row["pattern"]) >> place & 1
            yes, no = (p * (1.0 - slip), (1.0 - p) * guess) if right else (p * slip, (1.0 - p) * (1.0 - guess))
            p = yes / (yes + no)
            p += (1.0 - p) * learns
        return float(p)


@dataclass(frozen=True, slots=True)
class OuterFringe:
    """As in knowledge spaces (Doignon and Falmagne 1999): a skill of the outer fringe until it is learnt (``streak`` right in a
    row) or was tried ``limit`` times since, then another at random; every ``check``-th activity asks for a learnt one."""

    streak: int = 2
    limit: int = 5
    check: int = 3
    name: str = "outer-fringe"

    def choose(self, situation: Situation) -> Choice | None:
        """Return the skill in hand, a check, or a random skill of the fringe."""
        s, course = situation, _course(situation)
        if not course:
            return None
        learnt = [n for n in course if _in_a_row(s, n, self.streak)]
        fringe = _fringe(s, self.streak)
        if not fringe or (learnt and s.profile.activities % self.check == self.check - 1):
            return single(s, _item(s, _longest_ago(s, learnt or course)), "review")
        last = [n for n in recent_skills(s.profile, s.curriculum) if n in fringe]
        row = _row(s, last[0]) if last else None
        if row is not None and int(row["n"]) % self.limit:
            return single(s, _item(s, last[0]), "sequence")
        return _one_of(s, [n for n in fringe if not last or n != last[0]] or fringe)


@dataclass(frozen=True, slots=True)
class ImplicitReview:
    """Fractional implicit repetition: learnt skills are reviewed after ``first`` days, each success making the wait ``growth``
    times longer, and solving a successor counts as ``credit`` of a review; otherwise the next skill of the fringe in order,
    mixed with the one after it."""

    streak: int = 4
    first: float = 4.0
    growth: float = 3.0
    credit: float = 0.6
    name: str = "implicit-review"

    def choose(self, situation: Situation) -> Choice | None:
        """Return the most overdue review, else the next new skill."""
        s, course = situation, _course(situation)
        if not course:
            return None
        learnt = [n for n in course if _in_a_row(s, n, self.streak)]
        last = recent_skills(s.profile, s.curriculum)[0]
        due = {n: self.overdue(s, n) for n in learnt if n != last}
        if due and max(due.values()) > 0.0:
            return single(s, _item(s, max(due, key=lambda n: (due[n], -n))), "review")
        fringe = _fringe(s, self.streak)
        if not fringe:
            return single(s, _item(s, _longest_ago(s, course)), "review")
        two = [n for n in fringe[:2] if n != last] or fringe[:1]
        return single(s, _item(s, two[0]), "sequence")

    def overdue(self, s: Situation, skill: int) -> float:
        """By how much of its interval a review is late (below 0: not yet due)."""
        c, row = s.curriculum, _row(s, skill)
        if row is None:
            return -1.0
        at, counted = float(row["last_at"]), float(row["reviews"])
        for n in c.after[c.after_at[skill] : c.after_at[skill + 1]].tolist():
            later = _row(s, n)
            if later is not None and later["pattern"] & 1 and later["last_at"] > at:
                at += self.credit * (float(later["last_at"]) - at)
        wait = self.first * self.growth ** min(counted, 8.0) * DAY
        return float((s.now - at) / wait - 1.0)


BASELINES: dict[str, Policy] = {
    policy.name: policy
    for policy in (FixedSequence(), RandomFrontier(), BktSequence(), OuterFringe(), ImplicitReview())
}
"""By name, with the numbers that tuning found."""
