"""What a learner's history says before each response: counts, decayed rates, last outcomes, gaps of time.

Streamed one response ahead with constant memory a skill, so that a row never sees its own or a later answer. After
Gervet et al., "When is deep learning the best approach to knowledge tracing?" (JEDM 2020, Best-LR) and Galyardt and
Goldin, "Move your lamp post" (JEDM 2015, decayed recent rates).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.metrics import Labels

Singles = NDArray[np.float32]

NAMES = (
    *("constant", "all tries", "all right", "skill tries", "skill right", "item tries", "item right"),
    *("all recent 0.7", "all recent 0.9", "all recent 0.98"),
    *("skill recent 0.6", "skill recent 0.8", "skill recent 0.9", "skill recent 0.97"),
    *("last 1", "last 2", "last 3", "skill last 1", "skill last 2", "skill last 3", "skill last 4", "skill last 5"),
    *("gap", "skill gap", "same item", "same skill", "new skill"),
)
"""The columns of ``dense``. Tries and right answers are ln(1 + count); recent rates are log odds against 0.65."""

DECAYS = np.array([0.7, 0.9, 0.98, 0.6, 0.8, 0.9, 0.97])
"""Three of all responses, four of those to the skill."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """``dense`` float32 [N, len(NAMES)]; ``tries`` and ``right`` float32, one entry a row and skill, as in the
    frame's flat lists."""

    dense: Singles
    tries: Singles
    right: Singles


def features_of(frame: Frame) -> Features:
    """Compute all rows' features in one pass."""
    dense = np.zeros((len(frame.item), len(NAMES)), np.float32)
    tries = np.zeros(len(frame.skills), np.float32)
    right = np.zeros(len(frame.skills), np.float32)
    _stream(
        frame.starts,
        frame.item,
        frame.skills_at,
        frame.skills,
        frame.correct,
        frame.at,
        frame.timed,
        frame.items,
        frame.skill_count,
        DECAYS,
        dense,
        tries,
        right,
    )
    return Features(dense, tries, right)


@compiled
def _odds(right: float, weight: float) -> float:
    """Log odds of a decayed rate, drawn towards 0.65 by one response's weight, less that of 0.65."""
    rate = (right + 0.65) / (weight + 1.0)
    return float(np.log(rate / (1.0 - rate)) - 0.61903920840622351)


@compiled
def _describe(
    row: Singles, skills: Ints, state: Floats, own: Floats, item: Floats, gap: float, at: float, decays: Floats
) -> None:
    """Write one row of features. ``state`` [S, 15] and ``own`` [15] hold tries, right, last time, five last outcomes
    and the decayed sums; ``item`` [2] tries and right."""
    share = 1.0 / skills.shape[0]
    row[0], row[1], row[2] = 1.0, np.log1p(own[0]), np.log1p(own[1])
    row[5], row[6] = np.log1p(item[0]), np.log1p(item[1])
    for n in range(3):
        row[7 + n] = _odds(own[8 + 2 * n], own[9 + 2 * n])
        row[14 + n] = own[3 + n]
    row[22] = gap
    for skill in skills:
        seen = state[skill]
        row[3] += share * np.log1p(seen[0])
        row[4] += share * np.log1p(seen[1])
        for n in range(4):
            row[10 + n] += share * _odds(seen[8 + 2 * n], seen[9 + 2 * n])
        for n in range(5):
            row[17 + n] += share * seen[3 + n]
        if seen[0] > 0.0:
            row[23] += share * np.log1p(max(at - seen[2], 0.0) / 86400.0)
        else:
            row[26] += share


@compiled
def _remember(seen: Floats, correct: float, at: float, decays: Floats) -> None:
    """Fold one outcome into a skill's or the learner's own memory."""
    seen[0] += 1.0
    seen[1] += correct
    seen[2] = at
    for n in range(4, 0, -1):
        seen[3 + n] = seen[2 + n]
    seen[3] = 2.0 * correct - 1.0
    for n in range(decays.shape[0]):
        seen[8 + 2 * n] = seen[8 + 2 * n] * decays[n] + correct
        seen[9 + 2 * n] = seen[9 + 2 * n] * decays[n] + 1.0


@compiled
def _stream(
    starts: Longs,
    item: Ints,
    skills_at: Longs,
    skills: Ints,
    correct: Labels,
    at: Floats,
    timed: bool,
    items: int,
    skill_count: int,
    decays: Floats,
    dense: Singles,
    tries: Singles,
    right: Singles,
) -> None:
    on_item = np.zeros((items, 2))
    for learner in range(starts.shape[0] - 1):
        state = np.zeros((skill_count, 16))
        own = np.zeros(16)
        first, last = starts[learner], starts[learner + 1]
        for r in range(first, last):
            of = skills[skills_at[r] : skills_at[r + 1]]
            gap = np.log1p(max(at[r] - own[2], 0.0) / 86400.0) if timed and r > first else 0.0
            _describe(dense[r], of, state, own, on_item[item[r]], gap, at[r], decays)
            if not timed:
                dense[r, 23] = 0.0
            if r > first:
                dense[r, 24] = 1.0 if item[r] == item[r - 1] else 0.0
                dense[r, 25] = 1.0 if of[0] == skills[skills_at[r - 1]] else 0.0
            y = float(correct[r])
            for n in range(of.shape[0]):
                tries[skills_at[r] + n] = np.log1p(state[of[n], 0])
                right[skills_at[r] + n] = np.log1p(state[of[n], 1])
                _remember(state[of[n]], y, at[r], decays[3:])
            _remember(own, y, at[r], decays[:3])
            on_item[item[r], 0] += 1.0
            on_item[item[r], 1] += y
        for r in range(first, last):
            on_item[item[r]] = 0.0
