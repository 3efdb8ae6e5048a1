"""``gaussian-2``: ``gaussian-1`` that keeps how each skill hangs on the overall ability.

``gaussian-1`` works the covariance of a skill with the overall ability out from two variances. Practice adds variance to a
skill that has nothing to do with the overall ability, so that its later responses are taken for news of the whole
learner, and the overall interval becomes too narrow. Here each practised skill keeps its *tie*: the slope of the skill's
ability on the overall one. Given the overall ability skills are independent, so that ties and variances are the whole
covariance (a star), and one response moves all practised skills as the overall ability moves.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.gaussian import Gaussian, GaussianParameters, priors, to_now, weight_of
from headway.core.mastery.kernels import Keys, Rows, chance, find, rows_of, tally, with_rows
from headway.core.mastery.state import Belief, Evidence, SkillStates, State

TAG = -2.0
"""The first number of the memory; the ties follow, one a row of the state."""
LEAST = 1e-3
"""Least variance, overall and of a skill's own part."""


@compiled
def ties_of(states: SkillStates, variance: float, spread: float) -> Floats:
    """Ties of skills that another model practised: what their variances would mean had each only been observed, never
    drifted. Then the own part w has w + w^2 U / spread^2 = V and the tie is w / spread."""
    ties = np.empty(states.shape[0])
    for row in range(states.shape[0]):
        ratio = 4.0 * states[row].variance * variance / (spread * spread)
        ties[row] = min(spread * (np.sqrt(1.0 + ratio) - 1.0) / (2.0 * variance), 1.0)
    return ties


@compiled
def first_tie(skill: int, rows: Rows, ties: Floats, transfer: float, before_at: Ints, before: Ints) -> float:
    """The tie of a skill before any practice: prerequisites hand on their own part, which is not the overall one's."""
    less, count = 0.0, before_at[skill + 1] - before_at[skill]
    for place in range(before_at[skill], before_at[skill + 1]):
        row = rows[before[place]]
        if row >= 0:
            less += (1.0 - ties[row]) / count
    return 1.0 - transfer * less


@compiled
def observe_tied(
    out: SkillStates,
    ties: Floats,
    rows: Rows,
    overall: float,
    variance: float,
    difficulty: float,
    correct: bool,
    weight: float,
    learnt: float,
    parameters: Floats,
) -> tuple[float, float]:
    """Fold one response into all rows and ties, in place, and return overall mean and variance.

    With U the overall variance, b the ties, w = V - b^2 U the own parts and B the mean tie of the item's m skills: the
    item's ability t has covariance U B with the overall one, b_q U B with any skill, and w_r / m more with its own. Mean and
    variance move by the first two derivatives of ln p (moment matching; ``gaussian-1`` divides both by 1 + v d once more,
    which holds steps and what is learnt from them too small).
    """
    count = rows.shape[0]
    ability, own, tie = 0.0, 0.0, 0.0
    for row in rows:
        ability += out[row].mean / count
        own += max(out[row].variance - ties[row] * ties[row] * variance, LEAST) / (count * count)
        tie += ties[row] / count
    common = variance * tie
    spread = own + common * tie
    scale = 1.0 / np.sqrt(1.0 + 0.39269908169872414 * spread)
    p = chance(ability - difficulty, spread)
    shrink = weight * scale * scale * p * (1.0 - p)
    step = weight * scale * ((1.0 if correct else 0.0) - p)
    moved = ties * common
    for row in rows:
        moved[row] += max(out[row].variance - ties[row] * ties[row] * variance, LEAST) / count
    left = max(variance - common * common * shrink, LEAST)
    for row in range(out.shape[0]):
        out[row].mean = out[row].mean + moved[row] * step
        out[row].variance = max(out[row].variance - moved[row] * moved[row] * shrink, LEAST)
    for row in rows:
        ties[row] = (ties[row] * variance - moved[row] * common * shrink) / left
        out[row].mean = out[row].mean + parameters[5] * learnt / count
        out[row].variance = out[row].variance + parameters[6] * learnt / count
    return overall + common * step, left


