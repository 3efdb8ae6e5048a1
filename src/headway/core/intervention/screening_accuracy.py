"""How well a screening foresaw a later outcome, and whether it errs alike for every group of learners.

A learner is *positive* when the later outcome was poor (did not reach the standard), and *flagged* when the score lies below
the cut. All intervals are 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z = 1.959964
SMALL = 10
"""Groups with fewer positives or fewer negatives than this are counted but not compared."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval; ``n`` learners it is of. NaN where ``n`` is 0."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """``auc`` with its interval (DeLong), shares at one cut, and the share of positives (``base_rate``)."""

    n: int
    base_rate: float
    auc: Share
    sensitivity: Share
    specificity: Share
    positive_value: Share
    negative_value: Share
    flagged: float


@dataclass(frozen=True, slots=True)
class GroupErrors:
    """One group: how often its positives are missed and its negatives flagged, and by how much more than among all others
    (``missed_more``, ``flagged_more``, differences of shares with intervals). ``unequal`` says that an interval of a
    difference leaves 0 out; it is None for a group too small to compare."""

    group: str
    missed: Share
    wrongly_flagged: Share
    missed_more: Share
    flagged_more: Share
    unequal: bool | None


def accuracy(scores: ArrayLike, positive: ArrayLike, cut: float) -> Accuracy:
    """Measure scores (logits) against outcomes (True: poor). Raises ValueError when all outcomes are alike, or lengths
    differ."""
    values, poor = _checked(scores, positive)
    flagged = values < cut
    return Accuracy(
        n=len(values),
        base_rate=float(poor.mean()),
        auc=_auc(-values, poor),
        sensitivity=_share(flagged & poor, poor),
        specificity=_share(~flagged & ~poor, ~poor),
        positive_value=_share(flagged & poor, flagged),
        negative_value=_share(~flagged & ~poor, ~flagged),
        flagged=float(flagged.mean()),
    )


def cut_for(scores: ArrayLike, positive: ArrayLike, sensitivity: float = 0.9) -> float:
    """Return the lowest cut that flags at least this share of the positives."""
    values, poor = _checked(scores, positive)
    if not 0.0 < sensitivity <= 1.0:
        raise ValueError(f"sensitivity {sensitivity}: give a share above 0 and at most 1")
    wanted = np.sort(values[poor])[int(np.ceil(sensitivity * poor.sum())) - 1]
    return float(np.nextafter(wanted, np.inf))


def equity(scores: ArrayLike, positive: ArrayLike, cut: float, groups: Sequence[str]) -> tuple[GroupErrors, ...]:
    """Compare each group's errors with those of all others, by the groups' names in order."""
    values, poor = _checked(scores, positive)
    names = np.asarray(groups)
    if len(names) != len(values):
        raise ValueError(f"{len(names)} groups for {len(values)} scores: give one for each")
    flagged = values < cut
    out = []
    for name in sorted(set(groups)):
        here = names == name
        missed, missed_else = _share(~flagged & poor & here, poor & here), _share(~flagged & poor & ~here, poor & ~here)
        wrong, wrong_else = _share(flagged & ~poor & here, ~poor & here), _share(flagged & ~poor & ~here, ~poor & ~here)
        more = (_difference(missed, missed_else), _difference(wrong, wrong_else))
        enough = min(missed.n, wrong.n, missed_else.n, wrong_else.n) >= SMALL
        unequal = any(each.low > 0.0 or each.high < 0.0 for each in more) if enough else None
        out.append(GroupErrors(name, missed, wrong, *more, unequal))
    return tuple(out)


def _checked(scores: ArrayLike, positive: ArrayLike) -> tuple[Floats, Flags]:
    values, poor = np.asarray(scores, np.float64), np.asarray(positive, np.bool_)
    if values.shape != poor.shape or values.ndim != 1:
        raise ValueError(f"{values.size} scores and {poor.size} outcomes: give one outcome for each score")
    if not np.isfinite(values).all():
        raise ValueError("a score is not a finite number")
    if poor.all() or not poor.any():
        raise ValueError("all outcomes are alike: accuracy needs learners with a good and with a poor one")
    return values, poor


def _ranks(values: Floats) -> Floats:
    """Ranks from 1; equal values share their middle rank."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2.0)[place], np.float64)


def _auc(risk: Floats, poor: Flags) -> Share:
    """Area under the ROC curve and its DeLong interval by midranks (Sun and Xu, IEEE SPL 21, 2014)."""
    bad, good = risk[poor], risk[~poor]
    m, n = len(bad), len(good)
    together = _ranks(np.concatenate([bad, good]))
    above = (together[:m] - _ranks(bad)) / n
    below = 1.0 - (together[m:] - _ranks(good)) / m
    area = float(above.mean())
    spread = 0.0
    for part in (above, below):
        spread += float(part.var(ddof=1)) / len(part) if len(part) > 1 else 0.25
    half = Z * sqrt(spread)
    return Share(area, max(area - half, 0.0), min(area + half, 1.0), m + n)


def _share(hits: Flags, among: Flags) -> Share:
    """Wilson's interval (1927)."""
    n = int(among.sum())
    if n == 0:
        return Share(float("nan"), float("nan"), float("nan"), 0)
    p = float(hits.sum()) / n
    middle, half = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low, high = ((middle - half) / (1 + Z * Z / n), (middle + half) / (1 + Z * Z / n))
    return Share(p, max(low, 0.0), min(high, 1.0), n)


def _difference(one: Share, other: Share) -> Share:
    """Difference of two independent shares with Newcombe's interval (method 10, 1998)."""
    gap = one.value - other.value
    low = gap - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = gap + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Share(gap, low, high, one.n + other.n)
