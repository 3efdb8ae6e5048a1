"""Multiplying and dividing fractions."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import fraction_parts, number
from headway.core.coaching.malrules.match import (
    fraction,
    fraction_pairs,
    fraction_quotient,
    products,
    whole,
)
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, HART, TIROSH
from headway.core.coaching.tree import Div, Expr
from headway.core.text import T

TIMES = "4.NF.B.4 5.NF.B.4"
OVER = "5.NF.B.7 6.NS.A.1"


@malrule(
    "frac-multiplies-both", NAMED, ("2/3*3", "6/9"), ASHLOCK, TIMES,
    T("You made more parts, but you made the parts smaller as well."),
    NAMED,
    "3/7*4", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        for first, second in ((left, right), (right, left)):
            parts, n = fraction_parts(first), whole(second)
            if parts and n and n > 1:
                yield put(fraction(parts[0] * n, parts[1] * n))


@malrule(
    "frac-times-whole-below", T("Multiplies the bottom by the whole"), ("2/3*3", "2/9"), HART, TIMES,
    T("Three times as much is more, not less. Which part of the fraction grows?"),
    T("Multiplies the denominator by the whole number."),
    "3/7*5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        for first, second in ((left, right), (right, left)):
            parts, n = fraction_parts(first), whole(second)
            if parts and n and n > 1 and 0 < parts[0] < parts[1]:
                yield put(fraction(parts[0], parts[1] * n))


@malrule(
    "denominators-kept", NAMED, ("2/5*3/5", "6/5"), ASHLOCK, TIMES,
    T("A common bottom is kept when you add. Here you multiply."),
    NAMED,
    "3/7*2/7",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in fraction_pairs(products(node)):
        if a[1] == b[1]:
            yield put(fraction(a[0] * b[0], a[1]))


@malrule(
    "frac-cross-multiplies", T("Multiplies crosswise"), ("2/5*3/4", "8/15"), ASHLOCK, TIMES,
    T("Top times top, bottom times bottom. You went crosswise."),
    T("Multiplies the numerator of each fraction by the denominator of the other one."),
    "3/7*2/5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in fraction_pairs(products(node)):
        yield put(fraction(a[0] * b[1], a[1] * b[0]))


@malrule(
    "frac-cross-digits", T("Crosswise products side by side"), ("4/5*3/4", "166"), ASHLOCK, TIMES,
    T("A product of two fractions smaller than 1 cannot be that large."),
    T("Multiplies crosswise, carries a ten and writes the digits next to each other as a whole number."),
    "2/3*4/5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in fraction_pairs(products(node)):
        first, second = a[0] * b[1], a[1] * b[0]
        yield put(number((second + first // 10) * 10 + first % 10))


@malrule(
    "frac-product-adds-tops", T("Adds the tops of a product"), ("2/5*3/4", "5/20"), HART, TIMES,
    T("You added the tops, but the fractions are multiplied."),
    T("Adds numerators and multiplies denominators."),
    "4/7*2/3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in fraction_pairs(products(node)):
        yield put(fraction(a[0] + b[0], a[1] * b[1]))


@malrule(
    "wrong-factor-flipped", NAMED, ("2/3 ÷ 3/8", "9/16"), ASHLOCK, OVER,
    T("You turned one fraction over, but not the one you divide by."),
    NAMED,
    "3/4 ÷ 2/5", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = fraction_quotient(node)
    if found:
        a, b = found
        yield fraction(a[1] * b[0], a[0] * b[1])
    elif isinstance(node, Div):
        parts, n = fraction_parts(node.top), whole(node.bottom)
        if parts and n:
            yield fraction(parts[1] * n, parts[0])


@malrule(
    "frac-divides-as-times", NAMED, ("2/3 ÷ 3/8", "6/24"), ASHLOCK, OVER,
    T("You multiplied. What has to happen to the second fraction before you may multiply?"),
    NAMED,
    "3/4 ÷ 2/7",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = fraction_quotient(node)
    if found:
        a, b = found
        yield fraction(a[0] * b[0], a[1] * b[1])
    elif isinstance(node, Div):
        n, parts = whole(node.top), fraction_parts(node.bottom)
        if n and parts:
            yield fraction(n * parts[0], parts[1])


@malrule(
    "frac-divides-parts", T("Divides tops and bottoms, drops what is left"), ("6/10 ÷ 2/4", "3/2"), ASHLOCK, OVER,
    T("One of your divisions leaves a rest, and you dropped it."),
    T("Divides numerator by numerator and denominator by denominator and ignores remainders."),
    "7/9 ÷ 2/6", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = fraction_quotient(node)
    if found:
        a, b = found
        top = max(a[0], b[0]) // min(a[0], b[0])
        bottom = max(a[1], b[1]) // min(a[1], b[1])
        yield fraction(top, bottom)


@malrule(
    "both-factors-flipped", T("Both fractions turned over"), ("2/3 ÷ 3/8", "24/6"), TIROSH, OVER,
    T("Only the fraction you divide by is turned over."),
    T("Turns over both fractions and multiplies."),
    "3/5 ÷ 2/7",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = fraction_quotient(node)
    if found:
        a, b = found
        yield fraction(a[1] * b[1], a[0] * b[0])


@malrule(
    "frac-halves-instead", T("Divides by the bottom"), ("6 ÷ 1/2", "3"), TIROSH, OVER,
    T("Dividing by a half is not halving. How many halves fit into one whole?"),
    T("Takes dividing by a unit fraction for dividing by its denominator."),
    "8 ÷ 2/3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Div):
        n, parts = whole(node.top), fraction_parts(node.bottom)
        if n and parts and parts[0] == 1:
            yield fraction(n, parts[1])
