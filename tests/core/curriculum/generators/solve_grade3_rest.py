"""Solvers for grade 3 beyond multiplying: number lines walked, columns counted, clocks turned, squares counted."""

import re
from fractions import Fraction
from itertools import pairwise

from .reading import calculate, integers, numbers
from .solve_grade3_multiplying import count_groups
from .solvers import Ask, solver


def linear_box(equation: str) -> int:
    """What goes in the box of an equation that is linear in it: from its values at 0 and at 1."""
    boxed, other = sorted(equation.split("="), key=lambda side: r"\square" not in side)
    at_0, at_1 = (calculate(boxed.replace(r"\square", n)) for n in "01")
    found = (calculate(other) - at_0) / (at_1 - at_0)
    assert found.denominator == 1
    return int(found)


def nearest(n: int, place: int) -> int:
    """The multiple of ``place`` that is closest to ``n``; of two, the larger."""
    return min(range(0, n + 2 * place, place), key=lambda m: (abs(m - n), -m))


@solver("3.NBT.A.1/nearest-ten")
def nearest_ten(ask: Ask) -> int:
    return nearest(ask.integers[0], 10)


@solver("3.NBT.A.1/nearest-hundred", "3.NBT.A.1/about")
def nearest_hundred(ask: Ask) -> int:
    return nearest(ask.integers[0], 100)


@solver("3.NBT.A.1/which-rounds")
def which_rounds(ask: Ask) -> int:
    (right,) = (n for n, c in enumerate(ask.choices) if nearest(int(c), 100) == ask.integers[0])
    return right


@solver("3.NBT.A.2/add", "3.NBT.A.2/subtract", "3.NBT.A.3/product")
def formula(ask: Ask) -> int:
    return int(calculate(ask.formulas[-1]))


@solver("3.NBT.A.2/join-story")
def join(ask: Ask) -> int:
    return sum(ask.integers)


@solver("3.NBT.A.2/left-story")
def left(ask: Ask) -> int:
    whole, part = ask.integers
    return next(n for n in range(whole) if n + part == whole)


@solver("3.NBT.A.2/missing", "3.NBT.A.3/missing", "3.NF.A.3/whole-as-fraction", "3.NF.A.3/missing-top")
def box(ask: Ask) -> int:
    equation = ask.formulas[0]
    if r"\frac{\square}" in equation:
        known, bottom = equation.split(r"= \frac{\square}")
        return next(n for n in range(200) if Fraction(n, integers(bottom)[0]) == calculate(known))
    return linear_box(equation)


@solver("3.NBT.A.3/story", "3.MD.C.7.b/cover", "3.MD.C.7.b/rectangle", "3.MD.B.3/read")
def rows(ask: Ask) -> int:
    a, b = [n for n in ask.integers if n != 1] if ask.step.item == "3.MD.B.3/read" else ask.integers
    return sum(a for _ in range(b))


@solver("3.OA.D.8/groups-and-more")
def groups_and_more(ask: Ask) -> int:
    more = max(ask.integers)
    a, b = (n for n in ask.integers if n != more)
    return sum([a] * b) + more


@solver("3.OA.D.8/money-left")
def money_left(ask: Ask) -> int:
    have, count, price = ask.integers
    for _ in range(count):
        have -= price
    return have


@solver("3.OA.D.8/then-share")
def then_share(ask: Ask) -> int:
    a, b, groups = ask.integers
    return count_groups(a + b, groups)


@solver("3.OA.D.8/estimate")
def estimate(ask: Ask) -> int:
    have, one, two = (nearest(n, 100) for n in ask.integers)
    exact = ask.integers[0] - ask.integers[1] - ask.integers[2]
    assert abs(have - one - two - exact) < 100
    return ask.choice(str(have - one - two))


@solver("3.OA.D.9/next-term")
def next_term(ask: Ask) -> int:
    terms = ask.integers
    assert len({b - a for a, b in pairwise(terms)}) == 1
    return terms[-1] * 2 - terms[-2]


@solver("3.OA.D.9/even-odd")
def even_odd(ask: Ask) -> int:
    return ask.choice("Even" if str(sum(ask.integers))[-1] in "02468" else "Odd")


@solver("3.OA.D.9/table-row")
def table_row(ask: Ask) -> int:
    row = [ask.integers[0] * n for n in range(1, 13)]
    (right,) = (n for n, c in enumerate(ask.choices) if int(c) not in row)
    return right


@solver("3.NF.A.1/parts")
def parts(ask: Ask) -> Fraction:
    whole, taken = ask.integers
    return sum((Fraction(1, whole) for _ in range(taken)), Fraction(0))


