"""Linear regression with block effects and errors that hold for assigned schools, classes or learners.

``CR3`` leaves out one cluster at a time (Bell and McCaffrey 2002; MacKinnon, Nielsen and Webb 2023); where every learner is
a cluster it is the jackknife over learners, HC3. With few clusters, and above all with few in a block, it is too large by a
ratio that is known for independent errors: 2.1 for pairs of classes. ``fair``, what is used unless told otherwise, divides by
that ratio. Degrees of freedom are Bell and McCaffrey's (Satterthwaite) for the same estimate.
``CR1``, HC1 without clusters, is the usual sandwich, kept to compare with published figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import stdtr, stdtrit

from headway.core.evidence.pilots.freedom import cluster_freedom, row_freedom
from headway.core.evidence.pilots.moments import PIECE, Floats, Ints, Moments, collect, piece, within

Kind = Literal["fair", "CR3", "CR1"]
MOST_FOR_FREEDOM = 20_000
"""With more rows than this, each its own cluster, degrees of freedom are rows less parameters."""
COLLINEAR = 1e-9
"""Share of a column's variation that must be left beside the columns before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """``coefficient`` [K], ``covariance`` [K, K] and ``freedom`` [K] of the ``names`` columns; ``constant``: the value where
    every column is 0, averaged over blocks. ``dropped``: columns that say nothing beside the others. ``explained``: share of
    the variation within blocks."""

    names: tuple[str, ...]
    coefficient: Floats
    covariance: Floats
    freedom: Floats
    constant: float
    rows: int
    clusters: int
    blocks: int
    residual_sd: float
    explained: float
    dropped: tuple[str, ...]

    def of(self, name: str) -> tuple[float, float, float]:
        """Estimate, standard error and degrees of freedom of a column. Raises KeyError for one that is not there."""
        if name not in self.names:
            raise KeyError(name)
        place = self.names.index(name)
        return float(self.coefficient[place]), sqrt(float(self.covariance[place, place])), float(self.freedom[place])


def interval(estimate: float, error: float, freedom: float, cover: float = 0.95) -> tuple[float, float]:
    """Student's t interval."""
    wide = float(stdtrit(freedom, 0.5 + cover / 2.0)) * error
    return estimate - wide, estimate + wide


def two_sided(estimate: float, error: float, freedom: float) -> float:
    """Two-sided p of Student's t; 1 where both are 0."""
    return 1.0 if estimate == 0.0 else float(2.0 * stdtr(freedom, -abs(estimate) / error)) if error > 0.0 else 0.0


def regress(
    columns: Mapping[str, Floats],
    outcome: Floats,
    *,
    cluster: Ints | None = None,
    block: Ints | None = None,
    kind: Kind = "fair",
    tested: int = 1,
) -> Regression:
    """Regress ``outcome`` [N] on ``columns`` (each [N]) with an effect of each block.

    ``cluster`` and ``block`` [N] are numbers from 0 without gaps; without ``cluster`` every row stands for itself. ``tested``:
    how many of the first columns get their own degrees of freedom. A row alone in its block is left out. Raises ValueError
    when a tested column cannot be told apart from the others, when a value is not finite, or when there are not more rows
    than parameters.
    """
    names = tuple(columns)
    variables, cluster, block = _without_lone([*columns.values(), outcome], cluster, block)
    rows = len(variables[-1])
    blocks = np.zeros(rows, np.int64) if block is None else block
    single = cluster is None
    summed = collect(variables, np.zeros(rows, np.int64) if cluster is None else cluster, blocks)
    total = within(summed.by_block()).sum(axis=0)
    kept = _kept(total[:-1, :-1], names, tested)
    places = [*kept, len(names)]
    used = [variables[k] for k in places]
    summed = _only(summed, places)
    inverse, slope, residual, variation = _solve(within(summed.by_block()).sum(axis=0))
    loss = len(kept) + summed.blocks
    if summed.rows <= loss:
        raise ValueError(f"{summed.rows} rows cannot tell {loss} parameters apart; leave covariates or blocks out")
    if single:
        covariance, freedom = _by_row(used, summed, blocks, inverse, slope, kind, tested)
    else:
        covariance, freedom = _by_cluster(summed, inverse, slope, kind, tested, loss)
    scale = summed.scale[-1] / summed.scale[:-1]
    coefficient = slope * scale
    return Regression(
        names=tuple(names[k] for k in kept),
        coefficient=coefficient,
        covariance=covariance * np.outer(scale, scale),
        freedom=freedom,
        constant=float(summed.mean[-1] - summed.mean[:-1] @ coefficient),
        rows=summed.rows,
        clusters=summed.rows if single else summed.clusters,
        blocks=summed.blocks,
        residual_sd=sqrt(max(residual, 0.0) / (summed.rows - loss)) * float(summed.scale[-1]),
        explained=1.0 - residual / variation if variation > 0.0 else 0.0,
        dropped=tuple(name for place, name in enumerate(names) if place not in kept),
    )


def _without_lone(
    variables: list[Floats], cluster: Ints | None, block: Ints | None
) -> tuple[list[Floats], Ints | None, Ints | None]:
    """Leave out rows that are a block by themselves: they say nothing, and counting them would make errors look smaller."""
    if block is None or not (alone := np.bincount(block) == 1).any():
        return variables, cluster, block
    keep = ~alone[block]
    cluster = None if cluster is None else gapless(cluster[keep])
    return [values[keep] for values in variables], cluster, gapless(block[keep])


