"""Large practice logs: the minds of the simulation practise without the loop, so that millions of responses are made a minute.

Strength, learning, forgetting, relearning and slips are those of ``learners`` (a test holds them against it). What a learner
meets is drawn, not chosen by a policy: skills near the grade, some problems of one skill in a row, sittings some days apart.
Every problem comes in ``VARIANTS`` that differ in difficulty, as the items of real logs do.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints, grade_level
from headway.core.evidence.learners import DAY, SimulatedLearner, draw
from headway.core.evidence.simulate import CERTAINTY
from headway.core.evidence.term import FIRST_DAY

GRADES = ("3", "4", "5", "6", "7", "8")
VARIANTS = 20
VARIANT_SPREAD = 0.5
"""Standard deviation of a variant's difficulty around its problem's, in logits."""
STAY, SIT_ON = 0.85, 0.93
"""Chances that the next problem is of the same skill, and that it follows in the same sitting."""


def practice_log(curriculum: Curriculum, *, learners: int, first: int, seed: int, longest: int = 200) -> dict[str, Any]:
    """Return the columns of a response log: learners ``first`` up to ``first + learners`` with 1 to ``longest`` responses each.

    ``student``, ``item``, ``skill``, ``correct`` and ``order`` are integers, ``timestamp_ms`` epoch milliseconds. A learner's
    responses hang on ``seed`` and its number alone, so that a log may be made in pieces.
    """
    pieces = [_history(curriculum, number, seed, longest) for number in range(first, first + learners)]
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}


def _history(curriculum: Curriculum, number: int, seed: int, longest: int) -> dict[str, NDArray[Any]]:
    rng = np.random.default_rng([seed, number])
    mind = draw(str(number), GRADES[number % len(GRADES)], curriculum, rng)
    count = int(rng.integers(1, longest + 1))
    item, skill, at = met(curriculum, mind, count, rng)
    hard = (
        curriculum.difficulty[item]
        - curriculum.base[skill]
        + variant_shift(item, variant := rng.integers(VARIANTS, size=count))
    )
    correct = np.empty(count, np.int8)
    _practise(
        skill,
        hard,
        at,
        rng.random((count, 3)),
        np.array([mind.rate, mind.slip, mind.rapid, CERTAINTY]),
        curriculum.before_at,
        curriculum.before,
        mind.fixed,
        mind.learnt,
        mind.last_at,
        mind.half_life,
        correct,
    )
    return {
        "student": np.full(count, number, np.int32),
        "item": (item * VARIANTS + variant).astype(np.int32),
        "skill": skill.astype(np.int32),
        "correct": correct,
        "order": np.arange(count, dtype=np.int32),
        "timestamp_ms": (at * 1000.0).astype(np.int64),
    }


def variant_shift(item: NDArray[Any], variant: NDArray[Any]) -> Floats:
    """Return how much harder a variant is than its problem, in logits: evenly spread, in an order of the problem's own."""
    place = (variant * 7 + item * 11) % VARIANTS
    return np.asarray(VARIANT_SPREAD * 2.0 * np.sqrt(3.0) * ((place + 0.5) / VARIANTS - 0.5))


def met(
    curriculum: Curriculum, mind: SimulatedLearner, count: int, rng: Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Draw the problems that a learner meets, their skills, and when."""
    problems = curriculum.item_skills[curriculum.item_skills_at[:-1]].astype(np.int64)
    near = np.flatnonzero(np.abs(curriculum.level[problems] - grade_level(mind.grade)) <= 1.0)
    skills = np.unique(problems[near])
    chosen = skills[rng.integers(len(skills), size=count)]
    begins = np.maximum.accumulate(np.where(rng.random(count) < STAY, 0, np.arange(count)))
    skill = chosen[begins]
    by_skill = near[np.argsort(problems[near], kind="stable")]
    low, high = (np.searchsorted(problems[by_skill], skill, side=side) for side in ("left", "right"))
    item = by_skill[low + (rng.random(count) * (high - low)).astype(np.int64)]
    gap = rng.uniform(20.0, 90.0, count)
    gap = np.where(rng.random(count) < SIT_ON, gap, DAY * rng.integers(1, 5, count))
    return item, skill, FIRST_DAY + np.cumsum(gap)


@compiled
def _strength(skill: int, now: float, fixed: Floats, learnt: Floats, last_at: Floats, half_life: Floats) -> float:
    found = learnt[skill]
    if found > 0.0:
        days = max(now - last_at[skill], 0.0) / 86400.0
        found *= 0.35 + 0.65 * 2.0 ** (-days / half_life[skill])
    return float(fixed[skill] + found)


@compiled
def _practise(
    skills: NDArray[np.int64],
    hard: Floats,
    at: Floats,
    drawn: NDArray[np.float64],
    mind: Floats,
    before_at: Ints,
    before: Ints,
    fixed: Floats,
    learnt: Floats,
    last_at: Floats,
    half_life: Floats,
    correct: NDArray[np.int8],
) -> None:
    """Answer and learn, one problem after another; ``mind`` are rate, slip, rapid guessing and certainty."""
    rate, slip, rapid, certainty = mind
    for r in range(skills.shape[0]):
        skill, now = skills[r], at[r]
        held = _strength(skill, now, fixed, learnt, last_at, half_life)
        chance = 1.0 / (1.0 + np.exp(-certainty * (held - hard[r])))
        if drawn[r, 0] < rapid:
            correct[r] = 0
            continue
        knows = drawn[r, 1] < chance
        correct[r] = 1 if (drawn[r, 2] >= slip if knows else drawn[r, 2] < 0.02) else 0
        weakest = 2.0 if before_at[skill] == before_at[skill + 1] else np.inf
        for place in range(before_at[skill], before_at[skill + 1]):
            weakest = min(weakest, _strength(before[place], now, fixed, learnt, last_at, half_life))
        footing, kept = 1.0 / (1.0 + np.exp(-1.5 * (weakest + 0.5))), held - fixed[skill]
        if last_at[skill] > 0.0 and now - last_at[skill] > 0.7 * 86400.0:
            half_life[skill] = min(half_life[skill] * 1.6, 400.0)
        reach = np.exp(-(((chance - 0.72) / 0.35) ** 2))
        learnt[skill] = kept + rate * reach * footing * max(1.0 - kept / 4.0, 0.0)
        last_at[skill] = now
