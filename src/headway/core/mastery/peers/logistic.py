"""PFA, Best-LR and DAS3H: logistic regressions of items, skills and counts of past practice.

Pavlik, Cen and Koedinger, "Performance factors analysis" (AIED 2009); Gervet et al., "When is deep learning the best
approach to knowledge tracing?" (JEDM 2020); Choffin et al., "DAS3H" (EDM 2019). Counts enter as ln(1 + count), as in the
last two. DAS3H's weights of time windows are shared by all skills.
"""

from __future__ import annotations

import numpy as np

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.additive import Penalties
from headway.core.mastery.features import Features, Singles
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.hybrid.stream import core_features
from headway.core.mastery.metrics import Labels

WINDOWS = np.array([3600.0, 86400.0, 7.0 * 86400.0, 30.0 * 86400.0])
"""DAS3H's windows in seconds; the fifth one has no end."""
NO_ITEMS = Penalties(item=1e6)
FREE_SLOPES = Penalties(slope=0.5)


def pfa_features(frame: Frame) -> Features:
    """Skills, and each skill's own slopes on its right and all tries; no items, nothing of other skills."""
    whole = core_features(frame)
    return Features(np.ascontiguousarray(whole.dense[:, :1]), whole.tries, whole.right)


def best_lr_features(frame: Frame) -> Features:
    """Items, skills, each skill's own slopes, and the learner's right and all tries on everything."""
    whole = core_features(frame)
    return Features(np.ascontiguousarray(whole.dense[:, :3]), whole.tries, whole.right)


def das3h_features(frame: Frame) -> Features:
    """Best-LR without the overall counts, with right and all tries of each skill in five windows of time. Without time
    stamps all windows hold the same, so that it falls back to counts."""
    whole = core_features(frame)
    dense = np.zeros((len(frame.item), 1 + 2 * len(WINDOWS)), np.float32)
    dense[:, 0] = 1.0
    if frame.timed:
        last = _same_skill_before(frame)
        _windows(frame.starts, frame.skills_at, frame.skills, last, frame.correct, frame.at, WINDOWS, dense)
    return Features(dense, whole.tries, whole.right)


def _same_skill_before(frame: Frame) -> Longs:
    """For each entry of the flat list of skills the entry at which the learner last met the skill, -1 if never."""
    row = np.repeat(np.arange(len(frame.item)), np.diff(frame.skills_at))
    learner = np.repeat(np.arange(len(frame.students)), np.diff(frame.starts))[row]
    order = np.lexsort((row, frame.skills, learner))
    same = (learner[order][1:] == learner[order][:-1]) & (frame.skills[order][1:] == frame.skills[order][:-1])
    out = np.full(len(order), -1, np.int64)
    out[order[1:][same]] = order[:-1][same]
    return out


@compiled
def _windows(
    starts: Longs,
    skills_at: Longs,
    skills: Ints,
    last: Longs,
    correct: Labels,
    at: Floats,
    windows: Floats,
    dense: Singles,
) -> None:
    row_of = np.empty(skills.shape[0], np.int64)
    for r in range(at.shape[0]):
        row_of[skills_at[r] : skills_at[r + 1]] = r
    for r in range(at.shape[0]):
        share = 1.0 / (skills_at[r + 1] - skills_at[r])
        for entry in range(skills_at[r], skills_at[r + 1]):
            tries, right = np.zeros(windows.shape[0]), np.zeros(windows.shape[0])
            before = last[entry]
            while before >= 0 and at[r] - at[row_of[before]] <= windows[-1]:
                for n in range(windows.shape[0]):
                    if at[r] - at[row_of[before]] <= windows[n]:
                        tries[n] += 1.0
                        right[n] += correct[row_of[before]]
                before = last[before]
            for n in range(windows.shape[0]):
                dense[r, 1 + 2 * n] += share * np.log1p(tries[n])
                dense[r, 2 + 2 * n] += share * np.log1p(right[n])
