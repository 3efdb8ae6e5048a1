"""Grade 6: solutions and one-step equations (6.EE.B.5, 6.EE.B.7)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import linear, show, slips, solution, typed_set
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

TRUE = T("A solution is a number that makes both sides equal when it is put in for the letter.")
BALANCE = T("An equation stays true when you do the same thing to both sides.")


@template("6.EE.B.5", "which", level=1, difficulty=-1.0)
def which_solves(rng: Generator, interest: str) -> Draft:
    values = sorted(distinct(rng, 2, 12, 4))
    x, a, b = pick(rng, values), between(rng, 2, 9), between(rng, 1, 15)
    var = pick(rng, "xyn")
    line = f"{show(*linear(a, b, var))} = {a * x + b}"
    near = [v for v in values if v != x]
    return Draft(
        prompt=T(
            "Which of the numbers {numbers} is a solution of {equation}?",
            numbers=math(", ".join(map(str, values))),
            equation=math(line),
        ),
        answer=solution(x, var),
        hints=(
            T("You do not have to solve the equation: you can test the numbers."),
            TRUE,
            T(
                "Put each number in for {letter}: multiply it by {a}, add {b}, and compare with {total}.",
                letter=math(var),
                a=a,
                b=b,
                total=a * x + b,
            ),
        ),
        solution=(
            moves.given(line),
            T(
                "Put {value} in for {letter}: {line}",
                value=x,
                letter=math(var),
                line=math(rf"{a} \cdot {x} + {b} = {a * x + b}"),
            ),
            T("The other numbers do not make the sides equal, so {line}", line=math(f"{var} = {x}")),
        ),
        wrong=slips(x, *((v, "solution-not-checked") for v in near)),
    )


@template("6.EE.B.5", "inequality", level=2, difficulty=-0.2)
def which_make_true(rng: Generator, interest: str) -> Draft:
    values = sorted(distinct(rng, 1, 15, 5))
    a, b, cut = between(rng, 2, 6), between(rng, 1, 12), pick(rng, values[2:4])
    strict, var = between(rng, 0, 1) == 1, pick(rng, "xyn")
    total = a * cut + b
    line = f"{show(*linear(a, b, var))} {'<' if strict else chr(92) + 'le'} {total}"
    right = [v for v in values if v < cut or (v == cut and not strict)]
    other = [v for v in values if v < cut or (v == cut and strict)]
    return Draft(
        prompt=T(
            "Which of the numbers {numbers} make {inequality} true? Write all of them.",
            numbers=math(", ".join(map(str, values))),
            inequality=math(line),
        ),
        answer=AnswerSpec("set", (typed_set(right),)),
        hints=(
            T("More than one number can make an inequality true."),
            T("Put in the numbers one by one. What happens when both sides are equal?"),
            T("Multiply each number by {a}, add {b}, and compare with {total}.", a=a, b=b, total=total),
        ),
        solution=(
            *(T("For {value}: {line}", value=v, line=math(rf"{a} \cdot {v} + {b} = {a * v + b}")) for v in values),
            T("Those that fit are {numbers}.", numbers=math(r"\{" + ", ".join(map(str, right)) + r"\}")),
        ),
        wrong=slips(
            typed_set(right),
            (typed_set(other), "boundary-misjudged"),
            (typed_set([v for v in values if v not in right]), "inequality-turned-around"),
        ),
    )


@template("6.EE.B.5", "both-sides", level=3, difficulty=0.5)
def which_solves_both_sides(rng: Generator, interest: str) -> Draft:
    values = sorted(distinct(rng, 2, 12, 4))
    x, c = pick(rng, values), between(rng, 2, 5)
    a = c + between(rng, 1, 4)
    d = between(rng, 1, 9)
    b = (a - c) * x + d
    line = f"{show(*linear(a, d))} = {show(*linear(c, b))}"
    near = [v for v in values if v != x]
    return Draft(
        prompt=T(
            "Which of the numbers {numbers} is a solution of {equation}?",
            numbers=math(", ".join(map(str, values))),
            equation=math(line),
        ),
        answer=solution(x),
        hints=(
            T("The letter stands on both sides: it is the same number both times."),
            TRUE,
            T("Work out the left side and the right side for each number until they are equal."),
        ),
        solution=(
            moves.given(line),
            T("For {value} the left side is {line}", value=x, line=math(rf"{a} \cdot {x} + {d} = {a * x + d}")),
            T("For {value} the right side is {line}", value=x, line=math(rf"{c} \cdot {x} + {b} = {c * x + b}")),
            T("Both sides are equal, so {line}", line=math(f"x = {x}")),
        ),
        wrong=slips(x, *((v, "solution-not-checked") for v in near)),
    )


@template("6.EE.B.7", "add", level=1, difficulty=-1.2)
def solve_add(rng: Generator, interest: str) -> Draft:
    x, a = between(rng, 2, 60), between(rng, 3, 60)
    var, minus = pick(rng, "xyn"), between(rng, 0, 1) == 1
    x += a if minus else 0
    total = x - a if minus else x + a
    line = f"{var} {'-' if minus else '+'} {a} = {total}"
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math(var), equation=math(line)),
        answer=solution(x, var),
        hints=(
            T("What is done to {letter} in this equation?", letter=math(var)),
            BALANCE,
            T("Add {a} to both sides.", a=a) if minus else T("Subtract {a} from both sides.", a=a),
        ),
        solution=(
            moves.given(line),
            moves.move_constant(-a if minus else a, f"{var} = {total} {'+' if minus else '-'} {a}"),
            moves.so(f"{var} = {x}"),
        ),
        wrong=slips(x, (total - a if minus else total + a, "inverse-not-used"), (total, "equation-number-copied")),
    )


@template("6.EE.B.7", "multiply", level=2, difficulty=-0.6)
def solve_multiply(rng: Generator, interest: str) -> Draft:
    a, x = between(rng, 2, 12), between(rng, 2, 15)
    var, divided = pick(rng, "xyn"), between(rng, 0, 1) == 1
    if divided:
        key, total, line = a * x, x, rf"\frac{{{var}}}{{{a}}} = {x}"
    else:
        key, total, line = x, a * x, f"{a}{var} = {a * x}"
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math(var), equation=math(line)),
        answer=solution(key, var),
        hints=(
            T("Is {letter} multiplied or divided by {a} here?", letter=math(var), a=a),
            T("Multiplying and dividing undo each other. Whatever you do, do it to both sides."),
            T("Multiply both sides by {a}.", a=a) if divided else T("Divide both sides by {a}.", a=a),
        ),
        solution=(
            moves.given(line),
            moves.multiply_both(a, rf"{var} = {x} \cdot {a}")
            if divided
            else moves.divide_both(a, rf"{var} = \frac{{{a * x}}}{{{a}}}"),
            moves.so(f"{var} = {key}"),
        ),
        wrong=slips(
            key,
            (Fraction(total, a) if divided else total * a, "inverse-not-used"),
            (total + a if divided else total - a, "inverse-subtracts-instead"),
        ),
    )


@template("6.EE.B.7", "fraction", level=3, difficulty=0.6)
def solve_fraction(rng: Generator, interest: str) -> Draft:
    top, bottom = pick(rng, PARTS)
    times = between(rng, 2, 12)
    x, right, var = bottom * times, top * times, pick(rng, "xyn")
    line = rf"\frac{{{top}}}{{{bottom}}}{var} = {right}"
    flipped = rf"\frac{{{bottom}}}{{{top}}}"
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math(var), equation=math(line)),
        answer=solution(x, var),
        hints=(
            T("{letter} is multiplied by a fraction. What undoes that?", letter=math(var)),
            T("A fraction times its reciprocal is {one}.", one=math("1")) if x != 1 else BALANCE,
            T("Multiply both sides by {reciprocal}.", reciprocal=math(flipped)),
        ),
        solution=(
            moves.given(line),
            moves.multiply_both(flipped, rf"{var} = {right} \cdot {flipped}"),
            moves.so(f"{var} = {x}"),
        ),
        wrong=slips(
            x,
            (Fraction(right * top, bottom), "inverse-not-used"),
            (right * bottom, "numerator-ignored"),
            (times, "denominator-ignored"),
        ),
    )


PARTS = tuple((t, b) for b in range(2, 10) for t in range(2, b) if gcd(t, b) == 1)
