"""Proportions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import equation, number, signed_number
from headway.core.coaching.malrules.match import relation
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, HART
from headway.core.coaching.tree import Call, Div, Expr, Sym
from headway.core.text import T

RATIO = "6.RP.A.2 6.RP.A.3 7.RP.A.2"
Missing = tuple[Fraction, Fraction, Fraction, Sym, bool]


def proportion(node: Expr) -> Missing | None:
    """``a/b = x/d`` or ``a/b = c/x`` as a, b, the third number, the letter, and whether the letter is on top."""
    found = relation(node)
    if found is None:
        return None
    for first, second in (found, found[::-1]):
        if isinstance(first, Div) and isinstance(second, Div):
            a, b = signed_number(first.top), signed_number(first.bottom)
            if a and b and isinstance(second.top, Sym):
                d = signed_number(second.bottom)
                return (a, b, d, second.top, True) if d else None
            if a and b and isinstance(second.bottom, Sym):
                c = signed_number(second.top)
                return (a, b, c, second.bottom, False) if c else None
    return None


def told_missing(node: Expr) -> tuple[Fraction, Fraction, Fraction] | None:
    """A story with a missing value: a of one go with b of the other, and how many go with the third number?"""
    values = [signed_number(arg) for arg in node.args] if isinstance(node, Call) and node.name == "per" else []
    if len(values) != 3 or not all(values):
        return None
    a, b, third = (value for value in values if value is not None)
    return a, b, third


@malrule(
    "ratio-additive", NAMED, ("2/3=x/12", "x=11"), HART, RATIO,
    T("You added the same amount to both numbers. Equal ratios come from multiplying."),
    NAMED,
    "3/5=x/20", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = proportion(node)
    if found:
        a, b, third, letter, above = found
        yield equation(letter, number(a + third - b if above else b + third - a))
    story = told_missing(node)
    if story:
        yield number(story[1] + story[2] - story[0])


@malrule(
    "ratio-cross-wrong", T("Multiplies and divides the wrong pair"), ("5/8=x/24", "x=5*8/24"), ASHLOCK, RATIO,
    T("Which numbers stand crosswise from each other? Multiply those."),
    T("Multiplies the two numbers of the known ratio and divides by the third."),
    "3/4=x/20", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = proportion(node)
    if found:
        a, b, third, letter, _ = found
        yield equation(letter, number(a * b / third))
    story = told_missing(node)
    if story:
        yield number(story[0] * story[1] / story[2])


@malrule(
    "ratio-turned-around", NAMED, ("2/3=x/12", "x=18"), HART, RATIO,
    T("Keep the order: what stands above in one ratio stands above in the other."),
    NAMED,
    "4/5=x/20",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = proportion(node)
    if found:
        a, b, third, letter, above = found
        yield equation(letter, number(third * b / a if above else third * a / b))
    story = told_missing(node)
    if story:
        yield number(story[0] * story[2] / story[1])


@malrule(
    "ratio-factor-not-used", T("Gives the factor itself"), ("2/3=x/12", "x=4"), HART, RATIO,
    T("You found how many times as large the other number is. Use that factor on the first one too."),
    T("Gives the scale factor instead of the number that is asked for."),
    "2/7=x/35",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = proportion(node)
    if found:
        a, b, third, letter, above = found
        yield equation(letter, number(third / b if above else third / a))
    story = told_missing(node)
    if story:
        yield number(story[2] / story[0])
