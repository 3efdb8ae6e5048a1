"""Adding, subtracting and simplifying fractions."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, lcm

from headway.core.coaching.building import fraction_parts, number
from headway.core.coaching.malrules.match import (
    Parts,
    Put,
    call,
    differences,
    fraction,
    fraction_pairs,
    plain_sums,
    whole,
)
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, BROWN_QUINN, HART
from headway.core.coaching.tree import Div, Expr
from headway.core.text import T

SKILLS = "4.NF.B.3 5.NF.A.1"


def signed_fractions(node: Expr) -> Iterator[tuple[Parts, Parts, int, Put]]:
    """Two fractions that are added (1) or subtracted (-1)."""
    for a, b, put in fraction_pairs(plain_sums(node)):
        yield a, b, 1, put
    for a, b, put in fraction_pairs(differences(node)):
        yield a, b, -1, put


@malrule(
    "frac-adds-both", NAMED, ("4/5+2/3", "6/8"), ASHLOCK, SKILLS,
    T("You added the bottoms too. The bottom says how large the parts are. Make the parts the same size first."),
    NAMED,
    "3/4+2/5", weight=2.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in fraction_pairs(plain_sums(node)):
        yield put(fraction(a[0] + b[0], a[1] + b[1]))


@malrule(
    "frac-subtracts-both", NAMED, ("4/5-1/3", "3/2"), ASHLOCK, SKILLS,
    T("You subtracted the bottoms too. The parts need the same size first."),
    NAMED,
    "7/9-2/5", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in fraction_pairs(differences(node)):
        if a[1] != b[1]:
            yield put(fraction(abs(a[0] - b[0]), abs(a[1] - b[1])))
        else:
            yield put(number(abs(a[0] - b[0])))


@malrule(
    "frac-no-common", NAMED, ("3/5+1/3", "4/15"), ASHLOCK, SKILLS,
    T("You changed the bottoms to the common one, but the tops stayed as they were."),
    NAMED,
    "2/3+1/4", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, sign, put in signed_fractions(node):
        if a[1] != b[1]:
            yield put(fraction(a[0] + sign * b[0], lcm(a[1], b[1])))


@malrule(
    "frac-one-top-changed", T("Changes one top only"), ("3/5+1/3", "10/15"), ASHLOCK, SKILLS,
    T("Both fractions get the new bottom, so both tops have to change with it."),
    T("Finds a common denominator and changes only one of the numerators."),
    "5/6+6/8",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, sign, put in signed_fractions(node):
        common = lcm(a[1], b[1])
        if common not in (a[1], b[1]):
            yield put(fraction(a[0] * (common // a[1]) + sign * b[0], common))
            yield put(fraction(a[0] + sign * b[0] * (common // b[1]), common))


@malrule(
    "frac-keeps-larger-bottom", T("Keeps the larger bottom"), ("3/5+1/3", "4/5"), BROWN_QUINN, SKILLS,
    T("You kept one of the bottoms, but the parts are of different size. Find a size that fits both."),
    T("Adds the numerators and keeps the larger denominator."),
    "2/3+1/7",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, sign, put in signed_fractions(node):
        if a[1] != b[1] and max(a[1], b[1]) % min(a[1], b[1]):
            yield put(fraction(a[0] + sign * b[0], max(a[1], b[1])))


@malrule(
    "frac-multiplies-bottoms-adds-tops", T("Adds tops, multiplies bottoms"), ("3/4+1/6", "4/24"), HART, SKILLS,
    T("You multiplied the bottoms, but the tops do not fit the new parts."),
    T("Adds the numerators and multiplies the denominators."),
    "5/6+3/4",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, sign, put in signed_fractions(node):
        if gcd(a[1], b[1]) > 1:
            yield put(fraction(a[0] + sign * b[0], a[1] * b[1]))


@malrule(
    "frac-whole-count", NAMED, ("7-1/3", "6/3"), BROWN_QUINN, "4.NF.B.3c 5.NF.A.1",
    T("The whole number counts wholes, not these parts. How many of these parts make one whole?"),
    NAMED,
    "5-2/7", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for sign, pairs in ((1, plain_sums(node)), (-1, differences(node))):
        for left, right, put in pairs:
            n, parts = whole(left), _proper(right)
            if n is not None and parts:
                yield put(fraction(n + sign * parts[0], parts[1]))
            n, parts = whole(right), _proper(left)
            if n is not None and parts:
                yield put(fraction(parts[0] + sign * n, parts[1]))


@malrule(
    "frac-simplify-one-part", T("Simplifies one part only"), ("4/8", "2/8"), ASHLOCK, "4.NF.A.1",
    T("You divided one part of the fraction. Top and bottom have to be divided by the same number."),
    T("Divides only the numerator, or only the denominator."),
    "6/9", weight=2.0, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = _lowest(node)
    if found:
        a, b = found
        for d in range(2, max(a, b) + 1):
            if a % d == 0:
                yield fraction(a // d, b)
            if b % d == 0 and b // d > 1:
                yield fraction(a, b // d)


def _proper(expr: Expr) -> Parts | None:
    found = fraction_parts(expr)
    return found if found and 0 < found[0] < found[1] else None


def _lowest(node: Expr) -> Parts | None:
    """Top and bottom of a fraction that is to be simplified."""
    task = call(node, "lowest")
    if task is None and isinstance(node, Div):
        task = node.top, node.bottom
    if task is None:
        return None
    a, b = whole(task[0]), whole(task[1])
    return (a, b) if a and b and 1 < a < 200 and 1 < b < 200 else None


@malrule(
    "frac-simplify-ignores-rest", T("Divides and forgets what is left"), ("3/8", "1/4"), ASHLOCK, "4.NF.A.1",
    T("The number you divided by does not go into both parts without a rest."),
    T("Divides numerator and denominator by a number that does not divide both, and drops the remainder."),
    "5/8", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = _lowest(node)
    if found:
        a, b = found
        for d in range(2, 6):
            if (a % d or b % d) and a // d and b // d > 1:
                yield fraction(a // d, b // d)


@malrule(
    "frac-simplify-subtracts", T("Subtracts the same from both"), ("6/8", "4/6"), ASHLOCK, "4.NF.A.1",
    T("Taking the same amount off top and bottom changes the fraction. Dividing both does not."),
    T("Subtracts the same number from numerator and denominator."),
    "2/10", alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = _lowest(node)
    if found and found[0] < found[1]:
        for d in range(1, min(found[0], 6)):
            yield fraction(found[0] - d, found[1] - d)
