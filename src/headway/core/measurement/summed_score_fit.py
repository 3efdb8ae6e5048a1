"""A test of item fit by summed scores: S-X2 (Orlando and Thissen, APM 24, 2000).

Persons are grouped by their number of right answers, which the model does not have to estimate. In each group the share
that got an item right is compared with what the model expects there (Lord and Wingersky's recursion, 1984). So the
statistic has a known distribution, unlike those that group persons by estimated ability.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from headway.core.measurement.calibration.responses import Responses
from headway.core.measurement.items import THREE, Floats, ItemBank, Rows, category_probabilities

NODES, REACH = 81, 6.0
SMALLEST = 1.0
"""Right and wrong answers that a cell expects at least; neighbouring scores are put together until it does."""
FEWEST = 100
"""Persons with an answer to every item below which there is no test."""


@dataclass(frozen=True, slots=True, eq=False)
class SummedScoreFit:
    """Of every item, [J]: ``statistic``, ``df`` (cells less the item's parameters) and ``p``; NaN, 0 and NaN where the
    cells are too few. ``persons``: how many answered every item and were counted."""

    statistic: Floats
    df: Rows
    p: Floats
    persons: int


def summed_score_fit(
    bank: ItemBank, data: Responses, *, mean: float = 0.0, sd: float = 1.0, parameters: int | None = None
) -> SummedScoreFit:
    """Return S-X2 of every item of ``data``, in its order, for right-or-wrong items and persons from N(mean, sd).

    Persons who left out an item are not counted. ``parameters``: how many were estimated of an item (2, of 3PL 3; 0 for
    items known beforehand). Raises ValueError for items with several score points, for fewer than three items, and for
    fewer than ``FEWEST`` persons with an answer to every item.
    """
    part = bank.take(bank.rows_of(data.item_ids))
    items = len(part)
    if int(part.steps.max()) > 1:
        raise ValueError("summed scores are compared for right-or-wrong items only: leave the others out")
    if items < 3:
        raise ValueError(f"{items} items make no summed score to compare with: three are the least")
    whole = data.met == items
    if int(whole.sum()) < FEWEST:
        raise ValueError(f"{int(whole.sum())} persons answered every item: at least {FEWEST} are needed")
    table = data.score[whole[data.person]].reshape(-1, items)
    expected = expected_right(part, mean, sd)
    statistic, p, df = np.full(items, np.nan), np.full(items, np.nan), np.zeros(items, np.int64)
    total = table.sum(axis=1)
    count = np.bincount(total, minlength=items + 1)[1:items].astype(np.float64)
    own = np.full(items, 2) + (part.model == THREE) if parameters is None else np.full(items, parameters)
    for item in range(items):
        right = np.asarray(np.bincount(total, table[:, item], minlength=items + 1)[1:items], np.float64)
        seen, hoped, size = _cells(right, count * expected[item], count)
        if len(size) > own[item]:
            spread = hoped * (1.0 - hoped / size)
            statistic[item] = float(((seen - hoped) ** 2 / spread).sum())
            df[item] = len(size) - own[item]
            p[item] = float(chdtrc(df[item], statistic[item]))
    return SummedScoreFit(statistic, df, p, len(table))


def expected_right(bank: ItemBank, mean: float = 0.0, sd: float = 1.0) -> Floats:
    """Return float64 [J, J - 1]: the chance of a right answer to each item among persons with 1, ..., J - 1 right."""
    nodes = mean + sd * np.linspace(-REACH, REACH, NODES)
    weight = np.exp(-0.5 * ((nodes - mean) / sd) ** 2)
    weight /= weight.sum()
    right = np.clip(category_probabilities(bank, nodes)[:, :, 1].T, 1e-12, 1.0 - 1e-12)
    items = len(right)
    every = np.zeros((items + 1, NODES))
    every[0] = 1.0
    for p in right:
        every[1:] = every[1:] * (1.0 - p) + every[:-1] * p
        every[0] *= 1.0 - p
    without = _without(every, right)
    return np.asarray((right[:, None, :] * without[:, :-1]) @ weight / (every[1:items] @ weight), dtype=np.float64)


def _without(every: Floats, right: Floats) -> Floats:
    """Return [J, J, Q]: the chance of each sum 0 ... J - 1 of all items but one, by taking it out of the sum of all. It is
    taken out from the side on which rounding does not grow."""
    items = len(right)
    up, down = np.zeros((items, items, NODES)), np.zeros((items, items, NODES))
    odds = right / (1.0 - right)
    up[:, 0] = every[0] / (1.0 - right)
    down[:, -1] = every[items] / right
    with np.errstate(over="ignore", invalid="ignore"):  # on the side that is not used
        for k in range(1, items):
            up[:, k] = every[k] / (1.0 - right) - odds * up[:, k - 1]
            down[:, items - 1 - k] = every[items - k] / right - down[:, items - k] / odds
    return np.where((right < 0.5)[:, None, :], up, down)


def _cells(right: Floats, expected: Floats, count: Floats) -> tuple[Floats, Floats, Floats]:
    """Put neighbouring scores together, from both ends inwards, until each cell expects enough of either answer."""
    rows: list[list[float]] = []
    for seen, hoped, size in zip(right, expected, count, strict=True):
        if rows and not _enough(rows[-1]):
            rows[-1] = [rows[-1][0] + seen, rows[-1][1] + hoped, rows[-1][2] + size]
        else:
            rows.append([seen, hoped, size])
    while len(rows) > 1 and not _enough(rows[-1]):
        last = rows.pop()
        rows[-1] = [a + b for a, b in zip(rows[-1], last, strict=True)]
    table = np.array(rows, np.float64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _enough(cell: list[float]) -> bool:
    return min(cell[1], cell[2] - cell[1]) >= SMALLEST
