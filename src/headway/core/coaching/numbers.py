"""Exact values of typed numbers: integers, decimals, repeating decimals, powers of ten."""

from __future__ import annotations

import re
from fractions import Fraction

MAX_EXPONENT = 400

_TYPED = re.compile(r"(\d*)(?:\.(\d*)(?:\((\d+)\))?)?(\.\.\.)?(?:E([+-]?\d+))?")
_PERIOD = re.compile(r"(\d*?)(\d+?)\2+")


def number_value(text: str) -> Fraction | None:
    """Return the exact value of a typed number, or None when it is none.

    ``text`` is digits with at most one point; ``0.(3)`` and ``0.333...`` repeat; ``1.2E3`` is a power of ten with
    an exponent of at most 400.
    """
    if text.isdecimal() and text.isascii():
        return Fraction(int(text))
    found = _TYPED.fullmatch(text)
    if found is None or not (found.group(1) or found.group(2) or found.group(3)):
        return None
    whole, decimals, period, dots, exponent = found.groups(default="")
    if dots:
        if not decimals:
            return None
        repeating = _PERIOD.fullmatch(decimals)
        decimals, period = (repeating.group(1), repeating.group(2)) if repeating else (decimals[:-1], decimals[-1])
    value = Fraction(int(whole + decimals or "0"), 10 ** len(decimals))
    if period:
        value += Fraction(int(period), 10 ** len(decimals) * (10 ** len(period) - 1))
    if exponent:
        power = int(exponent)
        if abs(power) > MAX_EXPONENT:
            return None
        value *= Fraction(10) ** power
    return value
