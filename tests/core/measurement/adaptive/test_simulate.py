"""Simulated takers: honest errors, limits kept, nobody worse off for coming late."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.measurement.adaptive.design import Design, Range, rules_of
from headway.core.measurement.adaptive.figures import figures
from headway.core.measurement.adaptive.pool import pool_of
from headway.core.measurement.adaptive.simulate import simulate, warm
from headway.core.measurement.items import item_bank
from tests.core.measurement.adaptive.banks import pool

ABILITIES = np.random.default_rng(21).standard_normal(4000)


def test_eap_errors_cover_the_truth() -> None:
    done = figures(pool(), simulate(pool(), Design(maximum=60), ABILITIES, seed=2))
    assert 0.93 <= done.coverage <= 0.97
    assert abs(done.bias) < 0.02
    assert done.rmse == pytest.approx(done.se, rel=0.05)
    assert done.mean_length < 16.0


def test_the_same_seed_gives_the_same_tests_and_another_seed_others() -> None:
    design = Design(maximum=30, exposure=0.25)
    one, again, other = (simulate(pool(), design, ABILITIES[:300], seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.items, again.items)
    assert not np.array_equal(one.items, other.items)


@pytest.mark.parametrize("takers", [500, 4000])
def test_exposure_is_limited_and_fair_in_time(takers: int) -> None:
    design = Design(maximum=60, exposure=0.2)
    done = simulate(pool(), design, ABILITIES[:takers], seed=3, exposure=warm(pool(), design))
    found = figures(pool(), done)
    assert 0.19 <= found.max_exposure <= 0.21
    assert found.mean_length <= 22.5
    assert found.late_to_early <= 1.05


def test_content_ranges_hold_in_every_test() -> None:
    ranges = (Range("domain", "A", 3, 5), Range("domain", "B", 4, 6), Range("domain", "C", 0, 2))
    done = simulate(pool(), Design(maximum=16, ranges=ranges, exposure=0.3), ABILITIES[:1000], seed=4)
    kinds = np.where(done.items >= 0, pool().content[0][done.items], -1)
    for wanted in ranges:
        count = (kinds == pool().categories[0].index(wanted.category)).sum(axis=1)
        assert count.min() >= wanted.least
        assert count.max() <= wanted.most


@pytest.mark.parametrize("how", ["interval", "sprt", "glr"])
def test_a_classification_stops_early_and_is_mostly_right(how: str) -> None:
    cut = -0.8
    design = Design(maximum=40, se=0.0, cuts=(cut,), decide=how)
    done = simulate(pool(), design, ABILITIES, seed=6)
    sure = done.reason == 2
    far = np.abs(ABILITIES - cut) > design.indifference
    right = (done.estimate > cut) == (cut < ABILITIES)
    assert right[sure & far].mean() >= 0.95
    assert np.median(done.length) <= 14.0


def test_a_bank_that_runs_out_says_so() -> None:
    small = pool_of(item_bank(["a", "b", "c"], [-1.0, 0.0, 1.0]))
    done = simulate(small, Design(minimum=1, maximum=10), ABILITIES[:5])
    assert done.length.tolist() == [3] * 5
    assert done.reason.tolist() == [4] * 5


@pytest.mark.parametrize(
    ("design", "said"),
    [
        (Design(ranges=(Range("topic", "A"),)), "no content dimension 'topic'"),
        (Design(ranges=(Range("domain", "Z"),)), "no category 'Z'"),
        (Design(ranges=(Range("domain", "A", 5, 2),)), "is no range"),
        (Design(ranges=(Range("domain", "A", 400),)), "at least 400 items are asked for"),
        (Design(maximum=6, ranges=(Range("domain", "A", 4), Range("domain", "B", 4))), "ask for 8 items"),
    ],
)
def test_rules_that_no_test_can_keep_are_refused(design: Design, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rules_of(design, pool())


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum": 9, "maximum": 3},
        {"se": float("nan")},
        {"criterion": "luck"},
        {"decide": "glr"},
        {"exposure": 0.0},
        {"trials": 5},
        {"cuts": (0.0,), "decide": "sprt", "error": 0.7},
    ],
)
def test_a_design_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Design(**wrong)  # type: ignore[arg-type]


def test_a_pool_refuses_lists_that_do_not_fit_and_a_bank_of_trials_only() -> None:
    bank = item_bank(["a", "b"], [0.0, 1.0])
    with pytest.raises(ValueError, match="domain has 1 values for 2 items"):
        pool_of(bank, content={"domain": ["x"]})
    with pytest.raises(ValueError, match="no item to score"):
        pool_of(bank, trial=[True, True])
