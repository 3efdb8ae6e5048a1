"""What judges tapped, as a writer and a class get it back."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.judgement.aspects import ASPECTS
from headway.core.measurement.judgement.feedback import (
    MOST_PRAISED,
    Count,
    Example,
    Mark,
    counts_of,
    examples_by_level,
    for_writers,
)

TAPS = st.lists(
    st.builds(Mark, st.sampled_from("abcd"), st.sampled_from("jkl"), st.sampled_from(list(ASPECTS)), st.booleans())
)


def test_texts_are_counted_and_not_taps() -> None:
    """One judge who taps the same again, or says the same of one text as another judge, adds nothing."""
    marks = [Mark("a", "j", "order", False)] * 5 + [Mark("a", "k", "order", False)]
    marks += [Mark("a", "j", "words", False), Mark("b", "j", "words", False), Mark("b", "k", "ideas", True)]
    assert counts_of(marks) == (Count("words", 0, 2), Count("order", 0, 1), Count("ideas", 1, 0))


def test_more_judges_win_and_a_tie_is_a_next_step() -> None:
    marks = [Mark("a", judge, "order", works) for judge, works in (("j", True), ("k", True), ("l", False))]
    marks += [Mark("a", "j", "words", True), Mark("a", "k", "words", False)]
    assert for_writers(marks)["a"].works == ("order",) and for_writers(marks)["a"].step == "words"


def test_of_two_next_steps_a_writer_is_told_the_one_that_the_class_needs() -> None:
    marks = [Mark("a", "j", "task", False), Mark("a", "j", "words", False), Mark("b", "j", "words", False)]
    assert for_writers(marks)["a"].step == "words"
    more = [Mark("a", "k", "task", False)]
    assert for_writers(marks + more)["a"].step == "task"  # but two readers weigh more than the class


@given(TAPS)
def test_nobody_is_told_that_one_thing_works_and_is_missing(marks: list[Mark]) -> None:
    told = for_writers(marks)
    assert told.keys() == {mark.text for mark in marks}
    for text, writer in told.items():
        said = {mark.aspect for mark in marks if mark.text == text}
        assert {*writer.works, *([writer.step] if writer.step else [])} <= said
        assert writer.step not in writer.works and len(writer.works) <= MOST_PRAISED
        assert writer.works or writer.step


@given(TAPS)
def test_the_order_in_which_taps_come_means_nothing(marks: list[Mark]) -> None:
    assert counts_of(marks[::-1]) == counts_of(marks) and for_writers(marks[::-1]) == for_writers(marks)


def test_a_suggested_example_is_typical_and_a_teachers_choice_comes_first() -> None:
    score, error = np.array([-4.0, -3.0, -2.0, 0.0, 2.0, 3.0, 4.0]), np.full(7, 0.3)
    cuts = np.array([-1.0, 1.0])
    assert [each.text for each in examples_by_level(score, error, cuts, {})] == [1, 3, 5]
    found = examples_by_level(score, error, cuts, {6: 2, 4: 2})
    assert found[2] == Example(2, 6, named=True) and not found[0].named


def test_a_level_of_which_no_text_surely_is_has_no_example() -> None:
    found = examples_by_level(np.array([-1.0, 1.0]), np.array([1.0, 1.0]), np.array([-1.0, 1.0]), {})
    assert found == ()
