"""Item priors: they help where data are thin, and shrink no further than they should."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.measurement.calibration.calibrate import Calibration, calibrate
from headway.core.measurement.calibration.maximisation import ItemPriors
from headway.core.measurement.calibration.responses import responses_from_table
from headway.core.measurement.items import ItemBank, item_bank
from headway.core.measurement.linking import link
from tests.core.measurement.simulated import answers, bank_of


def sparse(persons: int, items: int) -> tuple[ItemBank, np.ndarray]:
    """The research file's draw: 80 % missing completely at random, -1 where missing."""
    rng = np.random.default_rng(20260915 + persons + items)
    a, b = np.clip(rng.lognormal(0.0, 0.3, items), 0.4, 2.5), rng.normal(size=items)
    ability = rng.normal(size=persons)
    chance = 1.0 / (1.0 + np.exp(-a * (ability[:, None] - b)))
    table = (rng.random((persons, items)) < chance).astype(np.int8)
    table[rng.random((persons, items)) < 0.8] = -1
    return item_bank([str(n) for n in range(items)], b, a=a), table


def errors(found: Calibration, truth: ItemBank) -> tuple[float, float]:
    """RMSE of slopes and of difficulties after linking."""
    linked = link(found.bank, truth).bank(found.bank)
    return float(np.sqrt(((linked.a - truth.a) ** 2).mean())), float(np.sqrt(((linked.b - truth.b) ** 2).mean()))


def test_sparse_data_are_estimated_better_with_priors() -> None:
    truth, table = sparse(1000, 500)
    found = calibrate(responses_from_table(table))
    slope, place = errors(found, truth)
    assert found.priors is not None
    assert found.priors.slope_sd == pytest.approx(0.29, abs=0.04)
    assert found.priors.place_sd == pytest.approx(0.99, abs=0.12)
    assert slope <= 0.18
    assert place <= 0.21
    assert found.highest_log_likelihood == pytest.approx(-54186.574, abs=0.05)


def test_few_items_are_not_shrunk_too_far() -> None:
    truth, table = sparse(1000, 50)
    with_priors, without = (errors(calibrate(responses_from_table(table), priors=p), truth) for p in ("auto", "none"))
    assert with_priors[0] < 0.95 * without[0]
    assert with_priors[1] < 0.95 * without[1]


def test_plenty_of_data_need_no_priors_and_are_hardly_moved_by_them() -> None:
    data = answers(bank_of(20, 3), np.random.default_rng(3).normal(size=4000), 3)
    plain, shrunk = calibrate(data), calibrate(data, priors="empirical")
    assert plain.priors is None
    assert plain.bank.se_a is not None and plain.bank.se_b is not None
    assert (np.abs(shrunk.bank.a - plain.bank.a) < 0.7 * plain.bank.se_a).all()
    assert (np.abs(shrunk.bank.b - plain.bank.b) < 0.9 * plain.bank.se_b).all()
    assert shrunk.log_likelihood <= plain.log_likelihood + 1e-3
    assert shrunk.highest_log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-2)


def test_given_priors_hold() -> None:
    data = answers(bank_of(12, 5), np.random.default_rng(5).normal(size=300), 5)
    found = calibrate(data, priors=ItemPriors(0.0, 0.01, 0.0, 1.0))
    assert float(np.log(found.bank.a).std()) < 0.02


def test_priors_are_refused_where_slopes_are_not_free() -> None:
    data = answers(bank_of(12, 5), np.random.default_rng(5).normal(size=300), 5)
    with pytest.raises(ValueError, match="slopes of their own"):
        calibrate(data, model="rasch", priors="empirical")
