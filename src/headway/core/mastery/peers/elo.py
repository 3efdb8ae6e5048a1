"""Elo on logs: a rating of the learner, of the learner's skills, and of items, each moved by every surprise.

Pelanek, "Applications of the Elo rating system in adaptive educational systems" (Computers & Education 98, 2016). Items
move while training learners answer, and stand still for the others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.metrics import Labels


def fit_elo(frame: Frame, rows: NDArray[np.bool_], passes: int = 3) -> tuple[Floats, Floats]:
    """Return the chances [N], one response ahead, and the items' difficulties [items] in logits."""
    difficulty, out = np.zeros(frame.items), np.empty(len(frame.item))
    every = np.ones(len(frame.item), np.bool_)
    columns = (frame.starts, frame.item, frame.skills_at, frame.skills, frame.correct)
    seen = np.zeros(frame.items)
    for _ in range(passes):
        _run(*columns, rows, True, frame.skill_count, difficulty, seen, out)
    _run(*columns, every, False, frame.skill_count, difficulty, seen, out)
    return out, difficulty


@compiled
def _run(
    starts: Longs,
    item: Ints,
    skills_at: Longs,
    skills: Ints,
    correct: Labels,
    rows: NDArray[np.bool_],
    learn: bool,
    count: int,
    difficulty: Floats,
    seen: Floats,
    out: Floats,
) -> None:
    own, tries = np.zeros(count), np.zeros(count)
    for learner in range(starts.shape[0] - 1):
        if not rows[starts[learner]]:
            continue
        own[:], tries[:], overall = 0.0, 0.0, 0.0
        for r in range(starts[learner], starts[learner + 1]):
            share, ability, q = 1.0 / (skills_at[r + 1] - skills_at[r]), overall, item[r]
            for m in range(skills_at[r], skills_at[r + 1]):
                ability += share * own[skills[m]]
            out[r] = 1.0 / (1.0 + np.exp(difficulty[q] - ability))
            error = correct[r] - out[r]
            overall += 0.15 * error
            for m in range(skills_at[r], skills_at[r + 1]):
                own[skills[m]] += share * 0.6 / (1.0 + 0.05 * tries[skills[m]]) * error
                tries[skills[m]] += 1.0
            if learn:
                difficulty[q] -= 1.0 / (1.0 + 0.05 * seen[q]) * error
                seen[q] += 1.0
