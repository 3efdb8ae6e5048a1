"""Habits: what sets a bit and what never does, how flags come and go, and that the state stays small."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.events import Response
from headway.core.mastery.detectors.habits import (
    ADRIFT,
    ALONE,
    GUESSES,
    NO_HABITS,
    RUSHES,
    Habits,
    adrift,
    alone,
    guessed,
    observe,
    reading_time,
    rushed,
    without_effort,
)
from headway.core.mastery.models import MODELS
from headway.core.profile.codec import decode, encode
from headway.core.profile.fold import fold
from headway.core.profile.profile import Profile, new_profile
from tests.core.small import DAY, MONDAY, answer, curriculum

RESPONSES = st.builds(
    lambda n, correct, attempt, hints, shown, seconds: answer(
        n, "P1.1", correct, attempt=attempt, hints=hints, shown=shown, seconds=seconds, at=MONDAY + 60.0 * n
    ),
    st.integers(0, 50), st.booleans(), st.integers(1, 3), st.integers(0, 4), st.booleans(), st.floats(0.0, 2000.0),
)  # fmt: skip


def after(*responses: Response, habits: Habits = NO_HABITS) -> Habits:
    for response in responses:
        habits = observe(habits, response, 0.0)
    return habits


def practised(*responses: Response, profile: Profile | None = None) -> Profile:
    profile = profile or new_profile("ada", grade="5")
    for response in responses:
        profile, _ = fold(profile, response, curriculum(), MODELS["gaussian-1"])
    return profile


RAPID = answer(1, "P1.1", False, seconds=1.5)
CLICKED = answer(1, "P1.1", True, hints=3, seconds=5.0)
SECOND = answer(1, "P1.1", False, attempt=2, seconds=30.0)
LONG = answer(1, "P1.1", False, seconds=700.0)


def test_each_habit_is_seen_at_its_bar_and_not_before() -> None:
    for response, count, bar in ((RAPID, guessed, GUESSES), (CLICKED, rushed, RUSHES), (SECOND, alone, ALONE)):
        assert count(after(*[response] * (bar - 1))) == bar - 1
        assert count(after(*[response] * bar)) == bar
    assert not adrift(after(*[LONG] * (ADRIFT - 1)))
    assert adrift(after(*[LONG, RAPID, CLICKED, LONG, RAPID][:ADRIFT]))


@given(st.lists(st.floats(0.0, 5000.0), max_size=40), st.integers(1, 3))
def test_right_answers_without_hints_are_never_held_against_anybody(seconds: list[float], attempt: int) -> None:
    """However slow, however fast, at whatever try."""
    rows = [answer(n, "P1.1", True, attempt=attempt, seconds=each) for n, each in enumerate(seconds)]
    assert after(*rows) == NO_HABITS


@given(st.lists(st.tuples(st.booleans(), st.floats(3.0, 5000.0)), max_size=40))
def test_whoever_is_always_slow_is_not_adrift(rows: list[tuple[bool, float]]) -> None:
    """Slow learners make mistakes too: nothing counts that is within three times what they usually take."""
    habits = NO_HABITS
    for n, (correct, seconds) in enumerate(rows):
        habits = observe(habits, answer(n, "P1.1", correct, seconds=min(seconds, 900.0)), 0.0, usual=301.0)
    assert habits == Habits(alone=sum(not correct for correct, _ in rows))


def test_one_hint_ends_the_count_of_tries_without_help() -> None:
    """But for a hint at the last try, which everybody takes; rapid guesses are another habit."""
    wrong = answer(1, "P1.1", False, seconds=30.0)
    assert alone(after(*[wrong, SECOND] * 5)) == 10
    assert alone(after(*[wrong, SECOND] * 5, replace(wrong, attempt=3, hints=2))) == 10
    assert alone(after(*[wrong, SECOND] * 5, RAPID, answer(1, "P1.1", True))) == 10
    assert alone(after(*[wrong, SECOND] * 5, answer(1, "P1.1", True, hints=1, seconds=30.0))) == 0


@given(st.lists(RESPONSES, max_size=60))
def test_the_state_is_small_and_counts_stay_within_their_windows(responses: list[Response]) -> None:
    habits = after(*responses)
    assert max(habits.rapid, habits.rushed, habits.idle) < 1024
    assert habits.alone < 64
    assert guessed(habits) <= without_effort(habits) <= 10
    assert not adrift(habits) or without_effort(habits) >= ADRIFT


@given(st.lists(RESPONSES, max_size=30), RESPONSES)
def test_a_worse_answer_never_looks_better(responses: list[Response], last: Response) -> None:
    before = after(*responses)
    right, wrong = (observe(before, replace(last, correct=correct), 0.0) for correct in (True, False))
    for count in (guessed, rushed, without_effort):
        assert count(right) <= count(wrong)


@given(st.lists(RESPONSES, max_size=30))
def test_ten_ordinary_answers_clear_all_but_help(responses: list[Response]) -> None:
    habits = after(*responses, *[answer(n, "P1.1", True) for n in range(10)])
    assert habits._replace(alone=0) == NO_HABITS


def test_answers_that_were_shown_say_nothing() -> None:
    assert after(replace(RAPID, shown=True)) == NO_HABITS


def test_a_retry_is_timed_from_the_answer_before() -> None:
    """``seconds`` runs from when the step was first seen; a second try two seconds after the first is still a quick one."""
    first = answer(1, "P1.1", False, seconds=40.0, at=MONDAY)
    again = answer(2, "P1.1", False, attempt=2, seconds=42.0, at=MONDAY + 2.0)
    assert rushed(practised(first, again).behaviour.habits) == 1


def test_a_new_day_begins_afresh_but_for_help() -> None:
    profile = practised(*[RAPID] * 4, SECOND)
    assert guessed(profile.behaviour.habits) == 4
    later = practised(replace(RAPID, at=MONDAY + DAY), profile=profile).behaviour.habits
    assert (guessed(later), alone(later)) == (1, 1)


@given(st.lists(RESPONSES, max_size=20))
def test_they_survive_storage_and_cost_nothing_where_there_are_none(responses: list[Response]) -> None:
    profile = practised(*responses)
    assert decode(encode(profile)).behaviour == profile.behaviour
    plain = encode(practised(*[replace(r, correct=True, hints=0) for r in responses]))
    assert decode(plain).behaviour.habits == NO_HABITS
    assert len(encode(profile)) < 1100


@pytest.mark.parametrize(("mean", "limit"), [(20.0, 2.0), (62.0, 6.2), (300.0, 10.0), (0.0, 0.0)])
def test_the_normative_threshold(mean: float, limit: float) -> None:
    assert reading_time(mean) == pytest.approx(limit)
