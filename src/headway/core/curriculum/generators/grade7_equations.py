"""Grade 7: linear expressions, two-step equations and inequalities (7.EE.A.1, 7.EE.B.4)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, moves, stories_linear
from headway.core.curriculum.generators.algebra import (
    expression,
    linear,
    nonzero,
    plain,
    show,
    signed,
    slips,
    solution,
    tex,
    work,
)
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, number_key, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

BALANCE = T("Undo the operations in the reverse order, and do the same to both sides.")
LIKE = T("Only like terms can be put together: terms with the same letter, or numbers alone.")
FLIP = T("Multiplying or dividing an inequality by a negative number turns its sign around.")


@template("7.EE.A.1", "collect", level=1, difficulty=-0.6)
def collect_terms(rng: Generator, interest: str) -> Draft:
    a, c = nonzero(rng, -9, 9), nonzero(rng, -9, 9)
    b = nonzero(rng, -12, 12)
    d = nonzero(rng, -12, 12, but=(-b,))
    if a + c == 0:
        c += 1 if c != -1 else 2
    var = pick(rng, "xyn")
    line = show((a, var), (b, ""), (c, var), (d, ""))
    key = plain(*linear(a + c, b + d, var))
    return Draft(
        prompt=T("Combine like terms: {expression}", expression=math(line)),
        answer=expression(key, variables=var, form="expanded"),
        hints=(
            T("Which terms have the letter {letter}, and which do not?", letter=math(var)),
            LIKE,
            T(
                "Add {first} and {second}; then add {third} and {fourth}.",
                first=math(show((a, var))),
                second=math(show((c, var))),
                third=math(str(b)),
                fourth=math(str(d)),
            ),
        ),
        solution=work(line, show((a, var), (c, var), (b, ""), (d, "")), show(*linear(a + c, b + d, var))),
        wrong=slips(
            key,
            (plain((a + b + c + d, var)), "unlike-terms-combined"),
            (plain(*linear(a + abs(c), b + abs(d), var)), "sign-of-term-lost"),
            (plain((a + c, f"{var}^2"), (b + d, "")), "like-terms-as-power"),
        ),
    )


@template("7.EE.A.1", "minus-parentheses", level=2, difficulty=0.3)
def minus_parentheses(rng: Generator, interest: str) -> Draft:
    a, b, c, d = between(rng, 6, 15), between(rng, 2, 5), between(rng, 1, 4), nonzero(rng, -9, 9)
    var = pick(rng, "xyn")
    inside = linear(c, d, var)
    line = f"{show((a, var))} - {b}({show(*inside)})"
    left = a - b * c
    if left in (0, 1, -1):
        return minus_parentheses(rng, interest)
    key = plain(*linear(left, -b * d, var))
    return Draft(
        prompt=T("Multiply out and combine like terms: {expression}", expression=math(line)),
        answer=expression(key, variables=var, form="expanded"),
        hints=(
            T("What number multiplies the parentheses? Look at its sign."),
            T("A negative factor changes the sign of every term in the parentheses."),
            T(
                "Multiply {first} and {second} by {factor}; then combine like terms.",
                first=math(show((c, var))),
                second=math(str(d)),
                factor=math(f"-{b}"),
            ),
        ),
        solution=work(line, show((a, var), (-b * c, var), (-b * d, "")), show(*linear(left, -b * d, var))),
        wrong=slips(
            key,
            (plain(*linear(left, b * d, var)), "sign-lost-distributing"),
            (plain(*linear(left, d, var)), "distributes-to-first-only"),
            (plain(*linear((a - b) * c, (a - b) * d, var)), "parentheses-misplaced"),
        ),
    )


@template("7.EE.A.1", "fractions", level=3, difficulty=0.8)
def fraction_coefficients(rng: Generator, interest: str) -> Draft:
    bottom = between(rng, 2, 6)
    b, c = between(rng, 1, 6), nonzero(rng, -6, 6)
    d = nonzero(rng, -9, 9, but=(-c,))
    e = nonzero(rng, -6, 6, but=(-b,))
    var = pick(rng, "xyn")
    inner = show(*linear(bottom * b, bottom * c, var))
    line = rf"\frac{{1}}{{{bottom}}}({inner}) {'+' if e > 0 else '-'} {show((abs(e), var))} {signed(d)}"
    key = plain(*linear(b + e, c + d, var))
    return Draft(
        prompt=T("Multiply out and combine like terms: {expression}", expression=math(line)),
        answer=expression(key, variables=var, form="expanded"),
        hints=(
            T(
                "Multiplying by {fraction} is the same as dividing by {bottom}.",
                fraction=math(rf"\frac{{1}}{{{bottom}}}"),
                bottom=bottom,
            ),
            LIKE,
            T(
                "Divide both {first} and {second} by {bottom}; then combine like terms.",
                first=math(show((bottom * b, var))),
                second=math(str(bottom * c)),
                bottom=bottom,
            ),
        ),
        solution=work(line, show((b, var), (c, ""), (e, var), (d, "")), show(*linear(b + e, c + d, var))),
        wrong=slips(
            key,
            (plain(*linear(b + e, bottom * c + d, var)), "distributes-to-first-only"),
            (plain(*linear(bottom * b + e, bottom * c + d, var)), "factor-not-divided-out"),
            (plain((b + e + c + d, var)), "unlike-terms-combined"),
        ),
    )


@template("7.EE.B.4.a", "two-step", level=1, difficulty=-0.5)
def two_step(rng: Generator, interest: str) -> Draft:
    a, x, b = between(rng, 2, 9), nonzero(rng, -9, 12), nonzero(rng, -20, 20)
    return _two_steps(a, x, b, pick(rng, "xyn"))


@template("7.EE.B.4.a", "negative", level=2, difficulty=0.1)
def two_step_negative(rng: Generator, interest: str) -> Draft:
    a, x, b = -between(rng, 2, 9), nonzero(rng, -9, 12), nonzero(rng, -20, 20)
    return _two_steps(a, x, b, pick(rng, "xyn"))


def _two_steps(a: int, x: int, b: int, var: str) -> Draft:
    c = a * x + b
    line = f"{show(*linear(a, b, var))} = {c}"
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math(var), equation=math(line)),
        answer=solution(x, var),
        hints=(
            T("What is done to {letter}: first, and then?", letter=math(var)),
            BALANCE,
            T("Subtract {b} from both sides, then divide by {a}.", b=math(str(b)), a=math(str(a)))
            if b > 0
            else T("Add {b} to both sides, then divide by {a}.", b=math(str(-b)), a=math(str(a))),
        ),
        solution=(
            moves.given(line),
            moves.move_constant(b, f"{show((a, var))} = {c - b}"),
            moves.divide_both(a, f"{var} = {x}"),
        ),
        wrong=slips(
            x,
            (-x, "sign-lost-dividing"),
            (Fraction(c + b, a), "inverse-not-used"),
            (c - b - a, "inverse-subtracts-instead"),
            (Fraction(c, a) - b, "divides-one-term-only"),
        ),
    )


@template("7.EE.B.4.a", "parentheses", level=3, difficulty=0.6)
def with_parentheses(rng: Generator, interest: str) -> Draft:
    p, x, q = nonzero(rng, -9, 9, but=(1, -1)), nonzero(rng, -9, 12), nonzero(rng, -12, 12)
    if x + q == 0:
        q = q + 1 if q != -1 else 2
    r, var = p * (x + q), pick(rng, "xyn")
    line = f"{p}({show(*linear(1, q, var))}) = {r}"
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math(var), equation=math(line)),
        answer=solution(x, var),
        hints=(
            T("You can multiply out, or undo the factor in front first. Which is shorter?"),
            BALANCE,
            T("Divide both sides by {p}; then look at what is left in the parentheses.", p=math(str(p))),
        ),
        solution=(
            moves.given(line),
            moves.divide_both(p, f"{show(*linear(1, q, var))} = {x + q}"),
            moves.move_constant(q, f"{var} = {x}"),
        ),
        wrong=slips(
            x,
            (Fraction(r - q, p), "distributes-to-first-only"),
            (x + 2 * q, "inverse-not-used"),
            (-x, "sign-lost-dividing"),
            (r - p - q, "inverse-subtracts-instead"),
        ),
    )


SIGNS = (("<", "<"), (">", ">"), (r"\le", "<="), (r"\ge", ">="))
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
LATEX = {typed: latex for latex, typed in SIGNS}


@template("7.EE.B.4.b", "positive", level=1, difficulty=-0.1)
def inequality_positive(rng: Generator, interest: str) -> Draft:
    return _inequality(
        between(rng, 2, 9), nonzero(rng, -9, 12), nonzero(rng, -20, 20), pick(rng, SIGNS)[1], pick(rng, "xyn")
    )


@template("7.EE.B.4.b", "negative", level=2, difficulty=0.6)
def inequality_negative(rng: Generator, interest: str) -> Draft:
    return _inequality(
        -between(rng, 2, 9), nonzero(rng, -9, 12), nonzero(rng, -20, 20), pick(rng, SIGNS)[1], pick(rng, "xyn")
    )


def _inequality(a: int, x: int, b: int, sign: str, var: str) -> Draft:
    c, end = a * x + b, TURNED[sign] if a < 0 else sign
    line = f"{show(*linear(a, b, var))} {LATEX[sign]} {c}"
    key, last = f"{var}{end}{x}", f"{var} {LATEX[end]} {x}"
    divide = moves.divide_flipping if a < 0 else moves.divide_both
    return Draft(
        prompt=T("Solve the inequality for {letter}: {inequality}", letter=math(var), inequality=math(line)),
        answer=AnswerSpec("inequality", (key,), variables=(var,)),
        hints=(
            T("Solve it like an equation, and keep an eye on the sign in the middle."),
            FLIP if a < 0 else BALANCE,
            T("Subtract {b} from both sides, then divide by {a}.", b=math(str(b)), a=math(str(a)))
            if b > 0
            else T("Add {b} to both sides, then divide by {a}.", b=math(str(-b)), a=math(str(a))),
        ),
        solution=(
            moves.given(line),
            moves.move_constant(b, f"{show((a, var))} {LATEX[sign]} {c - b}"),
            divide(a, last),
        ),
        wrong=slips(
            key,
            (f"{var}{TURNED[end]}{x}", "inequality-not-flipped" if a < 0 else "inequality-turned-around"),
            (f"{var}{end}{-x}", "sign-lost-dividing"),
            (f"{var}{end}{Fraction(c + b, a)}", "inverse-not-used"),
            (f"{var}={x}", "inequality-as-equation"),
        ),
    )


@template("7.EE.B.4.b", "budget", level=3, difficulty=0.8, uses_interest=True)
def budget(rng: Generator, interest: str) -> Draft:
    fee, each, most = between(rng, 5, 40), between(rng, 3, 12), between(rng, 4, 15)
    money = fee + each * most + between(rng, 1, each - 1)
    return Draft(
        prompt=contexts.tell(rng, interest, stories_linear.BUDGET, fee=fee, each=each, money=money),
        answer=number_key(most),
        hints=(
            T("What is paid only once, and what is paid for each one?"),
            T("All of it together may be at most the money that is there: write that as an inequality."),
            T(
                "Write {inequality} and solve it. Only whole numbers make sense: round down.",
                inequality=math(rf"{each}n + {fee} \le {money}"),
            ),
        ),
        solution=(
            moves.given(rf"{each}n + {fee} \le {money}"),
            moves.subtract_both(fee, rf"{each}n \le {money - fee}"),
            moves.divide_both(each, rf"n \le {tex(Fraction(money - fee, each))}"),
            T("The largest whole number is {number}.", number=math(str(most))),
        ),
        wrong=slips(
            most,
            (most + 1, "remainder-rounded-up"),
            (money // each, "steps-last-dropped"),
            ((money + fee) // each, "inverse-not-used"),
            (money // (fee + each), "fee-taken-each-time"),
        ),
    )
