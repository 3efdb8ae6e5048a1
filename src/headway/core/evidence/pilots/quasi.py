"""Comparisons that chance did not make: matching, adjustment, and how much hidden difference would undo the result.

Such results are labelled lower. Groups that differ by more than 0.25 standard deviations before are not compared at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints

CALIPER = 0.2
"""Farthest match, in standard deviations of the logit of the propensity (Austin 2011)."""
RIDGE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """``treated`` and ``control`` [P]: rows that were matched; ``alone``: treated learners without a match."""

    treated: Ints
    control: Ints
    alone: int


def propensity(characteristics: Mapping[str, Floats], treated: Floats) -> Floats:
    """Logit of the chance to be treated, from a logistic regression with a slight ridge [N]."""
    columns = [(v - v.mean()) / (v.std() or 1.0) for v in characteristics.values()]
    wide = np.column_stack([np.ones(len(treated)), *columns])
    slope = np.zeros(wide.shape[1])
    penalty = RIDGE * len(treated) * np.eye(len(slope))
    penalty[0, 0] = 0.0
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(wide @ slope, -30.0, 30.0)))
        weight = chance * (1.0 - chance)
        step = np.linalg.solve((wide * weight[:, None]).T @ wide + penalty + 1e-9 * np.eye(len(slope)),
                               wide.T @ (treated - chance) - penalty @ slope)  # fmt: skip
        slope = slope + step
        if np.abs(step).max() < 1e-8:
            break
    out: Floats = wide @ slope
    return out


def match(logit: Floats, treated: Floats, block: Ints | None = None, caliper: float = CALIPER) -> Pairs:
    """Give each treated learner the nearest free comparison learner of the same block, within the caliper.

    Learners that are hardest to match come first. Raises ValueError when fewer than ten find a match.
    """
    reach = caliper * float(logit.std())
    blocks = np.zeros(len(logit), np.int64) if block is None else block
    first: list[int] = []
    second: list[int] = []
    for b in np.unique(blocks):
        free = np.flatnonzero((blocks == b) & (treated == 0.0))
        free = free[np.argsort(logit[free], kind="stable")]
        heights, rows = logit[free].tolist(), free.tolist()
        mine = np.flatnonzero((blocks == b) & (treated == 1.0))
        for row in mine[np.argsort(-logit[mine], kind="stable")].tolist():
            place = bisect_left(heights, logit[row])
            near = [k for k in (place - 1, place) if 0 <= k < len(rows)]
            if not near:
                continue
            best = min(near, key=lambda k: abs(heights[k] - logit[row]))
            if abs(heights[best] - logit[row]) <= reach:
                first.append(row)
                second.append(rows.pop(best))
                heights.pop(best)
    if len(first) < 10:
        raise ValueError(
            f"{len(first)} learners have a match near enough; the groups hardly overlap. Add learners to compare with, or match "
            "on fewer characteristics"
        )
    return Pairs(np.array(first, np.int64), np.array(second, np.int64), int(treated.sum()) - len(first))


def own_slopes(treated: Floats, characteristics: Mapping[str, Floats]) -> dict[str, Floats]:
    """Columns that let each group have its own slopes, centred so that ``treated`` is the average effect (Lin 2013)."""
    out: dict[str, Floats] = {}
    for name, values in characteristics.items():
        centred = values - values.mean()
        out[name] = centred
        out[f"treated x {name}"] = centred * treated
    return out


def robustness(estimate: float, error: float, freedom: float) -> float:
    """Share (0 to 1) of what is left of both treatment and outcome that something unseen would have to explain to bring the
    estimate to 0 (Cinelli and Hazlett 2020). Small means fragile."""
    f = abs(estimate / error) / sqrt(freedom) if error > 0.0 else 0.0
    return 0.5 * (sqrt(f**4 + 4.0 * f**2) - f**2)
