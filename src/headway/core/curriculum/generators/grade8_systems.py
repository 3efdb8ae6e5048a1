"""Grade 8: two linear equations in two variables (8.EE.C.8)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, moves, stories_linear
from headway.core.curriculum.generators.algebra import (
    linear,
    nonzero,
    paren,
    point,
    show,
    signed,
    slips,
    solution_pair,
)
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, number_key
from headway.core.text import T, Text, math

BOTH = T("The solution of a system is the pair of numbers that makes both equations true.")


@template("8.EE.C.8", "substitution", level=1, difficulty=0.3)
def substitution(rng: Generator, interest: str) -> Draft:
    x, y = nonzero(rng, -8, 8), nonzero(rng, -9, 9)
    m = nonzero(rng, -4, 4, but=(1, -1))
    k = y - m * x
    a, b = nonzero(rng, -5, 5), nonzero(rng, -4, 4)
    if a + b * m in (0, 1, -1):
        return substitution(rng, interest)
    c = a * x + b * y
    first, second = f"y = {show(*linear(m, k))}", f"{show((a, 'x'), (b, 'y'))} = {c}"
    together = (
        f"{show((a, 'x'))} {'+' if b > 0 else '-'} {f'{abs(b)}' if abs(b) != 1 else ''}({show(*linear(m, k))}) = {c}"
    )
    return _system(
        first,
        second,
        (x, y),
        T("Put {expression} in for {y} in the second equation.", expression=math(show(*linear(m, k))), y=math("y")),
        (
            moves.given(rf"{first},\quad {second}"),
            T("Put the first equation into the second: {line}", line=math(together)),
            moves.distribute(f"{show((a, 'x'), (b * m, 'x'), (b * k, ''))} = {c}")
            if b != 1
            else moves.distribute(f"{show((a, 'x'), (m, 'x'), (k, ''))} = {c}"),
            moves.collect(f"{show(*linear(a + b * m, b * k))} = {c}"),
            moves.so(f"x = {x}"),
            T(
                "Put it into the first equation: {line}",
                line=math(rf"y = {m} \cdot {paren(x)} {signed(k)}" if k else rf"y = {m} \cdot {paren(x)}"),
            ),
            moves.so(f"(x, y) = {point(x, y)}"),
        ),
    )


@template("8.EE.C.8", "elimination", level=2, difficulty=0.5)
def elimination(rng: Generator, interest: str) -> Draft:
    x, y = nonzero(rng, -8, 9), nonzero(rng, -8, 9)
    a, b = between(rng, 1, 6), between(rng, 1, 6)
    d = between(rng, 1, 6)
    first = f"{show((a, 'x'), (b, 'y'))} = {a * x + b * y}"
    second = f"{show((d, 'x'), (-b, 'y'))} = {d * x - b * y}"
    total = a + d
    return _system(
        first,
        second,
        (x, y),
        T("Add the two equations: the terms with {y} cancel.", y=math("y")),
        (
            moves.given(rf"{first},\quad {second}"),
            T("Add the equations: {line}", line=math(f"{total}x = {total * x}")),
            moves.divide_both(total, f"x = {x}"),
            T(
                "Put it into the first equation: {line}",
                line=math(f"{a * x} + {show((b, 'y'))} = {a * x + b * y}"),
            ),
            moves.so(f"y = {y}"),
            moves.so(f"(x, y) = {point(x, y)}"),
        ),
    )


def _system(first: str, second: str, at: tuple[int, int], step: Text, lines: tuple[Text, ...]) -> Draft:
    x, y = at
    return Draft(
        prompt=T(
            "Solve the system of equations {first} and {second}. Give the solution as a point {point}.",
            first=math(first),
            second=math(second),
            point=math("(x, y)"),
        ),
        answer=solution_pair(x, y),
        hints=(
            BOTH,
            T(
                "Make one equation with only one letter out of the two: by putting one into the other, or by "
                "adding them."
            ),
            step,
        ),
        solution=lines,
        wrong=slips(
            point(x, y),
            (point(y, x), "coordinate-swapped"),
            (point(x, -y), "sign-lost-in-second-value"),
            (point(-x, y), "sign-of-result-lost"),
        ),
    )


@template("8.EE.C.8", "story", level=3, difficulty=0.9, uses_interest=True)
def two_prices(rng: Generator, interest: str) -> Draft:
    x, y = distinct(rng, 2, 15, 2)
    a, b = between(rng, 2, 5), between(rng, 2, 5)
    more = between(rng, 1, 4)
    first, second = a * x + b * y, (a + more) * x + b * y
    return Draft(
        prompt=contexts.tell(
            rng, interest, stories_linear.TWO_PRICES, a=a, b=b, c=a + more, first=first, second=second
        ),
        answer=number_key(y, unit="$"),
        hints=(
            T("Choose a letter for each of the two prices and write an equation for each purchase."),
            T("Compare the two purchases: what is different, and what is the same?"),
            T(
                "Subtract {first} from {second}.",
                first=math(f"{show((a, 'x'), (b, 'y'))} = {first}"),
                second=math(f"{show((a + more, 'x'), (b, 'y'))} = {second}"),
            ),
        ),
        solution=(
            moves.given(rf"{show((a, 'x'), (b, 'y'))} = {first},\quad {show((a + more, 'x'), (b, 'y'))} = {second}"),
            T("Subtract the equations: {line}", line=math(f"{show((more, 'x'))} = {second - first}")),
            moves.so(f"x = {x}"),
            T("Put it into the first equation: {line}", line=math(f"{a * x} + {show((b, 'y'))} = {first}")),
            moves.so(f"y = {y}"),
        ),
        wrong=slips(
            y,
            (x, "other-unknown-given"),
            (second - first, "steps-first-only"),
            (Fraction(first, a + b), "prices-taken-as-equal"),
        ),
    )
