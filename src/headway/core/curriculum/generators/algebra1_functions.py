"""Algebra I: function notation, sequences as functions (HSF-IF.A.2, HSF-IF.A.3)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import linear, nonzero, paren, poly, show, signed, slips, solution, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, number_key, pick
from headway.core.text import T, math

NOTATION = T("{f} is read 'f of x': the value of the function for the input {x}.", f=math("f(x)"), x=math("x"))
STEP = T("A recursive rule makes each term from the one before it.")


@template("HSF-IF.A.2", "linear", level=1, difficulty=-0.1)
def evaluate_linear(rng: Generator, interest: str) -> Draft:
    a, b, x = nonzero(rng, -9, 9, but=(1, -1)), nonzero(rng, -12, 12), nonzero(rng, -9, 9, but=(1,))
    value = a * x + b
    return Draft(
        prompt=T(
            "For {function}, find {value}.", function=math(f"f(x) = {show(*linear(a, b))}"), value=math(f"f({x})")
        ),
        answer=number_key(value),
        hints=(
            T("What does the number in the parentheses of {value} stand for?", value=math(f"f({x})")),
            NOTATION,
            T("Put {input} in for {x}: multiply it by {a} first.", input=math(str(x)), x=math("x"), a=math(str(a))),
        ),
        solution=work(
            rf"f({x}) = {a} \cdot {paren(x)} {signed(b)}", f"f({x}) = {a * x} {signed(b)}", f"f({x}) = {value}"
        ),
        wrong=slips(
            value,
            (a + x + b, "product-as-sum"),
            ((a + b) * x, "notation-as-product"),
            (-a * x + b, "sign-rule-of-products"),
            (a * x - b, "sign-of-last-ignored"),
        ),
    )


@template("HSF-IF.A.2", "quadratic", level=2, difficulty=0.4)
def evaluate_quadratic(rng: Generator, interest: str) -> Draft:
    a, b, c = nonzero(rng, -4, 5), nonzero(rng, -7, 7, but=(1, -1)), nonzero(rng, -9, 9)
    x = -between(rng, 2, 6)
    value = a * x * x + b * x + c
    lead = "" if a == 1 else "-" if a == -1 else rf"{a} \cdot "
    return Draft(
        prompt=T(
            "For {function}, find {value}.", function=math(f"f(x) = {show(*poly(a, b, c))}"), value=math(f"f({x})")
        ),
        answer=number_key(value),
        hints=(
            T("Put the input in parentheses. What is the square of a negative number?"),
            NOTATION,
            T("Find {square} first, then work out the other products.", square=math(f"({x})^2")),
        ),
        solution=work(
            rf"f({x}) = {lead}({x})^2 {'+' if b > 0 else '-'} {abs(b)} \cdot ({x}) {signed(c)}",
            f"f({x}) = {a * x * x} {signed(b * x)} {signed(c)}",
            f"f({x}) = {value}",
        ),
        wrong=slips(
            value,
            (-a * x * x + b * x + c, "sign-in-power"),
            (a * x * x - b * x + c, "sign-rule-of-products"),
            ((a * x) ** 2 + b * x + c, "power-after-product"),
            (2 * a * x + b * x + c, "exponent-as-factor"),
        ),
    )


@template("HSF-IF.A.2", "solve", level=3, difficulty=0.8)
def solve_function(rng: Generator, interest: str) -> Draft:
    a, x = nonzero(rng, -7, 7, but=(1, -1)), nonzero(rng, -9, 9)
    b = nonzero(rng, -15, 15)
    value = a * x + b
    return Draft(
        prompt=T(
            "For {function}, find the number {x} for which {value}.",
            function=math(f"f(x) = {show(*linear(a, b))}"),
            x=math("x"),
            value=math(f"f(x) = {value}"),
        ),
        answer=solution(x),
        hints=(
            T("Is {number} an input or a value of the function?", number=math(str(value))),
            NOTATION,
            T("Solve {equation}.", equation=math(f"{show(*linear(a, b))} = {value}")),
        ),
        solution=(
            moves.given(f"{show(*linear(a, b))} = {value}"),
            moves.move_constant(b, f"{show((a, 'x'))} = {value - b}"),
            moves.divide_both(a, f"x = {x}"),
        ),
        wrong=slips(
            x,
            (a * value + b, "input-output-swapped"),
            (Fraction(value + b, a), "inverse-not-used"),
            (-x, "sign-lost-dividing"),
        ),
    )


@template("HSF-IF.A.3", "arithmetic", level=1, difficulty=0.0)
def arithmetic_step(rng: Generator, interest: str) -> Draft:
    first, step, n = between(rng, -20, 30), nonzero(rng, -9, 12), between(rng, 4, 6)
    terms = [first + k * step for k in range(n)]
    return Draft(
        prompt=T(
            "A sequence begins with {first}, and {rule}. Find {term}.",
            first=math(f"a_1 = {first}"),
            rule=math(f"a_n = a_{{n-1}} {signed(step)}"),
            term=math(f"a_{n}"),
        ),
        answer=number_key(terms[-1]),
        hints=(
            T("What does the rule do with the term before?"),
            STEP,
            T("Write the terms one after the other: apply the rule {times} times.", times=f"{n} - 1"),
        ),
        solution=work(*(f"a_{k + 1} = {terms[k - 1]} {signed(step)} = {terms[k]}" for k in range(1, n))),
        wrong=slips(
            terms[-1],
            (first + n * step, "sequence-one-step-more"),
            (first + (n - 2) * step, "sequence-one-step-less"),
            (n * step, "first-term-ignored"),
            (first - (n - 1) * step, "change-turned-around"),
        ),
    )


@template("HSF-IF.A.3", "geometric", level=2, difficulty=0.4)
def geometric_step(rng: Generator, interest: str) -> Draft:
    first, ratio, n = nonzero(rng, -9, 12), pick(rng, (2, 3, -2, -3, 4)), between(rng, 4, 5)
    terms = [first * ratio**k for k in range(n)]
    return Draft(
        prompt=T(
            "A sequence begins with {first}, and {rule}. Find {term}.",
            first=math(f"a_1 = {first}"),
            rule=math(rf"a_n = {ratio} \cdot a_{{n-1}}"),
            term=math(f"a_{n}"),
        ),
        answer=number_key(terms[-1]),
        hints=(
            T("What does the rule do with the term before?"),
            STEP,
            T("Write the terms one after the other, multiplying by {ratio} each time.", ratio=math(str(ratio))),
        ),
        solution=work(*(rf"a_{k + 1} = {ratio} \cdot {paren(terms[k - 1])} = {terms[k]}" for k in range(1, n))),
        wrong=slips(
            terms[-1],
            (terms[-1] * ratio, "sequence-one-step-more"),
            (first + (n - 1) * ratio, "product-as-sum"),
            (terms[-2], "sequence-one-step-less"),
            (first * ratio * (n - 1), "exponent-as-factor"),
        ),
    )


@template("HSF-IF.A.3", "two-operations", level=3, difficulty=0.8)
def mixed_step(rng: Generator, interest: str) -> Draft:
    first, ratio, plus = nonzero(rng, -5, 9), pick(rng, (2, 3, -2)), nonzero(rng, -9, 9)
    terms = [first]
    for _ in range(3):
        terms.append(ratio * terms[-1] + plus)
    if len(set(terms)) < 4:
        return mixed_step(rng, interest)
    return Draft(
        prompt=T(
            "A sequence begins with {first}, and {rule}. Find {term}.",
            first=math(f"a_1 = {first}"),
            rule=math(rf"a_n = {ratio} \cdot a_{{n-1}} {signed(plus)}"),
            term=math("a_4"),
        ),
        answer=number_key(terms[-1]),
        hints=(
            T("The rule has two operations. Which one comes first?"),
            STEP,
            T(
                "Find the second term: multiply {first} by {ratio} and go on from there.",
                first=math(str(first)),
                ratio=math(str(ratio)),
            ),
        ),
        solution=work(
            *(rf"a_{k + 1} = {ratio} \cdot {paren(terms[k - 1])} {signed(plus)} = {terms[k]}" for k in range(1, 4))
        ),
        wrong=slips(
            terms[-1],
            (terms[-2], "sequence-one-step-less"),
            (first * ratio**3 + plus, "constant-added-once"),
            (ratio * terms[-1] + plus, "sequence-one-step-more"),
            (first * ratio**3 + 3 * plus, "constant-added-once"),
        ),
    )
