"""A forest in the form that serves: no walking from node to node, only masks of leaves that are struck out.

After Lucchese et al., "QuickScorer" (SIGIR 2015). A tree's leaves are bits; every node whose test turns out the less
usual way strikes out the leaves on its usual side, and the lowest bit left is the leaf that the row falls into. Nodes stand
by feature and threshold, so that the ones that strike are a run from the front of a list. The sums are those of
``trees.forest_sum``, bit for bit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.hybrid.describe import Row
from headway.core.mastery.hybrid.trees import Forest

Bits = NDArray[np.uint64]
LEAVES = 64
"""Leaves of a tree at most."""

_HASH = np.uint64(0x03F79D71B4CB0A89)
_SHIFT, _ONE, _NONE = np.uint64(58), np.uint64(1), np.uint64(0)
_PLACE = np.zeros(64, np.int64)
for _bit in range(64):
    _PLACE[(0x03F79D71B4CB0A89 << _bit & (1 << 64) - 1) >> 58] = _bit
"""The place of a single bit, by a de Bruijn sequence (Leiserson, Prokop and Randall 1998)."""


class Scorer(NamedTuple):
    """``above_at`` [features + 1] are the runs of each feature in ``above`` float32, ascending thresholds that strike
    where x is larger, with ``above_tree`` and ``above_mask``; ``below`` likewise, descending, where x is not larger.
    ``every`` uint64 [trees] are all leaves of a tree, ``leaf_at`` [trees] where its ``leaves`` begin."""

    above_at: Ints
    above: NDArray[np.float32]
    above_tree: Ints
    above_mask: Bits
    below_at: Ints
    below: NDArray[np.float32]
    below_tree: Ints
    below_mask: Bits
    every: Bits
    leaf_at: Ints
    leaves: Floats


def scorer_of(forest: Forest, features: int) -> Scorer:
    """Return the served form of a forest on so many features. Raises ValueError for a tree of more than ``LEAVES``."""
    strikes: list[tuple[bool, int, float, int, int]] = []
    every: list[int] = []
    leaf_at: list[int] = []
    leaves: list[float] = []
    for tree, root in enumerate(forest.roots.tolist()):
        begin = len(leaves)

        def add(node: int, tree: int = tree, begin: int = begin) -> int:
            """Lay the leaves below a node out, the usual side last; return their mask."""
            if node < 0:
                leaves.append(float(forest.leaves[-1 - node]))
                return 1 << (len(leaves) - 1 - begin)
            usual_left = forest.cover[node] >= 0.5
            left, right = int(forest.left[node]), int(forest.right[node])
            usual, other = (left, right) if usual_left else (right, left)
            struck = add(usual)
            strikes.append((usual_left, int(forest.feature[node]), float(forest.threshold[node]), tree, struck))
            return struck | add(other)

        every.append(add(root))
        leaf_at.append(begin)
        if len(leaves) - begin > LEAVES:
            raise ValueError(f"tree {tree} has {len(leaves) - begin} leaves: {LEAVES} at most can be served")
    return Scorer(
        *_runs([each[1:] for each in strikes if each[0]], features, 1.0),
        *_runs([each[1:] for each in strikes if not each[0]], features, -1.0),
        np.array(every, np.uint64),
        np.array(leaf_at, np.int32),
        np.array(leaves),
    )


def _runs(
    strikes: list[tuple[int, float, int, int]], features: int, sign: float
) -> tuple[Ints, NDArray[np.float32], Ints, Bits]:
    strikes = sorted(strikes, key=lambda each: (each[0], sign * each[1], each[2]))
    of = np.array([each[0] for each in strikes], np.int64)
    return (
        np.searchsorted(of, np.arange(features + 1)).astype(np.int32),
        _rounded_down(np.array([each[1] for each in strikes], np.float64)),
        np.array([each[2] for each in strikes], np.int32),
        np.array([each[3] ^ (1 << 64) - 1 for each in strikes], np.uint64),
    )


def _rounded_down(threshold: Floats) -> NDArray[np.float32]:
    """The largest float32 that is no larger: a float32 passes the one test where it passes the other."""
    near = threshold.astype(np.float32)
    return np.where(near > threshold, np.nextafter(near, np.float32(-np.inf)), near)


@compiled
def strike(x: Row, scorer: Scorer, features: Ints, bits: Bits) -> None:
    """Strike out the leaves that the features' values exclude, in place."""
    above, above_tree, above_mask = scorer.above, scorer.above_tree, scorer.above_mask
    below, below_tree, below_mask = scorer.below, scorer.below_tree, scorer.below_mask
    for feature in features:
        value = x[feature]
        n, last = scorer.above_at[feature], scorer.above_at[feature + 1]
        while n < last and not value <= above[n]:
            bits[above_tree[n]] &= above_mask[n]
            n += 1
        n, last = scorer.below_at[feature], scorer.below_at[feature + 1]
        while n < last and value <= below[n]:
            bits[below_tree[n]] &= below_mask[n]
            n += 1


@compiled
def leaf_sum(scorer: Scorer, bits: Bits) -> float:
    """Return the sum of the leaves that are left."""
    total, leaf_at, leaves = 0.0, scorer.leaf_at, scorer.leaves
    for tree in range(bits.shape[0]):
        lowest = bits[tree] & (_NONE - bits[tree])
        total += leaves[leaf_at[tree] + _PLACE[(lowest * _HASH) >> _SHIFT]]
    return total
