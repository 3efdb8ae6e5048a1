"""Where one learner stands on an outcome: what was measured of them with its own interval, and nothing beyond it.

Nothing is borrowed from others here. Drawing a score to the mean of a group (``standing.chances``) makes shares of many right; of
one child it would say what others are like.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite
from typing import Literal

from headway.core.evidence.outcomes.aims import Aim
from headway.core.evidence.outcomes.standing import Z

Reach = Literal["there", "ahead", "open"]
Moved = Literal["more", "less", "same", "open"]
OF_TEN = ("ability", "screening", "growth")
"""Kinds of measures in logits: they are told as problems of ten."""


@dataclass(frozen=True, slots=True)
class Own:
    """A measured ``value`` with its 95 % interval from ``low`` to ``high``, all on the measure's scale. ``sure``: the interval is
    known; a count of what happened is its own interval. Where it is not (a test without a standard error) both ends are the
    value."""

    value: float
    low: float
    high: float
    sure: bool


def own_of(value: float, error: float) -> Own | None:
    """A learner's own measure from its ``value`` (nan: not measured, then None) and standard ``error`` (nan: not known)."""
    if not isfinite(value):
        return None
    half = Z * error if isfinite(error) else 0.0
    return Own(value, value - half, value + half, isfinite(error))


def reach_of(own: Own, aim: Aim) -> Reach:
    """Whether the goal is reached, or still ahead; ``open`` where the interval holds the bar, or where nobody knows
    the interval."""
    if not own.sure:
        return "open"
    low, high = (own.low, own.high) if aim.better == "higher" else (-own.high, -own.low)
    bar = aim.bar if aim.better == "higher" else -aim.bar
    return "there" if low >= bar else "ahead" if high < bar else "open"


def moved(early: Own, late: Own) -> Moved:
    """How the value moved between two readings; ``open`` where that is not sure. Readings that look back on some of the same
    days go together, so the interval of their difference is too wide rather than too narrow."""
    if not (early.sure and late.sure):
        return "open"
    step = late.value - early.value
    half = ((late.high - late.value) ** 2 + (early.high - early.value) ** 2) ** 0.5
    if half == 0.0 and step == 0.0:
        return "same"
    return "more" if step > half else "less" if -step > half else "open"


def of_ten(value: float, bar: float) -> float:
    """Of ten problems that somebody exactly at the ``bar`` would have five of right, how many are right at a ``value``, both in
    logits (the one-parameter logistic model): 0 to 10."""
    x = value - bar
    return 10.0 / (1.0 + exp(-x)) if x >= 0.0 else 10.0 * exp(x) / (1.0 + exp(x))
