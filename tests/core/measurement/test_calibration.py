"""Calibration: it finds what made the data, its errors are right, and nothing hangs on order, sign or start."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.measurement.calibration.calibrate import Calibration, calibrate
from headway.core.measurement.calibration.likelihood import score_persons
from headway.core.measurement.calibration.responses import Responses, responses_from_table, responses_of
from headway.core.measurement.items import MODELS, ItemBank
from tests.core.measurement.simulated import answers, bank_of

few = settings(max_examples=8)


@pytest.mark.parametrize(
    ("model", "made", "points"),
    [("2pl", "2pl", 1), ("grm", "grm", 3), ("gpcm", "pcm", 2), ("3pl", "3pl", 1), ("1pl", "1pl", 1)],
)
def test_every_model_finds_what_made_the_data_within_its_errors(model: str, made: str, points: int) -> None:
    bank = bank_of(16, 5, made, points)
    found = calibrate(answers(bank, np.random.default_rng(6).normal(size=3000), 7), model=model, priors="none")
    assert found.converged
    assert found.whole
    assert found.bank.se_b is not None and found.bank.se_a is not None
    off = (found.bank.b - bank.b) / found.bank.se_b
    assert np.sqrt((off**2).mean()) < 1.5
    assert np.abs(off).max() < 4.5
    assert np.sqrt((((found.bank.a - bank.a) / found.bank.se_a) ** 2).mean()) < 1.6


@pytest.mark.parametrize(("model", "made", "points"), [("rasch", "1pl", 1), ("pcm", "pcm", 2)])
def test_with_slopes_of_one_the_spread_of_ability_is_found(model: str, made: str, points: int) -> None:
    bank = bank_of(14, 8, made, points)
    bank = replace(bank, a=np.ones(14))
    found = calibrate(answers(bank, np.random.default_rng(2).normal(0.0, 1.7, 3000), 3), model=model)
    assert found.sd[0] == pytest.approx(1.7, abs=4.0 * found.se_sd[0])
    assert found.se_sd[0] < 0.06
    assert np.abs(found.bank.b - bank.b).max() < 0.35
    assert float(found.nodes[-1]) >= 4.5 * 1.7 * 0.9


def test_errors_are_those_of_the_likelihoods_own_curvature() -> None:
    bank = bank_of(6, 1)
    data = answers(bank, np.random.default_rng(1).normal(size=700), 2, missing=0.2)
    found = calibrate(data, priors="none", tolerance=1e-7)
    start = np.concatenate([found.bank.a, found.bank.b[:, 0]])

    def value(x: np.ndarray) -> float:
        moved = replace(found.bank, a=x[:6], b=x[6:, None])
        return score_persons(moved, found.data, nodes=121).log_likelihood

    h, size = 1e-2, len(start)
    curvature = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            at = [start.copy() for _ in range(4)]
            for place, (one, other) in enumerate(((1, 1), (1, -1), (-1, 1), (-1, -1))):
                at[place][i] += one * h
                at[place][j] += other * h
            curvature[i, j] = (value(at[0]) - value(at[1]) - value(at[2]) + value(at[3])) / (4 * h * h)
    errors = np.sqrt(np.diag(np.linalg.inv(-curvature)))
    assert found.bank.se_a is not None and found.bank.se_b is not None
    assert np.concatenate([found.bank.se_a, found.bank.se_b[:, 0]]) == pytest.approx(errors, rel=0.01)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    held = []
    for seed in range(12):
        bank = bank_of(20, seed)
        found = calibrate(answers(bank, np.random.default_rng(100 + seed).normal(size=600), seed), priors="none")
        assert found.bank.se_a is not None and found.bank.se_b is not None
        held.append(np.abs(found.bank.a - bank.a) < 1.96 * found.bank.se_a)
        held.append((np.abs(found.bank.b - bank.b) < 1.96 * found.bank.se_b)[:, 0])
    assert 0.925 < np.mean(held) < 0.975


def _same(one: Calibration, other: ItemBank) -> None:
    again = other.take(other.rows_of(one.bank.ids))
    assert one.bank.a == pytest.approx(again.a, abs=2e-3)
    assert one.bank.b == pytest.approx(again.b, abs=4e-3)


@few
@given(st.integers(0, 10_000), st.sampled_from(["2pl", "rasch", "grm"]))
def test_order_of_persons_and_items_does_not_matter(seed: int, model: str) -> None:
    bank = bank_of(8, seed, "grm" if model == "grm" else "2pl", 2 if model == "grm" else 1)
    rng = np.random.default_rng(seed)
    data = answers(bank, rng.normal(size=400), seed, missing=0.3)
    people, tasks = rng.permutation(400), rng.permutation(8)
    names = np.empty(8, dtype=object)
    names[tasks] = bank.ids
    order = rng.permutation(len(data.item))
    moved = responses_of(
        people[data.person][order], tasks[data.item][order], data.score[order], item_ids=names.tolist()
    )
    one, other = (calibrate(part, model=model, priors="none", tolerance=1e-6) for part in (data, moved))
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-3)
    _same(one, other.bank)


@few
@given(st.integers(0, 10_000))
def test_wrong_for_right_turns_the_scale_round(seed: int) -> None:
    data = answers(bank_of(8, seed), np.random.default_rng(seed).normal(size=500), seed)
    one = calibrate(data, priors="none", tolerance=1e-6)
    other = calibrate(replace(data, score=(1 - data.score).astype(np.int16)), priors="none", tolerance=1e-6)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-3)
    _same(one, replace(other.bank, b=-other.bank.b))


@few
@given(st.integers(0, 10_000), st.floats(-1.5, 1.5))
def test_a_shift_of_anchors_shifts_everything(seed: int, shift: float) -> None:
    data = answers(bank_of(8, seed), np.random.default_rng(seed).normal(size=500), seed)
    free = calibrate(data, priors="none", tolerance=1e-6)
    anchors = free.bank.take([0, 1, 2])
    moved = replace(anchors, b=anchors.b + shift)
    found = calibrate(data, priors="none", anchors=moved, tolerance=1e-6)
    assert found.mean[0] == pytest.approx(shift, abs=0.02)
    assert found.sd[0] == pytest.approx(1.0, abs=0.02)
    assert found.bank.b[3:] == pytest.approx(free.bank.b[3:] + shift, abs=0.05)
    assert found.ability == pytest.approx(free.ability + shift, abs=0.05)


@few
@given(st.integers(0, 10_000))
def test_the_likelihood_never_falls_but_by_a_leap_that_is_taken_back(seed: int) -> None:
    seen: list[float] = []
    data = answers(bank_of(10, seed), np.random.default_rng(seed).normal(size=300), seed, missing=0.5)
    found = calibrate(data, priors="none", progress=lambda cycle, value: seen.append(value))
    assert found.log_likelihood >= max(seen) - 1e-2
    assert seen[1] > seen[0]


def test_groups_have_their_own_mean_and_spread() -> None:
    bank = bank_of(20, 4)
    rng = np.random.default_rng(4)
    member = np.arange(3000) % 2
    ability = np.where(member == 1, rng.normal(0.7, 1.3, 3000), rng.normal(size=3000))
    data = replace(answers(bank, ability, 4, missing=0.4), group=member, groups=("fall", "spring"))
    found = calibrate(data, priors="none")
    assert (found.mean[0], found.sd[0]) == (0.0, 1.0)
    assert found.mean[1] == pytest.approx(0.7, abs=3.5 * found.se_mean[1])
    assert found.sd[1] == pytest.approx(1.3, abs=3.5 * found.se_sd[1])
    assert found.se_mean[1] < 0.08


def test_long_tests_get_denser_nodes_and_keep_their_scale() -> None:
    bank = bank_of(500, 12)
    found = calibrate(answers(bank, np.random.default_rng(12).normal(size=500), 12), priors="none")
    assert len(found.nodes) > 61  # a short test has 47
    assert float(np.polyfit(found.bank.b[:, 0], bank.b[:, 0], 1)[0]) == pytest.approx(1.0, abs=0.1)
    exact = score_persons(found.bank, found.data, nodes=601, reach=float(found.nodes[-1])).log_likelihood
    assert found.log_likelihood == pytest.approx(exact, abs=0.05)


def test_abilities_come_in_the_order_of_persons() -> None:
    ability = np.random.default_rng(3).normal(size=500)
    found = calibrate(answers(bank_of(40, 3), ability, 3))
    assert float(np.corrcoef(found.ability, ability)[0, 1]) > 0.9
    assert (np.abs(found.ability - ability) < 1.96 * found.ability_sd).mean() == pytest.approx(0.95, abs=0.03)


def test_what_cannot_be_calibrated_is_said() -> None:
    table = np.array([[1, 0, 1], [1, 1, 0], [1, 0, 0], [1, 1, 1]])
    found = calibrate(responses_from_table(table), model="rasch")
    assert [(name, str(reason)) for name, reason in found.left_out] == [("0", "all 4 responses have the score 1")]
    for words, problem in (
        ("nothing can be calibrated", lambda: calibrate(responses_from_table(np.ones((5, 3))))),
        ("no model '4pl'", lambda: calibrate(responses_from_table(table), model="4pl")),
        ("no item priors 'some'", lambda: calibrate(responses_from_table(table), priors="some")),
        ("two scores on item 1", lambda: responses_of([0, 0], [1, 1], [1, 0])),
        ("every score must be", lambda: responses_of([0, 0], [0, 1], [1, 0.5])),
        ("every person must be", lambda: responses_of([0, -1], [0, 1], [1, 0])),
        ("one length", lambda: responses_of([0, 1], [0], [1])),
        ("no response", lambda: responses_of([], [], [])),
    ):
        with pytest.raises(ValueError, match=words):
            problem()


def test_gaps_among_scores_are_closed() -> None:
    data = answers(bank_of(10, 2, "grm", 2), np.random.default_rng(2).normal(size=800), 2)
    shifted = replace(data, score=(data.score * 2 + 1).astype(np.int16))
    plain, odd = calibrate(data, model="grm"), calibrate(shifted, model="grm")
    assert "renumbered" in " ".join(map(str, odd.warnings))
    _same(plain, odd.bank)
    assert {MODELS[code] for code in odd.bank.model} == {"grm"}


def test_responses_can_be_given_as_three_lists() -> None:
    data: Responses = answers(bank_of(6, 9), np.random.default_rng(9).normal(size=300), 9)
    member = np.arange(300) % 2
    found = calibrate((data.person, data.item, data.score), groups=member)
    assert found.groups == ("0", "1")
    assert len(found.bank) == 6
