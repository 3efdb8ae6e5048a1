"""Log response curves and their slopes at the nodes, in the parameters that the search moves.

Working parameters of an item stand in one row: slope a, intercepts d_1 ... d_K, and for ``3pl`` the logit of c. With a
dichotomous item, a t + d_1 is the logit of a right answer (above guessing). The difficulties are b_k = -d_k / a.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.measurement.items import GRADED, PARTIAL, THREE, Codes, Floats, Rows

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What is estimated. ``kind`` int8 [J], places in ``MODELS``; ``steps`` int64 [J], highest scores; ``width`` working
    parameters an item; ``used`` bool [J, width], which of them the item has; ``slope`` is ``free``, ``common`` or
    ``one``; ``fixed`` bool [J], anchors."""

    kind: Codes
    steps: Rows
    width: int
    used: Flags
    slope: str
    fixed: Flags

    @property
    def linear(self) -> bool:
        """Whether a person's slope-weighted sum score says all about ability (1pl and 2pl, no item with more)."""
        return bool((self.kind < THREE).all())

    @property
    def top(self) -> int:
        """The highest score of any item."""
        return int(self.steps.max())


def shape_of(kind: Codes, steps: Rows, slope: str, fixed: Flags) -> Shape:
    """Lay out the working parameters."""
    top = int(steps.max())
    guessing = bool((kind == THREE).any())
    used = np.zeros((len(kind), 1 + top + guessing), bool)
    used[:, 0] = True
    used[:, 1 : 1 + top] = np.arange(top) < steps[:, None]
    if guessing:
        used[:, -1] = kind == THREE
    return Shape(kind, steps, used.shape[1], used, slope, fixed)


def curves(shape: Shape, omega: Floats, nodes: Floats) -> tuple[Floats, Floats]:
    """Return the log chance [J, K + 1, Q] of each score and its slopes [J, K + 1, width, Q]; 0 for scores and
    parameters that an item does not have."""
    size, top = len(shape.kind), shape.top
    log = np.zeros((size, top + 1, len(nodes)))
    slopes = np.zeros((size, top + 1, shape.width, len(nodes)))
    for fill, rows in (
        (_binary, np.flatnonzero((shape.steps == 1) & (shape.kind != GRADED) & (shape.kind != THREE))),
        (_guessing, np.flatnonzero(shape.kind == THREE)),
        (_graded, np.flatnonzero(shape.kind == GRADED)),
        (_partial, np.flatnonzero((shape.kind == PARTIAL) & (shape.steps > 1))),
    ):
        if len(rows) == size:
            fill(omega, shape.steps, nodes, log, slopes)
        elif len(rows):
            part, part_slopes = log[rows], slopes[rows]
            fill(omega[rows], shape.steps[rows], nodes, part, part_slopes)
            log[rows], slopes[rows] = part, part_slopes
    return log, slopes


def log_logistic(x: Floats) -> Floats:
    """Return log(1 / (1 + exp(-x))) without overflow."""
    return np.asarray(np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x))), dtype=np.float64)


def _binary(omega: Floats, steps: Rows, nodes: Floats, log: Floats, slopes: Floats) -> None:
    z = omega[:, :1] * nodes + omega[:, 1:2]
    log[:, 1] = log_logistic(z)
    log[:, 0] = log[:, 1] - z
    right = np.exp(log[:, 1])
    slopes[:, 0, 1] = -right
    slopes[:, 1, 1] = 1.0 - right
    slopes[:, :2, 0] = slopes[:, :2, 1] * nodes


def _guessing(omega: Floats, steps: Rows, nodes: Floats, log: Floats, slopes: Floats) -> None:
    z = omega[:, :1] * nodes + omega[:, 1:2]
    c = np.exp(log_logistic(omega[:, -1:]))
    known = np.exp(log_logistic(z))
    right = c + (1.0 - c) * known
    log[:, 1] = np.log(right)
    log[:, 0] = np.log1p(-c) + log_logistic(-z)
    slopes[:, 0, 1] = -known
    slopes[:, 1, 1] = (1.0 - c) * known * (1.0 - known) / right
    slopes[:, :2, 0] = slopes[:, :2, 1] * nodes
    slopes[:, 0, -1] = -c
    slopes[:, 1, -1] = (1.0 - known) * c * (1.0 - c) / right


def _graded(omega: Floats, steps: Rows, nodes: Floats, log: Floats, slopes: Floats) -> None:
    # P(k) = s(x) - s(y) = s(x) s(-y) (1 - exp(y - x)), which loses no digits; x and y are the logits of reaching k, k + 1
    for k in range(log.shape[1]):
        rows = np.flatnonzero(steps >= k)
        last = steps[rows] == k
        x = omega[rows, :1] * nodes + omega[rows, k : k + 1] if k else np.full((len(rows), len(nodes)), np.inf)
        after = np.where(last, 0.0, omega[rows, min(k + 1, omega.shape[1] - 1)])
        y = np.where(last[:, None], -np.inf, omega[rows, :1] * nodes + after[:, None])
        gap = np.where(last, -np.inf, after - omega[rows, k]) if k else np.full(len(rows), -np.inf)
        share = np.exp(gap)
        with np.errstate(invalid="ignore"):
            not_x = np.where(np.isposinf(x), 0.0, np.exp(log_logistic(-x)))
            is_y = np.where(np.isneginf(y), 0.0, np.exp(log_logistic(y)))
            log_x = np.where(np.isposinf(x), 0.0, log_logistic(x))
            log_y = np.where(np.isneginf(y), 0.0, log_logistic(-y))
        log[rows, k] = log_x + log_y + np.log1p(-share)[:, None]
        extra = (share / (1.0 - share))[:, None]
        slopes[rows, k, 0] = nodes * (not_x - is_y)
        if k:
            slopes[rows, k, k] = not_x + extra
        inner = rows[~last]
        if len(inner):
            slopes[inner, k, k + 1] = -(is_y + extra)[~last]


def _partial(omega: Floats, steps: Rows, nodes: Floats, log: Floats, slopes: Floats) -> None:
    top = log.shape[1] - 1
    score = np.arange(top + 1)
    present = score <= steps[:, None]
    heights = np.concatenate([np.zeros((len(steps), 1)), np.cumsum(omega[:, 1 : 1 + top], axis=1)], axis=1)
    power = omega[:, :1, None] * score[:, None] * nodes + heights[:, :, None]
    power = np.where(present[:, :, None], power, -np.inf)
    most = power.max(axis=1, keepdims=True)
    shown = power - (most + np.log(np.exp(power - most).sum(axis=1, keepdims=True)))
    chance = np.exp(shown)
    log[:] = np.where(present[:, :, None], shown, 0.0)
    mean = np.einsum("jkq,k->jq", chance, score)
    reached = np.cumsum(chance[:, ::-1], axis=1)[:, ::-1]
    for k in range(top + 1):
        here = present[:, k, None]
        slopes[:, k, 0] = np.where(here, nodes * (k - mean), 0.0)
        for j in range(1, top + 1):
            slopes[:, k, j] = np.where(here & (j <= steps[:, None]), float(k >= j) - reached[:, j], 0.0)
