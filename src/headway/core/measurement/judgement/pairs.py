"""The comparisons counted by pair, and the matrices of a normal distribution over all scripts that they shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from scipy.special import expit

from headway.core.measurement.judgement.comparisons import Comparisons, Floats, Longs

SMALL = 150
"""Up to this many scripts everything is computed in double precision."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Every pair that was compared: scripts ``first`` < ``second``, how often each of the two won."""

    scripts: int
    first: Longs
    second: Longs
    first_won: Floats
    second_won: Floats

    @property
    def times(self) -> Floats:
        """How often each pair was compared."""
        return self.first_won + self.second_won

    def apart(self, score: Floats) -> Floats:
        """The difference of the two scores of each pair."""
        return score[self.first] - score[self.second]

    def onto_scripts(self, per_pair: Floats) -> Floats:
        """Add what each pair says to its first script and take it from its second."""
        n = self.scripts
        return np.asarray(np.bincount(self.first, per_pair, n) - np.bincount(self.second, per_pair, n), np.float64)

    def sums(self, per_pair: Floats) -> Floats:
        """For each script the sum over its pairs."""
        n = self.scripts
        return np.asarray(np.bincount(self.first, per_pair, n) + np.bincount(self.second, per_pair, n), np.float64)

    def precision(self, weight: Floats, own: Floats) -> NDArray[np.floating]:
        """Return diag(own) + sum of weight (e_i - e_j)(e_i - e_j)^T, [scripts, scripts].

        Single precision above SMALL scripts: halves the time, and an error of 1e-5 in a standard error says nothing.
        """
        n = self.scripts
        kind = np.float64 if n <= SMALL else np.float32
        matrix = np.zeros((n, n), dtype=kind, order="F")
        matrix[self.second, self.first] = -weight
        matrix[self.first, self.second] = -weight
        matrix[np.arange(n), np.arange(n)] = self.sums(weight) + own
        return matrix


def pairs_of(comparisons: Comparisons) -> Pairs:
    """Count the decisions by pair."""
    n = len(comparisons.scripts)
    low = np.minimum(comparisons.winner, comparisons.loser)
    high = np.maximum(comparisons.winner, comparisons.loser)
    key, row = np.unique(low * n + high, return_inverse=True)
    first_won = np.bincount(row, comparisons.winner == low, len(key)).astype(np.float64)
    times = np.bincount(row, minlength=len(key)).astype(np.float64)
    return Pairs(n, key // n, key % n, first_won, times - first_won)


def factor(matrix: NDArray[np.floating]) -> NDArray[np.floating]:
    """Lower Cholesky factor; the matrix is overwritten. Raises ValueError if it is not positive definite."""
    cholesky = lapack.dpotrf if matrix.dtype == np.float64 else lapack.spotrf
    lower, info = cholesky(matrix, lower=1, overwrite_a=1)
    if info:
        raise ValueError("the scale is not determined: some scripts were never compared with the others")
    return np.asarray(lower)


def solve(lower: NDArray[np.floating], right: Floats) -> Floats:
    """Solve with a factor of :func:`factor`."""
    back = lapack.dpotrs if lower.dtype == np.float64 else lapack.spotrs
    out, _ = back(lower, right.astype(lower.dtype), lower=1)
    return np.asarray(out, dtype=np.float64)


def inverse(lower: NDArray[np.floating]) -> NDArray[np.floating]:
    """The inverse of a factored matrix, both triangles filled; the factor is overwritten."""
    invert = lapack.dpotri if lower.dtype == np.float64 else lapack.spotri
    out, _ = invert(lower, lower=1, overwrite_c=1)
    half: NDArray[np.floating] = np.tril(out)
    half += np.tril(half, -1).T
    return half


def log_determinant(lower: NDArray[np.floating]) -> float:
    """Log determinant of the factored matrix."""
    return 2.0 * float(np.log(lower.diagonal().astype(np.float64)).sum())


def spread(matrix: NDArray[np.floating], pairs: Pairs) -> Floats:
    """Variance of each pair's difference under the covariance ``matrix``."""
    own = matrix.diagonal().astype(np.float64)
    both = matrix[pairs.first, pairs.second].astype(np.float64)
    return np.maximum(own[pairs.first] + own[pairs.second] - 2.0 * both, 1e-9)


def wins(difference: Floats) -> Floats:
    """Probability that the first of a pair wins, by the difference of the scores in logits."""
    return np.asarray(expit(difference))
