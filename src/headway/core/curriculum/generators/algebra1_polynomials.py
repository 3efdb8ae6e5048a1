"""Algebra I: adding and multiplying polynomials, seeing structure, factoring (HSA-APR.A.1, HSA-SSE.A.2, "
"HSA-SSE.B.3.a)."""

from __future__ import annotations

from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import (
    expression,
    linear,
    nonzero,
    paren,
    plain,
    poly,
    show,
    slips,
    work,
)
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, pick
from headway.core.text import T, math

LIKE = T("Like terms have the same letter with the same exponent.")
EACH = T("Every term of the first factor multiplies every term of the second.")
DIFFERENCE = T("A difference of two squares is a product: {formula}.", formula=math("a^2 - b^2 = (a + b)(a - b)"))
PAIR = T(
    "Look for two numbers: their product is the last number, their sum is the number in front of {x}.", x=math("x")
)


def factor_pair(p: int, q: int) -> tuple[str, str]:
    """LaTeX and plain typing of ``(x + p)(x + q)``."""
    first, second = linear(1, p), linear(1, q)
    return f"({show(*first)})({show(*second)})", f"({plain(*first)})({plain(*second)})"


@template("HSA-APR.A.1", "sum", level=1, difficulty=-0.2)
def polynomial_sum(rng: Generator, interest: str) -> Draft:
    a, b, c = nonzero(rng, -9, 9), nonzero(rng, -9, 9), nonzero(rng, -9, 9)
    d = nonzero(rng, -9, 9, but=(a, -a))
    e, f = nonzero(rng, -9, 9, but=(b, -b)), nonzero(rng, -9, 9, but=(c, -c))
    sign = pick(rng, (1, -1))
    total = poly(a + sign * d, b + sign * e, c + sign * f)
    line = f"({show(*poly(a, b, c))}) {'+' if sign > 0 else '-'} ({show(*poly(d, e, f))})"
    key = plain(*total)
    return Draft(
        prompt=T("Write as one polynomial: {expression}", expression=math(line)),
        answer=expression(key, form="expanded"),
        hints=(
            T("Does the sign before the second parentheses change anything inside them?"),
            LIKE,
            T(
                "Combine the terms with {square}, then those with {x}, then the numbers.",
                square=math("x^2"),
                x=math("x"),
            ),
        ),
        solution=work(line, show(*poly(a, b, c), *poly(sign * d, sign * e, sign * f)), show(*total)),
        wrong=slips(
            key,
            (plain(*poly(a + sign * d, b + e, c + f)), "sign-lost-distributing"),
            (plain(*poly(a - sign * d, b - sign * e, c - sign * f)), "sign-of-second-ignored"),
            (plain((a + sign * d, "x^4"), (b + sign * e, "x^2"), (c + sign * f, "")), "like-terms-as-power"),
        ),
    )


@template("HSA-APR.A.1", "binomials", level=2, difficulty=0.3)
def binomial_product(rng: Generator, interest: str) -> Draft:
    a, c = between(rng, 1, 4), between(rng, 1, 4)
    b = nonzero(rng, -9, 9)
    d = nonzero(rng, -9, 9)
    if a * d + b * c == 0:
        d = d + 1 if d != -1 else 2
    line = f"({show(*linear(a, b))})({show(*linear(c, d))})"
    key = plain(*poly(a * c, a * d + b * c, b * d))
    return Draft(
        prompt=T("Multiply out and combine like terms: {expression}", expression=math(line)),
        answer=expression(key, form="expanded"),
        hints=(
            T("How many products do you get when both factors have two terms?"),
            EACH,
            T(
                "Multiply {first} by both terms of the second factor, then {second}.",
                first=math(show((a, "x"))),
                second=math(str(b)),
            ),
        ),
        solution=work(
            line,
            show((a * c, "x^2"), (a * d, "x"), (b * c, "x"), (b * d, "")),
            show(*poly(a * c, a * d + b * c, b * d)),
        ),
        wrong=slips(
            key,
            (plain(*poly(a * c, 0, b * d)), "middle-terms-forgotten"),
            (plain(*poly(a * c, a * d + b * c, b + d)), "constants-added"),
            (plain(*poly(a * c, a * d - b * c, b * d)), "sign-of-term-lost"),
        ),
    )


