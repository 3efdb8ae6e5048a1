"""Solvers for grade 6 signed numbers, words, areas and data, and for calculating in scientific notation."""

import re
import statistics
from fractions import Fraction

from .algebra_reading import equivalent, evaluate, holds
from .reading import integers
from .solve_grade8_algebra import points
from .solvers import Ask, solver


@solver("6.NS.C.5/write")
def direction(ask: Ask) -> int:
    (n,) = ask.integers
    down = ("below", "taken out", "loses", "goes down")
    return -n if any(word in ask.text for word in down) else n


@solver("6.NS.C.5/other-way")
def other_direction(ask: Ask) -> int:
    given = int(ask.formulas[0])
    n = integers(ask.text.split("$$")[2])[0]
    return n if given < 0 else -n


@solver("6.NS.C.5/steps-to-zero")
def count_up(ask: Ask) -> int:
    now = int(ask.formulas[0])
    for _ in range(ask.integers[-1]):
        now += 1
    return now


@solver("6.NS.C.6.a/opposite")
def sum_is_zero(ask: Ask) -> Fraction:
    return 0 - Fraction(ask.formulas[0])


@solver("6.NS.C.6.a/opposite-of-opposite", "6.NS.C.7.c/value", "6.NS.C.7.c/difference")
def with_bars(ask: Ask) -> Fraction:
    line = re.sub(r"\|([^|]*)\|", lambda found: f"({abs(evaluate(found[1]))})", ask.formulas[0])
    return evaluate(line)


@solver("6.NS.C.6.a/halfway")
def try_opposites(ask: Ask) -> int:
    (gap,) = ask.integers
    (n,) = (n for n in range(gap) if n - (-n) == gap)
    return -n if "smaller" in ask.text else n


@solver("6.NS.C.7.c/both-numbers")
def try_both(ask: Ask) -> set[int]:
    line = ask.formulas[1].replace("|x|", "a")
    return {n for n in range(-99, 100) if holds(line, a=abs(n))}


@solver("6.NS.C.8/same-line", "6.NS.C.8/same-side")
def count_units(ask: Ask) -> int:
    (x1, y1), (x2, y2) = points(ask.text)
    assert x1 == x2 or y1 == y2
    return len(range(min(x1, x2), max(x1, x2))) + len(range(min(y1, y2), max(y1, y2)))


@solver("6.NS.C.8/rectangle")
def walk_around(ask: Ask) -> int:
    corners = points(ask.text)
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))


def first_groups(text: str, patterns: dict[str, str]) -> str:
    """The form that belongs to the pattern found in ``text``, filled with what the pattern found."""
    for pattern, form in patterns.items():
        if found := re.search(pattern, text):
            return form.format(*found.groups())
    raise AssertionError(f"unknown words: {text}")


@solver("6.EE.B.6/one-operation", "6.EE.B.6/two-operations", "6.EE.B.6/consecutive")
def from_story(ask: Ask) -> bool:
    meant = first_groups(
        ask.text,
        {
            r"is (\d+) years older": "x+{}",
            r"piece of (\d+) feet is cut off": "x-{}",
            r"weight of (\d+) such boxes": "x*{}",
            r"(\d+) friends share": "x/{}",
            r"costs (\d+) dollars and (\d+) dollars more": "{}+x*{}",
            r"Each of (\d+) bags.*Then (\d+) apples": "x*{}-{}",
            r"holds (\d+) gallons, and (\d+) gallons more": "{}+x*{}",
            r"fee of (\d+) dollars.* of (\d+) tickets": "(x+{})*{}",
            r"pay (\d+) dollars less.* of (\d+) student": "(x-{})*{}",
        },
    )
    return equivalent(meant, ask.key)


@solver("6.EE.B.8/strict", "6.EE.B.8/including")
def limit(ask: Ask) -> str:
    (n,) = ask.integers
    signs = {"at least": ">=", "or older": ">=", "at most": "<=", "No more than": "<=", "More than": ">"}
    signs |= {"less than": "<", "above": ">", "below": "<"}
    return f"x{next(sign for words, sign in signs.items() if words in ask.text)}{n}"


@solver("6.EE.B.8/number-line")
def ray(ask: Ask) -> str:
    side = ">" if "to the right" in ask.text else "<"
    return f"x{side}{'=' if 'filled' in ask.text else ''}{ask.formulas[0]}"


@solver("6.G.A.1/triangle")
def triangle(ask: Ask) -> Fraction:
    base, height = ask.numbers
    return base * height / 2


@solver("6.G.A.1/parallelogram")
def parallelogram(ask: Ask) -> Fraction:
    base, _, height = ask.numbers
    return base * height


@solver("6.G.A.1/composite")
def house(ask: Ask) -> Fraction:
    width, wall, roof = ask.numbers
    return width * (wall + roof) - width * roof / 2


@solver("6.SP.B.5/mean")
def mean(ask: Ask) -> Fraction:
    return statistics.mean([Fraction(n) for n in ask.integers])


@solver("6.SP.B.5/median")
def median(ask: Ask) -> Fraction:
    return statistics.median([Fraction(n) for n in ask.integers])


@solver("6.SP.B.5/deviation")
def deviation(ask: Ask) -> Fraction:
    data = [Fraction(n) for n in ask.integers]
    middle = statistics.mean(data)
    return statistics.mean([abs(n - middle) for n in data])


@solver("8.EE.A.4/multiply", "8.EE.A.4/divide", "8.EE.A.4/add")
def scientific(ask: Ask) -> bool:
    found = re.fullmatch(r"(\d(?:\.\d+)?)\*10\^\(?(-?\d+)\)?", ask.key)
    assert found, ask.key
    value = Fraction(found[1]) * Fraction(10) ** int(found[2])
    return 1 <= Fraction(found[1]) < 10 and value == evaluate(ask.formulas[0])
