"""Grade 6: dividing fractions, long division, decimals, common factors and multiples (6.NS.A, 6.NS.B)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, stories
from headway.core.curriculum.generators.algebra import ratio_tex, slips, tex, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, latex_mixed, number_key, pick
from headway.core.text import T, math

PARTS = tuple((t, b) for b in range(2, 10) for t in range(1, b) if gcd(t, b) == 1)
RECIPROCAL = T("Dividing by a fraction is the same as multiplying by its reciprocal.")
PLACES = T("Line up the places: ones under ones, tenths under tenths.")


@template("6.NS.A.1", "whole", level=1, difficulty=-0.8)
def whole_by_fraction(rng: Generator, interest: str) -> Draft:
    top, bottom = pick(rng, PARTS)
    whole = top * between(rng, 1 if top > 1 else 2, 6)
    value = whole * bottom // top
    line = rf"{whole} \div \frac{{{top}}}{{{bottom}}}"
    return Draft(
        prompt=T("Divide: {expression}", expression=math(line)),
        answer=number_key(value),
        hints=(
            T(
                "Think: how many pieces of size {piece} fit into {whole}?",
                piece=math(rf"\frac{{{top}}}{{{bottom}}}"),
                whole=whole,
            ),
            RECIPROCAL,
            T("Multiply {whole} by {reciprocal}.", whole=whole, reciprocal=math(tex(Fraction(bottom, top)))),
        ),
        solution=work(
            line,
            rf"{whole} \cdot {tex(Fraction(bottom, top))}",
            *([ratio_tex(whole * bottom, top)] if top > 1 else []),
            str(value),
        ),
        wrong=slips(
            value,
            (Fraction(whole * top, bottom), "frac-divides-as-times"),
            (Fraction(top, bottom * whole), "wrong-factor-flipped"),
            (whole * bottom, "numerator-ignored"),
        ),
    )


@template("6.NS.A.1", "fractions", level=2, difficulty=-0.1)
def fraction_by_fraction(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, PARTS)
    c, d = pick(rng, [p for p in PARTS if p != (a, b)])
    value = Fraction(a * d, b * c)
    line = rf"{ratio_tex(a, b)} \div {ratio_tex(c, d)}"
    return Draft(
        prompt=T("Divide, and write the answer as a fraction in simplest form: {expression}", expression=math(line)),
        answer=number_key(value, form="simplest-fraction"),
        hints=(
            T("Which of the two fractions is the one you divide by?"),
            RECIPROCAL,
            T(
                "Keep {first} and multiply it by {second}.",
                first=math(ratio_tex(a, b)),
                second=math(tex(Fraction(d, c))),
            ),
        ),
        solution=work(line, rf"{ratio_tex(a, b)} \cdot {tex(Fraction(d, c))}", ratio_tex(a * d, b * c), tex(value))
        if gcd(a * d, b * c) > 1 or value.denominator == 1
        else work(line, rf"{ratio_tex(a, b)} \cdot {tex(Fraction(d, c))}", tex(value)),
        wrong=slips(
            value,
            (Fraction(a * c, b * d), "frac-divides-as-times"),
            (Fraction(b * c, a * d), "wrong-factor-flipped"),
            (Fraction(a * c, b * c), "denominators-kept"),
        ),
    )


@template("6.NS.A.1", "servings", level=3, difficulty=0.7, uses_interest=True)
def servings(rng: Generator, interest: str) -> Draft:
    c, d = pick(rng, [p for p in PARTS if p[1] != 7 and p[1] != 9])
    value = pick(rng, [n for n in range(3, 30) if n * c % d and d < n * c < 8 * d])
    total = Fraction(value * c, d)
    mixed, n, bottom = latex_mixed(total), total.numerator, total.denominator
    flipped = math(tex(Fraction(d, c)))
    return Draft(
        prompt=contexts.tell(rng, interest, stories.HOW_MANY_FIT, total=math(mixed), piece=math(ratio_tex(c, d))),
        answer=number_key(value),
        hints=(
            T("You are looking for how many times the small amount fits into the large one. Which operation is that?"),
            T("Write the mixed number as a fraction first. Then dividing means multiplying by the reciprocal."),
            T(
                "Write {mixed} as {fraction} and multiply by {reciprocal}.",
                mixed=math(mixed),
                fraction=math(ratio_tex(n, bottom)),
                reciprocal=flipped,
            ),
        ),
        solution=work(
            rf"{mixed} \div {ratio_tex(c, d)}",
            rf"{ratio_tex(n, bottom)} \div {ratio_tex(c, d)}",
            rf"{ratio_tex(n, bottom)} \cdot {tex(Fraction(d, c))}",
            tex(value),
        ),
        wrong=slips(
            value,
            (total * Fraction(c, d), "op-multiplied"),
            (Fraction(1, value), "division-turned-around"),
            ((total % 1) * Fraction(d, c), "frac-whole-dropped"),
        ),
    )


@template("6.NS.B.2", "two-digits", level=1, difficulty=-1.0)
def long_division(rng: Generator, interest: str) -> Draft:
    return _division(between(rng, 12, 39), between(rng, 21, 99))


@template("6.NS.B.2", "five-digits", level=2, difficulty=-0.3)
def longer_division(rng: Generator, interest: str) -> Draft:
    return _division(between(rng, 23, 89), between(rng, 201, 999))


@template("6.NS.B.2", "zero-inside", level=3, difficulty=0.5)
def division_with_zero(rng: Generator, interest: str) -> Draft:
    return _division(between(rng, 21, 79), between(rng, 2, 9) * 1000 + between(rng, 1, 9) * 10 + between(rng, 1, 9))


def _division(divisor: int, quotient: int) -> Draft:
    if quotient % 10 == 0:
        quotient += 1
    dividend = divisor * quotient
    line = rf"{dividend} \div {divisor}"
    place = 10 ** (len(str(quotient)) - 1)
    first = quotient // place
    rest = dividend - first * place * divisor
    digits = str(quotient)
    return Draft(
        prompt=T("Divide: {expression}", expression=math(line)),
        answer=number_key(quotient),
        hints=(
            T("About how large will the answer be? Round both numbers to see it."),
            T("Divide one place at a time: divide, multiply, subtract, bring down the next digit."),
            T(
                "Begin with {part} and see how many times {divisor} fits into it.",
                part=dividend // place,
                divisor=divisor,
            ),
        ),
        solution=(
            T(
                "Take out a round part: {line}",
                line=math(rf"{divisor} \cdot {first * place} = {first * place * divisor}"),
            ),
            T("This is left: {line}", line=math(f"{dividend} - {first * place * divisor} = {rest}")),
            T("Divide the rest: {line}", line=math(rf"{rest} \div {divisor} = {quotient - first * place}")),
            T("Together: {line}", line=math(f"{first * place} + {quotient - first * place} = {quotient}")),
        ),
        wrong=slips(
            quotient,
            (
                int(digits.replace("0", "")) if "0" in digits else quotient * 10,
                "div-zero-left-out" if "0" in digits else "zeros-miscounted",
            ),
            (quotient + 10, "quotient-digit-off"),
            (quotient - 1, "quotient-digit-off"),
        ),
    )


@template("6.NS.B.3", "sum", level=1, difficulty=-1.1)
def decimal_sum(rng: Generator, interest: str) -> Draft:
    a = Fraction(between(rng, 105, 9899), 100)
    b = Fraction(between(rng, 11, 999), 10)
    minus = a > b and between(rng, 0, 1) == 1
    value = a - b if minus else a + b
    line = f"{decimal(a)} {'-' if minus else '+'} {decimal(b)}"
    ragged = Fraction(a * 100 - b * 10, 100) if minus else Fraction(a * 100 + b * 10, 100)
    return Draft(
        prompt=T("Subtract: {expression}", expression=math(line))
        if minus
        else T("Add: {expression}", expression=math(line)),
        answer=number_key(decimal(value)),
        hints=(
            T("How many digits does each number have after the decimal point?"),
            PLACES,
            T("Write {number} with two decimal places before you start.", number=math(decimal(b))),
        ),
        solution=work(line, f"{decimal(a)} {'-' if minus else '+'} {decimal(b)}0", decimal(value))
        if b.denominator != 1
        else work(line, decimal(value)),
        wrong=slips(
            decimal(value),
            (decimal(ragged), "decimals-not-aligned"),
            (decimal(a + b if minus else abs(a - b)), "op-added" if minus else "op-subtracted"),
        ),
    )


@template("6.NS.B.3", "product", level=2, difficulty=-0.3)
def decimal_product(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, NOT_ROUND), pick(rng, NOT_ROUND)
    shift_a, shift_b = between(rng, 1, 2), between(rng, 1, 2)
    x, y = Fraction(a, 10**shift_a), Fraction(b, 10**shift_b)
    value, places = x * y, shift_a + shift_b
    line = rf"{decimal(x)} \cdot {decimal(y)}"
    return Draft(
        prompt=T("Multiply: {expression}", expression=math(line)),
        answer=number_key(decimal(value)),
        hints=(
            T("Estimate first: will the answer be more or less than {number}?", number=math(decimal(x))),
            T("Multiply as if there were no decimal points. Then count the decimal places of both factors together."),
            T(
                "Work out {product} and then move the point {places} places to the left.",
                product=math(rf"{a} \cdot {b}"),
                places=places,
            ),
        ),
        solution=(
            T("Without the decimal points: {line}", line=math(rf"{a} \cdot {b} = {a * b}")),
            T("With {places} decimal places: {line}", places=places, line=math(f"{line} = {decimal(value)}")),
        ),
        wrong=slips(
            decimal(value),
            (decimal(value * 10 ** min(shift_a, shift_b)), "dec-point-off"),
            (decimal(value / 10), "dec-point-off"),
            (decimal(x + y), "op-added"),
        ),
    )


NOT_ROUND = tuple(n for n in range(3, 60) if n % 10)


@template("6.NS.B.3", "quotient", level=3, difficulty=0.3)
def decimal_quotient(rng: Generator, interest: str) -> Draft:
    divisor = Fraction(pick(rng, NOT_ROUND[:36]), 10)
    quotient = Fraction(pick(rng, NOT_ROUND), pick(rng, (1, 10)))
    if quotient == divisor * 10:
        quotient += 1
    dividend = divisor * quotient
    line = rf"{decimal(dividend)} \div {decimal(divisor)}"
    return Draft(
        prompt=T("Divide: {expression}", expression=math(line)),
        answer=number_key(decimal(quotient)),
        hints=(
            T(
                "It is easier to divide by a whole number. How can you make {divisor} whole?",
                divisor=math(decimal(divisor)),
            ),
            T("Multiplying both numbers by 10 does not change the quotient."),
            T(
                "Divide {dividend} by {divisor}.",
                dividend=math(decimal(dividend * 10)),
                divisor=math(decimal(divisor * 10)),
            ),
        ),
        solution=work(line, rf"{decimal(dividend * 10)} \div {decimal(divisor * 10)}", decimal(quotient)),
        wrong=slips(
            decimal(quotient),
            (decimal(quotient / 10), "dec-point-off"),
            (decimal(quotient * 10), "dec-point-off"),
        ),
    )
