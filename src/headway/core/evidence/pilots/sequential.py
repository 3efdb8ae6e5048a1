"""Looking more than once without fooling oneself.

Looks that were planned spend alpha by the O'Brien-Fleming rule of Lan and DeMets (1983): hardly any early, nearly all at the end.
Looks that were not planned, as on a page that somebody opens every day, need a confidence sequence: an interval that holds at all
times at once (Robbins' normal mixture; Waudby-Smith and others 2021 for estimates that are normal in the limit).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri, stdtrit

from headway.core.evidence.pilots.moments import Floats

HIGHEST = 8.0
"""Bars above this many standard errors are told as this; nothing reaches them."""
GRID = 401


def spent(fraction: float, alpha: float = 0.05) -> float:
    """Alpha that may be spent up to a ``fraction`` of all information, 0 to 1: half in each tail, O'Brien-Fleming's form."""
    return float(4.0 - 4.0 * ndtr(ndtri(1.0 - alpha / 4.0) / sqrt(fraction)))


def bars(fractions: Sequence[float], alpha: float = 0.05) -> tuple[float, ...]:
    """How many standard errors from 0 an effect must be at each look.

    ``fractions`` of all information at the looks, rising, the last one 1. Raises ValueError for others.
    """
    _rising(fractions)
    found: list[float] = []
    before = 0.0
    for place, fraction in enumerate(fractions):
        allowed = spent(fraction, alpha) - before
        before = spent(fraction, alpha)
        last = _density(fractions[:place], found)

        def over(bar: float, at: int = place, had: tuple[Floats, Floats] | None = last, may: float = allowed) -> float:
            return _beyond(fractions, at, bar, had) - may

        found.append(HIGHEST if over(HIGHEST) > 0.0 else float(brentq(over, 0.5, HIGHEST, xtol=1e-8)))
    return tuple(found)


def crossing(fractions: Sequence[float], heights: Sequence[float]) -> float:
    """Probability that an effect of 0 crosses any of the bars (two-sided)."""
    _rising(fractions)
    total = 0.0
    for place in range(len(fractions)):
        total += _beyond(fractions, place, heights[place], _density(fractions[:place], heights[:place]))
    return total


def _rising(fractions: Sequence[float]) -> None:
    steps = np.diff([0.0, *fractions])
    if len(fractions) == 0 or (steps <= 0.0).any() or abs(fractions[-1] - 1.0) > 1e-9:
        raise ValueError("looks are rising shares of all information, the last one 1, as in 0.5,0.75,1")


def _density(fractions: Sequence[float], heights: Sequence[float]) -> tuple[Floats, Floats] | None:
    """Where the score can be after the given looks without having crossed: points and their weights."""
    last: tuple[Floats, Floats] | None = None
    for place, fraction in enumerate(fractions):
        edge = min(heights[place], HIGHEST) * sqrt(fraction)
        points = np.linspace(-edge, edge, GRID)
        step = sqrt(fraction - (fractions[place - 1] if place else 0.0))
        come = np.zeros(1) if last is None else last[0]
        mass = np.ones(1) if last is None else last[1]
        bell = np.exp(-0.5 * ((points[:, None] - come) / step) ** 2) / (step * sqrt(2.0 * np.pi))
        weights = (bell @ mass) * (points[1] - points[0])
        weights[[0, -1]] *= 0.5
        last = points, weights
    return last


def _beyond(fractions: Sequence[float], place: int, bar: float, last: tuple[Floats, Floats] | None) -> float:
    edge = bar * sqrt(fractions[place])
    step = sqrt(fractions[place] - (fractions[place - 1] if place else 0.0))
    come, mass = (np.zeros(1), np.ones(1)) if last is None else last
    return float(((ndtr((come - edge) / step) + ndtr((-come - edge) / step)) * mass).sum())


def always_valid(
    estimate: float, error: float, freedom: float, *, planned_error: float, alpha: float = 0.05
) -> tuple[float, float]:
    """Interval that holds however often one looks.

    ``planned_error``: the standard error foreseen at the end; there the sequence is tightest. With few units it is widened as
    Student's t is against the normal. Raises ValueError for errors that are not above 0.
    """
    if not (error > 0.0 and planned_error > 0.0):
        raise ValueError("standard errors are above 0")
    seen, planned = 1.0 / error**2, 1.0 / planned_error**2
    mixing = planned / (-2.0 * log(alpha) + log(1.0 - 2.0 * log(alpha)) + 1.0)
    wide = sqrt((seen + mixing) * log((seen + mixing) / (mixing * alpha**2))) / seen
    wide *= float(stdtrit(freedom, 1.0 - alpha / 2.0) / ndtri(1.0 - alpha / 2.0))
    return estimate - wide, estimate + wide
