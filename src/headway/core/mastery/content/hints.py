"""Hints that help and hints that do not: what becomes of a try after help was taken, one item's hints beside all others'.

Who asks for a hint is struggling, in ways that no log shows. So the tries of those who asked are never compared with the
tries of those who did not: that would say that hints do harm. Compared are askers with askers. Given the foreseen chance,
how hard the item is unaided, which try it is and how many hints were taken, a try after this item's hints should succeed as
often as a try after other items' hints. *Not identified*, and not said: what would have happened without any hint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.content.answers import Answers, quantiles, straightened
from headway.core.mastery.content.discovery import LEARNERS, RATE, Flags, adjusted, below, reach
from headway.core.mastery.content.slopes import clusters, levels_of, spread_of
from headway.core.mastery.refit.log import Longs

MATTERS = 0.5
"""Logits that an item's hints must be better or worse than others' to be worth a person's time."""


@dataclass(frozen=True, slots=True)
class Helped:
    """An item whose hints do less (``effect`` below 0) or more than other items' hints, in logits with its interval.
    ``tries`` after a hint by ``learners``, ``right`` of them; ``usual``: how many would be right after other items' hints.
    ``later`` of these learners' next tries at the skill, unaided: how many, how many right, how many foreseen."""

    item: int
    learners: int
    tries: int
    right: int
    usual: float
    effect: float
    low: float
    high: float
    adjusted: float
    later: tuple[int, int, float]


def helped(a: Answers, items: int) -> tuple[list[Helped], int]:
    """Return items whose hints stand out either way, and how many were looked at."""
    rows = tries_after_help(a)
    if len(rows) == 0:
        return [], 0
    item = a.item[rows].astype(np.int64)
    usual = _usual(a, rows, item, items)
    p = expit(usual)
    rest, known = a.right[rows] - p, p * (1.0 - p)
    place, of, learners = clusters(item, a.learner[rows].astype(np.int64), items)
    variance = np.maximum(spread_of(rest, place, of, items), np.bincount(item, weights=known, minlength=items))
    asked = learners >= LEARNERS
    z = np.bincount(item, weights=rest, minlength=items) / np.sqrt(np.maximum(variance, 1e-9))
    q = adjusted(np.where(asked, np.minimum(2.0 * below(-np.abs(z)), 1.0), np.nan))
    effect, _ = levels_of(item, a.right[rows], usual, items, doubt=3.0)
    stands = asked & (q <= RATE) & (np.abs(effect) >= MATTERS)
    wide = reach(stands, asked)
    out = []
    for number in np.flatnonzero(stands).tolist():
        mine = rows[item == number]
        # The error at the fitted level, where the information differs from that at the usual one.
        fitted = expit(usual[item == number] + effect[number])
        error = wide * float(np.sqrt(variance[number]) / max((fitted * (1.0 - fitted)).sum(), 1e-9))
        out.append(
            Helped(
                number, int(learners[number]), len(mine), int(a.right[mine].sum()), float(p[item == number].sum()),
                float(effect[number]), float(effect[number]) - error, float(effect[number]) + error, float(q[number]),
                _later(a, mine),
            )
        )  # fmt: skip
    return out, int(np.count_nonzero(asked))


def tries_after_help(a: Answers) -> Longs:
    """Return the rows that are the first try at a step after help was taken: a first try with hints, or the first later one
    with more hints than the try before."""
    previous = np.arange(len(a.item)) - 1
    same = (previous >= 0) & (a.learner == a.learner[previous]) & (a.item == a.item[previous])
    more = (a.tries > 1) & same & (a.tries[previous] == a.tries - 1) & (a.hints[previous] == 0)
    rows: Flags = (a.item >= 0) & (a.hints > 0) & ((a.tries == 1) | more)
    return np.flatnonzero(rows)


def _usual(a: Answers, rows: Longs, item: Longs, items: int) -> Floats:
    """Logit of success after an average item's hints [R], given all that is known of the try."""
    counted = np.flatnonzero(a.counted & (a.item >= 0) & (a.hints == 0))
    level, _ = levels_of(a.item[counted].astype(np.int64), a.solved[counted], a.foreseen[counted], items)
    base = a.foreseen[rows] + level[item]
    base = (
        base
        + np.log(max(float(a.right[rows].mean()), 0.02) / max(1.0 - float(a.right[rows].mean()), 0.02))
        - float(base.mean())
    )
    factors = [
        quantiles(base),
        np.minimum(a.tries[rows], 3).astype(np.int64),
        np.minimum(a.hints[rows], 4).astype(np.int64),
    ]
    return straightened(base, a.right[rows], factors)


def _later(a: Answers, rows: Longs) -> tuple[int, int, float]:
    """The next counted try at the skill by whoever took the help: how many, right unaided, and foreseen."""
    keys = a.learner.astype(np.int64) * (int(a.skill.max(initial=0)) + 2) + a.skill + 1
    firsts = np.flatnonzero(a.counted & (a.skill >= 0))
    order = firsts[np.lexsort((firsts, keys[firsts]))]
    ranked = keys[order] * np.int64(len(keys) + 1) + order
    after = np.searchsorted(ranked, keys[rows] * np.int64(len(keys) + 1) + rows, side="right")
    there = after < len(order)
    found = order[after[there]]
    found = found[(keys[found] == keys[rows[there]]) & (a.skill[found] >= 0)]
    return len(found), int(a.solved[found].sum()), float(a.chance[found].sum())
