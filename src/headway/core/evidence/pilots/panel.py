"""Before and after, with others beside: difference in differences and interrupted series of schools, classes or learners.

Each unit becomes one number, its change; then units are compared. So whatever a unit's periods have in common cannot make an
error look small. With a trend, a unit's change is against its own line before the start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.evidence.pilots.effects import Effect, hedges
from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.evidence.pilots.regression import interval, regress, two_sided

BEFORE_FOR_TREND = 3


@dataclass(frozen=True, slots=True)
class Panel:
    """``estimate`` in units of the outcome with its 95 % interval; ``effect`` in standard deviations before the start.

    ``before_p``: p of a difference between the groups' trends before, None with one period before; ``placebo`` and
    ``placebo_p``: the same analysis of the periods before, as if it had begun in their middle, None where they are too few.
    """

    estimate: float
    error: float
    freedom: float
    low: float
    high: float
    p: float
    effect: Effect
    units: tuple[int, int]
    before_p: float | None
    placebo: float | None
    placebo_p: float | None


def panel_effect(
    outcome: Floats, unit: Ints, period: Floats, treated: Floats, start: float, *, trend: bool = False
) -> Panel:
    """Compare how units changed at ``start`` (the first period with the treatment).

    ``outcome``, ``unit`` (numbers from 0 without gaps), ``period`` and ``treated`` (0 or 1, the same in a unit) are [N], a row a
    unit and period. Units without a period on both sides are left out. Raises ValueError when fewer than two units of a group
    are left, when a value is missing, or when a trend is wanted with fewer than three periods before.
    """
    if not np.isfinite(outcome).all():
        raise ValueError("an outcome is missing; leave that row out")
    before = np.unique(period[period < start])
    if len(before) == 0 or not (period >= start).any():
        raise ValueError(f"periods lie on one side of the start ({start:g}) only; a change needs both")
    if trend and len(before) < BEFORE_FOR_TREND:
        raise ValueError(f"{len(before)} periods before the start make no trend; {BEFORE_FOR_TREND} are the least")
    change, slope, group = _changes(outcome, unit, period, treated, start, trend)
    counts = (int((group == 1.0).sum()), int((group == 0.0).sum()))
    if min(counts) < 2:
        raise ValueError(f"{counts[0]} treated and {counts[1]} other units have both sides; two of each are the least")
    value, error, freedom = regress({"treated": group}, change).of("treated")
    sd = float(outcome[period < start].std(ddof=1))
    effect = hedges(value, error, freedom, sd, int((period < start).sum()))
    before_p = None
    if len(before) > 1:
        found = regress({"treated": group}, slope).of("treated") if slope.std() > 0.0 else (0.0, 1.0, 1.0)
        before_p = two_sided(*found)
    placebo, placebo_p = _placebo(outcome, unit, period, treated, start, before, trend)
    return Panel(value, error, freedom, *interval(value, error, freedom), two_sided(value, error, freedom), effect, counts,
                 before_p, placebo, placebo_p)  # fmt: skip


def _changes(
    outcome: Floats, unit: Ints, period: Floats, treated: Floats, start: float, trend: bool
) -> tuple[Floats, Floats, Floats]:
    """Each unit's change, its slope before the start, and its group."""
    change, slope, group = [], [], []
    order = np.argsort(unit, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(unit[order])) + 1):
        early, late = rows[period[rows] < start], rows[period[rows] >= start]
        if len(early) < (BEFORE_FOR_TREND if trend else 1) or len(late) == 0:
            continue
        middle, level = period[early].mean(), outcome[early].mean()
        across = period[early] - middle
        steep = float(across @ outcome[early] / (across @ across)) if len(early) > 1 and across.any() else 0.0
        expected = level + steep * (period[late] - middle) if trend else level
        change.append(float((outcome[late] - expected).mean()))
        slope.append(steep)
        group.append(float(treated[rows[0]]))
    return np.array(change), np.array(slope), np.array(group)


def _placebo(
    outcome: Floats, unit: Ints, period: Floats, treated: Floats, start: float, before: Floats, trend: bool
) -> tuple[float | None, float | None]:
    least = (BEFORE_FOR_TREND if trend else 1) + 1
    if len(before) < least:
        return None, None
    rows = period < start
    began = float(before[max(len(before) // 2, least - 1)])
    change, _, group = _changes(outcome[rows], unit[rows], period[rows], treated[rows], began, trend)
    if min((group == 1.0).sum(), (group == 0.0).sum()) < 2 or change.std() == 0.0:
        return None, None
    value, error, freedom = regress({"treated": group}, change).of("treated")
    return value, two_sided(value, error, freedom)
