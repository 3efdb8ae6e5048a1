"""An interrupted series in words: what it finds, and what keeps it from speaking."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from headway.core.evidence.pilots.series import SeriesTold, series, series_data


def told(
    seed: int = 0, *, units: int = 30, gain: float = 0.0, drift: float = 0.0, jump: float = 0.0, before: int = 6
) -> SeriesTold:
    """Half of the units are treated from period 0 on; ``drift`` is their own slope, ``jump`` happened three periods before."""
    rng = np.random.default_rng(seed)
    unit = np.repeat(np.arange(units), before + 2)
    period = np.tile(np.arange(-before, 2), units).astype(np.float64)
    treated = (unit % 2).astype(np.float64)
    level = rng.normal(0.0, 0.5, units)[unit] + 0.1 * period + rng.normal(0.0, 0.2, len(unit))
    level += treated * (gain * (period >= 0) + drift * period + jump * (period >= -3))
    return series(level, unit, period, treated, 0.0, thing="tutoring", name="solving problems")


def test_a_gain_is_found_under_a_low_label() -> None:
    found = told(gain=0.6)
    assert (found.significant, found.tier, found.advice) == (True, 3, "keep testing")
    assert "classes with tutoring gained" in str(found.sentences[0])
    assert told(gain=-0.6).advice == "stop"
    assert told(gain=-0.6).tier is None


def test_nothing_is_reported_where_they_went_different_ways_before() -> None:
    for found in (told(drift=0.15), told(jump=0.8)):
        assert (found.advice, found.significant, found.tier) == ("not equivalent", False, None)
        data: dict[str, Any] = series_data(found)
        assert data["g"] is data["estimate"] is data["p"] is None


def test_few_units_get_no_verdict_and_nothing_is_mostly_nothing() -> None:
    few = told(units=8, gain=0.8)
    assert (few.advice, few.significant) == ("too few units", False)
    alarms = sum(told(seed).significant for seed in range(60))
    assert alarms <= 6
    short = told(gain=0.6, before=2)
    assert not short.trend
    with pytest.raises(ValueError, match="one side of the start"):
        told(before=0)
