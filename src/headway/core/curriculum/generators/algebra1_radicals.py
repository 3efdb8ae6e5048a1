"""Algebra I: rational exponents and simplified roots (HSN-RN.A.2)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import power, slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, number_key, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

RATIONAL = T(
    "The denominator of an exponent is a root, the numerator a power: {formula}.",
    formula=math(r"a^{\frac{m}{n}} = \left(\sqrt[n]{a}\right)^m"),
)
SPLIT = T(
    "The root of a product is the product of the roots: {formula}.",
    formula=math(r"\sqrt{ab} = \sqrt{a} \cdot \sqrt{b}"),
)
FREE = (2, 3, 5, 6, 7, 10, 11, 13, 14, 15)
CASES = tuple(
    (base, m, n)
    for n, last in ((2, 15), (3, 7), (4, 5), (5, 3))
    for base in range(2, last + 1)
    for m in range(1, 6)
    if gcd(m, n) == 1 and base**m <= 3500
)
"""Base, numerator and denominator of the exponent."""


@template("HSN-RN.A.2", "value", level=1, difficulty=0.4)
def rational_exponent(rng: Generator, interest: str) -> Draft:
    base, m, n = pick(rng, [case for case in CASES if case[1] > 1 or case[0] > 2])
    inside = base**n
    value = base**m
    line = rf"{inside}^{{\frac{{{m}}}{{{n}}}}}"
    root_line = rf"\sqrt{{{inside}}}" if n == 2 else rf"\sqrt[{n}]{{{inside}}}"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("The exponent is a fraction. What do its two numbers tell you to do?"),
            RATIONAL,
            T("Find {root} first.", root=math(root_line))
            if m > 1
            else T("Find the number whose power with exponent {n} is {inside}.", n=n, inside=inside),
        ),
        solution=work(
            line, *([rf"\left({root_line}\right)^{m}", power(str(base), m)] if m > 1 else [root_line]), str(value)
        ),
        wrong=slips(
            value,
            (Fraction(inside * m, n), "exponent-as-factor"),
            (base, "steps-first-only"),
            (Fraction(inside, n) ** m, "root-as-division"),
            (inside**m, "root-ignored"),
        ),
    )


@template("HSN-RN.A.2", "simplify", level=2, difficulty=0.7)
def simplify_root(rng: Generator, interest: str) -> Draft:
    outside, inside = between(rng, 2, 10), pick(rng, FREE)
    total = outside * outside * inside
    key = f"{outside}sqrt({inside})"
    return Draft(
        prompt=T(
            "Write {root} with the smallest possible number under the root sign.", root=math(rf"\sqrt{{{total}}}")
        ),
        answer=AnswerSpec("expression", (key,), strictness="form"),
        hints=(
            T("Which square numbers divide {number}?", number=total),
            SPLIT,
            T("Write {number} as its largest square factor times the rest.", number=total),
        ),
        solution=work(
            rf"\sqrt{{{total}}}",
            rf"\sqrt{{{outside * outside} \cdot {inside}}}",
            rf"\sqrt{{{outside * outside}}} \cdot \sqrt{{{inside}}}",
            rf"{outside}\sqrt{{{inside}}}",
        ),
        wrong=slips(
            key,
            (f"{outside * outside}sqrt({inside})", "square-root-not-taken"),
            (f"{inside}sqrt({outside})", "inside-outside-swapped"),
            (f"{outside + inside}", "root-of-sum"),
        ),
    )


@template("HSN-RN.A.2", "sum", level=3, difficulty=1.1)
def sum_of_roots(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 2, 9, 2)
    inside = pick(rng, FREE)
    sign = pick(rng, (1, -1))
    if sign < 0 and a < b:
        a, b = b, a
    total = a + sign * b
    mark = "+" if sign > 0 else "-"
    line = rf"\sqrt{{{a * a * inside}}} {mark} \sqrt{{{b * b * inside}}}"
    front = "" if total == 1 else str(total)
    key = f"{front}sqrt({inside})"
    return Draft(
        prompt=T("Write {expression} as a single root term.", expression=math(line)),
        answer=AnswerSpec("expression", (key,)),
        hints=(
            T("The two roots cannot be put together as they are. Can you simplify each one?"),
            SPLIT,
            T(
                "Take the largest square factor out of {first} and out of {second}.",
                first=a * a * inside,
                second=b * b * inside,
            ),
        ),
        solution=work(line, rf"{a}\sqrt{{{inside}}} {mark} {b}\sqrt{{{inside}}}", rf"{front}\sqrt{{{inside}}}"),
        wrong=slips(
            key,
            (f"sqrt({a * a * inside + sign * b * b * inside})", "root-of-sum"),
            (f"{total}sqrt({2 * inside})" if sign > 0 else f"{total}", "like-roots-combined"),
            (f"{a * a + sign * b * b}sqrt({inside})", "square-root-not-taken"),
        ),
    )
