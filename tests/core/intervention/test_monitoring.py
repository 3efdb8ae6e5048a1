"""What probes say: never "not on track" for a support that was not given, and more probes where they are needed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.intervention.dosage import Dosage
from headway.core.intervention.monitoring import (
    Progress,
    Score,
    effect_for,
    effect_over,
    effect_said,
    more_said,
    pooled_said,
    progress,
)
from headway.core.intervention.plans import GoalLine
from headway.core.intervention.probes import BLUEPRINTS

PROBE = BLUEPRINTS["computation-signed"]
GOAL = GoalLine(100, 6.0, 184, 12.0)
GIVEN, MISSED = Dosage(18, 16, 15, 0, 450, 540), Dosage(18, 9, 9, 2, 270, 540)


def judged(*right: float, given: Dosage = GIVEN) -> Progress:
    return progress([Score(100 + 7 * n, value) for n, value in enumerate(right)], GOAL, PROBE, given)


def test_rising_scores_are_on_track_and_flat_ones_are_not() -> None:
    assert judged(7, 8, 9, 10, 11, 12).verdict == "on-track"
    assert judged(6, 5, 6, 5, 6, 5).verdict == "off-track"


def test_a_support_that_was_not_given_is_not_judged() -> None:
    found = judged(6, 5, 6, 5, 6, 5, given=MISSED)
    assert found.verdict == "not-delivered"
    assert "9 of 18 planned sessions are on record as held" in str(found.said)
    assert judged(7, 8, 9, 10, 11, 12, given=MISSED).verdict == "on-track"


def test_two_probes_decide_nothing_and_the_number_that_is_missing_is_said() -> None:
    found = judged(6, 14)
    assert found.verdict == "more-evidence"
    assert found.more is not None and found.more >= 1
    assert str(more_said(2)) == "Not enough evidence yet: two more probes."
    assert str(more_said(None)).startswith("Not enough evidence yet, and more probes")


@given(st.lists(st.floats(0, 20), max_size=14), st.integers(0, 18))
def test_no_verdict_against_a_learner_without_the_support(right: list[float], held: int) -> None:
    dose = Dosage(18, held, held, 0, 30 * held, 540)
    found = judged(*right, given=dose)
    assert 0.0 <= found.chance <= 1.0
    assert found.verdict != "off-track" or held >= 0.8 * 18
    assert found.probes == len(right)
    if found.verdict == "more-evidence" and found.more is not None:
        assert found.more > 0


@given(st.lists(st.floats(2, 15), min_size=3, max_size=10), st.floats(0.1, 5))
def test_higher_scores_never_lower_the_chance(right: list[float], lift: float) -> None:
    assert judged(*(value + lift for value in right)).chance >= judged(*right).chance - 1e-9


def case(before: list[float], after: list[float]) -> list[Score]:
    scores = [Score(80 + 6 * n, value) for n, value in enumerate(before)]
    return scores + [Score(100 + 7 * n, value) for n, value in enumerate(after)]


def test_an_effect_needs_three_probes_in_each_phase() -> None:
    assert effect_for(case([5, 6], [9, 9, 10]), 100) is None
    found = effect_for(case([5, 6, 5], [9, 9, 10, 11, 12]), 100)
    assert found is not None and found.total > 3
    assert str(effect_said(found)).startswith("About ")
    flat = effect_for(case([5, 6, 5], [6, 5, 6, 5]), 100)
    assert flat is not None and str(effect_said(flat)).startswith("No clear change")


def test_the_effect_over_learners_says_when_nothing_is_clear() -> None:
    rng = np.random.default_rng(3)
    effects = []
    for _ in range(12):
        found = effect_for(case(list(6 + rng.normal(0, 1, 5)), list(11 + rng.normal(0, 1, 7))), 100)
        assert found is not None
        effects.append(found)
    pooled = effect_over(effects)
    assert pooled is not None and pooled.low > 0
    assert str(pooled_said(pooled)).startswith("12 learners: on average")
    assert effect_over(effects[:1]) is None
    none = replace(pooled, low=-1.0)
    assert "no clear effect yet (likely between −1.0" in str(pooled_said(none))


@pytest.mark.parametrize("every", [3, 14])
def test_the_days_between_probes_are_those_of_the_plan(every: int) -> None:
    scores = [Score(100 + every * n, 6 + n % 2) for n in range(3)]
    assert progress(scores, GOAL, PROBE, GIVEN, every=every).probes == 3
