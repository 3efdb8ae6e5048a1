"""Which two scripts a judge sees next."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from headway.core.measurement.judgement.comparisons import Flags, Floats, Longs
from headway.core.measurement.judgement.pairs import wins

AUDIT_SHARE = 0.4
"""Share of pairs that are drawn at random. They keep the reliability honest: only they compare what is far apart, and so
carry most of the evidence for a common scale. Two fifths hold half as much again of it as one fifth, and cost no
precision (40 texts, spread 1, 12 and 20 decisions each)."""

CHOICE = 4
"""An informative partner is drawn from this many best ones, so that two judges at once do not get the same pair."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two scripts by index, ``left`` and ``right`` as they are to be shown; ``audit``: drawn at random;
    ``probability`` of this pair (either way round) given the judge, for later analysis."""

    left: int
    right: int
    audit: bool
    probability: float


def next_pair(
    *,
    score: Floats,
    error: Floats,
    counts: Longs,
    rng: np.random.Generator,
    allowed: Flags | None = None,
    seen: AbstractSet[tuple[int, int]] = frozenset(),
    audit_share: float = AUDIT_SHARE,
) -> Pairing | None:
    """Choose the next pair for one judge.

    ``score``, ``error`` [scripts] in logits, as far as known (0 and a wide error at first); ``counts``: comparisons so
    far, those that judges have in hand included; ``allowed``: scripts that this judge may see (not their own);
    ``seen``: pairs (low, high) that this judge has decided. None when nothing is left.

    With probability ``audit_share`` both are drawn at random. Otherwise the first is one of those with the fewest
    comparisons, the second one of the ``CHOICE`` whose comparison with it says most about their difference:
    p (1 - p) times the variance of the difference.
    """
    may = np.ones(len(score), np.bool_) if allowed is None else allowed
    at_random = bool(rng.random() < audit_share)
    order = np.flatnonzero(may)
    if len(order) < 2:
        return None
    tie = rng.random(len(order))
    order = order[np.argsort(tie)] if at_random else order[np.lexsort((tie, counts[order]))]
    for first in order.tolist():
        open_to = may.copy()
        open_to[first] = False
        open_to[[b if a == first else a for a, b in seen if first in (a, b)]] = False
        partners = np.flatnonzero(open_to)
        if not len(partners):
            continue
        if at_random:
            best = partners
        else:
            p = wins(score[partners] - score[first])
            gain = p * (1.0 - p) * (error[partners] ** 2 + error[first] ** 2)
            best = partners[np.argsort(-gain, kind="stable")[:CHOICE]]
        second = int(rng.choice(best))
        left, right = (first, second) if rng.random() < 0.5 else (second, first)
        return Pairing(left, right, at_random, _probability(at_random, audit_share, len(order), len(best)))
    return None


def _probability(at_random: bool, share: float, scripts: int, best: int) -> float:
    """Lower bound of the pair's probability: by the way in which it was drawn."""
    return share * 2.0 / (scripts * (scripts - 1)) if at_random else (1.0 - share) / best
