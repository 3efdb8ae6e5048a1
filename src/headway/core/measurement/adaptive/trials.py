"""Items on trial: given without being scored, until their answers place them on the scale of the others.

The ability of each taker is known from the scored items as a normal distribution, so an item on trial is calibrated by
itself: marginal maximum likelihood of its slope and intercept over those distributions, with weak normal priors (the
one-item case of fixed-parameter calibration: Stocking 1988; Ban et al., "A comparative study of on-line pretest item
calibration", JEM 38, 2001). The other items do not move.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.items import Floats

FEWEST = 60
"""Answers before a verdict is given."""
PRECISE = 0.30
"""Standard error of the difficulty, in logits, at which an item is placed."""
INFIT_Z = 3.0
FLATTEST = 0.3
"""An item whose slope is below this part of the others' tells too little, or has a wrong key."""
_X, _W = np.polynomial.hermite_e.hermegauss(15)
_LOG_W = np.log(_W / _W.sum())


@dataclass(frozen=True, slots=True)
class TrialItem:
    """What the answers to an item on trial say. ``a`` and ``b`` (logits) of the 2PL with standard errors; ``right`` the
    share of right answers; ``infit`` the mean square of the surprise (1 expected) with its z. ``verdict``: ``more``
    (too few answers, or the difficulty is not yet known to ``PRECISE``), ``ready`` to be scored from the next window
    on, or ``look``: it does not go with the other items, so somebody should look at its wording and its key."""

    item: str
    answers: int
    right: float
    a: float
    b: float
    se_a: float
    se_b: float
    infit: float
    infit_z: float
    verdict: str


def trial_item(pool: Pool, item: str, right: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> TrialItem:
    """Place one item on trial by its answers.

    ``right`` [N] 0 or 1; ``mean`` and ``sd`` [N] the result of each taker in logits, from scored items only. The prior
    of the slope is normal with mean and standard deviation (at least 0.3) of the scored items' slopes, that of the
    intercept N(0, 2). Raises ValueError for no answers, lists of different length, other values than 0 and 1, results
    that are not finite, and errors that are not positive.
    """
    x, centre, width = (np.asarray(part, np.float64) for part in (right, mean, sd))
    if not len(x) or not len(x) == len(centre) == len(width):
        raise ValueError(f"item {item!r}: {len(x)} answers, {len(centre)} results and {len(width)} errors do not match")
    if not (np.isin(x, (0.0, 1.0)).all() and np.isfinite(centre).all() and (width > 0.0).all()):
        raise ValueError(f"item {item!r}: answers are 0 or 1, results are finite and errors above 0")
    others = pool.bank.a[pool.trial == 0]
    usual, scatter = float(np.median(others)), max(float(others.std()), 0.3)
    nodes = centre[:, None] + width[:, None] * _X
    a, d, covariance = _marginal(x, nodes, usual, scatter)
    b = -d / a if abs(a) > 1e-6 else float(np.copysign(np.inf, -d))
    along = np.array([d / a**2, -1.0 / a]) if np.isfinite(b) else np.array([np.inf, np.inf])
    se_b = float(np.sqrt(along @ covariance @ along)) if np.isfinite(b) else float("inf")
    infit, z = _infit(x, nodes, a, d)
    verdict = "ready"
    if len(x) < FEWEST:
        verdict = "more"
    elif z > INFIT_Z or a < FLATTEST * usual:
        verdict = "look"
    elif se_b > PRECISE:
        verdict = "more"
    se_a = float(np.sqrt(covariance[0, 0]))
    return TrialItem(item, len(x), float(x.mean()), a, b, se_a, se_b, infit, z, verdict)


def _marginal(x: Floats, nodes: Floats, usual: float, scatter: float) -> tuple[float, float, Floats]:
    """Slope, intercept and their covariance, by Newton's method on the marginal likelihood (Louis 1982)."""
    part = np.array([usual, 0.0])
    prior_mean, prior = np.array([usual, 0.0]), np.array([1.0 / scatter**2, 0.25])
    design = np.stack([nodes, np.ones_like(nodes)])
    for _ in range(50):
        p = expit(part[0] * nodes + part[1])
        weight = np.exp(_LOG_W) * np.where(x[:, None] > 0.5, p, 1.0 - p)
        weight /= weight.sum(axis=1, keepdims=True)
        off = design * (x[:, None] - p)
        each = (off * weight).sum(axis=2)
        within = np.einsum("kiq,liq,iq->kl", off, off, weight) - each @ each.T
        seen = np.einsum("kiq,liq,iq->kl", design, design, weight * p * (1.0 - p))
        slope = each.sum(axis=1) - prior * (part - prior_mean)
        curvature = seen - within + np.diag(prior)
        if float(np.linalg.eigvalsh(curvature)[0]) <= 1e-6:
            curvature = seen + np.diag(prior)  # far from the top the likelihood may bend the wrong way
        move = np.clip(np.linalg.solve(curvature, slope), -1.0, 1.0)
        part = part + move
        if float(np.abs(move).max()) < 1e-8:
            break
    return float(part[0]), float(part[1]), np.linalg.inv(curvature)


def _infit(x: Floats, nodes: Floats, a: float, d: float) -> tuple[float, float]:
    """Infit mean square with its z, the chance of a right answer averaged over what is not known of each taker."""
    p = np.clip((expit(a * nodes + d) * np.exp(_LOG_W)).sum(axis=1), 1e-6, 1.0 - 1e-6)
    spread = p * (1.0 - p)
    total = float(spread.sum())
    infit = float(((x - p) ** 2).sum()) / total
    noise = max(float(np.sqrt((spread * (1.0 - 4.0 * spread)).sum())) / total, 1e-9)
    return infit, (float(np.cbrt(infit)) - 1.0) * 3.0 / noise + noise / 3.0
