"""``gaussian-1``: ability per skill as a Gaussian on one logit scale, with forgetting.

The formulas are in ``docs/explanation/mastery.md``. In short: an untouched skill starts at the learner's overall
ability, moved by what its prerequisites showed; a response is a logistic observation of the mean ability of its
skills, folded in by assumed density (Glickman 1999, equations 9 and 10); idle time lowers the mean along a logarithm
of time (Wickelgren 1974) and widens the variance.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from functools import lru_cache

import numpy as np

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import GRADE_STEP, Curriculum, Floats, Ints
from headway.core.mastery.kernels import DAY, SPACED, Keys, Rows, chance, chances, find, rows_of, tally, with_rows
from headway.core.mastery.state import Belief, Evidence, SkillStates, State


@dataclass(frozen=True, slots=True)
class GaussianParameters:
    """Hyper-parameters in logits (variances in squared logits). ``overall`` variance of learners of a grade;
    ``spread`` variance between the skills of one learner; ``transfer`` share of prerequisites' showing that carries
    over; ``forget`` logits lost per e-fold of days, halved by the first spaced success and so on; ``idle`` variance
    gained a day; ``learn`` gained by one practice; ``drift`` variance gained by one practice; ``helped`` and
    ``later`` weigh a right first answer with hints and any later attempt against an unaided first one."""

    overall: float = 1.0
    spread: float = 0.7
    transfer: float = 0.5
    forget: float = 0.12
    idle: float = 0.004
    learn: float = 0.05
    drift: float = 0.05
    helped: float = 0.3
    later: float = 0.25


@compiled
def priors(
    states: SkillStates,
    rows: Rows,
    wanted: Ints,
    overall: float,
    variance: float,
    parameters: Floats,
    shift: Floats,
    at: Ints,
    of: Ints,
) -> tuple[Floats, Floats]:
    """Mean and variance of the wanted skills before any practice of them, from overall ability and touched
    prerequisites; ``shift`` [S] is by how much learners here usually lie above their overall ability in a skill."""
    spread, transfer = parameters[1], parameters[2]
    means, variances = np.empty(wanted.shape[0]), np.empty(wanted.shape[0])
    for n in range(wanted.shape[0]):
        skill = wanted[n]
        shown, known = 0.0, 0.0
        for place in range(at[skill], at[skill + 1]):
            row = rows[of[place]]
            if row >= 0 and states[row].n > 0:
                trust = max(0.0, 1.0 - states[row].variance / (spread + variance))
                shown += trust * (states[row].mean - overall - shift[of[place]])
                known += trust
        count = at[skill + 1] - at[skill]
        if count > 0:
            shown, known = shown / count, known / count
        means[n] = overall + shift[skill] + transfer * shown
        variances[n] = variance + spread * (1.0 - transfer * transfer * known)
    return means, variances


@compiled
def _now(
    mean: float,
    variance: float,
    days: float,
    reviews: float,
    prior_mean: float,
    prior_variance: float,
    parameters: Floats,
) -> tuple[float, float]:
    """Forget: the mean sinks by ``forget`` x ln(1 + days) / (1 + reviews), never below the prior."""
    days = max(days, 0.0)
    loss = parameters[3] * np.log1p(days) / (1.0 + reviews)
    floor = min(mean, prior_mean)
    return max(mean - loss, floor), min(variance + parameters[4] * days, max(variance, prior_variance))


@compiled
def belief_of(
    states: SkillStates,
    overall: float,
    overall_variance: float,
    now: float,
    parameters: Floats,
    shift: Floats,
    keys: Keys,
    sorted_keys: Keys,
    order: Ints,
    before_at: Ints,
    before: Ints,
) -> tuple[Floats, Floats, Rows]:
    rows = rows_of(states, sorted_keys, order)
    every = np.arange(rows.shape[0]).astype(np.int32)
    mean, variance = priors(states, rows, every, overall, overall_variance, parameters, shift, before_at, before)
    for skill in range(keys.shape[0]):
        row = rows[skill]
        if row >= 0:
            state = states[row]
            days = (now - state.last_at) / DAY
            mean[skill], variance[skill] = _now(
                state.mean, state.variance, days, float(state.reviews), mean[skill], variance[skill], parameters
            )
    return mean, variance, rows


@compiled
def to_now(
    out: SkillStates,
    row: int,
    prior_mean: float,
    prior_variance: float,
    at: float,
    parameters: Floats,
) -> bool:
    """Bring a row to the moment of a response, in place; say whether this is a spaced practice."""
    if out[row].attempts == 0:
        out[row].mean, out[row].variance = prior_mean, prior_variance
        return False
    gap = at - out[row].last_at
    mean, variance = out[row].mean, out[row].variance
    out[row].mean, out[row].variance = _now(
        mean, variance, gap / DAY, float(out[row].reviews), prior_mean, prior_variance, parameters
    )
    return bool(gap >= SPACED)


@compiled
def weight_of(correct: bool, attempt: int, hints: int, shown: bool, parameters: Floats) -> float:
    """How much a response tells, against an unaided first answer."""
    if shown:
        return 0.0
    if attempt > 1:
        return float(parameters[8])
    return float(parameters[7]) if hints > 0 and correct else 1.0


@compiled
def observe(
    out: SkillStates,
    rows: Rows,
    overall: float,
    overall_variance: float,
    difficulty: float,
    correct: bool,
    weight: float,
    learnt: float,
    parameters: Floats,
) -> tuple[float, float]:
    """Fold one response into the rows, in place, and return overall mean and variance.

    With share a = 1 / (number of skills), ability t = a x sum, variance v = a^2 x sum, k = 1 / sqrt(1 + pi v / 8),
    p = sigmoid(k (t - b)), d = w k^2 p (1 - p): each mean rises by a v_s w k (y - p) / (1 + v d), each variance falls
    by a^2 v_s^2 d / (1 + v d).
    """
    count = rows.shape[0]
    ability, spread = 0.0, 0.0
    for row in rows:
        ability += out[row].mean / count
        spread += out[row].variance / (count * count)
    scale = 1.0 / np.sqrt(1.0 + 0.39269908169872414 * spread)
    p = chance(ability - difficulty, spread)
    information = weight * scale * scale * p * (1.0 - p)
    step = weight * scale * ((1.0 if correct else 0.0) - p) / (1.0 + spread * information)
    shrink = information / (1.0 + spread * information)
    common = 0.0
    for row in rows:
        part = out[row].variance / count
        common += part * overall_variance / (overall_variance + parameters[1])
        out[row].mean = out[row].mean + part * step + parameters[5] * learnt / count
        out[row].variance = out[row].variance - part * part * shrink + parameters[6] * learnt / count
    common = min(common, np.sqrt(overall_variance * spread))
    return overall + common * step, max(overall_variance - common * common * shrink, 0.02)


@compiled
def moved_by(
    states: SkillStates,
    overall: float,
    overall_variance: float,
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
) -> tuple[SkillStates, float, float]:
    """Return the states after a response, and overall mean and variance."""
    first = attempt == 1 and not shown
    rows = np.empty(skills.shape[0], np.int64)
    all_rows = rows_of(states, sorted_keys, order)
    means, variances = priors(states, all_rows, skills, overall, overall_variance, parameters, shift, before_at, before)
    out = with_rows(states, keys, skills)
    for n in range(skills.shape[0]):
        row = find(out, keys[skills[n]])
        rows[n] = row
        spaced = to_now(out, row, means[n], variances[n], at, parameters)
        tally(out, row, correct, first, hints, seconds / skills.shape[0], spaced, at)
    weight = weight_of(correct, attempt, hints, shown, parameters)
    learnt = 1.0 if first else 0.0
    mean, variance = observe(out, rows, overall, overall_variance, difficulty, correct, weight, learnt, parameters)
    return out, mean, variance


@lru_cache(maxsize=64)
def _nowhere(skills: int) -> Floats:
    return np.zeros(skills)


@dataclass(frozen=True, slots=True)
class Gaussian:
    """The model as the loop uses it; see the module for what it does."""

    parameters: GaussianParameters = GaussianParameters()
    name: str = "gaussian-1"
    values: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", np.array(astuple(self.parameters)))

    def initial(self, level: float) -> State:
        """Return the state of a learner of that grade level who has shown nothing yet."""
        return State(GRADE_STEP * level, self.parameters.overall)

    def shift(self, curriculum: Curriculum) -> Floats:
        """Return by how much learners usually lie above their overall ability in each skill [S]: nowhere."""
        return _nowhere(len(curriculum.skills))

    def belief(self, state: State, curriculum: Curriculum, now: float) -> Belief:
        """Return mean and variance of every skill at ``now``."""
        c = curriculum
        return Belief(
            *belief_of(
                state.skills,
                state.overall_mean,
                state.overall_variance,
                now,
                self.values,
                self.shift(c),
                c.keys,
                c.sorted_keys,
                c.order,
                c.before_at,
                c.before,
            )
        )

    def predict(self, belief: Belief, curriculum: Curriculum, items: Ints) -> Floats:
        """Return the chance of a right first answer to each item (numbers in the curriculum)."""
        c = curriculum
        return chances(items, c.difficulty, c.item_skills_at, c.item_skills, belief.mean, belief.variance)

    def update(self, state: State, curriculum: Curriculum, evidence: Evidence) -> State:
        """Return the state after one response."""
        e, c = evidence, curriculum
        skills, mean, variance = moved_by(
            state.skills,
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
            self.values,
            self.shift(c),
            c.keys,
            c.sorted_keys,
            c.order,
            c.before_at,
            c.before,
        )
        skills.flags.writeable = False
        return State(mean, variance, skills)
