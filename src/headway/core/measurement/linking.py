"""Linking: the straight line from one calibration's scale to another's, by the items they share.

If t' = slope t + shift, then a' = a / slope and b' = slope b + shift (Kolen and Brennan 2014). Mean-sigma matches the
mean and standard deviation of difficulties; Stocking and Lord (1983) match the test's characteristic curves, which uses
all parameters and is not upset by an item far from everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import least_squares

from headway.core.measurement.items import Floats, ItemBank, expected_scores

METHODS = ("stocking-lord", "haebara", "mean-sigma")


@dataclass(frozen=True, slots=True)
class Link:
    """``slope`` above 0 and ``shift`` in logits: t' = slope t + shift. ``shared`` items were used; ``rmse`` is the root
    mean squared difference of their expected scores (shares of the highest) after linking, over N(0, 1)."""

    slope: float
    shift: float
    shared: int
    rmse: float

    def ability(self, values: Floats) -> Floats:
        """Carry abilities (logits) over."""
        return np.asarray(self.slope * values + self.shift, dtype=np.float64)

    def bank(self, bank: ItemBank) -> ItemBank:
        """Carry items and their standard errors over."""
        return replace(
            bank,
            a=bank.a / self.slope,
            b=self.slope * bank.b + self.shift,
            se_a=None if bank.se_a is None else bank.se_a / self.slope,
            se_b=None if bank.se_b is None else bank.se_b * self.slope,
        )


def link(source: ItemBank, target: ItemBank, *, method: str = "stocking-lord", leave_out: Sequence[str] = ()) -> Link:
    """Find the line from ``source``'s scale to ``target``'s by the items of the same name, but for ``leave_out``.

    Raises ValueError for an unknown method, fewer than two shared items, or items whose models differ.
    """
    if method not in METHODS:
        raise ValueError(f"no method {method!r}: use one of {', '.join(METHODS)}")
    known = set(target.ids) - set(leave_out)
    shared = [name for name in source.ids if name in known]
    if len(shared) < 2:
        raise ValueError(f"two calibrations need at least 2 items in common to be linked; these have {len(shared)}")
    old, new = source.take(source.rows_of(shared)), target.take(target.rows_of(shared))
    if (old.model != new.model).any() or (old.steps != new.steps).any():
        row = int(np.argmax((old.model != new.model) | (old.steps != new.steps)))
        raise ValueError(f"item {shared[row]!r} has another model or other scores in the two calibrations")
    nodes = np.linspace(-4.0, 4.0, 41)
    weight = np.exp(-0.5 * nodes * nodes)
    weight /= weight.sum()
    wanted = expected_scores(new, nodes)
    slope, shift = _mean_sigma(old, new)
    if method != "mean-sigma":
        root = np.sqrt(weight)[:, None]

        def gap(x: Floats) -> Floats:
            moved = expected_scores(_carried(old, float(np.exp(x[0])), float(x[1])), nodes) - wanted
            both = moved.sum(axis=1, keepdims=True) if method == "stocking-lord" else moved
            return np.asarray((root * both).ravel(), dtype=np.float64)

        found = least_squares(gap, [np.log(slope), shift], xtol=1e-12, ftol=1e-12, gtol=1e-12)
        slope, shift = float(np.exp(found.x[0])), float(found.x[1])
    off = (expected_scores(_carried(old, slope, shift), nodes) - wanted) / new.steps
    return Link(slope, shift, len(shared), float(np.sqrt((weight[:, None] * off * off).sum() / len(shared))))


def _mean_sigma(old: ItemBank, new: ItemBank) -> tuple[float, float]:
    """Match means and standard deviations of difficulties; with one spread of 0 the slopes decide."""
    before, after = old.difficulty, new.difficulty
    if before.std() > 1e-9 and after.std() > 1e-9:
        slope = float(after.std() / before.std())
    else:
        slope = float(np.exp(np.log(np.abs(old.a)).mean() - np.log(np.abs(new.a)).mean()))
    return slope, float(after.mean() - slope * before.mean())


def _carried(bank: ItemBank, slope: float, shift: float) -> ItemBank:
    return Link(slope, shift, 0, 0.0).bank(bank)
