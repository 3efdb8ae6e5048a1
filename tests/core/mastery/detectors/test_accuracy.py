"""How right the detectors are: bars on planted habits, on public logs, and on noise."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from benchmarks.accuracy.detectors import CHANCES, LOGS, on_logs, read, scores
from benchmarks.accuracy.detectors_planted import Scored, planted_scores

from headway.core.curriculum.problems import Hint, Problem
from headway.core.mastery.detectors.accuracy import accuracy, logistic
from headway.core.mastery.detectors.cases import slip_cases, spinning_cases
from headway.core.mastery.detectors.habits import ADRIFT, ALONE, GUESSES, RUSHES
from headway.core.mastery.detectors.odds import EARLIEST, SPINS, passed, slip_chance, spin_chance
from headway.core.mastery.frame import frame_of, split
from headway.core.text import Text
from tests.core.small import curriculum, problem

HINTS = tuple(Hint(f"h{n}", Text("6 + 1")) for n in range(3))
BARS = {"guesses": GUESSES, "games": RUSHES, "alone": ALONE, "drifts": ADRIFT}


def hinted(activity: str) -> Problem:
    made = problem(activity)
    return replace(made, steps=tuple(replace(step, hints=HINTS) for step in made.steps))


@cache
def planted(kind: str) -> Scored:
    return planted_scores(kind, curriculum(), hinted, learners=24, events=100)


@pytest.mark.parametrize(
    ("habit", "control", "precision", "recall"),
    [
        ("guesses", "honest", 0.85, 0.5),
        ("games", "honest", 0.9, 0.8),
        ("drifts", "honest", 0.85, 0.8),
        ("alone", "seeks", 0.7, 0.35),
    ],
)
def test_planted_habits_are_found(habit: str, control: str, precision: float, recall: float) -> None:
    score = np.concatenate([planted(habit).top[habit], planted(control).top[habit]])
    truth = np.repeat(np.array([1, 0], np.int8), 24)
    found = accuracy(np.arange(48), score, truth, BARS[habit], np.random.default_rng(0))
    assert found.precision[0] >= precision, found
    assert found.recall[0] >= recall, found


def test_able_learners_who_take_their_time_are_left_alone() -> None:
    slow = planted("slow")
    for habit in ("games", "drifts", "guesses"):
        assert np.mean(slow.top[habit] >= BARS[habit]) <= 0.1, habit


@pytest.mark.shared
@pytest.mark.skipif(not LOGS.is_dir(), reason="../shared/data/kt is absent")
def test_on_held_out_learners_of_the_log_that_weights_were_fitted_on() -> None:
    found = on_logs("assist2009")
    spin, slip = found["wheel-spinning"], found["slip"]
    assert spin.precision[0] >= 0.69
    assert spin.recall[0] >= 0.67
    assert spin.auc[0] >= 0.84
    assert slip.precision[0] >= 0.79
    assert slip.recall[0] >= 0.45
    assert slip.auc[0] >= 0.80


@pytest.mark.shared
@pytest.mark.skipif(not LOGS.is_dir(), reason="../shared/data/kt is absent")
def test_on_another_log_of_another_year() -> None:
    found = on_logs("assist2017_ts_shard")
    assert found["wheel-spinning"].precision[0] >= 0.80
    assert found["wheel-spinning"].recall[0] >= 0.78
    assert found["slip"].auc[0] >= 0.70


@pytest.mark.shared
@pytest.mark.skipif(not LOGS.is_dir(), reason="../shared/data/kt is absent")
def test_the_shipped_weights_are_those_that_the_fit_gives() -> None:
    frame = read("assist2009")
    for cases_of, weights, _ in CHANCES.values():
        cases = cases_of(frame, split(frame, 0)[0])
        assert logistic(cases.known, cases.truth).round(3).tolist() == list(weights)


def test_nothing_is_foreseen_in_noise() -> None:
    rng = np.random.default_rng(0)
    columns = {
        "student": np.repeat(np.arange(300), 48),
        "skill": np.tile(np.repeat(np.arange(4), 12), 300),
        "correct": rng.integers(0, 2, 300 * 48).astype(np.int8),
    }
    frame = frame_of(columns)
    cases = slip_cases(frame, frame.students)
    found = accuracy(cases.learner, scores(cases, CHANCES["slip"][1]), cases.truth, 0.7, rng)
    assert found.auc[0] == pytest.approx(0.5, abs=0.03)


def test_later_answers_never_change_what_was_known() -> None:
    right = [0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1]
    for tail in ([0, 0, 0], [1, 1, 1]):
        answers = [*right[:9], *tail]
        frame = frame_of({"student": [1] * 12, "skill": [1] * 12, "correct": answers})
        cases = spinning_cases(frame, frame.students)
        if tail == [0, 0, 0]:
            first = cases.known
    assert np.array_equal(first, cases.known)


def test_chances_are_read_as_they_should() -> None:
    assert spin_chance(0, EARLIEST - 1, 20, 12) == 0.0
    assert spin_chance(0b00111000, 6, 20, 12) == 0.0
    assert passed(0b111, 3)
    assert not passed(0b111, 2)
    chances = [spin_chance(0, n, 30, 15) for n in range(3, 9)]
    assert chances == sorted(chances)
    assert spin_chance(0b0001, 4, 30, 25) < spin_chance(0, 4, 30, 25)
    assert spin_chance(0, 12, 30, 15) == 1.0
    assert spin_chance(0b11011011, 9, 20, 14) < SPINS
    assert slip_chance(0b1111, 6, 40, 36) > 0.7 > 0.4 > slip_chance(0, 6, 40, 10)
