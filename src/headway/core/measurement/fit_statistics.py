"""How well items and persons fit: infit, outfit and RMSD of items, lz* of persons.

Item statistics are averaged over each person's posterior, so that under the model infit and outfit have mean 1 exactly,
which they have not at point estimates of short tests (Wright and Masters 1982 for the statistics). RMSD is the root mean
squared distance of the observed from the modelled curve over the population (as in PISA). lz* is the standardised log
likelihood of a person's scores, corrected for the estimated ability (Snijders 2001; Sinharay 2016 for more scores).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.measurement.calibration.calibrate import Calibration
from headway.core.measurement.calibration.curves import curves
from headway.core.measurement.calibration.expectation import expect
from headway.core.measurement.calibration.likelihood import Known, known_items
from headway.core.measurement.calibration.responses import Block, Responses
from headway.core.measurement.items import Floats, ItemBank, category_probabilities

NODES = 121
MISFIT_RMSD = 0.10
"""An item whose curve is off by more than this share of its score range is worth a look."""
UNUSUAL = -2.326
"""lz* below this comes about in one person of a hundred who answers as the model says."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemFit:
    """float64 [J] each: ``infit`` and ``outfit`` (1 expected; above it noisier, below more regular than the model),
    ``rmsd`` in shares of the highest score."""

    infit: Floats
    outfit: Floats
    rmsd: Floats


def item_fit(
    bank: ItemBank, data: Responses, *, mean: Floats | None = None, sd: Floats | None = None, reach: float = 4.5
) -> ItemFit:
    """Return the fit of every item of ``data``, in its order; ``mean`` and ``sd`` float64 [G] of the groups."""
    nodes = np.linspace(-reach, reach, NODES)
    known = known_items(bank, data, nodes, mean, sd, full=True)
    found = expect(known.shape, known.blocks, known.tables)
    assert found.scored is not None
    part = bank.take(bank.rows_of(data.item_ids))
    chances = category_probabilities(part, nodes).transpose(1, 2, 0)
    score = np.arange(chances.shape[1], dtype=np.float64)
    expected = np.einsum("jkq,k->jq", chances, score)
    variance = np.einsum("jkq,jkq->jq", chances, (score[:, None] - expected[:, None]) ** 2)
    met = np.broadcast_to(found.met, expected.shape)
    squares = (met - found.scored.sum(axis=0)) * expected**2
    points = np.zeros_like(expected)
    for k, table in enumerate(found.scored, start=1):
        squares += table * (k - expected) ** 2
        points += k * table
    infit = squares.sum(axis=1) / (met * variance).sum(axis=1)
    outfit = (squares / np.maximum(variance, 1e-9)).sum(axis=1) / met.sum(axis=1)
    gap = np.divide(points, met, out=expected.copy(), where=met > 1e-6) - expected
    rmsd = np.sqrt((met * gap**2).sum(axis=1) / met.sum(axis=1)) / part.steps
    return ItemFit(infit, outfit, rmsd)


def person_fit(
    bank: ItemBank, data: Responses, *, mean: Floats | None = None, sd: Floats | None = None, reach: float = 4.5
) -> Floats:
    """Return lz* float64 [P], near N(0, 1) for persons who answer as the model says; far below 0 the answers are a
    surprise (easy ones wrong, hard ones right). NaN where the items met say nothing."""
    nodes = np.linspace(-reach, reach, NODES)
    known = known_items(bank, data, nodes, mean, sd, full=True)
    log, _ = curves(known.shape, known.omega, nodes)
    tables = _person_tables(known, log, nodes)
    out = np.empty(len(data.person_ids))
    for block in known.blocks:
        out[block.rows] = _block_fit(known, block, tables, nodes)
    return out


def _person_tables(known: Known, log: Floats, nodes: Floats) -> dict[str, Floats]:
    """Item by node: mean and variance of the log chance, its covariance with the score function, its variance."""
    present = np.arange(log.shape[1])[:, None] <= known.shape.steps[:, None, None]
    chance = np.where(present, np.exp(log), 0.0)
    slope = np.gradient(log, nodes, axis=2, edge_order=2)
    mean = (chance * log).sum(axis=1)
    return {
        "mean": mean,
        "variance": (chance * (log - mean[:, None]) ** 2).sum(axis=1),
        "both": (chance * (log - mean[:, None]) * slope).sum(axis=1),
        "information": (chance * slope**2).sum(axis=1),
    }


def _block_fit(known: Known, block: Block, tables: dict[str, Floats], nodes: Floats) -> Floats:
    log, _ = curves(known.shape, known.omega, nodes)
    likelihood: NDArray[Any] = block.expand(np.asarray(block.mask @ log[:, 0]))
    for k, at in enumerate(block.at, start=1):
        likelihood = likelihood + at @ (log[:, k] - log[:, 0])
    prior = known.tables.prior[block.group] if len(known.tables.prior) > 1 else known.tables.prior
    place = _top(likelihood + prior)
    sums = {name: _between(block.expand(np.asarray(block.mask @ table)), place) for name, table in tables.items()}
    pull = _between(np.gradient(np.broadcast_to(prior, likelihood.shape), nodes, axis=1), place)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = sums["both"] / sums["information"]
        spread = sums["variance"] - share * sums["both"]
        fit = (_between(likelihood, place) - sums["mean"] + share * pull) / np.sqrt(spread)
    return np.where(spread > 1e-9, fit, np.nan)


def _top(power: Floats) -> Floats:
    """Return where each row is highest, in columns: the vertex of the parabola through the three highest."""
    at = np.clip(power.argmax(axis=1), 1, power.shape[1] - 2)
    rows = np.arange(len(power))
    left, here, right = power[rows, at - 1], power[rows, at], power[rows, at + 1]
    bend = left - 2.0 * here + right
    shift = np.divide(0.5 * (left - right), bend, out=np.zeros(len(power)), where=bend < -1e-12)
    return np.asarray(at + np.clip(shift, -1.0, 1.0), dtype=np.float64)


def _between(table: NDArray[Any], place: Floats) -> Floats:
    """Read each row of a table between its columns, by the parabola through the three nearest."""
    at = np.clip(np.rint(place).astype(np.int64), 1, table.shape[1] - 2)
    rows, x = np.arange(len(table)), place - at
    left, here, right = table[rows, at - 1], table[rows, at], table[rows, at + 1]
    return np.asarray(here + 0.5 * x * (right - left) + 0.5 * x * x * (left - 2.0 * here + right), dtype=np.float64)


def fit_of(found: Calibration) -> tuple[ItemFit, Floats]:
    """Return item fit and person fit of a calibration."""
    reach = float(found.nodes[-1])
    items = item_fit(found.bank, found.data, mean=found.mean, sd=found.sd, reach=reach)
    return items, person_fit(found.bank, found.data, mean=found.mean, sd=found.sd, reach=reach)
