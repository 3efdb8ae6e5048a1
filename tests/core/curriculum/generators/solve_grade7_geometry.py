"""Solvers for grade 7 rates, percents and geometry: exact fractions, trying numbers, counting faces."""

import re
from fractions import Fraction

from .algebra_reading import equivalent, evaluate
from .reading import numbers
from .solvers import Ask, solver


@solver("7.RP.A.1/fractions", "7.RP.A.1/mixed")
def per_one(ask: Ask) -> Fraction:
    amount, time = (numbers(formula)[0] for formula in ask.formulas)
    return amount / time


@solver("7.RP.A.1/compare")
def per_hour(ask: Ask) -> Fraction:
    miles, minutes = ask.numbers
    return miles / (minutes / 60)


@solver("7.RP.A.2/constant")
def same_factor(ask: Ask) -> Fraction:
    pairs = [(int(x), int(y)) for x, y in re.findall(r"\((\d+), (\d+)\)", ask.text)]
    (factor,) = {Fraction(y, x) for x, y in pairs}
    return factor


@solver("7.RP.A.2/equation")
def through_pair(ask: Ask) -> bool:
    y, x = (Fraction(n) for n in re.findall(r" = (\d+)", ask.text))
    left, right = ask.key.split("=")
    return left == "y" and evaluate(right, x=x) == y and evaluate(right, x=0) == 0 and equivalent(right, f"({y}/{x})x")


@solver("7.RP.A.2/scale")
def inches_for(ask: Ask) -> Fraction:
    inches, miles, more = ask.integers
    return Fraction(more, miles) * inches


@solver("7.RP.A.3/discount", "7.RP.A.3/tax")
def changed_price(ask: Ask) -> Fraction:
    price, percent = ask.numbers
    hundredth = price / 100
    return price - percent * hundredth if "cheaper" in ask.text else price + percent * hundredth


@solver("7.RP.A.3/original")
def price_before(ask: Ask) -> int:
    percent, now = ask.numbers
    sign = -1 if "discount" in ask.text else 1
    (before,) = (n for n in range(1, 400) if n * (100 + sign * percent) == now * 100)
    return before


def radius_of(ask: Ask) -> Fraction:
    length = ask.numbers[0]
    return length / 2 if "a diameter of" in ask.text else length


@solver("7.G.B.4/circumference")
def around(ask: Ask) -> Fraction:
    return 2 * radius_of(ask) * Fraction("3.14")


@solver("7.G.B.4/area")
def inside(ask: Ask) -> Fraction:
    return radius_of(ask) ** 2 * Fraction("3.14")


@solver("7.G.B.4/radius")
def back_from_around(ask: Ask) -> int:
    around_it = ask.numbers[0]
    (radius,) = (r for r in range(1, 100) if 2 * r * Fraction("3.14") == around_it)
    return 2 * radius if "its diameter" in ask.text else radius


@solver("7.G.B.5/supplement")
def other_angle(ask: Ask) -> int:
    (angle,) = ask.integers
    return (180 if "supplementary" in ask.text else 90) - angle


@solver("7.G.B.5/equation")
def straight_line(ask: Ask) -> int:
    first, second, _ = ask.formulas
    (x,) = (n for n in range(180) if evaluate(first, x=n) + int(second) == 180)
    return x


@solver("7.G.B.5/vertical")
def opposite_angles(ask: Ask) -> int:
    left, right, _ = ask.formulas
    (x,) = (n for n in range(180) if evaluate(left, x=n) == evaluate(right, x=n))
    assert 0 < evaluate(left, x=x) < 180, "not an angle"
    return x


@solver("7.G.B.6/prism")
def six_faces(ask: Ask) -> int:
    sides = ask.integers
    return sum(a * b for n, a in enumerate(sides) for m, b in enumerate(sides) if n != m)


@solver("7.G.B.6/triangle-prism")
def tent(ask: Ask) -> Fraction:
    base, height, length = ask.numbers
    return base * height * length / 2


@solver("7.G.B.6/missing-height")
def layers(ask: Ask) -> int:
    a, b, volume = ask.integers
    count = 0
    while volume > 0:
        volume, count = volume - a * b, count + 1
    return count
