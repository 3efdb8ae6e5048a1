"""How right a detector is: precision, recall and AUC, with intervals by learner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.detectors.cases import Cases
from headway.core.mastery.frame import Longs
from headway.core.mastery.metrics import Labels, auc

Interval = tuple[float, float, float]
"""Estimate, and the 2.5th and 97.5th percentiles over bootstrap samples of learners."""
SAMPLES = 200


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of ``cases`` cases a share ``base`` was true. ``precision`` is the share of the flagged that was true, ``recall`` of
    the true that was flagged; 0 where there is nothing to divide by."""

    cases: int
    learners: int
    base: float
    precision: Interval
    recall: Interval
    auc: Interval


def accuracy(learner: Longs, score: Floats, truth: Labels, bar: float, rng: Generator) -> Accuracy:
    """Measure flags (``score`` at ``bar`` or above) against truth (0 or 1). Raises ValueError for no cases."""
    if len(truth) == 0:
        raise ValueError("no cases to measure on")
    ids, who = np.unique(learner, return_inverse=True)
    flagged = score >= bar
    order = np.argsort(who, kind="stable")
    ends = np.searchsorted(who[order], np.arange(len(ids) + 1))
    found = [_measure(flagged, score, truth)]
    for _ in range(SAMPLES):
        drawn = rng.integers(len(ids), size=len(ids))
        rows = np.concatenate([order[ends[n] : ends[n + 1]] for n in drawn])
        found.append(_measure(flagged[rows], score[rows], truth[rows]))
    table = np.array(found)
    low, high = np.percentile(table[1:], [2.5, 97.5], axis=0)
    precision, recall, area = zip(table[0].tolist(), low.tolist(), high.tolist(), strict=True)
    return Accuracy(len(truth), len(ids), float(truth.mean()), precision, recall, area)


def _measure(flagged: NDArray[np.bool_], score: Floats, truth: Labels) -> tuple[float, float, float]:
    hits = int(np.count_nonzero(flagged & (truth == 1)))
    return (
        hits / max(int(np.count_nonzero(flagged)), 1),
        hits / max(int(np.count_nonzero(truth)), 1),
        auc(truth, score),
    )


def lead(cases: Cases, flagged: NDArray[np.bool_], end: int) -> float:
    """Return the median number of first tries between the first flag of a true skill and ``end``, over those flagged in time;
    0 if none was. The moments of one skill stand together, in order."""
    new = np.append(True, (np.diff(cases.at) <= 0) | (np.diff(cases.learner) != 0))
    use = flagged & (cases.truth == 1)
    if not use.any():
        return 0.0
    _, first = np.unique(np.cumsum(new)[use], return_index=True)
    return float(np.median(end - cases.at[use][first]))


def logistic(known: Floats, truth: Labels, ridge: float = 1.0, rounds: int = 25) -> Floats:
    """Return the weights [1 + K] of a logistic regression by Newton's method, the constant first and without penalty."""
    x = np.column_stack([np.ones(len(known)), known])
    weights = np.zeros(x.shape[1])
    penalty = np.diag([0.0, *[ridge] * known.shape[1]])
    for _ in range(rounds):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        step = np.linalg.solve((x.T * (p * (1.0 - p))) @ x + penalty, x.T @ (truth - p) - penalty @ weights)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return weights
