"""Drift: which items have changed between two occasions (taught to, leaked, outdated, or printed otherwise).

The occasions are linked by the items they share. An item has drifted when its difficulty or its slope is further from
the line than errors and the usual scatter allow: robust z, the distance from the median in units of 0.74 times the
interquartile range (Huynh and Meyer 2010), never below the standard error. Drifted items are taken out, the worst
first, and the rest is linked anew, until none is left or half of the items would go.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.measurement.items import Floats, ItemBank
from headway.core.measurement.linking import Link, link
from headway.core.text import T, Text

CRITICAL = 3.0
"""Robust z beyond this is drift: 3 in a thousand items that are stable."""
MATTERS = 0.3
"""Logits of difficulty below which drift does not matter to anybody's score."""


@dataclass(frozen=True, slots=True)
class DriftItem:
    """One shared item. ``difference`` new less old difficulty in logits of the old scale (above 0: has become harder)
    with its standard error ``se`` (nan where the banks have none); ``z`` of difficulty and ``z_slope`` of log a;
    ``drifted``; ``words``."""

    item: str
    difference: float
    se: float
    z: float
    z_slope: float
    drifted: bool
    words: Text


@dataclass(frozen=True, slots=True)
class Drift:
    """``link`` carries the new occasion to the old scale, by the stable items alone; ``items`` in the old bank's
    order."""

    link: Link
    items: tuple[DriftItem, ...]


def drift(old: ItemBank, new: ItemBank) -> Drift:
    """Compare two calibrations of the same items. Raises ValueError with fewer than four in common."""
    known = set(new.ids)
    shared = [name for name in old.ids if name in known]
    if len(shared) < 4:
        raise ValueError(f"drift needs at least 4 items in common; these calibrations have {len(shared)}")
    before = old.take(old.rows_of(shared))
    gone: list[int] = []
    while True:
        found = link(new, old, leave_out=[shared[row] for row in gone])
        after = found.bank(new.take(new.rows_of(shared)))
        gap = after.difficulty - before.difficulty
        error = _errors(before, after)
        stable = np.setdiff1d(np.arange(len(shared)), gone)
        z = _robust(gap, error, stable)
        slopes = np.log(np.abs(after.a)) - np.log(np.abs(before.a))
        z_slope = _robust(slopes, _slope_errors(before, after), stable)
        beyond = np.where((np.abs(gap) >= MATTERS) & (np.abs(z) > CRITICAL), np.abs(z), 0.0)
        beyond = np.maximum(beyond, np.where(np.abs(z_slope) > CRITICAL, np.abs(z_slope), 0.0))
        beyond[gone] = 0.0
        if not beyond.any() or len(gone) + 1 > len(shared) // 2:
            break
        gone.append(int(beyond.argmax()))
    rows = tuple(
        DriftItem(
            name, float(gap[row]), float(error[row]), float(z[row]), float(z_slope[row]), row in gone,
            _words(float(gap[row]), abs(float(z[row])) > CRITICAL, row in gone),
        )
        for row, name in enumerate(shared)
    )  # fmt: skip
    return Drift(found, rows)


def _errors(before: ItemBank, after: ItemBank) -> Floats:
    if before.se_b is None or after.se_b is None:
        return np.full(len(before), np.nan)
    steps = before.steps
    both = np.nansum(before.se_b**2, axis=1) + np.nansum(after.se_b**2, axis=1)
    return np.asarray(np.sqrt(both) / steps, dtype=np.float64)


def _slope_errors(before: ItemBank, after: ItemBank) -> Floats:
    if before.se_a is None or after.se_a is None:
        return np.full(len(before), np.nan)
    return np.asarray(np.hypot(before.se_a / before.a, after.se_a / after.a), dtype=np.float64)


def _robust(gap: Floats, error: Floats, stable: np.ndarray) -> Floats:
    low, middle, high = np.quantile(gap[stable], [0.25, 0.5, 0.75])
    spread = np.maximum(0.7413 * (high - low), np.nan_to_num(error))
    return np.asarray((gap - middle) / np.maximum(spread, 1e-9), dtype=np.float64)


def _words(gap: float, moved: bool, drifted: bool) -> Text:
    if not drifted:
        return T("Stable.")
    if not moved:
        return T("It separates strong from weak learners differently than before.")
    size = f"{abs(gap):.2f}"
    if gap > 0:
        return T("Has become harder by {size} logits.", size=size)
    return T("Has become easier by {size} logits: was it taught to, or known beforehand?", size=size)
