"""Conditional growth percentiles: among those who started alike, how many grew less?

Quantile regression of the new score on cubic B-splines of the prior score, at 99 quantiles (Betebenner 2009), smoothed
(Fernandes, Guerre and Horta 2021) so that Newton's method applies, and put in order where curves would cross.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline
from scipy.special import ndtr, ndtri

from headway.core.measurement.growth.trend import Floats

TAUS = np.arange(1, 100) / 100.0
KNOTS = (0.2, 0.4, 0.6, 0.8)
"""Inner knots at these quantiles of the prior score."""

LEAST = 200
"""Learners needed to fit: fewer would put a learner's percentile at the mercy of a handful of others."""


@dataclass(frozen=True, slots=True, eq=False)
class GrowthNorms:
    """Fitted curves: ``weights`` [99, splines]; prior scores outside ``low`` to ``high`` count as the nearest bound."""

    knots: Floats
    low: float
    high: float
    weights: Floats
    learners: int

    def curves(self, prior: Floats) -> NDArray[np.float64]:
        """The new score at each of the percentiles 1 to 99, [learners, 99], rising in each row."""
        return np.sort(_basis(np.clip(prior, self.low, self.high), self.knots) @ self.weights.T, axis=1)

    def percentile(self, prior: Floats, now: Floats) -> NDArray[np.int64]:
        """Growth percentile, 1 to 99, of each learner."""
        below = (self.curves(prior) < now[:, None]).sum(axis=1)
        return np.asarray(np.clip(below, 1, 99), np.int64)

    def percentile_range(self, prior: Floats, now: Floats, error: Floats, cover: float = 0.68) -> NDArray[np.int64]:
        """Lowest and highest percentile, [learners, 2], that the error of the new score leaves open."""
        wide = float(ndtri(0.5 + cover / 2.0)) * error
        return np.column_stack([self.percentile(prior, now - wide), self.percentile(prior, now + wide)])


def fit_growth(prior: Floats, now: Floats) -> GrowthNorms:
    """Fit growth norms on one cohort (same grade, subject and span of time).

    Raises ValueError for columns of different length, values that are not finite, fewer than ``LEAST`` learners or a
    prior score that hardly varies.
    """
    if len(prior) != len(now):
        raise ValueError(f"{len(prior)} prior scores and {len(now)} new ones; they must be as many")
    if not (np.isfinite(prior).all() and np.isfinite(now).all()):
        raise ValueError("a score is not a number; leave that learner out")
    if len(prior) < LEAST:
        raise ValueError(f"{len(prior)} learners; growth percentiles need at least {LEAST} who started alike")
    low, high = float(prior.min()), float(prior.max())
    inner = np.unique(np.quantile(prior, KNOTS))
    inner = inner[(inner > low) & (inner < high)]
    if len(inner) < 2:
        raise ValueError("the prior scores hardly vary; growth cannot be compared among those who started alike")
    knots = np.concatenate([[low] * 4, inner, [high] * 4])
    basis = _basis(prior, knots)
    centre, scale = float(now.mean()), float(now.std()) or 1.0
    y = (now - centre) / scale
    ridge = 1e-8 * len(y) * np.eye(basis.shape[1])
    start: Floats = np.asarray(np.linalg.solve(basis.T @ basis + ridge, basis.T @ y), np.float64)
    width = float(max((y - basis @ start).std(), 1e-3)) * ((len(knots) + np.log(len(y))) / len(y)) ** 0.4
    weights = np.empty((len(TAUS), basis.shape[1]))
    middle = len(TAUS) // 2
    for order in (range(middle, len(TAUS)), range(middle - 1, -1, -1)):
        beta: Floats = start if order[0] == middle else weights[middle]
        for k in order:
            beta = weights[k] = _quantile(basis, y, float(TAUS[k]), beta, width, ridge)
    return GrowthNorms(knots, low, high, weights * scale + centre, len(y))


def _basis(x: Floats, knots: Floats) -> NDArray[np.float64]:
    return np.asarray(BSpline.design_matrix(x, knots, 3).toarray(), np.float64)


def _quantile(basis: Floats, y: Floats, tau: float, start: Floats, width: float, ridge: Floats) -> Floats:
    """Newton's method on the check loss smoothed by a normal kernel of standard deviation ``width``."""
    beta = start.copy()
    floor = 1e-3 * (basis.T @ basis)
    for _ in range(40):
        away = (y - basis @ beta) / width
        slope = basis.T @ (tau - ndtr(-away))
        density = np.exp(-0.5 * away * away) / (width * 2.5066282746310002)
        move = np.linalg.solve((basis * density[:, None]).T @ basis + floor + ridge, slope)
        largest = float(np.abs(move).max())
        beta = beta + move * min(1.0, 0.5 / max(largest, 1e-12))
        if largest < 1e-4:
            break
    return beta
