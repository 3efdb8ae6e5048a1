"""Grade 8: the Pythagorean theorem and distances in the plane (8.G.B.7, 8.G.B.8)."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, stories_linear
from headway.core.curriculum.generators.algebra import nonzero, paren, slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, number_key, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

TRIPLES = tuple(
    (k * a, k * b, k * c)
    for a, b, c in ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41), (12, 35, 37))
    for k in range(1, 8)
    if k * c <= 100
)
SMALL = tuple(t for t in TRIPLES if t[2] <= 30)
THEOREM = T(
    "In a right triangle, the squares of the legs add up to the square of the hypotenuse: {formula}.",
    formula=math("a^2 + b^2 = c^2"),
)


def legs(rng: Generator, triples: tuple[tuple[int, int, int], ...]) -> tuple[int, int, int]:
    """A triple with its legs in random order."""
    a, b, c = pick(rng, triples)
    return (a, b, c) if between(rng, 0, 1) else (b, a, c)


@template("8.G.B.7", "hypotenuse", level=1, difficulty=-0.3)
def hypotenuse(rng: Generator, interest: str) -> Draft:
    a, b, c = legs(rng, TRIPLES)
    return Draft(
        prompt=T(
            "The legs of a right triangle are {a} cm and {b} cm long. How many centimeters long is the hypotenuse?",
            a=a,
            b=b,
        ),
        answer=number_key(c, unit="cm"),
        hints=(
            T("Which side is the longest one in a right triangle?"),
            THEOREM,
            T("Add the squares of {a} and {b}, then take the square root.", a=a, b=b),
        ),
        solution=work(f"c^2 = {a}^2 + {b}^2", f"c^2 = {a * a} + {b * b}", f"c^2 = {c * c}", f"c = {c}"),
        wrong=slips(
            c, (a + b, "squares-not-used"), (c * c, "root-not-taken"), (Fraction(a * a + b * b, 2), "root-as-division")
        ),
    )


@template("8.G.B.7", "leg", level=2, difficulty=0.2)
def missing_leg(rng: Generator, interest: str) -> Draft:
    a, b, c = legs(rng, TRIPLES)
    return Draft(
        prompt=T(
            "The hypotenuse of a right triangle is {c} cm long and one leg {a} cm. How many centimeters long is "
            "the other leg?",
            a=a,
            c=c,
        ),
        answer=number_key(b, unit="cm"),
        hints=(
            T("Is the missing side the longest one or not?"),
            THEOREM,
            T("Subtract the square of {a} from the square of {c}, then take the square root.", a=a, c=c),
        ),
        solution=work(f"{a}^2 + b^2 = {c}^2", f"b^2 = {c * c} - {a * a}", f"b^2 = {b * b}", f"b = {b}"),
        wrong=slips(b, (c - a, "squares-not-used"), (b * b, "root-not-taken"), (c + a, "leg-hypotenuse-mixed")),
    )


@template("8.G.B.7", "walk", level=3, difficulty=0.7, uses_interest=True)
def short_cut(rng: Generator, interest: str) -> Draft:
    a, b, c = legs(rng, SMALL)
    return Draft(
        prompt=contexts.tell(rng, interest, stories_linear.SHORT_CUT, a=a * 10, b=b * 10),
        answer=number_key((a + b - c) * 10),
        hints=(
            T("Draw the way along the two sides, and the straight way. What kind of triangle is it?"),
            THEOREM,
            T("Find the straight way from {a} and {b}; then subtract it from the sum of the two.", a=a * 10, b=b * 10),
        ),
        solution=work(
            f"c^2 = {10 * a}^2 + {10 * b}^2",
            f"c^2 = {100 * c * c}",
            f"c = {10 * c}",
            f"{10 * a} + {10 * b} - {10 * c} = {(a + b - c) * 10}",
        ),
        wrong=slips(
            (a + b - c) * 10,
            (10 * c, "steps-first-only"),
            (10 * (a + b), "squares-not-used"),
            (10 * abs(a - b), "op-subtracted"),
        ),
    )


@template("8.G.B.8", "from-origin", level=1, difficulty=0.1)
def distance_from_origin(rng: Generator, interest: str) -> Draft:
    a, b, c = legs(rng, SMALL)
    x, y = a * pick(rng, (1, -1)), b * pick(rng, (1, -1))
    return _distance((0, 0), (x, y), c)


@template("8.G.B.8", "between", level=2, difficulty=0.5)
def distance_between(rng: Generator, interest: str) -> Draft:
    a, b, c = legs(rng, SMALL)
    x, y = nonzero(rng, -9, 9), nonzero(rng, -9, 9)
    return _distance((x, y), (x + a * pick(rng, (1, -1)), y + b * pick(rng, (1, -1))), c)


def _distance(p: tuple[int, int], q: tuple[int, int], c: int) -> Draft:
    dx, dy = q[0] - p[0], q[1] - p[1]
    return Draft(
        prompt=T(
            "How far apart are the points {first} and {second}?",
            first=math(f"({p[0]}, {p[1]})"),
            second=math(f"({q[0]}, {q[1]})"),
        ),
        answer=number_key(c),
        hints=(
            T("Draw a right triangle: go from one point to the other along the grid."),
            T("The changes of the two coordinates are the legs; the distance is the hypotenuse."),
            T(
                "Find {dx} and {dy}; then add their squares and take the root.",
                dx=math(f"{q[0]} - {paren(p[0])}"),
                dy=math(f"{q[1]} - {paren(p[1])}"),
            ),
        ),
        solution=work(
            f"d^2 = ({q[0]} - {paren(p[0])})^2 + ({q[1]} - {paren(p[1])})^2",
            f"d^2 = {dx * dx} + {dy * dy}",
            f"d^2 = {c * c}",
            f"d = {c}",
        ),
        wrong=slips(
            c,
            (abs(dx) + abs(dy), "coordinates-added"),
            (c * c, "root-not-taken"),
            (abs(abs(dx) - abs(dy)), "squares-not-used"),
        ),
    )


@template("8.G.B.8", "exact", level=3, difficulty=1.0)
def exact_distance(rng: Generator, interest: str) -> Draft:
    dx, dy = pick(
        rng, [(a, b) for a in range(1, 10) for b in range(1, 10) if isqrt(a * a + b * b) ** 2 != a * a + b * b]
    )
    x, y = nonzero(rng, -6, 6), nonzero(rng, -6, 6)
    right, up = dx * pick(rng, (1, -1)), dy * pick(rng, (1, -1))
    total = dx * dx + dy * dy
    p, q = (x, y), (x + right, y + up)
    key = f"sqrt({total})"
    return Draft(
        prompt=T(
            "How far apart are the points {first} and {second}? Give the exact answer with a square root.",
            first=math(f"({p[0]}, {p[1]})"),
            second=math(f"({q[0]}, {q[1]})"),
        ),
        answer=AnswerSpec("expression", (key,)),
        hints=(
            T("Draw a right triangle: go from one point to the other along the grid."),
            T("The changes of the two coordinates are the legs; the distance is the hypotenuse."),
            T(
                "Add the squares of {dx} and {dy} and write the root of the sum.",
                dx=math(f"{q[0]} - {paren(p[0])}"),
                dy=math(f"{q[1]} - {paren(p[1])}"),
            ),
        ),
        solution=work(
            f"d^2 = ({q[0]} - {paren(p[0])})^2 + ({q[1]} - {paren(p[1])})^2",
            f"d^2 = {dx * dx} + {dy * dy}",
            f"d^2 = {total}",
            rf"d = \sqrt{{{total}}}",
        ),
        wrong=slips(
            key,
            (str(dx + dy), "coordinates-added"),
            (str(total), "root-not-taken"),
            (f"sqrt({dx + dy})", "squares-not-used"),
        ),
    )
