"""Calibrated items and their response curves.

All models are in the logistic metric (D = 1). With ability t, discrimination a, difficulty b, guessing c and
s(x) = 1 / (1 + exp(-x)):

* ``1pl``, ``2pl``, ``3pl``: P(right) = c + (1 - c) s(a (t - b)), with c = 0 but in ``3pl`` (Birnbaum 1968).
* ``grm``: P(score >= k) = s(a (t - b_k)), thresholds rising (Samejima 1969).
* ``pcm``: P(score = k) proportional to exp(sum over j <= k of a (t - b_j)) (Masters 1982; Muraki 1992).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import ArrayLike, NDArray

from headway.core.compiled import compiled

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Rows = NDArray[np.int64]

MODELS = ("1pl", "2pl", "3pl", "grm", "pcm")
"""Names of the item models; an item's code is its model's place here."""
ONE, TWO, THREE, GRADED, PARTIAL = range(5)


@dataclass(frozen=True, slots=True, eq=False)
class ItemBank:
    """J calibrated items. ``ids`` their names; ``model`` int8 [J], places in ``MODELS``; ``a`` float64 [J] above 0;
    ``b`` float64 [J, K], the difficulty in the first column or one threshold a score point, NaN where an item has
    fewer; ``c`` float64 [J] in [0, 1). ``se_a``, ``se_b``, ``se_c`` are standard errors in the same shapes, NaN for
    what was not estimated, None where unknown.

    Raises ValueError naming the first item that is out of range.
    """

    ids: tuple[str, ...]
    model: Codes
    a: Floats
    b: Floats
    c: Floats
    se_a: Floats | None = None
    se_b: Floats | None = None
    se_c: Floats | None = None

    def __post_init__(self) -> None:
        items = len(self.ids)
        if self.b.ndim != 2 or any(len(part) != items for part in (self.model, self.a, self.b, self.c)):
            raise ValueError(f"{items} items need that many models, a, c and rows of b (one column a score point)")
        if len(set(self.ids)) < items:
            raise ValueError("two items have the same name")
        steps = self.steps
        wrong = {
            "has no difficulty, or a gap among its thresholds": (steps < 1) | (steps != (~np.isnan(self.b)).sum(1)),
            "has an unknown model": (self.model < 0) | (self.model >= len(MODELS)),
            "has more than one difficulty, which only grm and pcm may": (steps > 1) & (self.model < GRADED),
            "has a difficulty that is not finite": np.isinf(self.b).any(axis=1),
            "has a discrimination that is not above 0": ~((self.a > 0.0) & np.isfinite(self.a)),
            "has a guessing chance outside 0 to 1": ~((self.c >= 0.0) & (self.c < 1.0)),
            "has thresholds that do not rise, as grm needs": (self.model == GRADED)
            & (np.diff(self.b, axis=1) <= 0.0).any(axis=1),
        }
        for reason, found in wrong.items():
            if found.any():
                raise ValueError(f"item {self.ids[int(found.argmax())]!r} {reason}")

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def steps(self) -> Rows:
        """int64 [J]: the highest score of each item, 1 for right or wrong."""
        known: Rows = np.cumprod(~np.isnan(self.b), axis=1, dtype=np.int64)
        return np.asarray(known.sum(axis=1), dtype=np.int64)

    @property
    def difficulty(self) -> Floats:
        """float64 [J] in logits: where the item sits, the mean of its thresholds."""
        return np.asarray(np.nanmean(self.b, axis=1), dtype=np.float64)

    def rows_of(self, ids: Sequence[str]) -> Rows:
        """Return the rows of the named items; KeyError for a name that is not here."""
        places: Mapping[str, int] = {name: row for row, name in enumerate(self.ids)}
        return np.array([places[name] for name in ids], dtype=np.int64)

    def take(self, rows: ArrayLike) -> ItemBank:
        """Return a bank of these rows, in this order."""
        at = np.asarray(rows, dtype=np.int64)
        errors = [None if part is None else part[at] for part in (self.se_a, self.se_b, self.se_c)]
        ids = tuple(self.ids[row] for row in at.tolist())
        return ItemBank(ids, self.model[at], self.a[at], self.b[at], self.c[at], *errors)


def item_bank(
    ids: Sequence[str],
    b: ArrayLike,
    *,
    model: str | Sequence[str] = "2pl",
    a: ArrayLike = 1.0,
    c: ArrayLike = 0.0,
) -> ItemBank:
    """Make a bank from known parameters. ``b`` [J] or [J, K] with NaN where an item has fewer thresholds; ``a`` and
    ``c`` a number or [J]; ``model`` a name or one a item. Raises ValueError for what an :class:`ItemBank` refuses."""
    items = len(ids)
    names = [model] * items if isinstance(model, str) else list(model)
    unknown = sorted(set(names) - set(MODELS))
    if unknown:
        raise ValueError(f"unknown item model {unknown[0]!r}: use one of {', '.join(MODELS)}")
    thresholds = np.array(b, dtype=np.float64)
    return ItemBank(
        tuple(ids),
        np.array([MODELS.index(name) for name in names], dtype=np.int8),
        np.broadcast_to(np.asarray(a, dtype=np.float64), (items,)).copy(),
        thresholds[:, None] if thresholds.ndim == 1 else thresholds,
        np.broadcast_to(np.asarray(c, dtype=np.float64), (items,)).copy(),
    )


def category_probabilities(bank: ItemBank, ability: ArrayLike) -> Floats:
    """Return float64 [Q, J, K + 1]: the chance of each score at each ability (logits, [Q] or one number); 0 for
    scores that an item does not have."""
    at = np.atleast_1d(np.asarray(ability, dtype=np.float64))
    out = np.zeros((len(at), len(bank), bank.b.shape[1] + 1))
    _categories(bank.model, bank.a, bank.b, bank.c, bank.steps, at, out)
    return out


def expected_scores(bank: ItemBank, ability: ArrayLike) -> Floats:
    """Return float64 [Q, J]: the mean score in points at each ability; for right-or-wrong items the chance of right."""
    chances = category_probabilities(bank, ability)
    return np.asarray(chances @ np.arange(chances.shape[2], dtype=np.float64), dtype=np.float64)


def information(bank: ItemBank, ability: ArrayLike) -> Floats:
    """Return float64 [Q, J]: Fisher information about ability, the sum over scores of P'^2 / P, in 1 / logit^2."""
    at = np.atleast_1d(np.asarray(ability, dtype=np.float64))
    out = np.empty((len(at), len(bank)))
    _information(bank.model, bank.a, bank.b, bank.c, bank.steps, category_probabilities(bank, at), at, out)
    return out


