"""Items that have changed over time: reworded, leaked, taught to, or printed otherwise.

What is left of each answer after the model's foresight and the item's own level is summed up in the order of time. Without a
change the sum wanders like a Brownian bridge and its largest distance from 0 follows Kolmogorov's law (Brown, Durbin and
Evans 1975); its top is where the item most likely changed. Changes that all items share (a holiday, a new class) were
taken out before, see ``answers.straightened``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, kolmogorov

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.content.answers import Answers
from headway.core.mastery.content.discovery import LEARNERS, RATE, adjusted, reach
from headway.core.mastery.content.slopes import clusters, levels_of, spread_of
from headway.core.mastery.kernels import DAY
from headway.core.mastery.refit.log import Longs
from headway.core.measurement.drift import MATTERS

LEAST = 40
"""Answers to an item without which no change is looked for; a quarter of them is needed on each side of it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An item that has become harder (``effect`` above 0, logits, with its interval) or easier about the moment ``since``
    (seconds since 1970). ``answers``, ``right`` and ``foreseen`` before and after it."""

    item: int
    learners: int
    since: float
    effect: float
    low: float
    high: float
    adjusted: float
    answers: tuple[int, int]
    right: tuple[int, int]
    foreseen: tuple[float, float]


def changed(a: Answers, items: int) -> tuple[list[Changed], int]:
    """Return the items that have changed by MATTERS logits or more, and how many were looked at."""
    rows = np.flatnonzero(a.counted & (a.item >= 0))
    rows = rows[np.lexsort((a.at[rows], a.item[rows]))]
    item = a.item[rows].astype(np.int64)
    shift, _ = levels_of(item, a.solved[rows], a.foreseen[rows], items, doubt=3.0)
    p = expit(a.foreseen[rows] + shift[item])
    rest, known = a.solved[rows] - p, p * (1.0 - p)
    n = np.bincount(item, minlength=items)
    _, _, learners = clusters(item, a.learner[rows].astype(np.int64), items)
    asked = (learners >= LEARNERS) & (n >= LEAST)
    top, where = _furthest(rest, known, item, items)
    variance = np.maximum(_scatter(a, rows, item, where, items), np.bincount(item, weights=known, minlength=items))
    size = np.where(asked, top / np.sqrt(np.maximum(variance, 1e-9)), np.nan)
    q = adjusted(np.where(asked, kolmogorov(np.nan_to_num(size)), np.nan))
    starts = np.searchsorted(item, np.arange(items))
    out: list[Changed] = []
    for number in np.flatnonzero(asked & (q <= RATE)).tolist():
        mine = rows[starts[number] : starts[number] + int(n[number])]
        split = int(where[number]) - int(starts[number]) + 1
        if min(split, len(mine) - split) >= LEAST // 4:
            out.append(_measured(a, mine, split, number, int(learners[number]), float(q[number])))
    stands = np.isin(np.arange(items), [one.item for one in out])
    wide = reach(stands, asked)
    kept = _without_echoes(a, rows, item, [one for one in out if abs(one.effect) >= MATTERS])
    return [_widened(one, wide) for one in kept], int(np.count_nonzero(asked))


def _without_echoes(a: Answers, rows: Longs, item: Longs, found: list[Changed]) -> list[Changed]:
    """Drop changes the other way round beside a surer one of the same skill: an item that has become harder lowers what is
    foreseen for its neighbours, and they look easier."""
    skill = dict(zip(item.tolist(), a.skill[rows].tolist(), strict=True))
    first: dict[int, Changed] = {}
    for one in sorted(found, key=lambda each: (each.adjusted, -abs(each.effect))):
        first.setdefault(skill[one.item], one)
    return [one for one in found if one.effect * first[skill[one.item]].effect > 0.0]


def _scatter(a: Answers, rows: Longs, item: Longs, where: Longs, items: int) -> Floats:
    """By item how much the sum of what is left scatters, the change itself set aside: answers of one learner, or of one day
    (a class that was just taught the same), may go together."""
    side = item * 2 + (np.arange(len(rows)) > where[item])
    level, _ = levels_of(side, a.solved[rows], a.foreseen[rows], 2 * items, doubt=3.0)
    rest = a.solved[rows] - expit(a.foreseen[rows] + level[side])
    out = np.zeros(items)
    day = (a.at[rows] // DAY - a.at[rows].min(initial=np.inf) // DAY).astype(np.int64)
    for together in (a.learner[rows].astype(np.int64), day):
        place, of, _ = clusters(item, together, items)
        out = np.maximum(out, spread_of(rest, place, of, items))
    return out


def _furthest(rest: Floats, known: Floats, item: Longs, items: int) -> tuple[Floats, Longs]:
    """By item the furthest that the bridge of summed residuals goes from 0, and at which row; rows lie item by item."""
    starts, n = np.searchsorted(item, np.arange(items)), np.bincount(item, minlength=items)
    total = np.bincount(item, weights=rest, minlength=items)
    weight = np.bincount(item, weights=known, minlength=items)
    walked, passed = np.cumsum(rest), np.cumsum(known)
    before = np.where(starts > 0, walked[np.maximum(starts, 1) - 1], 0.0)
    early = np.where(starts > 0, passed[np.maximum(starts, 1) - 1], 0.0)
    bridge = walked - before[item] - total[item] * (passed - early[item]) / np.maximum(weight, 1e-9)[item]
    order = np.lexsort((np.abs(bridge), item))
    last = order[np.maximum(starts + n - 1, 0)]
    return np.where(n > 0, np.abs(bridge[last]), 0.0), last


def _measured(a: Answers, rows: Longs, split: int, item: int, learners: int, q: float) -> Changed:
    """The change at a split of an item's rows; low and high hold the standard error until they are widened."""
    side = (np.arange(len(rows)) >= split).astype(np.int64)
    level, _ = levels_of(side, a.solved[rows], a.foreseen[rows], 2, doubt=3.0)
    p = expit(a.foreseen[rows] + level[side])
    place, of, _ = clusters(side, a.learner[rows].astype(np.int64), 2)
    known = np.bincount(side, weights=p * (1.0 - p), minlength=2)
    variance = np.maximum(spread_of(a.solved[rows] - p, place, of, 2), known) / known**2
    parts = rows[:split], rows[split:]
    return Changed(
        item,
        learners,
        float(a.at[rows[split]]) if split < len(rows) else float(a.at[rows[-1]]),
        float(level[0] - level[1]),
        float(np.sqrt(variance.sum())),
        0.0,
        q,
        (len(parts[0]), len(parts[1])),
        (int(a.solved[parts[0]].sum()), int(a.solved[parts[1]].sum())),
        (float(a.chance[parts[0]].sum()), float(a.chance[parts[1]].sum())),
    )


def _widened(one: Changed, wide: float) -> Changed:
    half = wide * one.low
    return Changed(
        one.item, one.learners, one.since, one.effect, one.effect - half, one.effect + half, one.adjusted, one.answers,
        one.right, one.foreseen,
    )  # fmt: skip
