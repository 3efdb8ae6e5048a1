"""Standard errors from the observed information: complete-data information less the missing (Louis 1982).

The missing information is the sum over persons of the posterior covariance of the complete-data scores. Ability has one
dimension, so a person's scores are curves over it; they are expanded in the polynomials that are orthonormal under that
person's posterior, and the covariance is the sum of products of the coefficients. One term says nearly all when the
posterior is narrow, four when it is wide. With item priors their curvature is added: the errors are those of the
posterior. Checked in the tests against second differences of the marginal likelihood and against simulated coverage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lapack

from headway.core.measurement.calibration.curves import Flags, Shape, curves, log_logistic
from headway.core.measurement.calibration.expectation import Expected, Population, tables_of
from headway.core.measurement.calibration.maximisation import ItemPriors, likelihood_slopes, prior_slopes
from headway.core.measurement.calibration.missing import missing_information
from headway.core.measurement.calibration.search import Problem
from headway.core.measurement.items import THREE, Floats

WHOLE = 3e11
"""Persons times squared parameters up to which the whole information matrix is inverted; beyond, item by item."""


@dataclass(frozen=True, slots=True, eq=False)
class Information:
    """``covariance`` float64 [n, n] of all that was estimated: the used parameters (a, b_1 ... b_K, c) of the items
    row by row (``where`` bool [J, width]), then moving means, then moving sds; None when it was not inverted whole.
    ``items`` [J, width, width]: each item's own information from the data. ``errors`` [J, width], NaN for what was not
    estimated; ``mean_error``, ``sd_error`` [G]. ``whole`` says whether the errors hold the uncertainty of the scale."""

    covariance: Floats | None
    where: Flags
    items: Floats
    errors: Floats
    mean_error: Floats
    sd_error: Floats
    whole: bool


def to_natural(shape: Shape, omega: Floats) -> Floats:
    """Return [J, width, width]: derivatives of the working parameters by (a, b_k, c)."""
    size, width = omega.shape
    turn = np.zeros((size, width, width))
    turn[:, 0, 0] = 1.0
    for k in range(1, shape.top + 1):
        turn[:, k, 0] = np.where(shape.used[:, k], omega[:, k] / omega[:, 0], 0.0)
        turn[:, k, k] = -omega[:, 0]
    rows = shape.kind == THREE
    if rows.any():
        c = np.exp(log_logistic(omega[:, -1]))
        turn[:, -1, -1] = np.where(rows, 1.0 / (c * (1.0 - c)), 1.0)
    return turn


def information_of(
    problem: Problem,
    omega: Floats,
    population: Population,
    expected: Expected,
    nodes: Floats,
    priors: ItemPriors,
    *,
    whole: bool = True,
    terms: int = 4,
) -> Information:
    """Return the observed information at an optimum, inverted. ``whole=False`` computes the items' own part alone;
    ``terms`` is the most that are taken of the expansion."""
    shape = problem.shape
    log, slopes = curves(shape, omega, nodes)
    turn = to_natural(shape, omega)
    _, curvature = likelihood_slopes(shape, log, slopes, expected, nodes, problem.counts[:, 1])
    prior = turn.transpose(0, 2, 1) @ prior_slopes(shape, omega, priors)[1] @ turn
    complete = turn.transpose(0, 2, 1) @ curvature @ turn
    natural = np.einsum("jmn,jcmq->jcnq", turn, slopes)
    where = shape.used & ~shape.fixed[:, None]
    if shape.slope == "one":
        where = where & (np.arange(shape.width) > 0)
    size = int(where.sum() + problem.moving_mean.sum() + problem.moving_sd.sum())
    fits = size <= 4000 and len(expected.mean) * float(size) ** 2 <= WHOLE
    whole = whole and (fits or shape.slope == "common")
    tables = tables_of(shape, omega, log, nodes, problem.counts, population.log_weights(nodes))
    own, joint = missing_information(problem, tables, population, natural, where, expected.sd, whole, terms)
    items = complete - own
    if joint is None:
        return _item_by_item(items, prior, where, population)
    matrix = np.negative(joint, out=joint)
    at = np.cumsum(where.ravel()).reshape(where.shape) - 1
    for m in range(shape.width):
        for n in range(shape.width):
            both = where[:, m] & where[:, n]
            matrix[at[both, m], at[both, n]] += (complete + prior)[both, m, n]
    count = int(where.sum())
    people = expected.group[:, 0]
    groups = np.concatenate([
        (people / population.sd**2)[problem.moving_mean], (2.0 * people / population.sd**2)[problem.moving_sd]
    ])  # fmt: skip
    matrix[np.arange(count, size), np.arange(count, size)] += groups
    return _inverted(problem, matrix, items, prior, where, population)


def _inverted(
    problem: Problem, matrix: Floats, items: Floats, prior: Floats, where: Flags, population: Population
) -> Information:
    """Invert; a common slope is one parameter."""
    count = int(where.sum())
    spread: Floats | None = None
    if problem.shape.slope == "common":
        slopes = np.flatnonzero(np.concatenate([np.nonzero(where)[1] == 0, np.zeros(len(matrix) - count, bool)]))
        others = np.setdiff1d(np.arange(len(matrix)), slopes)
        spread = np.zeros((len(matrix), len(others) + 1))
        spread[slopes, 0] = 1.0
        spread[others, np.arange(1, len(others) + 1)] = 1.0
        matrix = spread.T @ matrix @ spread
    covariance = _inverse(matrix)
    if covariance is None:
        return _item_by_item(items, prior, where, population)
    if spread is not None:
        covariance = spread @ covariance @ spread.T
    variance = np.diag(covariance)
    if not (variance > 0).all():
        return _item_by_item(items, prior, where, population)
    errors = np.full(where.shape, np.nan)
    errors[where] = np.sqrt(variance[:count])
    mean, sd = np.full(len(population.mean), np.nan), np.full(len(population.sd), np.nan)
    means = int(problem.moving_mean.sum())
    mean[problem.moving_mean] = np.sqrt(variance[count : count + means])
    sd[problem.moving_sd] = np.sqrt(variance[count + means :])
    return Information(covariance, where, items, errors, mean, sd, True)


def _inverse(matrix: Floats) -> Floats | None:
    """Return the inverse, in the memory of ``matrix``; None where that is not positive definite."""
    scale = np.sqrt(np.maximum(np.diag(matrix), 1e-12))
    matrix /= scale
    matrix /= scale[:, None]
    lower, failed = lapack.dpotrf(matrix.T, lower=1, overwrite_a=1)
    if failed:
        return None
    covariance, failed = lapack.dpotri(lower, lower=1, overwrite_c=1)
    if failed:
        return None
    for row in range(1, len(covariance)):
        covariance[row - 1, row:] = covariance[row:, row - 1]
    covariance /= scale
    covariance /= scale[:, None]
    return np.asarray(covariance, dtype=np.float64)


def _item_by_item(items: Floats, prior: Floats, where: Flags, population: Population) -> Information:
    width = where.shape[1]
    held = np.where(where, 0.0, 1.0)[:, None, :] * np.eye(width)
    matrix = np.where(where[:, :, None] & where[:, None, :], items + prior, 0.0) + held
    with np.errstate(invalid="ignore"):
        variance = np.diagonal(np.linalg.pinv(matrix, hermitian=True), axis1=1, axis2=2)
        errors = np.where(where & (variance > 0), np.sqrt(variance), np.nan)
    empty = np.full(len(population.mean), np.nan)
    return Information(None, where, items, errors, empty, empty.copy(), False)
