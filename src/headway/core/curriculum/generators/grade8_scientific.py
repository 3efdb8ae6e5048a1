"""Grade 8: calculating in scientific notation (8.EE.A.4)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import nonzero, paren, slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.grade8_powers import FRONTS, times_ten, typed_ten
from headway.core.curriculum.generators.numbers import between, decimal, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

APART = T("Work on the numbers in front and on the powers of 10 separately.")
ADJUST = T("The number in front must be at least 1 and less than 10; change the exponent to make up for it.")


def key_of(front: Fraction, exponent: int) -> AnswerSpec:
    """The key: a number in scientific notation."""
    return AnswerSpec("number", (typed_ten(front, exponent),), form="scientific")


@template("8.EE.A.4", "multiply", level=1, difficulty=0.3)
def multiply(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [(a, b) for a in range(12, 50) for b in (2, 3, 4) if a * b < 100 and a % 10])
    m, n = nonzero(rng, -6, 8), nonzero(rng, -6, 8)
    if m + n in (0, 1):
        m += 3
    front, first, second = Fraction(a * b, 10), Fraction(a, 10), Fraction(b)
    line = rf"({times_ten(first, m)}) \cdot ({times_ten(second, n)})"
    return Draft(
        prompt=T("Multiply, and write the answer in scientific notation: {expression}", expression=math(line)),
        answer=key_of(front, m + n),
        hints=(
            T("You may change the order of the factors."),
            APART,
            T(
                "Multiply {first} by {second}, and add the exponents {m} and {n}.",
                first=decimal(first),
                second=b,
                m=math(str(m)),
                n=math(str(n)),
            ),
        ),
        solution=work(line, rf"{decimal(first)} \cdot {b} \times 10^{{{m} + {paren(n)}}}", times_ten(front, m + n)),
        wrong=slips(
            typed_ten(front, m + n),
            (typed_ten(front, m * n), "exponents-multiplied"),
            (typed_ten(first + second, m + n), "coefficients-added"),
            (typed_ten(front, m - n), "exponent-sign-wrong"),
        ),
    )


@template("8.EE.A.4", "divide", level=2, difficulty=0.6)
def divide(rng: Generator, interest: str) -> Draft:
    b, quotient = (
        between(rng, 2, 8),
        pick(
            rng,
            (
                Fraction(1, 2),
                Fraction(1, 4),
                Fraction(2, 5),
                Fraction(3, 5),
                Fraction(3, 4),
                Fraction(5, 4),
                Fraction(3, 2),
                Fraction(2),
                Fraction(3),
            ),
        ),
    )
    top = quotient * b
    if not 1 <= top < 10:
        return divide(rng, interest)
    m, n = between(rng, 2, 9), nonzero(rng, -5, 6)
    front, exponent = (quotient, m - n) if quotient >= 1 else (quotient * 10, m - n - 1)
    if exponent in (0, 1):
        return divide(rng, interest)
    line = rf"({times_ten(top, m)}) \div ({times_ten(Fraction(b), n)})"
    return Draft(
        prompt=T("Divide, and write the answer in scientific notation: {expression}", expression=math(line)),
        answer=key_of(front, exponent),
        hints=(
            APART,
            ADJUST,
            T("Divide {top} by {bottom}, and subtract the second exponent from the first.", top=decimal(top), bottom=b),
        ),
        solution=work(line, rf"{decimal(quotient)} \times 10^{{{m} - {paren(n)}}}", times_ten(front, exponent)),
        wrong=slips(
            typed_ten(front, exponent),
            (typed_ten(front, m - n) if quotient < 1 else typed_ten(front, exponent + 1), "dec-point-off"),
            (typed_ten(front, m + n), "exponents-added-in-quotient"),
        ),
    )


@template("8.EE.A.4", "add", level=3, difficulty=1.0)
def add(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, FRONTS), pick(rng, FRONTS)
    small = between(rng, 2, 8)
    gap = between(rng, 1, 2)
    total = a * 10**gap + b
    shift = 0
    while total >= 10:
        total, shift = total / 10, shift + 1
    exponent = small + shift
    line = rf"{times_ten(a, small + gap)} + {times_ten(b, small)}"
    same = rf"{decimal(a * 10**gap)} \times 10^{small} + {times_ten(b, small)}"
    return Draft(
        prompt=T("Add, and write the answer in scientific notation: {expression}", expression=math(line)),
        answer=key_of(total, exponent),
        hints=(
            T("The powers of 10 are different. Can the numbers in front be added as they are?"),
            T("Write both numbers with the same power of 10 first."),
            T(
                "Write {number} with the power {power}; then add the numbers in front.",
                number=math(times_ten(a, small + gap)),
                power=math(f"10^{small}"),
            ),
        ),
        solution=work(line, same, rf"{decimal(a * 10**gap + b)} \times 10^{small}", times_ten(total, exponent)),
        wrong=slips(
            typed_ten(total, exponent),
            (
                typed_ten((a + b) / (10 if a + b >= 10 else 1), small + gap + (1 if a + b >= 10 else 0)),
                "power-of-ten-ignored",
            ),
            (typed_ten(total, exponent + 1), "dec-point-off"),
        ),
    )
