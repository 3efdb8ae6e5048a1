"""On track, not on track, or not enough evidence: a decision that states its error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from headway.core.measurement.growth.trend import Floats, Trend, TrendPrior, fit_trend
from headway.core.text import T, Text

Verdict = Literal["on-track", "not-on-track", "not-enough-evidence"]

SURE = 0.8
"""A verdict is given from this probability on, so that about nine in ten of those given are right."""

FARTHEST = 30
"""How many probes ahead a decision is looked for."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A true score of at least ``value`` at ``week``."""

    week: float
    value: float


@dataclass(frozen=True, slots=True)
class Judged:
    """``chance``: probability that the goal will be reached as things go; ``more``: probes after which a verdict is
    likelier than not (0 when there is one, None when none of the next ``FARTHEST`` brings it)."""

    verdict: Verdict
    chance: float
    more: int | None

    @property
    def sentence(self) -> Text:
        """The decision in words."""
        if self.verdict == "on-track":
            return T("On track: the goal will very likely be reached at this rate.")
        if self.verdict == "not-on-track":
            return T("Not on track: the goal will very likely be missed at this rate.")
        if self.more is None:
            return T("Not enough evidence yet, and more probes of this kind will hardly change that.")
        if self.more == 1:
            return T("Not enough evidence yet: one more probe is likely to decide.")
        return T("Not enough evidence yet: about {count} more probes are likely to decide.", count=self.more)


def verdict_of(chance: float, sure: float = SURE) -> Verdict:
    """The verdict at a probability of reaching the goal."""
    if chance >= sure:
        return "on-track"
    return "not-on-track" if chance <= 1.0 - sure else "not-enough-evidence"


def decide(
    weeks: Sequence[float] | Floats,
    values: Sequence[float] | Floats,
    errors: Sequence[float] | Floats | float,
    prior: TrendPrior,
    goal: Goal,
    *,
    sure: float = SURE,
    every: float = 1.0,
    next_error: float | None = None,
) -> tuple[Trend, Judged]:
    """Fit the trend and decide about the goal.

    ``every``: weeks between the probes to come; ``next_error``: their standard error (default: that of the last one).
    Raises ValueError as :func:`fit_trend` does, and for a ``sure`` that is not between 0.5 and 1.
    """
    if not 0.5 < sure < 1.0:
        raise ValueError(f"a verdict needs a probability between 0.5 and 1; {sure} is not")
    trend = fit_trend(weeks, values, errors, prior)
    chance = trend.chance_of(goal.value, goal.week)
    verdict = verdict_of(chance, sure)
    if verdict != "not-enough-evidence":
        return trend, Judged(verdict, chance, 0)
    known = [errors] * len(weeks) if isinstance(errors, (int, float)) else [float(e) for e in errors]
    coming = next_error or (float(known[-1]) if known else 1.0)
    start = float(weeks[-1]) if len(weeks) else 0.0
    return trend, Judged(verdict, chance, _probes_to_go(trend, weeks, known, prior, goal, sure, start, every, coming))


def _probes_to_go(
    trend: Trend,
    weeks: Sequence[float] | Floats,
    errors: Sequence[float],
    prior: TrendPrior,
    goal: Goal,
    sure: float,
    start: float,
    every: float,
    coming: float,
) -> int | None:
    """How many probes until a verdict is likelier than not: the errors to come are known, their values are not."""
    mean, now = trend.at(goal.week)
    z = float(ndtri(sure))
    for more in range(1, FARTHEST + 1):
        times = [*[float(w) for w in weeks], *[start + every * k for k in range(1, more + 1)]]
        if times[-1] > goal.week:
            return None
        then = fit_trend(times, np.zeros(len(times)), [*errors, *[coming] * more], prior).at(goal.week)[1]
        moves = np.sqrt(max(now * now - then * then, 1e-12))
        up, down = (mean - goal.value - z * then) / moves, (goal.value - mean - z * then) / moves
        if float(ndtr(up) + ndtr(down)) >= 0.5:
            return more
    return None
