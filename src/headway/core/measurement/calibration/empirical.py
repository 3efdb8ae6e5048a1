"""Empirical-Bayes item priors: how items scatter is estimated from the items themselves.

log a and the difficulties b_k are normal over items. Means and variances are those that make the data most likely, with
each item's likelihood taken as normal around its estimate (Laplace). So an item's own uncertainty counts: estimates
scatter more than the items do when data are sparse, and less once they are shrunk, and neither is taken for the truth.
"""

from __future__ import annotations

import numpy as np

from headway.core.measurement.calibration.curves import Shape
from headway.core.measurement.calibration.maximisation import ItemPriors
from headway.core.measurement.items import Floats, Rows

TIGHTEST = 0.02
"""The smallest standard deviation of a prior, in logits: below it items are as good as equal."""
SWEEPS = 200
LEAST_TOLD = 0.5
"""Information on the logarithm of a variance before any item: within a factor of four either way."""
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(5)
_SHARES = _WEIGHTS / _WEIGHTS.sum()


def item_priors(shape: Shape, omega: Floats, information: Floats, priors: ItemPriors) -> ItemPriors:
    """Return the priors that fit the items best, given where the search with ``priors`` stands.

    ``information`` [J, width, width] is each item's observed information by (a, b_k, c) without the prior's. Items that
    are fixed take part: they are draws from the same pool.
    """
    kinds, used, precision, target, mean, sd = _pooled(shape, omega, information, priors)
    mean, sd = _hyper(precision, target, used, kinds, np.where(np.isfinite(sd), mean, [0.0, 0.0]), sd)
    if shape.slope != "free":
        mean[0], sd[0] = 0.0, np.inf
    return ItemPriors(
        float(mean[0]), float(sd[0]), float(mean[1]), float(sd[1]), priors.guess_right, priors.guess_wrong
    )


def doubt_of(shape: Shape, omega: Floats, information: Floats, priors: ItemPriors) -> Floats:
    """Return float64 [J, width]: what not knowing the priors' sds adds to the variances of a and b_k; 0 elsewhere.

    Each item's posterior is taken over five values of either variance, which is lognormal around its estimate with the
    curvature of the likelihood there (Kass and Steffey, "Approximate Bayesian inference in conditionally independent
    hierarchical models", JASA 84, 1989, with the sum in place of the first derivative).
    """
    kinds, used, precision, target, mean, sd = _pooled(shape, omega, information, priors)
    here, spread = _posterior(precision, target, used, mean[kinds], sd[kinds])
    out = np.zeros(omega.shape)
    size = len(kinds)
    for kind in (0, 1) if shape.slope == "free" else (1,):
        at = used & (kinds == kind)
        told = 0.5 * float(((1.0 - spread[at] / sd[kind] ** 2) ** 2).sum())
        first, second = np.zeros_like(here), np.zeros_like(here)
        for x, share in zip(_NODES, _SHARES, strict=True):
            other = sd.copy()
            other[kind] = sd[kind] * np.exp(0.5 * x / np.sqrt(told + LEAST_TOLD))
            centre, left = _posterior(precision, target, used, mean[kinds], other[kinds])
            first += share * centre
            second += share * (left + centre**2)
        out[:, :size] += np.where(used, np.maximum(second - first**2 - spread, 0.0), 0.0)
    out[:, 0] *= omega[:, 0] ** 2  # from log a to a
    return out


def _pooled(
    shape: Shape, omega: Floats, information: Floats, priors: ItemPriors
) -> tuple[Rows, np.ndarray, Floats, Floats, Floats, Floats]:
    """What items say in (log a, b_1, ...): kinds of columns (0 a slope, 1 a place), those that are used, the likelihood's
    precisions and its pull, and the priors' means and sds by kind."""
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
    return kinds, used, precision, target, mean, sd


def _posterior(precision: Floats, target: Floats, used: np.ndarray, mean: Floats, sd: Floats) -> tuple[Floats, Floats]:
    """Means and variances of the items under normal priors (``mean`` and ``sd`` by column)."""
    weight = np.where(used, 1.0 / sd**2, 1.0)
    covariance = np.linalg.inv(precision + weight[:, :, None] * np.eye(len(mean)))
    centre = (covariance @ (target + np.where(used, weight * mean, 0.0))[:, :, None])[:, :, 0]
    return centre, np.diagonal(covariance, axis1=1, axis2=2)


def _hyper(
    precision: Floats, target: Floats, used: np.ndarray, kinds: np.ndarray, mean: Floats, sd: Floats
) -> tuple[Floats, Floats]:
    """Most likely mean and sd of slopes and of places, all normal. A variance is the sum of squares over the number of
    items that the data determine (MacKay 1992), less one: a gamma prior that keeps it from 0, where few items say little
    (Chung, Rabe-Hesketh and others, Psychometrika 78, 2013)."""
    variance = np.where(np.isfinite(sd), sd, [0.5, 1.5]) ** 2
    for _ in range(SWEEPS):
        centre, spread = _posterior(precision, target, used, mean[kinds], np.sqrt(variance)[kinds])
        before = variance.copy()
        for kind in (0, 1):
            at = used & (kinds == kind)
            if at.any():
                mean[kind] = centre[at].mean()
                told = float((1.0 - spread[at] / variance[kind]).sum())
                told = max(told - 1.0, 0.2 * told, 1e-3)
                squares = float(((centre[at] - mean[kind]) ** 2).sum())
                variance[kind] = np.clip(squares / told, max(0.1 * variance[kind], TIGHTEST**2), 10.0 * variance[kind])
        if np.all(np.abs(variance - before) < 1e-4 * before):
            break
    return mean, np.sqrt(variance)


def _not_negative(matrix: Floats, used: np.ndarray) -> Floats:
    """Zero what is not used, and what a likelihood that is not yet at its top lends in negative curvature."""
    matrix = np.where(used[:, :, None] & used[:, None, :], matrix, 0.0)
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.maximum(values, 0.0)[:, None, :]) @ vectors.transpose(0, 2, 1), dtype=np.float64)
