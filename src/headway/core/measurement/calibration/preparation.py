"""What can be calibrated, and what is set aside with its reason, before any search."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from headway.core.measurement.calibration.curves import Shape, shape_of
from headway.core.measurement.calibration.responses import Responses
from headway.core.measurement.items import GRADED, ONE, PARTIAL, THREE, TWO, Codes, Floats, ItemBank, Rows
from headway.core.text import T, Text

SLOPES = {"rasch": "one", "1pl": "common", "2pl": "free", "3pl": "free", "grm": "free", "pcm": "one", "gpcm": "free"}
"""What can be fitted -> whether every item has its own slope, all share one, or it is 1 and the spread is estimated."""
_KINDS = {"rasch": ONE, "1pl": ONE, "2pl": TWO, "3pl": THREE, "grm": GRADED, "pcm": PARTIAL, "gpcm": PARTIAL}
FEW = 30
FEWEST_ITEMS = 3
"""Two items give one agreement, and two slopes want to be known from it."""
"""An item with fewer responses is named in a warning."""
SPARSE = 400
"""Median responses an item below which item priors help more than they cost."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """``data`` without what cannot be estimated, scores from 0 without gaps; ``left_out`` items with reasons."""

    data: Responses
    shape: Shape
    start: Floats
    left_out: tuple[tuple[str, Text], ...]
    warnings: tuple[Text, ...]


def prepare(data: Responses, model: str, anchors: ItemBank | None) -> Prepared:
    """Drop items with one score only and persons without responses, renumber scores, lay out and start the search.

    Raises ValueError for an unknown model, scores that the model has no place for, and when nothing is left.
    """
    if model not in SLOPES:
        raise ValueError(f"no model {model!r}: use one of {', '.join(SLOPES)}")
    known = set() if anchors is None else set(anchors.ids)
    anchored = np.array([name in known for name in data.item_ids], dtype=bool)
    table = data.counts(int(data.score.max()))
    answered = table.sum(axis=1)
    varied = (table > 0).sum(axis=1) > 1
    keep = (answered > 0) & (varied | anchored)
    left_out = [(data.item_ids[row], _reason(table[row])) for row in np.flatnonzero(~keep)]
    persons = data.met > 0
    if not keep.all():
        persons = np.bincount(data.person[keep[data.item]], minlength=len(persons)) > 0
    if not keep.any() or persons.sum() < 2:
        raise ValueError(
            f"nothing can be calibrated: {int(keep.sum())} of {len(keep)} items have more than one score, "
            f"and {int(persons.sum())} persons answered them; responses of several persons to each item are needed"
        )
    warnings = _persons_left(persons)
    data = data.keep(keep)
    anchored = anchored[keep]
    data, renumbered = _from_zero(data, anchored)
    if renumbered:
        warnings.append(
            T("The scores of {count} items were renumbered from 0 without gaps: {items}.",
              count=len(renumbered), items=_some(renumbered))
        )  # fmt: skip
    few = [data.item_ids[row] for row in np.flatnonzero(data.answered < FEW)]
    if few:
        warnings.append(
            T("{count} items have fewer than {few} responses, so little is known of them: {items}.",
              count=len(few), few=FEW, items=_some(few))
        )  # fmt: skip
    if SLOPES[model] == "free" and int(keep.sum()) < FEWEST_ITEMS and not anchored.any():
        warnings.append(
            T("With {count} items nothing tells slopes and spread of ability apart; do not use these slopes.",
              count=int(keep.sum()))
        )  # fmt: skip
    shape, start = _laid_out(data, model, anchors, anchored)
    return Prepared(data, shape, start, tuple(left_out), tuple(warnings))


def _reason(counts: Floats) -> Text:
    if counts.sum() == 0:
        return T("nobody answered it")
    score = int(np.argmax(counts))
    return T("all {count} responses have the score {score}", count=int(counts.sum()), score=score)


def _persons_left(persons: np.ndarray) -> list[Text]:
    lost = int((~persons).sum())
    if not lost:
        return []
    return [T("{count} persons have no response to a usable item and were left out.", count=lost)]


def _some(names: list[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _from_zero(data: Responses, anchored: np.ndarray) -> tuple[Responses, list[str]]:
    """Give each item's observed scores the numbers 0, 1, 2 … Anchors keep theirs, which have a meaning already."""
    table = data.counts(int(data.score.max()))
    places = np.maximum(np.cumsum(table > 0, axis=1) - 1, 0)
    places[anchored] = np.arange(table.shape[1])
    moved = ((places != np.arange(table.shape[1])) & (table > 0)).any(axis=1)
    if not moved.any():
        return data, []
    score = places[data.item, data.score].astype(np.int16)
    return replace(data, score=score), [data.item_ids[row] for row in np.flatnonzero(moved)]


