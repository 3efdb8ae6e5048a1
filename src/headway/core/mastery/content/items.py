"""Items that do not do what they should: a key that may be wrong, and solving that falls with ability.

*Discrimination.* Within an item, whether an answer is right is regressed on the logit that was foreseen for it from what
came before; the item's own level is left free, so a hard item is not a broken one. A sound item has slope 1. Said is
what surely lies below ``LEAST`` and looks like nothing or less. Which learners met the item does not matter, how they differ
does; an item that only equals met says nothing either way.

*Key.* Answers to items with fixed wording can be compared by what was given. Among those who gave the key or one certain wrong
answer, the abler should give the key (the distractor test of classical item analysis, and the two-category case of Bock's
1972 nominal model). It is said when the abler give the other answer instead, or when more than half of the abler half of
all who met the item give that one answer and no less than the others do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import bdtrc, ndtri

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.content.answers import Answers
from headway.core.mastery.content.discovery import LEARNERS, RATE, Flags, adjusted, below, reach
from headway.core.mastery.content.slopes import slopes_of
from headway.core.mastery.refit.log import Longs

LEAST, NOTHING = 0.4, 0.1
"""Slope that a sound item has at the least, and the estimate up to which one is said to be none."""
SAME = 5
"""Learners who gave a wrong answer before it is looked at, or shown to anybody."""
MOST = 2
"""Wrong answers of an item that are looked at: the commonest."""


@dataclass(frozen=True, slots=True)
class Halves:
    """Who met an item, cut in the middle by what was foreseen: answers of the less and the more able half, how many of
    them were right, and how many were foreseen to be."""

    answers: tuple[int, int]
    right: tuple[int, int]
    foreseen: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Turned:
    """An item that the abler solve no more often, or less. ``slope`` in logits a logit (1 is sound) with its interval;
    ``adjusted`` p."""

    item: int
    learners: int
    answers: int
    slope: float
    low: float
    high: float
    adjusted: float
    halves: Halves


@dataclass(frozen=True, slots=True)
class Rival:
    """A wrong answer (``given``) that does better than the key. Of ``able`` learners, the abler half of those who met the
    item, ``gave`` it and ``keyed`` gave the key; ``share`` gave it, with its interval; ``learners`` met the item in all."""

    item: int
    given: int
    learners: int
    able: int
    gave: int
    keyed: int
    share: float
    low: float
    high: float
    adjusted: float


def turned(a: Answers, items: int) -> tuple[list[Turned], int]:
    """Return the items that the abler solve no more often than others, and how many were looked at."""
    rows = np.flatnonzero(a.counted & (a.item >= 0))
    group = a.item[rows].astype(np.int64)
    found = slopes_of(group, a.learner[rows].astype(np.int64), a.solved[rows], a.foreseen[rows], items, least=LEAST)
    asked = (found.learners >= LEARNERS) & np.isfinite(found.z)
    q = adjusted(np.where(asked, below(found.z), np.nan))
    stands = asked & (q <= RATE) & (found.slope <= NOTHING)
    wide = reach(stands, asked)
    out = []
    for item in np.flatnonzero(stands).tolist():
        slope, error = float(found.slope[item]), wide * float(found.error[item])
        halves = halves_of(a, rows[group == item])
        out.append(
            Turned(
                item, int(found.learners[item]), int(found.answers[item]), slope, slope - error, slope + error,
                float(q[item]), halves,
            )
        )  # fmt: skip
    return out, int(np.count_nonzero(asked))


def halves_of(a: Answers, rows: Longs) -> Halves:
    """Cut some rows in the middle by what was foreseen."""
    order = np.argsort(a.foreseen[rows], kind="stable")
    parts = rows[order[: len(rows) // 2]], rows[order[len(rows) // 2 :]]
    return Halves(
        (len(parts[0]), len(parts[1])),
        (int(a.solved[parts[0]].sum()), int(a.solved[parts[1]].sum())),
        (float(a.chance[parts[0]].sum()), float(a.chance[parts[1]].sum())),
    )


def rivals(a: Answers, items: int) -> tuple[list[Rival], int]:
    """Return wrong answers that do better than their item's key, one an item, and how many were looked at."""
    rows = _firsts(a)
    codes, item = _looked_at(a, rows, items)
    if len(codes) == 0:
        return [], 0
    z = _against_key(a, rows, codes, item)
    able = _able(a, rows, items)
    group, key = a.item[rows], a.solved[rows] == 1.0
    of = np.bincount(group[able], minlength=items)[item]
    place = np.full(int(max(a.given.max(), codes.max())) + 1, -1)
    place[codes] = np.arange(len(codes))
    mine = np.where(a.given[rows] >= 0, place[a.given[rows]], -1)
    gave = np.bincount(mine[able & (mine >= 0)], minlength=len(codes))
    others = np.bincount(mine[~able & (mine >= 0)], minlength=len(codes))
    keyed = np.bincount(group[able & key], minlength=items)[item]
    rest = np.bincount(group[~able], minlength=items)[item]
    # More than half of the abler half, and at least the share of the others.
    crowd = np.where(gave / np.maximum(of, 1) >= others / np.maximum(rest, 1), bdtrc(gave - 1.0, of, 0.5), 1.0)
    crowd[gave == 0] = 1.0
    p = np.minimum(2.0 * np.minimum(crowd, np.where(np.isfinite(z), below(z), 1.0)), 1.0)
    met = np.bincount(group, minlength=items)[item]
    asked = met >= LEARNERS
    q = adjusted(np.where(asked, p, np.nan))
    stands = asked & (q <= RATE) & (gave > keyed)
    wide = reach(stands, asked)
    best: dict[int, Rival] = {}
    for k in np.flatnonzero(stands)[np.argsort(q[stands], kind="stable")].tolist():
        low, high = wilson(int(gave[k]), int(of[k]), wide)
        one = Rival(
            int(item[k]), int(codes[k]), int(met[k]), int(of[k]), int(gave[k]), int(keyed[k]),
            float(gave[k] / of[k]), low, high, float(q[k]),
        )  # fmt: skip
        best.setdefault(one.item, one)
    return list(best.values()), int(np.count_nonzero(asked))


