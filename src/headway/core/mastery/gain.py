"""What practising an activity is expected to bring: ability at a horizon, with and without it.

Limits of identification. A log of practice shows what learners who were given an item did later, not what they would
have done without it. The gain rests on the model's learning and forgetting, which are fitted or assumed for all learners
alike; it can rank activities by where practice and retention pay, and it cannot say that one teaching method is better
than another. That takes a pilot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.gaussian import Gaussian, belief_of
from headway.core.mastery.gaussian import moved_by as moved_plain
from headway.core.mastery.hybrid.serve import ServedHybrid
from headway.core.mastery.kernels import DAY, Keys, chances
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.state import Evidence, SkillStates, State
from headway.core.mastery.tied import TiedGaussian
from headway.core.mastery.tied import moved_by as moved_tied

HORIZON = 28.0
"""Days until the ability is asked for, where nothing else is said."""


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedGain:
    """By activity: ``mean`` float64 [A] logits of ability that practising it now adds at the horizon, averaged over the
    skills that it touches and over right and wrong; ``variance`` [A] of that; ``chance`` [A] of a right first answer."""

    mean: Floats
    variance: Floats
    chance: Floats


def expected_gain(
    model: LearnerModel, state: State, curriculum: Curriculum, activities: Ints, now: float, horizon: float = HORIZON
) -> ExpectedGain:
    """Return the gain of each activity (numbers in the curriculum) ``horizon`` days after ``now``.

    For the first item of an activity both outcomes are followed through the model, for the Gaussian models and what is
    built on them all activities in one compiled call. The variance holds how far the outcomes lie apart and, where the model
    says so, what a practice adds to the ability's own variance. Raises ValueError for a negative horizon.
    """
    if horizon < 0.0:
        raise ValueError(f"a horizon of {horizon} days lies in the past: use 0 or more")
    c = curriculum
    items = c.activity_items[c.activity_items_at[activities]]
    layer, plain = model.ability_layer(state) if isinstance(model, ServedHybrid) else (model, state)
    belief = layer.belief(plain, c, now)
    # The ability layer's own chances: with them, what an answer only reveals averages out; learning and retention remain.
    chance = chances(items, c.difficulty, c.item_skills_at, c.item_skills, belief.mean, belief.variance)
    if isinstance(layer, (Gaussian, TiedGaussian)):
        ends = _followed_at_once(layer, plain, c, items, now, now + horizon * DAY)
    else:
        ends = np.array([_followed(layer, plain, c, item, now, now + horizon * DAY) for item in items.tolist()])
        ends = ends.reshape(-1, 5)
    up, down, spread_up, spread_down, before = ends.T
    apart = chance * (1.0 - chance) * (up - down) ** 2
    added = chance * spread_up + (1.0 - chance) * spread_down + apart - before
    return ExpectedGain(chance * up + (1.0 - chance) * down, apart + np.maximum(added, 0.0), chance)


def _followed(model: LearnerModel, state: State, c: Curriculum, item: int, now: float, later: float) -> list[float]:
    """The gain after right and wrong, the variance after right and wrong, and the variance without; means of the skills."""
    skills = c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]]
    before = model.belief(state, c, later)
    evidence = [Evidence(skills, float(c.difficulty[item]), correct, now, item=item) for correct in (True, False)]
    after = [model.belief(model.update(state, c, each), c, later) for each in evidence]
    gains = [float((each.mean[skills] - before.mean[skills]).mean()) for each in after]
    return [*gains, *(float(each.variance[skills].mean()) for each in after), float(before.variance[skills].mean())]


def _followed_at_once(
    layer: Gaussian | TiedGaussian, state: State, c: Curriculum, items: Ints, now: float, later: float
) -> Floats:
    before, out = layer.belief(state, c, later), np.zeros((len(items), 5))
    plain = layer.plain if isinstance(layer, TiedGaussian) else layer
    _follow(
        state.skills, state.memory, state.overall_mean, state.overall_variance, items, now, later, plain.values, plain.shift(c),
        isinstance(layer, TiedGaussian), before.mean, before.variance, c.difficulty, c.item_skills_at, c.item_skills,
        c.keys, c.sorted_keys, c.order, c.before_at, c.before, out,
    )  # fmt: skip
    return out


@compiled
def _follow(
    states: SkillStates,
    memory: Floats,
    overall: float,
    variance: float,
    items: Ints,
    now: float,
    later: float,
    parameters: Floats,
    shift: Floats,
    tied: bool,
    mean_before: Floats,
    variance_before: Floats,
    difficulty: Floats,
    skills_at: Ints,
    all_skills: Ints,
    keys: Keys,
    sorted_keys: Keys,
    order: Ints,
    before_at: Ints,
    before: Ints,
    out: Floats,
) -> None:
    for n in range(items.shape[0]):
        item = items[n]
        skills = all_skills[skills_at[item] : skills_at[item + 1]]
        share = 1.0 / skills.shape[0]
        for side in range(2):
            if tied:
                after, _, mean, spread = moved_tied(
                    states, memory, overall, variance, skills, difficulty[item], side == 0, 1, 0, False, 0.0, now,
                    parameters, shift, keys, sorted_keys, order, before_at, before,
                )  # fmt: skip
            else:
                after, mean, spread = moved_plain(
                    states, overall, variance, skills, difficulty[item], side == 0, 1, 0, False, 0.0, now,
                    parameters, shift, keys, sorted_keys, order, before_at, before,
                )  # fmt: skip
            means, variances, _ = belief_of(
                after, mean, spread, later, parameters, shift, keys, sorted_keys, order, before_at, before
            )
            for skill in skills:
                out[n, side] += share * (means[skill] - mean_before[skill])
                out[n, 2 + side] += share * variances[skill]
        for skill in skills:
            out[n, 4] += share * variance_before[skill]
