"""Effects of what chance decided, from the recorded chances: many things at once, each against what else could have been.

At a decision each activity of the choice set was taken with a recorded chance p. Given the past, whether it was taken is then a
coin with that chance and nothing else, however the policy came to it. The effect is

    sum (taken - p) (outcome - expected) / sum p (1 - p)

over the decisions where it could have been taken: doubly robust, as it is right if the chances are right, whatever is expected,
and if they are a little wrong but what is expected is right (Robins, Mark and Newey 1992). Weighing by p (1 - p) keeps
near-certain decisions from ruling all others; the effect is that of the decisions that really were open (overlap weights: Li,
Morgan and Zaslavsky 2018). Learners are the clusters of the error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from headway.core.curriculum.catalogue import Floats
from headway.core.evidence.efficacy.later import Longs

FOLDS = 5
LEARNERS = 20
"""Learners that got a thing, and learners that could have and did not, without whom nothing is said."""
OPEN = 15.0
"""Sum of p (1 - p): how much chance really decided, counted in decisions of which each was four times as open as a coin is."""
FIT = 4.0
"""Standard errors by which a thing may have been taken more or less often than its recorded chances say."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Chances that things had at moments, [R]: ``thing`` and ``moment`` are numbers, ``chance`` in [0, 1] is what was recorded
    and ``taken`` says whether it was that."""

    thing: Longs
    moment: Longs
    chance: Floats
    taken: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """By thing [K]: ``effect`` on the outcome with its standard ``error`` and degrees of ``freedom``; ``given`` how often it was
    taken and ``could`` how often it could have been; ``got`` and ``others``: learners who had it, and who could have had it
    and did not, at some moment; ``open_``: the sum of p (1 - p); ``odd``: how many errors the takings are from their chances."""

    effect: Floats
    error: Floats
    freedom: Floats
    given: Longs
    could: Longs
    got: Longs
    others: Longs
    open_: Floats
    odd: Floats

    @property
    def p(self) -> Floats:
        """Two-sided p of no effect [K], nan where there is no error."""
        with np.errstate(divide="ignore", invalid="ignore"):
            out: Floats = 2.0 * stdtr(self.freedom, -np.abs(self.effect / self.error))
        return out

    def why_not(self) -> Longs:
        """Why nothing may be said of a thing [K]: 0 something may, 1 chance never decided, 2 too few learners, 3 too little was
        open, 4 the takings do not fit the recorded chances."""
        few = (self.got < LEARNERS) | (self.others < LEARNERS)
        out = np.select([self.open_ <= 0.0, np.abs(self.odd) > FIT, few, self.open_ < OPEN], [1, 4, 2, 3], 0)
        return out.astype(np.int64)


def expected(outcome: Floats, known: Floats, learner: Longs) -> Floats:
    """What an outcome [D] was to be from what was ``known`` before [D, C]; ridge with squares, cross-fitted over learners so that
    nobody's own outcomes speak for their expectation. A nan outcome is not learnt from."""
    if len(outcome) == 0:
        return np.zeros(0)
    spread = known.std(0)
    z = (known - known.mean(0)) / np.where(spread > 0.0, spread, 1.0)
    x = np.column_stack([np.ones(len(z)), z, np.clip(z, -3.0, 3.0) ** 2])
    there, fold, out = np.isfinite(outcome), learner % FOLDS, np.zeros(len(outcome))
    for each in range(FOLDS):
        rows = there & (fold != each)
        if rows.any():
            gram = x[rows].T @ x[rows] + np.eye(x.shape[1])
            out[fold == each] = x[fold == each] @ np.linalg.solve(gram, x[rows].T @ outcome[rows])
    return out


def effects(draws: Draws, outcome: Floats, known: Floats, learner: Longs, things: int) -> Drawn:
    """Estimate the effect of each of ``things`` (numbered from 0). ``outcome`` [D] (nan: none yet), ``known`` [D, C] and
    ``learner`` [D] are by moment. Raises ValueError, naming the row, for a chance out of range."""
    bad = ~((draws.chance >= 0.0) & (draws.chance <= 1.0 + 1e-9))
    if bad.any():
        row = int(np.argmax(bad))
        raise ValueError(f"row {row} has a chance of {draws.chance[row]:g}: it lies between 0 and 1")
    rest = outcome - expected(outcome, known, learner)
    open_rows = (draws.chance > 0.0) & (draws.chance < 1.0)
    thing, moment = draws.thing[open_rows], draws.moment[open_rows]
    chance, taken = draws.chance[open_rows], draws.taken[open_rows]
    odd = np.bincount(thing, taken - chance, things) / np.sqrt(
        np.maximum(np.bincount(thing, chance * (1.0 - chance), things), 1e-12)
    )
    there = np.isfinite(rest[moment])
    thing, moment, chance, taken = thing[there], moment[there], chance[there], taken[there]
    who = learner[moment]
    known_weight = chance * (1.0 - chance)
    open_ = np.bincount(thing, known_weight, things).astype(np.float64)
    scale = np.maximum(open_, 1e-12)
    push = (taken - chance) * rest[moment]
    effect = np.bincount(thing, push, things) / scale
    people = int(learner.max(initial=0)) + 1
    found, place = np.unique(thing * people + who, return_inverse=True)
    of = found // people
    score = np.bincount(place, push - effect[thing] * known_weight, len(found))
    share = np.bincount(place, known_weight, len(found))
    clusters = np.bincount(of, share > 0.0, things)
    error = np.sqrt(np.bincount(of, score**2, things) * clusters / np.maximum(clusters - 1.0, 1.0)) / scale
    # As many clusters as the weights are worth: a learner with most of the decisions counts for most of the error.
    worth = scale**2 / np.maximum(np.bincount(of, share**2, things), 1e-12)
    got = np.bincount(of, np.bincount(place, taken, len(found)) > 0.0, things)
    others = np.bincount(of, np.bincount(place, 1.0 - taken, len(found)) > 0.0, things)
    return Drawn(
        effect, error, np.maximum(np.minimum(worth, clusters) - 1.0, 1.0), _whole(np.bincount(thing, taken, things)),
        _whole(np.bincount(thing, minlength=things)), _whole(got), _whole(others), open_, odd,
    )  # fmt: skip


def _whole(values: Floats | Longs) -> Longs:
    return np.round(values).astype(np.int64)
