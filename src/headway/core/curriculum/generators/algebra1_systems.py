"""Algebra I: systems of linear equations solved exactly (HSA-REI.C.6)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import nonzero, point, show, slips, solution_pair
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, pick
from headway.core.text import T, Text, math

SAME = T("Make the numbers in front of one letter equal or opposite; then subtract or add the equations.")


def row(a: int, b: int, total: int) -> str:
    """LaTeX of ``ax + by = total``."""
    return f"{show((a, 'x'), (b, 'y'))} = {total}"


@template("HSA-REI.C.6", "subtract", level=1, difficulty=0.5)
def subtract_equations(rng: Generator, interest: str) -> Draft:
    x, y, b = nonzero(rng, -9, 9), nonzero(rng, -9, 9), nonzero(rng, -7, 7)
    a, d = distinct(rng, 1, 8, 2)
    first, second = (a, b, a * x + b * y), (d, b, d * x + b * y)
    return _solve(
        first,
        second,
        (x, y),
        1,
        1,
        T("Subtract the second equation from the first: the terms with {y} cancel.", y=math("y")),
    )


@template("HSA-REI.C.6", "multiply-one", level=2, difficulty=0.9)
def multiply_one(rng: Generator, interest: str) -> Draft:
    x, y, b = nonzero(rng, -8, 8), nonzero(rng, -8, 8), nonzero(rng, -4, 4)
    times, a, d = between(rng, 2, 4), nonzero(rng, -6, 6), nonzero(rng, -6, 6)
    if times * a == d:
        return multiply_one(rng, interest)
    first, second = (a, b, a * x + b * y), (d, times * b, d * x + times * b * y)
    return _solve(
        first,
        second,
        (x, y),
        times,
        1,
        T("Multiply the first equation by {times}; then subtract the second one.", times=times),
    )


@template("HSA-REI.C.6", "multiply-both", level=3, difficulty=1.3)
def multiply_both(rng: Generator, interest: str) -> Draft:
    x, y = nonzero(rng, -7, 7), nonzero(rng, -7, 7)
    b, e = pick(rng, ((2, 3), (3, 2), (2, 5), (5, 2), (3, 4), (4, 3), (3, 5), (5, 3)))
    a, d = nonzero(rng, -6, 6), nonzero(rng, -6, 6)
    if a * e == d * b:
        return multiply_both(rng, interest)
    first, second = (a, b, a * x + b * y), (d, e, d * x + e * y)
    return _solve(
        first,
        second,
        (x, y),
        e,
        b,
        T("Multiply the first equation by {e} and the second by {b}; then subtract.", e=e, b=b),
    )


def _solve(
    first: tuple[int, int, int], second: tuple[int, int, int], at: tuple[int, int], m: int, n: int, step: Text
) -> Draft:
    """``m`` times the first equation minus ``n`` times the second leaves only x."""
    x, y = at
    left = m * first[0] - n * second[0]
    one, two = row(*(m * v for v in first)), row(*(n * v for v in second))
    scaled = (T("Multiply: {line}", line=math(rf"{one},\quad {two}")),) if m * n > 1 else ()
    rest = first[2] - first[0] * x
    return Draft(
        prompt=T(
            "Solve the system of equations {first} and {second}. Give the solution as a point {point}.",
            first=math(row(*first)),
            second=math(row(*second)),
            point=math("(x, y)"),
        ),
        answer=solution_pair(x, y),
        hints=(T("Look at the numbers in front of {y} in the two equations.", y=math("y")), SAME, step),
        solution=(
            moves.given(rf"{row(*first)},\quad {row(*second)}"),
            *scaled,
            T("Subtract the equations: {line}", line=math(f"{show((left, 'x'))} = {left * x}")),
            moves.so(f"x = {x}"),
            T("Put it into the first equation: {line}", line=math(f"{show((first[1], 'y'))} = {rest}")),
            moves.so(f"y = {y}"),
            moves.so(f"(x, y) = {point(x, y)}"),
        ),
        wrong=slips(
            point(x, y),
            (point(y, x), "coordinate-swapped"),
            (point(x, -y), "sign-lost-in-second-value"),
            (point(-x, y), "sign-of-result-lost"),
        ),
    )