@solver("3.NF.A.1/rest")
def rest(ask: Ask) -> Fraction:
    whole, taken = ask.integers
    return 1 - Fraction(taken, whole)


@solver("3.NF.A.1/unit-count")
def unit_count(ask: Ask) -> int:
    unit, fraction = ask.numbers
    return int(fraction / unit)


@solver("3.NF.A.1/whose-share")
def whose_share(ask: Ask) -> Fraction:
    total, each, takes = ask.integers
    return Fraction(each * takes, total)


@solver("3.NF.A.2/marks")
def marks(ask: Ask) -> Fraction:
    which = ask.integers[-1]
    (count,) = (int(n) for n in re.findall(r"(\d+) (?:marks|signs|posts|flags|lines|dots)", ask.text))
    return Fraction(which, len(range(count)) + 1)


@solver("3.NF.A.2/jumps")
def jumps(ask: Ask) -> Fraction:
    (unit,) = (n for n in ask.numbers if n.denominator > 1)
    (count,) = (n for n in ask.numbers if n > 1)
    return sum((unit for _ in range(int(count))), Fraction(0))


@solver("3.NF.A.2/past-one")
def past_one(ask: Ask) -> Fraction:
    bottom, past, whole = ask.integers
    return whole + Fraction(past, bottom)


@solver("3.NF.A.3/compare")
def compare(ask: Ask) -> int:
    return ask.compare(*ask.numbers)


@solver("3.NF.A.3/who-more")
def who_more(ask: Ask) -> int:
    first, second = ask.numbers
    return 0 if first > second else 1 if second > first else 2


@solver("3.NF.A.3/which-equal")
def which_equal(ask: Ask) -> int:
    (right,) = (n for n, c in enumerate(ask.choices) if numbers(c) == ask.numbers)
    return right


def clock(text: str) -> list[int]:
    """Times of a sentence in minutes after twelve."""
    return [int(h) % 12 * 60 + int(m) for h, m in re.findall(r"(\d+):(\d\d)", text)]


@solver("3.MD.A.1/lasts")
def lasts(ask: Ask) -> int:
    start, end = clock(ask.text)
    return (end - start) % 720


@solver("3.MD.A.1/ends", "3.MD.A.1/started")
def time_after(ask: Ask) -> str:
    (known,) = clock(ask.text)
    minutes = integers(re.sub(r"\d+:\d\d", "", ask.text))[-1]
    found = (known + (minutes if ask.step.item.endswith("ends") else -minutes)) % 720
    return f"{found // 60 or 12}:{found % 60:02d}"


@solver("3.MD.B.3/how-many-more")
def graph_more(ask: Ask) -> int:
    _, scale, a, b = ask.integers
    return a * scale - b * scale


@solver("3.MD.B.3/half-picture")
def graph_half(ask: Ask) -> Fraction:
    _, scale, a = ask.integers
    return scale * (a + Fraction(1, 2))


@solver("3.MD.C.7.b/missing-side")
def missing_side(ask: Ask) -> int:
    area, length = ask.integers
    return count_groups(area, length)


def squares(*boxes: tuple[int, int, int, int]) -> set[tuple[int, int]]:
    """The unit squares of rectangles given as left, bottom, width, height."""
    return {(x, y) for left, low, w, h in boxes for x in range(left, left + w) for y in range(low, low + h)}


@solver("3.MD.C.7.d/two-parts", "3.MD.C.7.d/l-shape")
def two_parts(ask: Ask) -> int:
    a, b, c, d = ask.integers
    return len(squares((0, 0, a, b), (0, b, c, d)))


@solver("3.MD.C.7.d/corner-cut")
def corner_cut(ask: Ask) -> int:
    a, b, c, d = ask.integers
    assert c < a
    assert d < b
    return len(squares((0, 0, a, b)) - squares((0, 0, c, d)))


@solver("3.MD.D.8/around")
def around(ask: Ask) -> int:
    a, b = ask.integers
    return a + b + a + b


@solver("3.MD.D.8/missing-side")
def missing_around(ask: Ask) -> int:
    *sides, total = ask.integers
    return next(n for n in range(1, 100) if sum(sides) + n == total)


@solver("3.MD.D.8/same-perimeter")
def same_perimeter(ask: Ask) -> int:
    a, b, c, d = ask.integers
    around, area = a + b == c + d, a * b == c * d
    assert (a, b) != (c, d)
    return ask.choice(
        {
            (True, False): "They have the same perimeter, but not the same area.",
            (False, True): "They have the same area, but not the same perimeter.",
            (True, True): "They have the same perimeter and the same area.",
            (False, False): "They have neither the same perimeter nor the same area.",
        }[around, area]
    )