def gapless(codes: Ints) -> Ints:
    """Number what is left from 0 without gaps."""
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def _kept(products: Floats, names: tuple[str, ...], tested: int) -> list[int]:
    """Columns that add something to those before them. Raises ValueError for a tested one that does not."""
    rest, kept = products.copy(), []
    for place, name in enumerate(names):
        if rest[place, place] <= COLLINEAR * max(products[place, place], 1.0):
            if place < tested:
                raise ValueError(f"{name} does not vary within the blocks, so nothing can be compared")
            continue
        kept.append(place)
        rest = rest - np.outer(rest[:, place], rest[place]) / rest[place, place]
    # The tested columns come first above; they must also stand beside the covariates after them.
    for place in range(tested):
        others = [k for k in range(len(names)) if k != place]
        if others:
            beside = (
                products[place, others]
                @ np.linalg.lstsq(products[np.ix_(others, others)], products[others, place], rcond=None)[0]
            )
            if products[place, place] - beside <= COLLINEAR * products[place, place]:
                raise ValueError(f"{names[place]} cannot be told apart from the covariates; leave one of them out")
    return kept


def _only(summed: Moments, places: list[int]) -> Moments:
    keep = np.array([0, *(place + 1 for place in places)])
    return Moments(
        summed.cells[:, keep[:, None], keep], summed.cluster, summed.block,
        summed.mean[places], summed.scale[places], summed.rows,
    )  # fmt: skip


def _solve(total: Floats) -> tuple[Floats, Floats, float, float]:
    inverse = np.asarray(np.linalg.inv(total[:-1, :-1]), np.float64)
    slope: Floats = inverse @ total[:-1, -1]
    return inverse, slope, float(total[-1, -1] - slope @ total[:-1, -1]), float(total[-1, -1])


def _by_cluster(
    summed: Moments, inverse: Floats, slope: Floats, kind: Kind, tested: int, loss: int
) -> tuple[Floats, Floats]:
    count, blocks = summed.clusters, summed.by_block()
    if count < 2:
        raise ValueError("one cluster gives no standard error; two of each arm are the least")
    cell_freedom = float(count - 1)
    if kind == "CR1":
        centre = blocks[summed.block, 0, 1:] / blocks[summed.block, 0, 0][:, None]
        first = summed.cells[:, 0, 1:]
        outer = centre[:, :, None] * first[:, None, :]
        about = summed.cells[:, 1:, 1:] - outer - outer.transpose(0, 2, 1)
        about = about + summed.cells[:, 0, 0][:, None, None] * centre[:, :, None] * centre[:, None, :]
        score = np.zeros((count, len(slope)))
        np.add.at(score, summed.cluster, about[:, :-1, -1] - about[:, :-1, :-1] @ slope)
        # Block effects inside a cluster cost it nothing; they vanish with it.
        inside = len(np.unique(summed.block)) == len(summed.block)
        parameters = len(slope) if inside and summed.blocks > 1 else loss
        factor = count / (count - 1) * (summed.rows - 1) / (summed.rows - parameters)
        covariance = factor * inverse @ (score.T @ score) @ inverse
        return covariance, np.full(len(slope), cell_freedom)
    change = within(blocks)[summed.block] - within(blocks[summed.block] - summed.cells)
    lost = np.zeros((count, *change.shape[1:]))
    np.add.at(lost, summed.cluster, change)
    left = within(blocks).sum(axis=0) - lost
    # A covariate that only one cluster has disappears with it: the pseudo-inverse leaves it out of that one fit.
    without = np.linalg.pinv(left[:, :-1, :-1], rcond=1e-10, hermitian=True) @ left[:, :-1, -1][:, :, None]
    off = without[:, :, 0] - slope
    covariance = (count - 1) / count * off.T @ off
    freedom = np.full(len(slope), cell_freedom)
    ratio = np.ones(len(slope))
    for place in range(tested):
        freedom[place], ratio[place] = cluster_freedom(summed, inverse, place)
    return _scaled(covariance, ratio, kind), freedom


def _by_row(
    used: list[Floats], summed: Moments, block: Ints, inverse: Floats, slope: Floats, kind: Kind, tested: int
) -> tuple[Floats, Floats]:
    sums = summed.by_block()
    size, centre = sums[:, 0, 0], sums[:, 0, 1:] / sums[:, 0, 0][:, None]
    meat = np.zeros((len(slope), len(slope)))
    for start in range(0, summed.rows, PIECE):
        rows = slice(start, min(start + PIECE, summed.rows))
        about = piece(used, rows, summed.mean, summed.scale)[:, 1:] - centre[block[rows]]
        x, error = about[:, :-1], about[:, -1] - about[:, :-1] @ slope
        if kind != "CR1":
            pull = 1.0 / size[block[rows]] + np.einsum("ij,jk,ik->i", x, inverse, x)
            # A row that alone decides its own fit says nothing about error.
            error = np.where(pull < 1.0 - 1e-9, error / np.maximum(1.0 - pull, 1e-9), 0.0)
        x = x * error[:, None]
        meat += x.T @ x
    free = summed.rows - len(slope) - summed.blocks
    # (n - 1) / n makes it the jackknife over rows, as it is over clusters.
    factor = summed.rows / free if kind == "CR1" else (summed.rows - 1) / summed.rows
    freedom = np.full(len(slope), float(free))
    ratio = np.ones(len(slope))
    if kind != "CR1" and summed.rows <= MOST_FOR_FREEDOM:
        x = piece(used, slice(0, summed.rows), summed.mean, summed.scale)[:, 1:] - centre[block]
        for place in range(tested):
            freedom[place], ratio[place] = row_freedom(x[:, :-1], block, size, inverse, place)
    return _scaled(factor * inverse @ meat @ inverse, ratio, kind), freedom


def _scaled(covariance: Floats, ratio: Floats, kind: Kind) -> Floats:
    return covariance / np.sqrt(np.outer(ratio, ratio)) if kind == "fair" else covariance
