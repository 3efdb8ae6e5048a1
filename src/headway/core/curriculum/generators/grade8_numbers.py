"""Grade 8: repeating decimals, roots between whole numbers, calculating in scientific notation (8.NS.A, 8.EE.A.4)."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import options, ratio_tex, slips, tex, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, number_key, pick
from headway.core.text import T, math

REPEATING = T("Call the number {x}. Multiply it so that the repeating digits line up again, and subtract.", x=math("x"))
SQUARES = T("The square root grows with the number: compare the number with the squares of whole numbers.")


@template("8.NS.A.1", "ending", level=1, difficulty=-0.4)
def ending_decimal(rng: Generator, interest: str) -> Draft:
    places = between(rng, 1, 3)
    bottom = 10**places
    top = pick(rng, [n for n in range(bottom // 10 + 1, min(bottom, 10 * bottom // 10)) if n % 10])
    value = Fraction(top, bottom)
    return Draft(
        prompt=T("Write {number} as a fraction in simplest form.", number=math(decimal(value))),
        answer=number_key(value, form="simplest-fraction"),
        hints=(
            T("Read the decimal aloud: tenths, hundredths or thousandths?"),
            T("The last place of the decimal gives the denominator. Then simplify."),
            T(
                "Write {fraction} and divide both numbers by what they have in common.",
                fraction=math(ratio_tex(top, bottom)),
            )
            if value.denominator != bottom
            else T("The last digit is in the place of {place}: that is the denominator.", place=bottom),
        ),
        solution=work(decimal(value), *([ratio_tex(top, bottom)] if value.denominator != bottom else []), tex(value)),
        wrong=slips(
            value,
            (Fraction(top, bottom * 10), "place-one-off"),
            (Fraction(top, bottom // 10), "place-one-off"),
            (Fraction(1, top), "dec-fraction-digits"),
        ),
    )


@template("8.NS.A.1", "repeating", level=2, difficulty=0.4)
def repeating_decimal(rng: Generator, interest: str) -> Draft:
    digits = pick(rng, [n for n in range(1, 99) if n % 11 and n != 90])
    short = digits < 9 and between(rng, 0, 1) == 1
    bottom, block = (9, str(digits)) if short else (99, f"{digits:02d}")
    return _repeating(between(rng, 0, 3), block, bottom, digits)


def _repeating(whole: int, block: str, bottom: int, digits: int) -> Draft:
    value = whole + Fraction(digits, bottom)
    line = rf"{whole}.\overline{{{block}}}"
    times = bottom + 1
    top = whole * bottom + digits
    return Draft(
        prompt=T("Write {number} as a fraction in simplest form.", number=math(line)),
        answer=number_key(value, form="simplest-fraction"),
        hints=(
            T("How many digits repeat?"),
            REPEATING,
            T("Multiply by {times} and subtract the number itself.", times=times),
        ),
        solution=work(
            f"x = {line}",
            rf"{times}x - x = {times * whole + digits}.\overline{{{block}}} - {line}",
            f"{bottom}x = {top}",
            rf"x = {tex(value)}",
        ),
        wrong=slips(
            value,
            (whole + Fraction(digits, bottom + 1), "repeating-as-ending"),
            (Fraction(digits, bottom), "steps-last-dropped"),
            (whole + Fraction(digits, 9 if bottom == 99 else 99), "place-one-off"),
        ),
    )


@template("8.NS.A.1", "late-repeating", level=3, difficulty=1.1)
def late_repeating(rng: Generator, interest: str) -> Draft:
    first, again = between(rng, 0, 9), between(rng, 1, 8)
    if first == again:
        first = (first + 1) % 10
    value = Fraction(10 * first + again - first, 90)
    line = rf"0.{first}\overline{{{again}}}"
    return Draft(
        prompt=T("Write {number} as a fraction in simplest form.", number=math(line)),
        answer=number_key(value, form="simplest-fraction"),
        hints=(
            T("The repeating part does not begin right after the decimal point."),
            REPEATING,
            T("Multiply by 100 and by 10, and subtract the two results."),
        ),
        solution=work(
            f"x = {line}",
            rf"100x - 10x = {10 * first + again}.\overline{{{again}}} - {first}.\overline{{{again}}}",
            f"90x = {10 * first + again - first}",
            f"x = {tex(value)}",
        ),
        wrong=slips(
            value,
            (Fraction(10 * first + again, 99), "repeating-as-ending"),
            (Fraction(10 * first + again, 90), "steps-last-dropped"),
            (Fraction(10 * first + again, 100), "repeating-as-ending"),
        ),
    )


@template("8.NS.A.2", "floor", level=1, difficulty=-0.3)
def whole_below(rng: Generator, interest: str) -> Draft:
    n = pick(rng, [n for n in range(3, 230) if isqrt(n) ** 2 != n])
    low = isqrt(n)
    return Draft(
        prompt=T(
            "Between which two whole numbers next to each other does {root} lie? Give the smaller one.",
            root=math(rf"\sqrt{{{n}}}"),
        ),
        answer=number_key(low),
        hints=(
            T("Which squares of whole numbers do you know that are close to {number}?", number=n),
            SQUARES,
            T("Find the largest whole number whose square is not more than {number}.", number=n),
        ),
        solution=work(
            rf"{low}^2 = {low * low},\quad {low + 1}^2 = {(low + 1) ** 2}",
            rf"{low * low} < {n} < {(low + 1) ** 2}",
            rf"{low} < \sqrt{{{n}}} < {low + 1}",
        ),
        wrong=slips(low, (low + 1, "root-off-by-one"), (n // 2, "root-as-division"), (low - 1, "root-off-by-one")),
    )


@template("8.NS.A.2", "tenth", level=2, difficulty=0.4)
def nearest_tenth(rng: Generator, interest: str) -> Draft:
    n = pick(rng, [n for n in range(2, 120) if isqrt(n) ** 2 != n])
    tenths = isqrt(400 * n)
    tenths = (tenths + 1) // 2
    value = Fraction(tenths, 10)
    low = isqrt(n)
    middle = Fraction(2 * isqrt(100 * n) + 1, 20)
    up = tenths > isqrt(100 * n)
    return Draft(
        prompt=T("Find {root} to the nearest tenth.", root=math(rf"\sqrt{{{n}}}")),
        answer=number_key(decimal(value)),
        hints=(
            T("Between which two whole numbers does it lie?"),
            SQUARES,
            T("Square decimals with one place, and see between which two of them {number} lies.", number=n),
        ),
        solution=work(
            rf"{low} < \sqrt{{{n}}} < {low + 1}",
            rf"{decimal(middle)}^2 = {decimal(middle * middle)} {'<' if up else '>'} {n}",
            rf"\sqrt{{{n}}} \approx {decimal(value)}",
        ),
        wrong=slips(
            decimal(value),
            (
                decimal(Fraction(isqrt(100 * n) + (0 if up else 1), 10)),
                "round-always-down" if up else "round-always-up",
            ),
            (decimal(Fraction(n, 2)), "root-as-division"),
            (str(low), "root-off-by-one"),
        ),
    )


@template("8.NS.A.2", "order", level=3, difficulty=0.6)
def compare_root(rng: Generator, interest: str) -> Draft:
    low = between(rng, 3, 14)
    tenth = Fraction(10 * low + between(rng, 1, 9), 10)
    square = tenth * tenth
    n = int(square) + pick(rng, (-1, 0, 1, 2))
    bigger = square < n
    spec, wrong = options(
        rng, "<" if bigger else ">", (">" if bigger else "<", "root-off-by-one"), ("=", "root-off-by-one")
    )
    return Draft(
        prompt=T(
            "Which sign belongs between {left} and {right}?", left=math(decimal(tenth)), right=math(rf"\sqrt{{{n}}}")
        ),
        answer=spec,
        hints=(
            T("It is hard to compare a root with a decimal. Can you compare their squares?"),
            T("Of two positive numbers, the larger one has the larger square."),
            T("Square {number} and compare the result with {other}.", number=math(decimal(tenth)), other=n),
        ),
        solution=work(
            rf"{decimal(tenth)}^2 = {decimal(square)}",
            rf"{decimal(square)} {'<' if bigger else '>'} {n}",
            rf"{decimal(tenth)} {'<' if bigger else '>'} \sqrt{{{n}}}",
        ),
        wrong=wrong,
    )
