"""Abilities from first answers, what a district's past foresees, and which arms can be compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.evidence.pilots.arms import Arm, Wish, arm_from_json, check_arms
from headway.core.evidence.pilots.foreseen import USUAL_EXPLAINED, foreseen
from headway.core.evidence.pilots.shown import LEAST, abilities


def test_abilities_stand_on_one_scale_whatever_problems_were_given() -> None:
    rng = np.random.default_rng(0)
    count, each = 400, 200
    true = rng.normal(3.0, 1.0, count)
    learner = np.repeat(np.arange(count), each)
    # Half of them get problems that are a logit harder, as an arm might give them.
    hard = rng.normal(3.0, 1.0, len(learner)) + (learner % 2)
    right = (rng.random(len(learner)) < 1.0 / (1.0 + np.exp(hard - true[learner]))).astype(float)
    theta, given_ = abilities(learner, hard, right, count)
    off = theta - true
    assert given_.tolist() == [each] * count
    assert abs(float(off[0::2].mean() - off[1::2].mean())) < 0.04
    assert abs(float(np.polyfit(true, theta, 1)[0]) - 1.0) < 0.05


@given(st.integers(0, 2 * LEAST), st.booleans(), st.floats(-4.0, 4.0))
def test_all_right_and_all_wrong_have_an_end(answers: int, right: bool, hard: float) -> None:
    theta, _ = abilities(np.zeros(answers, np.int64), np.full(answers, hard), np.full(answers, float(right)), 2)
    assert np.isnan(theta[1])
    if answers < LEAST:
        assert np.isnan(theta[0])
    else:
        assert (theta[0] > hard) == right
        assert abs(theta[0] - hard) <= 8.0


def test_the_past_is_measured_where_there_is_enough_and_said_to_be_assumed_where_not() -> None:
    rng = np.random.default_rng(0)
    group = np.repeat(np.arange(40), 50)
    shared = np.sqrt(0.2) * rng.normal(size=40)[group]
    early = shared + np.sqrt(0.8) * rng.normal(size=2000)
    late = shared + 0.8 * (early - shared) + np.sqrt(0.8 - 0.64 * 0.8) * rng.normal(size=2000)
    past = foreseen(early, late, group)
    assert abs(past.icc - 0.2) < 0.08
    assert abs(past.explained - 0.64) < 0.05
    assert past.explained_unit > 0.9
    assert not past.assumed
    few = foreseen(early[:20], late[:20], group[:20])
    assert (few.assumed, few.explained) == (True, USUAL_EXPLAINED)
    same = foreseen(early, np.ones(2000), group)
    assert same.assumed


def test_arms_that_cannot_be_told_apart_or_obeyed_are_refused() -> None:
    usual, policy = Arm("As now"), Arm("New", (Wish("policy", "sequence-1"), Wish("pin-skill", "a")))
    check_arms([usual, policy], ["a"])
    assert arm_from_json(policy.to_json()) == policy
    for arms, why in (
        ([usual], "2 to 4"),
        ([usual, Arm("As now", policy.wishes)], "name of its own"),
        ([usual, Arm("Other")], "ask for the same"),
        ([usual, Arm("New", (Wish("model", "x"),))], "none of"),
        ([usual, Arm("New", (Wish("target-success", "2"),))], "0.5 to 0.95"),
        ([usual, Arm("New", (Wish("pin-skill", "b"),))], "not taught"),
    ):
        with pytest.raises(ValueError, match=why):
            check_arms(arms, ["a"])
