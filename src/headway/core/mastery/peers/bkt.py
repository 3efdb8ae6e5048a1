"""Bayesian knowledge tracing with forgetting and guess and slip of each item.

Corbett and Anderson (UMUAI 1995); forgetting after Qiu et al. (EDM 2011); items after Pardos and Heffernan, "KT-IDEM"
(UMAP 2011), their guess and slip shrunk towards the skill's. A combination of skills counts as a skill of its own.
Expectation and maximisation over all sequences of a learner and a skill (Baum and Welch).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.metrics import Labels

ITERATIONS = 30
SHRINK = 20.0
"""Responses that the skill's guess and slip count for in an item's."""


@dataclass(frozen=True, slots=True, eq=False)
class Bkt:
    """By combination of skills: ``known`` before any practice, ``learn``, ``forget``; by item ``guess`` and ``slip``.
    All are probabilities; guess and slip stay below one half."""

    known: Floats
    learn: Floats
    forget: Floats
    guess: Floats
    slip: Floats

    def predict(self, frame: Frame) -> Floats:
        """Return each row's chance of a right answer, one response ahead."""
        out = np.empty(len(frame.item))
        order, starts, skill = sequences(frame)
        columns = (self.known, self.learn, self.forget, self.guess, self.slip)
        _filter(order, starts, skill, frame.item, frame.correct, *columns, out)
        return out


def sequences(frame: Frame) -> tuple[Longs, Longs, Longs]:
    """Return the rows ordered by learner and combination, where each such sequence starts, and its combination."""
    mark = np.random.RandomState(0).randint(1, 2**62, frame.skill_count, np.int64)
    _, combined = np.unique(np.add.reduceat(mark[frame.skills], frame.skills_at[:-1]), return_inverse=True)
    learner = np.repeat(np.arange(len(frame.students)), np.diff(frame.starts))
    order = np.lexsort((np.arange(len(frame.item)), combined, learner))
    pair = learner[order] * (combined.max() + 1) + combined[order]
    starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
    return order.astype(np.int64), np.append(starts, len(order)).astype(np.int64), combined[order[starts]]


def fit_bkt(frame: Frame, rows: NDArray[np.bool_], progress: Callable[[int], None]) -> Bkt:
    """Fit on the rows of whole learners."""
    order, starts, skill = sequences(frame)
    chosen = rows[order[starts[:-1]]]
    count = int(skill.max()) + 1
    combined = np.zeros(frame.items, np.int64)
    combined[frame.item[order]] = np.repeat(skill, np.diff(starts))
    model = Bkt(
        np.full(count, 0.4),
        np.full(count, 0.15),
        np.full(count, 0.05),
        np.full(frame.items, 0.2),
        np.full(frame.items, 0.1),
    )
    for turn in range(ITERATIONS):
        sums = np.zeros((count, 6))
        items = np.zeros((frame.items, 4))
        columns = (model.known, model.learn, model.forget, model.guess, model.slip)
        _expect(chosen, order, starts, skill, frame.item, frame.correct, *columns, sums, items)
        model = _maximised(sums, items, combined)
        progress(turn + 1)
    return model


def _maximised(sums: Floats, items: Floats, combined: Longs) -> Bkt:
    """New probabilities from expected counts, each with a weak prior."""
    count = len(sums)
    known = (sums[:, 0] + 2.0) / (sums[:, 1] + 4.0)
    learn = (sums[:, 2] + 0.3) / (sums[:, 3] + 2.0)
    forget = (sums[:, 4] + 0.1) / (sums[:, 5] + 2.0)
    total = np.stack([np.bincount(combined, weights=items[:, n], minlength=count) for n in range(4)], axis=1)
    guess, slip = (total[:, 0] + 1.0) / (total[:, 1] + 5.0), (total[:, 2] + 0.5) / (total[:, 3] + 5.0)
    own_guess = (items[:, 0] + SHRINK * guess[combined]) / (items[:, 1] + SHRINK)
    own_slip = (items[:, 2] + SHRINK * slip[combined]) / (items[:, 3] + SHRINK)
    return Bkt(known, learn, forget, np.clip(own_guess, 0.01, 0.49), np.clip(own_slip, 0.01, 0.49))


