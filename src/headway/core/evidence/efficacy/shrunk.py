"""Many effects of one kind together: each is drawn towards what the others are, by as much as its own evidence is weak.

Empirical Bayes with a normal prior whose middle and spread come from all effects (DerSimonian and Laird 1986), and intervals that
count the doubt about the prior itself (Morris 1983). Of many estimates the largest are the luckiest; drawn in, they keep what
they promise, also when one looks only at the top of the list. What *stands* passes Benjamini and Hochberg's control besides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.content.discovery import RATE, adjusted

FEWEST = 5
"""Effects of a kind from which on they say something of each other."""
WIDE = float(-ndtri(0.025))
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Shrunk:
    """By effect [K]: ``value`` with its 95 % interval ``low`` to ``high``, ``adjusted`` p and whether it ``stands``; what was not
    asked is nan and does not stand. ``middle`` and ``spread``: the prior; ``asked``: how many effects it rests on."""

    value: Floats
    low: Floats
    high: Floats
    adjusted: Floats
    stands: Flags
    middle: float
    spread: float
    asked: int


def shrink(effect: Floats, error: Floats, p: Floats, asked: Flags) -> Shrunk:
    """Draw the ``asked`` among K effects with their standard errors together; with fewer than five they stay as they are."""
    count = int(asked.sum())
    value, low, high = (np.full(len(effect), np.nan) for _ in range(3))
    middle, spread = 0.0, 0.0
    if count:
        x, v = effect[asked], np.maximum(error[asked], 1e-9) ** 2
        if count < FEWEST:
            mean, doubt, spread = x, v, float("nan")
        else:
            middle, spread = _prior(x, v)
            mean, doubt = _posterior(x, v, middle, spread**2)
        reach = WIDE * np.sqrt(doubt)
        value[asked], low[asked], high[asked] = mean, mean - reach, mean + reach
    together = adjusted(np.where(asked, p, np.nan))
    with np.errstate(invalid="ignore"):
        stands = asked & (together <= RATE) & ((low > 0.0) | (high < 0.0))
    return Shrunk(value, low, high, together, stands, middle, spread, count)


def _prior(x: Floats, v: Floats) -> tuple[float, float]:
    """Middle and spread of the true effects (Paule and Mandel 1982: the spread at which all is as far apart as it should be)."""
    low, high = 0.0, float(np.var(x)) * 4.0 + 1e-12

    def middle_of(between: float) -> float:
        return float((x / (v + between)).sum() / (1.0 / (v + between)).sum())

    def excess(between: float) -> float:
        return float((((x - middle_of(between)) ** 2) / (v + between)).sum()) - (len(x) - 1.0)

    if excess(0.0) <= 0.0:
        return middle_of(0.0), 0.0
    for _ in range(60):
        half = 0.5 * (low + high)
        low, high = (half, high) if excess(half) > 0.0 else (low, half)
    return middle_of(high), high**0.5


def _posterior(x: Floats, v: Floats, middle: float, between: float) -> tuple[Floats, Floats]:
    """Mean and variance of each effect (Morris 1983, formulas 5.1 to 5.3, for unlike variances)."""
    count = len(x)
    share = v / (v + between) * (count - 3.0) / (count - 1.0)
    weight = 1.0 / (v + between)
    mean = middle + (1.0 - share) * (x - middle)
    of_middle = share**2 / weight.sum()
    of_spread = 2.0 / (count - 3.0) * share**2 * (v.mean() + between) / (v + between) * (x - middle) ** 2
    return mean, v * (1.0 - share) + of_middle + of_spread
