"""A learner's answer against a key, through the public door."""

from __future__ import annotations

import pytest

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import AnswerKind, AnswerSpec, Strictness
from headway.core.text import Text


def number(*keys: str, unit: str = "", required: bool = False, tolerance: float = 0.0, form: str = "") -> AnswerSpec:
    return AnswerSpec("number", keys, unit=unit, unit_required=required, tolerance=tolerance, form=form)


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("3/4", "0.75"), ("3/4", "6/8"), ("3/4", "75%"), ("1 1/2", "3/2"), ("1.5", "1 1/2"), ("1.5", "1½"),
        ("1234.5", "1,234.5"), ("-3", "−3"), ("1/3", "0.333..."), ("1/3", r"0.\overline{3}"), ("12", "x=12"),
        ("3/4", r"\frac{3}{4}"), ("3/4", r"\frac34"), ("7", "+7"), ("0.5", ".5"), ("2", "2.0"), ("sqrt(12)", "2√3"),
        ("1200", "1.2*10^3"), ("1200", "1.2E3"), ("1/2", r"\dfrac{1}{2}"), ("5", "(5)"), ("100", "10^2"),
        ("3*10^8", "3x10^8"), ("3*10^8", "3 x 10^8"), ("3*10^8", "3e8"), ("3*10^8", "3×10⁸"),
    ],
)  # fmt: skip
def test_usual_ways_to_write_a_number_are_right(key: str, given: str) -> None:
    assert check(number(key), given).outcome == "right"


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("3/4", "0.7"),
        ("1/3", "0.333"),
        ("3", "-3"),
        ("22/7", "pi"),
        ("1.41421356", "sqrt(2)"),
        ("12", "1 2/1"),
        ("2 1/2", "21/2"),
        ("12", "1/2"),
    ],
)
def test_near_numbers_are_wrong(key: str, given: str) -> None:
    assert check(number(key), given).outcome == "wrong"


def test_tolerance_is_an_absolute_difference() -> None:
    assert check(number("3.14", tolerance=0.01), "3.15").correct
    assert not check(number("3.14", tolerance=0.01), "3.1501").correct
    assert check(number("0.3", tolerance=0.3), "0.6").correct


@pytest.mark.parametrize(
    ("given", "outcome"),
    [("300 cm", "right"), ("300 centimeters", "right"), ("300", "right"), ("3 m", "wrong"), ("300 m", "unit"),
     (r"300\text{ cm}", "right"), ("299 cm", "wrong")],
)  # fmt: skip
def test_a_unit_may_be_left_out_but_not_be_another(given: str, outcome: str) -> None:
    assert check(number("300", unit="cm"), given).outcome == outcome


@pytest.mark.parametrize(
    ("unit", "given"),
    [("ft^2", "20 sq ft"), ("ft^2", "20 square feet"), ("ft^2", "20 ft²"), ("mi/h", "20 mph"), ("$", "$20"),
     ("mi/h", "20 miles per hour"), ("$", "20.00 dollars"), ("%", "20%"), ("°", "20^\\circ"), ("°", "20 degrees"),
     ("apples", "20 apples"), ("in", '20"'), ("cups", "20 cup"), ("$", r"\$20")],
)  # fmt: skip
def test_spellings_of_a_unit(unit: str, given: str) -> None:
    spec = number("20", unit=unit, required=True)
    assert check(spec, given).outcome == "right"
    assert check(spec, "20").outcome == "unit"


def test_percent_may_be_given_as_a_decimal() -> None:
    spec = number("50", unit="%")
    assert [check(spec, g).outcome for g in ("50%", "50", "0.5", "1/2", "5")] == ["right"] * 4 + ["wrong"]


