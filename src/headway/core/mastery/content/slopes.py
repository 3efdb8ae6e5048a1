"""Many small logistic regressions at once: an outcome on a covariate within each of G groups, learners as clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.refit.log import Longs

ROUNDS = 12
DOUBT = 2.0
"""Standard deviation of the prior of a slope around 1, in logits a logit: it only keeps a slope finite where few answers
fall apart perfectly."""


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """By group [G]: ``answers`` and ``learners``; ``z`` of the hypothesis that the slope is ``least`` (score test, the
    group's own level left free; below 0: it is less); the ``slope`` and its standard error ``error``."""

    answers: Longs
    learners: Longs
    z: Floats
    slope: Floats
    error: Floats


def clusters(group: Longs, learner: Longs, count: int) -> tuple[Longs, Longs, Longs]:
    """Return the cluster of each row [N] (a learner within a group), each cluster's group [C], and learners by group [G]."""
    keys = group * (int(learner.max(initial=0)) + 1) + learner
    found, place = np.unique(keys, return_inverse=True)
    of = found // (int(learner.max(initial=0)) + 1)
    return place, of, np.bincount(of, minlength=count)


def summed(group: Longs, values: Floats, count: int) -> Floats:
    """Return the sums of values [N] by group [G]."""
    return np.bincount(group, weights=values, minlength=count).astype(np.float64)


def spread_of(score: Floats, place: Longs, of: Longs, count: int) -> Floats:
    """Return by group the variance of a sum of scores [N] whose learners' parts may go together (Liang and Zeger 1986)."""
    return summed(of, summed(place, score, len(of)) ** 2, count)


def slopes_of(
    group: Longs, learner: Longs, outcome: Floats, covariate: Floats, count: int, *, least: float = 0.0
) -> Slopes:
    """Fit each of ``count`` groups; arrays [N]. A group without variation has z, slope and error nan.

    The score's variance is the larger of the expected and the robust one, so that neither few learners nor learners who
    answer often make a finding out of nothing.
    """
    n = np.bincount(group, minlength=count)
    middle = summed(group, covariate, count) / np.maximum(n, 1)
    x = covariate - middle[group]
    level, _ = levels_of(group, outcome, least * x, count, doubt=4.0)
    p = expit(least * x + level[group])
    w, e = p * (1.0 - p), outcome - p
    place, of, learners = clusters(group, learner, count)
    known = np.maximum(summed(group, w, count), 1e-12)
    rest = x - (summed(group, w * x, count) / known)[group]
    variance = summed(group, w * rest * rest, count)
    variance = np.maximum(variance, spread_of(rest * e, place, of, count))
    share = summed(group, outcome, count) / np.maximum(n, 1)
    flat = (variance <= 1e-6) | (share == 0.0) | (share == 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(flat, np.nan, summed(group, rest * e, count) / np.sqrt(variance))
    slope, error = _fit(group, outcome, x, share, count, place, of)
    return Slopes(n, learners, z, np.where(flat, np.nan, slope), np.where(flat, np.nan, error))


def _fit(
    group: Longs, outcome: Floats, x: Floats, level: Floats, count: int, place: Longs, of: Longs
) -> tuple[Floats, Floats]:
    """Newton's steps for all groups side by side, with the robust error of the slope."""
    start = np.clip(level, 0.02, 0.98)
    a: Floats = np.log(start / (1.0 - start))
    b: Floats = np.zeros(count)
    h_aa, h_ab, h_bb = (np.ones(count) for _ in range(3))
    p, pressure = outcome, DOUBT**-2
    for _ in range(ROUNDS):
        p = expit(a[group] + b[group] * x)
        w, e = p * (1.0 - p), outcome - p
        h_aa = summed(group, w, count) + 1e-3
        h_ab = summed(group, w * x, count)
        h_bb = summed(group, w * x * x, count) + pressure
        g_a = summed(group, e, count) - 1e-3 * a
        g_b = summed(group, e * x, count) - pressure * (b - 1.0)
        det = h_aa * h_bb - h_ab**2
        a = np.clip(a + np.clip((h_bb * g_a - h_ab * g_b) / det, -2.0, 2.0), -9.0, 9.0)
        b = np.clip(b + np.clip((h_aa * g_b - h_ab * g_a) / det, -2.0, 2.0), -9.0, 9.0)
    det = h_aa * h_bb - h_ab**2
    influence = (outcome - p) * (h_aa[group] * x - h_ab[group]) / det[group]
    robust = spread_of(influence, place, of, count)
    return b, np.sqrt(np.maximum(robust, h_aa / det))


def levels_of(
    group: Longs, outcome: Floats, foreseen: Floats, count: int, *, doubt: float = 1.0
) -> tuple[Floats, Floats]:
    """Return by group the shift of the foreseen logits that the outcomes speak for, shrunk to 0 with standard deviation
    ``doubt``, and its standard error if answers were independent [G]."""
    shift: Floats = np.zeros(count)
    known: Floats = np.ones(count)
    pressure = doubt**-2
    for _ in range(ROUNDS):
        p = expit(foreseen + shift[group])
        known = summed(group, p * (1.0 - p), count) + pressure
        push = summed(group, outcome - p, count) - pressure * shift
        shift = shift + np.clip(push / known, -2.0, 2.0)
    return shift, 1.0 / np.sqrt(known)
