"""Learners in classes in schools: how much of the variation lies between them (nested random intercepts).

Maximum likelihood or REML by profiling. With theta a level's variance over the residual one, a group of n rows has
V = I + theta 11', so sums of products S of (1, x, y) become S - theta m m' / (1 + theta n), where m is the column of the
constant and n its first number, and log det V grows by log(1 + theta n). What a level leaves
is summed up to the next one, and the same step is taken there. Rows are read once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, pi, sqrt

import numpy as np
from scipy.optimize import minimize

from headway.core.evidence.pilots.moments import Floats, Ints, collect


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """``coefficient`` and ``error`` of the constant and each column, by name; ``between``: variance of each level, from the
    lowest (class before school); ``residual`` variance; ``log_likelihood`` (restricted where REML was asked for)."""

    coefficient: Mapping[str, float]
    error: Mapping[str, float]
    between: tuple[float, ...]
    residual: float
    log_likelihood: float
    rows: int

    @property
    def shares(self) -> tuple[float, ...]:
        """Intraclass correlation of each level: its share of all variance, 0 to 1."""
        whole = sum(self.between) + self.residual
        return tuple(value / whole if whole > 0.0 else 0.0 for value in self.between)


def fit_levels(
    outcome: Floats, levels: Sequence[Ints], columns: Mapping[str, Floats] | None = None, *, restricted: bool = False
) -> Levels:
    """Fit ``outcome`` [N] on a constant and ``columns`` with a random intercept of each of ``levels``.

    ``levels``: numbers from 0 without gaps [N], the lowest level first, each nested in the next. Raises ValueError when they
    are not nested, when the outcome does not vary, or when a value is not finite.
    """
    named = dict(columns or {})
    if float(np.std(outcome)) == 0.0:
        raise ValueError("the outcome is the same for everybody")
    summed = collect([*named.values(), outcome], levels[0], np.zeros(len(outcome), np.int64))
    parents = [_parent(levels[k], levels[k + 1]) for k in range(len(levels) - 1)]
    wide = len(named) + 1
    loss = wide if restricted else 0

    def swept(theta: Floats) -> tuple[Floats, float]:
        sums, logs = summed.cells, 0.0
        for place, share in enumerate(theta):
            first = sums[:, :, 0]
            grown = 1.0 + share * sums[:, 0, 0]
            logs += float(np.log(grown).sum())
            sums = sums - (share / grown)[:, None, None] * first[:, :, None] * first[:, None, :]
            if place < len(parents):
                above = np.zeros((int(parents[place].max()) + 1, *sums.shape[1:]))
                np.add.at(above, parents[place], sums)
                sums = above
        return sums.sum(axis=0), logs

    def minus(theta: Floats) -> float:
        whole, logs = swept(theta)
        rest, extra = _left(whole, wide)
        variance = rest / (summed.rows - loss)
        value = (summed.rows - loss) * (log(2.0 * pi * variance) + 1.0) + logs
        return 0.5 * (value + (extra if restricted else 0.0))

    found = minimize(
        lambda root: minus(root**2), np.full(len(levels), 0.5), method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 4000, "maxfev": 8000},
    )  # fmt: skip
    theta = np.asarray(found.x) ** 2
    return _report(swept(theta)[0], theta, minus(theta), list(named), summed.mean, summed.scale, summed.rows, loss)


def _parent(lower: Ints, upper: Ints) -> Ints:
    pairs = np.unique(np.stack([lower, upper]), axis=1)
    if pairs.shape[1] > int(lower.max()) + 1:
        raise ValueError("a group of the lower level lies in two groups of the level above; give each its own name")
    return np.asarray(pairs[1], np.int64)


def _left(whole: Floats, wide: int) -> tuple[float, float]:
    """Residual sum of squares, and log det X'V^-1 X."""
    design, cross = whole[:wide, :wide], whole[:wide, wide]
    slope = np.linalg.solve(design, cross)
    return float(whole[wide, wide] - cross @ slope), float(np.linalg.slogdet(design)[1])


def _report(
    whole: Floats, theta: Floats, minus: float, names: list[str], mean: Floats, scale: Floats, rows: int, loss: int
) -> Levels:
    wide = len(names) + 1
    inverse = np.linalg.inv(whole[:wide, :wide])
    slope = inverse @ whole[:wide, wide]
    variance = _left(whole, wide)[0] / (rows - loss)
    # Back from standardised variables: y = m_y + s_y (a + sum b_j (x_j - m_j) / s_j).
    back = np.zeros((wide, wide))
    back[0, 0] = 1.0
    back[0, 1:] = -mean[:-1] / scale[:-1]
    back[1:, 1:] = np.diag(1.0 / scale[:-1])
    unit = float(scale[-1])
    fitted = unit * (back @ slope)
    fitted[0] += mean[-1]
    spread = variance * unit**2 * back @ inverse @ back.T
    # The likelihood is of the outcome in its own unit; REML's also of the columns in theirs.
    shift = (rows - loss) * log(unit) + (float(np.log(scale[:-1]).sum()) if loss else 0.0)
    keys = ["constant", *names]
    return Levels(
        coefficient=dict(zip(keys, fitted.tolist(), strict=True)),
        error={key: sqrt(float(spread[k, k])) for k, key in enumerate(keys)},
        between=tuple(float(share * variance * unit**2) for share in theta),
        residual=variance * unit**2,
        log_likelihood=-(minus + shift),
        rows=rows,
    )
