"""Solvers for grade 5, expressions, coordinates and place value: formulas read back, grids walked."""

import re
from fractions import Fraction
from math import floor

from .reading import calculate, integers, numbers, unseparated
from .solvers import Ask, solver


@solver("5.OA.A.1/parentheses", "5.OA.A.1/two-groups", "5.OA.A.1/brackets", "5.OA.A.1/no-parentheses")
@solver("5.NBT.A.2/multiply", "5.NBT.A.2/divide", "5.NBT.A.3/expanded")
@solver("5.NBT.B.5/three-by-two", "5.NBT.B.5/four-by-two", "5.NBT.B.6/by-tens", "5.NBT.B.6/two-digits")
@solver("5.NBT.B.6/zero-inside", "5.NBT.B.7/add", "5.NBT.B.7/subtract", "5.NBT.B.7/multiply", "5.NBT.B.7/divide")
@solver("5.NF.A.1/add", "5.NF.A.1/subtract", "5.NF.A.1/mixed", "5.NF.B.4/fraction-of-whole", "5.NF.B.4/product")
@solver("5.NF.B.3/as-fraction", "5.NF.B.7/whole-by-unit", "5.NF.B.7/unit-by-whole")
def formula(ask: Ask) -> Fraction:
    return calculate(ask.formulas[0])


@solver("5.OA.A.2/from-words")
def from_words(ask: Ask) -> int:
    words = ask.text.split("?")[1]
    first, second, *third = integers(words)
    if re.search(r"Add \d+ and \d+, then multiply", words):
        value = (first + second) * third[0]
    elif re.search(r"Subtract \d+ from \d+, then multiply", words):
        value = (second - first) * third[0]
    elif re.search(r"Multiply \d+ by \d+, then subtract", words):
        value = first * second - third[0]
    else:
        assert "to the product of" in words
        value = first + second * third[0]
    fits = [n for n, c in enumerate(ask.choices) if calculate(c.strip("$")) == value]
    assert len(fits) == 1, f"several choices have the value {value}"
    return fits[0]


@solver("5.OA.A.2/how-many-times", "5.NF.B.5/times-as-much")
def how_many_times(ask: Ask) -> Fraction:
    values = [calculate(f) for f in ask.formulas]
    return values[1] / values[0] if "how-many" in ask.step.item else values[0] / values[1]


@solver("5.OA.A.2/story")
def expression_story(ask: Ask) -> int:
    n, a, again, b = ask.integers
    assert n == again
    fits = [k for k, c in enumerate(ask.choices) if calculate(c.strip("$")) == sum([a] * n) + sum([b] * n)]
    assert len(fits) == 1
    return fits[0]


@solver("5.OA.B.3/how-many-times")
def pattern_ratio(ask: Ask) -> Fraction:
    _, a, b = ask.integers
    first, second = [a * n for n in range(1, 6)], [b * n for n in range(1, 6)]
    (ratio,) = {Fraction(y, x) for x, y in zip(first, second, strict=True)}
    return ratio


@solver("5.OA.B.3/pair")
def pattern_pair(ask: Ask) -> tuple[int, int]:
    _, a, b, place, *_ = ask.integers
    x = y = 0
    for _ in range(place - 1):
        x, y = x + a, y + b
    return x, y


@solver("5.OA.B.3/story")
def two_savers(ask: Ask) -> int:
    a, b, _, x = ask.integers
    mine = theirs = 0
    while mine < x:
        mine, theirs = mine + a, theirs + b
    assert mine == x
    return theirs


@solver("5.G.A.1/point")
def walk(ask: Ask) -> tuple[int, int]:
    across, up, *_ = ask.integers
    return across, up


@solver("5.G.A.1/move")
def move(ask: Ask) -> tuple[int, int]:
    x, y, across, up = ask.integers
    return (x - across if "left" in ask.text else x + across), y + up


@solver("5.G.A.1/on-axis")
def fourth_corner(ask: Ask) -> tuple[int, int]:
    flat = integers(ask.formulas[0])
    points = list(zip(flat[0::2], flat[1::2], strict=True))
    corners = {(x, y) for x, _ in points for _, y in points}
    assert len(corners) == 4
    (missing,) = corners - set(points)
    return missing


@solver("5.G.A.2/meaning")
def meaning(ask: Ask) -> int:
    x, y = ask.integers
    after = (
        f"After {x} weeks it is {y} inches high." if "plant" in ask.text else f"After {x} weeks it weighs {y} pounds."
    )
    return ask.choice(after)


@solver("5.G.A.2/distance", "5.G.A.2/around-corner")
def distance(ask: Ask) -> int:
    (x1, y1), (x2, y2) = (integers(f) for f in ask.formulas)
    return len(range(min(x1, x2), max(x1, x2))) + len(range(min(y1, y2), max(y1, y2)))


@solver("5.NBT.A.1/tenth-of")
def tenth_of(ask: Ask) -> Fraction:
    (n,) = numbers(ask.formulas[0])
    return n * 10 if "ten times" in ask.text else n * Fraction(1, 10)


@solver("5.NBT.A.1/two-digits")
def two_digits(ask: Ask) -> int:
    text, digit = unseparated(ask.formulas[0]).replace(".", ""), str(ask.integers[2])
    left, right = (m.start() for m in re.finditer(digit, text))
    return int("1" + "0" * (right - left))


@solver("5.NBT.A.1/digit-value")
def digit_value(ask: Ask) -> Fraction:
    digit = str(ask.integers[0])
    assert ask.formulas[0].count(digit) == 1
    return Fraction(re.sub(rf"[^{digit}.]", "0", ask.formulas[0]))


@solver("5.NBT.A.2/missing-exponent")
def missing_exponent(ask: Ask) -> int:
    fits = [
        n
        for n in range(10)
        if calculate(ask.formulas[0].split("=")[0].replace(r"{\square}", str(n)))
        == calculate(ask.formulas[0].split("=")[1])
    ]
    assert len(fits) == 1
    return fits[0]


@solver("5.NBT.A.3/compare")
def compare(ask: Ask) -> int:
    return ask.compare(*ask.numbers)


@solver("5.NBT.A.3/order")
def order(ask: Ask) -> tuple[Fraction, ...]:
    return tuple(sorted(ask.numbers))


@solver("5.NBT.A.4/nearest", "5.NBT.A.4/measured", "5.NBT.A.4/ripple")
def rounding(ask: Ask) -> Fraction:
    place = 100 if "hundredth" in ask.text else 10 if "tenth" in ask.text else 1
    (n,) = ask.numbers
    candidates = [Fraction(floor(n * place) + step, place) for step in (0, 1)]
    return min(candidates, key=lambda c: (abs(c - n), -c))
