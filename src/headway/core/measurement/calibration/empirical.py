"""Empirical-Bayes item priors: how items scatter is estimated from the items themselves.

log a and the difficulties b_k are normal over items. Means and variances are those that make the data most likely, with
each item's likelihood taken as normal around its estimate (Laplace). So an item's own uncertainty counts: estimates
scatter more than the items do when data are sparse, and less once they are shrunk, and neither is taken for the truth.
"""

from __future__ import annotations

import numpy as np

from headway.core.measurement.calibration.curves import Shape
from headway.core.measurement.calibration.maximisation import ItemPriors
from headway.core.measurement.items import Floats

TIGHTEST = 0.02
"""The smallest standard deviation of a prior, in logits: below it items are as good as equal."""
SWEEPS = 200


def item_priors(shape: Shape, omega: Floats, information: Floats, priors: ItemPriors) -> ItemPriors:
    """Return the priors that fit the items best, given where the search with ``priors`` stands.

    ``information`` [J, width, width] is each item's observed information by (a, b_k, c) without the prior's. Items that
    are fixed take part: they are draws from the same pool.
    """
    size = 1 + shape.top
    used = shape.used[:, :size].copy()
    if shape.slope != "free":
        used[:, 0] = False
    a = np.maximum(omega[:, 0], 0.05)
    here = np.where(used, np.concatenate([np.log(a)[:, None], -omega[:, 1:size] / a[:, None]], axis=1), 0.0)
    scale = np.concatenate([a[:, None], np.ones((len(a), size - 1))], axis=1)
    precision = _not_negative(information[:, :size, :size] * scale[:, :, None] * scale[:, None, :], used)
    kinds = np.minimum(np.arange(size), 1)
    mean = np.array([priors.slope_mean, priors.place_mean])
    sd = np.array([priors.slope_sd, priors.place_sd])
    # at the mode the likelihood pulls as hard as the prior, the other way
    pull = np.where(used & np.isfinite(sd)[kinds], (here - mean[kinds]) / sd[kinds] ** 2, 0.0)
    target = (precision @ here[:, :, None])[:, :, 0] + pull
    mean, sd = _hyper(precision, target, used, kinds, np.where(np.isfinite(sd), mean, [0.0, 0.0]), sd)
    if shape.slope != "free":
        mean[0], sd[0] = 0.0, np.inf
    return ItemPriors(
        float(mean[0]), float(sd[0]), float(mean[1]), float(sd[1]), priors.guess_right, priors.guess_wrong
    )


def _hyper(
    precision: Floats, target: Floats, used: np.ndarray, kinds: np.ndarray, mean: Floats, sd: Floats
) -> tuple[Floats, Floats]:
    """EM over the items' true places, all normal: returns the mean and sd of slopes and of places."""
    variance = np.where(np.isfinite(sd), sd, [0.5, 1.5]) ** 2
    eye = np.eye(len(kinds))
    for _ in range(SWEEPS):
        weight = np.where(used, 1.0 / variance[kinds], 1.0)
        covariance = np.linalg.inv(precision + weight[:, :, None] * eye)
        centre = (covariance @ (target + np.where(used, weight * mean[kinds], 0.0))[:, :, None])[:, :, 0]
        spread = np.diagonal(covariance, axis1=1, axis2=2)
        before = variance.copy()
        for kind in (0, 1):
            at = used & (kinds == kind)
            if at.any():
                mean[kind] = centre[at].mean()
                variance[kind] = max(((centre[at] - mean[kind]) ** 2 + spread[at]).mean(), TIGHTEST**2)
        if np.all(np.abs(variance - before) < 1e-4 * before):
            break
    return mean, np.sqrt(variance)


def _not_negative(matrix: Floats, used: np.ndarray) -> Floats:
    """Zero what is not used, and what a likelihood that is not yet at its top lends in negative curvature."""
    matrix = np.where(used[:, :, None] & used[:, None, :], matrix, 0.0)
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.maximum(values, 0.0)[:, None, :]) @ vectors.transpose(0, 2, 1), dtype=np.float64)
