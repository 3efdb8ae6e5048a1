"""The M-step: every item's curve is moved towards the expected counts, all items at once.

One Newton step with the expected curvature (Fisher scoring) an item. Item priors are normal in log a and in each
difficulty b_k, and beta in the guessing chance c.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from headway.core.measurement.calibration.curves import Shape, curves, log_logistic
from headway.core.measurement.calibration.expectation import Expected
from headway.core.measurement.items import GRADED, THREE, Floats

SMALLEST_SLOPE = 0.02
"""A slope that must be positive stays above this."""


@dataclass(frozen=True, slots=True)
class ItemPriors:
    """log a ~ N(``slope_mean``, ``slope_sd``^2), every b_k ~ N(``place_mean``, ``place_sd``^2) in logits, and
    c ~ Beta(``guess_right`` , ``guess_wrong``). An infinite sd is no prior; Beta(1, 1) is none."""

    slope_mean: float = 0.0
    slope_sd: float = np.inf
    place_mean: float = 0.0
    place_sd: float = np.inf
    guess_right: float = 5.0
    guess_wrong: float = 17.0


NO_PRIORS = ItemPriors()
"""Maximum likelihood, but for the guessing chance: its Beta(5, 17) has its mode at 0.20, a guess among five."""


def recentred(shape: Shape, omega: Floats, priors: ItemPriors) -> ItemPriors:
    """Return the priors with the means that make their pulls on all items cancel along shift and stretch of the scale.

    The priors are estimated from the same items, so they know nothing of the scale. At the mode each b_k is pulled
    inwards, and the sum of these pulls would shrink the scale the more the more items there are; a lower mean of log a
    is the counterweight.
    """
    if not (np.isfinite(priors.place_sd) and np.isfinite(priors.slope_sd)) or shape.slope != "free":
        return priors
    a, used = np.maximum(omega[:, 0], SMALLEST_SLOPE), shape.used[:, 1 : 1 + shape.top]
    place = np.where(used, -omega[:, 1 : 1 + shape.top] / a[:, None], 0.0)
    mean = float(place.sum() / used.sum())
    pull = float((place * (place - mean) * used).sum()) / priors.place_sd**2 / len(a)
    centre = float(np.log(a).mean()) - priors.slope_sd**2 * pull
    return replace(priors, slope_mean=centre, place_mean=mean)


def log_prior(shape: Shape, omega: Floats, priors: ItemPriors) -> float:
    """Return the log density of the items that are estimated, without constants."""
    free = ~shape.fixed
    a, total = omega[free, 0], 0.0
    if np.isfinite(priors.slope_sd) and shape.slope == "free":
        total -= 0.5 * float((((np.log(np.maximum(a, 1e-300)) - priors.slope_mean) / priors.slope_sd) ** 2).sum())
    if np.isfinite(priors.place_sd):
        place = -omega[free, 1 : 1 + shape.top] / a[:, None]
        used = shape.used[free, 1 : 1 + shape.top]
        total -= 0.5 * float((((place - priors.place_mean) / priors.place_sd) ** 2)[used].sum())
    logit = omega[free & (shape.kind == THREE), -1]
    right, wrong = priors.guess_right - 1.0, priors.guess_wrong - 1.0
    return total + float((right * log_logistic(logit) + wrong * log_logistic(-logit)).sum())


def prior_slopes(shape: Shape, omega: Floats, priors: ItemPriors) -> tuple[Floats, Floats]:
    """Return the prior's gradient [J, width] and its curvature [J, width, width] (Gauss-Newton, not negative)."""
    gradient = np.zeros(omega.shape)
    curvature = np.zeros((*omega.shape, omega.shape[1]))
    a = omega[:, 0]
    if np.isfinite(priors.slope_sd) and shape.slope == "free":
        gradient[:, 0] -= (np.log(np.maximum(a, 1e-300)) - priors.slope_mean) / (priors.slope_sd**2 * a)
        curvature[:, 0, 0] += 1.0 / (priors.slope_sd * a) ** 2
    if np.isfinite(priors.place_sd):
        weight = 1.0 / priors.place_sd**2
        for k in range(1, 1 + shape.top):
            has = shape.used[:, k]
            place = -omega[:, k] / a
            by_a, by_d = np.where(has, -place / a, 0.0), np.where(has, -1.0 / a, 0.0)
            pull = -(place - priors.place_mean) * weight
            gradient[:, 0] += pull * by_a
            gradient[:, k] += pull * by_d
            curvature[:, 0, 0] += weight * by_a**2
            curvature[:, k, k] += weight * by_d**2
            curvature[:, 0, k] += weight * by_a * by_d
            curvature[:, k, 0] += weight * by_a * by_d
    rows = np.flatnonzero(shape.kind == THREE)
    if len(rows):
        c = np.exp(log_logistic(omega[rows, -1]))
        strength = priors.guess_right + priors.guess_wrong - 2.0
        gradient[rows, -1] += priors.guess_right - 1.0 - strength * c
        curvature[rows, -1, -1] += strength * c * (1.0 - c)
    return gradient, curvature


