"""How good predictions are: discrimination (AUC), log loss, RMSE and calibration error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats

Labels = NDArray[np.int8]
BINS = 15


@dataclass(frozen=True, slots=True)
class Metrics:
    """``auc`` 0.5 is chance, 1 perfect; ``log_loss`` in nats; ``rmse`` 0 to 1; ``ece`` is the expected calibration
    error over 15 equal-width bins (Naeini, Cooper and Hauskrecht 2015), 0 to 1; ``n`` responses."""

    auc: float
    log_loss: float
    rmse: float
    ece: float
    n: int


def measure(correct: Labels, predicted: Floats) -> Metrics:
    """Compare predictions in (0, 1) with what happened (0 or 1). Raises ValueError if there is nothing to compare."""
    if len(correct) == 0:
        raise ValueError("no responses to measure on")
    y = correct.astype(np.float64)
    p = np.clip(predicted, 1e-12, 1.0 - 1e-12)
    loss = -float(np.mean(y * np.log(p) + (1.0 - y) * np.log1p(-p)))
    return Metrics(auc(correct, predicted), loss, float(np.sqrt(np.mean((y - p) ** 2))), ece(correct, p), len(y))


def auc(correct: Labels, predicted: Floats) -> float:
    """Return the chance that a right response was predicted higher than a wrong one, ties counting one half
    (Mann and Whitney 1947); 0.5 if all responses are right or all are wrong."""
    right = int(np.count_nonzero(correct))
    wrong = len(correct) - right
    if right == 0 or wrong == 0:
        return 0.5
    _, place, counts = np.unique(predicted, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2.0)[place]
    total = float(ranks[correct == 1].sum())
    return (total - right * (right + 1) / 2.0) / (right * wrong)


def ece(correct: Labels, predicted: Floats) -> float:
    """Return the mean distance between predicted and observed share right, weighted by bin size."""
    bins = np.minimum((predicted * BINS).astype(np.int64), BINS - 1)
    gap = np.bincount(bins, weights=predicted - correct, minlength=BINS)
    return float(np.abs(gap).sum() / len(correct))
