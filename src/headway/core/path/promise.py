"""What practising each skill promises, as ``frontier-4`` counts it: skills newly held in some weeks, per minute of practice.

The formulas are in ``docs/explanation/path.md``. A skill is held when its middle item is solved by two in three (the mastery
criterion's ability). All of it comes from the served model's belief now and at the horizon.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import lru_cache
from math import erf

import numpy as np

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints, grade_level
from headway.core.mastery.criterion import DEFAULT_CRITERION
from headway.core.mastery.kernels import DAY, SPACED, Rows
from headway.core.mastery.state import SkillStates
from headway.core.path.kernel import Flags
from headway.core.path.policy import Situation
from headway.core.path.terrain import recent_skills


@dataclass(frozen=True, slots=True)
class Weights:
    """``horizon`` days until a skill is to be held; ``step`` logits added to every need, so that a nearly held skill is not
    worth everything; ``again`` share that is left of a skill practised today already; ``gate`` and ``unlock``: how much
    doubtful prerequisites hold a skill back, and how much of its successors' worth a doubtful skill has; ``below`` and ``above``
    what a grade of distance leaves; ``due`` worth of a retention check that is due, against the best skill; ``credit`` share
    of forgetting that practising a successor takes back; ``doubt`` power of the chance that a skill is not held (the higher, the
    sooner a skill rests); ``fade`` times the forgetting that the model foresees."""

    horizon: float = 14.0
    step: float = 1.2
    again: float = 1.0
    gate: float = 0.1
    unlock: float = 0.2
    below: float = 0.1
    above: float = 0.55
    due: float = 0.5
    credit: float = 0.5
    doubt: float = 2.0
    fade: float = 2.0


@dataclass(frozen=True, slots=True)
class Promise:
    """The worth of skills under some weights; ``mixes``: the skill of the last activity is held back in it; ``whole``: skills
    without activities count as prerequisites and as successors too."""

    weights: Weights = Weights()
    mixes: bool = True
    whole: bool = True

    def __call__(self, s: Situation, allowed: Flags) -> Floats:
        """Return the worth of each skill [S], 0 where it is closed."""
        c, w = s.curriculum, self.weights
        later = s.model.belief(s.profile.state, c, s.now + w.horizon * DAY)
        last, last_but_one = recent_skills(s.profile, c) if self.mixes else (-1, -1)
        return promises(
            s.belief.mean, later.mean, s.belief.variance, s.belief.row, s.profile.state.skills, c.base, c.level,
            c.before_at, c.before, c.after_at, c.after, c.skill_activities_at, allowed, grade_level(s.profile.grade),
            DEFAULT_CRITERION.margin, last, last_but_one, s.now, _numbers(w),
            self.whole,
        )  # fmt: skip


@lru_cache(maxsize=16)
def _numbers(weights: Weights) -> Floats:
    return np.array(astuple(weights))


@compiled
def _credit(skill: int, rows: Rows, states: SkillStates, after_at: Ints, after: Ints, now: float) -> float:
    """The share of the time since a skill was practised that successors solved since then take back, 0 to 1."""
    mine, best = states[rows[skill]].last_at, 0.0
    for place in range(after_at[skill], after_at[skill + 1]):
        row = rows[after[place]]
        if row >= 0 and states[row].last_at > mine and states[row].pattern & 1:
            best = max(best, (states[row].last_at - mine) / max(now - mine, 1.0))
    return best


@compiled
def _alone(
    mean: Floats, later: Floats, variance: Floats, rows: Rows, states: SkillStates, base: Floats, level: Ints,
    after_at: Ints, after: Ints, activities_at: Ints, learner_level: int, margin: float, now: float, weights: Floats,
    whole: bool,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Each skill's chance of not being held at the horizon, and what practising it is worth by itself; float64 [S]."""
    missing, worth = np.zeros(mean.shape[0]), np.zeros(mean.shape[0])
    for skill in range(mean.shape[0]):
        if not whole and activities_at[skill] == activities_at[skill + 1]:
            continue
        row, ability = rows[skill], later[skill]
        if row >= 0:
            share = weights[8] * _credit(skill, rows, states, after_at, after, now)
            ability = states[row].mean - weights[10] * (1.0 - share) * max(states[row].mean - ability, 0.0)
        sd = np.sqrt(variance[skill])
        z = (base[skill] + margin - ability) / sd
        not_held = 0.5 * (1.0 + erf(z * 0.7071067811865476))
        need = sd * (0.3989422804014327 * np.exp(-0.5 * z * z) + z * not_held)
        distance = level[skill] - learner_level
        near = weights[6] ** distance if distance > 0 else weights[5] ** (-distance)
        missing[skill] = not_held
        worth[skill] = near * not_held ** weights[9] / (need + weights[1])
    return missing, worth


@compiled
def promises(
    mean: Floats, later: Floats, variance: Floats, rows: Rows, states: SkillStates, base: Floats, level: Ints,
    before_at: Ints, before: Ints, after_at: Ints, after: Ints, activities_at: Ints, allowed: Flags, learner_level: int,
    margin: float, last: int, last_but_one: int, now: float, weights: Floats, whole: bool,
) -> Floats:  # fmt: skip
    """Return the worth of each skill [S], 1 for the best before reviews and mixing; see the module."""
    missing, worth = _alone(
        mean, later, variance, rows, states, base, level, after_at, after, activities_at, learner_level, margin, now,
        weights, whole,
    )  # fmt: skip
    values, best = np.zeros(mean.shape[0]), 1e-6
    for skill in range(mean.shape[0]):
        if allowed[skill] == 0 or activities_at[skill] == activities_at[skill + 1]:
            continue
        held_back, onward = 0.0, 0.0
        for place in range(before_at[skill], before_at[skill + 1]):
            held_back += missing[before[place]]
        for place in range(after_at[skill], after_at[skill + 1]):
            onward += worth[after[place]] * missing[skill]
        value = worth[skill] + weights[4] * onward
        if allowed[skill] == 1:
            value *= np.exp(-weights[3] * held_back)
        if rows[skill] >= 0 and now - states[rows[skill]].last_at < SPACED:
            value *= weights[2]
        values[skill] = max(value, 1e-6)
        best = max(best, value)
    for skill in range(mean.shape[0]):
        row = rows[skill]
        values[skill] /= best
        if values[skill] > 0.0 and row >= 0 and states[row].mastered_at > 0.0 and states[row].due_at <= now:
            late = min((now - states[row].due_at) / (20.0 * DAY), 0.5)
            values[skill] = max(values[skill], weights[7] * (1.0 + late))
    if last >= 0:
        values[last] *= 0.0 if last == last_but_one else 0.3
    return values
