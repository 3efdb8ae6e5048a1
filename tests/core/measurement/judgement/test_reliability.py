"""Reliability that does not take a coin for a scale, however the pairs were chosen."""

from __future__ import annotations

import numpy as np
import pytest

from headway.core.measurement.judgement.comparisons import comparisons_of
from headway.core.measurement.judgement.reliability import audit, finish, split_half
from headway.core.measurement.judgement.scale import fit_scale
from tests.core.measurement.judgement.sessions import adaptive_session, random_session, squared_correlation


def test_coins_under_adaptive_pairing_are_seen_through() -> None:
    """Also where only a fifth of the pairs are random."""
    scales = [fit_scale(adaptive_session(40, 16, 0.0, seed, audit=0.2)[0]) for seed in range(5)]
    assert np.mean([scale.reliability for scale in scales]) <= 0.15
    assert np.mean([scale.separation for scale in scales]) > 0.4  # what would be published
    told = [fit_scale(adaptive_session(40, 12, 0.0, seed)[0]).reliability for seed in range(10)]
    assert np.mean(told) <= 0.15 and told.count(0.0) >= 8


@pytest.mark.parametrize(("count", "each", "spread"), [(60, 20, 1.5), (60, 20, 2.5), (40, 16, 1.5), (30, 12, 2.0)])
def test_signal_under_adaptive_pairing_is_reported_as_it_is(count: int, each: int, spread: float) -> None:
    off = []
    for seed in range(6):
        session, truth = adaptive_session(count, each, spread, seed)
        scale = fit_scale(session)
        off.append(scale.reliability - squared_correlation(scale.score, truth))
    assert abs(np.mean(off)) <= 0.05
    assert np.abs(off).max() <= 0.15


def test_audit_pairs_agree_with_a_real_scale_and_not_with_a_coin() -> None:
    real = audit(adaptive_session(60, 20, 1.5, seed=1)[0])
    coin = audit(adaptive_session(60, 20, 0.0, seed=1)[0])
    assert real is not None and coin is not None
    assert real.agreement > 0.6 and real.bits > 0.05
    assert real.agreement == pytest.approx(real.expected, abs=0.12)
    assert abs(coin.agreement - 0.5) < 0.12 and coin.bits < 0.02


def test_no_audit_without_random_pairs() -> None:
    assert audit(random_session(20, 10, 1.0, seed=1)[0]) is None


def test_split_half_agrees_with_reliability_for_random_pairs() -> None:
    session, _ = random_session(60, 40, 1.5, seed=2)
    halves = split_half(session, seed=0)
    assert halves is not None and halves.by == "judges"
    assert halves.reliability == pytest.approx(fit_scale(session).reliability, abs=0.05)
    assert halves == split_half(session, seed=0)


def test_one_judge_is_split_by_decisions_and_two_scripts_not_at_all() -> None:
    alone = split_half(random_session(10, 40, 1.5, seed=3, judges=1)[0])
    assert alone is not None and alone.by == "decisions"
    assert split_half(comparisons_of(["a"], ["b"])) is None


def test_more_decisions_are_foretold() -> None:
    """Half the session says about how large the whole must be."""
    whole, _ = random_session(100, 30, 1.0, seed=5)
    target = fit_scale(whole).reliability
    half = whole.subset(np.arange(len(whole)) < len(whole) // 2)
    end = finish(fit_scale(half), target=target)
    assert not end.ready and end.more is not None
    assert end.more == pytest.approx(len(whole) - len(half), rel=0.35)
    assert finish(fit_scale(whole), target=target - 0.01).ready


def test_too_early_is_said_and_a_target_is_a_share() -> None:
    scale = fit_scale(comparisons_of(["a", "b", "c"], ["b", "c", "a"]))
    assert finish(scale).more is None and not finish(scale).ready
    with pytest.raises(ValueError, match="between 0 and 1"):
        finish(scale, target=1.0)
