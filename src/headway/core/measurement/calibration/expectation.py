"""The E-step: posterior weights of persons over nodes, and what the M-step needs of them (Bock and Aitkin 1981).

Weights are float32, sums float64. For 1pl and 2pl items the log likelihood of a person is t s - G(t) + constant, with s
the slope-weighted sum of right answers and G the sum over the items met of log(1 + exp(a t + d)). So right answers enter
by one matrix-vector product each way, and tables only by what the items met have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.measurement.calibration.curves import Shape
from headway.core.measurement.calibration.responses import Block, Singles
from headway.core.measurement.items import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """``mean`` and ``sd`` float64 [G] in logits: ability in each group is normal."""

    mean: Floats
    sd: Floats

    def log_weights(self, nodes: Floats) -> Floats:
        """Return float64 [G, Q]: log weights of the nodes, which add up to 1 in each group."""
        z = (nodes - self.mean[:, None]) / self.sd[:, None]
        power = -0.5 * z * z
        return np.asarray(power - np.log(np.exp(power).sum(axis=1, keepdims=True)), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What one E-step found. ``log_likelihood`` marginal; ``met`` [J or 1, Q] expected persons at each node who met the
    item; ``scored`` [K, J, Q] of them with score k, None for linear shapes, where ``moment`` [J] (sum of posterior means
    over right answers) says it; ``group`` [G, 3] persons, sums of posterior means and of second moments; ``mean`` and
    ``sd`` [P] of the posteriors."""

    log_likelihood: float
    met: Floats
    scored: Floats | None
    moment: Floats
    group: Floats
    mean: Floats
    sd: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Log curves centred at the middle node: ``base`` [J, Q] for score 0, ``rise`` K tables [J, Q] of what score k adds;
    ``slope`` [J, 2], whose columns add up to the slopes (one float32 would bias the likelihood of a large table);
    ``constant``, what centring took away over all responses; ``prior`` [G, Q]."""

    nodes: Floats
    base: NDArray[Any]
    rise: tuple[NDArray[Any], ...]
    slope: NDArray[Any]
    constant: float
    prior: Floats


def tables_of(
    shape: Shape,
    omega: Floats,
    log: Floats,
    nodes: Floats,
    counts: Floats,
    prior: Floats,
    kind: type[np.float32] | type[np.float64] = np.float32,
    *,
    full: bool = False,
) -> Tables:
    """Prepare the tables in single or double precision; ``counts`` [J, K + 1] are responses by score; ``full`` also
    where the slopes alone would do, so that the E-step counts scores at the nodes."""
    middle = len(nodes) // 2
    centred = log - log[:, :, middle, None]
    rise = () if shape.linear and not full else tuple((centred[:, 1:] - centred[:, :1]).astype(kind).transpose(1, 0, 2))
    slope: NDArray[Any] = omega[:, 0].astype(kind)
    return Tables(
        nodes,
        centred[:, 0].astype(kind),
        rise,
        np.stack([slope, (omega[:, 0] - slope.astype(np.float64)).astype(kind)], axis=1),
        float((counts * log[:, :, middle]).sum()),
        prior,
    )


def weights_of(block: Block, tables: Tables) -> tuple[Singles, Floats]:
    """Return the posterior weights [B, Q] and the log marginal likelihoods [B] (without ``constant``)."""
    kind = tables.base.dtype
    power: NDArray[Any] = block.expand(np.asarray(block.mask @ tables.base, dtype=kind))
    if tables.rise:
        power = power + sum(np.asarray(at @ rise) for at, rise in zip(block.at, tables.rise, strict=True))
    else:
        score = np.asarray(block.at[0] @ tables.slope, dtype=np.float64).sum(axis=1)
        gap = tables.nodes - tables.nodes[len(tables.nodes) // 2]
        power = power + np.multiply.outer(score.astype(kind), gap.astype(kind))
    power += (tables.prior[block.group] if len(tables.prior) > 1 else tables.prior).astype(kind)
    most = power.max(axis=1)
    power -= most[:, None]
    weights: Singles = np.exp(power.astype(np.float32, copy=False))
    total = weights.sum(axis=1)
    weights /= total[:, None]
    return weights, most.astype(np.float64) + np.log(total.astype(np.float64))


def expect(shape: Shape, blocks: Sequence[Block], tables: Tables) -> Expected:
    """Run the E-step over all blocks."""
    nodes, items = tables.nodes, len(shape.kind)
    persons = blocks[-1].rows.stop
    points = np.stack([nodes, nodes * nodes], axis=1).astype(np.float32)
    same = all(block.mask.shape[0] == 1 and block.mask.nnz == items for block in blocks)
    met = np.zeros((1 if same else items, len(nodes)))
    scored = np.zeros((len(tables.rise), items, len(nodes))) if tables.rise else None
    moment, value = np.zeros(items), tables.constant
    moments = np.empty((persons, 2))
    group = np.zeros((len(tables.prior), 3))
    for block in blocks:
        weights, found = weights_of(block, tables)
        value += float(found.sum())
        two = np.asarray(weights @ points, dtype=np.float64)
        moments[block.rows] = two
        gathered: NDArray[Any] = block.gather(weights)
        met += gathered if same else block.met @ gathered
        if scored is None:
            moment += block.got[0] @ two[:, 0].astype(np.float32)
        else:
            for k, got in enumerate(block.got):
                scored[k] += got @ weights
        for column, part in enumerate((np.ones(len(two)), two[:, 0], two[:, 1])):
            group[:, column] += np.bincount(block.group, weights=part, minlength=len(group))
    mean = moments[:, 0]
    sd = np.sqrt(np.maximum(moments[:, 1] - mean * mean, 0.0))
    return Expected(value, met, scored, moment, group, mean, sd)
