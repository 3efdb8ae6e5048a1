"""Solvers for grade 5, arithmetic, fractions and measurement: exact fractions, layers of cubes."""

import re
from fractions import Fraction

from .reading import calculate, formulas, numbers, unseparated
from .solve_grade4_parts import SIZES, amounts
from .solvers import Ask, solver


@solver("5.NBT.B.5/story")
def product_story(ask: Ask) -> int:
    a, b = ask.integers
    return sum([a] * b)


@solver("5.NBT.B.5/estimate")
def estimate(ask: Ask) -> int:
    exact = calculate(ask.formulas[0])
    distances = [abs(numbers(c)[0] - exact) for c in ask.choices]
    return distances.index(min(distances))


@solver("5.NBT.B.6/story")
def quotient_story(ask: Ask) -> Fraction:
    return Fraction(max(ask.integers), min(ask.integers))


@solver("5.NBT.B.7/price")
def price(ask: Ask) -> Fraction:
    cost, count = ask.numbers
    return sum((cost for _ in range(int(count))), Fraction(0))


@solver("5.NF.A.2/together")
def together(ask: Ask) -> Fraction:
    return sum(ask.numbers, Fraction(0))


@solver("5.NF.A.2/difference")
def difference(ask: Ask) -> Fraction:
    first, second = ask.numbers
    assert first > second
    return first - second


@solver("5.NF.A.2/estimate")
def about(ask: Ask) -> int:
    near = [min((Fraction(0), Fraction(1, 2), Fraction(1)), key=lambda mark: abs(mark - n)) for n in ask.numbers]
    return [Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(2)].index(sum(near, Fraction(0)))


@solver("5.NF.A.2/reasonable")
def reasonable(ask: Ask) -> int:
    left, right = (calculate(side) for side in ask.formulas[0].split("="))
    first = numbers(ask.formulas[0])[0]
    assert left != right
    assert right < first < left
    (key,) = (n for n, c in enumerate(ask.choices) if "more than" in c and numbers(c) == [first])
    return key


@solver("5.NF.B.3/shared")
def shared(ask: Ask) -> Fraction:
    small, large = sorted(ask.integers)
    return Fraction(small, large)


@solver("5.NF.B.3/between")
def between_wholes(ask: Ask) -> Fraction:
    people, total = ask.integers
    return Fraction(total, people)


@solver("5.NF.B.4/area", "5.NF.B.6/part-of-part", "5.NF.B.6/mixed-area")
def times(ask: Ask) -> Fraction:
    first, second = ask.numbers
    return first * second


@solver("5.NF.B.6/mixed-times")
def mixed_times(ask: Ask) -> Fraction:
    size = numbers(formulas(ask.text)[0])[0]
    (count,) = (int(n) for n in ask.numbers if n.denominator == 1 and n > 1)
    return sum((size for _ in range(count)), Fraction(0))


@solver("5.NF.B.5/compare")
def scale(ask: Ask) -> int:
    left, right = ask.formulas[0].split(r"\; \square \;")
    return ask.compare(calculate(left), calculate(right))


@solver("5.NF.B.5/which-smaller")
def which_smaller(ask: Ask) -> int:
    (n,) = ask.numbers
    values = [calculate(c.strip("$")) for c in ask.choices]
    fits = [k for k, value in enumerate(values) if (value > n if "larger" in ask.text else value < n)]
    assert len(fits) == 1, f"{values} against {n}"
    return fits[0]


@solver("5.NF.B.7/servings")
def servings(ask: Ask) -> Fraction:
    part = numbers(formulas(ask.text)[0])[0]
    (whole,) = (n for n in ask.numbers if n > 1)
    return whole / part


@solver("5.NF.B.7/which-story")
def which_story(ask: Ask) -> int:
    first, second = (calculate(side) for side in ask.formulas[0].split(r"\div"))
    pattern = "share" if first < second else "is one piece"
    (key,) = (n for n, c in enumerate(ask.choices) if pattern in c)
    assert {first, second} <= set(numbers(ask.choices[key]))
    return key


@solver("5.MD.A.1/to-larger", "5.MD.A.1/to-smaller", "5.MD.A.1/customary")
def convert(ask: Ask) -> Fraction:
    sizes = {**SIZES, "mm": Fraction(1, 1000), "gal": Fraction(8), "qt": Fraction(2), "pt": Fraction(1)}
    given, asked = unseparated(ask.text).split("=")
    (n,), unit = numbers(given), given.split()[-1]
    (wanted,) = re.findall(r"how many (\w+)", asked)
    return n * sizes[unit] / sizes[wanted]


@solver("5.MD.A.1/pieces")
def pieces(ask: Ask) -> Fraction:
    large, small = amounts(ask.text)
    return large / small


def cubes(edges: list[int]) -> int:
    """Unit cubes in a box, counted layer by layer."""
    return sum(1 for _ in range(edges[0]) for _ in range(edges[1]) for _ in range(edges[2]))


@solver("5.MD.C.5.b/box", "5.MD.C.5.b/story")
def volume(ask: Ask) -> int:
    return cubes(ask.integers)


@solver("5.MD.C.5.b/missing-edge")
def missing_edge(ask: Ask) -> int:
    total, a, b = ask.integers
    return next(c for c in range(1, 100) if cubes([a, b, c]) == total)


@solver("5.MD.C.5.c/two-boxes", "5.MD.C.5.c/hollow")
def two_boxes(ask: Ask) -> int:
    first, second = cubes(ask.integers[:3]), cubes(ask.integers[3:])
    return first + second if "two-boxes" in ask.step.item else first - second


@solver("5.MD.C.5.c/steps")
def stairs(ask: Ask) -> int:
    wide, deep, high = ask.integers
    return cubes([wide, deep, high]) + cubes([wide, deep, high + high])
