"""The marginal likelihood of responses under known items, and persons' abilities with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.measurement.calibration.curves import Shape, curves, shape_of
from headway.core.measurement.calibration.expectation import Expected, Population, Tables, expect, tables_of
from headway.core.measurement.calibration.responses import Block, Responses, blocks_of
from headway.core.measurement.items import THREE, Floats, ItemBank


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """``log_likelihood`` marginal; ``ability`` and ``sd`` float64 [P], posterior means and standard deviations."""

    log_likelihood: float
    ability: Floats
    sd: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Known items laid over responses: what every computation with fixed parameters starts from."""

    blocks: list[Block]
    shape: Shape
    omega: Floats
    tables: Tables


def known_items(
    bank: ItemBank,
    data: Responses,
    nodes: Floats,
    mean: Floats | None = None,
    sd: Floats | None = None,
    *,
    full: bool = False,
) -> Known:
    """Lay ``bank`` over ``data``: the items of the data in their order, each of which the bank must hold (KeyError).
    ``mean`` and ``sd`` float64 [G] of the groups, N(0, 1) where left out; ``full``: see ``tables_of``. Double precision."""
    part = bank.take(bank.rows_of(data.item_ids))
    steps = part.steps
    if (data.highest > steps).any():
        row = int(np.argmax(data.highest > steps))
        raise ValueError(f"item {data.item_ids[row]!r} has a score of {data.highest[row]}, beyond its parameters")
    shape = shape_of(part.model, steps, "free", np.ones(len(part), bool))
    omega = working(part, shape)
    groups = len(data.groups)
    population = Population(np.zeros(groups) if mean is None else mean, np.ones(groups) if sd is None else sd)
    log, _ = curves(shape, omega, nodes)
    counts = data.counts(shape.top)
    tables = tables_of(shape, omega, log, nodes, counts, population.log_weights(nodes), np.float64, full=full)
    blocks = blocks_of(data, top=shape.top)
    return Known(blocks, shape, omega, tables)


def working(bank: ItemBank, shape: Shape) -> Floats:
    """Return the working parameters [J, width] of known items."""
    omega = np.zeros((len(bank), shape.width))
    omega[:, 0] = bank.a
    omega[:, 1 : 1 + shape.top] = np.nan_to_num(-bank.a[:, None] * bank.b)[:, : shape.top]
    if (bank.model == THREE).any():
        c = np.clip(bank.c, 1e-9, 1.0 - 1e-9)
        omega[:, -1] = np.where(bank.model == THREE, np.log(c / (1.0 - c)), 0.0)
    return omega


def score_persons(
    bank: ItemBank,
    data: Responses,
    *,
    mean: Floats | None = None,
    sd: Floats | None = None,
    nodes: int = 601,
    reach: float = 6.0,
) -> Scored:
    """Return the marginal log likelihood of ``data`` and the persons' abilities under ``bank``, on ``nodes`` equally
    spaced nodes from -reach to reach; the order is that of ``data.person_ids``."""
    known = known_items(bank, data, np.linspace(-reach, reach, nodes), mean, sd)
    found: Expected = expect(known.shape, known.blocks, known.tables)
    return Scored(found.log_likelihood, found.mean, found.sd)
