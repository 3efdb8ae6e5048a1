"""S-X2: what is expected by counting all answers, chance where the model holds, an alarm where it does not."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from headway.core.measurement.calibration.calibrate import calibrate
from headway.core.measurement.calibration.responses import responses_from_table
from headway.core.measurement.items import item_bank
from headway.core.measurement.summed_score_fit import NODES, REACH, SummedScoreFit, expected_right, summed_score_fit
from tests.core.measurement.simulated import bank_of


def test_expected_shares_are_those_of_all_answer_patterns() -> None:
    models = ["2pl", "2pl", "2pl", "3pl"]
    bank = item_bank(list("abcd"), [-1.0, 0.0, 0.5, 1.2], model=models, a=[1, 1.5, 0.7, 2], c=[0, 0, 0, 0.2])
    nodes = np.linspace(-REACH, REACH, NODES)
    weight = np.exp(-0.5 * nodes**2)
    right = bank.c[:, None] + (1 - bank.c[:, None]) / (1 + np.exp(-bank.a[:, None] * (nodes - bank.b)))
    both, every = np.zeros((4, 3)), np.zeros(3)
    for pattern in itertools.product((0, 1), repeat=4):
        if 0 < sum(pattern) < 4:
            seen = np.array(pattern)[:, None]
            chance = float((np.where(seen == 1, right, 1 - right).prod(axis=0) * weight).sum())
            every[sum(pattern) - 1] += chance
            both[:, sum(pattern) - 1] += chance * np.array(pattern)
    assert expected_right(bank) == pytest.approx(both / every, abs=1e-12)


def test_a_long_test_loses_no_digits() -> None:
    """Over all items the shares among persons with k right add up to k."""
    found = expected_right(bank_of(200, 3))
    assert found.sum(axis=0) == pytest.approx(np.arange(1, 200), abs=1e-6)


def fitted(seed: int, *, bent: bool) -> SummedScoreFit:
    """Twenty items of the model; ``bent``: the strongest read more into the first one than it says."""
    rng = np.random.default_rng(seed)
    a, b, ability = rng.lognormal(0.0, 0.3, 20), rng.normal(size=20), rng.normal(size=1500)
    chance = 1.0 / (1.0 + np.exp(-a * (ability[:, None] - b)))
    if bent:
        chance[:, 0] = np.exp(-((ability - 0.5) ** 2))
    found = calibrate(responses_from_table((rng.random(chance.shape) < chance).astype(np.int8)), priors="none")
    return summed_score_fit(found.bank, found.data)


def test_the_model_is_rejected_as_often_as_chance_says_and_a_bent_curve_always() -> None:
    sound = [fitted(seed, bent=False) for seed in range(10)]
    assert 0.02 < np.mean([fit.p < 0.05 for fit in sound]) < 0.10
    assert np.mean([fit.statistic / fit.df for fit in sound]) == pytest.approx(1.0, abs=0.06)
    assert max(fitted(seed, bent=True).p[0] for seed in range(4)) < 0.001


def test_what_cannot_be_tested_is_said() -> None:
    table = np.random.default_rng(1).integers(0, 2, (120, 5))
    bank = item_bank([str(n) for n in range(5)], np.zeros(5))
    table[:40, 0] = -1
    with pytest.raises(ValueError, match="80 persons answered every item: at least 100"):
        summed_score_fit(bank, responses_from_table(table.astype(np.int8)))
    with pytest.raises(ValueError, match="three are the least"):
        summed_score_fit(bank, responses_from_table(table[:, 1:3].astype(np.int8)))
