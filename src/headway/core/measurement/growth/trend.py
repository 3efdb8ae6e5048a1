"""A learner's level and slope from a few noisy probes whose errors are known.

A probe at week t shows ``level + slope t`` plus drift (a random walk) plus measurement error. Level and slope have
normal priors, so the posterior is exact. With six weekly probes of usual noise the slope is nearly all prior: the
posterior says so, where a fitted line does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]

WIDE = 1e4
"""Standard deviation of a level of which nothing is known beforehand, in the units of the measure."""


@dataclass(frozen=True, slots=True)
class TrendPrior:
    """What is known before the first probe: slope (units a week) and level at week 0, each with a standard deviation.

    ``drift``: standard deviation of the random walk in one week, 0 for a straight line.
    """

    slope: float
    slope_sd: float
    level: float = 0.0
    level_sd: float = WIDE
    drift: float = 0.0

    def __post_init__(self) -> None:
        if self.slope_sd <= 0.0 or self.level_sd <= 0.0 or self.drift < 0.0:
            raise ValueError("standard deviations of a prior are positive, and a drift is not negative")


READING_ALOUD: dict[int, TrendPrior] = {
    1: TrendPrior(0.65, 1.112),
    2: TrendPrior(1.03, 0.704),
    3: TrendPrior(0.95, 0.652),
    4: TrendPrior(0.80, 0.630),
}
"""Words correct a minute gained a week by grade, of children who are monitored weekly: the median, and the standard
deviation that their quartiles imply (National Center on Intensive Intervention, progress monitoring chart 13405)."""


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """Posterior of the level at week 0 and the slope a week. ``covariance`` [2, 2]; ``probes``: how many there were;
    ``last``: the week of the last one; ``drift``: as in the prior; ``walked``: mean and variance of the random walk
    at ``last``, with its covariances to level and slope."""

    level: float
    slope: float
    covariance: Floats
    probes: int
    last: float
    drift: float
    walked: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    @property
    def slope_error(self) -> float:
        """Standard deviation of the slope."""
        return sqrt(float(self.covariance[1, 1]))

    def at(self, week: float) -> tuple[float, float]:
        """True score (without measurement error) at or after the last probe: mean and standard deviation."""
        off, var, with_level, with_slope = self.walked
        mean = self.level + self.slope * week + off
        c = self.covariance
        spread = float(c[0, 0] + 2.0 * week * c[0, 1] + week * week * c[1, 1])
        spread += var + 2.0 * with_level + 2.0 * week * with_slope + self.drift**2 * max(week - self.last, 0.0)
        return mean, sqrt(max(spread, 0.0))

    def interval(self, week: float, cover: float = 0.8) -> tuple[float, float]:
        """Interval that holds the true score of that week with probability ``cover``."""
        mean, sd = self.at(week)
        wide = float(ndtri(0.5 + 0.5 * cover)) * sd
        return mean - wide, mean + wide

    def chance_of(self, value: float, week: float) -> float:
        """Probability that the true score at ``week`` is at least ``value``."""
        mean, sd = self.at(week)
        return float(ndtr((mean - value) / max(sd, 1e-12)))

    def chance_of_slope(self, slope: float) -> float:
        """Probability that the slope is at least this."""
        return float(ndtr((self.slope - slope) / self.slope_error))


def fit_trend(
    weeks: Sequence[float] | Floats,
    values: Sequence[float] | Floats,
    errors: Sequence[float] | Floats | float,
    prior: TrendPrior,
) -> Trend:
    """Return the posterior. ``weeks`` ascending, ``errors``: the standard error of each probe, or one for all (> 0).

    Without a probe it is the prior. Raises ValueError for lengths that differ, weeks that go back, values that are not
    finite or errors that are not positive.
    """
    t, y, e = _checked(weeks, values, errors)
    design = np.column_stack([np.ones_like(t), t])
    noise = (
        np.diag(e * e) + prior.drift**2 * np.minimum.outer(t - min(t[0], 0.0), t - min(t[0], 0.0)) if len(t) else None
    )
    own = np.array([1.0 / prior.level_sd**2, 1.0 / prior.slope_sd**2])
    base = np.array([prior.level, prior.slope])
    if noise is None:
        return Trend(prior.level, prior.slope, np.diag(1.0 / own), 0, 0.0, prior.drift)
    weighted = np.linalg.solve(noise, np.column_stack([design, y]))
    precision = design.T @ weighted[:, :2] + np.diag(own)
    covariance = np.linalg.inv(precision)
    beta = covariance @ (design.T @ weighted[:, 2] + own * base)
    walk = (0.0, 0.0, 0.0, 0.0)
    if prior.drift > 0.0:
        reach = prior.drift**2 * (t - min(t[0], 0.0))
        gain = np.linalg.solve(noise, reach)
        seen = gain @ design
        left = float(reach[-1] - reach @ gain + seen @ covariance @ seen)
        both = -covariance @ seen
        walk = (float(gain @ (y - design @ beta)), left, float(both[0]), float(both[1]))
    return Trend(float(beta[0]), float(beta[1]), covariance, len(t), float(t[-1]), prior.drift, walk)


def _checked(
    weeks: Sequence[float] | Floats, values: Sequence[float] | Floats, errors: Sequence[float] | Floats | float
) -> tuple[Floats, Floats, Floats]:
    t, y = np.asarray(weeks, np.float64), np.asarray(values, np.float64)
    e = np.full(len(t), errors) if isinstance(errors, (int, float)) else np.asarray(errors, np.float64)
    if not len(t) == len(y) == len(e):
        raise ValueError(f"{len(t)} weeks, {len(y)} values and {len(e)} errors; they must be as many")
    if not (np.isfinite(t).all() and np.isfinite(y).all() and np.isfinite(e).all()):
        raise ValueError("a week, value or error is not a number; leave that probe out")
    if (e <= 0.0).any():
        raise ValueError(
            f"probe {int(np.flatnonzero(e <= 0.0)[0]) + 1} has an error of {e.min():g}; it must be positive"
        )
    if (np.diff(t) < 0.0).any():
        raise ValueError("the weeks go back; sort the probes by date")
    return t, y, e


def learn_prior(slopes: Floats, errors: Floats, *, least_sd: float = 1e-3) -> TrendPrior:
    """Mean and spread of the true slopes of many learners from their estimates and standard errors.

    Maximum likelihood of N(mean, sd^2 + error^2). Raises ValueError for fewer than ten learners.
    """
    if len(slopes) < 10:
        raise ValueError(f"{len(slopes)} learners; at least ten are needed to learn how slopes vary")
    mean, variance = float(np.median(slopes)), max(float(slopes.var() - (errors**2).mean()), least_sd**2)
    for _ in range(200):
        weight = 1.0 / (variance + errors**2)
        mean = float((weight * slopes).sum() / weight.sum())
        score = float(((weight * (slopes - mean)) ** 2 - weight).sum())
        step = score / max(float((weight**2).sum()), 1e-300)
        before, variance = variance, max(variance + step, least_sd**2)
        if abs(variance - before) < 1e-9 * (before + 1e-9):
            break
    return TrendPrior(mean, sqrt(variance))
