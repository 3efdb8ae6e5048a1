"""What a district's own past says of a planned study: how alike classes are inside, and what a pretest explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints

FEWEST = 30
"""Learners with both scores below which the past says too little."""
FEW_GROUPS = 6
MOST = 0.95
USUAL_EXPLAINED, USUAL_ICC = 0.4, 0.15
"""Taken where the past says too little; usual for test scores (Hedges and Hedberg 2007) with a pretest of the same kind."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """``learners`` with both scores; ``icc``: share of the variance between groups; ``explained`` within and
    ``explained_unit`` between groups, R squared of the earlier score. ``assumed``: they are the usual ones, not measured."""

    learners: int
    icc: float
    explained: float
    explained_unit: float
    assumed: bool


def foreseen(before: Floats, after: Floats, group: Ints) -> Foreseen:
    """Look at two scores [N] of learners in groups [N], numbered from 0; nan where there is none."""
    both = np.isfinite(before) & np.isfinite(after)
    count = int(both.sum())
    if count < FEWEST or float(np.std(after[both])) == 0.0:
        return Foreseen(count, USUAL_ICC, USUAL_EXPLAINED, USUAL_EXPLAINED, assumed=True)
    x, y = before[both], after[both]
    code = np.unique(group[both], return_inverse=True)[1]
    groups = int(code.max()) + 1
    size = np.bincount(code)
    mean_x, mean_y = np.bincount(code, x) / size, np.bincount(code, y) / size
    inside = _square(x - mean_x[code], y - mean_y[code], count - groups + 1)
    between = inside
    if groups >= FEW_GROUPS:
        between = _square(mean_x - mean_x.mean(), mean_y - mean_y.mean(), groups)
    return Foreseen(count, _icc(y, code, size, mean_y), inside, between, assumed=False)


def _square(x: Floats, y: Floats, rows: int) -> float:
    """R squared, adjusted for one slope."""
    if rows < 4 or not (x.any() and y.any()):
        return 0.0
    r2 = float((x @ y) ** 2 / ((x @ x) * (y @ y)))
    return float(np.clip(1.0 - (1.0 - r2) * (rows - 1.0) / (rows - 2.0), 0.0, MOST))


def _icc(y: Floats, code: Ints, size: Ints, mean: Floats) -> float:
    """Share of the variance between groups by the analysis of variance."""
    groups, count = len(size), len(y)
    if groups < 2 or count <= groups:
        return 0.0
    between = float((size * (mean - y.mean()) ** 2).sum()) / (groups - 1.0)
    within = float(((y - mean[code]) ** 2).sum()) / (count - groups)
    each = (count - float((size.astype(float) ** 2).sum()) / count) / (groups - 1.0)
    share = (between - within) / (between + (each - 1.0) * within) if between > 0.0 else 0.0
    return float(np.clip(share, 0.0, 0.9))
