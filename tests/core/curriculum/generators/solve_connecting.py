"""Solvers for area models, masses and angles: unit squares, brute force, the turn of a circle."""

import re
from fractions import Fraction

from .reading import calculate, numbers
from .solve_grade3_multiplying import fill_box
from .solve_grade3_rest import squares
from .solvers import Ask, solver


@solver("3.MD.C.7.c/parts")
def two_parts(ask: Ask) -> int:
    a, b, c = ask.integers
    return len(squares((0, 0, b, a), (b, 0, c, a)))


@solver("3.MD.C.7.c/missing-part")
def missing_part(ask: Ask) -> int:
    return fill_box(ask.formulas[0])


@solver("3.MD.C.7.c/expression")
def expression(ask: Ask) -> int:
    a, b, c = ask.integers
    area = len(squares((0, 0, b, a), (b, 0, c, a)))
    fits = [n for n, choice in enumerate(ask.choices) if calculate(choice.strip("$")) == area]
    assert len(fits) == 1, f"several choices have the value {area}"
    return fits[0]


@solver("3.MD.A.2/together")
def together(ask: Ask) -> int:
    return sum(ask.integers)


@solver("3.MD.A.2/left")
def left(ask: Ask) -> int:
    total, used = ask.integers
    return next(n for n in range(total) if n + used == total)


@solver("3.MD.A.2/bags")
def bags(ask: Ask) -> int:
    each, count = ask.integers
    return sum([each] * count)


BETWEEN = {
    "pencil": (2, 15, "g"),
    "bicycle": (5000, 25000, "g"),
    "apple": (70, 350, "g"),
    "cat": (1500, 9000, "g"),
    "bathtub": (50, 300, "L"),
    "sink": (5, 30, "L"),
    "bag": (1500, 9000, "g"),
    "car": (500_000, 2_500_000, "g"),
}


@solver("3.MD.A.2/which-unit")
def sensible(ask: Ask) -> int:
    (low, high, unit) = next(limits for thing, limits in BETWEEN.items() if re.search(rf"\b{thing}\b", ask.text))
    fits = []
    for n, choice in enumerate(ask.choices):
        amount, given = numbers(choice)[0], choice.split()[-1]
        amount *= 1000 if given == "kg" else 1
        if low <= amount <= high and (given == "L") == (unit == "L"):
            fits.append(n)
    assert len(fits) == 1, f"sensible choices: {fits}"
    return fits[0]


@solver("4.MD.C.5/one-degrees")
def one_degrees(ask: Ask) -> int:
    return ask.integers[0]


@solver("4.MD.C.5/fraction-of-turn")
def fraction_of_turn(ask: Ask) -> Fraction:
    return 360 * ask.numbers[0]


@solver("4.MD.C.5/story")
def turn_story(ask: Ask) -> Fraction:
    parts, top = ask.integers
    return sum((Fraction(360, parts) for _ in range(top)), Fraction(0))


@solver("4.MD.C.5/which-fraction")
def which_fraction(ask: Ask) -> Fraction:
    return Fraction(ask.integers[0], 360)