def _laid_out(data: Responses, model: str, anchors: ItemBank | None, anchored: np.ndarray) -> tuple[Shape, Floats]:
    steps: Rows = data.highest
    kind: Codes = np.full(len(steps), _KINDS[model], dtype=np.int8)
    if model in ("grm", "gpcm", "pcm"):
        kind[steps == 1] = ONE if model == "pcm" else TWO
    elif (steps[~anchored] > 1).any():
        row = int(np.flatnonzero((steps > 1) & ~anchored)[0])
        raise ValueError(
            f"item {data.item_ids[row]!r} has scores up to {steps[row]}, but {model} is for right or wrong (0 or 1); "
            f"use grm, pcm or gpcm"
        )
    rows = np.flatnonzero(anchored)
    if anchors is not None and len(rows):
        at = anchors.rows_of([data.item_ids[row] for row in rows])
        if (steps[rows] > anchors.steps[at]).any():
            row = rows[int(np.argmax(steps[rows] > anchors.steps[at]))]
            raise ValueError(f"anchor {data.item_ids[row]!r} was answered with a score that its parameters do not have")
        steps[rows], kind[rows] = anchors.steps[at], anchors.model[at]
    shape = shape_of(kind, steps, SLOPES[model], anchored)
    start = _start(shape, data)
    if anchors is not None and len(rows):
        top = anchors.b.shape[1]
        start[rows] = 0.0
        start[rows, 0] = anchors.a[at]
        start[rows, 1 : 1 + top] = np.nan_to_num(-anchors.a[at, None] * anchors.b[at])[:, : shape.top]
        if (kind == THREE).any():
            c = np.clip(anchors.c[at], 1e-6, 1.0 - 1e-6)
            start[rows, -1] = np.where(kind[rows] == THREE, np.log(c / (1.0 - c)), 0.0)
    return shape, start


def _start(shape: Shape, data: Responses) -> Floats:
    """Slopes of 1 and intercepts from the shares of scores."""
    table = data.counts(shape.top) + 0.5 * (np.arange(shape.top + 1) <= shape.steps[:, None])
    omega = np.zeros((len(table), shape.width))
    omega[:, 0] = 1.0
    above = np.cumsum(table[:, ::-1], axis=1)[:, ::-1]
    for k in range(1, shape.top + 1):
        has = shape.used[:, k]
        partial = shape.kind == PARTIAL
        high = np.where(partial, table[:, k], above[:, k])
        low = np.where(partial, table[:, k - 1], above[:, 0] - above[:, k])
        omega[has, k] = 1.15 * np.log(high[has] / low[has])
    if (shape.kind == THREE).any():
        three = shape.kind == THREE
        omega[three, -1] = np.log(0.15 / 0.85)
        share = np.clip((table[three, 1] / table[three, :2].sum(axis=1) - 0.15) / 0.85, 0.05, 0.97)
        omega[three, 1] = 1.15 * np.log(share / (1.0 - share))
    return omega
