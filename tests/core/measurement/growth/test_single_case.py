"""Effects for one learner: against published figures, hand counts and simulated truth."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.growth.overlap import baseline_corrected_tau, log_response_ratio, nap, tau, tau_u
from headway.core.measurement.growth.single_case import phase_effect, pool
from tests.standards.shared import SHARED, needs_shared

BEFORE, AFTER = np.array([20.0, 20, 26, 25, 22, 23]), np.array([28.0, 25, 24, 27, 30, 30, 29])
"""The example in the manual of the R package SingleCaseES, which also gives NAP and its interval."""

values = st.lists(st.integers(0, 20).map(float), min_size=3, max_size=9)


def test_nap_is_as_published() -> None:
    found = nap(BEFORE, AFTER)
    assert found.value == pytest.approx(0.9166667, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.5973, 0.9860), abs=2e-4)
    assert tau(BEFORE, AFTER).value == pytest.approx(2 * 0.9166667 - 1, abs=1e-6)


def test_tau_u_by_hand() -> None:
    between = sum(np.sign(b - a) for a in BEFORE for b in AFTER)
    trend = sum(np.sign(BEFORE[j] - BEFORE[i]) for i in range(6) for j in range(i + 1, 6))
    assert tau_u(BEFORE, AFTER) == pytest.approx((between - trend) / 42)


@given(values, values)
def test_turning_the_measure_round_turns_the_effect_round(before: list[float], after: list[float]) -> None:
    a, b = np.array(before), np.array(after)
    assert nap(a, b).value + nap(a, b, up=False).value == pytest.approx(1.0)
    assert tau_u(a, b) == pytest.approx(-tau_u(a, b, up=False))
    found = nap(a, b)
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0 and found.error > 0
    assert -1.0 <= baseline_corrected_tau(a, b).value <= 1.0


def test_a_trend_before_is_taken_out() -> None:
    rising = np.arange(20.0) + np.tile([0.0, 0.3], 10)
    assert nap(rising[:10], rising[10:]).value == 1.0
    corrected = baseline_corrected_tau(rising[:10], rising[10:])
    assert corrected.corrected and abs(corrected.value) < 0.4 and corrected.p > 0.05
    stepped = np.r_[np.tile([5.0, 6.0], 5), np.tile([9.0, 10.0], 5)]
    plain = baseline_corrected_tau(stepped[:10], stepped[10:])
    assert not plain.corrected and plain.value > 0.6 and plain.p < 0.001


def test_a_ratio_of_means() -> None:
    found = log_response_ratio(BEFORE, AFTER)
    assert np.exp(found.value) == pytest.approx(AFTER.mean() / BEFORE.mean(), rel=0.01)
    assert found.low < found.value < found.high
    assert log_response_ratio(BEFORE, AFTER, up=False).value == -found.value
    with pytest.raises(ValueError, match="zero or less"):
        log_response_ratio(BEFORE - 30, AFTER)


@pytest.mark.parametrize("phi", [0.0, 0.4])
def test_no_effect_is_rarely_found_and_a_real_one_is_measured(phi: float) -> None:
    rng = np.random.default_rng(2)
    false, found = 0, []
    for _ in range(200):
        noise = rng.normal(size=20)
        for k in range(1, 20):
            noise[k] += phi * noise[k - 1]
        flat = 10 + 0.2 * np.arange(20) + noise
        false += phase_effect(np.arange(20.0), flat, 10).p < 0.05
        found.append(phase_effect(np.arange(20.0), flat + 3.0 * (np.arange(20) >= 10), 10).level)
    assert false / 200 < 0.09
    assert np.mean(found) == pytest.approx(3.0, abs=0.25)


def test_less_can_be_better_and_short_phases_are_marked() -> None:
    y = np.array([9.0, 8, 9, 10, 3, 2, 3, 2])
    up, down = phase_effect(range(8), y, 4.0), phase_effect(range(8), y, 4.0, up=False)
    assert down.level == pytest.approx(-up.level) and down.level > 4 and not down.enough
    assert phase_effect(range(8), y, 4.0, up=False, trend_before=False).total > 4


@pytest.mark.parametrize(
    ("times", "measured", "start", "message"),
    [
        ([0, 1, 2, 3], [1, 2, 3, 4], 2, "2 values before and 2 after"),
        ([0, 1, 1, 2, 3, 4], [1, 2, 3, 4, 5, 6], 2, "times must rise"),
        ([0, 1, 2, 3, 4, 5], [1, 2, 3, np.nan, 5, 6], 3, "must be numbers"),
    ],
)
def test_series_that_cannot_be_fitted(times: list[int], measured: list[float], start: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        phase_effect(np.array(times, float), np.array(measured, float), start)


def test_pooling_finds_the_mean_and_the_spread() -> None:
    rng = np.random.default_rng(4)
    errors = rng.uniform(0.2, 0.6, 200)
    whole = pool(rng.normal(0.7, 0.3, 200) + rng.normal(0, errors), errors)
    assert whole.effect == pytest.approx(0.7, abs=0.1) and whole.between == pytest.approx(0.3, abs=0.1)
    assert whole.low < whole.effect < whole.high and whole.high_next - whole.low_next > 1.0
    alike = pool([0.5, 0.5, 0.5], [0.2, 0.2, 0.2])
    assert (alike.effect, alike.between) == pytest.approx((0.5, 0.0))
    with pytest.raises(ValueError, match="at least two"):
        pool([0.5], [0.1])
    with pytest.raises(ValueError, match="not positive"):
        pool([0.5, 0.6], [0.1, 0.0])


@needs_shared
@pytest.mark.shared
def test_published_cases_all_give_an_effect() -> None:
    """Every series of two phases A, B with three values in each, from SingleCaseES and scan."""
    table = pl.read_parquet(SHARED / "data" / "measurement" / "single_case_series.parquet")
    count = 0
    for _, rows in table.filter(pl.col("phase").is_in(["A", "B"])).group_by("dataset", "case", maintain_order=True):
        rows = rows.drop_nulls("value").sort("session").unique("session", maintain_order=True)
        before, after = (rows.filter(pl.col("phase") == p)["value"].to_numpy() for p in ("A", "B"))
        order = rows["phase"].to_list()
        if min(len(before), len(after)) < 3 or order != sorted(order):
            continue
        start = float(rows.filter(pl.col("phase") == "B")["session"].min())  # type: ignore[arg-type]
        effect = phase_effect(rows["session"].to_numpy(), rows["value"].to_numpy(), start)
        assert effect.total_error > 0 and np.isfinite([effect.total, effect.p, effect.standardised]).all()
        assert 0.0 <= nap(before, after).value <= 1.0
        count += 1
    assert count > 200
