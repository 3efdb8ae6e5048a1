"""Solvers for grade 4, fractions, decimals and measurement: exact fractions, cents, minutes."""

import re
from fractions import Fraction

from .reading import calculate, formulas, numbers
from .solvers import Ask, solver


@solver("4.NF.B.3.a/add", "4.NF.B.3.a/subtract", "4.NF.B.3.a/from-whole")
@solver("4.NF.B.3.c/add", "4.NF.B.3.c/subtract", "4.NF.B.3.c/subtract-with-trade")
@solver("4.NF.B.4.a/unit-product", "4.NF.B.4.b/product", "4.NF.C.5/add")
def formula(ask: Ask) -> Fraction:
    return calculate(ask.formulas[0])


@solver("4.NF.B.3.d/joined", "4.NF.C.5/story")
def joined(ask: Ask) -> Fraction:
    return sum(ask.numbers, Fraction(0))


@solver("4.NF.B.3.d/remains", "4.NF.B.3.c/story")
def remains(ask: Ask) -> Fraction:
    whole, part = ask.numbers
    return whole - part


@solver("4.NF.B.3.d/three-parts")
def three_parts(ask: Ask) -> Fraction:
    return 1 - sum(ask.numbers, Fraction(0))


@solver("4.NF.B.3.a/missing-part", "4.NF.B.4.a/multiple-of-unit", "4.NF.B.4.b/as-unit-fractions")
@solver("4.NF.B.4.b/missing-factor", "4.NF.C.5/to-hundredths")
def box(ask: Ask) -> Fraction:
    """An equation that is linear in its box, from its values at 1 and 2 (a box may be a numerator)."""
    boxed, other = sorted(ask.formulas[0].split("="), key=lambda side: r"\square" not in side)
    one, two = (calculate(boxed.replace(r"\square", n)) for n in "12")
    return 1 + (calculate(other) - one) / (two - one)


@solver("4.NF.B.4.a/sum-as-product")
def sum_as_product(ask: Ask) -> int:
    (right,) = (n for n, c in enumerate(ask.choices) if calculate(c.strip("$")) == calculate(ask.formulas[0]))
    return right


@solver("4.NF.B.4.c/unit-story", "4.NF.B.4.c/story")
def copies(ask: Ask) -> Fraction:
    (part,) = numbers(formulas(ask.text)[0])
    (count,) = (int(n) for n in ask.numbers if n > 1 and n != part)
    return sum((part for _ in range(count)), Fraction(0))


@solver("4.NF.B.4.c/between")
def enough(ask: Ask) -> int:
    people, part = ask.numbers
    return next(n for n in range(1, 100) if n >= people * part)


@solver("4.NF.C.6/fraction-to-decimal", "4.NF.C.6/decimal-to-fraction")
def same_number(ask: Ask) -> Fraction:
    return ask.numbers[0]


@solver("4.NF.C.6/number-line")
def on_a_line(ask: Ask) -> Fraction:
    low, high, parts, mark, _ = ask.numbers
    return low + (high - low) / parts * mark


@solver("4.NF.C.7/compare")
def compare(ask: Ask) -> int:
    return ask.compare(*ask.numbers)


@solver("4.NF.C.7/largest")
def largest(ask: Ask) -> int:
    values = [numbers(c)[0] for c in ask.choices]
    assert values.count(max(values)) == 1
    return values.index(max(values))


@solver("4.NF.C.7/who-more")
def who_more(ask: Ask) -> int:
    first, second = ask.numbers
    return 0 if first > second else 1 if second > first else 2


SIZES = {"km": Fraction(1000), "m": Fraction(1), "cm": Fraction(1, 100), "kg": Fraction(1000), "g": Fraction(1)}
SIZES |= {"L": Fraction(1000), "mL": Fraction(1), "hr": Fraction(3600), "min": Fraction(60)}
SIZES |= {unit: Fraction(size) for unit, size in (("sec", 1), ("lb", 16), ("oz", 1), ("yd", 36), ("ft", 12), ("in", 1))}


def amounts(text: str) -> list[Fraction]:
    """The amounts of a text in the smallest unit of their kind."""
    return [Fraction(n) * SIZES[unit] for n, unit in re.findall(r"([\d.]+) ([a-zA-Z]+)\b", text) if unit in SIZES]


@solver("4.MD.A.1/to-smaller", "4.MD.A.1/mixed-units")
def to_smaller(ask: Ask) -> Fraction:
    given, asked = ask.text.split("=")
    (unit,) = re.findall(r"how many (\w+)", asked)
    return sum(amounts(given), Fraction(0)) / SIZES[unit]


@solver("4.MD.A.1/compare")
def compare_units(ask: Ask) -> int:
    left, right = amounts(ask.text.replace(",", "").replace("$$", ""))
    return ask.compare(left, right)


@solver("4.MD.A.2/fill")
def fill(ask: Ask) -> Fraction:
    large, small = amounts(ask.text)
    return large / small


@solver("4.MD.A.2/change")
def change(ask: Ask) -> Fraction:
    count, price, paid = ask.numbers
    return paid - sum((price for _ in range(int(count))), Fraction(0))


@solver("4.MD.A.2/time")
def minutes(ask: Ask) -> Fraction:
    return sum(amounts(ask.text), Fraction(0)) / 60


@solver("4.MD.A.3/perimeter-to-side")
def side_from_perimeter(ask: Ask) -> int:
    around, length = ask.integers
    return next(w for w in range(1, around) if length + w + length + w == around)


@solver("4.MD.A.3/area-to-side")
def side_from_area(ask: Ask) -> int:
    area, width = ask.integers
    return next(n for n in range(1, area) if sum([width] * n) == area)


@solver("4.MD.A.3/cost-around")
def cost_around(ask: Ask) -> int:
    a, b, price = ask.integers
    return sum(price for _ in range(a + a + b + b))


@solver("4.MD.C.7/sum")
def angle_sum(ask: Ask) -> int:
    return sum(ask.integers)


@solver("4.MD.C.7/missing")
def angle_missing(ask: Ask) -> int:
    whole = {"right": 90, "straight": 180}[ask.text.split()[1]]
    return next(n for n in range(whole) if n + ask.integers[0] == whole)


@solver("4.MD.C.7/three-parts")
def angle_three(ask: Ask) -> int:
    total, a, b = ask.integers
    return next(n for n in range(total) if n + a + b == total)