@template("HSA-APR.A.1", "trinomial", level=3, difficulty=0.9)
def trinomial_product(rng: Generator, interest: str) -> Draft:
    p, b, c = nonzero(rng, -6, 6), nonzero(rng, -6, 6), nonzero(rng, -9, 9)
    if b + p == 0:
        b = b + 1 if b != -1 else 2
    if c + p * b == 0:
        c = c + 1 if c != -1 else 2
    line = f"({show(*linear(1, p))})({show(*poly(1, b, c))})"
    total = poly(1, b + p, c + p * b, p * c)
    key = plain(*total)
    return Draft(
        prompt=T("Multiply out and combine like terms: {expression}", expression=math(line)),
        answer=expression(key, form="expanded"),
        hints=(
            T("How many products are there: two terms times three terms?"),
            EACH,
            T("Multiply the second factor by {x}, then by {p}; put like terms together.", x=math("x"), p=math(str(p))),
        ),
        solution=work(line, show(*poly(1, b, c, 0), (p, "x^2"), (p * b, "x"), (p * c, "")), show(*total)),
        wrong=slips(
            key,
            (plain(*poly(1, b, c, p * c)), "middle-terms-forgotten"),
            (plain(*poly(1, b + p, c + p * b, p + c)), "constants-added"),
            (plain(*poly(1, b - p, c - p * b, -p * c)), "sign-of-second-ignored"),
        ),
    )


@template("HSA-SSE.A.2", "difference", level=1, difficulty=0.2)
def difference_of_squares(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [(a, b) for a in range(1, 10) for b in range(1, 13) if gcd(a, b) == 1])
    plus, minus = linear(a, b), linear(a, -b)
    key = f"({plain(*plus)})({plain(*minus)})"
    return Draft(
        prompt=T("Factor: {expression}", expression=math(show((a * a, "x^2"), (-b * b, "")))),
        answer=expression(key, form="factored"),
        hints=(
            T("Are both terms squares? What stands between them?"),
            DIFFERENCE,
            T("Write {first} and {second} as squares.", first=math(show((a * a, "x^2"))), second=math(str(b * b))),
        ),
        solution=work(
            show((a * a, "x^2"), (-b * b, "")), f"({show((a, 'x'))})^2 - {b}^2", f"({show(*plus)})({show(*minus)})"
        ),
        wrong=slips(
            key,
            (f"({plain(*minus)})^2", "difference-as-square"),
            (f"({plain(*linear(a * a, b))})({plain(*linear(1, -b))})", "square-root-not-taken"),
            (f"({plain(*plus)})^2", "difference-as-square"),
        ),
    )


@template("HSA-SSE.A.2", "perfect-square", level=2, difficulty=0.6)
def perfect_square(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [(a, s * b) for a in range(1, 6) for b in range(1, 11) for s in (1, -1) if gcd(a, b) == 1])
    line = show(*poly(a * a, 2 * a * b, b * b))
    key = f"({plain(*linear(a, b))})^2"
    return Draft(
        prompt=T("Write as the square of a binomial: {expression}", expression=math(line)),
        answer=expression(key, form="factored"),
        hints=(
            T("The first and the last term are squares. Of what?"),
            T("A square of a sum has three terms: {formula}.", formula=math("(a + b)^2 = a^2 + 2ab + b^2")),
            T(
                "Take the roots of {first} and {last}, and check the sign of the middle term.",
                first=math(show((a * a, "x^2"))),
                last=math(str(b * b)),
            ),
        ),
        solution=work(
            line,
            f"({show((a, 'x'))})^2 {'+' if b > 0 else '-'} 2 \\cdot {show((a, 'x'))} \\cdot {abs(b)} + {abs(b)}^2",
            f"({show(*linear(a, b))})^2",
        ),
        wrong=slips(
            key,
            (f"({plain(*linear(a, -b))})^2", "sign-of-term-lost"),
            (f"({plain(*linear(a, b))})({plain(*linear(a, -b))})", "square-as-difference"),
            (f"({plain(*linear(a * a, b * b))})^2", "square-root-not-taken"),
        ),
    )


