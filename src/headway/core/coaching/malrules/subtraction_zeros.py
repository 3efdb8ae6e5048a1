"""Subtraction in columns with zeros in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from headway.core.coaching.building import number
from headway.core.coaching.malrules.columns import columns, honest, joined
from headway.core.coaching.malrules.match import whole_differences
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import BROWN_BURTON, VANLEHN
from headway.core.coaching.malrules.subtraction import SKILLS, borrowing
from headway.core.coaching.tree import Expr
from headway.core.text import T


@malrule(
    "sub-borrow-zero", NAMED, ("305-128", "277"), BROWN_BURTON, SKILLS,
    T("You turned the 0 into a 9, but the hundred that pays for it is still there."),
    NAMED,
    "504-237",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    def nine(digits: list[int], index: int) -> None:
        digits[index + 1] = 9 if digits[index + 1] == 0 else digits[index + 1] - 1

    yield from borrowing(node, nine)


@malrule(
    "sub-borrow-skips-zero", T("Skips the zero"), ("305-128", "87"), BROWN_BURTON, SKILLS,
    T("You took from the hundreds for the ones. What did that hundred become in the tens place?"),
    T("Skips a 0 and borrows from the next digit, leaving the 0 as it was, and does so again for the 0."),
    "964-637",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    def skip(digits: list[int], index: int) -> None:
        at = index + 1
        while at < len(digits) - 1 and digits[at] == 0:
            at += 1
        digits[at] -= 1

    yield from borrowing(node, skip)


@malrule(
    "sub-borrow-stops-at-zero", T("Does not pay when the next digit is 0"), ("305-128", "187"), BROWN_BURTON, SKILLS,
    T("The next digit is 0, so you could not take one from it. Then who pays for the ten?"),
    T("Adds ten but pays nothing when the next digit is 0."),
    "804-357",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    free: list[bool] = []

    def stop(digits: list[int], index: int) -> None:
        if digits[index + 1] > 0:
            honest(digits, index)
        else:
            free.append(True)

    for wrong in borrowing(node, stop):
        if free:
            yield wrong
        free.clear()


def _with_borrow(a: int, b: int, special: Callable[[int, int], int | None]) -> int | None:
    """Subtract as taught, except in the columns for which ``special`` has an answer of its own."""
    digits = [top for top, _, _ in columns(a, b)]
    result: list[int] = []
    for index, (_, low, own) in enumerate(columns(a, b)):
        found = special(digits[index], low) if own else None
        if found is None:
            if digits[index] < low:
                if index == len(digits) - 1:
                    return None
                honest(digits, index)
                digits[index] += 10
            found = digits[index] - low
        if found < 0:
            return None
        result.append(found)
    return joined(result)


def _special(node: Expr, special: Callable[[int, int], int | None]) -> Iterator[Expr]:
    for a, b, put in whole_differences(node):
        if a > 9 and a > b:
            found = _with_borrow(a, b, special)
            if found is not None and found != a - b:
                yield put(number(found))


@malrule(
    "sub-zero-minus-is-digit", T("0 - 7 = 7"), ("340-127", "227"), BROWN_BURTON, SKILLS,
    T("In one column you have 0 and take some away, and you wrote the number you take away."),
    T("Writes the lower digit where the upper one is 0."),
    "860-397",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    yield from _special(node, lambda top, low: low if top == 0 and low else None)


@malrule(
    "sub-zero-minus-is-zero", T("0 - 7 = 0"), ("340-127", "220"), BROWN_BURTON, SKILLS,
    T("In one column you have 0 and take some away, and you wrote 0. Regroup first."),
    T("Writes 0 where the upper digit is 0."),
    "860-397",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    yield from _special(node, lambda top, low: 0 if top == 0 and low else None)


@malrule(
    "sub-minus-zero-is-zero", T("7 - 0 = 0"), ("347-120", "220"), BROWN_BURTON, SKILLS,
    T("Taking nothing away leaves everything. In one column you wrote 0 for it."),
    T("Writes 0 where the lower digit is 0."),
    "586-240",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    yield from _special(node, lambda top, low: 0 if low == 0 and top else None)


@malrule(
    "sub-same-is-digit", T("7 - 7 = 7"), ("374-172", "272"), VANLEHN, SKILLS,
    T("Taking all of it away leaves nothing. In one column you wrote the digit again."),
    T("Writes the digit itself where both digits are the same."),
    "586-283",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    yield from _special(node, lambda top, low: top if low == top and top else None)