@pytest.mark.parametrize(
    ("form", "key", "right", "other"),
    [
        ("simplest-fraction", "3/4", "3/4", "6/8"), ("simplest-fraction", "3/4", "3/4", "0.75"),
        ("mixed", "3/2", "1 1/2", "3/2"), ("decimal", "3/4", "0.75", "3/4"),
        ("scientific", "1200", "1.2*10^3", "1200"), ("scientific", "1200", r"1.2\times10^{3}", "12*10^2"),
    ],
)  # fmt: skip
def test_a_right_value_in_another_form_is_not_wrong(form: str, key: str, right: str, other: str) -> None:
    assert check(number(key, form=form), right).outcome == "right"
    assert check(number(key, form=form), other).outcome == "form"


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("2x+1", "1+2x", "2x-1"), ("6x-10", "2(3x-5)", "6x-5"), ("x+1", "(x^2-1)/(x-1)", "x-1"),
        ("(x+1)^2", "x^2+2x+1", "x^2+1"), ("x^(1/2)", "√x", "x/2"), ("3/(4x)", r"\frac{3}{4x}", "3/4x"),
    ],
)  # fmt: skip
def test_expressions_are_compared_as_algebra(key: str, right: str, wrong: str) -> None:
    spec = AnswerSpec("expression", (key,))
    assert check(spec, right).outcome == "right"
    assert check(spec, wrong).outcome == "wrong"


def test_strictness() -> None:
    def outcomes(given: str) -> list[str]:
        return [check(AnswerSpec("expression", ("2x+1",), strictness=s), given).outcome for s in LEVELS]

    assert outcomes("2x+1") == ["right", "right", "right"]
    assert outcomes("1 + 2x") == ["right", "right", "form"]
    assert outcomes("x+x+1") == ["right", "form", "form"]
    assert outcomes("2x") == ["wrong", "wrong", "wrong"]


LEVELS: tuple[Strictness, ...] = ("equivalent", "form", "exact")


@pytest.mark.parametrize(
    ("form", "key", "right", "other"),
    [
        ("factored", "(x+2)(x+3)", "(3+x)(x+2)", "x^2+5x+6"), ("factored", "(x+2)(x+3)", "(x+2)(x+3)", "1(x^2+5x+6)"),
        ("factored", "2(x+1)(x+2)", "2(x+2)(x+1)", "(2x+2)(x+2)"), ("factored", "(x-5)^2", "(x-5)(x-5)", "x^2-10x+25"),
        ("factored", "2(x+1)", "2(1+x)", "1(2x+2)"), ("expanded", "x^2+5x+6", "6+5x+x^2", "x^2+2x+3x+6"),
    ],
)  # fmt: skip
def test_forms_of_expressions(form: str, key: str, right: str, other: str) -> None:
    spec = AnswerSpec("expression", (key,), form=form)
    assert check(spec, right).outcome == "right"
    assert check(spec, other).outcome == "form"


def test_choice() -> None:
    spec = AnswerSpec("choice", ("1",), choices=(Text("Red"), Text("Green")))
    assert [check(spec, g).outcome for g in ("1", "0", "green", "Red", "blue")] == [
        "right", "wrong", "right", "wrong", "unreadable"
    ]  # fmt: skip


def test_choices_in_any_order() -> None:
    spec = AnswerSpec("choices", ("0,2",))
    assert [check(spec, g).outcome for g in ("0,2", "2, 0", "0", "a")] == ["right", "right", "wrong", "unreadable"]


def test_words() -> None:
    spec = AnswerSpec("text", ("No solution",))
    assert [check(spec, g).outcome for g in (" no  SOLUTION. ", "none", "3")] == ["right", "right", "wrong"]


@pytest.mark.parametrize("kind", ["number", "expression", "equation", "text", "choice", "set", "interval"])
def test_nothing_typed_does_not_count(kind: AnswerKind) -> None:
    assert check(AnswerSpec(kind, ("1",)), "  ").outcome == "unreadable"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("(2+3", "There is an opening bracket without a closing one."),
        ("2+3)", "There is a closing bracket without an opening one."),
        ("2+", "Something is missing after +."),
        ("3 4", "There are two numbers side by side with no sign between them."),
        ("2*/3", "The signs * and / do not go together."),
        ("()", "There is nothing between the brackets."),
    ],
)
def test_what_cannot_be_read_says_why(given: str, sentence: str) -> None:
    verdict = check(number("5"), given)
    assert (verdict.outcome, str(verdict.message)) == ("unreadable", sentence)