@template("HSA-SSE.A.2", "common-first", level=3, difficulty=1.1)
def common_factor_first(rng: Generator, interest: str) -> Draft:
    k, b = between(rng, 2, 9), between(rng, 1, 10)
    cubed = between(rng, 0, 1) == 1
    front, typed_front = (show((k, "x")), f"{k}x") if cubed else (str(k), str(k))
    top, low = ("x^3", "x") if cubed else ("x^2", "")
    line = show((k, top), (-k * b * b, low))
    key = f"{typed_front}(x+{b})(x-{b})"
    return Draft(
        prompt=T("Factor as far as possible: {expression}", expression=math(line)),
        answer=expression(key, form="factored"),
        hints=(
            T("What do both terms have in common?"),
            DIFFERENCE,
            T("Take {common} out of both terms; then look at what is left.", common=math(front)),
        ),
        solution=work(line, f"{front}(x^2 - {b * b})", f"{front}(x + {b})(x - {b})"),
        wrong=slips(
            key,
            (f"{typed_front}(x-{b})^2", "difference-as-square"),
            (f"{typed_front}(x+{k * b})(x-{b})", "factor-not-divided-out"),
            (f"(x+{b})(x-{b})", "common-factor-dropped"),
        ),
    )


@template("HSA-SSE.B.3.a", "positive", level=1, difficulty=0.2)
def factor_positive(rng: Generator, interest: str) -> Draft:
    p, q = between(rng, 1, 10), between(rng, 1, 10)
    return _factor(p, q)


@template("HSA-SSE.B.3.a", "signed", level=2, difficulty=0.6)
def factor_signed(rng: Generator, interest: str) -> Draft:
    p, q = between(rng, 1, 11), -between(rng, 1, 11)
    if p == -q:
        p += 1
    return _factor(p, q) if between(rng, 0, 2) else _factor(-p, q)


def _factor(p: int, q: int) -> Draft:
    shown, key = factor_pair(p, q)
    line = show(*poly(1, p + q, p * q))
    if p == q:
        shown, key = f"({show(*linear(1, p))})^2", f"({plain(*linear(1, p))})^2"
    return Draft(
        prompt=T("Factor: {expression}", expression=math(line)),
        answer=expression(key, form="factored"),
        hints=(
            T("What do the signs of the last two terms say about the signs in the factors?"),
            PAIR,
            T(
                "Which two numbers multiply to {product} and add up to {sum}?",
                product=math(str(p * q)),
                sum=math(str(p + q)),
            ),
        ),
        solution=work(rf"{paren(p)} \cdot {paren(q)} = {p * q}", f"{p} + {paren(q)} = {p + q}", f"{line} = {shown}"),
        wrong=slips(
            key,
            (factor_pair(-p, -q)[1], "sign-lost-factoring"),
            (
                factor_pair(p * q, 1)[1] if p * q != 1 and {p * q, 1} != {p, q} else factor_pair(p, -q)[1],
                "sum-condition-ignored",
            ),
            (factor_pair(p, -q)[1] if p != -q else factor_pair(-p, -q)[1], "sign-lost-factoring"),
        ),
    )


@template("HSA-SSE.B.3.a", "leading", level=3, difficulty=1.2)
def factor_leading(rng: Generator, interest: str) -> Draft:
    a, p, q = pick(rng, (2, 3, 5)), nonzero(rng, -7, 7), nonzero(rng, -7, 7)
    if p % a == 0:
        p += 1
    if a * q + p == 0 or p == 0:
        return factor_leading(rng, interest)
    first, second = linear(a, p), linear(1, q)
    line = show(*poly(a, a * q + p, p * q))
    key = f"({plain(*first)})({plain(*second)})"
    return Draft(
        prompt=T("Factor: {expression}", expression=math(line)),
        answer=expression(key, form="factored"),
        hints=(
            T("Only one way gives {term}: which two first terms?", term=math(show((a, "x^2")))),
            T(
                "Split the middle term: find two numbers with the right sum whose product is the first number "
                "times the last."
            ),
            T(
                "Which two numbers multiply to {product} and add up to {sum}?",
                product=math(rf"{a} \cdot {paren(p * q)}"),
                sum=math(str(a * q + p)),
            ),
        ),
        solution=work(
            line,
            show((a, "x^2"), (a * q, "x"), (p, "x"), (p * q, "")),
            f"{show((a, 'x'))}({show(*second)}) {'+' if p > 0 else '-'} {abs(p) if abs(p) != 1 else ''}({show(*second)})",
            f"({show(*first)})({show(*second)})",
        ),
        wrong=slips(
            key,
            (f"({plain(*linear(a, q))})({plain(*linear(1, p))})", "constants-swapped-in-factors"),
            (f"({plain(*linear(a, -p))})({plain(*linear(1, -q))})", "sign-lost-factoring"),
            (f"({plain(*linear(1, p))})({plain(*linear(1, q))})", "leading-number-dropped"),
        ),
    )
