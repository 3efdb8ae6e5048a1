"""Multiplication of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import number
from headway.core.coaching.malrules.columns import joined
from headway.core.coaching.malrules.match import Put, whole_products
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, BLANDO, VANLEHN
from headway.core.coaching.tree import Expr
from headway.core.text import T

SKILLS = "3.OA.C.7 4.NBT.B.5 5.NBT.B.5"


def _by_one_digit(node: Expr) -> Iterator[tuple[list[int], int, Put]]:
    """A longer number times a single digit, as digits from the ones upwards."""
    for a, b, put in whole_products(node):
        long, short = max(a, b), min(a, b)
        if long > 9 and 1 < short < 10:
            yield [int(d) for d in str(long)[::-1]], short, put


def _by_two_digits(node: Expr) -> Iterator[tuple[int, int, Put]]:
    for a, b, put in whole_products(node):
        if a > 9 and 10 < b < 100 and b % 10:
            yield a, b, put


@malrule(
    "mult-no-carry", NAMED, ("46*3", "128"), ASHLOCK, SKILLS,
    T("One of your products made ten or more. Its tens have to be added in the next place."),
    NAMED,
    "57*4", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for digits, b, put in _by_one_digit(node):
        if any(d * b > 9 for d in digits[:-1]):
            low = [d * b % 10 for d in digits[:-1]]
            yield put(number(joined([*low, digits[-1] * b])))


@malrule(
    "mult-carry-written", T("Writes both digits of a product"), ("46*3", "1218"), ASHLOCK, SKILLS,
    T("You wrote the products side by side. The tens of one product belong to the next place."),
    T("Writes whole digit products next to each other."),
    "38*4",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for digits, b, put in _by_one_digit(node):
        if any(d * b > 9 for d in digits[:-1]):
            yield put(number(joined([d * b for d in digits])))


@malrule(
    "mult-carry-added-first", T("Adds the carried ten before multiplying"), ("46*3", "158"), ASHLOCK, SKILLS,
    T("Multiply the tens first, then add the ten you carried."),
    T("Adds the carried number to the next digit and multiplies afterwards."),
    "47*6",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for digits, b, put in _by_one_digit(node):
        carry, result = 0, list[int]()
        for index, digit in enumerate(digits):
            value = (digit + carry) * b
            last = index == len(digits) - 1
            result.append(value if last else value % 10)
            carry = 0 if last else value // 10
        if any(d * b > 9 for d in digits[:-1]):
            yield put(number(joined(result)))


@malrule(
    "mult-first-digit-only", T("Multiplies one digit only"), ("46*3", "418"), VANLEHN, SKILLS,
    T("You multiplied the ones. The tens have to be multiplied as well."),
    T("Multiplies the ones and copies the other digits."),
    "63*4",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for digits, b, put in _by_one_digit(node):
        carry = digits[0] * b // 10
        yield put(number(joined([digits[0] * b, *digits[1:]])))
        if carry:
            yield put(number(joined([digits[0] * b % 10, digits[1] + carry, *digits[2:]])))


@malrule(
    "mult-no-shift", NAMED, ("46*23", "230"), ASHLOCK, SKILLS,
    T("The second row is tens. It starts one place further left."),
    NAMED,
    "57*34",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _by_two_digits(node):
        yield put(number(a * (b % 10) + a * (b // 10)))


@malrule(
    "mult-partial-missing", NAMED, ("46*23", "818"), ASHLOCK, SKILLS,
    T("Every part of one number meets every part of the other. Some products are missing."),
    NAMED,
    "34*26",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _by_two_digits(node):
        if a < 100 and a % 10:
            yield put(number((a // 10) * (b // 10) * 100 + (a % 10) * (b % 10)))


@malrule(
    "mult-ones-row-only", T("Stops after the first row"), ("46*23", "138"), BLANDO, SKILLS,
    T("You multiplied by the ones. Multiply by the tens as well, then add."),
    T("Multiplies by the ones digit only."),
    "57*42",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in _by_two_digits(node):
        yield put(number(a * (b % 10)))


@malrule(
    "mult-one-group-off", NAMED, ("7*8", "49"), ASHLOCK, "3.OA.A.1 3.OA.C.7",
    T("You counted one group too many or too few."),
    NAMED,
    "6*9",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_products(node):
        if 2 < a < 13 and 2 < b < 13:
            for wrong in sorted({a * (b - 1), a * (b + 1), b * (a - 1), b * (a + 1)}):
                yield put(number(wrong))


@malrule(
    "mult-by-zero-is-number", T("7 times 0 is 7"), ("7*0", "7"), BLANDO, "3.OA.B.5 3.OA.C.7",
    T("Zero groups of something is nothing."),
    T("Takes a product with 0 for the other factor."),
    "7*5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_products(node):
        if (a == 0) != (b == 0):
            yield put(number(a or b))


@malrule(
    "zeros-miscounted", NAMED, ("40*300", "1200"), ASHLOCK, "3.NBT.A.3 5.NBT.A.2",
    T("Count the zeros again: how many tens are in each factor?"),
    NAMED,
    "60*700",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_products(node):
        if (a and a % 10 == 0) or (b and b % 10 == 0):
            yield put(number(a * b // 10))
            yield put(number(a * b * 10))
