"""What common slips in written arithmetic give, computed digit by digit (Brown & Burton 1978; Ashlock 2010)."""

from __future__ import annotations


def digits(n: int) -> list[int]:
    """The digits from the ones up: 305 -> [5, 0, 3]."""
    return [int(d) for d in reversed(str(n))]


def from_digits(places: list[int]) -> int:
    """The reverse of :func:`digits`."""
    return sum(d * 10**n for n, d in enumerate(places))


def add_no_carry(a: int, b: int) -> int:
    """Sum in which each column keeps only its ones: 47 + 38 -> 75."""
    width = max(len(str(a)), len(str(b)))
    return from_digits([(a // 10**n + b // 10**n) % 10 for n in range(width)])


def sub_smaller_from_larger(a: int, b: int) -> int:
    """Difference in which each column takes the smaller digit from the larger: 52 - 17 -> 45."""
    return from_digits([abs(a // 10**n % 10 - b // 10**n % 10) for n in range(len(str(max(a, b))))])


def sub_borrow_kept(a: int, b: int) -> int:
    """Difference in which a column regroups but the next one does not pay for it: 52 - 17 -> 45, 342 - 158 -> 294."""
    return from_digits([(a // 10**n % 10 - b // 10**n % 10) % 10 for n in range(len(str(a)))])


def multiply_no_carry(a: int, digit: int) -> int:
    """Product by one digit in which the tens of each digit product are dropped: 47 x 3 -> 121."""
    return from_digits([d * digit % 10 for d in digits(a)])


def rounded(n: int, place: int) -> int:
    """``n`` to the nearest ``place`` (10, 100, ...), halves up."""
    return (n + place // 2) // place * place
