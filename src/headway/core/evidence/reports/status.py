"""Where learners stand on the one scale of ability, with the error of measurement."""

from __future__ import annotations

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.evidence.pilots.shown import SPREAD, abilities


def standing(learner: Ints, difficulty: Floats, tries: Ints, right: Ints, count: int) -> tuple[Floats, Floats]:
    """Return ability [count] and its squared standard error [count] in logits, nan where too few first answers show one.

    A row is one learner's ``tries`` at problems of one ``difficulty``, ``right`` of them right without help: the answers of four
    weeks (:func:`headway.core.evidence.pilots.shown.abilities`). The error is that of the mode, from the curvature there.
    """
    who = np.repeat(learner, tries)
    hard = np.repeat(difficulty, tries)
    place = np.arange(len(who)) - np.repeat(np.cumsum(tries) - tries, tries)
    theta, _ = abilities(who, hard, (place < np.repeat(right, tries)).astype(np.float64), count)
    chance = 1.0 / (1.0 + np.exp(difficulty - np.nan_to_num(theta)[learner]))
    known = np.bincount(learner, tries * chance * (1.0 - chance), count) + 1.0 / SPREAD**2
    return theta, np.where(np.isfinite(theta), 1.0 / known, np.nan)