@compiled
def moved_by(
    states: SkillStates,
    memory: Floats,
    overall: float,
    variance: float,
    skills: Ints,
    difficulty: float,
    correct: bool,
    attempt: int,
    hints: int,
    shown: bool,
    seconds: float,
    at: float,
    parameters: Floats,
    shift: Floats,
    keys: Keys,
    sorted_keys: Keys,
    order: Ints,
    before_at: Ints,
    before: Ints,
) -> tuple[SkillStates, Floats, float, float]:
    """Return the states after a response, the memory, and overall mean and variance."""
    kept = memory.shape[0] == states.shape[0] + 1 and memory[0] == TAG
    known = memory[1:].copy() if kept else ties_of(states, variance, parameters[1])
    first = attempt == 1 and not shown
    before_rows = rows_of(states, sorted_keys, order)
    means, variances = priors(states, before_rows, skills, overall, variance, parameters, shift, before_at, before)
    out = with_rows(states, keys, skills)
    packed = np.empty(out.shape[0] + 1)
    packed[0] = TAG
    ties, old = packed[1:], 0
    for row in range(out.shape[0]):
        if old < states.shape[0] and states[old].key == out[row].key:
            ties[row] = known[old]
            old += 1
    rows = np.empty(skills.shape[0], np.int64)
    for n in range(skills.shape[0]):
        row = find(out, keys[skills[n]])
        rows[n] = row
        if out[row].attempts == 0:
            ties[row] = first_tie(skills[n], before_rows, known, parameters[2], before_at, before)
        spaced = to_now(out, row, means[n], variances[n], at, parameters)
        tally(out, row, correct, first, hints, seconds / skills.shape[0], spaced, at)
    weight = weight_of(correct, attempt, hints, shown, parameters)
    learnt = 1.0 if first else 0.0
    found = observe_tied(out, ties, rows, overall, variance, difficulty, correct, weight, learnt, parameters)
    return out, packed, found[0], found[1]


def seen_alone(memory: Floats, before: SkillStates, after: SkillStates, at: int, share: float) -> Floats:
    """Return the memory after something else has shown one skill (row ``at`` of ``after``) and nothing of the others: its
    error falls by ``share``, and its tie with it. Memory that holds no ties comes back as it is; the tie of a skill that is
    new among the rows is taken to have been 1."""
    if len(memory) != len(before) + 1 or memory[0] != TAG:
        return memory
    ties = memory[1:] if len(after) == len(before) else np.insert(memory[1:], at, 1.0)
    out = np.concatenate([[TAG], ties])
    out[at + 1] *= 1.0 - share
    out.flags.writeable = False
    return out


@dataclass(frozen=True, slots=True)
class TiedGaussian:
    """The model as the loop uses it. Beliefs and chances are those of ``gaussian-1`` from this model's states."""

    parameters: GaussianParameters = field(default_factory=GaussianParameters)
    name: str = "gaussian-2"
    plain: Gaussian = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", Gaussian(self.parameters))

    def initial(self, level: float) -> State:
        """Return the state of a learner of that grade level who has shown nothing yet."""
        return self.plain.initial(level)

    def belief(self, state: State, curriculum: Curriculum, now: float) -> Belief:
        """Return mean and variance of every skill at ``now``."""
        return self.plain.belief(state, curriculum, now)

    def predict(self, belief: Belief, curriculum: Curriculum, items: Ints) -> Floats:
        """Return the chance of a right first answer to each item (numbers in the curriculum)."""
        return self.plain.predict(belief, curriculum, items)

    def update(self, state: State, curriculum: Curriculum, evidence: Evidence) -> State:
        """Return the state after one response."""
        e, c = evidence, curriculum
        skills, memory, mean, variance = moved_by(
            state.skills,
            state.memory,
            state.overall_mean,
            state.overall_variance,
            e.skills,
            e.difficulty,
            e.correct,
            e.attempt,
            e.hints,
            e.shown,
            e.seconds,
            e.at,
            self.plain.values,
            self.plain.shift(c),
            c.keys,
            c.sorted_keys,
            c.order,
            c.before_at,
            c.before,
        )
        skills.flags.writeable = memory.flags.writeable = False
        return State(mean, variance, skills, memory)
