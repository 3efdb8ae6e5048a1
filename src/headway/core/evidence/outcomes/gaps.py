"""A gap between two groups: how much larger the share of the one is, with an interval, and how it changed."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from headway.core.evidence.outcomes.standing import Change, Standing, Z


@dataclass(frozen=True, slots=True)
class Gap:
    """How much larger the share of the one group is, with a 95 % interval; from -1 to 1."""

    gap: float
    low: float
    high: float


def gap_of(ahead: Standing, behind: Standing) -> Gap:
    """The share of ``ahead`` minus that of ``behind``; the interval is Newcombe's (1998, method 10), from Wilson's of both."""
    gap = ahead.share - behind.share
    down = sqrt((ahead.share - ahead.low) ** 2 + (behind.high - behind.share) ** 2)
    up = sqrt((ahead.high - ahead.share) ** 2 + (behind.share - behind.low) ** 2)
    return Gap(gap, max(gap - down, -1.0), min(gap + up, 1.0))


def trend_of(ahead: Change | None, behind: Change | None) -> Gap | None:
    """How a gap changed, from the changes of the same learners in both groups; None where one is not known."""
    if ahead is None or behind is None:
        return None
    error = sqrt(ahead.error**2 + behind.error**2)
    gap = ahead.change - behind.change
    return Gap(gap, max(gap - Z * error, -2.0), min(gap + Z * error, 2.0))


def direction(trend: Gap | None) -> Literal["smaller", "larger", "unclear"]:
    """In which way a gap moves; ``unclear`` while no change fits the data too."""
    if trend is None or trend.low <= 0.0 <= trend.high:
        return "unclear"
    return "smaller" if trend.gap < 0.0 else "larger"
