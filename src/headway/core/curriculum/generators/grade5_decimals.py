"""Grade 5: place value with decimals and powers of ten (5.NBT.A.1, 5.NBT.A.2)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import (
    between,
    decimal,
    distinct,
    latex_whole,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, math

TEN_TENTH = T("A place is worth ten times the place to its right, and one tenth of the place to its left.")
POWER = T("The exponent of 10 counts the places that the digits move.")


def shown(value: Fraction | int) -> str:
    """A number in LaTeX as a decimal, with thousands set off when it is whole."""
    value = Fraction(value)
    return latex_whole(int(value)) if value.denominator == 1 else decimal(value)


@template("5.NBT.A.1", "tenth-of", level=1, difficulty=-0.5)
def tenth_of(rng: Generator, interest: str) -> Draft:
    n = Fraction(between(rng, 2, 9) * pick(rng, (10, 100, 1000)), pick(rng, (1, 10, 100)))
    up = int(rng.integers(2)) == 1
    answer = n * 10 if up else n / 10
    other = n / 10 if up else n * 10
    return Draft(
        prompt=T("What is ten times {n}?", n=math(shown(n)))
        if up
        else T("What is one tenth of {n}?", n=math(shown(n))),
        answer=number_key(decimal(answer)),
        hints=(
            T("Does the number get larger or smaller?"),
            TEN_TENTH,
            T("The digit moves one place to the left.") if up else T("The digit moves one place to the right."),
        ),
        solution=(
            TEN_TENTH,
            T("The digit moves one place: {answer}", answer=math(shown(answer))),
        ),
        wrong=wrong_numbers(
            decimal(answer),
            (decimal(other), "unit-reversed"),
            (decimal(answer * 10), "zeros-miscounted"),
            (decimal(answer / 10), "zeros-miscounted"),
            (decimal(n + 10), "op-added"),
        ),
    )


@template("5.NBT.A.1", "two-digits", level=2, difficulty=0.2)
def two_digits(rng: Generator, interest: str) -> Draft:
    digit, a, b = distinct(rng, 1, 9, 3)
    gap = between(rng, 1, 2)
    digits = (a, digit, digit, b) if gap == 1 else (digit, a, digit, b)
    text = "".join(map(str, digits))
    number = f"{text[:2]}.{text[2:]}"
    return Draft(
        prompt=T(
            "In {n} the digit {digit} is written twice. How many times the value of the right {digit} is the value of the "
            "left {digit}?",
            n=math(number),
            digit=digit,
        ),
        answer=number_key(10**gap),
        hints=(
            T("In which places do the two digits stand?"),
            TEN_TENTH,
            T("Count the places from the right {digit} to the left {digit}.", digit=digit),
        ),
        solution=(
            T("Each place to the left is worth ten times as much."),
            T("So it is {answer} times as much.", answer=math(str(10**gap))),
        ),
        wrong=wrong_numbers(
            10**gap, (1, "place-face-value"), (10 ** (3 - gap), "zeros-miscounted"), (1000, "zeros-miscounted")
        ),
    )


@template("5.NBT.A.1", "digit-value", level=3, difficulty=0.4)
def digit_value(rng: Generator, interest: str) -> Draft:
    digits = distinct(rng, 1, 9, 5)
    place = between(rng, 1, 3)
    text = "".join(map(str, digits))
    number = f"{text[:2]}.{text[2:]}"
    digit = digits[1 + place]
    value = Fraction(digit, 10**place)
    places = (T("tenths"), T("hundredths"), T("thousandths"))
    return Draft(
        prompt=T(
            "What is the value of the digit {digit} in {n}? Write a decimal or a fraction.", digit=digit, n=math(number)
        ),
        answer=number_key(decimal(value)),
        hints=(
            T("Name the places to the right of the point."),
            TEN_TENTH,
            T("The {digit} stands in the place of the {place}.", digit=digit, place=places[place - 1]),
        ),
        solution=(
            T("The {digit} stands in the place of the {place}.", digit=digit, place=places[place - 1]),
            T("So its value is {value}", value=math(decimal(value))),
        ),
        wrong=wrong_numbers(
            decimal(value),
            (digit, "place-face-value"),
            (decimal(value * 10), "place-one-off"),
            (decimal(value / 10), "place-one-off"),
            (digit * 10**place, "place-one-off"),
        ),
    )


@template("5.NBT.A.2", "multiply", level=1, difficulty=-0.4)
def times_power(rng: Generator, interest: str) -> Draft:
    n, exponent = Fraction(between(rng, 11, 987), pick(rng, (10, 100))), between(rng, 1, 3)
    answer = n * 10**exponent
    return Draft(
        prompt=T("Find {product}.", product=math(rf"{shown(n)} \times 10^{{{exponent}}}")),
        answer=number_key(decimal(answer)),
        hints=(
            T("What does the small number at the 10 tell you?"),
            POWER,
            T("The product is larger. Move the digits to the left, as many places as the exponent says."),
        ),
        solution=(
            T("The exponent is {exponent}, so the digits move {exponent} to the left.", exponent=exponent),
            T("So the product is {answer}", answer=math(shown(answer))),
        ),
        wrong=wrong_numbers(
            decimal(answer),
            (decimal(n * 10 * exponent), "op-multiplied"),
            (decimal(answer * 10), "dec-point-off"),
            (decimal(answer / 10), "dec-point-off"),
            (decimal(n / 10**exponent), "unit-reversed"),
        ),
    )


@template("5.NBT.A.2", "divide", level=2, difficulty=0.0)
def by_power(rng: Generator, interest: str) -> Draft:
    n, exponent = Fraction(between(rng, 12, 9876), pick(rng, (1, 10))), between(rng, 1, 2)
    answer = n / 10**exponent
    return Draft(
        prompt=T("Find {quotient}.", quotient=math(rf"{shown(n)} \div 10^{{{exponent}}}")),
        answer=number_key(decimal(answer)),
        hints=(
            T("Does dividing by 10 make this number larger or smaller?"),
            POWER,
            T("Move the digits to the right, as many places as the exponent says."),
        ),
        solution=(
            T("The exponent is {exponent}, so the digits move {exponent} to the right.", exponent=exponent),
            T("So the quotient is {answer}", answer=math(shown(answer))),
        ),
        wrong=wrong_numbers(
            decimal(answer),
            (decimal(n * 10**exponent), "unit-reversed"),
            (decimal(answer * 10), "dec-point-off"),
            (decimal(answer / 10), "dec-point-off"),
        ),
    )


@template("5.NBT.A.2", "missing-exponent", level=3, difficulty=0.6)
def missing_exponent(rng: Generator, interest: str) -> Draft:
    n, exponent = Fraction(between(rng, 11, 987), pick(rng, (10, 100, 1000))), between(rng, 2, 5)
    answer = n * 10**exponent
    return Draft(
        prompt=T(
            "Which exponent goes in the box? {equation}",
            equation=math(rf"{shown(n)} \times 10^{{\square}} = {shown(answer)}"),
        ),
        answer=number_key(exponent),
        hints=(
            T("How have the digits moved from the left side to the right side?"),
            POWER,
            T("Follow the digit at the left end of {n}: how many places has it moved?", n=math(shown(n))),
        ),
        solution=(
            T("Count the places that the digits move to the left."),
            T("They move by {answer}", answer=math(str(exponent))),
        ),
        wrong=wrong_numbers(
            exponent,
            (exponent + 1, "zeros-miscounted"),
            (exponent - 1, "zeros-miscounted"),
            (10**exponent, "equals-as-answer"),
        ),
    )