def _firsts(a: Answers) -> Longs:
    """Rows of each learner's first counted answer to each item, where what was given is known or it was right."""
    rows = np.flatnonzero(a.counted & (a.item >= 0))
    keys = a.learner[rows].astype(np.int64) * (int(a.item.max(initial=0)) + 1) + a.item[rows]
    rows = rows[np.unique(keys, return_index=True)[1]]
    told: Longs = rows[(a.given[rows] >= 0) | (a.solved[rows] == 1.0)]
    return told


def _looked_at(a: Answers, rows: Longs, items: int) -> tuple[Longs, Longs]:
    """The commonest wrong answers of each item, and their items."""
    wrong = rows[a.given[rows] >= 0]
    if len(wrong) == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    codes, first, counts = np.unique(a.given[wrong], return_index=True, return_counts=True)
    of = a.item[wrong[first]].astype(np.int64)
    common = counts >= SAME
    codes, of, counts = codes[common], of[common], counts[common]
    order = np.lexsort((codes, -counts, of))
    codes, of = codes[order], of[order]
    starts = np.searchsorted(of, np.arange(items))
    first_ones = (np.arange(len(of)) - starts[of]) < MOST
    return codes[first_ones].astype(np.int64), of[first_ones]


def _against_key(a: Answers, rows: Longs, codes: Longs, item: Longs) -> Floats:
    """z of giving the key rather than the wrong answer with rising ability, for each wrong answer [K]."""
    place = np.full(int(max(a.given.max(), codes.max())) + 1, -1)
    place[codes] = np.arange(len(codes))
    wrong = rows[a.given[rows] >= 0]
    wrong = wrong[place[a.given[wrong]] >= 0]
    key = rows[a.solved[rows] == 1.0]
    parts, groups = [wrong], [place[a.given[wrong]]]
    for nth in range(MOST):
        # The key's rows stand once beside each of the item's wrong answers.
        beside = np.full(int(a.item.max(initial=0)) + 1, -1)
        rank = np.arange(len(item)) - np.searchsorted(item, item)
        beside[item[rank == nth]] = np.flatnonzero(rank == nth)
        taken = key[beside[a.item[key]] >= 0]
        parts.append(taken)
        groups.append(beside[a.item[taken]])
    every, group = np.concatenate(parts), np.concatenate(groups)
    return slopes_of(group, a.learner[every].astype(np.int64), a.solved[every], a.foreseen[every], len(codes)).z


def _able(a: Answers, rows: Longs, items: int) -> Flags:
    """Which rows [R] are of the abler half of those who met the item."""
    group = a.item[rows]
    order = np.lexsort((a.foreseen[rows], group))
    starts = np.searchsorted(group[order], np.arange(items))
    size = np.bincount(group, minlength=items)
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows)) - starts[group[order]]
    out: Flags = rank >= size[group] // 2
    return out


def wilson(k: int, n: int, wide: float = float(-ndtri(RATE / 2.0))) -> tuple[float, float]:
    """Return the interval of a share of k in n (Wilson 1927), ``wide`` standard errors to each side."""
    if n == 0:
        return 0.0, 1.0
    p, z = k / n, wide * wide / n
    middle, half = p + z / 2.0, wide * float(np.sqrt(p * (1.0 - p) / n + z / (4.0 * n)))
    return max((middle - half) / (1.0 + z), 0.0), min((middle + half) / (1.0 + z), 1.0)
