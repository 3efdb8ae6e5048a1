"""What the comparisons say about all scripts together: a normal posterior, and the spread of the scripts itself.

Scores have the prior N(centre, spread) and anchors their own N(score, error^2). Where scripts were compared often the
posterior is normal and Newton's method with its curvature is enough (Laplace). With ten or twenty comparisons a script
that understates the spread, so each pair's contribution is replaced by the normal with the same moments (expectation
propagation: Minka 2001; for binary data Kuss and Rasmussen 2005), which also gives the marginal likelihood.

The marginal likelihood stays valid however the pairs were chosen, as long as the choice looked only at earlier
decisions. That is what makes the reliability honest under adaptive pairing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from headway.core.measurement.judgement.comparisons import Flags, Floats
from headway.core.measurement.judgement.pairs import (
    Pairs,
    factor,
    inverse,
    log_determinant,
    solve,
    spread,
    wins,
)

OFTEN = 100.0
"""From this many comparisons a script Newton's curvature is used as it is."""

LOW, HIGH = 1e-3, 50.0
"""Bounds of the variance of the scripts, in squared logits."""

SPEAKS, SURE = 1.5, 2.0
"""Log likelihood ratio against a coin: nothing speaks for a scale up to the first, and it counts in full from the
second. Coins pass the first in about one session of twenty-five (half a chi-square with one degree of freedom)."""

