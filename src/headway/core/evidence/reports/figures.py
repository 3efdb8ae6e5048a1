"""From sums to figures: means and shares with their intervals, gaps between groups, and how much of it may be said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headway.core.evidence.reports.blocks import LEAST
from headway.core.evidence.reports.measures import Measure

Z = 1.959964
"""Half the width of a 95 % interval, in standard errors."""
FEW = 3
"""A share that fewer learners than this have, or have not, is told as a bound: "all of them" and "none" would tell of each."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What is added up over learners and weeks. ``n`` counts learners once for each of ``weeks``; ``values`` has the sum of a
    column by its name, of products by ``a*b``. Sums of disjoint learners or weeks add up."""

    n: int
    weeks: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be shown: ``value`` and the ends of its 95 % interval, in the measure's unit, rounded; ``learners`` in
    an average week; ``spread`` is the standard deviation between learners (0 for a ratio). ``bound`` is ``<`` or ``>`` where
    only a bound is told."""

    value: float
    low: float
    high: float
    learners: int
    spread: float
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A group's mean less that of the others: in the measure's unit and in standard deviations (None for a ratio)."""

    value: float
    low: float
    high: float
    in_sd: float | None


def add(several: Iterable[tuple[int, Sums]], names: Sequence[str] | None = None) -> Sums | None:
    """Add sums up, each with the number of its week, of all columns or of those named; None where there is nothing."""
    n, weeks, values = 0, set[int](), dict[str, float]()
    for week, each in several:
        n += each.n
        weeks.add(week)
        for key in each.values if names is None else names:
            values[key] = values.get(key, 0.0) + each.values.get(key, 0.0)
    return Sums(n, len(weeks), values) if n else None


def columns_of(measure: Measure) -> tuple[str, ...]:
    """The names of the sums that a measure needs."""
    a, b = measure.column, measure.over
    return (a, b, f"{a}*{a}", f"{a}*{b}", f"{b}*{b}") if b else (a, f"{a}*{a}")


def estimate(measure: Measure, sums: Sums) -> tuple[float, float, float] | None:
    """Return value, standard error and spread, unrounded; None where nothing can be said.

    The error is that of an average week's learners: the weeks of one learner are alike, so more weeks are not taken for more
    learners. A ratio's error is that of the linearised ratio (Cochran, Sampling Techniques, 1977, 6.4).
    """
    people = sums.n / max(sums.weeks, 1)
    got = [sums.values.get(name, 0.0) for name in columns_of(measure)]
    if people < 2.0:
        return None
    if not measure.over:
        mean = got[0] / sums.n
        spread = math.sqrt(max(got[1] / sums.n - mean * mean, 0.0) * people / (people - 1.0))
        return mean, spread / math.sqrt(people), spread
    x, y, xx, xy, yy = got
    if y < LEAST:  # a ratio of one event would be that of one child
        return None
    ratio = x / y
    left = max(xx - 2.0 * ratio * xy + ratio * ratio * yy, 0.0) / sums.n
    return ratio, math.sqrt(left / (people - 1.0)) / (y / sums.n), 0.0


def figure(measure: Measure, sums: Sums | None) -> Figure | None:
    """The figure as it may be shown; None where nothing can be said."""
    found = estimate(measure, sums) if sums is not None else None
    if found is None or sums is None:
        return None
    value, error, spread = found
    people = round(sums.n / max(sums.weeks, 1))
    low, high = value - Z * error, value + Z * error
    edge = FEW / people
    if measure.share and not measure.over and not edge <= value <= 1.0 - edge:
        return Figure(*_bounded(value < edge, edge, measure.digits), people, 0.0, "<" if value < edge else ">")
    low = low if measure.least is None else max(low, measure.least)
    high = min(high, 1.0) if measure.share and value <= 1.0 else high
    return Figure(*_rounded(measure, value, low, high), people, round(spread, measure.digits))


def _rounded(measure: Measure, value: float, low: float, high: float) -> tuple[float, float, float]:
    digits = measure.digits
    return round(value, digits) + 0.0, round(low, digits) + 0.0, round(high, digits) + 0.0


def _bounded(low: bool, edge: float, digits: int) -> tuple[float, float, float]:
    step = 10.0**digits
    if low:
        top = math.ceil(edge * step) / step
        return top, 0.0, top
    bottom = math.floor((1.0 - edge) * step) / step
    return bottom, bottom, 1.0


def gap(measure: Measure, group: Sums | None, others: Sums | None) -> Gap | None:
    """A group beside all others of the same table; None where one of them says nothing, or a share of one is only a bound."""
    if group is None or others is None:
        return None
    one, two = estimate(measure, group), estimate(measure, others)
    if one is None or two is None or any((f := figure(measure, s)) is None or f.bound for s in (group, others)):
        return None
    value, error = one[0] - two[0], math.hypot(one[1], two[1])
    pooled = math.sqrt((one[2] ** 2 + two[2] ** 2) / 2.0)
    ends = _rounded(measure, value, value - Z * error, value + Z * error)
    return Gap(*ends, round(value / pooled, 2) + 0.0 if pooled > 0.0 else None)


def change(measure: Measure, before: tuple[Sums, Sums], after: tuple[Sums, Sums]) -> Gap | None:
    """How a gap has changed, each a pair of the group's sums and the others'. The errors are added as if the learners of then and
    now were different people, which makes the interval too wide rather than too narrow."""
    parts = [estimate(measure, each) for each in (*after, *before)]
    if any(each is None for each in parts) or gap(measure, *before) is None or gap(measure, *after) is None:
        return None
    got = [each for each in parts if each is not None]
    value = (got[0][0] - got[1][0]) - (got[2][0] - got[3][0])
    error = math.sqrt(sum(each[1] ** 2 for each in got))
    return Gap(*_rounded(measure, value, value - Z * error, value + Z * error), None)
