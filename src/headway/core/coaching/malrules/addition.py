"""Addition of whole numbers in columns."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import number
from headway.core.coaching.malrules.columns import by_column, columns, joined
from headway.core.coaching.malrules.match import whole_sums
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, VANLEHN
from headway.core.coaching.tree import Expr
from headway.core.text import T

SKILLS = "2.NBT.B.5 2.NBT.B.7 3.NBT.A.2 4.NBT.B.4"


def _carries(a: int, b: int) -> bool:
    return any(top + low > 9 for top, low, _ in columns(a, b))


@malrule(
    "add-no-carry", NAMED, ("268+157", "315"), ASHLOCK, SKILLS,
    T("One column made ten or more. The ten belongs to the next column."),
    NAMED,
    "376+248", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if max(a, b) > 9 and _carries(a, b):
            yield put(number(by_column(a, b, lambda top, low, _: (top + low) % 10)))


@malrule(
    "add-carry-written", T("Writes both digits of a column"), ("68+27", "815"), ASHLOCK, SKILLS,
    T("Only one digit fits into a column. Is your sum larger than it can be?"),
    T("Writes the whole sum of each column side by side."),
    "57+36",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if max(a, b) > 9 and any(top + low > 9 for top, low, _ in columns(a, b)[:-1]):
            yield put(number(by_column(a, b, lambda top, low, _: top + low)))


@malrule(
    "add-carries-ten-digit-down", T("Writes the ten, carries the ones"), ("68+27", "131"), ASHLOCK, SKILLS,
    T("You wrote the tens digit of a column and carried the ones. It is the other way round."),
    T("Writes the tens digit of a column sum and carries the ones digit."),
    "46+39",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if max(a, b) < 10 or not _carries(a, b):
            continue
        carry, digits, found = 0, list[int](), columns(a, b)
        for index, (top, low, _) in enumerate(found):
            value = top + low + carry
            if value > 9 and index < len(found) - 1:
                digits.append(value // 10)
                carry = value % 10
            else:
                digits.append(value)
                carry = 0
        yield put(number(joined(digits)))


@malrule(
    "add-left-to-right", T("Adds from the left"), ("268+157", "316"), ASHLOCK, SKILLS,
    T("You started on the left and carried to the right. Carried tens go to the left."),
    T("Adds from left to right and carries to the next column on the right."),
    "485+367",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if len(str(a)) != len(str(b)) or a < 10 or not _carries(a, b):
            continue
        carry, digits = 0, list[int]()
        found = columns(a, b)[::-1]
        for top, low, _ in found:
            value = top + low + carry
            digits.append(value % 10)
            carry = value // 10
        yield put(number(int("".join(map(str, digits))) + (carry if carry and a < 100 else 0)))


@malrule(
    "add-all-digits", T("Adds all the digits"), ("34+25", "14"), ASHLOCK, SKILLS,
    T("You added the digits as if they were all ones. What is each digit worth?"),
    T("Adds every digit as a number of its own, without place value."),
    "46+32",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if max(a, b) > 9:
            yield put(number(sum(map(int, str(a) + str(b)))))


@malrule(
    "add-left-aligned", T("Lines numbers up on the left"), ("237+5", "737"), VANLEHN, SKILLS,
    T("Ones go under ones. Your numbers are lined up on the left."),
    T("Writes numbers of different length with their first digits under each other."),
    "346+21",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if len(str(a)) != len(str(b)) and a and b:
            long, short = max(a, b), min(a, b)
            yield put(number(long + short * 10 ** (len(str(long)) - len(str(short)))))


@malrule(
    "add-carry-always", T("Carries one every time"), ("243+125", "478"), VANLEHN, SKILLS,
    T("You carried a ten that is not there. Carry only when a column makes ten or more."),
    T("Carries 1 into every column, whether or not the column before made ten."),
    "352+136",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if a > 9 and b > 9 and not _carries(a, b):
            width = min(len(str(a)), len(str(b)))
            wrong = a + b + sum(10**i for i in range(1, width))
            yield put(number(wrong))


@malrule(
    "op-subtracted", NAMED, ("74+28", "46"), ASHLOCK, "1.OA.A.1 2.NBT.B.5 3.OA.A.3",
    T("You subtracted. Look again at the sign between the numbers."),
    NAMED,
    "63+18", weight=0.7, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if a != b and b:
            yield put(number(abs(a - b)))


@malrule(
    "op-multiplied", NAMED, ("7+6", "42"), ASHLOCK, "1.OA.A.1 3.OA.A.3 3.OA.C.7",
    T("You multiplied. Look again at the sign between the numbers."),
    NAMED,
    "8+5", weight=0.7, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_sums(node):
        if a > 1 and b > 1 and a + b < 40:
            yield put(number(a * b))
