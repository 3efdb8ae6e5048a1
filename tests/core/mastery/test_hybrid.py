"""``hybrid-1`` on logs: the forest is LightGBM's, the stream never looks ahead, transfer is found where it is."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np
import pytest

from headway.core.mastery.additive import fit_additive
from headway.core.mastery.frame import Frame, frame_of
from headway.core.mastery.hybrid.context import fit_context
from headway.core.mastery.hybrid.describe import Row
from headway.core.mastery.hybrid.fitting import calibrate
from headway.core.mastery.hybrid.layout import CORE, NAMES
from headway.core.mastery.hybrid.row import core_of
from headway.core.mastery.hybrid.scorer import LEAVES, Scorer, leaf_sum, scorer_of, strike
from headway.core.mastery.hybrid.stream import core_features, core_logits, describe_all, predict_all
from headway.core.mastery.hybrid.transfer import TransferOptions, fit_transfer, transferred
from headway.core.mastery.hybrid.trees import empty_forest, forest_of, forest_sum
from headway.core.mastery.metrics import auc

LEARNERS, EACH = 60, 40


def log(seed: int = 0) -> dict[str, Any]:
    """Two hidden abilities: items of skills 0 to 3 ask for one, of 4 to 7 for the other; some items have two skills."""
    rng = np.random.default_rng(seed)
    count = LEARNERS * EACH
    item = rng.integers(32, size=count)
    ability = np.repeat(rng.normal(0.0, 2.0, (LEARNERS, 2)), EACH, axis=0)
    chance = 1.0 / (1.0 + np.exp(-ability[np.arange(count), item // 16]))
    return {
        "student": np.repeat(np.arange(LEARNERS), EACH),
        "item": item,
        "skills": [[int(i) // 4, int(i) // 4 + 1] if i % 3 == 0 and i % 16 < 12 else [int(i) // 4] for i in item],
        "correct": (rng.random(count) < chance).astype(np.int8),
        "order": np.tile(np.arange(EACH), LEARNERS),
        "hints": rng.integers(2, size=count),
        "seconds": rng.uniform(3.0, 60.0, count),
    }


def described(frame: Frame) -> np.ndarray[Any, np.dtype[np.float32]]:
    """All columns under layers that are fitted on another log of the same items."""
    other = frame_of(log(1))
    rows = np.ones(len(other.item), np.bool_)
    core = core_of(fit_additive(other, core_features(other), rows, iterations=20))
    logits = core_logits(other, other.students, core)
    transfer = fit_transfer(other, other.students, logits, options=TransferOptions(width=8, epochs=1))
    x = np.zeros((len(frame.item), len(NAMES)), np.float32)
    describe_all(frame, frame.students, core, transfer, fit_context(other, rows, logits), x)
    streamed = core_logits(frame, frame.students, core, transfer)
    assert np.allclose(x[:, CORE + 1], streamed, atol=1e-5)
    plain = core_logits(frame, frame.students, core)
    assert np.allclose(transferred(frame, frame.students, plain, transfer), streamed, atol=1e-12)
    none = scorer_of(empty_forest(), len(NAMES))
    whole = predict_all(frame, frame.students, core, transfer, fit_context(other, rows, logits), none)
    assert np.allclose(whole, streamed, atol=1e-5)
    return x


def test_a_row_sees_neither_its_own_answer_nor_a_later_one() -> None:
    columns = log()
    changed = columns["order"] >= 25
    other = columns | {
        "correct": np.where(changed, 1 - columns["correct"], columns["correct"]),
        "hints": np.where(changed, 1 - columns["hints"], columns["hints"]),
        "seconds": np.where(changed, 99.0, columns["seconds"]),
    }
    one, two = described(frame_of(columns)), described(frame_of(other))
    early = np.tile(np.arange(EACH) <= 25, LEARNERS)
    assert np.isfinite(one).all()
    assert np.array_equal(one[early], two[early])
    moved = (one[~early] != two[~early]).any(axis=0)
    told = {name for name, yes in zip(NAMES, moved, strict=True) if yes}
    assert {"core", "transferred", "help", "last seconds", "surprise all", "skill pattern"} <= told


def test_transfer_finds_that_skills_go_together() -> None:
    frame, fresh = frame_of(log(2)), frame_of(log(3))
    core = core_of(fit_additive(frame, core_features(frame), np.ones(len(frame.item), np.bool_)))
    logits = core_logits(frame, frame.students, core)
    transfer = fit_transfer(frame, frame.students, logits, options=TransferOptions(width=8, rate=0.05, epochs=8))
    before = core_logits(fresh, fresh.students, core)
    after = core_logits(fresh, fresh.students, core, transfer)
    assert auc(fresh.correct, after) > auc(fresh.correct, before) + 0.005


def test_the_flat_forest_sums_as_lightgbm_does() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(800, 6)).astype(np.float32)
    y = (x[:, 0] * x[:, 1] + rng.normal(0.0, 0.3, 800) > 0.0).astype(np.int8)
    settings = {"objective": "binary", "num_leaves": 15, "verbosity": -1, "num_threads": 1, "use_missing": False}
    found = lightgbm.train(settings, lightgbm.Dataset(x, y), 30)
    forest = forest_of(found.dump_model()["tree_info"])
    ours = np.array([forest_sum(row, forest) for row in x])
    assert np.allclose(ours, found.predict(x, raw_score=True), atol=1e-12)
    assert np.ptp(ours) > 1.0


def struck(row: Row, scorer: Scorer) -> float:
    bits = scorer.every.copy()
    strike(row, scorer, np.arange(len(row), dtype=np.int32), bits)
    return leaf_sum(scorer, bits)


def test_the_served_form_of_a_forest_gives_the_same_sums_bit_for_bit() -> None:
    """Whatever the usual side is; at thresholds themselves, in trees of up to 64 leaves and of a single one."""
    rng = np.random.default_rng(8)
    x = np.round(rng.normal(size=(3000, 5)), 1).astype(np.float32)
    y = (x[:, 0] * x[:, 1] + rng.normal(0.0, 0.3, 3000) > 0.0).astype(np.int8)
    settings = {"objective": "binary", "num_leaves": 64, "min_data_in_leaf": 5, "verbosity": -1, "num_threads": 1}
    found = lightgbm.train(settings | {"use_missing": False}, lightgbm.Dataset(x, y), 12)
    forest = forest_of([*found.dump_model()["tree_info"], {"tree_structure": {"leaf_value": 0.25}}])
    assert max(np.diff(np.append(scorer_of(forest, 5).leaf_at, len(forest.leaves)))) == 64
    cut = np.unique(forest.threshold)[:, None].repeat(5, axis=1).astype(np.float32)
    for one in (forest, forest._replace(cover=1.0 - forest.cover)):
        scorer = scorer_of(one, 5)
        for row in (*x[:500], *cut):
            assert struck(row, scorer) == forest_sum(row, forest)


def test_a_tree_that_cannot_be_served_is_refused() -> None:
    count = LEAVES
    chain = np.arange(count, dtype=np.int32)
    forest = empty_forest()._replace(
        roots=np.zeros(1, np.int32),
        feature=np.zeros(count, np.int32),
        threshold=np.arange(count, dtype=np.float64),
        left=-1 - chain,
        right=np.append(chain[1:], -1 - count).astype(np.int32),
        leaves=np.zeros(count + 1),
        cover=np.full(count, 0.5),
    )
    with pytest.raises(ValueError, match="65 leaves"):
        scorer_of(forest, 1)


def test_a_stump_without_splits_is_a_constant() -> None:
    assert forest_sum(np.zeros(1, np.float32), forest_of([{"tree_structure": {"leaf_value": 0.25}}])) == 0.25


def test_calibration_undoes_a_shift_and_a_slope_as_far_as_learners_tell() -> None:
    """Ten thousand learners tell them; ten learners who each answer a thousand times alike tell nearly nothing."""
    rng = np.random.default_rng(6)
    truth = rng.normal(0.0, 1.5, 200_000)
    y = (rng.random(200_000) < 1.0 / (1.0 + np.exp(-truth))).astype(np.int8)
    shift, slope = calibrate((truth - 0.1) / 0.95, y, np.arange(200_000) % 10_000)
    assert shift == pytest.approx(0.1, abs=0.02)
    assert slope == pytest.approx(0.95, abs=0.02)
    few = np.repeat(rng.normal(0.0, 1.5, 10), 1000)
    alike = np.repeat((rng.random(10) < 0.5).astype(np.int8), 1000)
    shift, slope = calibrate(few, alike, np.repeat(np.arange(10), 1000))
    assert abs(shift) < 0.03
    assert abs(slope - 1.0) < 0.03
