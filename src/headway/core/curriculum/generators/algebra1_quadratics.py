"""Algebra I: quadratic equations (HSA-REI.B.4.b) and equations from stories (HSA-CED.A.1)."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, moves, stories_linear
from headway.core.curriculum.generators.algebra import (
    linear,
    nonzero,
    paren,
    poly,
    show,
    signed,
    slips,
    tex,
    typed_set,
    work,
)
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, number_key, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

ZERO = T("A product is zero exactly when one of its factors is zero.")
TWO_ROOTS = T("Every positive number has two square roots: one positive, one negative.")
FORMULA = T(
    "For {equation} the solutions are {formula}.",
    equation=math("ax^2 + bx + c = 0"),
    formula=math(r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}"),
)


@template("HSA-REI.B.4.b", "roots", level=1, difficulty=0.4)
def by_roots(rng: Generator, interest: str) -> Draft:
    shift, root = nonzero(rng, -9, 9), between(rng, 1, 12)
    line = f"(x {signed(-shift)})^2 = {root * root}"
    low, high = shift - root, shift + root
    return Draft(
        prompt=T("Find all solutions of {equation}.", equation=math(line)),
        answer=AnswerSpec("set", (typed_set((low, high)),), variables=("x",)),
        hints=(
            T("What is squared here?"),
            TWO_ROOTS,
            T("Take the roots of {number}: there are two equations to solve.", number=root * root),
        ),
        solution=work(
            line, rf"x {signed(-shift)} = \pm {root}", rf"x = {shift} \pm {root}", rf"x \in \{{{low}, {high}\}}"
        ),
        wrong=slips(
            typed_set((low, high)),
            (typed_set((high,)), "negative-root-forgotten"),
            (typed_set((-high, -low)), "sign-lost-moving-terms"),
            (typed_set((shift - root * root, shift + root * root)), "root-not-taken"),
        ),
    )


@template("HSA-REI.B.4.b", "factoring", level=2, difficulty=0.8)
def by_factoring(rng: Generator, interest: str) -> Draft:
    p, q = distinct(rng, -9, 9, 2)
    if p == -q or 0 in (p, q):
        return by_factoring(rng, interest)
    low, high = sorted((p, q))
    moved = nonzero(rng, -12, 12)
    line = f"{show(*poly(1, -(p + q), p * q + moved))} = {moved}"
    factors = f"({show(*linear(1, -low))})({show(*linear(1, -high))})"
    return Draft(
        prompt=T("Find all solutions of {equation}.", equation=math(line)),
        answer=AnswerSpec("set", (typed_set((low, high)),), variables=("x",)),
        hints=(
            T("Bring everything to one side so that the other side is zero."),
            ZERO,
            T("Subtract {number} from both sides, then factor.", number=moved)
            if moved > 0
            else T("Add {number} to both sides, then factor.", number=-moved),
        ),
        solution=(
            moves.given(line),
            moves.move_constant(moved, f"{show(*poly(1, -(p + q), p * q))} = 0"),
            moves.factor(f"{factors} = 0"),
            T("One factor must be zero: {line}", line=math(rf"x \in \{{{low}, {high}\}}")),
        ),
        wrong=slips(
            typed_set((low, high)),
            (typed_set((-high, -low)), "sign-lost-factoring"),
            (typed_set((low,)), "second-solution-forgotten"),
            (typed_set(sorted((low + moved, high + moved))), "zero-product-misused"),
        ),
    )


@template("HSA-REI.B.4.b", "formula", level=3, difficulty=1.4)
def by_formula(rng: Generator, interest: str) -> Draft:
    a, low = pick(rng, (2, 3, 4, 5)), nonzero(rng, -6, 6)
    top = nonzero(rng, -9, 9)
    other = Fraction(top, a)
    if other.denominator != a or other == low:
        return by_formula(rng, interest)
    b, c = -(a * low + top), low * top
    if b == 0:
        return by_formula(rng, interest)
    disc = b * b - 4 * a * c
    root = isqrt(disc)
    pair = sorted((Fraction(low), other))
    line = f"{show(*poly(a, b, c))} = 0"
    both = ", ".join(tex(v) for v in pair)
    return Draft(
        prompt=T("Find all solutions of {equation}. Fractions are fine.", equation=math(line)),
        answer=AnswerSpec("set", (typed_set(pair),), variables=("x",)),
        hints=(
            T(
                "Which numbers are {a}, {b} and {c} in the quadratic formula? Mind the signs.",
                a=math("a"),
                b=math("b"),
                c=math("c"),
            ),
            FORMULA,
            T("Work out {discriminant} first.", discriminant=math(rf"{paren(b)}^2 - 4 \cdot {a} \cdot {paren(c)}")),
        ),
        solution=work(
            line,
            rf"b^2 - 4ac = {paren(b)}^2 - 4 \cdot {a} \cdot {paren(c)} = {disc}",
            rf"x = \frac{{{-b} \pm {root}}}{{{2 * a}}}",
            rf"x \in \left\{{{both}\right\}}",
        ),
        wrong=slips(
            typed_set(pair),
            (typed_set(sorted((-pair[0], -pair[1]))), "sign-lost-in-formula"),
            (typed_set(sorted((Fraction(-b - root, 2), Fraction(-b + root, 2)))), "formula-divisor-wrong"),
            (typed_set((max(pair),)), "second-solution-forgotten"),
        ),
    )


@template("HSA-CED.A.1", "equation", level=1, difficulty=0.2, uses_interest=True)
def cost_reached(rng: Generator, interest: str) -> Draft:
    fee, each, n = between(rng, 5, 60), between(rng, 3, 25), between(rng, 3, 20)
    total = fee + each * n
    return Draft(
        prompt=contexts.tell(rng, interest, stories_linear.HOW_MANY_PAID, fee=fee, each=each, total=total),
        answer=number_key(n),
        hints=(
            T("Choose a letter for the number you are looking for."),
            T("The amount paid once and the amount paid for each one make up the total."),
            T("Solve {equation}.", equation=math(f"{fee} + {each}n = {total}")),
        ),
        solution=(
            moves.given(f"{fee} + {each}n = {total}"),
            moves.subtract_both(fee, f"{each}n = {total - fee}"),
            moves.divide_both(each, f"n = {n}"),
        ),
        wrong=slips(
            n,
            (Fraction(total, each), "steps-last-dropped"),
            (Fraction(total + fee, each), "inverse-not-used"),
            (Fraction(total, fee + each), "fee-taken-each-time"),
        ),
    )


@template("HSA-CED.A.1", "two-plans", level=2, difficulty=0.8, uses_interest=True)
def two_plans(rng: Generator, interest: str) -> Draft:
    n = between(rng, 3, 15)
    low, more = between(rng, 2, 10), between(rng, 2, 8)
    high = low + more
    cheap = between(rng, 0, 20)
    dear = cheap + more * n
    if cheap == 0:
        cheap, dear = 5, 5 + more * n
    first, second = f"{dear} + {low}n", f"{cheap} + {high}n"
    return Draft(
        prompt=contexts.tell(rng, interest, stories_linear.TWO_PLANS, fee=dear, each=low, fee2=cheap, each2=high),
        answer=number_key(n),
        hints=(
            T("Write an expression for the cost of each plan."),
            T("'The same cost' means that the two expressions are equal."),
            T("Solve {equation}.", equation=math(f"{first} = {second}")),
        ),
        solution=(
            moves.given(f"{first} = {second}"),
            moves.subtract_both(show((low, "n")), f"{dear} = {cheap} + {more}n"),
            moves.subtract_both(cheap, f"{dear - cheap} = {more}n"),
            moves.divide_both(more, f"n = {n}"),
        ),
        wrong=slips(
            n,
            (Fraction(dear + cheap, low + high), "sign-lost-moving-terms"),
            (dear - cheap, "steps-first-only"),
            (Fraction(dear - cheap, high), "divides-one-term-only"),
        ),
    )


@template("HSA-CED.A.1", "rectangle", level=3, difficulty=1.2)
def rectangle(rng: Generator, interest: str) -> Draft:
    width, more = between(rng, 3, 15), between(rng, 2, 9)
    area = width * (width + more)
    return Draft(
        prompt=T(
            "A rectangular garden is {more} feet longer than it is wide. Its area is {area} square feet. How many "
            "feet wide is it?",
            more=more,
            area=area,
        ),
        answer=number_key(width, unit="ft"),
        hints=(
            T("Choose a letter for the width. What is the length then?"),
            T("Width times length is the area. That gives a quadratic equation; bring it to zero and factor."),
            T(
                "Factor {expression}; only one of the solutions can be a width.",
                expression=math(show(*poly(1, more, -area, var="w"))),
            ),
        ),
        solution=(
            moves.given(f"w(w + {more}) = {area}"),
            moves.distribute(f"{show(*poly(1, more, 0, var='w'))} = {area}"),
            moves.subtract_both(area, f"{show(*poly(1, more, -area, var='w'))} = 0"),
            moves.factor(f"(w - {width})(w + {width + more}) = 0"),
            T("A width is positive: {line}", line=math(f"w = {width}")),
        ),
        wrong=slips(
            width,
            (width + more, "other-unknown-given"),
            (Fraction(area, more), "product-as-sum"),
            (Fraction(area - more, 2), "area-perimeter-mixed"),
        ),
    )
