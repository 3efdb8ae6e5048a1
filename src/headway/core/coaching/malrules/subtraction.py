"""Subtraction in columns: borrowing and what goes wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import number
from headway.core.coaching.malrules.columns import Borrow, by_column, columns, joined, needs_borrow, subtract
from headway.core.coaching.malrules.match import whole_differences
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, BROWN_BURTON, VANLEHN
from headway.core.coaching.tree import Expr
from headway.core.text import T

SKILLS = "2.NBT.B.5 2.NBT.B.7 3.NBT.A.2 4.NBT.B.4"


def borrowing(node: Expr, borrow: Borrow) -> Iterator[Expr]:
    """The difference with another way of borrowing, where it changes anything."""
    for a, b, put in whole_differences(node):
        if a > b >= 0 and a > 9:
            found = subtract(a, b, borrow)
            if found is not None and found != a - b:
                yield put(number(found))


@malrule(
    "sub-smaller-from-larger", NAMED, ("253-179", "126"), BROWN_BURTON, SKILLS,
    T("In one column you took the top digit from the bottom digit. The top number is what you have."),
    NAMED,
    "542-268", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_differences(node):
        if a > 9 and a >= b and needs_borrow(a, b):
            yield put(number(by_column(a, b, lambda top, low, _: abs(top - low))))


@malrule(
    "sub-borrow-kept", NAMED, ("253-179", "184"), BROWN_BURTON, SKILLS,
    T("You made ten more ones, but the ten is still in its old place too. Where did it come from?"),
    NAMED,
    "642-358",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    yield from borrowing(node, lambda digits, index: None)


@malrule(
    "sub-borrow-once", T("Pays for the first regrouping only"), ("4253-1779", "3574"), VANLEHN, SKILLS,
    T("You paid for the first ten you regrouped. Each later one has to be paid for as well."),
    T("Takes one from the next column the first time only; later regroupings are not paid for."),
    "6234-2857",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    paid: list[bool] = []

    def once(digits: list[int], index: int) -> None:
        if not paid and digits[index + 1] > 0:
            digits[index + 1] -= 1
        paid.append(True)

    for wrong in borrowing(node, once):
        if len(paid) > 1:
            yield wrong
        paid.clear()


@malrule(
    "sub-borrow-leftmost", T("Always borrows from the first digit"), ("733-216", "427"), BROWN_BURTON, SKILLS,
    T("You took the ten from the first digit. Take it from the column right beside."),
    T("Takes one from the leftmost digit whatever column needs it."),
    "964-637",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    def leftmost(digits: list[int], index: int) -> None:
        digits[-1] -= 1

    yield from borrowing(node, leftmost)


@malrule(
    "sub-decrement-by-two", T("Pays twice"), ("253-128", "115"), VANLEHN, SKILLS,
    T("You regrouped one ten, but you took two tens away for it."),
    T("Takes two from the next column for one regrouping."),
    "864-527",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    def twice(digits: list[int], index: int) -> None:
        digits[index + 1] -= 2

    yield from borrowing(node, twice)


@malrule(
    "sub-borrow-unneeded", T("Borrows without need"), ("297-143", "144"), ASHLOCK, SKILLS,
    T("You regrouped although there was enough in the column. Check first whether you need to."),
    T("Takes one from the tens although the ones suffice, and writes only the ones digit of the result."),
    "685-342",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_differences(node):
        if b > 9 and a > b and not needs_borrow(a, b) and a // 10 % 10 > b // 10 % 10:
            yield put(number(a - b - 10))


@malrule(
    "sub-quits-early", T("Stops where the lower number ends"), ("768-45", "23"), BROWN_BURTON, SKILLS,
    T("The first digit of the top number is missing in your answer."),
    T("Stops when the lower number has no more digits and leaves the rest of the top number out."),
    "987-62",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_differences(node):
        width = len(str(b))
        if b and len(str(a)) > width:
            yield put(number((a - b) % 10**width))


@malrule(
    "sub-stutters", T("Subtracts the last digit again"), ("768-4", "324"), BROWN_BURTON, SKILLS,
    T("You subtracted the same digit again in a column where nothing is subtracted."),
    T("Uses the leftmost digit of the lower number again in the columns that are empty below."),
    "895-3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_differences(node):
        first = int(str(b)[0])
        if b and len(str(a)) > len(str(b)) and not needs_borrow(a, b):
            digits = [top - (low if own else first) for top, low, own in columns(a, b)]
            if min(digits) >= 0:
                yield put(number(joined(digits)))


@malrule(
    "sub-zero-where-stuck", T("Writes 0 where the lower digit is larger"), ("253-128", "130"), BROWN_BURTON, SKILLS,
    T("You wrote 0 where the bottom digit is larger. There is a way to get more in that column."),
    T("Writes 0 in a column whose lower digit is larger than the upper one."),
    "563-248",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_differences(node):
        if a > 9 and a > b and needs_borrow(a, b):
            yield put(number(by_column(a, b, lambda top, low, _: max(top - low, 0))))


@malrule(
    "op-added", NAMED, ("253-128", "381"), ASHLOCK, "1.OA.A.1 2.NBT.B.5 3.OA.A.3",
    T("You added. Look again at the sign between the numbers."),
    NAMED,
    "74-28", weight=0.7, alone=True,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for a, b, put in whole_differences(node):
        if b:
            yield put(number(a + b))
