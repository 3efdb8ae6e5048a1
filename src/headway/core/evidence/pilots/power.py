"""How small an effect a design can find, before it starts.

For units assigned in a share P to treatment, with J units of n learners, the variance of the adjusted difference in standard
deviations of the outcome is (Bloom 2006; Hedges and Rhoads 2010; PowerUp!)

    [ icc (1 - R_u^2) (1 + cv^2) + (1 - icc - icc_b) (1 - R_l^2) / n ] / (P (1 - P) J)

where icc is the share of variance between units, icc_b the share between blocks (which block effects take away), R_u^2 and R_l^2
what the pretest explains between and within units, and cv the coefficient of variation of the units' sizes. Power is that of a
noncentral t with J - 2 - (B - 1) degrees of freedom. A learner as the unit has n = 1 and icc = 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaincinv, ndtr, stdtrit

from headway.core.evidence.pilots.moments import Floats

UNITS = ("learner", "class", "school")
MOST_UNITS = 10_000_000
QUANTILES = 2_000


@dataclass(frozen=True, slots=True)
class Design:
    """A planned study. ``units``: learners, classes or schools in both arms; ``size``: learners in each; ``icc`` and
    ``icc_block``: shares of variance between units (within a block) and between blocks; ``explained_unit`` and
    ``explained_learner``: R squared of pretest and covariates at both levels; ``share``: of units that get the treatment;
    ``blocks``: how many; ``spread``: coefficient of variation of unit sizes; ``alpha``: two-sided.

    Raises ValueError for numbers that no design can have.
    """

    units: int
    size: float = 1.0
    icc: float = 0.0
    icc_block: float = 0.0
    explained_unit: float = 0.0
    explained_learner: float = 0.0
    share: float = 0.5
    blocks: int = 1
    spread: float = 0.0
    alpha: float = 0.05

    def __post_init__(self) -> None:
        for name in ("icc", "icc_block", "explained_unit", "explained_learner"):
            if not 0.0 <= getattr(self, name) < 1.0:
                raise ValueError(f"{name} is a share from 0 to below 1, not {getattr(self, name):g}")
        if not 0.0 < self.share < 1.0 or not 0.0 < self.alpha < 1.0:
            raise ValueError("share and alpha lie between 0 and 1")
        if self.icc + self.icc_block >= 1.0:
            raise ValueError("icc and icc_block together are below 1")
        if self.size < 1.0 or self.spread < 0.0 or self.blocks < 1:
            raise ValueError(
                "a unit has at least one learner, a spread is not negative, and there is one block at least"
            )
        if self.size == 1.0 and self.icc > 0.0:
            raise ValueError("units of one learner have no variance between units apart from the learners'; give icc 0")
        if self.freedom < 1:
            raise ValueError(
                f"{self.units} units in {self.blocks} blocks leave no degrees of freedom; take more units or fewer blocks"
            )

    @property
    def freedom(self) -> int:
        """Degrees of freedom of the comparison: units less 2, less one for each further block."""
        return self.units - 2 - (self.blocks - 1)

    @property
    def error(self) -> float:
        """Standard error of the effect in standard deviations of the outcome."""
        between = self.icc * (1.0 - self.explained_unit) * (1.0 + self.spread**2)
        inside = (1.0 - self.icc - self.icc_block) * (1.0 - self.explained_learner) / self.size
        return sqrt((between + inside) / (self.share * (1.0 - self.share) * self.units))


def power(design: Design, effect: float) -> float:
    """Probability that a two-sided test finds ``effect`` (standard deviations)."""
    bar = float(stdtrit(design.freedom, 1.0 - design.alpha / 2.0))
    shift = abs(effect) / design.error
    # A noncentral t is a normal over the root of a chi-square; its mean over evenly likely chi-squares is exact enough and,
    # unlike the series for it, never fails.
    root = _roots(design.freedom)
    return float((ndtr(shift - bar * root) + ndtr(-shift - bar * root)).mean())


@lru_cache(maxsize=64)
def _roots(freedom: int) -> Floats:
    likely = (np.arange(QUANTILES) + 0.5) / QUANTILES
    return np.asarray(np.sqrt(2.0 * gammaincinv(freedom / 2.0, likely) / freedom), np.float64)


def detectable(design: Design, wanted: float = 0.8) -> float:
    """Smallest effect (standard deviations) found with probability ``wanted``. Raises ValueError for one out of (alpha, 1)."""
    if not design.alpha < wanted < 1.0:
        raise ValueError(f"a power lies between alpha ({design.alpha:g}) and 1")
    return float(brentq(lambda effect: power(design, effect) - wanted, 1e-9, 1e4 * design.error))


def units_needed(design: Design, effect: float, wanted: float = 0.8) -> int | None:
    """Fewest units that find ``effect`` with probability ``wanted``; blocks grow with them. None beyond ten million.

    Raises ValueError for an effect of 0.
    """
    if effect == 0.0:
        raise ValueError("an effect of 0 is never found; give the smallest effect worth finding")
    each = design.units / design.blocks

    def enough(units: int) -> bool:
        blocks = 1 if design.blocks == 1 else max(ceil(units / each), 1)
        return units - 2 - (blocks - 1) >= 1 and power(_with(design, units, blocks), effect) >= wanted

    high = 4
    while not enough(high):
        high *= 2
        if high > MOST_UNITS:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _with(design: Design, units: int, blocks: int) -> Design:
    return Design(
        units, design.size, design.icc, design.icc_block, design.explained_unit, design.explained_learner,
        design.share, blocks, design.spread, design.alpha,
    )  # fmt: skip
