"""Boosted trees as flat arrays: fitted by LightGBM (Ke et al., NeurIPS 2017), served by a loop of our own.

LightGBM is needed for fitting only and imported there. A fitted forest gives the same sums as LightGBM itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.hybrid.describe import Row
from headway.core.mastery.metrics import Labels

Wide = NDArray[np.float32]


class Forest(NamedTuple):
    """``roots`` [trees] are nodes; node n sends x to ``left`` if x[feature] <= threshold, else to ``right``; a child
    below 0 is the leaf -1 - child of ``leaves``. A tree of a single leaf has it for a root. ``cover`` [nodes] is the share of
    the rows at a node that went left in the fit."""

    roots: Ints
    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    leaves: Floats
    cover: Floats


@dataclass(frozen=True, slots=True)
class ForestOptions:
    """``rounds`` at most, ``patience`` rounds without gain on held-out learners, and LightGBM's settings."""

    rounds: int = 600
    patience: int = 60
    learning_rate: float = 0.05
    num_leaves: int = 31
    min_data_in_leaf: int = 100
    feature_fraction: float = 0.3
    bagging_fraction: float = 0.8
    lambda_l2: float = 50.0
    max_bin: int = 63
    refit_below: int = 400_000


class MissingTrainer(RuntimeError):
    """LightGBM is not there; the message says how to get it."""


def empty_forest() -> Forest:
    """Return a forest that adds nothing."""
    none = np.zeros(0, np.int32)
    return Forest(none, none, np.zeros(0), none, none, np.zeros(0), np.zeros(0))


def fit_forest(
    x: Wide,
    y: Labels,
    start: Floats,
    held: NDArray[np.bool_],
    *,
    options: ForestOptions = ForestOptions(),
    seed: int = 0,
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[Forest, Floats]:
    """Fit corrections to the logits ``start`` [N] on the rows that are not ``held``; those say when to stop. Returns
    the forest and the held rows' logits from before they were learnt on.

    Up to ``refit_below`` rows the forest is then fitted again on all rows with the number of rounds found. ``x`` float32
    [N, features]. Raises MissingTrainer if LightGBM cannot be imported.
    """
    lightgbm = _trainer()
    o = options
    settings = {
        "objective": "binary",
        "metric": "binary_logloss",
        "learning_rate": o.learning_rate,
        "num_leaves": o.num_leaves,
        "min_data_in_leaf": o.min_data_in_leaf,
        "feature_fraction": o.feature_fraction,
        "bagging_fraction": o.bagging_fraction,
        "bagging_freq": 1,
        "lambda_l2": o.lambda_l2,
        "max_bin": o.max_bin,
        "use_missing": False,
        "boost_from_average": False,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": 1,
        "seed": seed,
        "verbosity": -1,
    }
    fitting = lightgbm.Dataset(x[~held], y[~held], init_score=start[~held], params=settings)
    watching = lightgbm.Dataset(x[held], y[held], init_score=start[held], reference=fitting)
    calls = [
        lightgbm.early_stopping(o.patience, verbose=False),
        lambda env: progress(int(env.iteration) + 1),
    ]
    found = lightgbm.train(settings, fitting, o.rounds, valid_sets=[watching], callbacks=calls)
    rounds = found.best_iteration
    late = start[held] + found.predict(x[held], raw_score=True, num_iteration=rounds)
    if len(x) <= o.refit_below:
        everything = lightgbm.Dataset(x, y, init_score=start, params=settings)
        found = lightgbm.train(settings, everything, rounds)
    return forest_of(found.dump_model(num_iteration=rounds)["tree_info"]), late


def _trainer() -> Any:
    try:
        import lightgbm
    except (ImportError, OSError) as error:
        raise MissingTrainer(
            f"LightGBM, which fits the corrector, cannot be loaded ({error}). Install it with pip install lightgbm; on "
            "Debian or Ubuntu its library libgomp1 may be missing. Models are served without it."
        ) from error
    return lightgbm


def forest_of(trees: list[dict[str, Any]]) -> Forest:
    """Flatten trees as LightGBM dumps them (numerical splits without missing values)."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    leaves: list[float] = []
    cover: list[float] = []

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(float(node["leaf_value"]))
            return -len(leaves)
        number = len(feature)
        feature.append(int(node["split_feature"]))
        threshold.append(float(node["threshold"]))
        left.append(0)
        right.append(0)
        cover.append(_rows(node["left_child"]) / max(_rows(node), 1))
        left[number], right[number] = add(node["left_child"]), add(node["right_child"])
        return number

    roots = [add(tree["tree_structure"]) for tree in trees]
    ints = [np.array(part, np.int32) for part in (roots, feature, left, right)]
    return Forest(ints[0], ints[1], np.array(threshold), ints[2], ints[3], np.array(leaves), np.array(cover))


def _rows(node: dict[str, Any]) -> int:
    """The training rows at a node as LightGBM dumps it; a tree of a single leaf has no count."""
    return int(node.get("internal_count", node.get("leaf_count", 0)))


@compiled
def forest_sum(x: Row, forest: Forest) -> float:
    """Return the sum of the leaves that ``x`` falls into."""
    total = 0.0
    for root in forest.roots:
        node = root
        while node >= 0:
            node = forest.left[node] if x[forest.feature[node]] <= forest.threshold[node] else forest.right[node]
        total += forest.leaves[-1 - node]
    return total
