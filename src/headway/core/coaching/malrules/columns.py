"""Digits in columns: the written procedures that rules go wrong in."""

from __future__ import annotations

from collections.abc import Callable


def columns(a: int, b: int) -> list[tuple[int, int, bool]]:
    """Digits of two numbers column by column from the ones; True where the second number has a digit of its own."""
    top, bottom = str(a)[::-1], str(b)[::-1]
    width = max(len(top), len(bottom))
    return [
        (int(top[i]) if i < len(top) else 0, int(bottom[i]) if i < len(bottom) else 0, i < len(bottom))
        for i in range(width)
    ]


def joined(digits: list[int]) -> int:
    """Digits from the ones upwards, each written as it is (12 takes two places)."""
    return int("".join(str(d) for d in reversed(digits)) or "0")


def by_column(a: int, b: int, rule: Callable[[int, int, bool], int]) -> int:
    """Every column for itself."""
    return joined([rule(*column) for column in columns(a, b)])


Borrow = Callable[[list[int], int], None]
"""Takes one from the columns to the left of an index, in its own way."""


def subtract(a: int, b: int, borrow: Borrow) -> int | None:
    """Subtract in columns with a given way of borrowing; None when a digit goes below zero or nothing was borrowed."""
    digits = [d for d, _, _ in columns(a, b)]
    result, used = [], False
    for index, (_, low, _) in enumerate(columns(a, b)):
        if digits[index] < low:
            if index == len(digits) - 1:
                return None
            used = True
            borrow(digits, index)
            digits[index] += 10
        value = digits[index] - low
        if not 0 <= value <= 19:
            return None
        result.append(value)
    return joined(result) if used and max(result) <= 9 else None


def honest(digits: list[int], index: int) -> None:
    """Borrow as it is taught: across zeros, which become nines."""
    at = index + 1
    while at < len(digits) - 1 and digits[at] == 0:
        digits[at] = 9
        at += 1
    digits[at] -= 1


def needs_borrow(a: int, b: int) -> bool:
    return any(top < low for top, low, _ in columns(a, b))
