"""Thousands of questions asked of one log: which answers stand, and how wide their intervals must then be.

Each kind of finding is a family of its own. Within it false discoveries are held at ``RATE`` of what is said (Benjamini and
Hochberg 1995). An interval of something that was picked because it looked large is too short; so the intervals of what
stands are widened to keep their promise among the chosen (false coverage rate: Benjamini and Yekutieli 2005).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from headway.core.curriculum.catalogue import Floats

RATE = 0.05
"""Share of false findings among all of a kind that is allowed, on average."""
LEARNERS = 20
"""Learners without whom nothing is asked of an item, a pair or a skill."""

Flags = NDArray[np.bool_]


def adjusted(p: Floats) -> Floats:
    """Return Benjamini and Hochberg's adjusted p values [K] in the same order; what is nan was not asked and stays nan.

    >>> adjusted(np.array([0.01, np.nan, 0.04, 0.03])).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    out = np.full(len(p), np.nan)
    asked = np.flatnonzero(~np.isnan(p))
    if len(asked) == 0:
        return out
    order = asked[np.argsort(p[asked], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out


def reach(standing: Flags, asked: Flags) -> float:
    """Return how many standard errors the intervals of what stands reach to each side: 95 % among the chosen, by
    Benjamini and Yekutieli's correction for having chosen ``standing`` [K] among ``asked`` [K]."""
    share = max(int(np.count_nonzero(standing)), 1) / max(int(np.count_nonzero(asked)), 1)
    return float(-ndtri(RATE * min(share, 1.0) / 2.0))


def below(z: Floats) -> Floats:
    """Return one-sided p values: how likely a value as low as ``z`` is by chance (nan stays nan)."""
    out: Floats = ndtr(z)
    return out


def usual(z: Floats) -> tuple[float, float]:
    """Return middle and spread of the z values of what is mostly nothing (Efron 2004, by median and interquartile range):
    what a model gets a little wrong everywhere moves all of them. The spread is at least 1, so that no finding is
    made easier. Without ten values it is 0 and 1."""
    known = z[np.isfinite(z)]
    if len(known) < 10:
        return 0.0, 1.0
    low, middle, high = np.quantile(known, [0.25, 0.5, 0.75]).tolist()
    return float(middle), max(1.0, float(high - low) / 1.349)
