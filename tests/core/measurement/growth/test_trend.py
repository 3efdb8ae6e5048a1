"""Trends: exact posteriors, honest errors, decisions that are right as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.growth.decisions import SURE, Goal, decide, verdict_of
from headway.core.measurement.growth.rules import four_point, three_below_six_above, trend_line
from headway.core.measurement.growth.trend import READING_ALOUD, TrendPrior, fit_trend, learn_prior

PRIOR = TrendPrior(1.0, 0.6, 60.0, 15.0)


@given(
    st.lists(st.floats(0, 40), min_size=1, max_size=12, unique=True).map(sorted),
    st.floats(-2, 2), st.floats(0.5, 20), st.floats(0, 3), st.integers(0, 99),
)  # fmt: skip
def test_the_posterior_is_that_of_the_joint_normal(
    weeks: list[float], slope: float, error: float, drift: float, seed: int
) -> None:
    """Conditioning the joint normal of level, slope, walk and probes gives the same, by another road."""
    t = np.array(weeks)
    y = 50 + slope * t + np.random.default_rng(seed).normal(0, error, len(t))
    prior = TrendPrior(1.0, 0.6, 55.0, 12.0, drift)
    trend = fit_trend(t, y, error, prior)
    later = t[-1] + 3.0
    walk = drift**2 * np.minimum.outer(np.append(t, later), np.append(t, later))
    design = np.column_stack([np.ones(len(t) + 1), np.append(t, later)])
    whole = design @ np.diag([12.0**2, 0.6**2]) @ design.T + walk
    seen = whole[:-1, :-1] + error**2 * np.eye(len(t))
    gain = np.linalg.solve(seen, whole[:-1, -1])
    mean = design[-1] @ [55.0, 1.0] + gain @ (y - design[:-1] @ [55.0, 1.0])
    spread = np.sqrt(whole[-1, -1] - gain @ whole[:-1, -1])
    assert trend.at(later) == pytest.approx((mean, spread), rel=1e-6, abs=1e-6)


def test_without_probes_it_is_the_prior() -> None:
    trend = fit_trend([], [], 5.0, PRIOR)
    assert (trend.level, trend.slope, trend.slope_error) == pytest.approx((60.0, 1.0, 0.6))
    assert trend.at(10.0)[0] == 70.0


def test_exact_probes_give_the_line() -> None:
    trend = fit_trend([0, 1, 2, 3], [10, 12, 14, 16], 1e-4, TrendPrior(0.0, 50.0))
    assert (trend.level, trend.slope) == pytest.approx((10.0, 2.0), rel=1e-4)
    assert trend.chance_of(30.0, 9.0) < 0.01 < 0.99 < trend.chance_of(27.9, 9.0)


@pytest.mark.parametrize(
    ("weeks", "values", "errors", "message"),
    [
        ([0, 1], [5], 1.0, "2 weeks, 1 values"),
        ([1, 0], [5, 6], 1.0, "go back"),
        ([0, 1], [5, np.nan], 1.0, "not a number"),
        ([0, 1], [5, 6], [1.0, 0.0], "probe 2 has an error of 0"),
    ],
)
def test_bad_probes_are_named(weeks: list[float], values: list[float], errors: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit_trend(weeks, values, errors, PRIOR)


def test_intervals_cover_what_they_say() -> None:
    rng = np.random.default_rng(3)
    t, hits = np.arange(10.0), 0
    for _ in range(600):
        level, slope = rng.normal(60, 15), rng.normal(1.0, 0.6)
        low, high = fit_trend(t, level + slope * t + rng.normal(0, 10, 10), 10.0, PRIOR).interval(30.0)
        hits += low <= level + slope * 30 <= high
    assert hits / 600 == pytest.approx(0.8, abs=0.05)


def test_three_ways_beat_the_rules_at_an_error_of_ten_words() -> None:
    rng = np.random.default_rng(11)
    decided: dict[int, list[bool]] = {14: [], 20: []}
    right: dict[str, list[bool]] = {"three-way": [], "four-point": [], "trend-line": []}
    for _ in range(1500):
        level, slope = rng.normal(60, 15), rng.normal(1.0, 0.6)
        probes = level + slope * np.arange(20.0) + rng.normal(0, 10, 20)
        for week, found in decided.items():
            t, y = np.arange(float(week)), probes[:week]
            verdict = verdict_of(fit_trend(t, y, 10.0, PRIOR).chance_of_slope(1.0))
            found.append(verdict != "not-enough-evidence")
            if verdict != "not-enough-evidence":
                right["three-way"].append((verdict == "on-track") == (slope >= 1.0))
            if week == 14:
                right["four-point"].append((four_point(t, y, 1.0) == "change") == (slope < 1.0))
                right["trend-line"].append((trend_line(t, y, 1.0) == "change") == (slope < 1.0))
    share = {name: float(np.mean(values)) for name, values in right.items()}
    assert np.mean(decided[14]) >= 0.33 and np.mean(decided[20]) >= 0.55
    assert share["three-way"] >= 0.89 > share["trend-line"] > share["four-point"]


def test_the_sentence_says_how_many_probes_are_missing() -> None:
    goal = Goal(30.0, 90.0)
    early = decide([0, 1, 2], [60, 62, 61], 10.0, PRIOR, goal)[1]
    assert early.verdict == "not-enough-evidence" and early.more is not None and early.more > 1
    assert str(early.sentence) == f"Not enough evidence yet: about {early.more} more probes are likely to decide."
    weeks = list(range(14))
    risen = decide(weeks, [60 + 2.5 * w for w in weeks], 5.0, PRIOR, goal)[1]
    flat = decide(weeks, [60.0] * 14, 5.0, PRIOR, goal)[1]
    assert (risen.verdict, flat.verdict) == ("on-track", "not-on-track")
    assert risen.chance > SURE and flat.chance < 1 - SURE and risen.more == flat.more == 0
    late = decide([28, 29], [88, 90], 10.0, PRIOR, goal)[1]
    assert late.more is None and "hardly change" in str(late.sentence)


def test_foretold_probes_do_bring_decisions() -> None:
    rng = np.random.default_rng(5)
    start = decide([0, 1, 2, 3], [60, 61, 62, 63], 6.0, PRIOR, Goal(30.0, 90.0))[1]
    assert start.more is not None
    came = []
    for _ in range(400):
        t = np.arange(4.0 + start.more)
        cov = np.linalg.inv(
            np.column_stack([np.ones(4), t[:4]]).T @ np.column_stack([np.ones(4), t[:4]]) / 36
            + np.diag([1 / 225, 1 / 0.36])
        )
        trend = fit_trend(t[:4], [60, 61, 62, 63], 6.0, PRIOR)
        level, slope = rng.multivariate_normal([trend.level, trend.slope], cov)
        y = np.append([60, 61, 62, 63], level + slope * t[4:] + rng.normal(0, 6, start.more))
        came.append(decide(t, y, 6.0, PRIOR, Goal(30.0, 90.0))[1].verdict != "not-enough-evidence")
    assert np.mean(came) == pytest.approx(0.53, abs=0.08)


def test_rules_of_thumb() -> None:
    t = np.arange(8.0)
    below, above = np.array([10, 10, 10, 10, 9, 9, 9, 9.0]), np.array([10, 10, 10, 20, 21, 22, 23, 24.0])
    assert four_point(t, below, 1.0) == "change" and four_point(t, above, 1.0) == "raise"
    assert three_below_six_above(t, above, 1.0) == "keep" and three_below_six_above(t, below, 1.0) == "change"
    assert trend_line(t, below, 1.0) == "change" and trend_line(t, above, 1.0) == "keep"
    assert four_point(t[:5], below[:5], 1.0) == "wait" == trend_line(t[:5], below[:5], 1.0)


def test_a_prior_is_learned_from_many() -> None:
    rng = np.random.default_rng(8)
    error = rng.uniform(0.2, 1.0, 500)
    prior = learn_prior(rng.normal(1.2, 0.5, 500) + rng.normal(0, error), error)
    assert prior.slope == pytest.approx(1.2, abs=0.1) and prior.slope_sd == pytest.approx(0.5, abs=0.1)
    with pytest.raises(ValueError, match="at least ten"):
        learn_prior(error[:9], error[:9])
    assert READING_ALOUD[2].slope > READING_ALOUD[4].slope > 0
    with pytest.raises(ValueError, match="positive"):
        TrendPrior(1.0, 0.0)
