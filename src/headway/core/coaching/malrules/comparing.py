"""Comparing fractions, decimals and signed numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import fraction_parts, signed_number
from headway.core.coaching.malrules.match import Parts, call, split_decimal
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, HART, RESNICK, STACEY, VLASSIS
from headway.core.coaching.tree import Expr, Relation
from headway.core.text import T

FRACTIONS = "3.NF.A.3d 4.NF.A.2"
DECIMALS = "4.NF.C.7 5.NBT.A.3b"


def ordered(left: Expr, right: Expr, first: float | Fraction, second: float | Fraction) -> Relation:
    """The sign that a learner puts who goes by ``first`` and ``second``."""
    sign = "=" if first == second else ("<" if first < second else ">")
    return Relation((sign,), (left, right))


def _decimals(node: Expr) -> Iterator[tuple[Expr, Expr, tuple[str, str], tuple[str, str]]]:
    task = call(node, "compare")
    if task:
        a, b = split_decimal(task[0]), split_decimal(task[1])
        if a and b and (a[1] or b[1]):
            yield *task, a, b


def _fractions(node: Expr) -> Iterator[tuple[Expr, Expr, Parts, Parts]]:
    task = call(node, "compare")
    if task:
        a, b = fraction_parts(task[0]), fraction_parts(task[1])
        if a and b:
            yield *task, a, b


@malrule(
    "dec-longer-larger", NAMED, ("0.04 __ 0.5", "0.04 > 0.5"), STACEY, DECIMALS,
    T("More digits do not make a decimal larger. Compare the tenths first."),
    NAMED,
    "0.125 __ 0.3", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, a, b in _decimals(node):
        if a[0] == b[0] and len(a[1]) != len(b[1]):
            yield ordered(left, right, len(a[1]), len(b[1]))


@malrule(
    "dec-shorter-larger", NAMED, ("0.45 __ 0.3", "0.45 < 0.3"), STACEY, DECIMALS,
    T("Hundredths are small, but there may be many of them. Compare the tenths first."),
    NAMED,
    "0.62 __ 0.5", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, a, b in _decimals(node):
        if a[0] == b[0] and len(a[1]) != len(b[1]):
            yield ordered(left, right, -len(a[1]), -len(b[1]))


@malrule(
    "dec-digits-as-whole", T("Digits after the point as a number"), ("0.35 __ 0.4", "0.35 > 0.4"), RESNICK, DECIMALS,
    T("Tenths and hundredths are parts of different size. Write both numbers with the same number of places."),
    T("Compares the digits after the point as whole numbers."),
    "0.53 __ 0.012",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, a, b in _decimals(node):
        if a[0] == b[0] and a[1] and b[1]:
            yield ordered(left, right, int(a[1]), int(b[1]))


@malrule(
    "frac-bigger-bottom", NAMED, ("1/4 __ 1/6", "1/4 < 1/6"), HART, FRACTIONS,
    T("More parts make each part smaller."),
    NAMED,
    "3/4 __ 3/7", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, a, b in _fractions(node):
        if a[1] != b[1]:
            yield ordered(left, right, a[1], b[1])


@malrule(
    "frac-bigger-top", NAMED, ("2/3 __ 3/7", "2/3 < 3/7"), ASHLOCK, FRACTIONS,
    T("The tops count parts of different size. How large is one part?"),
    NAMED,
    "2/9 __ 4/5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, a, b in _fractions(node):
        if a[0] != b[0]:
            yield ordered(left, right, a[0], b[0])


@malrule(
    "frac-gap", NAMED, ("3/4 __ 7/9", "3/4 > 7/9"), HART, FRACTIONS,
    T("Both are less than one whole, but the missing parts are not the same size."),
    NAMED,
    "3/4 __ 7/8",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, a, b in _fractions(node):
        if a[0] < a[1] and b[0] < b[1]:
            yield ordered(left, right, a[0] - a[1], b[0] - b[1])


@malrule(
    "frac-smaller-bottom", T("Smaller bottom, bigger fraction"), ("1/3 __ 5/6", "1/3 > 5/6"), HART, FRACTIONS,
    T("Thirds are larger than sixths, but count how many there are."),
    T("Takes the fraction with the smaller denominator for the larger one and ignores the numerators."),
    "2/5 __ 7/9",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, a, b in _fractions(node):
        if a[1] != b[1]:
            yield ordered(left, right, -a[1], -b[1])


@malrule(
    "neg-larger-size-larger", T("The larger size is the larger number"), ("-8 __ -3", "-8 > -3"), VLASSIS, "6.NS.C.7",
    T("Look at the number line: which of the two lies farther to the right?"),
    T("Compares negative numbers by their size."),
    "-12 __ -5", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    task = call(node, "compare")
    if task:
        a, b = signed_number(task[0]), signed_number(task[1])
        if a is not None and b is not None and min(a, b) < 0:
            yield ordered(*task, abs(a), abs(b))
