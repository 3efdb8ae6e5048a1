"""What learners showed in a stretch of time: one ability each, from their first answers and the known difficulties of the items.

The one-parameter logistic model with the items' difficulties given, so learners who were given different problems stand on one
scale. The learner model's own belief is no outcome: it remembers what was before the pilot, and an arm may change how it moves.
"""

from __future__ import annotations

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints

LEAST = 6
"""Fewest first answers that show an ability."""
SPREAD = 3.0
"""Standard deviation in logits of the weak prior that keeps who has everything right on the scale."""
STEPS, FURTHEST = 30, 8.0


def abilities(learner: Ints, difficulty: Floats, right: Floats, count: int) -> tuple[Floats, Ints]:
    """Return ability in logits [count], nan below :data:`LEAST` answers, and the number of answers [count].

    ``learner`` [R] numbers the answers' learners from 0; ``difficulty`` [R] is in logits; ``right`` [R] is 1 for a first answer
    that was right without help. Newton's method for the mode; the prior's centre is the mean difficulty of all answers, the same
    for everybody, so that an arm that gives harder problems is not favoured.
    """
    given = np.bincount(learner, minlength=count).astype(np.int64)
    if len(learner) == 0:
        return np.full(count, np.nan), given
    centre = float(difficulty.mean())
    theta = np.full(count, centre)
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(difficulty - theta[learner]))
        slope = np.bincount(learner, right - chance, count) - (theta - centre) / SPREAD**2
        curve = np.bincount(learner, chance * (1.0 - chance), count) + 1.0 / SPREAD**2
        move = np.clip(slope / curve, -1.0, 1.0)
        theta = np.clip(theta + move, centre - FURTHEST, centre + FURTHEST)
        if float(np.abs(move).max()) < 1e-9:
            break
    return np.where(given >= LEAST, theta, np.nan), given
