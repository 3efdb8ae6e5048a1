"""Algebra I: explicit formulas of sequences, exponential functions (HSF-BF.A.2, "
"HSF-LE.A.2)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import (
    expression,
    linear,
    nonzero,
    paren,
    plain,
    power,
    show,
    signed,
    slips,
    work,
)
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, number_key, pick
from headway.core.text import T, math

ARITHMETIC = T(
    "An arithmetic sequence adds the same number each time: {formula}.", formula=math("a_n = a_1 + (n - 1)d")
)
GEOMETRIC = T(
    "A geometric sequence multiplies by the same number each time: {formula}.", formula=math(r"a_n = a_1 \cdot r^{n-1}")
)
EXPONENTIAL = T(
    "An exponential function has the form {formula}: start value {a}, growth factor {b}.",
    formula=math(r"f(x) = a \cdot b^x"),
    a=math("a"),
    b=math("b"),
)


def listed(values: list[int]) -> str:
    """LaTeX of the first terms of a sequence."""
    return ", ".join(map(str, values)) + r", \ldots"


@template("HSF-BF.A.2", "arithmetic", level=1, difficulty=0.3)
def arithmetic_formula(rng: Generator, interest: str) -> Draft:
    first, step = between(rng, -15, 30), nonzero(rng, -9, 12, but=(1, -1))
    if first == step:
        first += 1
    key = plain(*linear(step, first - step, "n"))
    return Draft(
        prompt=T(
            "Write a formula for the term with number {n} of the sequence {terms} as an expression in {n}.",
            n=math("n"),
            terms=math(listed([first + k * step for k in range(4)])),
        ),
        answer=expression(key, variables="n"),
        hints=(
            T("How do you get from each term to the next?"),
            ARITHMETIC,
            T(
                "Put {first} and {step} into the formula, and multiply out.",
                first=math(f"a_1 = {first}"),
                step=math(f"d = {step}"),
            ),
        ),
        solution=work(
            f"{first} {'+' if step > 0 else '-'} {abs(step)}(n - 1)",
            show((first, ""), (step, "n"), (-step, "")),
            show(*linear(step, first - step, "n")),
        ),
        wrong=slips(
            key,
            (plain(*linear(step, first, "n")), "sequence-one-step-more"),
            (plain(*linear(first, step, "n")), "slope-start-swapped"),
            (plain(*linear(1, step, "n")), "recursive-for-explicit"),
        ),
    )


@template("HSF-BF.A.2", "far-term", level=2, difficulty=0.6)
def far_term(rng: Generator, interest: str) -> Draft:
    first, step, n = between(rng, -15, 30), nonzero(rng, -9, 12, but=(1, -1)), between(rng, 20, 80)
    value = first + (n - 1) * step
    return Draft(
        prompt=T(
            "Find the term with number {n} of the sequence {terms}.",
            n=n,
            terms=math(listed([first + k * step for k in range(4)])),
        ),
        answer=number_key(value),
        hints=(
            T("It would take long to write all the terms. How many steps are there from the first one?"),
            ARITHMETIC,
            T("Add {step} to the first term {times} times.", step=math(str(step)), times=f"{n} - 1"),
        ),
        solution=work(rf"{first} + ({n} - 1) \cdot {paren(step)}", rf"{first} {signed((n - 1) * step)}", str(value)),
        wrong=slips(
            value,
            (first + n * step, "sequence-one-step-more"),
            (n * step, "first-term-ignored"),
            (first + (n - 2) * step, "sequence-one-step-less"),
        ),
    )


@template("HSF-BF.A.2", "geometric", level=3, difficulty=0.9)
def geometric_formula(rng: Generator, interest: str) -> Draft:
    first, ratio = between(rng, 2, 30), pick(rng, (2, 3, 4, 5))
    key = f"{first}*{ratio}^(n-1)"
    return Draft(
        prompt=T(
            "Write a formula for the term with number {n} of the sequence {terms} as an expression in {n}.",
            n=math("n"),
            terms=math(listed([first * ratio**k for k in range(4)])),
        ),
        answer=expression(key, variables="n"),
        hints=(
            T("Is the same number added each time, or is it multiplied?"),
            GEOMETRIC,
            T("Put {first} and {ratio} into the formula.", first=math(f"a_1 = {first}"), ratio=math(f"r = {ratio}")),
        ),
        solution=work(rf"r = \frac{{{first * ratio}}}{{{first}}} = {ratio}", rf"a_n = {first} \cdot {ratio}^{{n-1}}"),
        wrong=slips(
            key,
            (f"{first}*{ratio}^n", "sequence-one-step-more"),
            (f"{first}+{ratio}*(n-1)", "geometric-as-arithmetic"),
            (f"{first}*{ratio}*(n-1)", "exponent-as-factor"),
        ),
    )


@template("HSF-LE.A.2", "growth", level=1, difficulty=0.3)
def growth_table(rng: Generator, interest: str) -> Draft:
    start, factor = between(rng, 2, 40), pick(rng, (2, 3, 4, 5, 10))
    pairs = ", ".join(f"({x}, {start * factor**x})" for x in range(4))
    key = f"{start}*{factor}^x"
    return Draft(
        prompt=T(
            "An exponential function {f} goes through {pairs}. Write {f} as an expression in {x}.",
            f=math("f(x)"),
            pairs=math(pairs),
            x=math("x"),
        ),
        answer=expression(key),
        hints=(
            T("By what is each value multiplied to get the next one?"),
            EXPONENTIAL,
            T(
                "The start value belongs to {zero}; divide {second} by {first} for the factor.",
                zero=math("x = 0"),
                second=start * factor,
                first=start,
            ),
        ),
        solution=work(
            f"a = {start}", rf"b = \frac{{{start * factor}}}{{{start}}} = {factor}", rf"f(x) = {start} \cdot {factor}^x"
        ),
        wrong=slips(
            key,
            (f"{factor}*{start}^x", "slope-start-swapped"),
            (plain(*linear(start * (factor - 1), start)), "exponential-as-linear"),
            (f"{start * factor}*{factor}^x", "start-not-at-zero"),
        ),
    )


@template("HSF-LE.A.2", "percent", level=2, difficulty=0.8)
def percent_growth(rng: Generator, interest: str) -> Draft:
    start, percent, up = (
        between(rng, 2, 90) * 100,
        pick(rng, (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25)),
        between(rng, 0, 1) == 1,
    )
    factor = decimal(Fraction(100 + percent if up else 100 - percent, 100))
    other = decimal(Fraction(100 - percent if up else 100 + percent, 100))
    key = f"{start}*{factor}^t"
    return Draft(
        prompt=T(
            "A town has {start} people, and their number grows by {percent}% each year. Write the number of "
            "people after {t} years as an expression in {t}.",
            start=start,
            percent=percent,
            t=math("t"),
        )
        if up
        else T(
            "A town has {start} people, and their number falls by {percent}% each year. Write the number of "
            "people after {t} years as an expression in {t}.",
            start=start,
            percent=percent,
            t=math("t"),
        ),
        answer=expression(key, variables="t"),
        hints=(
            T("How many percent of the people are there after one year?"),
            EXPONENTIAL,
            T(
                "Write {amount} as a decimal: that is the growth factor.",
                amount=math(rf"100\% {'+' if up else '-'} {percent}\%"),
            ),
        ),
        solution=work(
            rf"b = 1 {'+' if up else '-'} {decimal(Fraction(percent, 100))} = {factor}", rf"{start} \cdot {factor}^t"
        ),
        wrong=slips(
            key,
            (f"{start}*{decimal(Fraction(percent, 100))}^t", "growth-factor-percent-only"),
            (f"{start}*{other}^t", "change-turned-around"),
            (f"{start}*{factor}*t", "exponent-as-factor"),
            (f"{start}{'+' if up else '-'}{start * percent // 100}t", "exponential-as-linear"),
        ),
    )


@template("HSF-LE.A.2", "two-points", level=3, difficulty=1.2)
def exponential_two_points(rng: Generator, interest: str) -> Draft:
    start, factor, low = between(rng, 2, 25), pick(rng, (2, 3, 4, 5)), between(rng, 1, 2)
    high = low + 2
    first, last = start * factor**low, start * factor**high
    key = f"{start}*{factor}^x"
    return Draft(
        prompt=T(
            "An exponential function {f} with a positive growth factor goes through {first} and {last}. Write {f} "
            "as an expression in {x}.",
            f=math("f(x)"),
            first=math(f"({low}, {first})"),
            last=math(f"({high}, {last})"),
            x=math("x"),
        ),
        answer=expression(key),
        hints=(
            T("How many steps are there from the first point to the second?"),
            EXPONENTIAL,
            T("Divide {last} by {first}: that is the factor used twice.", last=last, first=first),
        ),
        solution=work(
            rf"b^2 = \frac{{{last}}}{{{first}}} = {factor**2}",
            f"b = {factor}",
            rf"a = \frac{{{first}}}{{{power(str(factor), low)}}} = {start}",
            rf"f(x) = {start} \cdot {factor}^x",
        ),
        wrong=slips(
            key,
            (f"{first}*{factor}^x", "start-not-at-zero"),
            (f"{start}*{factor**2}^x", "root-not-taken"),
            (
                plain(*linear(Fraction(last - first, 2), first - low * Fraction(last - first, 2))),
                "exponential-as-linear",
            ),
        ),
    )
