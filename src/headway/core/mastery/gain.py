"""What practising an activity is expected to bring: ability at a horizon, with and without it.

Limits of identification. A log of practice shows what learners who were given an item did later, not what they would
have done without it. The gain rests on the model's learning and forgetting, which are fitted or assumed for all learners
alike; it can rank activities by where practice and retention pay, and it cannot say that one teaching method is better
than another. That takes a pilot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.kernels import DAY, chances
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.state import Evidence, State

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

    For the first item of an activity both outcomes are followed through the model. The variance holds how far they lie
    apart and, where the model says so, what a practice adds to the ability's own variance. Raises ValueError for a
    negative horizon.
    """
    if horizon < 0.0:
        raise ValueError(f"a horizon of {horizon} days lies in the past: use 0 or more")
    c, later = curriculum, now + horizon * DAY
    items = c.activity_items[c.activity_items_at[activities]]
    before = model.belief(state, curriculum, later)
    chance = _chances(model, state, curriculum, items, now)
    mean, variance = np.empty(len(items)), np.empty(len(items))
    for place, item in enumerate(items.tolist()):
        skills = c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]]
        difficulty = float(c.difficulty[item])
        ends, spreads = [], []
        for correct in (True, False):
            evidence = Evidence(skills, difficulty, correct, now, item=item)
            after = model.belief(model.update(state, curriculum, evidence), curriculum, later)
            ends.append(float((after.mean[skills] - before.mean[skills]).mean()))
            spreads.append(float(after.variance[skills].mean()))
        p = chance[place]
        mean[place] = p * ends[0] + (1.0 - p) * ends[1]
        apart = p * (1.0 - p) * (ends[0] - ends[1]) ** 2
        added = p * spreads[0] + (1.0 - p) * spreads[1] + apart - float(before.variance[skills].mean())
        variance[place] = apart + max(added, 0.0)
    return ExpectedGain(mean, variance, chance)


def _chances(model: LearnerModel, state: State, curriculum: Curriculum, items: Ints, now: float) -> Floats:
    """The chances that the ability layer itself expects: with them, what an answer only reveals averages out, and what is
    left is learning and retention."""
    c, belief = curriculum, model.belief(state, curriculum, now)
    return chances(items, c.difficulty, c.item_skills_at, c.item_skills, belief.mean, belief.variance)
