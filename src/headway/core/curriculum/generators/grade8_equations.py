"""Grade 8: linear equations with the letter on both sides, and systems of two equations (8.EE.C)."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import linear, nonzero, options, show, signed, slips, solution
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, pick
from headway.core.text import T, math

BALANCE = T("Bring the terms with the letter to one side and the numbers to the other, doing the same to both sides.")
COUNT = T(
    "If the letters cancel, compare the numbers: a true statement means every number is a solution, a false one none."
)


@template("8.EE.C.7.a", "count", level=2, difficulty=0.3)
def count_solutions(rng: Generator, interest: str) -> Draft:
    a, b, kind = between(rng, 2, 9), nonzero(rng, -9, 9), between(rng, 0, 2)
    factor = between(rng, 2, 5)
    left = f"{factor}({show(*linear(a, b))})"
    c = factor * a + (nonzero(rng, -4, 4) if kind == 0 else 0)
    d = factor * b + (nonzero(rng, -9, 9) if kind == 1 else 0)
    return _how_many(rng, left, (factor * a, factor * b), (c, d))


@template("8.EE.C.7.a", "count-simple", level=1, difficulty=-0.2)
def count_simple(rng: Generator, interest: str) -> Draft:
    a, b, kind = nonzero(rng, -9, 9), nonzero(rng, -12, 12), between(rng, 0, 2)
    c = a if kind else nonzero(rng, -9, 9, but=(a,))
    d = nonzero(rng, -12, 12, but=(b,)) if kind == 1 else b if kind == 2 else nonzero(rng, -12, 12)
    return _how_many(rng, show(*linear(a, b)), (a, b), (c, d))


def _how_many(rng: Generator, left: str, first: tuple[int, int], second: tuple[int, int]) -> Draft:
    names = (T("Exactly one solution"), T("No solution"), T("Every number is a solution"))
    kind = 0 if first[0] != second[0] else 1 if first[1] != second[1] else 2
    slips_of = ("letter-taken-as-cancelled", "no-solution-taken-for-all", "all-solutions-taken-for-none")
    other = [(names[n], slips_of[kind] if n else "one-solution-expected") for n in range(3) if n != kind]
    spec, wrong = options(rng, names[kind], *other)
    (a, b), (c, d) = first, second
    line = f"{left} = {show(*linear(c, d))}"
    expanded = f"{show(*linear(a, b))} = {show(*linear(c, d))}"
    end = f"{show(*linear(a - c, b))} = {d}" if kind == 0 else f"{b} = {d}"
    return Draft(
        prompt=T("How many solutions does this equation have? {equation}", equation=math(line)),
        answer=spec,
        hints=(
            T("Make both sides as simple as you can. Then compare them."),
            COUNT,
            moves.move_first(c, "x"),
        ),
        solution=(
            moves.given(line),
            *((moves.distribute(expanded),) if line != expanded else ()),
            moves.move_term(c, "x", end),
            names[kind],
        ),
        wrong=wrong,
    )


@template("8.EE.C.7.a", "make-none", level=3, difficulty=0.9)
def make_none(rng: Generator, interest: str) -> Draft:
    factor, a, b = between(rng, 2, 6), between(rng, 2, 6), nonzero(rng, -9, 9)
    d = nonzero(rng, -20, 20, but=(factor * b,))
    left = f"{factor}({show(*linear(a, b))})"
    line = f"{left} = kx {signed(d)}"
    return Draft(
        prompt=T(
            "For which number {k} does the equation {equation} have no solution?", k=math("k"), equation=math(line)
        ),
        answer=solution(factor * a, "k"),
        hints=(
            T("Multiply out the left side first."),
            T("There is no solution when the letters cancel and different numbers are left over."),
            T(
                "The terms with {x} have to be equal on both sides: compare {left} with {right}.",
                x=math("x"),
                left=math(left),
                right=math("kx"),
            ),
        ),
        solution=(
            moves.given(line),
            moves.distribute(f"{show(*linear(factor * a, factor * b))} = kx {signed(d)}"),
            T("The terms with {x} cancel when {line}", x=math("x"), line=math(f"k = {factor * a}")),
        ),
        wrong=slips(
            factor * a,
            (a, "factor-not-distributed"),
            (-factor * a, "sign-lost-moving-terms"),
            (factor * b, "coefficient-constant-mixed"),
        ),
    )


@template("8.EE.C.7.b", "both-sides", level=1, difficulty=0.0)
def both_sides(rng: Generator, interest: str) -> Draft:
    x, a = nonzero(rng, -9, 12), nonzero(rng, -9, 9)
    c = nonzero(rng, -9, 9, but=(a, a - 1, a + 1))
    b = nonzero(rng, -20, 20)
    d = (a - c) * x + b
    line = f"{show(*linear(a, b))} = {show(*linear(c, d))}"
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math("x"), equation=math(line)),
        answer=solution(x),
        hints=(
            T("The letter stands on both sides. What can you do about that?"),
            BALANCE,
            moves.move_first(c, "x"),
        ),
        solution=(
            moves.given(line),
            moves.move_term(c, "x", f"{show(*linear(a - c, b))} = {d}"),
            moves.move_constant(b, f"{show((a - c, 'x'))} = {d - b}"),
            moves.divide_both(a - c, f"x = {x}"),
        ),
        wrong=slips(
            x,
            (Fraction(d - b, a + c) if a + c else -x, "sign-lost-moving-terms"),
            (Fraction(d + b, a - c), "inverse-not-used"),
            (-x, "sign-lost-dividing"),
        ),
    )


@template("8.EE.C.7.b", "parentheses", level=2, difficulty=0.6)
def both_sides_parentheses(rng: Generator, interest: str) -> Draft:
    x, p, q = nonzero(rng, -8, 10), pick(rng, (-5, -4, -3, -2, 2, 3, 4, 5, 6)), nonzero(rng, -9, 9)
    a = between(rng, 1, 3)
    c = nonzero(rng, -9, 9, but=(p * a, p * a - 1, p * a + 1))
    d = p * (a * x + q) - c * x
    line = f"{p}({show(*linear(a, q))}) = {show(*linear(c, d))}"
    left = p * a
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math("x"), equation=math(line)),
        answer=solution(x),
        hints=(
            T("What has to be done before like terms can be collected?"),
            BALANCE,
            T("Multiply both terms in the parentheses by {p}. Then collect the letters on one side.", p=math(str(p))),
        ),
        solution=(
            moves.given(line),
            moves.distribute(f"{show(*linear(left, p * q))} = {show(*linear(c, d))}"),
            moves.move_term(c, "x", f"{show(*linear(left - c, p * q))} = {d}"),
            moves.move_constant(p * q, f"{show((left - c, 'x'))} = {d - p * q}"),
            moves.divide_both(left - c, f"x = {x}"),
        ),
        wrong=slips(
            x,
            (Fraction(d - q, left - c), "distributes-to-first-only"),
            (Fraction(d + p * q, left - c), "sign-lost-distributing"),
            (Fraction(d - p * q, left + c) if left + c else -x, "sign-lost-moving-terms"),
        ),
    )


@template("8.EE.C.7.b", "fractions", level=3, difficulty=1.1)
def fraction_equation(rng: Generator, interest: str) -> Draft:
    m, n = pick(rng, ((2, 3), (2, 5), (3, 4), (3, 5), (4, 5), (4, 6), (2, 7), (3, 7)))
    common = lcm(m, n)
    x = common * nonzero(rng, -4, 6, but=(1,))
    b = nonzero(rng, -9, 9)
    d = x // m + b - x // n
    if d == 0:
        b, d = b + 1 or 2, x // m + (b + 1 or 2) - x // n
    line = (
        rf"\frac{{x}}{{{m}}} {signed(b)} = \frac{{x}}{{{n}}} {signed(d)}"
        if d
        else rf"\frac{{x}}{{{m}}} {signed(b)} = \frac{{x}}{{{n}}}"
    )
    left, right = linear(common // m, common * b), linear(common // n, common * d)
    gap = common // m - common // n
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math("x"), equation=math(line)),
        answer=solution(x),
        hints=(
            T("Can you get rid of the fractions first?"),
            T("Multiply both sides by a number that all denominators divide. Every term is multiplied."),
            T("Multiply both sides by {common}.", common=f"{m} × {n}" if common == m * n else common),
        ),
        solution=(
            moves.given(line),
            moves.multiply_both(common, f"{show(*left)} = {show(*right)}"),
            moves.subtract_both(show((common // n, "x")), f"{show(*linear(gap, common * b))} = {common * d}"),
            moves.move_constant(common * b, f"{show((gap, 'x'))} = {common * (d - b)}"),
            *((moves.divide_both(gap, f"x = {x}"),) if gap != 1 else ()),
        ),
        wrong=slips(
            x,
            (Fraction(d - b, gap), "multiplies-fractions-only"),
            (-x, "sign-lost-dividing"),
            (Fraction(common * (d + b), gap), "inverse-not-used"),
        ),
    )
