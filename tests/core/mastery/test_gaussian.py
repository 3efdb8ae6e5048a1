"""``gaussian-1``: what a right answer, time, help and neighbours do to a belief."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.mastery.gaussian import Gaussian
from headway.core.mastery.state import Belief, Evidence, State
from tests.core.small import DAY, MONDAY, curriculum

MODEL = Gaussian()
START = MODEL.initial(5)
SKILLS = np.array([8], np.int32)


def evidence(correct: bool = True, at: float = MONDAY, **more: Any) -> Evidence:
    return replace(Evidence(SKILLS, float(curriculum().base[8]), correct, at), **more)


def after(*responses: Evidence, state: State = START) -> State:
    for response in responses:
        state = MODEL.update(state, curriculum(), response)
    return state


def belief(state: State, at: float = MONDAY) -> Belief:
    return MODEL.belief(state, curriculum(), at)


def test_a_fresh_learner_of_a_grade_solves_middle_items_of_it_half_of_the_time() -> None:
    items = np.array([curriculum().item_number[f"P8.{level}.0"] for level in range(3)], np.int32)
    easy, middle, hard = MODEL.predict(belief(START), curriculum(), items)
    assert middle == pytest.approx(0.5)
    assert easy > middle > hard


def test_each_response_narrows_the_skill_and_the_overall_ability() -> None:
    state = after(evidence(), evidence(False), evidence())
    assert belief(state).variance[8] < belief(START).variance[8]
    assert state.overall_variance < START.overall_variance


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [({}, {"hints": 2}), ({}, {"attempt": 2}), ({"attempt": 2}, {"shown": True})],
    ids=["hints count less", "later attempts count less", "a shown answer counts nothing"],
)
def test_help_makes_a_right_answer_tell_less(stronger: dict[str, Any], weaker: dict[str, Any]) -> None:
    assert belief(after(evidence(**stronger))).mean[8] > belief(after(evidence(**weaker))).mean[8]


def test_a_shown_answer_does_not_move_ability() -> None:
    assert belief(after(evidence(shown=True))).mean[8] == pytest.approx(belief(START).mean[8])


def test_time_lowers_the_mean_and_widens_the_variance_but_not_below_the_prior() -> None:
    state = after(*[evidence() for _ in range(6)])
    days = [belief(state, MONDAY + d * DAY) for d in (0, 1, 10, 100, 100_000)]
    means, variances = [b.mean[8] for b in days], [b.variance[8] for b in days]
    assert means == sorted(means, reverse=True)
    assert variances == sorted(variances)
    assert means[-1] >= state.overall_mean
    assert variances[-1] <= belief(START).variance[8]


def test_spaced_successes_slow_forgetting() -> None:
    massed = after(*[evidence(at=MONDAY + n) for n in range(6)])
    spaced = after(*[evidence(at=MONDAY + n * DAY) for n in range(6)])
    fall = [
        belief(s, at).mean[8] - belief(s, at + 30 * DAY).mean[8]
        for s, at in ((massed, MONDAY + 5), (spaced, MONDAY + 5 * DAY))
    ]
    assert fall[1] < fall[0] / 2


def test_a_known_prerequisite_raises_what_builds_on_it_more_than_what_does_not() -> None:
    rise = belief(after(*[evidence() for _ in range(6)])).mean - belief(START).mean
    assert rise[12] > rise[2] > 0.0  # S12 builds on S8, S2 does not


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.floats(0, 60))
def test_mean_stays_between_all_right_and_all_wrong(answers: list[bool], days: float) -> None:
    def run(outcomes: list[bool]) -> float:
        responses = [evidence(y, MONDAY + n * days * DAY) for n, y in enumerate(outcomes)]
        return float(belief(after(*responses), responses[-1].at).mean[8])

    low, middle, high = run([False] * len(answers)), run(answers), run([True] * len(answers))
    assert low <= middle + 1e-9
    assert middle <= high + 1e-9


def test_ability_of_a_simulated_learner_is_found_within_its_error() -> None:
    """The model's own equations as generator: the true ability lies in the 90 % interval about 90 % of the time."""
    rng, inside, runs = np.random.default_rng(3), 0, 200
    still = Gaussian(replace(MODEL.parameters, learn=0.0, drift=0.0, forget=0.0))
    base = float(curriculum().base[8])
    for _ in range(runs):
        state = still.initial(5)
        overall = rng.normal(state.overall_mean, still.parameters.overall**0.5)
        truth = rng.normal(overall, still.parameters.spread**0.5)
        for n in range(25):
            correct = bool(rng.random() < 1 / (1 + np.exp(base - truth)))
            state = still.update(state, curriculum(), evidence(correct, MONDAY + n))
        found = still.belief(state, curriculum(), MONDAY + 25)
        inside += abs(found.mean[8] - truth) < 1.645 * found.variance[8] ** 0.5
    assert 0.84 <= inside / runs <= 0.96
