"""The report on predictions: honest ones pass, and each kind of fault is seen where it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from headway.core.mastery.frame import Frame, frame_of
from headway.core.mastery.metrics import measure
from headway.core.mastery.report import (
    learner_groups,
    logit_line,
    noise_of,
    noise_together,
    paired_bootstrap,
    quality,
    roc_gap,
)

LEARNERS, EACH = 500, 60
Numbers = np.ndarray[Any, np.dtype[np.float64]]


def made(seed: int = 0) -> tuple[Frame, Numbers]:
    """A timed log of two skills with the true chance of each response."""
    rng = np.random.default_rng(seed)
    count = LEARNERS * EACH
    logit = np.repeat(rng.normal(0.5, 1.2, LEARNERS), EACH) + rng.normal(0.0, 0.8, count)
    chance = 1.0 / (1.0 + np.exp(-logit))
    gaps = rng.choice([20.0, 7200.0, 2e5, 9e5], size=(LEARNERS, EACH))
    frame = frame_of(
        {
            "student": np.repeat(np.arange(LEARNERS), EACH),
            "skill": rng.integers(2, size=count),
            "correct": (rng.random(count) < chance).astype(np.int8),
            "order": np.tile(np.arange(EACH), LEARNERS),
            "timestamp_ms": 1000.0 * np.cumsum(gaps, axis=1).ravel(),
        }
    )
    return frame, chance


def everything(frame: Frame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.ones(len(frame.item), np.bool_)


def test_true_chances_pass_everywhere() -> None:
    frame, chance = made()
    found = quality(frame, everything(frame), chance)
    assert found.metrics.ece <= found.noise
    assert found.slope == pytest.approx(1.0, abs=0.05)
    assert found.intercept == pytest.approx(0.0, abs=0.05)
    assert {b.kind for b in found.buckets} == {"history", "gap", "skill", "accuracy", "activity", "pace"}
    assert all(bucket.calibrated for bucket in found.buckets)
    assert max(found.excess.values()) < 0.05
    assert sum(count for _, _, count in found.reliability) == len(frame.item)


def test_overconfidence_is_seen_in_the_slope() -> None:
    frame, chance = made()
    bold = 1.0 / (1.0 + np.exp(-2.0 * np.log(chance / (1.0 - chance))))
    found = quality(frame, everything(frame), bold)
    assert found.slope == pytest.approx(0.5, abs=0.05)
    assert found.metrics.ece > found.noise


def test_a_fault_in_one_skill_is_seen_in_that_skill() -> None:
    frame, chance = made()
    wrong = np.where(frame.skills == 1, np.clip(chance - 0.15, 0.01, 0.99), chance)
    off = {b.name for b in quality(frame, everything(frame), wrong).buckets if b.kind == "skill" and not b.calibrated}
    assert off == {"1"}


def test_flattering_the_weakest_quarter_is_unfair() -> None:
    frame, chance = made()
    weakest = np.repeat(learner_groups(frame)["accuracy"] == 0, np.diff(frame.starts))
    flattered = np.where(weakest, np.clip(chance + 0.35, 0.01, 0.99), chance)
    assert quality(frame, everything(frame), flattered).excess["accuracy"] > 0.15


def test_abroca_is_zero_for_equal_curves_and_large_for_a_group_of_guesses() -> None:
    frame, chance = made()
    y = frame.correct
    assert roc_gap(y, chance, y, chance) == 0.0
    guesses = np.random.default_rng(1).random(len(y))
    assert roc_gap(y, chance, y, guesses) > 0.15


def test_noise_shrinks_with_the_sample() -> None:
    chance = made()[1]
    assert noise_of(chance[:400], 0) > 2.0 * noise_of(chance[:16_000], 0)
    intercept, slope = logit_line(np.array([0, 1, 0, 1], np.int8), np.full(4, 0.5))
    assert (round(intercept, 6), round(slope, 6)) == (0.0, 1.0)


def test_the_paired_bootstrap_knows_better_from_equal() -> None:
    frame, chance = made()
    learner = np.repeat(np.arange(LEARNERS), EACH)
    worse = chance + np.random.default_rng(2).normal(0.0, 0.3, len(chance))
    more, low, high = paired_bootstrap(learner, frame.correct, chance, worse, draws=60)
    assert 0.0 < low < more < high
    assert paired_bootstrap(learner, frame.correct, chance, chance, draws=10) == (0.0, 0.0, 0.0)


def test_what_learners_make_together_is_told_apart_from_a_fault() -> None:
    """Sixty learners whose answers go together are off by no more than such learners make; a fault that all of them share is
    beyond that."""
    rng = np.random.default_rng(4)
    learner = np.repeat(np.arange(60), 100)
    said = rng.uniform(0.3, 0.7, len(learner))
    beyond = []
    for fault in (0.0, 0.15):
        found = []
        for _ in range(40):
            true = np.clip(said + np.repeat(rng.normal(0.0, 0.2, 60), 100) - fault, 0.0, 1.0)
            y = (rng.random(len(true)) < true).astype(np.int8)
            error = measure(y, said).ece
            assert noise_together(y, said, learner, 0, 200) > noise_of(said, 0)
            found.append(error > noise_together(y, said, learner, 0, 200))
        beyond.append(sum(found))
    assert beyond[0] <= 6
    assert beyond[1] >= 30
