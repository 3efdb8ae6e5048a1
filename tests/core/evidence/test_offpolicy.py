"""Off-policy estimates: right where the truth can be counted, equal to the log for its own policy, honest about thin logs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from headway.core.curriculum.catalogue import generated_activities
from headway.core.evidence.course import Course, Terms, course_of
from headway.core.evidence.offpolicy import Estimate, Logs, evaluate
from headway.core.evidence.taking import take
from headway.core.evidence.watching import Watched, logs_of
from headway.core.path.frontier import Frontier
from headway.core.path.policy import Policy
from headway.standards.graph import shipped_graph

HORIZON = 3
SHORT = Terms(minutes=6.0, budget=1, days=1)
ACTING, OTHER = Frontier("wide", temperature=0.4), Frontier("frontier-1")


def course() -> Course:
    return course_of(shipped_graph(), generated_activities(), "5")


def logs(acting: Policy, other: Policy, count: int, seed: int) -> Logs:
    """What learners of one world did in their first decisions, with the other policy asked beside."""
    beside = Watched(acting, other)
    run = take(course(), "switching", beside, count, seed, SHORT, world=9, keep=True)
    return logs_of(beside.seen, run.responses, [], horizon=HORIZON, first=True)


def bandit(count: int, rng: np.random.Generator, *, target: float, foreseen: bool) -> Logs:
    """Two arms, of which the log takes the second half of the time; it is right with 0.8 against 0.4, over two decisions."""
    arm = rng.random(2 * count) < 0.5
    right = (rng.random(2 * count) < np.where(arm, 0.8, 0.4)).astype(float)
    shown = np.where(arm, 0.8, 0.4) if foreseen else np.zeros(2 * count)
    hoped = np.full(2 * count, target * 0.8 + (1.0 - target) * 0.4 if foreseen else 0.0)
    who = np.repeat(np.arange(count), 2)
    same = np.where(arm, target, 1.0 - target)
    return Logs(who, who, right, np.full(2 * count, 0.5), same, np.ones(2 * count), shown, hoped)


@pytest.mark.parametrize("foreseen", [True, False])
def test_the_interval_holds_the_truth_as_often_as_it_says(foreseen: bool) -> None:
    rng = np.random.default_rng(3)
    truth = 2 * (0.9 * 0.8 + 0.1 * 0.4)
    found = [evaluate(bandit(120, rng, target=0.9, foreseen=foreseen)) for _ in range(120)]
    assert sum(one.low <= truth <= one.high for one in found) >= 108
    assert abs(float(np.mean([one.value for one in found])) - truth) < 0.02


def test_wrong_forecasts_do_not_bias_what_the_probabilities_get_right() -> None:
    rng = np.random.default_rng(4)
    log = bandit(20_000, rng, target=0.9, foreseen=True)
    wrong = replace(log, foreseen=rng.random(40_000), expected=rng.random(40_000) + 1.0)
    assert evaluate(wrong).value == pytest.approx(1.52, abs=0.03)


def test_the_policy_of_the_log_itself_gets_what_was_logged() -> None:
    found = evaluate(logs(ACTING, ACTING, 40, 1))
    assert found.low < found.logged < found.high
    assert found.weighted == pytest.approx(found.logged)
    assert found.support == pytest.approx(1.0)
    assert found.effective == pytest.approx(found.episodes)


def test_estimates_from_a_log_agree_with_letting_the_policy_act() -> None:
    truth = float(logs(OTHER, OTHER, 240, 1000).reward.sum() / 240)
    found = [evaluate(logs(ACTING, OTHER, 50, seed)) for seed in range(2000, 2006)]
    assert sum(one.low - 0.1 <= truth <= one.high + 0.1 for one in found) >= 5
    assert all(one.support == pytest.approx(1.0) for one in found)


def test_a_log_that_never_did_what_the_policy_would_is_called_thin() -> None:
    log = bandit(50, np.random.default_rng(5), target=0.9, foreseen=False)
    assert evaluate(replace(log, support=np.full(100, 0.2))).thin
    assert not evaluate(log).thin


def test_numbers_that_cannot_be_are_refused() -> None:
    log = bandit(10, np.random.default_rng(6), target=0.9, foreseen=False)
    for name, bad, said in (("propensity", 0.0, "propensity of 0"), ("target", 1.5, "target of 1.5")):
        with pytest.raises(ValueError, match=said):
            evaluate(replace(log, **{name: np.full(20, bad)}))
    with pytest.raises(ValueError, match="two learners"):
        evaluate(replace(log, learner=np.zeros(20, np.int64)))


def test_an_estimate_does_not_depend_on_the_order_of_learners() -> None:
    log = bandit(40, np.random.default_rng(7), target=0.7, foreseen=True)
    back = np.arange(80).reshape(40, 2)[::-1].ravel()
    other: Estimate = evaluate(Logs(*(getattr(log, name)[back] for name in Logs.__dataclass_fields__)))
    assert other == evaluate(log)
