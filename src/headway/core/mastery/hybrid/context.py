"""What the training learners showed of items in their context: first tries, later tries, and what came before.

All numbers are shrunk: an item's rates towards its skills', the effect of what came before towards none. They describe
items, never learners; the corrector's training rows get them from other learners than their own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.frame import Frame, Longs

RATE_PRIOR = 8.0
"""Responses that the prior of an item's rate counts for."""
EFFECT_PRIOR = 1.5
"""Information (sum of p (1 - p)) that the prior of an effect counts for."""
RARE = 3
"""A pair of items is kept if it was seen as often as this."""


class Context(NamedTuple):
    """Tables by item and by skill; the last row of each is the unknown one.

    By item: ``seen`` ln(1 + responses), ``first`` and ``again`` log odds of first and later tries less the skills' log
    odds, ``after`` [items + 1, 2] the effect of the last outcome. By skill: ``skill_seen``, ``odds``. Effects of pairs:
    sorted keys, values and, for items, ln(1 + times seen). ``items`` and ``skills`` are how many were known.
    """

    seen: Floats
    first: Floats
    again: Floats
    after: NDArray[np.float64]
    skill_seen: Floats
    odds: Floats
    pair_key: Longs
    pair_value: Floats
    pair_seen: Floats
    skill_pair_key: Longs
    skill_pair_value: Floats
    items: int
    skills: int


@compiled
def pair_place(keys: Longs, before: int, outcome: int, now: int, count: int) -> int:
    """Return where the pair is in the sorted keys, -1 if it is not there or something in it is unknown."""
    if before < 0 or before >= count or now >= count:
        return -1
    key = (before * count + now) * 2 + outcome
    low, high = 0, keys.shape[0]
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < keys.shape[0] and keys[low] == key else -1


def fit_context(frame: Frame, train: NDArray[np.bool_], core: Floats) -> Context:
    """Count on the rows of ``train``; ``core`` [N] are the core's logits, whose residuals the effects explain."""
    rows = np.flatnonzero(train)
    item, y = frame.item, frame.correct.astype(np.float64)
    chance = 1.0 / (1.0 + np.exp(-core))
    residual, information = y - chance, chance * (1.0 - chance)
    odds, skill_seen = _skill_odds(frame, train)
    first_row = np.zeros(frame.items, np.int64)
    first_row[item[::-1]] = np.arange(len(item))[::-1]
    share = np.add.reduceat(odds[frame.skills], frame.skills_at[:-1]) / np.diff(frame.skills_at)
    usual = share[first_row]
    firsts = first_tries(frame)
    seen = np.bincount(item[rows], minlength=frame.items)
    after = np.zeros((frame.items + 1, 2))
    last = np.full(len(item), -1)
    last[1:] = item[:-1]
    last[frame.starts[:-1]] = -1
    outcome = np.zeros(len(item), np.int64)
    outcome[1:] = frame.correct[:-1]
    rows_after = rows[last[rows] >= 0]
    for side in (0, 1):
        some = rows_after[outcome[rows_after] == side]
        after[:-1, side] = _effect(item[some], residual[some], information[some], frame.items)
    pairs = _pairs(last, item, outcome, frame.items, rows_after, residual, information)
    skill = frame.skills[frame.skills_at[:-1]].astype(np.int64)
    skills = _pairs(np.roll(skill, 1), skill, outcome, frame.skill_count, rows_after, residual, information)
    return Context(
        np.log1p(np.append(seen, 0)),
        np.append(_log_odds(item, y, rows[firsts[rows]], usual) - usual, 0.0),
        np.append(_log_odds(item, y, rows[~firsts[rows]], usual) - usual, 0.0),
        after,
        np.log1p(np.append(skill_seen, 0)),
        np.append(odds, float(np.log(y[rows].mean() + 1e-9) - np.log(1.0 - y[rows].mean() + 1e-9))),
        *pairs,
        *skills[:2],
        frame.items,
        frame.skill_count,
    )


def first_tries(frame: Frame) -> NDArray[np.bool_]:
    """Say of each row whether the learner meets the item for the first time."""
    learner = np.repeat(np.arange(len(frame.students), dtype=np.int64), np.diff(frame.starts))
    out = np.zeros(len(frame.item), np.bool_)
    out[np.unique(learner * frame.items + frame.item, return_index=True)[1]] = True
    return out


def _skill_odds(frame: Frame, train: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    lengths = np.diff(frame.skills_at)
    entries = np.repeat(train, lengths)
    of = frame.skills[entries]
    right = np.bincount(of, weights=np.repeat(frame.correct, lengths)[entries], minlength=frame.skill_count)
    seen = np.bincount(of, minlength=frame.skill_count)
    rate = (right + 6.5) / (seen + 10.0)
    return np.log(rate / (1.0 - rate)), seen.astype(np.float64)


def _log_odds(item: NDArray[np.int32], y: Floats, rows: Longs, usual: Floats) -> Floats:
    prior = 1.0 / (1.0 + np.exp(-usual))
    right = np.bincount(item[rows], weights=y[rows], minlength=len(usual)) + RATE_PRIOR * prior
    rate = right / (np.bincount(item[rows], minlength=len(usual)) + RATE_PRIOR)
    rate = np.clip(rate, 1e-6, 1.0 - 1e-6)
    return np.asarray(np.log(rate / (1.0 - rate)))


def _effect(of: NDArray[np.int32], residual: Floats, information: Floats, size: int) -> Floats:
    top = np.bincount(of, weights=residual, minlength=size)
    return np.asarray(top / (np.bincount(of, weights=information, minlength=size) + EFFECT_PRIOR))


def _pairs(
    last: Longs,
    now: NDArray[np.int32] | Longs,
    outcome: Longs,
    count: int,
    rows: Longs,
    residual: Floats,
    information: Floats,
) -> tuple[Longs, Floats, Floats]:
    """Return sorted keys, effects and ln(1 + times) of the pairs that are not rare."""
    key = (last[rows].astype(np.int64) * count + now[rows]) * 2 + outcome[rows]
    keys, of, times = np.unique(key, return_inverse=True, return_counts=True)
    top = np.bincount(of, weights=residual[rows], minlength=len(keys))
    value = top / (np.bincount(of, weights=information[rows], minlength=len(keys)) + EFFECT_PRIOR)
    kept = times >= RARE
    return keys[kept], value[kept], np.log1p(times[kept])
