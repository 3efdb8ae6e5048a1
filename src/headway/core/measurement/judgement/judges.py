"""How each judge decides: surprise, consistency, side, speed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.measurement.judgement.comparisons import Comparisons, Floats, Longs
from headway.core.measurement.judgement.pairs import wins

HASTY = 1.0 / 3.0
"""A judge is hasty whose median time is below this part of the median of all decisions."""


@dataclass(frozen=True, slots=True, eq=False)
class JudgeFit:
    """One value per judge, in the order of ``Comparisons.judges``.

    ``infit``, ``outfit``: mean squares of the surprise, weighted by information or not; 1 is expected, more is
    erratic. ``infit_z``: infit in standard errors. ``consistency``: slope on the common scale (1: as the others; 0: a
    coin) with ``consistency_error``. ``left_bias``: log odds given to the left script (nan if the side is unknown) with
    ``left_error``. ``seconds``: median time of a decision (nan if unknown). ``agreement``: share of decisions for the
    script that the scale puts first. ``misfit``: infit over 2 standard errors and 2 standard deviations above the mean
    of the judges. ``hasty``: see ``HASTY``.
    """

    decisions: Longs
    infit: Floats
    outfit: Floats
    infit_z: Floats
    consistency: Floats
    consistency_error: Floats
    left_bias: Floats
    left_error: Floats
    seconds: Floats
    agreement: Floats
    misfit: np.typing.NDArray[np.bool_]
    hasty: np.typing.NDArray[np.bool_]


def fit_judges(comparisons: Comparisons, score: Floats) -> JudgeFit:
    """Compare each judge's decisions with the scale of all of them."""
    count, who = len(comparisons.judges), comparisons.judge
    ahead = score[comparisons.winner] - score[comparisons.loser]
    p = np.clip(wins(ahead), 1e-9, 1.0 - 1e-9)
    expected, squared = p * (1.0 - p), (1.0 - p) ** 2
    decisions = np.bincount(who, minlength=count)
    many = np.maximum(decisions, 1)
    information = np.maximum(np.bincount(who, expected, count), 1e-9)
    infit = np.bincount(who, squared, count) / information
    outfit = np.bincount(who, (1.0 - p) / p, count) / many
    noise = np.sqrt(np.maximum(np.bincount(who, expected * (1.0 - 4.0 * expected), count), 1e-12)) / information
    # Wilson and Hilferty's cube root, as in Rasch measurement: Wright and Masters (1982), p. 101.
    infit_z = (np.cbrt(infit) - 1.0) * 3.0 / noise + noise / 3.0
    slope, slope_error = effect_by(who, count, ahead, np.zeros_like(ahead), start=1.0)
    left, left_error = np.full(count, np.nan), np.full(count, np.nan)
    if comparisons.left is not None:
        left, left_error = effect_by(who, count, np.where(comparisons.left, 1.0, -1.0), ahead)
    seconds, overall = median_seconds(comparisons)
    return JudgeFit(
        decisions,
        infit,
        outfit,
        infit_z,
        slope,
        slope_error,
        left,
        left_error,
        seconds,
        np.bincount(who, (ahead > 0) + 0.5 * (ahead == 0), count) / many,
        (infit > infit.mean() + 2.0 * infit.std()) & (infit_z > 2.0),
        seconds < HASTY * overall,
    )


def effect_by(
    group: Longs, groups: int, x: Floats, offset: Floats, *, start: float = 0.0, prior: float = 2.0
) -> tuple[Floats, Floats]:
    """Log odds that one unit of ``x`` in favour of the winner adds, for each group, with its standard error.

    ``x`` is seen from the winner: +1 where it has the feature that may be favoured and the loser has not (the left
    side, the judge's own class, the judge's language), -1 the other way round, 0 otherwise. ``offset`` is the
    winner's lead on the scale. A normal prior (mean ``start``, standard deviation ``prior``) keeps groups finite that
    always decide alike.
    """
    effect: Floats = np.full(groups, start)
    curvature: Floats = np.ones(groups)
    for _ in range(30):
        p = wins(offset + effect[group] * x)
        slope = np.bincount(group, (1.0 - p) * x, groups) - (effect - start) / prior**2
        curvature = np.asarray(np.bincount(group, p * (1.0 - p) * x * x, groups) + 1.0 / prior**2, np.float64)
        move = slope / curvature
        effect = effect + np.clip(move, -1.0, 1.0)
        if float(np.abs(move).max()) < 1e-6:
            break
    return effect, 1.0 / np.sqrt(curvature)


def favour(comparisons: Comparisons, score: Floats, judge_has: Longs, script_has: Longs) -> tuple[float, float]:
    """Whether judges favour scripts of their own kind: log odds and standard error over all decisions.

    ``judge_has`` [judges], ``script_has`` [scripts]: a class, school or language as a number, -1 where it is unknown.
    Only decisions between a script of the judge's kind and one of another count.
    """
    kind = judge_has[comparisons.judge]
    own = (script_has[comparisons.winner] == kind).astype(np.float64) - (script_has[comparisons.loser] == kind)
    own[kind < 0] = 0.0
    ahead = score[comparisons.winner] - score[comparisons.loser]
    effect, error = effect_by(np.zeros(len(own), np.int64), 1, own, ahead)
    return float(effect[0]), float(error[0])


def script_misfit(comparisons: Comparisons, score: Floats) -> Floats:
    """Infit mean square of each script: high where the judges disagree about it (1 is expected)."""
    n = len(comparisons.scripts)
    p = np.clip(wins(score[comparisons.winner] - score[comparisons.loser]), 1e-9, 1.0 - 1e-9)
    both = np.concatenate([comparisons.winner, comparisons.loser])
    squared, expected = np.tile((1.0 - p) ** 2, 2), np.tile(p * (1.0 - p), 2)
    return np.bincount(both, squared, n) / np.maximum(np.bincount(both, expected, n), 1e-9)


def median_seconds(comparisons: Comparisons) -> tuple[Floats, float]:
    """Median seconds of each judge and of all decisions; nan where no time is known."""
    found = np.full(len(comparisons.judges), np.nan)
    if comparisons.seconds is None:
        return found, float("nan")
    known = np.isfinite(comparisons.seconds)
    if not known.any():
        return found, float("nan")
    who, seconds = comparisons.judge[known], comparisons.seconds[known]
    order = np.lexsort((seconds, who))
    who, seconds = who[order], seconds[order]
    first = np.searchsorted(who, np.arange(len(found)), "left")
    last = np.searchsorted(who, np.arange(len(found)), "right")
    held = last > first
    low, high = first[held] + (last - first)[held] // 2, first[held] + ((last - first)[held] - 1) // 2
    found[held] = 0.5 * (seconds[low] + seconds[high])
    return found, float(np.median(seconds))
