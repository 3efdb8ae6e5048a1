"""Skills that look like two: their items fall into two groups, and success in the one says little of success in the other.

If a skill is one thing, what was unforeseen in a learner's answer to one of its items has been learnt by the model before the
next: the two surprises are unrelated. If it is two, surprises go together within each group more than across. The groups
are found on one half of the learners (the sign of the leading eigenvector of the surprises' products) and tested on the
other half, both ways, so that looking for the best cut costs nothing in honesty. Answers given one after the other go together
for reasons of the day, and items of one sheet follow each other; so pairs are compared with pairs as many answers apart.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh
from scipy.special import expit

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats
from headway.core.mastery.content.answers import Answers
from headway.core.mastery.content.discovery import LEARNERS, RATE, adjusted, below, reach, usual
from headway.core.mastery.refit.log import Longs

MOST = 24
"""Answers of a learner to one skill that are compared with each other: the first ones."""
LEAST = 3
"""Items of a skill without which there is nothing to split."""
FEW = 10
"""Answers without which an item is in neither part."""
LAGS = 5
"""Groups of pairs by how far apart they are: 1, 2, 3-4, 5-8 answers of the skill, and more."""
MATTERS = 0.05
"""Squared logits by which surprises must go together more within than across: 0.22 logits between the two parts."""


@dataclass(frozen=True, slots=True)
class Split:
    """A skill (number in the curriculum) and its ``items`` in two ``parts``. ``effect`` with its interval: by how many squared
    logits what learners show goes together more within a part than across."""

    skill: int
    learners: int
    answers: int
    parts: tuple[tuple[int, ...], tuple[int, ...]]
    effect: float
    low: float
    high: float
    adjusted: float


def splits(a: Answers, curriculum: Curriculum, broken: Collection[int] = ()) -> tuple[list[Split], int]:
    """Return skills that look like two, and how many were looked at. Items that are known to be broken are left out: they
    go together with nothing."""
    rows = np.flatnonzero(a.counted & (a.item >= 0) & (a.skill >= 0) & ~np.isin(a.item, list(broken)))
    rows = rows[np.lexsort((rows, a.learner[rows], a.skill[rows]))]
    skill = a.skill[rows].astype(np.int64)
    starts = np.searchsorted(skill, np.arange(len(curriculum.skills) + 1))
    found = []
    for number in range(len(curriculum.skills)):
        mine = rows[starts[number] : starts[number + 1]]
        one = _tested(a, mine, number) if len(mine) else None
        if one is not None:
            found.append(one)
    if not found:
        return [], 0
    z = np.array([one.effect / one.low for one in found])
    # Easy and hard items of any skill go apart a little where the model's curve is not the learners': that is no split.
    middle, spread = usual(z)
    q = adjusted(below(-(z - max(middle, 0.0)) / spread))
    stands = (q <= RATE) & (np.array([one.effect for one in found]) >= MATTERS)
    wide = spread * reach(stands, np.ones(len(found), bool))
    return [
        Split(
            one.skill, one.learners, one.answers, one.parts, one.effect, one.effect - wide * one.low,
            one.effect + wide * one.low, float(q[k]),
        )
        for k, one in enumerate(found)
        if stands[k]
    ], len(found)  # fmt: skip


def _tested(a: Answers, rows: Longs, skill: int) -> Split | None:
    """The effect of the best cut on learners who did not choose it; ``low`` holds its standard error. None where there is
    too little to look at."""
    _, item, counts = np.unique(a.item[rows], return_inverse=True, return_counts=True)
    rows = rows[counts[item] >= FEW]
    items, item = np.unique(a.item[rows], return_inverse=True)
    learners, learner = np.unique(a.learner[rows], return_inverse=True)
    if len(items) < LEAST or len(learners) < 2 * LEARNERS:
        return None
    chance = expit(a.foreseen[rows])
    rest, known = a.solved[rows] - chance, chance * (1.0 - chance)
    begins = np.append(np.searchsorted(learner, np.arange(len(learners))), len(rows)).astype(np.int64)
    half = (np.arange(len(learners)) * 2654435761 >> 7) % 2
    item = item.astype(np.int64)
    products = np.zeros((2, 2, len(items), len(items)))
    lags = np.zeros((LAGS, 2))
    _lagged(begins, item, rest, known, lags)
    near = lags[:, 0] / np.maximum(lags[:, 1], 1e-9)
    _products(begins, item, rest, known, half, near, products)
    effects, errors = [], []
    for chosen in (0, 1):
        part = _cut(products[chosen, 0], products[chosen, 1])
        sums = np.zeros((len(learners), LAGS, 4))
        _judged(begins, item, rest, known, part, sums)
        effect, error = _contrast(sums[half != chosen])
        effects.append(effect)
        errors.append(error)
    if not np.isfinite([*effects, *errors]).all() or min(errors) <= 0.0:
        return None
    part = _cut(products[:, 0].sum(axis=0), products[:, 1].sum(axis=0))
    weight = np.array(errors) ** -2.0
    effect = float((np.array(effects) * weight).sum() / weight.sum())
    sides = [tuple(int(n) for n in items[part == side]) for side in (0, 1)]
    return Split(skill, len(learners), len(rows), (sides[0], sides[1]), effect, float(weight.sum() ** -0.5), 0.0, 1.0)


def _cut(products: Floats, known: Floats) -> Longs:
    """Cut the items in two by the leading eigenvector of how much surprises go together, in standard errors [I, I]."""
    together = (products + products.T) / np.sqrt(np.maximum(known + known.T, 1e-9))
    np.fill_diagonal(together, 0.0)
    last = len(together) - 1
    part = (eigh(together, subset_by_index=[last, last])[1][:, 0] > 0.0).astype(np.int64)
    out: Longs = part if part[0] == 0 else 1 - part
    return out


def _contrast(sums: Floats) -> tuple[float, float]:
    """How much more surprises go together within than across at the same distance, from learners' sums [L, LAGS, 4], and its
    robust error."""
    within, inside, across, between = sums.sum(axis=0).T
    weight = inside * between / np.maximum(inside + between, 1e-9)
    if weight.sum() <= 0.0:
        return float("nan"), float("nan")
    one, other = within / np.maximum(inside, 1e-9), across / np.maximum(between, 1e-9)
    near = (sums[:, :, 0] - one * sums[:, :, 1]) / np.maximum(inside, 1e-9)
    far = (sums[:, :, 2] - other * sums[:, :, 3]) / np.maximum(between, 1e-9)
    influence = ((near - far) * weight).sum(axis=1) / weight.sum()
    # Few learners make the robust variance too small; a product of surprises has at least the variance of its worth.
    variance = max(float((influence**2).sum()), 1.0 / float(weight.sum()))
    return float(((one - other) * weight).sum() / weight.sum()), float(np.sqrt(variance))


@compiled
def _lag(apart: int) -> int:
    return 0 if apart == 1 else 1 if apart == 2 else 2 if apart <= 4 else 3 if apart <= 8 else 4


@compiled
def _lagged(begins: Longs, item: Longs, rest: Floats, known: Floats, out: Floats) -> None:
    """Sum by distance the products of surprises, and of what they are worth."""
    for learner in range(begins.shape[0] - 1):
        first, last = begins[learner], min(begins[learner + 1], begins[learner] + MOST)
        for i in range(first, last):
            for j in range(i + 1, last):
                if item[i] != item[j]:
                    out[_lag(j - i), 0] += rest[i] * rest[j]
                    out[_lag(j - i), 1] += known[i] * known[j]


@compiled
def _products(begins: Longs, item: Longs, rest: Floats, known: Floats, half: Longs, near: Floats, out: Floats) -> None:
    """Sum by half of the learners and pair of items the products of surprises beyond what pairs as far apart usually show
    (``near``), and of what they are worth."""
    for learner in range(begins.shape[0] - 1):
        first, last = begins[learner], min(begins[learner + 1], begins[learner] + MOST)
        for i in range(first, last):
            for j in range(i + 1, last):
                if item[i] != item[j]:
                    worth = known[i] * known[j]
                    out[half[learner], 0, item[i], item[j]] += rest[i] * rest[j] - near[_lag(j - i)] * worth
                    out[half[learner], 1, item[i], item[j]] += worth


@compiled
def _judged(begins: Longs, item: Longs, rest: Floats, known: Floats, part: Longs, out: Floats) -> None:
    """Sum by learner and distance within a part (surprises, worth) and across the parts (surprises, worth)."""
    for learner in range(begins.shape[0] - 1):
        first, last = begins[learner], min(begins[learner + 1], begins[learner] + MOST)
        for i in range(first, last):
            for j in range(i + 1, last):
                if item[i] != item[j]:
                    place = 0 if part[item[i]] == part[item[j]] else 2
                    out[learner, _lag(j - i), place] += rest[i] * rest[j]
                    out[learner, _lag(j - i), place + 1] += known[i] * known[j]
