"""Solvers for grade 8 real numbers and the Pythagorean theorem: long division, squares, counting."""

import re
from fractions import Fraction

from .reading import numbers
from .solve_grade8_algebra import points
from .solvers import Ask, solver


def digits_of(value: Fraction, count: int) -> str:
    """A positive number as a decimal cut off after ``count`` places, by long division."""
    whole, rest = divmod(value.numerator, value.denominator)
    out = f"{whole}."
    for _ in range(count):
        digit, rest = divmod(rest * 10, value.denominator)
        out += str(digit)
    return out


@solver("8.NS.A.1/ending")
def ending(ask: Ask) -> Fraction:
    return Fraction(ask.formulas[0])


@solver("8.NS.A.1/repeating", "8.NS.A.1/late-repeating")
def repeating(ask: Ask) -> bool:
    found = re.fullmatch(r"(\d+\.\d*)\\overline\{(\d+)\}", ask.formulas[0])
    assert found, ask.text
    written = (found[1] + found[2] * 20)[:20]
    return digits_of(Fraction(ask.key), 30)[:20] == written


@solver("8.NS.A.2/floor")
def below_root(ask: Ask) -> int:
    n = int(re.findall(r"\{(\d+)\}", ask.text)[0])
    return max(k for k in range(n) if k * k < n)


@solver("8.NS.A.2/tenth")
def tenth_of_root(ask: Ask) -> Fraction:
    n = int(re.findall(r"\{(\d+)\}", ask.text)[0])
    tenths = [Fraction(k, 10) for k in range(200)]
    (right,) = (t for t in tenths if (t - Fraction(1, 20)) ** 2 < n < (t + Fraction(1, 20)) ** 2)
    return right


@solver("8.NS.A.2/order")
def compare_squares(ask: Ask) -> int:
    left, right = Fraction(ask.formulas[0]), int(re.findall(r"\{(\d+)\}", ask.text)[0])
    return ask.compare(left * left, Fraction(right))


@solver("8.G.B.7/hypotenuse")
def longest(ask: Ask) -> int:
    a, b = ask.integers
    (c,) = (c for c in range(a + b) if c * c == a * a + b * b)
    return c


@solver("8.G.B.7/leg")
def other_leg(ask: Ask) -> int:
    c, a = ask.integers
    (b,) = (b for b in range(1, c) if a * a + b * b == c * c)
    return b


@solver("8.G.B.7/walk")
def saved(ask: Ask) -> int:
    a, b = (int(n) for n in numbers(ask.text))
    (c,) = (c for c in range(a + b) if c * c == a * a + b * b)
    return a + b - c


@solver("8.G.B.8/from-origin", "8.G.B.8/between")
def distance(ask: Ask) -> int:
    (x1, y1), (x2, y2) = points(ask.text)
    square = (x1 - x2) ** 2 + (y1 - y2) ** 2
    (right,) = (d for d in range(200) if d * d == square)
    return right


@solver("8.G.B.8/exact")
def exact(ask: Ask) -> str:
    (x1, y1), (x2, y2) = points(ask.text)
    return f"sqrt({(x1 - x2) ** 2 + (y1 - y2) ** 2})"


@solver("7.NS.A.2.d/ending", "7.NS.A.2.d/signed")
def as_decimal(ask: Ask) -> Fraction:
    (value,) = numbers(ask.formulas[0])
    sign = -1 if value < 0 else 1
    assert ask.key.lstrip("-") == digits_of(abs(value), len(ask.key.split(".")[1]))
    return sign * Fraction(digits_of(abs(value), 12))


@solver("7.NS.A.2.d/digit")
def digit_at(ask: Ask) -> int:
    found = re.search(r"place (\d+)", ask.text)
    assert found, ask.text
    return int(digits_of(numbers(ask.formulas[0])[0], int(found[1]))[-1])