@compiled
def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + exp(-x))
    power = exp(x)
    return power / (1.0 + power)


@compiled
def _categories(model: Codes, a: Floats, b: Floats, c: Floats, steps: Rows, ability: Floats, out: Floats) -> None:
    for q in range(ability.shape[0]):
        for j in range(a.shape[0]):
            top = steps[j]
            if model[j] < GRADED:
                right = c[j] + (1.0 - c[j]) * logistic(a[j] * (ability[q] - b[j, 0]))
                out[q, j, 0] = (1.0 - c[j]) * logistic(a[j] * (b[j, 0] - ability[q]))
                out[q, j, 1] = right
            elif model[j] == GRADED:
                above, below = 1.0, 0.0
                for k in range(top):
                    gap = a[j] * (ability[q] - b[j, k])
                    reached, missed = logistic(gap), logistic(-gap)
                    # subtract on the side where the numbers are small, so that a rare score keeps its digits
                    out[q, j, k] = above - reached if above < 0.5 else missed - below
                    above, below = reached, missed
                out[q, j, top] = above
            else:
                power, most = 0.0, 0.0
                for k in range(top):
                    power += a[j] * (ability[q] - b[j, k])
                    out[q, j, k + 1] = power
                    most = max(most, power)
                out[q, j, 0] = 0.0
                total = 0.0
                for k in range(top + 1):
                    out[q, j, k] = exp(out[q, j, k] - most)
                    total += out[q, j, k]
                for k in range(top + 1):
                    out[q, j, k] /= total


@compiled
def _information(
    model: Codes, a: Floats, b: Floats, c: Floats, steps: Rows, chances: Floats, ability: Floats, out: Floats
) -> None:
    for q in range(ability.shape[0]):
        for j in range(a.shape[0]):
            if model[j] < GRADED:
                wrong, right = chances[q, j, 0], chances[q, j, 1]
                above = (right - c[j]) / (1.0 - c[j])
                out[q, j] = a[j] * a[j] * above * above * wrong / right if right > 0.0 else 0.0
            elif model[j] == GRADED:
                slope, total = 0.0, 0.0
                for k in range(steps[j] + 1):
                    after = 0.0
                    if k < steps[j]:
                        reached = logistic(a[j] * (ability[q] - b[j, k]))
                        after = reached * (1.0 - reached)
                    if chances[q, j, k] > 0.0:
                        total += (slope - after) ** 2 / chances[q, j, k]
                    slope = after
                out[q, j] = a[j] * a[j] * total
            else:
                mean, square = 0.0, 0.0
                for k in range(steps[j] + 1):
                    mean += k * chances[q, j, k]
                    square += k * k * chances[q, j, k]
                out[q, j] = a[j] * a[j] * (square - mean * mean)
