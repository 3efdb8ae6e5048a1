"""Sums of products of a regression, kept by cluster and block.

Everything that a linear model with block effects and cluster-robust errors needs is in the sums of products of
(1, columns, outcome) of each *cell*: the rows that one cluster has in one block. A cluster is left out by subtracting, so a
jackknife over schools costs no second pass over the learners. Rows are read once, in pieces, and never copied whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PIECE = 16_384
"""Rows that are in hand at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """``cells`` [C, 1+V, 1+V]: sums of products of (1, standardised variables); ``cluster`` and ``block`` [C] say whose cell
    it is. ``mean`` and ``scale`` [V] are what each variable was standardised by; ``rows`` how many there were."""

    cells: Floats
    cluster: Ints
    block: Ints
    mean: Floats
    scale: Floats
    rows: int

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return int(self.block.max()) + 1

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return int(self.cluster.max()) + 1

    def by_block(self) -> Floats:
        """Sums of products of each block, [B, 1+V, 1+V]."""
        out = np.zeros((self.blocks, *self.cells.shape[1:]))
        np.add.at(out, self.block, self.cells)
        return out


@compiled
def _add(rows: Floats, cell: Ints, out: Floats) -> None:
    """Add each row's products to its cell (lower triangle)."""
    count, wide = rows.shape
    for i in range(count):
        c = cell[i]
        for a in range(wide):
            value = rows[i, a]
            for b in range(a + 1):
                out[c, a, b] += value * rows[i, b]


def piece(variables: Sequence[Floats], rows: slice, mean: Floats, scale: Floats) -> Floats:
    """A constant and the standardised variables of some rows, [rows, 1+V]."""
    count = len(range(*rows.indices(len(variables[0]))))
    out = np.empty((count, len(variables) + 1))
    out[:, 0] = 1.0
    for place, values in enumerate(variables):
        out[:, place + 1] = (values[rows] - mean[place]) / scale[place]
    return out


def collect(variables: Sequence[Floats], cluster: Ints, block: Ints) -> Moments:
    """Read all rows once. ``cluster`` and ``block`` [N] are numbers from 0 without gaps.

    Raises ValueError where a variable is not finite.
    """
    count = len(cluster)
    mean, scale = np.empty(len(variables)), np.empty(len(variables))
    for place, values in enumerate(variables):
        mean[place], scale[place] = values.mean(), values.std()
        if not np.isfinite(scale[place]):
            raise ValueError(f"variable {place + 1} of the regression has a value that is not a number")
    scale[scale == 0.0] = 1.0
    clusters = int(cluster.max()) + 1
    if block.max() == 0:
        names, cell = np.arange(clusters), cluster
    else:
        names, cell = np.unique(block * clusters + cluster, return_inverse=True)
    wide = len(variables) + 1
    cells = np.zeros((len(names), wide, wide))
    for start in range(0, count, PIECE):
        rows = slice(start, min(start + PIECE, count))
        _add(piece(variables, rows, mean, scale), cell[rows].astype(np.int64), cells)
    upper = np.triu_indices(wide, 1)
    cells[:, upper[0], upper[1]] = cells[:, upper[1], upper[0]]
    return Moments(cells, names % clusters, names // clusters, mean, scale, count)


def within(sums: Floats) -> Floats:
    """Sums of products about the mean of each block: ``sums`` [..., 1+V, 1+V] to [..., V, V]; an empty block gives zeros."""
    count = sums[..., 0, 0][..., None, None]
    first = sums[..., 0, 1:]
    outer = first[..., :, None] * first[..., None, :]
    # A block that is left out whole leaves rounding errors, not rows.
    there = count > 0.5
    return np.where(there, sums[..., 1:, 1:] - outer / np.where(there, count, 1.0), 0.0)
