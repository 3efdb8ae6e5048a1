"""Signed numbers: what the minus sign is taken for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from headway.core.coaching.building import decimal, signed_number
from headway.core.coaching.malrules.match import Put, differences, products, signed_pairs, sums
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, HART, VLASSIS
from headway.core.coaching.tree import Div, Expr, Mul, Neg
from headway.core.text import T

SKILLS = "7.NS.A.1 7.NS.A.1b 7.NS.A.1c"
PRODUCTS = "7.NS.A.2 7.NS.A.2a"


def _mixed_signs(node: Expr) -> Iterator[tuple[Fraction, Fraction, Put]]:
    """The first two numbers of a sum if at least one is negative (a subtracted number counts as negative)."""
    for a, b, put in signed_pairs(islice(sums(node), 1)):
        if (a < 0 or b < 0) and a and b:
            yield a, b, put


@malrule(
    "sign-of-result-lost", NAMED, ("-8+6", "2"), ASHLOCK, SKILLS,
    T("The size is right. Which of the two is farther from zero, the negative or the positive one?"),
    NAMED,
    "-9+4", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _mixed_signs(node):
        if (
            (a < 0) != (b < 0) and a + b and not 0 < a < -b
        ):  # 3-8=5 loses no sign: there the difference is turned around
            yield put(decimal(-(a + b)))


@malrule(
    "int-two-negatives-positive", T("Two negatives make a positive, also in a sum"), ("-4+-3", "7"), ASHLOCK, SKILLS,
    T("Two minus signs make a plus when you multiply. Here you are adding: think of a debt and one more debt."),
    T("Applies the sign rule of products to sums: two negative numbers give a positive sum."),
    "-6+-5", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in signed_pairs(sums(node)):
        if a < 0 and b < 0:
            yield put(decimal(-a - b))


@malrule(
    "sign-of-second-ignored", NAMED, ("-6+-8", "2"), ASHLOCK, SKILLS,
    T("Look at the second number again: it is negative."),
    NAMED,
    "-3+-9",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _mixed_signs(node):
        if b < 0 and a < 0:
            yield put(decimal(a - b))


@malrule(
    "signs-ignored", NAMED, ("-8+6", "14"), VLASSIS, SKILLS,
    T("You worked with the sizes only. One of the numbers lies on the other side of zero."),
    NAMED,
    "-7+5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _mixed_signs(node):
        if a < 0 < b:
            yield put(decimal(-a + b))


@malrule(
    "negative-sum-of-sizes", NAMED, ("-8+6", "-14"), VLASSIS, SKILLS,
    T("You added the sizes and kept the minus. The second number goes the other way on the number line."),
    NAMED,
    "-7+3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _mixed_signs(node):
        if a < 0 < b:
            yield put(decimal(a - b))


@malrule(
    "int-difference-of-sizes", T("Takes the sizes apart and keeps the minus"), ("-8-6", "-2"), VLASSIS, SKILLS,
    T("You start below zero and go further down. Does your answer lie further down?"),
    T("Subtracts the sizes where both numbers are negative, and keeps the first sign."),
    "-4-9",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _mixed_signs(node):
        if a < 0 and b < 0 and a != b:
            yield put(decimal(a - b if a < b else b - a))


@malrule(
    "opposite-not-taken", NAMED, ("5-(-3)", "2"), HART, SKILLS,
    T("Taking away a debt makes you richer. What does minus a negative number do?"),
    NAMED,
    "4-(-9)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in signed_pairs(sums(node)):
        if b > 0 and _is_double_negative(node, b):
            yield put(decimal(a - b))


def _is_double_negative(node: Expr, value: Fraction) -> bool:
    return any(
        isinstance(right, Neg) and isinstance(right.arg, Neg) and signed_number(right) == value
        for _, right, _ in sums(node)
    )


@malrule(
    "int-subtraction-commutes", T("Subtracts the smaller from the larger"), ("3-8", "5"), HART, SKILLS,
    T("You have less than you take away, so you land below zero."),
    T("Turns a difference around so that it is not negative."),
    "-9+4", weight=2.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in differences(node):
        a, b = signed_number(left), signed_number(right)
        if a is not None and b is not None and 0 <= a < b:
            yield put(decimal(b - a))


@malrule(
    "sign-rule-of-products", NAMED, ("-4*-3", "-12"), ASHLOCK, PRODUCTS,
    T("Look at the two signs again: when do two signs give plus, and when minus?"),
    NAMED,
    "-6*-7", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        a, b = signed_number(left), signed_number(right)
        if a and b and (a < 0 or b < 0):
            yield put(decimal(-a * b))
    match node:
        case Neg(Mul((left, right))):
            a, b = signed_number(left), signed_number(right)
            if a and b:
                yield decimal(a * b)
        case Div(top, bottom) | Neg(Div(top, bottom)):
            a, b = signed_number(top), signed_number(bottom)
            negative = isinstance(node, Neg)
            if a and b and (a < 0 or b < 0 or negative):
                yield decimal(a / b if negative else -a / b)


@malrule(
    "int-product-as-sum", T("Adds signed numbers instead of multiplying"), ("-4*-3", "-7"), ASHLOCK, PRODUCTS,
    T("You added. A number beside a number in parentheses means times."),
    T("Adds two signed numbers that are to be multiplied."),
    "-5*-6",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        a, b = signed_number(left), signed_number(right)
        if a and b and (a < 0 or b < 0):
            yield put(decimal(a + b))
    match node:
        case Neg(Mul((left, right))):
            a, b = signed_number(left), signed_number(right)
            if a and b:
                yield decimal(b - a)
