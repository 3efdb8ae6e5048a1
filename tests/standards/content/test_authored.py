"""Questions with numbers that change: exact, conditioned, checked by the loop's own check, and nothing runs in them."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.coaching.checking import check
from headway.standards.content.authored import Draft, body_of, draft_of, write
from headway.standards.content.numbers import NoNumbers, evaluate, put_in, read_numbers

FRACTIONS = st.fractions(min_value=-50, max_value=50, max_denominator=12)


def test_each_variant_is_right_by_the_check_that_learners_meet() -> None:
    draft = Draft(
        question="What is $$@a x - @b$$ for $$x = @c$$?", answers="@(a*c - b)", kind="number",
        numbers="a = 2 to 9\nb = 1 to 20\nc = -3, 4, 5\ngcd(a, b) = 1\na*c > b", hints="Put @c in the place of x.",
    )  # fmt: skip
    made = write(draft)
    assert not made.faults and len(made.questions) == 12
    assert len({question.body for question in made.questions}) == 12
    for question in made.questions:
        (part,) = question.parts
        assert float(part.answer.keys[0]) > 0 and "@" not in question.body + part.hints[0]
        assert check(part.answer, part.answer.keys[0]).correct
    assert write(draft) == made, "the same numbers each time"
    assert draft_of(body_of(draft)) == draft


def test_kinds_of_answers() -> None:
    choice = Draft(
        question="Which is more than @a?", kind="choice", answers="@(a+1)", wrong="@(a-1)\n@a", numbers="a = 5 to 9"
    )
    made = write(choice)
    assert len(made.questions) == 5
    for question in made.questions:
        assert len(question.parts[0].answer.choices) == 3
    assert write(Draft(question="2 + 2 = 4 and", kind="choices", answers="even\nsmall", wrong="odd")).questions
    assert write(Draft(question="Expand $$2(x+1)$$.", kind="mathematics", answers="2x+2")).questions
    words = write(Draft(question="The capital of France?", kind="words", answers="Paris")).questions
    assert check(words[0].parts[0].answer, "paris").correct
    half = write(Draft(question="@a/@b of 1?", answers="@(a/b)", numbers="a = 1\nb = 2 to 3")).questions
    assert {question.parts[0].answer.keys for question in half} == {("1/2",), ("1/3",)}


def test_numbers_read_as_people_write_them() -> None:
    drawn = {"a": Fraction(-3), "b": Fraction(1, 2)}
    assert (
        put_in("x + @a, x - @a, @b, @(a/b), me@example.org, @among", drawn)
        == "x - 3, x + 3, 0.5, -6, me@example.org, @among"
    )
    assert put_in("@a @(a", {}) == "@a @(a"
    assert read_numbers("b = 0 to 1 step 0.25").values["b"] == tuple(Fraction(n, 4) for n in range(5))


@given(FRACTIONS, FRACTIONS)
def test_it_is_worked_out_exactly(a: Fraction, b: Fraction) -> None:
    drawn = {"a": a, "b": b}
    assert evaluate("(a + 2*b)^2 - a*a", drawn) == (a + 2 * b) ** 2 - a * a
    assert evaluate("max(a, b) - min(a, b)", drawn) == abs(a - b)
    if b:
        assert evaluate("a / b", drawn) == a / b


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("question", Draft(answers="1")),
        ("answers", Draft(question="q")),
        ("wrong", Draft(question="q", answers="1", kind="choice")),
        ("answers", Draft(question="q", answers="3", wrong="3", kind="choice")),
        ("answers", Draft(question="q", answers="no number")),
        ("answers", Draft(question="q", answers="1", tolerance="much")),
        ("answers", Draft(question="q", answers="x=(", kind="mathematics")),
        ("hints", Draft(question="q", answers="1", hints="1\n2\n3\n4")),
        ("numbers", Draft(question="q", answers="@a", numbers="a = 2 to")),
        ("numbers", Draft(question="q", answers="@a", numbers="a = 1 to 3\na > 5")),
        ("numbers", Draft(question="q", answers="@b", numbers="a = 1 to 3")),
        ("numbers", Draft(question="q", answers="@(a", numbers="a = 1 to 3")),
        ("numbers", Draft(question="q", answers="@(a/0)", numbers="a = 1 to 3")),
    ],
)
def test_what_is_wrong_names_its_field(field: str, draft: Draft) -> None:
    made = write(draft)
    assert list(made.faults) == [field] and not made.questions


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')", "a.real", "(lambda: 1)()", "[1][0]", "a if a else a", "((((9^12)^12)^12)^12)^12", "round(a, 10^12)",
        "'x'", "1e999999999", "a" * 201, "(" * 100 + "a" + ")" * 100, "gcd(1/2, a)", "abs()", "open", "True", "a^0.5",
    ],
)  # fmt: skip
def test_nothing_runs_and_nothing_grows(expression: str) -> None:
    began = time.process_time()
    with pytest.raises(NoNumbers):
        evaluate(expression, {"a": Fraction(2)})
    with pytest.raises(NoNumbers):
        read_numbers("a = 1e999999999 to 2")
    assert time.process_time() - began < 2.0
