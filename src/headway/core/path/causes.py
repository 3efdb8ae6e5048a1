"""Why a skill keeps failing: how probably each of the skills that it builds on, near or far, is the cause.

Hypotheses: everything that the skill builds on is there and only the skill itself is not learnt yet; or one earlier skill is
the first broken link, missing while all that *it* builds on is there. How probable each is at first comes from the model's
belief; how well it explains the run of wrong answers falls with its distance in the graph; a misconception seen in the working
speaks for the skills that it belongs to. The formulas are in ``docs/explanation/path.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import erf

import numpy as np

from headway.core.coaching.malrules.rule import malrules
from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.kernels import DAY, Rows
from headway.core.mastery.state import SkillStates
from headway.core.path.kernel import READY_ODDS, Flags
from headway.core.path.policy import Situation

DEEP = 3
"""So many steps back in the graph a cause is looked for."""
LEARNT, UNLEARNT = 0.75, 0.35
"""Chance of a right answer to a skill that is learnt and to one that is not, where everything that it builds on is there."""
RIGHT, CARRIES = 0.6, 0.65
"""That chance before it is known which, and the share of it which is lost where the skill one step back is missing; two steps
back it is the square of the share, and so on."""
RUN, STREAK = 6, 2
"""So many wrong answers in a row of a skill count at most, and so many right ones."""
MISLEADS = 3.0
"""A misconception that is held for sure makes the skills that it belongs to so many times more probable, besides once."""
LATELY = 3 * DAY
"""Seconds since a misconception last acted after which it says nothing of this failing."""
SHOWN, SHOWN_FOR = 0.2, 14 * DAY
"""What is left of the doubt about a skill whose last two first answers were right, and for how many seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Causes:
    """``missing`` is the probability that something which can be practised, and which the skill builds on, is missing;
    ``likeliest`` the skill of which that is most probable (-1: there is none); ``behind`` float64 [S] the probability of each
    skill to be the first that is missing, 0 for those that were not looked at."""

    missing: float
    likeliest: int
    behind: Floats


def signs(s: Situation) -> Floats:
    """Return for each skill [S] how much the latest answers to all that builds on it speak for it being missing (the logarithm
    of a ratio of likelihoods). Skills that fail point to what they have in common; one that is solved clears all behind it."""
    return _signs(*practised_before(s.curriculum), s.belief.row, s.profile.state.skills, s.now)


def causes_of(s: Situation, hard: int, told: Floats, allowed: Flags) -> Causes:
    """Say why a skill (its number) fails; ``told`` are the :func:`signs`. Skills without activities are passed through; those
    that the plan closes are looked behind, but cannot be the one that is gone back to."""
    c, b = s.curriculum, s.belief
    at, of = practised_before(c)
    weights, itself = _weighed(
        hard, at, of, b.mean, b.variance, c.base, b.row, s.profile.state.skills, allowed, told, _misled(s, hard), s.now
    )
    whole = itself + float(weights.sum())
    likeliest = int(weights.argmax())
    return Causes(1.0 - itself / whole, likeliest if weights[likeliest] > 0.0 else -1, weights / whole)


@lru_cache(maxsize=64)
def practised_before(curriculum: Curriculum) -> tuple[Ints, Ints]:
    """Return the prerequisites (start of each skill's list [S + 1], and the lists) among skills that have activities: one without
    any is replaced by what it builds on."""
    c, lists = curriculum, list[list[int]]()
    for skill in range(len(c.skills)):
        found, seen, open_ = list[int](), {skill}, [skill]
        while open_:
            here = open_.pop()
            for earlier in c.before[c.before_at[here] : c.before_at[here + 1]].tolist():
                if earlier not in seen:
                    seen.add(earlier)
                    has = c.skill_activities_at[earlier] < c.skill_activities_at[earlier + 1]
                    (found if has else open_).append(earlier)
        lists.append(sorted(found))
    at = np.cumsum([0, *map(len, lists)]).astype(np.int32)
    return at, np.array([skill for found in lists for skill in found], np.int32)


@compiled
def shown(states: SkillStates, row: int, now: float) -> bool:
    """Say whether the last two first answers to a skill were right, not long ago."""
    return bool(
        row >= 0 and states[row].n >= 2 and states[row].pattern & 3 == 3 and now - states[row].last_at < SHOWN_FOR
    )


