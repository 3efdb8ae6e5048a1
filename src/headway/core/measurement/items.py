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

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Rows = NDArray[np.int64]

MODELS = ("1pl", "2pl", "3pl", "grm", "pcm")
"""Names of the item models; an item's code is its model's place here."""
ONE, TWO, THREE, GRADED, PARTIAL = range(5)


@dataclass(frozen=True, slots=True, eq=False)
class ItemBank:
    """J calibrated items. ``ids`` their names; ``model`` int8 [J], places in ``MODELS``; ``a`` float64 [J], below 0 for
    an item that the able get wrong (a wrong key?), never 0 and never below 0 for ``grm``;
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
            "has a discrimination of 0, or none": ~(np.isfinite(self.a) & (self.a != 0.0)),
            "has a discrimination below 0, which grm may not": (self.model == GRADED) & (self.a < 0.0),
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
    simple, graded, partial = (np.flatnonzero(found) for found in _kinds(bank))
    out[:, simple, :2] = _simple(bank, simple, at)
    if len(graded):
        reached, missed = _reached(bank, graded, at)
        # subtract on the side where the numbers are small, so that a rare score keeps its digits
        high, low = reached[:, :, :-1] - reached[:, :, 1:], missed[:, :, 1:] - missed[:, :, :-1]
        out[:, graded] = np.where(reached[:, :, :-1] < 0.5, high, low)
    if len(partial):
        out[:, partial] = _partial(bank, partial, at)
    return out


def expected_scores(bank: ItemBank, ability: ArrayLike) -> Floats:
    """Return float64 [Q, J]: the mean score in points at each ability; for right-or-wrong items the chance of right."""
    chances = category_probabilities(bank, ability)
    return np.asarray(chances @ np.arange(chances.shape[2], dtype=np.float64), dtype=np.float64)


def information(bank: ItemBank, ability: ArrayLike) -> Floats:
    """Return float64 [Q, J]: Fisher information about ability, the sum over scores of P'^2 / P, in 1 / logit^2."""
    at = np.atleast_1d(np.asarray(ability, dtype=np.float64))
    out = np.empty((len(at), len(bank)))
    simple, graded, partial = (np.flatnonzero(found) for found in _kinds(bank))
    chances = category_probabilities(bank, at)
    if len(simple):
        wrong, right = chances[:, simple, 0], chances[:, simple, 1]
        known = (right - bank.c[simple]) / (1.0 - bank.c[simple])
        out[:, simple] = np.divide(known * known * wrong, right, out=np.zeros_like(right), where=right > 0.0)
    if len(graded):
        reached, missed = _reached(bank, graded, at)
        slope = np.diff(reached * missed, axis=2)
        part = chances[:, graded]
        out[:, graded] = np.divide(slope * slope, part, out=np.zeros_like(part), where=part > 0.0).sum(axis=2)
    if len(partial):
        score = np.arange(chances.shape[2], dtype=np.float64)
        mean = chances[:, partial] @ score
        out[:, partial] = (chances[:, partial] * (score - mean[:, :, None]) ** 2).sum(axis=2)
    return np.asarray(out * bank.a**2, dtype=np.float64)


def logistic(x: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)) without overflow."""
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0.0, 1.0, small) / (1.0 + small), dtype=np.float64)


def _kinds(bank: ItemBank) -> tuple[NDArray[np.bool_], ...]:
    return bank.model < GRADED, bank.model == GRADED, bank.model == PARTIAL


def _simple(bank: ItemBank, rows: Rows, ability: Floats) -> Floats:
    """[Q, J, 2]: the chances of wrong and right."""
    gap = bank.a[rows] * (ability[:, None] - bank.b[rows, 0])
    free = 1.0 - bank.c[rows]
    return np.stack([free * logistic(-gap), bank.c[rows] + free * logistic(gap)], axis=2)


def _reached(bank: ItemBank, rows: Rows, ability: Floats) -> tuple[Floats, Floats]:
    """[Q, J, K + 2]: the chance of at least score k, from 1 for 0 down to 0, and that of less."""
    b = np.where(np.isnan(bank.b[rows]), np.inf, bank.b[rows])
    b = np.concatenate([np.full((len(rows), 1), -np.inf), b, np.full((len(rows), 1), np.inf)], axis=1)
    gap = bank.a[rows, None] * (ability[:, None, None] - b)
    return logistic(gap), logistic(-gap)


def _partial(bank: ItemBank, rows: Rows, ability: Floats) -> Floats:
    """[Q, J, K + 1]: the chances of each score."""
    rise = bank.a[rows, None] * (ability[:, None, None] - bank.b[rows])
    power = np.concatenate([np.zeros((len(ability), len(rows), 1)), np.cumsum(rise, axis=2)], axis=2)
    power = np.where(np.isnan(power), -np.inf, power)
    power = np.exp(power - power.max(axis=2, keepdims=True))
    return np.asarray(power / power.sum(axis=2, keepdims=True), dtype=np.float64)
