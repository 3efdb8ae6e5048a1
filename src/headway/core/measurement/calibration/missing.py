"""The information that is missing because ability is not seen: sums over persons of covariances of scores."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from headway.core.measurement.calibration.curves import Flags
from headway.core.measurement.calibration.expectation import Population, Tables, weights_of
from headway.core.measurement.calibration.responses import Block, Singles
from headway.core.measurement.calibration.search import Problem
from headway.core.measurement.items import Floats

ENOUGH = (0.15, 0.4, 0.6)
"""Posterior standard deviations in logits up to which one, two and three terms are enough; else four."""


def missing_information(
    problem: Problem,
    tables: Tables,
    population: Population,
    slopes: Floats,
    where: Flags,
    spread: Floats,
    whole: bool,
    most: int = 4,
) -> tuple[Floats, Floats | None]:
    """Return each item's own missing information [J, width, width], and that of all parameters [n, n] if ``whole``.

    ``slopes`` [J, K + 1, width, Q] of the log curves by the parameters; ``where`` marks the estimated ones; ``spread``
    [P] the posterior sds, whose mean decides how many terms are taken, at most ``most``.
    """
    items, width = where.shape
    typical = float(spread.mean())
    terms = min(most, 1 + sum(typical >= limit for limit in ENOUGH))
    flat = slopes.transpose(1, 3, 0, 2).reshape(slopes.shape[1], len(tables.nodes), items * width).astype(np.float32)
    rise = flat[1:] - flat[:1]
    own = np.zeros((items, width, width))
    size = int(where.sum() + problem.moving_mean.sum() + problem.moving_sd.sum())
    joint = np.zeros((size, size)) if whole else None
    columns = np.flatnonzero(where.ravel())
    for block in problem.blocks:
        weights, _ = weights_of(block, tables)
        mask = _mask(block)
        for degree, term in enumerate(_terms(weights, tables.nodes.astype(np.float32), terms), start=1):
            if problem.shape.linear:
                scores = _scores(block, mask, term, flat[0], None)
                if degree == 1:
                    _add_linear(block, scores, spread[block.rows], width)
            else:
                scores = _scores(block, mask, term, flat[0], rise)
            if joint is None:
                cube = scores.reshape(-1, items, width).transpose(1, 2, 0)
                own += cube @ cube.transpose(0, 2, 1)
                continue
            ability = _population_scores(problem, block, term, tables.nodes, population)
            every = scores if len(columns) == scores.shape[1] else scores[:, columns]
            both = np.concatenate([every, ability], axis=1) if ability.shape[1] else every
            joint += both.T @ both
    if joint is not None:
        at = np.cumsum(where.ravel()).reshape(where.shape) - 1
        for m in range(width):
            for n in range(width):
                pair = where[:, m] & where[:, n]
                own[pair, m, n] = joint[at[pair, m], at[pair, n]]
    return own, joint


def _terms(weights: Singles, nodes: Singles, count: int) -> Iterator[Singles]:
    """Yield weights times polynomials, orthonormal under each row of weights (Gram and Schmidt): degree 1, 2, ..."""
    mean = weights @ nodes
    gap = nodes - mean[:, None]
    spread = np.sqrt(np.maximum((weights * gap * gap).sum(axis=1), 1e-12))
    first = gap / spread[:, None]
    earlier: list[Singles] = []
    power = first
    for degree in range(1, count + 1):
        polynomial = power
        if degree > 1:
            power = power * first
            polynomial = power - (weights * power).sum(axis=1)[:, None]
            for other in earlier:
                polynomial = polynomial - (weights * polynomial * other).sum(axis=1)[:, None] * other
            size = np.sqrt(np.maximum((weights * polynomial * polynomial).sum(axis=1), 1e-8))
            polynomial = polynomial / size[:, None]
        earlier.append(polynomial)
        yield weights * polynomial


def _mask(block: Block) -> Singles | None:
    """Return [B, J], 1 where a person met an item; None where all met all."""
    if block.mask.nnz == block.mask.shape[0] * block.mask.shape[1]:
        return None
    return np.asarray(block.expand(block.mask.toarray()), dtype=np.float32)


def _scores(block: Block, mask: Singles | None, term: Singles, base: Singles, rise: Singles | None) -> Singles:
    """Return [B, J * width]: each person's coefficient of one polynomial in the score of every parameter."""
    persons, items = len(term), block.mask.shape[1]
    out = term @ base
    cube = out.reshape(persons, items, -1)
    if mask is not None:
        cube *= mask[:, :, None]
    for k, at in enumerate(block.at if rise is not None else ()):
        assert rise is not None
        got: NDArray[np.float32] = at if isinstance(at, np.ndarray) else at.toarray()
        more = (term @ rise[k]).reshape(persons, items, -1)
        more *= got[:, :, None]
        cube += more
    return out


def _add_linear(block: Block, scores: Singles, spread: Floats, width: int) -> None:
    """Right answers to 1pl and 2pl items add to the slope's score what is linear in ability: the posterior sd in the
    first coefficient, nothing in the others."""
    at = block.at[0]
    got: NDArray[np.float32] = at if isinstance(at, np.ndarray) else at.toarray()
    scores.reshape(len(scores), -1, width)[:, :, 0] += got * spread.astype(np.float32)[:, None]


def _population_scores(problem: Problem, block: Block, term: Singles, nodes: Floats, population: Population) -> Singles:
    """Return [B, moving means and sds]: the same for the score of each group's mean and sd."""
    columns = []
    for power, moving in ((1, problem.moving_mean), (2, problem.moving_sd)):
        for group in np.flatnonzero(moving):
            sd = population.sd[group]
            z = (nodes - population.mean[group]) / sd
            curve = (z / sd if power == 1 else (z * z - 1.0) / sd).astype(np.float32)
            columns.append(np.where(block.group == group, term @ curve, np.float32(0.0)))
    return np.stack(columns, axis=1) if columns else np.zeros((len(term), 0), np.float32)
