"""Effect sizes: Hedges' g with its interval, the improvement index, and what a standard deviation costs."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from scipy.special import ndtr, stdtrit

from headway.core.evidence.pilots.moments import Floats


@dataclass(frozen=True, slots=True)
class Effect:
    """Hedges' ``g`` with a 95 % interval, and ``error``, its standard error. ``improvement``: percentile points that a learner
    in the middle of the comparison group would gain (What Works Clearinghouse)."""

    g: float
    low: float
    high: float
    error: float

    @property
    def improvement(self) -> float:
        """Percentile points from the middle, -50 to 50."""
        return 100.0 * float(ndtr(self.g)) - 50.0


def pooled_sd(first: Floats, second: Floats) -> float:
    """Standard deviation within two groups, over all learners (total variance, also where schools were assigned)."""
    free = len(first) + len(second) - 2
    if free < 1:
        raise ValueError("a standard deviation needs two learners in a group")
    return sqrt(float(((first - first.mean()) ** 2).sum() + ((second - second.mean()) ** 2).sum()) / free)


def small_sample(free: float) -> float:
    """Hedges' correction 1 - 3 / (4 df - 1); with df = N - 2 it is 1 - 3 / (4 N - 9)."""
    return 1.0 - 3.0 / (4.0 * free - 1.0)


def clustered_freedom(learners: int, size: float, icc: float) -> float:
    """Degrees of freedom of a total standard deviation from clusters of ``size`` learners (Hedges 2007, equation 16)."""
    n, rho = float(learners), icc
    above = ((n - 2.0) - 2.0 * (size - 1.0) * rho) ** 2
    below = (n - 2.0) * (1.0 - rho) ** 2 + size * (n - 2.0 * size) * rho**2 + 2.0 * (n - 2.0 * size) * rho * (1.0 - rho)
    return max(above / below, 2.0) if below > 0.0 else n - 2.0


def hedges(
    difference: float,
    error: float,
    freedom: float,
    sd: float,
    learners: int,
    *,
    size: float = 1.0,
    icc: float = 0.0,
) -> Effect:
    """Return g of a (possibly adjusted) ``difference`` with its standard ``error`` and degrees of ``freedom``.

    ``sd``: pooled standard deviation of the outcome; ``learners``: how many in both groups. Where clusters were assigned,
    ``size`` is their mean size and ``icc`` the share of variance between them: the standard deviation is then of total variance
    (Hedges 2007; WWC 4.1 supplement). Raises ValueError for a standard deviation that is not above 0.
    """
    if not sd > 0.0:
        raise ValueError("the outcome does not vary within the groups, so an effect has no size")
    free = float(learners - 2) if icc == 0.0 else clustered_freedom(learners, size, icc)
    shrink = 1.0 if icc == 0.0 else sqrt(max(1.0 - 2.0 * (size - 1.0) * icc / (learners - 2.0), 0.01))
    factor = small_sample(free) * shrink / sd
    g = difference * factor
    spread = sqrt((error * factor) ** 2 + g**2 / (2.0 * free))
    wide = float(stdtrit(freedom, 0.975)) * spread
    return Effect(g, g - wide, g + wide, spread)


def cox(first: Floats, second: Floats) -> float:
    """Cox's index of two groups of 0 and 1: the difference of log odds over 1.65. A share of 0 or 1 counts half a learner."""
    odds = [log((group.sum() + 0.5 * edge) / ((1.0 - group).sum() + 0.5 * edge))
            for group in (first, second) for edge in (float(group.min() == group.max()),)]  # fmt: skip
    return (odds[0] - odds[1]) / 1.65


def difference(first: Floats, second: Floats) -> float:
    """Standardised difference of a characteristic: Cox's index for 0 and 1, else Hedges' g; 0 where nobody differs."""
    if np.isin(first, (0.0, 1.0)).all() and np.isin(second, (0.0, 1.0)).all():
        return 0.0 if first.mean() == second.mean() else cox(first, second)
    sd = pooled_sd(first, second)
    apart = float(first.mean() - second.mean())
    if sd == 0.0:
        return 0.0 if apart == 0.0 else float("inf") * (1.0 if apart > 0.0 else -1.0)
    return small_sample(len(first) + len(second) - 2.0) * apart / sd


def size_word(g: float) -> str:
    """``small``, ``medium`` or ``large`` by Kraft's benchmarks for education (0.05 and 0.20)."""
    return "small" if abs(g) < 0.05 else "medium" if abs(g) < 0.20 else "large"