def likelihood_slopes(
    shape: Shape, log: Floats, slopes: Floats, expected: Expected, nodes: Floats, right: Floats
) -> tuple[Floats, Floats]:
    """Return gradient [J, width] and expected curvature [J, width, width] of the expected complete-data likelihood;
    ``right`` [J] counts right answers (linear shapes)."""
    met = expected.met
    gradient = np.einsum("jq,jmq->jm", np.broadcast_to(met, (len(log), len(nodes))), slopes[:, 0])
    if expected.scored is None:
        gradient[:, 0] += expected.moment
        gradient[:, 1] += right
    else:
        for k, table in enumerate(expected.scored, start=1):
            gradient += np.einsum("jq,jmq->jm", table, slopes[:, k] - slopes[:, 0])
    curvature = np.zeros((*gradient.shape, gradient.shape[1]))
    for k in range(slopes.shape[1]):
        weighted = slopes[:, k] * (met * np.exp(log[:, k]))[:, None, :]
        curvature += weighted @ slopes[:, k].transpose(0, 2, 1)
    return gradient, curvature


def item_steps(shape: Shape, gradient: Floats, curvature: Floats) -> Floats:
    """Return the Newton steps [J, width]; slopes move together or not at all where the shape says so."""
    size, width = gradient.shape
    moves = shape.used & ~shape.fixed[:, None]
    if shape.slope == "one":
        moves = moves & (np.arange(width) > 0)
    gradient = np.where(moves, gradient, 0.0)
    held = ~moves
    curvature = np.where(held[:, :, None] | held[:, None, :], 0.0, curvature)
    curvature = curvature + np.eye(width) * np.where(held, 1.0, 1e-9)[:, None, :]
    if shape.slope != "common":
        return np.asarray(np.linalg.solve(curvature, gradient[:, :, None])[:, :, 0], dtype=np.float64)
    free = ~shape.fixed
    inner, cross = curvature[:, 1:, 1:], curvature[:, 1:, :1]
    both = np.linalg.solve(inner, np.concatenate([gradient[:, 1:, None], cross], axis=2))
    alone = curvature[:, 0, 0] - (cross[:, :, 0] * both[:, :, 1]).sum(axis=1)
    pull = gradient[:, 0] - (cross[:, :, 0] * both[:, :, 0]).sum(axis=1)
    slope = pull[free].sum() / alone[free].sum() if free.any() else 0.0
    steps = np.zeros((size, width))
    steps[:, 0] = np.where(free, slope, 0.0)
    steps[:, 1:] = np.where(free[:, None], both[:, :, 0] - both[:, :, 1] * slope, 0.0)
    return steps


def shortened(shape: Shape, omega: Floats, steps: Floats, priors: ItemPriors) -> Floats:
    """Shorten the steps that go too far: more than 3 units, thresholds of ``grm`` out of order, or halfway to 0 for a
    slope that must stay above it (it has a lognormal prior, or ordered thresholds)."""
    scale = np.minimum(1.0, 3.0 / np.maximum(np.abs(steps).max(axis=1), 1e-12))
    positive = (shape.kind == GRADED) | np.isfinite(priors.slope_sd)
    with np.errstate(divide="ignore", invalid="ignore"):
        most = np.where(positive & (steps[:, 0] < 0), 0.5 * (omega[:, 0] - SMALLEST_SLOPE) / -steps[:, 0], 1.0)
    scale = np.minimum(scale, np.maximum(most, 0.0))
    if (shape.kind == GRADED).any() and shape.top > 1:
        gap = omega[:, 1 : shape.top] - omega[:, 2 : shape.top + 1]
        closing = steps[:, 2 : shape.top + 1] - steps[:, 1 : shape.top]
        inside = shape.used[:, 2 : shape.top + 1] & (shape.kind == GRADED)[:, None] & (closing > 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            most = np.where(inside, 0.7 * gap / closing, 1.0).min(axis=1)
        scale = np.minimum(scale, most)
    return np.asarray(steps * scale[:, None], dtype=np.float64)


def move_items(
    shape: Shape, omega: Floats, expected: Expected, nodes: Floats, right: Floats, priors: ItemPriors,
    ready: tuple[Floats, Floats],
) -> tuple[Floats, float]:  # fmt: skip
    """Return the items after two steps, and the first step's gain (gradient times step, in log likelihood);
    ``ready`` are the curves at ``omega``."""
    gain = 0.0
    for turn in range(2):
        log, slopes = ready if turn == 0 else curves(shape, omega, nodes)
        gradient, curvature = likelihood_slopes(shape, log, slopes, expected, nodes, right)
        more, weight = prior_slopes(shape, omega, priors)
        steps = shortened(shape, omega, item_steps(shape, gradient + more, curvature + weight), priors)
        if turn == 0:
            gain = float(((gradient + more) * steps).sum())
        omega = omega + steps
    return omega, gain
