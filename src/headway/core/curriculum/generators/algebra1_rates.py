"""Algebra I: average rate of change (HSF-IF.B.6)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import nonzero, paren, ratio_tex, show, slips, tex, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, number_key, pick
from headway.core.text import T, math

RATE = T("The average rate of change is the change of the values divided by the change of the inputs.")


@template("HSF-IF.B.6", "table", level=1, difficulty=0.1)
def rate_from_table(rng: Generator, interest: str) -> Draft:
    start, run = between(rng, 0, 8), between(rng, 2, 6)
    rate = Fraction(nonzero(rng, -20, 24), pick(rng, (1, 2)))
    low = between(rng, 5, 60)
    rise = rate * run
    if rise.denominator > 1:
        run *= 2
        rise = rate * run
    middle = low + int(rise) // 2 + between(rng, 1, 5)
    values = ((start, low), (start + 1, middle), (start + run, low + int(rise)))
    shown = ", ".join(f"f({x}) = {y}" for x, y in values)
    return Draft(
        prompt=T(
            "A function has the values {values}. Find its average rate of change from {start} to {end}.",
            values=math(shown),
            start=math(f"x = {start}"),
            end=math(f"x = {start + run}"),
        ),
        answer=number_key(rate),
        hints=(
            T("Which two of the values count?"),
            RATE,
            T(
                "Divide {rise} by {run}.",
                rise=math(f"{low + int(rise)} - {paren(low)}"),
                run=math(f"{start + run} - {start}"),
            ),
        ),
        solution=work(
            rf"\frac{{{low + int(rise)} - {paren(low)}}}{{{start + run} - {start}}}",
            ratio_tex(int(rise), run),
            tex(rate),
        ),
        wrong=slips(
            rate,
            (rise, "rise-only"),
            (1 / rate, "slope-turned-over"),
            (-rate, "sign-of-result-lost"),
            (middle - low, "only-first-interval"),
        ),
    )


@template("HSF-IF.B.6", "formula", level=2, difficulty=0.6)
def rate_from_formula(rng: Generator, interest: str) -> Draft:
    a, b = nonzero(rng, -3, 4), nonzero(rng, -9, 9)
    low = between(rng, 0, 4)
    return _rate_of_quadratic(a, b, low, low + between(rng, 2, 5))


@template("HSF-IF.B.6", "negative-interval", level=3, difficulty=1.0)
def rate_across_zero(rng: Generator, interest: str) -> Draft:
    a, b = nonzero(rng, -3, 4), nonzero(rng, -9, 9)
    low = -between(rng, 1, 5)
    high = between(rng, 1, 6)
    if low + high == 0:
        high += 1
    return _rate_of_quadratic(a, b, low, high)


def _rate_of_quadratic(a: int, c: int, low: int, high: int) -> Draft:
    first, last = a * low * low + c, a * high * high + c
    rate = a * (low + high)
    return Draft(
        prompt=T(
            "Find the average rate of change of {function} from {start} to {end}.",
            function=math(f"f(x) = {show((a, 'x^2'), (c, ''))}"),
            start=math(f"x = {low}"),
            end=math(f"x = {high}"),
        ),
        answer=number_key(rate),
        hints=(
            T("Find the value of the function at both ends first."),
            RATE,
            T("Divide {rise} by {run}.", rise=math(f"f({high}) - f({low})"), run=math(f"{high} - {paren(low)}")),
        ),
        solution=work(
            f"f({high}) = {last}",
            f"f({low}) = {first}",
            rf"\frac{{{last} - {paren(first)}}}{{{high} - {paren(low)}}} = {rate}",
        ),
        wrong=slips(
            rate,
            (last - first, "rise-only"),
            (-rate, "sign-of-result-lost"),
            (Fraction(1, rate), "slope-turned-over"),
            (Fraction(first + last, 2), "mean-of-values"),
        ),
    )
