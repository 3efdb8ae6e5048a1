"""Equations, inequalities, sets, intervals, lists, and that coincidences are not accepted."""

from __future__ import annotations

import pytest

from headway.core.coaching.checking import check
from headway.core.coaching.equivalence import equivalent
from headway.core.curriculum.problems import AnswerKind, AnswerSpec


@pytest.mark.parametrize(
    ("kind", "key", "right", "wrong"),
    [
        ("equation", "y=2x+1", "2x-y=-1", "y=2x-1"), ("equation", "2x=6", "x=3", "x=-3"),
        ("equation", "x^2=4", "x=2 or x=-2", "x=2"), ("equation", "x^2=4", "x=±2", "x=4"),
        ("equation", "x=2 or x=3", "x=3, x=2", "x=2"), ("equation", "y=3", "3=y", "y=-3"),
        ("equation", "x^2/16+y^2/25=1", "25x^2+16y^2=400", "16x^2+25y^2=400"),
        ("equation", "f(x)=2x", "f(x)=x+x", "f(x)=2"), ("equation", "x=1, y=2", "y=2, x=1", "x=2, y=1"),
        ("inequality", "x>=-2", "-2<=x", "x>-2"), ("inequality", "x>1", "2<2x", "x<1"),
        ("inequality", "x<3", "-x>-3", "x>3"), ("inequality", "-2<x<=5", "x>-2 and x<=5", "-2<=x<5"),
        ("inequality", "|x|<2", "-2<x<2", "x<2"), ("inequality", "x^2<4", "-2<x and x<2", "x<2"),
        ("inequality", "x<-1 or x>1", "x^2>1", "-1<x<1"), ("inequality", "y>2x+1", "2x+1<y", "y<2x+1"),
        ("inequality", "x<sqrt(2)", "2x<sqrt(8)", "x<1.41"),
        ("interval", "[1,3)", r"\left[1,3\right)", "(1,3]"), ("interval", "(-inf,2)U[5,inf)", "(−∞,2)∪[5,∞)", "(2,5)"),
        ("interval", "[1,5]", "[1,3]∪[2,5]", "[1,5)"), ("interval", "(-inf,inf)", r"(-\infty,\infty)", "(0,inf)"),
        ("set", "{1,2}", "2, 1", "{1,2,3}"), ("set", "-2,3", "x=3 or x=-2", "2,3"),
        ("set", "1/2, 3", "{3, 0.5}", "1,3"),
        ("set", "sqrt(2), -sqrt(2)", "±√2", "sqrt(2)"), ("list", "1, 4, 9", "1,4,9", "1,9,4"),
        ("coordinate", "(2,3)", "( 2 , 3 )", "(3,2)"), ("coordinate", "(1/2,-1)", "(0.5,-1)", "(0.5,1)"),
        ("coordinate", "(1,234)", "(1, 234)", "1234"),
        ("expression", "1±sqrt(19)", r"1\pm\sqrt{19}", "1+sqrt(19)"), ("expression", "No solution", "∅", "0"),
        ("expression", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
         r"\begin{bmatrix}1&2\\3&5\end{bmatrix}"),
        ("expression", "sin(x)^2", "1-cos^2(x)", "sin(x^2)"), ("expression", "sin(2x)", "2sin(x)cos(x)", "2sin(x)"),
        ("expression", "ln(x^2)", "2ln x", "(ln x)^2"), ("expression", "|x|", "sqrt(x^2)", "x"),
        ("expression", "e^(2x)", "(e^x)^2", "e^x*2"), ("expression", "2^(x+1)", "2*2^x", "2^x+1"),
        ("expression", "sqrt(5+2sqrt(6))", "sqrt(2)+sqrt(3)", "sqrt(2)+sqrt(4)"),
        ("expression", "(3+2i)(1-i)", "5-i", "5+i"), ("expression", "tan(x)", "sin(x)/cos(x)", "cos(x)/sin(x)"),
        ("expression", "log_2(8)", "3", "4"), ("expression", "5!", "120", "119"), ("number", "pi/180", "1°", "1"),
    ],
)  # fmt: skip
def test_right_and_wrong(kind: AnswerKind, key: str, right: str, wrong: str) -> None:
    spec = AnswerSpec(kind, (key,))
    assert check(spec, right).outcome == "right"
    assert check(spec, wrong).outcome == "wrong"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("e^(pi*sqrt(163))", "262537412640768744"), ("pi", "355/113"), ("pi^4+pi^5", "e^6"),
        ("sqrt(2)", "1.4142135623730950488016887242096980785696718753769"), ("x", "x+10^-40"),
        ("sin(x)", "x"), ("x^2", "x^2+x(x-1)(x-2)(x-3)(x-4)(x+1)"), ("1/3", "0.33333333333333333333"),
        ("22/17+37/47+88/83", "pi"), ("sqrt(x^2)", "x"), ("|x|", "x"), ("e^pi-pi", "20"),
        ("cos(x)", "1-x^2/2+x^4/24"), ("f(x)", "f(y)"), ("x^2=4", "x=2"),
        ("y=sqrt(1-x^2)", "x^2+y^2=1"), ("x^2=x", "x=1"),
    ],
)  # fmt: skip
def test_coincidences_are_not_accepted(a: str, b: str) -> None:
    kind: AnswerKind = "equation" if "=" in a else "expression"
    assert equivalent(a, b, kind=kind) is False


def test_what_a_point_cannot_show_is_left_open() -> None:
    assert equivalent("y/x=2", "y=2x", kind="equation") is None
    assert equivalent("f(5)=f(7)+4", "f(2)=f(3)+4", kind="equation") is None
    assert equivalent("x<sqrt(2)", "x^3<2sqrt(2)", kind="inequality") is None
    assert equivalent("ln|x^2-9|", "ln|x-3|+ln|x+3|") is None


def test_a_learner_may_leave_out_or_add_x_equals() -> None:
    assert check(AnswerSpec("number", ("3",)), "x=3").correct
    assert check(AnswerSpec("equation", ("x=3",)), "3").correct
    assert not check(AnswerSpec("equation", ("y=3x",)), "3").correct


@pytest.mark.parametrize(
    ("key", "number"), [("13m", "13"), ("81d^2", "81"), ("6x+3h", "6x+3"), ("8t", "8"), ("2L", "2")]
)
def test_letters_of_an_expression_are_not_units(key: str, number: str) -> None:
    spec = AnswerSpec("expression", (key,))
    assert check(spec, f"1*{key}").outcome == "right"
    assert check(spec, number).outcome == "wrong"


def test_a_unit_set_apart_in_an_expression_may_be_left_out() -> None:
    spec = AnswerSpec("expression", ("$$8.19$$ cm",))
    assert [check(spec, g).outcome for g in ("8.19", "8.19 cm", "8.19 kg", "8.2")] == [
        "right",
        "right",
        "unit",
        "wrong",
    ]


def test_another_case_of_a_letter_does_not_count() -> None:
    verdict = check(AnswerSpec("expression", ("8x",)), "8X")
    assert (verdict.outcome, "x" in str(verdict.message)) == ("unsure", True)


def test_long_names_are_read_when_the_problem_declares_them() -> None:
    spec = AnswerSpec("expression", ("2*speed+1",), variables=("speed",))
    assert check(spec, "1+speed*2").correct
    assert not check(spec, "1+seedp*2").correct


def test_a_bracket_that_is_missing_under_a_fraction_line_is_wrong() -> None:
    assert check(AnswerSpec("expression", ("1/(2x)",)), "1/2x").outcome == "wrong"
