"""Fitting on response logs: it finds what was put in, learns nothing from noise, and never looks ahead."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from headway.core.mastery.features import NAMES, features_of
from headway.core.mastery.fitting import FITTERS, Fitted, Fitter, Progress, fit
from headway.core.mastery.frame import Frame, Longs, frame_of, split
from headway.core.mastery.gaussian import GaussianParameters
from headway.core.mastery.gaussian_fit import stream
from headway.core.mastery.hybrid.trees import MissingTrainer
from headway.core.mastery.promises import FITTER_PROMISES, Dishonest, check_fitter

LOGS = Path(__file__).resolve().parents[4] / "shared" / "data" / "kt"


def log(learners: int = 120, each: int = 60, seed: int = 0, noise: bool = False) -> dict[str, Any]:
    """Learners with an ability each, 40 items in 8 skills; items of odd skills have a second skill."""
    rng = np.random.default_rng(seed)
    difficulty = rng.normal(0.0, 1.2, 40)
    student = np.repeat(np.arange(learners) * 3 + 5, each)
    item = rng.integers(40, size=learners * each)
    ability = np.repeat(rng.normal(0.0, 1.0, learners), each)
    chance = 0.5 if noise else 1.0 / (1.0 + np.exp(difficulty[item] - ability))
    skills = [[int(i) // 5, 0] if i // 5 % 2 else [int(i) // 5] for i in item]
    correct = (rng.random(len(item)) < chance).astype(np.int8)
    order = np.tile(np.arange(each), learners)
    return {"student": student, "item": item, "skills": skills, "correct": correct, "order": order}


def trainable(model: str) -> str:
    """Skip where what fits the model is not installed."""
    if model == "gru-1" and find_spec("torch") is None:
        pytest.skip("PyTorch is not installed: pip install 'headway[deep]'")
    return model


@pytest.mark.parametrize("model", sorted(set(FITTERS) - {"pfa", "das3h", "bkt-1", "gru-1"}))
def test_difficulties_are_found(model: str) -> None:
    columns = log()
    truth = np.random.default_rng(0).normal(0.0, 1.2, 40)
    report = fit(frame_of(columns), model=model)
    assert np.corrcoef(report.fitted.difficulty, truth)[0, 1] > 0.93
    assert report.test.auc > 0.72
    assert report.test.ece < 0.05


@pytest.mark.parametrize("promise", FITTER_PROMISES, ids=lambda promise: promise.__name__)
@pytest.mark.parametrize("model", FITTERS)
def test_fitters_keep_their_promises(model: str, promise: Callable[[Fitter, int], None]) -> None:
    promise(FITTERS[trainable(model)][0], 3)


def test_the_deep_challenger_finds_what_was_put_in() -> None:
    report = fit(frame_of(log()), model=trainable("gru-1"))
    assert np.corrcoef(report.fitted.difficulty, np.random.default_rng(0).normal(0.0, 1.2, 40))[0, 1] > 0.8
    assert report.test.auc > 0.72


@pytest.mark.skipif(find_spec("torch") is not None, reason="PyTorch is installed")
def test_the_deep_challenger_says_what_it_needs() -> None:
    with pytest.raises(MissingTrainer, match=r"headway\[deep\]"):
        fit(frame_of(log(10, 5)), model="gru-1")


def test_a_fitter_that_peeks_is_caught() -> None:
    def peeking(frame: Frame, train: Longs, progress: Progress) -> Fitted:
        return Fitted(np.where(frame.correct == 1, 0.8, 0.2), np.zeros(frame.items), {})

    with pytest.raises(Dishonest, match="the_future_changes_nothing"):
        check_fitter(peeking)


def test_later_rows_never_change_features_or_predictions() -> None:
    columns = log(20, 30)
    other = dict(columns)
    late = columns["order"] >= 15
    other["correct"] = np.where(late, 1 - columns["correct"], columns["correct"])
    one, two = frame_of(columns), frame_of(other)
    early = np.tile(np.arange(30) <= 15, 20)
    assert np.array_equal(features_of(one).dense[early], features_of(two).dense[early])
    p = [stream(frame, np.zeros(40), GaussianParameters()) for frame in (one, two)]
    assert np.array_equal(p[0][early], p[1][early])
    assert not np.array_equal(p[0], p[1])


def test_rows_may_come_in_any_order() -> None:
    columns = log(20, 30)
    mixed = np.random.default_rng(1).permutation(600)
    shuffled = {k: [v[i] for i in mixed] if k == "skills" else v[mixed] for k, v in columns.items()}
    assert np.array_equal(features_of(frame_of(columns)).dense, features_of(frame_of(shuffled)).dense)


def test_the_split_is_the_documented_one() -> None:
    frame = frame_of(log(50, 4))
    train, test = split(frame, 3)
    mixed = np.random.RandomState(3).permutation(np.arange(50) * 3 + 5)
    assert set(train) == set(mixed[:40])
    assert set(test) == set(mixed[40:])


def test_features_have_names() -> None:
    assert features_of(frame_of(log(5, 5))).dense.shape == (25, len(NAMES))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"correct": None}, "correct"),
        ({"student": None}, "student"),
        ({"skills": None}, "skill"),
        ({"correct": np.full(600, 2)}, "0 and 1"),
        ({"item": np.zeros(3)}, "length"),
    ],
)
def test_a_bad_log_is_refused_with_the_columns_name(change: dict[str, Any], words: str) -> None:
    columns = {k: v for k, v in (log(20, 30) | change).items() if v is not None}
    with pytest.raises(ValueError, match=words):
        frame_of(columns)


def test_too_few_learners_or_an_unknown_model_are_refused() -> None:
    with pytest.raises(ValueError, match="five"):
        fit(frame_of(log(3, 5)))
    with pytest.raises(ValueError, match="additive-1"):
        fit(frame_of(log(9, 5)), model="oracle")


@pytest.mark.shared
@pytest.mark.skipif(not LOGS.is_dir(), reason="../shared/data/kt is absent")
def test_real_log_reaches_best_lr() -> None:
    """Best-LR measured on the same split: 0.7795; DKT 0.762; PFA 0.717 (all responses one step ahead)."""
    table = pl.read_parquet(LOGS / "assist2009.parquet")
    columns = {n: table[n].to_list() if n == "skills" else table[n].to_numpy() for n in table.columns}
    frame = frame_of(columns)
    best = fit(frame, seed=0).test
    assert best.n == 48_361
    assert best.auc > 0.79
    assert best.ece < 0.012
    assert fit(frame, seed=0, model="gaussian-1").test.auc > 0.77
