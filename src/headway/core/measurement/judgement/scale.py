"""The scale of a session: scores in logits with standard errors, and how far to trust them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from headway.core.measurement.judgement.comparisons import Comparisons, Floats, Longs, islands
from headway.core.measurement.judgement.judges import JudgeFit, fit_judges
from headway.core.measurement.judgement.pairs import Pairs, factor, pairs_of, solve, wins
from headway.core.measurement.judgement.posterior import Posterior, Prior, posterior_of

ADJUSTMENT = 0.3
"""Part of a win that the published separation gives to a script that lost all its comparisons (Warm-like)."""

FARTHEST = 60.0
"""Scores further apart than this many logits run away: there is no maximum."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A score that a script brings from an earlier session, in logits, with its standard error there (> 0)."""

    score: float
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """Scores of all scripts of a session.

    ``score`` and ``error`` [scripts]: posterior mean and standard deviation in logits; without anchors the scale is
    centred on 0. ``counts``: comparisons of each script. ``spread``: estimated standard deviation of the scripts.

    ``reliability`` (0 to 1) is the expected squared correlation of the scores with the true ones, at the most likely
    spread. ``signal`` says how far the decisions speak against tosses of a coin: 0 not at all (then the reliability is
    reported as 0), 1 clearly. Both hold under adaptive pairing. ``separation`` is the scale
    separation reliability as it is published; choosing pairs by earlier results inflates it.
    """

    comparisons: Comparisons
    pairs: Pairs
    posterior: Posterior
    score: Floats
    error: Floats
    counts: Longs
    spread: float
    reliability: float
    signal: float
    separation: float
    judges: JudgeFit

    @property
    def scripts(self) -> tuple[str, ...]:
        """Names of the scripts, in the order of ``score``."""
        return self.comparisons.scripts


def fit_scale(comparisons: Comparisons, anchors: Mapping[str, Anchor] | None = None, *, begun: bool = False) -> Scale:
    """Fit the Bradley-Terry model with a normal prior whose spread is estimated (empirical Bayes).

    ``anchors``: scripts with known scores; the others then lie on the scale of the anchors. Anchors that are not in
    this session are passed over. ``begun``: the session goes on, so groups that are not yet connected are no error;
    they are compared by the prior alone, and ``separation`` is nan. Raises ValueError for an anchor without a positive
    error, and if some scripts are connected with the others neither by comparisons nor by anchors.
    """
    prior = _prior(comparisons, anchors or {})
    whole = _is_whole(comparisons, prior, refuse=not begun)
    pairs = pairs_of(comparisons)
    posterior = posterior_of(pairs, prior)
    score = posterior.score if prior.anchored.any() else posterior.score - posterior.score.mean()
    left = posterior.covariance.diagonal().astype(np.float64)
    free, vary = ~prior.anchored, posterior.variance
    if free.all():  # where a scale without anchors lies is nobody's question: leave it out of the errors
        left, vary = np.maximum(left - vary / len(left), 1e-12), vary * (1.0 - 1.0 / len(left))
    known = float(1.0 - left[free].mean() / vary) if free.any() else 1.0
    signal = posterior.signal() if free.any() else 1.0
    return Scale(
        comparisons,
        pairs,
        posterior,
        score,
        np.sqrt(left),
        comparisons.per_script(),
        float(np.sqrt(posterior.variance)),
        float(np.clip(known, 0.0, 1.0)) * signal,
        signal,
        published_separation(pairs, posterior.score) if whole else float("nan"),
        fit_judges(comparisons, score),
    )


def _prior(comparisons: Comparisons, anchors: Mapping[str, Anchor]) -> Prior:
    n = len(comparisons.scripts)
    anchored, score, variance = np.zeros(n, np.bool_), np.zeros(n), np.ones(n)
    for k, name in enumerate(comparisons.scripts):
        anchor = anchors.get(name)
        if anchor is None:
            continue
        if not (anchor.error > 0.0 and np.isfinite(anchor.score)):
            raise ValueError(
                f"anchor {name!r} has score {anchor.score} and error {anchor.error}; the error must be positive"
            )
        anchored[k], score[k], variance[k] = True, anchor.score, anchor.error**2
    return Prior(anchored, score, variance)


def _is_whole(comparisons: Comparisons, prior: Prior, *, refuse: bool) -> bool:
    groups = islands(comparisons)
    linked = {name for name, held in zip(comparisons.scripts, prior.anchored, strict=True) if held}
    loose = [group for group in groups if not linked.intersection(group)]
    if len(groups) > 1 and loose and refuse:
        sizes = ", ".join(str(len(group)) for group in groups[:6])
        raise ValueError(
            f"the comparisons fall into {len(groups)} groups of scripts ({sizes}) that were never compared with each "
            f"other (one of them holds {loose[-1][0]!r}). Add comparisons between them, or fit each group by itself"
        )
    return len(groups) == 1


def published_separation(pairs: Pairs, start: Floats | None = None) -> float:
    """Scale separation reliability as in the literature: 1 - mean squared error / variance of the estimates.

    Maximum likelihood on scores that are pulled by ``ADJUSTMENT`` of a win from both ends, errors from each script's
    own information, variance with n - 1 (sirt's ``btm``; Kinnear, Jones and Davies 2025). Adaptive pairing inflates
    it: coin tosses reach 0.9. nan for fewer than two scripts,
    and where the pulled scores have no maximum (loosely connected groups).
    """
    n = pairs.scripts
    if n < 2:
        return float("nan")
    total = pairs.sums(pairs.times)
    won = 0.5 * (total + pairs.onto_scripts(pairs.first_won - pairs.second_won))
    target = ADJUSTMENT + (total - 2.0 * ADJUSTMENT) / total * won
    score = np.zeros(n) if start is None else start.copy()
    lower, move, before = None, np.zeros(n), np.inf
    for _ in range(500):
        first = wins(pairs.apart(score))
        pull = target - 0.5 * (total + pairs.onto_scripts(2.0 * pairs.times * first - pairs.times))
        pull -= pull.mean()
        weight = pairs.times * first * (1.0 - first)
        if lower is None or float(np.abs(move).max()) > 0.3 * before:
            lower = factor(pairs.precision(weight, np.full(n, 1e-4)))
        before = float(np.abs(move).max()) if move.any() else np.inf
        move = solve(lower, pull)
        move -= move.mean()
        score += move * min(1.0, 2.0 / max(float(np.abs(move).max()), 1e-12))
        if float(np.abs(move).max()) < 1e-4:
            break
        if float(np.ptp(score)) > FARTHEST:
            return float("nan")
    first = wins(pairs.apart(score))
    information = pairs.sums(pairs.times * first * (1.0 - first))
    return float(1.0 - (1.0 / information).mean() / score.var(ddof=1))
