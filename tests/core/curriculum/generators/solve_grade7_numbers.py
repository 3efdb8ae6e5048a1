"""Solvers for grade 7 signed and rational numbers: exact fractions, and walking along the number line."""

import re
from fractions import Fraction

from .algebra_reading import evaluate, gap
from .reading import numbers
from .solvers import Ask, solver


@solver(
    "7.NS.A.1.b/add",
    "7.NS.A.1.b/three",
    "7.NS.A.1.c/subtract-negative",
    "7.NS.A.1.c/below-zero",
    "7.NS.A.1.d/decimals",
    "7.NS.A.1.d/fractions",
    "7.NS.A.1.d/chain",
    "7.NS.A.2.a/multiply",
    "7.NS.A.2.a/three-factors",
    "7.NS.A.2.a/power",
    "7.NS.A.2.c/divide",
    "7.NS.A.2.c/fraction-product",
    "7.NS.A.2.c/fraction-quotient",
    "7.NS.A.3/order",
)
def work_out(ask: Ask) -> Fraction:
    return evaluate(ask.formulas[0])


@solver("7.NS.A.1.b/missing")
def try_all(ask: Ask) -> int:
    (right,) = (n for n in range(-60, 61) if gap(ask.formulas[1], x=n) == 0)
    return right


@solver("7.NS.A.1.c/distance")
def steps_between(ask: Ask) -> int:
    low, high = (int(n) for n in ask.formulas)
    return len(range(low, high))


@solver("7.NS.A.3/temperature")
def follow(ask: Ask) -> int:
    start, rise, fall = (int(n) for n in ask.numbers)
    now = start
    for _ in range(rise):
        now += 1
    for _ in range(fall):
        now -= 1
    return now


@solver("7.NS.A.3/mean-change")
def daily_change(ask: Ask) -> Fraction:
    start, end = (int(n) for n in ask.formulas)
    found = re.search(r"in (\d+) days", ask.text)
    assert found, ask.text
    (change,) = (c for c in range(-20, 21) if start + c * int(found[1]) == end)
    assert numbers(ask.key) == [change]
    return Fraction(change)