@compiled
def _ahead(
    rows: Longs,
    item: NDArray[np.int32],
    correct: Labels,
    belief: float,
    learn: float,
    forget: float,
    guess: Floats,
    slip: Floats,
    ahead: Floats,
    seen: Floats,
) -> None:
    """Write, for each response, the belief after it and the likelihood of it if the skill is not known, and if it is."""
    for t in range(rows.shape[0]):
        g, c = guess[item[rows[t]]], 1.0 - slip[item[rows[t]]]
        seen[t, 0], seen[t, 1] = (g, c) if correct[rows[t]] == 1 else (1.0 - g, 1.0 - c)
        ahead[t] = belief * seen[t, 1] / (belief * seen[t, 1] + (1.0 - belief) * seen[t, 0])
        belief = ahead[t] * (1.0 - forget) + (1.0 - ahead[t]) * learn


@compiled
def _expect(
    chosen: NDArray[np.bool_],
    order: Longs,
    starts: Longs,
    skill: Longs,
    item: NDArray[np.int32],
    correct: Labels,
    known: Floats,
    learn: Floats,
    forget: Floats,
    guess: Floats,
    slip: Floats,
    sums: Floats,
    items: Floats,
) -> None:
    """Add the expected counts of the chosen sequences: known at first, learnt, forgotten (each of how many), and by item
    guessed and slipped."""
    for s in range(starts.shape[0] - 1):
        if not chosen[s]:
            continue
        k, begin, count = skill[s], starts[s], starts[s + 1] - starts[s]
        ahead, seen = np.empty(count), np.empty((count, 2))
        _ahead(order[begin : begin + count], item, correct, known[k], learn[k], forget[k], guess, slip, ahead, seen)
        back_no, back_yes = 1.0, 1.0
        for t in range(count - 1, -1, -1):
            r = order[begin + t]
            yes = ahead[t] * back_yes / (ahead[t] * back_yes + (1.0 - ahead[t]) * back_no)
            items[item[r], 0] += (1.0 - yes) * correct[r]
            items[item[r], 1] += 1.0 - yes
            items[item[r], 2] += yes * (1 - correct[r])
            items[item[r], 3] += yes
            if t == 0:
                sums[k, 0] += yes
                sums[k, 1] += 1.0
                break
            likely_no, likely_yes = seen[t, 0] * back_no, seen[t, 1] * back_yes
            before = ahead[t - 1]
            stay_yes, lost = before * (1.0 - forget[k]) * likely_yes, before * forget[k] * likely_no
            learnt, stay_no = (1.0 - before) * learn[k] * likely_yes, (1.0 - before) * (1.0 - learn[k]) * likely_no
            whole = stay_yes + lost + learnt + stay_no
            sums[k, 2] += learnt / whole
            sums[k, 3] += (learnt + stay_no) / whole
            sums[k, 4] += lost / whole
            sums[k, 5] += (lost + stay_yes) / whole
            back_yes = (1.0 - forget[k]) * likely_yes + forget[k] * likely_no
            back_no = learn[k] * likely_yes + (1.0 - learn[k]) * likely_no
            scale = back_yes + back_no
            back_yes, back_no = back_yes / scale, back_no / scale


@compiled
def _filter(
    order: Longs,
    starts: Longs,
    skill: Longs,
    item: NDArray[np.int32],
    correct: Labels,
    known: Floats,
    learn: Floats,
    forget: Floats,
    guess: Floats,
    slip: Floats,
    out: Floats,
) -> None:
    for s in range(starts.shape[0] - 1):
        k, belief = skill[s], known[skill[s]]
        for place in range(starts[s], starts[s + 1]):
            r = order[place]
            g, c = guess[item[r]], 1.0 - slip[item[r]]
            out[r] = belief * c + (1.0 - belief) * g
            yes, no = (c, g) if correct[r] == 1 else (1.0 - c, 1.0 - g)
            after = belief * yes / (belief * yes + (1.0 - belief) * no)
            belief = after * (1.0 - forget[k]) + (1.0 - after) * learn[k]