_X, _W = np.polynomial.hermite_e.hermegauss(11)
_LOG_W = np.log(_W / _W.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """``anchored`` [scripts]; ``score`` and ``variance`` of the anchors (ignored elsewhere)."""

    anchored: Flags
    score: Floats
    variance: Floats

    def precision(self, spread: float) -> Floats:
        """Precision of each script's prior when the others vary by ``spread``."""
        return 1.0 / np.where(self.anchored, self.variance, spread)

    def mean(self, centre: float) -> Floats:
        """Mean of each script's prior."""
        return np.where(self.anchored, self.score, centre)


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """``score`` and ``covariance`` of all scripts; the ``centre`` and ``variance`` that the free scripts vary by;
    ``evidence``: log of how many times likelier the decisions are on this scale than by tosses of a coin;
    ``curvature``: information on the logarithm of the variance; ``method``; ``steps``."""

    score: Floats
    covariance: NDArray[np.floating]
    centre: float
    variance: float
    evidence: float
    curvature: float
    method: str
    steps: int

    def signal(self) -> float:
        """How far the decisions speak for a scale, from 0 to 1: see ``SPEAKS`` and ``SURE``."""
        return (
            float(np.clip((self.evidence - SPEAKS) / (SURE - SPEAKS), 0.0, 1.0)) if self.variance > 2.0 * LOW else 0.0
        )


def posterior_of(pairs: Pairs, prior: Prior) -> Posterior:
    """Fit scores, centre and variance together."""
    often = pairs.times.sum() * 2.0 / pairs.scripts >= OFTEN
    return _by_curvature(pairs, prior) if often else _by_moments(pairs, prior)


def _start(pairs: Pairs, prior: Prior) -> Floats:
    """Scores from the shares of wins, which are a few Newton steps from the answer."""
    won = pairs.sums(pairs.times) * 0.5 + 0.5 * pairs.onto_scripts(pairs.first_won - pairs.second_won)
    share = (won + 0.5) / (pairs.sums(pairs.times) + 1.0)
    return np.where(prior.anchored, prior.score, 1.25 * np.log(share / (1.0 - share)))


def _by_curvature(pairs: Pairs, prior: Prior) -> Posterior:
    free = ~prior.anchored
    score = _start(pairs, prior)
    centre = float(score[free].mean()) if prior.anchored.any() and free.any() else 0.0
    variance = float(np.clip(score[free].var() if free.any() else 1.0, 0.05, HIGH))
    steps, step = 0, 1.0
    while True:
        steps += 1
        first = wins(pairs.apart(score))
        weight = pairs.times * first * (1.0 - first)
        own = prior.precision(variance)
        pull = pairs.onto_scripts(pairs.first_won - pairs.times * first) - own * (score - prior.mean(centre))
        matrix = pairs.precision(weight, own)
        near = _diagonal_of_inverse(matrix)
        lower = factor(matrix)
        move = solve(lower, pull)
        score = score + np.clip(move, -2.0, 2.0)
        done = float(np.abs(move).max()) < 1e-3 and abs(step) * float(near.mean()) < 1e-3 * variance
        if done or steps >= 40:
            break
        if prior.anchored.any() and free.any():
            centre = float(score[free].mean())
        gain = 1.0 - near[free] / variance
        step = (
            _variance_step(score[free] - centre, near[free], variance, float((gain * gain).sum()))
            if free.any()
            else 0.0
        )
        variance = float(np.clip(variance * np.exp(np.clip(step, -1.0, 1.0)), LOW, HIGH))
    evidence = _evidence(pairs, prior, score, centre, variance, log_determinant(lower))
    covariance = inverse(lower)
    gain = 1.0 - covariance.diagonal()[free].astype(np.float64) / variance
    return Posterior(score, covariance, centre, variance, evidence, 0.5 * float((gain**2).sum()), "laplace", steps)


def _diagonal_of_inverse(matrix: NDArray[np.floating]) -> Floats:
    """Variances with each script's neighbours free but not theirs: within 1 % where a script has many neighbours."""
    own = matrix.diagonal().astype(np.float64)
    squares = (matrix * matrix) @ (1.0 / own).astype(matrix.dtype)
    return 1.0 / np.maximum(own - (squares.astype(np.float64) - own), 0.5 * own)


def _variance_step(off: Floats, left: Floats, variance: float, information: float) -> float:
    """Fisher scoring step for the logarithm of the variance."""
    slope = float((off * off).sum() + left.sum()) / variance - len(off)
    return slope / max(information, 1e-9)


def _evidence(pairs: Pairs, prior: Prior, score: Floats, centre: float, variance: float, log_det: float) -> float:
    """Log marginal likelihood by Laplace's method, minus that of a coin."""
    away = pairs.apart(score)
    fit = -float((pairs.first_won * np.logaddexp(0.0, -away) + pairs.second_won * np.logaddexp(0.0, away)).sum())
    own = prior.precision(variance)
    off = score - prior.mean(centre)
    return (
        fit + 0.5 * float(np.log(own).sum() - (own * off * off).sum() - log_det) + float(pairs.times.sum()) * log(2.0)
    )


@dataclass(slots=True, eq=False)
class _Sites:
    """The normal stand-ins of the pairs' contributions: exp(-weight d^2 / 2 + pull d)."""

    weight: Floats
    pull: Floats
    evidence: float = 0.0

    def update(self, pairs: Pairs, score: Floats, covariance: NDArray[np.floating]) -> None:
        """Give each stand-in the moments that its pair has in the light of all the others."""
        mean, var = pairs.apart(score), spread(covariance, pairs)
        rest = np.maximum(1.0 / var - self.weight, 1e-6 / var)
        rest_mean = (mean / var - self.pull) / rest
        x = mean[:, None] + np.sqrt(var)[:, None] * _X
        half = np.logaddexp(0.0, -x)
        mass = -pairs.first_won[:, None] * half - pairs.second_won[:, None] * (half + x)
        mass += 0.5 * (_X * _X - (x - rest_mean[:, None]) ** 2 * rest[:, None]) + _LOG_W
        top = mass.max(axis=1)
        mass = np.exp(mass - top[:, None])
        total = mass.sum(axis=1)
        tilted = (mass * x).sum(axis=1) / total
        width = np.maximum((mass * (x - tilted[:, None]) ** 2).sum(axis=1) / total, 1e-9)
        seen = np.log(total) + top + 0.5 * np.log(var * rest)
        normal = 0.5 * np.log(var * rest) + 0.5 * (mean * mean / var - rest_mean * rest_mean * rest)
        self.evidence = float((seen - normal).sum())
        self.weight = self.weight + 0.9 * (np.maximum(1.0 / width - rest, 1e-9) - self.weight)
        self.pull = self.pull + 0.9 * (tilted / width - rest_mean * rest - self.pull)


def _by_moments(pairs: Pairs, prior: Prior) -> Posterior:
    free = ~prior.anchored
    score, variance = 0.5 * _start(pairs, prior), 1.0
    centre = float(score[free].mean()) if prior.anchored.any() and free.any() else 0.0
    first = wins(pairs.apart(score))
    weight = pairs.times * first * (1.0 - first)
    sites = _Sites(weight, pairs.first_won - pairs.times * first + weight * pairs.apart(score))
    last: tuple[float, float] | None = None
    covariance, log_det = _together(pairs, prior, sites, variance)
    steps = 0
    while True:
        steps += 1
        own, base = prior.precision(variance), prior.mean(centre)
        mean = covariance.astype(np.float64) @ (pairs.onto_scripts(sites.pull) + own * base)
        moved, score = float(np.abs(mean - score).max()), mean
        quadratic = float((score * (pairs.onto_scripts(sites.pull) + own * base)).sum() - (own * base * base).sum())
        sites.update(pairs, score, covariance)
        evidence = sites.evidence + 0.5 * (float(np.log(own).sum()) - log_det + quadratic)
        left = covariance.diagonal().astype(np.float64)[free]
        if prior.anchored.any() and free.any():
            centre = float(score[free].mean())
        slope = float(((score[free] - centre) ** 2).sum() + left.sum()) / variance - int(free.sum())
        information = _information(covariance, free, variance)
        step = _secant(last, log(variance), slope, information) if free.any() else 0.0
        last = (log(variance), slope)
        done = moved < 1e-3 and (abs(step) < 2e-3 or (variance <= LOW and step < 0) or (variance >= HIGH and step > 0))
        if done or steps >= 120:
            break
        variance = float(np.clip(variance * np.exp(step), LOW, HIGH))
        covariance, log_det = _together(pairs, prior, sites, variance)
    evidence += float(pairs.times.sum()) * log(2.0)
    return Posterior(score, covariance, centre, variance, evidence, 0.5 * information, "ep", steps)


def _together(pairs: Pairs, prior: Prior, sites: _Sites, variance: float) -> tuple[NDArray[np.floating], float]:
    lower = factor(pairs.precision(sites.weight, prior.precision(variance)))
    log_det = log_determinant(lower)
    return inverse(lower), log_det


def _information(covariance: NDArray[np.floating], free: Flags, variance: float) -> float:
    """Squared norm of (I - covariance / variance) over the free scripts."""
    inner = covariance if free.all() else covariance[np.ix_(free, free)]
    squares = float((inner.astype(np.float64) ** 2).sum()) / variance**2
    return squares - 2.0 * float(inner.diagonal().astype(np.float64).sum()) / variance + len(inner)


def _secant(last: tuple[float, float] | None, at: float, slope: float, information: float) -> float:
    """Step towards a slope of zero: by the last two slopes where they fall, else by the information."""
    step = slope / max(information, 1e-9)
    if last is not None and abs(at - last[0]) > 1e-6:
        bend = (slope - last[1]) / (at - last[0])
        if bend < 0.0:
            step = -slope / bend
    return float(np.clip(step, -1.0, 1.0))
