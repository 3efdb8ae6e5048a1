"""How far the values of an intervention phase lie apart from those before it: measures that need no model.

``before`` and ``after`` are one learner's values in order. ``up`` says whether more is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import ndtri
from scipy.stats import kendalltau, norm, theilslopes

from headway.core.measurement.growth.trend import Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect with its standard error and the interval that covers it with 95 % probability."""

    value: float
    error: float
    low: float
    high: float


def _phases(before: Floats, after: Floats, up: bool, least: int) -> tuple[Floats, Floats]:
    a, b = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if len(a) < least or len(b) < least:
        raise ValueError(f"{len(a)} values before and {len(b)} after; at least {least} are needed in each phase")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("a value is not a number; leave it out")
    return (a, b) if up else (-a, -b)


def nap(before: Floats, after: Floats, *, up: bool = True) -> Estimate:
    """Non-overlap of all pairs, 0 to 1 (0.5: no effect): the chance that a later value beats an earlier one.

    Parker and Vannest (2009); unbiased variance of Sen (1967); interval of Newcombe (2006, method 5, score type).
    Raises ValueError for fewer than two values in a phase.
    """
    a, b = _phases(before, after, up, 2)
    m, n = len(a), len(b)
    beats = (b[None, :] > a[:, None]) + 0.5 * (b[None, :] == a[:, None])
    value = float(beats.mean())
    by_row, by_column = float((beats.mean(axis=1) ** 2).mean()), float((beats.mean(axis=0) ** 2).mean())
    squares = float((beats**2).mean())
    variance = (squares - (m + n - 1) * value**2 + (n - 1) * by_row + (m - 1) * by_column) / ((m - 1) * (n - 1))
    # An effect without overlap has an estimated variance of 0, which is too good: hold the value off the ends.
    held = min(max(value, 0.5 / (m * n)), 1.0 - 0.5 / (m * n))
    least = held * (1.0 - held) / (m * n)
    low, high = _newcombe(value, m, n)
    return Estimate(value, sqrt(max(variance, least)), low, high)


def _newcombe(value: float, m: int, n: int) -> tuple[float, float]:
    """Ends at which the observed value lies 1.96 standard errors away."""
    z, half = float(ndtri(0.975)), (m + n) / 2.0 - 1.0

    def outside(x: float) -> float:
        variance = x * (1 - x) * (1 + half * (1 - x) / (2 - x) + half * x / (1 + x)) / (m * n)
        return (x - value) ** 2 - z * z * variance

    return _edge(outside, value, 0.0), _edge(outside, value, 1.0)


def _edge(outside: object, inner: float, outer: float) -> float:
    assert callable(outside)
    if abs(inner - outer) < 1e-12:
        return outer
    low, high = inner, outer
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if outside(middle) > 0 else (middle, high)
    return 0.5 * (low + high)


def tau(before: Floats, after: Floats, *, up: bool = True) -> Estimate:
    """Tau of non-overlap, -1 to 1 (0: no effect): 2 NAP - 1, without regard to a trend before."""
    found = nap(before, after, up=up)
    return Estimate(2 * found.value - 1, 2 * found.error, 2 * found.low - 1, 2 * found.high - 1)


def tau_u(before: Floats, after: Floats, *, up: bool = True) -> float:
    """Tau-U: tau less the trend before (Parker, Vannest, Davis and Sauber 2011). It may leave -1 to 1; prefer
    :func:`baseline_corrected_tau`. Raises ValueError for fewer than two values in a phase."""
    a, b = _phases(before, after, up, 2)
    between = float(np.sign(b[None, :] - a[:, None]).sum())
    trend = float(np.triu(np.sign(a[None, :] - a[:, None]), 1).sum())
    return (between - trend) / (len(a) * len(b))


@dataclass(frozen=True, slots=True)
class CorrectedTau:
    """``value`` -1 to 1 with ``error`` and two-sided ``p``; ``corrected``: whether the trend before was taken out."""

    value: float
    error: float
    p: float
    corrected: bool


def baseline_corrected_tau(before: Floats, after: Floats, *, up: bool = True) -> CorrectedTau:
    """Rank correlation of the values with the phase, after a Theil-Sen line is taken out where the values before have
    a trend (p < 0.05). Tarlow (2017). Raises ValueError for fewer than three values in a phase."""
    a, b = _phases(before, after, up, 3)
    y, t = np.concatenate([a, b]), np.arange(len(a) + len(b), dtype=np.float64)
    trend = kendalltau(t[: len(a)], a)
    corrected = bool(np.isfinite(trend.pvalue) and trend.pvalue < 0.05)
    if corrected:
        line = theilslopes(a, t[: len(a)])
        y = y - (line[1] + line[0] * t)
    phase = np.r_[np.zeros(len(a)), np.ones(len(b))]
    value = kendalltau(y, phase).statistic
    value = 0.0 if not np.isfinite(value) else float(value)
    count = len(y)
    error = sqrt(max(2.0 / count * (1.0 - value * value), 1e-12))
    score = 3.0 * value * sqrt(count * (count - 1)) / sqrt(2.0 * (2 * count + 5))
    return CorrectedTau(value, error, float(2.0 * norm.sf(abs(score))), corrected)


def log_response_ratio(before: Floats, after: Floats, *, up: bool = True) -> Estimate:
    """Log of the ratio of the phase means with small-sample correction; positive is better (Pustejovsky 2018).

    exp(value) - 1 is the relative change. Raises ValueError unless both means are positive.
    """
    a, b = (np.asarray(x, np.float64) for x in (before, after))
    _phases(a, b, True, 2)
    if a.mean() <= 0 or b.mean() <= 0:
        raise ValueError("a phase has a mean of zero or less; a ratio says nothing then")
    va, vb = float(a.var(ddof=1)) / (len(a) * a.mean() ** 2), float(b.var(ddof=1)) / (len(b) * b.mean() ** 2)
    value = float(np.log(b.mean() / a.mean()) + 0.5 * (va - vb)) * (1.0 if up else -1.0)
    error = sqrt(va + vb)
    wide = float(ndtri(0.975)) * error
    return Estimate(value, error, value - wide, value + wide)
