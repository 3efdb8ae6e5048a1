"""Algebra I: linear equations and inequalities, formulas, quadratic equations (HSA-REI.B.3, HSA-CED.A.4, "
"HSA-REI.B.4.b)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import expression, linear, nonzero, show, slips, solution, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

BALANCE = T("Bring the terms with the letter to one side and the numbers to the other, doing the same to both sides.")
FLIP = T("Multiplying or dividing an inequality by a negative number turns its sign around.")
ZERO = T("A product is zero exactly when one of its factors is zero.")
ISOLATE = T("Treat the other letters like numbers: undo what is done to the letter you want.")


@template("HSA-REI.B.3", "two-parentheses", level=1, difficulty=0.4)
def two_parentheses(rng: Generator, interest: str) -> Draft:
    p, q = pick(rng, [(p, q) for p in range(2, 8) for q in range(2, 8) if abs(p - q) > 1])
    k = nonzero(rng, -2, 3)
    x = nonzero(rng, -9, 12, but=(p * k, q * k))
    b, d = q * k - x, p * k - x
    line = f"{p}({show(*linear(1, b))}) = {q}({show(*linear(1, d))})"
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math("x"), equation=math(line)),
        answer=solution(x),
        hints=(
            T("What has to be done before the letters can be collected?"),
            BALANCE,
            T("Multiply out both sides: every term in the parentheses is multiplied."),
        ),
        solution=(
            moves.given(line),
            moves.distribute(f"{show(*linear(p, p * b))} = {show(*linear(q, q * d))}"),
            moves.move_term(q, "x", f"{show(*linear(p - q, p * b))} = {q * d}"),
            moves.move_constant(p * b, f"{show((p - q, 'x'))} = {q * d - p * b}"),
            moves.divide_both(p - q, f"x = {x}"),
        ),
        wrong=slips(
            x,
            (Fraction(d - b, p - q), "distributes-to-first-only"),
            (Fraction(q * d + p * b, p - q), "inverse-not-used"),
            (-x, "sign-lost-dividing"),
        ),
    )


SIGNS = (("<", "<", ">"), (">", ">", "<"), (r"\le", "<=", ">="), (r"\ge", ">=", "<="))
LATEX = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge"}


@template("HSA-REI.B.3", "inequality", level=2, difficulty=0.7)
def inequality_both_sides(rng: Generator, interest: str) -> Draft:
    x, a = nonzero(rng, -9, 10), nonzero(rng, -7, 7)
    c = nonzero(rng, -7, 7, but=(a, a - 1, a + 1))
    b = nonzero(rng, -15, 15)
    d = (a - c) * x + b
    latex, sign, turned = pick(rng, SIGNS)
    end = turned if a < c else sign
    line = f"{show(*linear(a, b))} {latex} {show(*linear(c, d))}"
    key, last = f"x{end}{x}", f"x {LATEX[end]} {x}"
    divide = moves.divide_flipping if a < c else moves.divide_both
    opposite = turned if end == sign else sign
    return Draft(
        prompt=T("Solve the inequality for {letter}: {inequality}", letter=math("x"), inequality=math(line)),
        answer=AnswerSpec("inequality", (key,), variables=("x",)),
        hints=(T("Collect the letters on one side first, as in an equation."), FLIP, moves.move_first(c, "x")),
        solution=(
            moves.given(line),
            moves.move_term(c, "x", f"{show(*linear(a - c, b))} {latex} {d}"),
            moves.move_constant(b, f"{show((a - c, 'x'))} {latex} {d - b}"),
            divide(a - c, last),
        ),
        wrong=slips(
            key,
            (f"x{opposite}{x}", "inequality-not-flipped" if a < c else "inequality-turned-around"),
            (f"x{end}{-x}", "sign-lost-dividing"),
            (f"x={x}", "inequality-as-equation"),
        ),
    )


@template("HSA-REI.B.3", "between", level=3, difficulty=1.0)
def between_two(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 2, 6), nonzero(rng, -12, 12)
    low = between(rng, -9, 6)
    high = low + between(rng, 2, 9)
    line = rf"{a * low + b} < {show(*linear(a, b))} \le {a * high + b}"
    key = f"({low}, {high}]"
    return Draft(
        prompt=T("Solve {inequality} and write the solutions as an interval.", inequality=math(line)),
        answer=AnswerSpec("interval", (key,), variables=("x",)),
        hints=(
            T("There are two inequalities in one. What is done to one part has to be done to all three."),
            T("A round bracket leaves the end out, a square bracket includes it."),
            T("Subtract {b} from all three parts, then divide by {a}.", b=b, a=a)
            if b > 0
            else T("Add {b} to all three parts, then divide by {a}.", b=-b, a=a),
        ),
        solution=work(
            line, rf"{a * low} < {show((a, 'x'))} \le {a * high}", rf"{low} < x \le {high}", f"x \\in ({low}, {high}]"
        ),
        wrong=slips(
            key,
            (f"[{low}, {high})", "boundary-misjudged"),
            (f"({low}, {high})", "boundary-misjudged"),
            (f"({a * low}, {a * high}]", "steps-last-dropped"),
        ),
    )


@template("HSA-CED.A.4", "product", level=1, difficulty=0.3)
def formula_product(rng: Generator, interest: str) -> Draft:
    left, first, second = pick(
        rng, (("A", "b", "h"), ("d", "r", "t"), ("F", "m", "a"), ("V", "B", "h"), ("I", "p", "r"), ("W", "F", "s"))
    )
    n = pick(rng, (1, 2, 3, 4, 5, 6, 8, 10))
    wanted, other = (first, second) if between(rng, 0, 1) else (second, first)
    factor = str(n) if n > 1 else ""
    line = f"{left} = {factor}{first}{second}"
    key = f"{left}/({factor}{other})" if n > 1 else f"{left}/{other}"
    shown = rf"\frac{{{left}}}{{{factor}{other}}}"
    return Draft(
        prompt=T(
            "Solve the formula {formula} for {letter}. Write only the expression that {letter} is equal to.",
            formula=math(line),
            letter=math(wanted),
        ),
        answer=expression(key, variables="".join(sorted({left, other}))),
        hints=(
            T("What is done to {letter} in this formula?", letter=math(wanted)),
            ISOLATE,
            T("Divide both sides by {factor}.", factor=math(f"{factor}{other}")),
        ),
        solution=work(line, f"{wanted} = {shown}"),
        wrong=slips(
            key,
            (f"{factor}{left}{other}", "inverse-not-used"),
            (f"{left}-{factor}{other}", "inverse-subtracts-instead"),
            (f"{factor}{other}/{left}", "division-turned-around"),
        ),
    )


@template("HSA-CED.A.4", "linear", level=2, difficulty=0.7)
def formula_linear(rng: Generator, interest: str) -> Draft:
    a, b = nonzero(rng, -9, 9, but=(1, -1)), between(rng, 2, 9)
    c = between(rng, 2, 30)
    line = f"{show((a, 'x'), (b, 'y'))} = {c}"
    key = f"({c}{'-' if a > 0 else '+'}{abs(a)}x)/{b}"
    return Draft(
        prompt=T(
            "Solve {equation} for {letter}. Write only the expression that {letter} is equal to.",
            equation=math(line),
            letter=math("y"),
        ),
        answer=expression(key),
        hints=(
            T("Which term has to go to the other side?"),
            ISOLATE,
            moves.move_first(a, "x"),
        ),
        solution=work(
            line,
            f"{show((b, 'y'))} = {c} {'-' if a > 0 else '+'} {show((abs(a), 'x'))}",
            rf"y = \frac{{{c} {'-' if a > 0 else '+'} {show((abs(a), 'x'))}}}{{{b}}}",
        ),
        wrong=slips(
            key,
            (f"({c}{'+' if a > 0 else '-'}{abs(a)}x)/{b}", "sign-lost-moving-terms"),
            (f"{c}{'-' if a > 0 else '+'}{abs(a)}x", "steps-last-dropped"),
            (f"{c}/{b}{'-' if a > 0 else '+'}{abs(a)}x", "divides-one-term-only"),
        ),
    )


@template("HSA-CED.A.4", "perimeter", level=3, difficulty=1.1)
def formula_sum(rng: Generator, interest: str) -> Draft:
    left, first, second = pick(rng, (("P", "l", "w"), ("S", "a", "b"), ("T", "m", "n"), ("C", "p", "q")))
    n, m = distinct(rng, 2, 9, 2)
    wanted, other, w, o = (first, second, n, m) if between(rng, 0, 1) else (second, first, m, n)
    line = f"{left} = {show((n, first), (m, second))}"
    key = f"({left}-{o}{other})/{w}"
    return Draft(
        prompt=T(
            "Solve the formula {formula} for {letter}. Write only the expression that {letter} is equal to.",
            formula=math(line),
            letter=math(wanted),
        ),
        answer=expression(key, variables="".join(sorted({left, other}))),
        hints=(
            T("What is added to the term with {letter}?", letter=math(wanted)),
            ISOLATE,
            T("Subtract {term} from both sides, then divide by {number}.", term=math(f"{o}{other}"), number=w),
        ),
        solution=work(line, f"{left} - {o}{other} = {w}{wanted}", rf"{wanted} = \frac{{{left} - {o}{other}}}{{{w}}}"),
        wrong=slips(
            key,
            (f"({left}+{o}{other})/{w}", "sign-lost-moving-terms"),
            (f"{left}/{w}-{o}{other}", "divides-one-term-only"),
            (f"{left}-{o}{other}", "steps-last-dropped"),
        ),
    )
