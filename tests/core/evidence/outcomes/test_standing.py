"""Shares with measurement error, small schools drawn to the others, change: on data of known truth."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.core.evidence.outcomes.gaps import direction, gap_of, trend_of
from headway.core.evidence.outcomes.standing import Change, chances, change_of, shrink, standings, wilson

RNG = np.random.default_rng(7)


def test_a_share_does_not_count_what_errors_spread() -> None:
    truth = RNG.normal(0.0, 1.0, 20_000)
    error = np.full(20_000, 1.0)
    score = truth + RNG.normal(0.0, 1.0, 20_000)
    group = np.zeros(20_000, np.int64)
    real, counted = (truth >= 1.5).mean(), (score >= 1.5).mean()
    found = float(chances(score, error, group, 1.5).mean())
    assert abs(found - real) < 0.006
    assert counted - real > 0.05, "the plain count is far off"


def test_an_unknown_error_counts_the_score_as_it_stands() -> None:
    score = np.array([1.0, 2.0, 3.0, np.nan])
    found = chances(score, np.full(4, np.nan), np.zeros(4, np.int64), 2.0)
    assert found[:3].tolist() == [0.0, 1.0, 1.0]
    assert np.isnan(found[3])
    assert np.isnan(chances(np.full(3, np.nan), np.full(3, np.nan), np.zeros(3, np.int64), 0.0)).all()


def test_lower_can_be_better_and_nobody_measured_is_no_fault() -> None:
    score = np.array([1.0] * 12 + [9.0] * 4)
    (found,) = standings(score, np.zeros(16), np.zeros(16, np.int64), 1, 2.0, higher=False)
    assert found.share == 0.75
    empty = standings(np.full(3, np.nan), np.full(3, np.nan), np.zeros(3, np.int64), 2, 0.0)
    assert [(each.learners, each.measured) for each in empty] == [(3, 0), (0, 0)]
    assert (empty[0].low, empty[0].high) == (0.0, 1.0)


def test_small_schools_are_drawn_most_and_their_intervals_still_hold() -> None:
    inside = narrower = drawn_off = plain_off = 0.0
    turns, sizes = 150, np.array([12, 12, 15, 20, 25, 40, 60, 90, 150, 300])
    group = np.repeat(np.arange(10), sizes)
    for turn in range(turns):
        rng = np.random.default_rng(turn)
        truth = np.clip(rng.normal(0.55, 0.08, 10), 0.05, 0.95)
        score = (rng.random(len(group)) < truth[group]).astype(np.float64)
        found = standings(score, np.zeros(len(group)), group, 10, 0.5, drawn=True)
        plain = standings(score, np.zeros(len(group)), group, 10, 0.5)
        inside += sum(each.low <= share <= each.high for each, share in zip(found, truth, strict=True))
        narrower += found[0].high - found[0].low < plain[0].high - plain[0].low
        drawn_off += abs(found[0].share - truth[0])
        plain_off += abs(plain[0].share - truth[0])
        assert found[0].drawn >= found[9].drawn - 1e-9
    assert 0.93 <= inside / (10 * turns) <= 0.985
    assert drawn_off < 0.75 * plain_off
    assert narrower > 0.9 * turns


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.001, 0.1)), min_size=1, max_size=12))
def test_shrinking_stays_between_a_groups_own_and_the_middle(rows: list[tuple[float, float]]) -> None:
    value, variance = (np.array(column) for column in zip(*rows, strict=True))
    found, error, drawn = shrink(value, variance)
    assert (error > 0.0).all()
    assert ((drawn >= 0.0) & (drawn < 1.0)).all()
    assert (found >= value.min() - 1e-9).all()
    assert (found <= value.max() + 1e-9).all()
    if len(rows) < 4:
        assert (found == value).all()


def test_change_is_of_the_same_learners() -> None:
    early = np.array([0.0, 0.0, 0.0, 1.0, np.nan] * 20)
    late = np.array([1.0, 0.0, 0.0, 1.0, 1.0] * 20)
    found = change_of(early, late)
    assert found is not None
    assert (found.learners, found.change) == (80, 0.25)
    assert found.low > 0.1
    assert change_of(early, late, np.arange(100) < 1) is None


def test_a_gap_and_its_trend() -> None:
    score = np.concatenate([np.ones(60), np.zeros(40), np.ones(30), np.zeros(70)])
    ahead, behind = standings(score, np.zeros(200), np.repeat([0, 1], 100), 2, 0.5)
    gap = gap_of(ahead, behind)
    assert abs(gap.gap - 0.3) < 1e-9
    # Newcombe (1998), method 10, for 60 of 100 against 30 of 100, worked by hand from Wilson's limits.
    low60, high60 = wilson(0.6, 100)
    low30, high30 = wilson(0.3, 100)
    assert abs(gap.low - (0.3 - ((0.6 - low60) ** 2 + (high30 - 0.3) ** 2) ** 0.5)) < 1e-9
    assert abs(gap.high - (0.3 + ((high60 - 0.6) ** 2 + (0.3 - low30) ** 2) ** 0.5)) < 1e-9
    trend = trend_of(Change(100, 0.0, -0.1, 0.1, 0.02), Change(100, 0.2, 0.1, 0.3, 0.02))
    assert direction(trend) == "smaller"
    assert direction(trend_of(Change(9, 0.1, 0, 0, 0.2), Change(9, 0.0, 0, 0, 0.2))) == "unclear"
    assert trend_of(None, Change(9, 0.0, 0, 0, 0.2)) is None
    assert direction(None) == "unclear"
