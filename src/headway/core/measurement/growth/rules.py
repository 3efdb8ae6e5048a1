"""The rules of thumb that schools use, to be shown with how often they are right."""

from __future__ import annotations

from typing import Literal

import numpy as np

from headway.core.measurement.growth.trend import Floats

Advice = Literal["keep", "change", "raise", "wait"]


def baseline(values: Floats) -> float:
    """Median of the first three probes: where the goal line begins."""
    return float(np.median(values[:3]))


def four_point(weeks: Floats, values: Floats, slope: float, *, least: int = 6) -> Advice:
    """All of the last four under the goal line: change; all above: raise the goal; else keep.

    ``slope`` of the goal line a week, from the baseline at the middle of the first three probes. "wait" under
    ``least`` probes.
    """
    return _last(weeks, values, slope, below=4, above=4, least=least)


def three_below_six_above(weeks: Floats, values: Floats, slope: float, *, least: int = 6) -> Advice:
    """Three in a row below: change; six in a row above: raise."""
    return _last(weeks, values, slope, below=3, above=6, least=least)


def _last(weeks: Floats, values: Floats, slope: float, *, below: int, above: int, least: int) -> Advice:
    if len(values) < least:
        return "wait"
    line = baseline(values) + slope * (weeks - float(np.median(weeks[:3])))
    if (values[-below:] < line[-below:]).all():
        return "change"
    return "raise" if (values[-above:] > line[-above:]).all() else "keep"


def trend_line(weeks: Floats, values: Floats, slope: float, *, least: int = 6) -> Advice:
    """The least-squares line flatter than the goal line: change; else keep."""
    if len(values) < least:
        return "wait"
    centred = weeks - weeks.mean()
    fitted = float((centred * values).sum() / (centred * centred).sum())
    return "change" if fitted < slope else "keep"