@compiled
def _behind(hard: int, at: Ints, of: Ints) -> tuple[Ints, Ints, int]:
    """The skills behind one, the nearest first, with the distance [S] of each (0: not reached) and their number."""
    size = at.shape[0] - 1
    distance, order, count = np.zeros(size, np.int32), np.empty(size, np.int32), 0
    here, place = hard, 0
    while True:
        steps = distance[here] + 1
        if steps <= DEEP:
            for n in range(at[here], at[here + 1]):
                if distance[of[n]] == 0 and of[n] != hard:
                    distance[of[n]] = steps
                    order[count] = of[n]
                    count += 1
        if place == count:
            return order, distance, count
        here = order[place]
        place += 1


@compiled
def _signs(at: Ints, of: Ints, rows: Rows, states: SkillStates, now: float) -> Floats:
    out = np.zeros(rows.shape[0])
    for skill in range(rows.shape[0]):
        row = rows[skill]
        if row < 0 or states[row].n == 0 or now - states[row].last_at >= SHOWN_FOR:
            continue
        right = states[row].pattern & 1 == 1
        run = min(states[row].wrong_run, RUN)
        if right:
            run = STREAK if states[row].pattern & 3 == 3 and states[row].n > 1 else 1
        learnt, unlearnt = (LEARNT, UNLEARNT) if right else (1.0 - LEARNT, 1.0 - UNLEARNT)
        there = 0.5 * learnt**run + 0.5 * unlearnt**run
        order, distance, count = _behind(skill, at, of)
        for n in range(count):
            chance = RIGHT * (1.0 - CARRIES ** distance[order[n]])
            out[order[n]] += np.log((chance if right else 1.0 - chance) ** run / there)
    return out


@compiled
def _sound(skill: int, at: Ints, of: Ints, distance: Ints, doubt: Floats) -> float:
    """The chance that none of the skills that one builds on directly is missing."""
    chance = 1.0
    for n in range(at[skill], at[skill + 1]):
        if distance[of[n]] > 0:
            chance *= 1.0 - doubt[of[n]]
    return chance


@compiled
def _weighed(
    hard: int, at: Ints, of: Ints, mean: Floats, variance: Floats, base: Floats, rows: Rows, states: SkillStates,
    allowed: Flags, told: Floats, misled: Floats, now: float,
) -> tuple[Floats, float]:  # fmt: skip
    """Weights [S] of the skills behind a failing one, and the weight of its failing by itself."""
    order, distance, count = _behind(hard, at, of)
    doubt, weights = np.zeros(mean.shape[0]), np.zeros(mean.shape[0])
    for n in range(count):
        skill = order[n]
        z = (base[skill] + READY_ODDS - mean[skill]) / np.sqrt(2.0 * variance[skill])
        doubt[skill] = 0.5 * (1.0 + erf(z)) * (SHOWN if shown(states, rows[skill], now) else 1.0)
    for n in range(count):
        skill = order[n]
        if allowed[skill] > 0:
            sound = _sound(skill, at, of, distance, doubt)
            weights[skill] = doubt[skill] * sound * np.exp(told[skill]) * misled[skill]
    return weights, _sound(hard, at, of, distance, doubt) * misled[hard]


def _misled(s: Situation, hard: int) -> Floats:
    """How much the live misconceptions speak for each skill [S]: each for the earlier skills where it acted or belongs, or for
    the hard one where there is none such."""
    c = s.curriculum
    out = np.ones(len(c.skills))
    for suspect in s.profile.suspects:
        if s.now - suspect.at < LATELY:
            rule = malrules().get(suspect.id)
            homes = c.skill_numbers({suspect.skill, *(rule.skills if rule is not None else ())}).tolist()
            numbers = [n for n in homes if n in behind_of(c, hard)] or [n for n in homes if n == hard]
            out[numbers] = np.maximum(out[numbers], 1.0 + MISLEADS * suspect.probability)
    return out


@lru_cache(maxsize=4096)
def behind_of(curriculum: Curriculum, hard: int) -> frozenset[int]:
    """Return the skills among which the cause of a skill's failing is looked for."""
    order, _distance, count = _behind(hard, *practised_before(curriculum))
    return frozenset(order[:count].tolist())
