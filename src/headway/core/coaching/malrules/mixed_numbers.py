"""Mixed numbers."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from headway.core.coaching.building import fraction_parts, number
from headway.core.coaching.malrules.match import (
    Put,
    as_mixed,
    differences,
    fraction,
    mixed,
    mixed_or_whole,
    plain_sums,
    products,
    whole,
)
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK
from headway.core.coaching.tree import Add, Expr
from headway.core.text import T

SKILLS = "4.NF.B.3c 5.NF.A.1"
Triple = tuple[int, int, int]


def _differences(node: Expr) -> Iterator[tuple[Triple, Triple, Put]]:
    for left, right, put in differences(node):
        a, b = mixed_or_whole(left), mixed_or_whole(right)
        if a and b and (a[1] or b[1]):
            yield a, b, put


def _common(a: Triple, b: Triple) -> tuple[int, int, int]:
    """The two tops over the common bottom, and that bottom."""
    bottom = lcm(a[2], b[2])
    return a[1] * bottom // a[2], b[1] * bottom // b[2], bottom


@malrule(
    "frac-sub-smaller", NAMED, ("5 1/4-2 3/4", "3 2/4"), ASHLOCK, SKILLS,
    T("The fraction you take away is larger than the one you have. Where can you get more parts?"),
    NAMED,
    "7 1/5-3 4/5", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _differences(node):
        first, second, bottom = _common(a, b)
        if first < second and a[0] > b[0] and a[1]:
            yield put(as_mixed(a[0] - b[0], second - first, bottom))


@malrule(
    "frac-part-kept", T("Fraction part just brought down"), ("6-1 1/4", "5 1/4"), ASHLOCK, SKILLS,
    T("You took the wholes away, but the fraction has to be taken away too."),
    T("Subtracts the whole numbers and copies the fraction into the answer."),
    "8-2 2/5", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _differences(node):
        if not a[1] and b[0] and a[0] > b[0]:
            yield put(as_mixed(a[0] - b[0], b[1], b[2]))


@malrule(
    "mixed-parts-apart", T("Wholes, tops and bottoms apart"), ("6 2/3-3 1/6", "3 1/3"), ASHLOCK, SKILLS,
    T("You subtracted the bottoms as well. Parts of different size have to become parts of the same size."),
    T("Subtracts wholes, numerators and denominators separately, always the smaller from the larger."),
    "7 3/4-2 1/7", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _differences(node):
        if a[1] and b[1] and a[2] != b[2] and a[0] >= b[0]:
            top, bottom = abs(a[1] - b[1]), abs(a[2] - b[2])
            yield put(Add((number(a[0] - b[0]), fraction(top, bottom))) if top else number(a[0] - b[0]))


@malrule(
    "frac-borrows-ten", NAMED, ("5 1/4-2 3/4", "2 8/4"), ASHLOCK, SKILLS,
    T("One whole is not ten parts here. How many of these parts make one whole?"),
    NAMED,
    "7 2/5-3 4/5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _differences(node):
        first, second, bottom = _common(a, b)
        if first < second and a[0] > b[0] and bottom != 10:
            yield put(as_mixed(a[0] - 1 - b[0], first + 10 - second, bottom))


@malrule(
    "frac-borrow-not-paid", T("Regroups a whole without paying"), ("5 1/4-2 3/4", "3 2/4"), ASHLOCK, SKILLS,
    T("You used one whole to get more parts. Then there is one whole less."),
    T("Adds the parts of one whole but leaves the whole number as it was."),
    "7 1/5-3 3/5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _differences(node):
        first, second, bottom = _common(a, b)
        if first < second and a[0] > b[0]:
            yield put(as_mixed(a[0] - b[0], first + bottom - second, bottom))


@malrule(
    "frac-whole-dropped", NAMED, ("2 1/3+1/4", "7/12"), ASHLOCK, SKILLS,
    T("The whole number has disappeared from your answer."),
    NAMED,
    "3 1/5+1/2",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for sign, pairs in ((1, plain_sums(node)), (-1, differences(node))):
        for left, right, put in pairs:
            a, b = mixed(left) or _proper(left), mixed(right) or _proper(right)
            if a and b and (a[0] or b[0]):
                first, second, bottom = _common(a, b)
                if first + sign * second > 0:
                    yield put(fraction(first + sign * second, bottom))


def _proper(expr: Expr) -> Triple | None:
    parts = fraction_parts(expr)
    return (0, *parts) if parts and parts[0] > 0 else None


@malrule(
    "frac-wholes-and-parts", NAMED, ("2 1/3*3 1/2", "6 1/6"), ASHLOCK,
    "5.NF.B.4 5.NF.B.6",
    T("Each part of one number meets each part of the other. Two products are missing."),
    NAMED,
    "4 1/2*2 1/5", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        a, b = mixed(left), mixed(right)
        if a and b:
            yield put(as_mixed(a[0] * b[0], a[1] * b[1], a[2] * b[2]))


@malrule(
    "mixed-times-whole-only", T("Multiplies the whole number only"), ("3*2 1/4", "6 1/4"), ASHLOCK, "5.NF.B.4 5.NF.B.6",
    T("The fraction part has to be taken that many times as well."),
    T("Multiplies the whole-number part and copies the fraction."),
    "4*3 2/5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        for first, second in ((left, right), (right, left)):
            a, n = mixed(first), whole(second)
            if a and n and n > 1:
                yield put(as_mixed(a[0] * n, a[1], a[2]))


@malrule(
    "frac-whole-added-to-top", NAMED, ("2 1/3*3/5", "9/15"), ASHLOCK, "4.NF.B.3b 5.NF.B.4",
    T("You added the wholes to the top. How many of these parts are in one whole?"),
    NAMED,
    "3 1/4*2/7",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = mixed(node)
    if found:
        yield fraction(found[0] + found[1], found[2])
