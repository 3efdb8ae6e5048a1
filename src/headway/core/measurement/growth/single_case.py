"""What an intervention did for one learner, and over all learners who had it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from headway.core.measurement.growth.trend import Floats

ENOUGH = 5
"""Values in each phase for full standing (What Works Clearinghouse, version 4); three are the least for a model."""

_PHIS = np.linspace(-0.6, 0.9, 61)


@dataclass(frozen=True, slots=True)
class PhaseEffect:
    """Change at the start of the intervention, in units of the measure and with what is better positive.

    ``level``: the step at its first value; ``slope``: how much steeper a week (or session) it is; ``total``: the
    difference at its last value between the fitted line and the earlier line carried on; each with a standard error.
    ``p``: one-sided probability of a ``total`` so large without an effect; ``degrees`` of freedom of its t.
    ``autocorrelation`` of neighbouring residuals; ``standard_deviation`` of the residuals; ``standardised``: total in
    those units with its error. ``enough``: whether both phases have ``ENOUGH`` values.
    """

    level: float
    level_error: float
    slope: float
    slope_error: float
    total: float
    total_error: float
    p: float
    degrees: float
    autocorrelation: float
    standard_deviation: float
    standardised: float
    standardised_error: float
    enough: bool


def phase_effect(
    times: Sequence[float] | Floats,
    values: Sequence[float] | Floats,
    start: float,
    *,
    up: bool = True,
    trend_before: bool = True,
) -> PhaseEffect:
    """Fit level and slope before and their change from ``start`` on, with residuals that remember (first order).

    The memory is estimated by restricted likelihood with a mild prior around 0.2 (Shadish and Sullivan 2011), because
    ten values alone say little of it. ``trend_before=False``: no slope before, for flat and short baselines. Raises
    ValueError for fewer than three values in a phase or times that go back.
    """
    t, y = np.asarray(times, np.float64), np.asarray(values, np.float64) * (1.0 if up else -1.0)
    if len(t) != len(y) or not (np.isfinite(t).all() and np.isfinite(y).all()):
        raise ValueError("times and values must be numbers and as many of each")
    if (np.diff(t) <= 0).any():
        raise ValueError("the times must rise; sort the values by date and keep one a time")
    after = t >= start
    if after.sum() < 3 or (~after).sum() < 3:
        raise ValueError(
            f"{int((~after).sum())} values before and {int(after.sum())} after; three are needed in each phase"
        )
    first = float(t[after][0])
    columns = [np.ones_like(t), after.astype(float), (t - first) * after]
    design = np.column_stack([*columns, t - first] if trend_before else columns)
    phi, beta, covariance, sigma = _restricted(design, y)
    ahead = float(t[-1]) - first
    towards = np.zeros(design.shape[1])
    towards[1], towards[2] = 1.0, ahead
    total, error = float(towards @ beta), sqrt(float(towards @ covariance @ towards))
    # Memory leaves fewer independent values (Bayley and Hammersley 1946); a t with fewer degrees answers for it.
    degrees = max(len(t) * (1.0 - max(phi, 0.0)) / (1.0 + max(phi, 0.0)) - design.shape[1], 1.0)
    shrink = 1.0 - 3.0 / (4.0 * degrees - 1.0) if degrees > 1.5 else 0.7
    standardised = total / sigma * shrink
    return PhaseEffect(
        float(beta[1]), sqrt(float(covariance[1, 1])), float(beta[2]), sqrt(float(covariance[2, 2])),
        total, error, float(1.0 - stdtr(degrees, total / error)), degrees, phi, sigma, standardised,
        sqrt((error / sigma * shrink) ** 2 + standardised**2 / (2.0 * degrees)),
        bool(after.sum() >= ENOUGH and (~after).sum() >= ENOUGH),
    )  # fmt: skip


def _restricted(design: Floats, y: Floats) -> tuple[float, Floats, Floats, float]:
    """Memory, coefficients, their covariance and the residual's standard deviation."""
    best: tuple[float, float, Floats, Floats, float] | None = None
    n, k = design.shape
    whole = np.column_stack([design, y])
    for phi in _PHIS.tolist():
        plain = (whole[1:] - phi * whole[:-1]) / sqrt(1.0 - phi * phi)  # independent, of equal variance
        free = np.vstack([whole[:1], plain])
        information = free[:, :k].T @ free[:, :k]
        beta: Floats = np.asarray(np.linalg.solve(information, free[:, :k].T @ free[:, k]), np.float64)
        left = free[:, k] - free[:, :k] @ beta
        square = max(float(left @ left) / (n - k), 1e-12)
        size = (n - 1) * log(1.0 - phi * phi) + float(np.linalg.slogdet(information)[1]) + (n - k) * log(square)
        likelihood = -0.5 * size - 0.5 * ((phi - 0.2) / 0.3) ** 2
        if best is None or likelihood > best[0]:
            best = (likelihood, phi, beta, np.asarray(np.linalg.inv(information) * square, np.float64), sqrt(square))
    assert best is not None
    return best[1:]


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean effect over learners with its standard error and 95 % interval; ``between``: standard deviation of the
    true effects; ``low_next``, ``high_next``: where the effect for a new learner lies with 95 % probability."""

    effect: float
    error: float
    low: float
    high: float
    between: float
    low_next: float
    high_next: float
    learners: int


def pool(effects: Sequence[float] | Floats, errors: Sequence[float] | Floats) -> Pooled:
    """Pool one effect a learner: random effects by Paule and Mandel, errors by Hartung, Knapp, Sidik and Jonkman.

    Raises ValueError for fewer than two learners or an error that is not positive.
    """
    x, e = np.asarray(effects, np.float64), np.asarray(errors, np.float64)
    if len(x) != len(e) or len(x) < 2:
        raise ValueError(f"{len(x)} effects and {len(e)} errors; at least two of each are needed")
    if not (np.isfinite(x).all() and (e > 0).all()):
        raise ValueError("an effect is not a number or an error is not positive; leave that learner out")
    degrees = len(x) - 1
    low, high = 0.0, 10.0 * float(x.var(ddof=1)) + float((e**2).max())
    between = 0.0
    if _spread(x, e, 0.0) > degrees:
        for _ in range(80):
            between = 0.5 * (low + high)
            low, high = (between, high) if _spread(x, e, between) > degrees else (low, between)
    weight = 1.0 / (e**2 + between)
    mean = float((weight * x).sum() / weight.sum())
    knapp = max(float((weight * (x - mean) ** 2).sum()) / degrees, 1.0)
    error = sqrt(knapp / float(weight.sum()))
    wide = float(stdtrit(degrees, 0.975))
    ahead = float(stdtrit(max(degrees - 1, 1), 0.975)) * sqrt(between + error**2)
    return Pooled(
        mean, error, mean - wide * error, mean + wide * error, sqrt(between), mean - ahead, mean + ahead, len(x)
    )


def _spread(x: Floats, e: Floats, between: float) -> float:
    weight = 1.0 / (e**2 + between)
    mean = (weight * x).sum() / weight.sum()
    return float((weight * (x - mean) ** 2).sum())
