"""Grade 7: rational numbers as decimals by long division (7.NS.A.2.d)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import ratio_tex, slips, tex, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, number_key, pick
from headway.core.text import T, math

DIVIDE = T("A fraction is a division: the top number divided by the bottom number.")
ENDING = tuple((t, b) for b in (4, 5, 8, 16, 20, 25, 40, 50) for t in range(1, b) if gcd(t, b) == 1)
REPEATING = tuple((t, b) for b in (7, 11, 13, 27, 33, 37, 41) for t in range(1, b) if gcd(t, b) == 1)


@template("7.NS.A.2.d", "ending", level=1, difficulty=-0.5)
def ending(rng: Generator, interest: str) -> Draft:
    top, bottom = pick(rng, ENDING)
    return _as_decimal(top, bottom, 1)


@template("7.NS.A.2.d", "signed", level=2, difficulty=0.0)
def signed_decimal(rng: Generator, interest: str) -> Draft:
    top, bottom = pick(rng, ENDING)
    return _as_decimal(top + bottom * between(rng, 1, 4), bottom, -1)


def _as_decimal(top: int, bottom: int, sign: int) -> Draft:
    value = sign * Fraction(top, bottom)
    key = decimal(value)
    return Draft(
        prompt=T("Write {number} as a decimal.", number=math(tex(value))),
        answer=number_key(key, form="decimal"),
        hints=(
            T("Is the size of the number more or less than 1?"),
            DIVIDE,
            T("Divide {top} by {bottom}: write zeros after the decimal point and go on.", top=top, bottom=bottom)
            if sign > 0
            else T("Divide {top} by {bottom} and put the minus sign in front.", top=top, bottom=bottom),
        ),
        solution=work(tex(value), rf"-({top} \div {bottom})" if sign < 0 else rf"{top} \div {bottom}", key),
        wrong=slips(
            key,
            (decimal(value / 10), "dec-point-off"),
            (f"{'-' if sign < 0 else ''}{top}.{bottom}", "dec-fraction-digits"),
            (decimal(-value), "sign-of-result-lost") if sign < 0 else (decimal(value * 10), "dec-point-off"),
        ),
    )


@template("7.NS.A.2.d", "digit", level=3, difficulty=0.8)
def digit_of_repeating(rng: Generator, interest: str) -> Draft:
    top, bottom = pick(rng, REPEATING)
    digits, rest, seen = "", top, []
    while rest not in seen:
        seen.append(rest)
        digit, rest = divmod(rest * 10, bottom)
        digits += str(digit)
    place = between(rng, 12, 40)
    key = int(digits[(place - 1) % len(digits)])
    off = int(digits[place % len(digits)])
    before = int(digits[(place - 2) % len(digits)])
    times = (place - 1) // len(digits)
    return Draft(
        prompt=T(
            "In the decimal of {number}, which digit stands at place {place} after the decimal point?",
            number=math(ratio_tex(top, bottom)),
            place=place,
        ),
        answer=number_key(key),
        hints=(
            T("The decimal never ends. What has to happen to the remainders of the division?"),
            T("When a remainder comes back, the digits repeat from there on."),
            T("Divide until a remainder comes back, and count through the repeating block."),
        ),
        solution=(
            T("Long division gives {decimal}", decimal=math(rf"{ratio_tex(top, bottom)} = 0.\overline{{{digits}}}")),
            T(
                "Whole blocks before that place: {line}",
                line=math(rf"{times} \cdot {len(digits)} = {times * len(digits)}"),
            ),
            T("Counting on from there, the digit is {digit}", digit=math(str(key))),
        ),
        wrong=slips(
            key, (off, "sequence-one-step-more"), (before, "sequence-one-step-less"), (0, "repeating-as-ending")
        ),
    )
