"""A sample of ``make prove ARGS=pilots``: alarms and coverage of each design, as far as fifty studies show them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import bdtr

from headway.core.evidence.pilots.power import Design, detectable
from tests.prove.pilots import DESIGNS, simulated

STUDIES = {"ten schools": 50, "twenty schools": 50, "classes": 30, "panels": 60, "peeking at schools": 12}


def beyond(count: int, rate: float, chance: float) -> int:
    """Fewest of ``count`` that are reached or stayed below with at least this chance (a quantile of the binomial)."""
    return next(k for k in range(count + 1) if bdtr(k, count, rate) >= chance)


@pytest.mark.parametrize("design", list(STUDIES))
def test_alarms_are_rare_and_intervals_hold(design: str) -> None:
    """Not further from the promise than chance alone would take it in one of a thousand runs."""
    count = STUDIES[design]
    out = np.array([DESIGNS[design](np.random.default_rng([1, number])) for number in range(count)])
    alarms = int(out.any(axis=1).sum() if design.startswith("peeking") else out[:, 0].sum())
    assert alarms <= beyond(count, 0.05, 0.999), alarms
    if not design.startswith("peeking"):
        assert (out[:, 1:].sum(axis=0) >= beyond(count, 0.95, 0.001)).all(), out.mean(axis=0)


def test_the_calculator_foretells_what_the_analysis_finds() -> None:
    """The proof has thousands of studies and 0.005; 400 of them say 0.04."""
    design = Design(20, 30, 0.15, explained_unit=0.5, explained_learner=0.5)
    assert simulated(design, np.random.default_rng(5), 400) == pytest.approx(detectable(design), abs=0.04)
