"""Checks on a scale that do not trust its own model: halves of the judges, and random audit pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.measurement.judgement.comparisons import Comparisons, Flags, islands
from headway.core.measurement.judgement.pairs import pairs_of, wins
from headway.core.measurement.judgement.posterior import Prior, posterior_of
from headway.core.measurement.judgement.scale import Scale


@dataclass(frozen=True, slots=True)
class SplitHalf:
    """``correlation``: median over splits between the scores of two halves of the judges; ``reliability``: stepped up
    to all judges (Spearman-Brown). ``by``: "judges", or "decisions" where there is one judge only."""

    correlation: float
    reliability: float
    splits: int
    by: str


def split_half(comparisons: Comparisons, *, seed: int = 0, splits: int = 20) -> SplitHalf | None:
    """Fit both halves of the judges by themselves and correlate the scores, ``splits`` times.

    None when fewer than three scripts were judged or no split leaves every script in both halves. Honest for random
    pairs; under adaptive pairing it understates, because a half holds few of the comparisons that bridge distances.
    """
    if len(comparisons.scripts) < 3:
        return None
    rng, found = np.random.default_rng(seed), []
    alone = len(comparisons.judges) < 2
    for _ in range(splits):
        rows = _half(comparisons, rng, alone)
        halves = [comparisons.subset(rows), comparisons.subset(~rows)]
        if any(not len(half) or (half.per_script() == 0).any() for half in halves):
            continue
        first, second = (_scores(half) for half in halves)
        if first.std() > 0 and second.std() > 0:
            found.append(float(np.corrcoef(first, second)[0, 1]))
    if not found:
        return None
    r = float(np.median(found))
    return SplitHalf(
        r, max(2.0 * r / (1.0 + r), 0.0) if r > -1.0 else 0.0, len(found), "decisions" if alone else "judges"
    )


def _half(comparisons: Comparisons, rng: np.random.Generator, alone: bool) -> Flags:
    if alone:
        return rng.random(len(comparisons)) < 0.5
    chosen = rng.permutation(len(comparisons.judges)) < len(comparisons.judges) / 2
    return chosen[comparisons.judge]


def _scores(half: Comparisons) -> np.typing.NDArray[np.float64]:
    n = len(half.scripts)
    return posterior_of(pairs_of(half), Prior(np.zeros(n, np.bool_), np.zeros(n), np.ones(n))).score


@dataclass(frozen=True, slots=True)
class Audit:
    """How well the other decisions foretell those on randomly drawn pairs.

    ``agreement``: share of audit decisions for the script that the others put first; ``expected``: what the scale
    promises; ``bits``: information that the scale gives about an audit decision, at most 1; 0 or less for a coin.
    """

    decisions: int
    agreement: float
    expected: float
    bits: float


def audit(comparisons: Comparisons) -> Audit | None:
    """Predict the audit decisions from the others. None without audit pairs, or when the rest is not one whole."""
    if comparisons.audit is None or not comparisons.audit.any() or comparisons.audit.all():
        return None
    rest, drawn = comparisons.subset(~comparisons.audit), comparisons.subset(comparisons.audit)
    if len(islands(rest)) > 1:
        return None
    score = _scores(rest)
    ahead = score[drawn.winner] - score[drawn.loser]
    p = np.clip(wins(ahead), 1e-6, 1.0)
    sure = np.maximum(p, 1.0 - p)
    agree = (ahead > 0).mean() + 0.5 * (ahead == 0).mean()
    return Audit(len(drawn), float(agree), float(sure.mean()), float(1.0 + np.log2(p).mean()))


@dataclass(frozen=True, slots=True)
class Finish:
    """Whether a session may end. ``more``: decisions still needed for the target at the present rate, 0 when it is
    reached, None when it is too early to tell."""

    ready: bool
    reliability: float
    target: float
    more: int | None


def finish(scale: Scale, *, target: float = 0.80, least: int = 6) -> Finish:
    """Say whether the scale is precise enough, and else how many decisions are likely to be missing.

    ``least``: comparisons that every script must have. The odds r / (1 - r) of the reliability grow in proportion to
    the decisions, because each adds about the same information. Default target: Kinnear, Jones and Davies (2025).
    """
    if not 0.0 < target < 1.0:
        raise ValueError(f"a target reliability lies between 0 and 1; {target} does not")
    short = int(np.maximum(least - scale.counts, 0).sum() + 1) // 2
    r = scale.reliability
    if r >= target:
        return Finish(short == 0, r, target, short)
    if scale.signal < 1.0 or r < 0.05:
        return Finish(False, r, target, None)
    factor = (target / (1.0 - target)) / (r / (1.0 - r))
    return Finish(False, r, target, max(int(np.ceil(len(scale.comparisons) * (factor - 1.0))), short, 1))
