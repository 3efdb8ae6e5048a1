"""Risk by cut scores, the curriculum as a bank, and honest accuracy."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.catalogue import (
    GRADE_STEP,
    Curriculum,
    compile_curriculum,
    generated_activities,
    grade_level,
)
from headway.core.intervention.screening import (
    RISKS,
    SEASONS,
    CutScores,
    default_cuts,
    expected,
    percentile,
    risk_of,
)
from headway.core.intervention.screening_accuracy import accuracy, cut_for, equity
from headway.core.intervention.screening_bank import Prior, family_pool, prior_of, screening_design
from headway.core.mastery.gaussian import Gaussian
from headway.core.mastery.state import State
from headway.core.measurement.adaptive.simulate import simulate
from headway.standards.graph import shipped_graph


@cache
def shipped() -> Curriculum:
    return compile_curriculum(shipped_graph(), generated_activities())


@given(st.sampled_from(["K", "3", "6", "A1"]), st.sampled_from(SEASONS), st.floats(-6.0, 9.0), st.floats(0.1, 1.0))
def test_a_lower_score_is_never_a_lower_risk(grade: str, season: str, score: float, se: float) -> None:
    cuts = default_cuts(grade, season)
    here, lower = risk_of(score, se, cuts), risk_of(score - 0.5, se, cuts)
    assert RISKS.index(lower.level) <= RISKS.index(here.level)
    assert lower.below >= here.below
    assert here.below <= here.below_some
    assert percentile(score - 0.5, grade, season) <= percentile(score, grade, season)


def test_the_defaults_are_the_percentiles_that_the_page_names() -> None:
    for season in SEASONS:
        cuts = default_cuts("6", season)
        assert percentile(cuts.high, "6", season) == pytest.approx(15.0)
        assert percentile(cuts.some, "6", season) == pytest.approx(35.0)
    assert expected("7", "winter") - expected("6", "winter") == pytest.approx(GRADE_STEP)
    assert risk_of(default_cuts("6", "fall").high, 0.4, default_cuts("6", "fall")).sure is False
    with pytest.raises(ValueError, match="unknown season"):
        expected("6", "summer")
    with pytest.raises(ValueError, match="high risk first"):
        CutScores(0.5, -0.5)


@pytest.mark.parametrize("grade", ["K", "3", "6", "8", "A1"])
def test_the_curriculum_screens_every_grade_broadly(grade: str) -> None:
    pool = family_pool(shipped(), grade)
    design = screening_design(pool)
    abilities = GRADE_STEP * grade_level(grade) + np.random.default_rng(2).standard_normal(300)
    done = simulate(pool, design, abilities, seed=1, mean=GRADE_STEP * grade_level(grade))
    most = {pool.categories[0].index(r.category): r.most for r in design.ranges}
    for items in done.items:
        given = items[items >= 0]
        skills = pool.group[given]
        assert len(set(skills[skills >= 0].tolist())) == int((skills >= 0).sum())
        counts = np.bincount(pool.content[0, given])
        assert all(count <= most[category] for category, count in enumerate(counts.tolist()))


def test_practice_makes_a_screening_shorter() -> None:
    pool = family_pool(shipped(), "6")
    level = GRADE_STEP * 6
    lengths = []
    for practised in (False, True):
        prior = prior_of(State(level, 0.2) if practised else Gaussian().initial(6))
        abilities = prior.mean + np.sqrt(prior.variance) * np.random.default_rng(3).standard_normal(400)
        done = simulate(pool, screening_design(pool), abilities, mean=prior.mean, variance=prior.variance)
        lengths.append(float(done.length.mean()))
    assert lengths[1] < 0.6 * lengths[0]
    assert prior_of(State(1.0, 0.001)) == Prior(1.0, 0.15)


def test_accuracy_agrees_with_counting_by_hand() -> None:
    scores = np.array([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 0.0])
    poor = np.array([1, 1, 0, 1, 0, 0, 0, 0], bool)
    found = accuracy(scores, poor, cut=-0.2)
    assert (found.sensitivity.value, found.specificity.value) == pytest.approx((2 / 3, 4 / 5))
    assert (found.positive_value.value, found.negative_value.value) == pytest.approx((2 / 3, 4 / 5))
    pairs = [(bad < good) + 0.5 * (bad == good) for bad in scores[poor] for good in scores[~poor]]
    assert found.auc.value == pytest.approx(float(np.mean(pairs)))
    assert cut_for(scores, poor, 1.0) > 0.0 >= cut_for(scores, poor, 0.6)


def test_intervals_cover_the_truth_and_reach_every_learner() -> None:
    rng, covered = np.random.default_rng(4), []
    for _ in range(200):
        poor = rng.random(300) < 0.3
        scores = rng.standard_normal(300) - 1.2 * poor
        auc = accuracy(scores, poor, -0.5).auc
        covered.append(auc.low <= 0.8019 <= auc.high)  # the normal distribution at 1.2 / sqrt(2)
    assert 0.90 <= np.mean(covered) <= 0.99


def test_unequal_errors_are_found_and_equal_ones_are_not_alleged() -> None:
    rng = np.random.default_rng(5)
    groups = ["a"] * 4000 + ["b"] * 4000 + ["few"] * 12
    poor = rng.random(len(groups)) < 0.3
    fair = rng.standard_normal(len(groups)) - 1.5 * poor
    by_name = {each.group: each for each in equity(fair, poor, -0.8, groups)}
    assert by_name["a"].unequal is False
    assert by_name["few"].unequal is None
    biased = fair - 0.6 * (np.array(groups) == "b") * ~poor
    assert {each.group: each for each in equity(biased, poor, -0.8, groups)}["b"].unequal is True


@pytest.mark.parametrize(
    ("scores", "poor", "said"),
    [
        ([0.0, 1.0], [True], "2 scores and 1 outcomes"),
        ([0.0, 1.0], [True, True], "alike"),
        ([np.nan, 1.0], [1, 0], "finite"),
    ],
)
def test_what_cannot_be_measured_is_refused(scores: list[float], poor: list[bool], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        accuracy(scores, poor, 0.0)
