"""Evidence over items, the item that tells most, and slips."""

from __future__ import annotations

import pytest
from benchmarks.accuracy import coach_calibration, coach_runs

from headway.core.coaching.beliefs import NEUTRAL, Item, discriminate, expected_information, item_of, updated
from headway.core.coaching.diagnosis import PRIORS
from headway.core.coaching.signatures import signature
from headway.core.coaching.tasks import Task, task_of


def _item(problem: str) -> Item:
    task = task_of(problem)
    assert isinstance(task, Task)
    return item_of(task.worked)


def test_an_answer_that_only_one_rule_gives_is_believed_and_a_right_answer_takes_it_back() -> None:
    item = _item("253-179")
    wrong = item.answers["sub-smaller-from-larger"][0]
    once = updated(NEUTRAL, item, wrong)
    assert once.of("sub-smaller-from-larger") > 0.5
    twice = updated(once, _item("542-268"), signature(task_of("542-268").worked))  # type: ignore[union-attr]
    assert twice.of("sub-smaller-from-larger") < once.of("sub-smaller-from-larger")
    assert all(0 <= p <= 1 for p in twice.held.values())


def test_an_item_that_tells_the_rivals_apart_is_chosen() -> None:
    both = _item("340-127")
    beliefs = updated(NEUTRAL, both, both.answers["sub-zero-minus-is-digit"][0])
    easy, telling = _item("345-123"), _item("253-179")
    assert expected_information(beliefs, telling) > expected_information(beliefs, easy) >= 0
    assert discriminate(beliefs, [easy, telling]) == 1
    with pytest.raises(ValueError, match="no items"):
        discriminate(beliefs, [])


def test_slips_are_not_taken_for_misconceptions() -> None:
    drawn, alleged = coach_runs.slips(250, seed=5)
    assert alleged <= 0.07 * drawn


def test_holders_are_found_sooner_when_the_coach_chooses() -> None:
    found = coach_runs.holders(24)
    assert found["chosen_median"] <= 3 and found["chosen_mean"] < found["random_mean"]


def test_a_probability_means_what_it_says() -> None:
    drawn = coach_calibration.cases(240, seed=8)
    score = coach_calibration.table(drawn, PRIORS)
    assert score.error <= 0.05, coach_calibration.lines(score)
    high = score.counts[-1]
    assert score.true[-1] >= 0.92 * high
