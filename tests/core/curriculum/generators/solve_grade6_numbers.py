"""Solvers for grade 6 numbers and ratios: exact fractions, counting up, and reading the words."""

import re
from fractions import Fraction

from .reading import calculate, integers
from .solvers import Ask, solver


@solver(
    "6.NS.A.1/whole",
    "6.NS.A.1/fractions",
    "6.NS.B.2/two-digits",
    "6.NS.B.2/five-digits",
    "6.NS.B.2/zero-inside",
    "6.NS.B.3/sum",
    "6.NS.B.3/product",
    "6.NS.B.3/quotient",
)
def work_out(ask: Ask) -> Fraction:
    return calculate(ask.formulas[0])


@solver("6.NS.A.1/servings")
def count_pieces(ask: Ask) -> int:
    total, piece = sorted(ask.numbers, reverse=True)
    count = 0
    while total > 0:
        total, count = total - piece, count + 1
    assert total == 0, "the pieces do not come out even"
    return count


@solver("6.NS.B.4/gcf")
def largest_common_divisor(ask: Ask) -> int:
    a, b = ask.integers
    return max(n for n in range(1, min(a, b) + 1) if a % n == b % n == 0)


@solver("6.NS.B.4/lcm", "6.NS.B.4/together")
def first_common_multiple(ask: Ask) -> int:
    a, b = set(ask.integers)
    return next(n for n in range(1, a * b + 1) if n % a == n % b == 0)


def named_ratio(text: str) -> Fraction:
    """The ratio that a story's question names, by looking up the counts of the two nouns in the story."""
    story, question = text.split("What is the ratio of ")
    first, second = question.split("?")[0].split(" to ")
    return Fraction(count_of(first, story), count_of(second, story))


def count_of(noun: str, story: str) -> int:
    """The number that stands before (or, for throws missed, after) a noun."""
    special = {"throws made": r"makes (\d+)", "throws missed": r"misses (\d+)"}
    found = re.search(special.get(noun, rf"(\d+) (?:cups of |drops of )?{noun}"), story)
    assert found, f"no {noun!r} in {story!r}"
    return int(found[1])


@solver("6.RP.A.1/simplest")
def ratio_of_story(ask: Ask) -> Fraction:
    return named_ratio(ask.text)


@solver("6.RP.A.1/which")
def choose_ratio(ask: Ask) -> int:
    ratio = named_ratio(ask.text)
    (right,) = (n for n, c in enumerate(ask.choices) if Fraction(*integers(c)) == ratio)
    return right


@solver("6.RP.A.1/total")
def count_children(ask: Ask) -> int:
    a, b, total = ask.integers
    (children,) = (n for n in range(total) if n * b == (total - n) * a)
    return children


@solver("6.RP.A.2/unit-rate", "6.RP.A.2/decimal-rate")
def per_one(ask: Ask) -> Fraction:
    distance, time = ask.integers
    return Fraction(distance, time)


@solver("6.RP.A.2/other-rate")
def minutes_per_foot(ask: Ask) -> Fraction:
    feet, minutes = ask.integers
    return Fraction(minutes, feet)


@solver("6.RP.A.3.a/table")
def scale(ask: Ask) -> int:
    a, b, d = ask.integers
    (right,) = (n for n in range(1, 200) if n * b == a * d)
    return right


@solver("6.RP.A.3.a/missing")
def equal_ratios(ask: Ask) -> int:
    a, b, d = integers(" ".join(ask.formulas[:2]))
    (right,) = (n for n in range(1, 400) if n * b == a * d)
    return right


@solver("6.RP.A.3.a/compare")
def stronger(ask: Ask) -> int:
    a, b, c, d = ask.integers
    assert a * d != b * c, "both are equal"
    return ask.choice("The first mix" if Fraction(a, b) > Fraction(c, d) else "The second mix")


@solver("6.RP.A.3.b/price", "6.RP.A.3.b/price-cents")
def price(ask: Ask) -> Fraction:
    many, cost, more = ask.integers
    return Fraction(cost, many) * more


@solver("6.RP.A.3.b/time")
def hours_needed(ask: Ask) -> Fraction:
    done, hours, asked = ask.integers
    return Fraction(asked * hours, done)


@solver("6.RP.A.3.c/part")
def part_of(ask: Ask) -> Fraction:
    found = re.search(r"(\d+)%", ask.text)
    assert found, ask.text
    whole = next(n for n in integers(ask.text.replace(found[0], "")))
    return Fraction(int(found[1]) * whole, 100)


@solver("6.RP.A.3.c/whole")
def whole_of(ask: Ask) -> int:
    part, percent = integers(re.sub(r"grade 6", "", ask.text))
    (whole,) = (n for n in range(1, 2000) if n * percent == part * 100)
    return whole


@solver("6.RP.A.3.c/percent")
def percent_that(ask: Ask) -> Fraction:
    part, whole = ask.integers
    return Fraction(part, whole) * 100


IN_SMALLEST = {
    "inches": 1, "feet": 12, "yards": 36, "minutes": 60, "hours": 3600, "days": 86400, "ounces": 1, "pounds": 16,
    "quarts": 1, "gallons": 4, "centimeters": 1, "meters": 100, "grams": 1, "kilograms": 1000,
    "milliliters": 1, "liters": 1000,
}  # fmt: skip


@solver("6.RP.A.3.d/to-smaller", "6.RP.A.3.d/to-larger")
def convert(ask: Ask) -> Fraction:
    found = re.fullmatch(r"How many (\w+) are ([\d.]+) (\w+)\?", ask.text)
    assert found, ask.text
    return Fraction(found[2]) * IN_SMALLEST[found[3]] / IN_SMALLEST[found[1]]


@solver("6.RP.A.3.d/speed")
def convert_speed(ask: Ask) -> Fraction:
    found = re.search(r"(\d+) (\w+)(?: of tea)? per (\w+)\. How many (\w+) per (\w+)", ask.text)
    assert found, ask.text
    many, small, short, large, long = found.groups()
    seconds = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
    units = {**IN_SMALLEST, "kilometers": 100_000}
    return Fraction(int(many) * seconds[long] * units[small], seconds[short] * units[large])
