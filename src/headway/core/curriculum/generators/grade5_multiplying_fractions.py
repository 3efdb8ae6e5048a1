"""Grade 5: multiplying fractions, and multiplication as scaling (5.NF.B.4, 5.NF.B.5)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import name
from headway.core.curriculum.generators.numbers import (
    SIGNS,
    between,
    choice_key,
    latex,
    latex_fraction,
    number_key,
    pick,
    sign,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, Text, math

SIMPLE = tuple((a, b) for b in (2, 3, 4, 5, 6, 7, 8, 9, 10) for a in range(1, b) if gcd(a, b) == 1)
PART_OF_PART = T("A fraction of a number is found by cutting it into equal parts and taking some of them.")
SCALE = T("Multiplying by 1 keeps the size. By more than 1 makes it larger, by less than 1 makes it smaller.")


def fraction_product(prompt: Text, first: tuple[int, int], second: tuple[int, int]) -> Draft:
    """A problem whose answer is the product of two fractions, given as (top, bottom)."""
    (a, b), (c, d) = first, second
    value = Fraction(a * c, b * d)
    tops, bottoms = rf"{a} \times {c}", rf"{b} \times {d}"
    line = rf"{latex_fraction(a, b)} \times {latex_fraction(c, d)} = {latex_fraction(tops, bottoms)}"
    return Draft(
        prompt=prompt,
        answer=number_key(value),
        hints=(
            T("Draw a rectangle. How can you show one fraction across and the other one down?"),
            PART_OF_PART,
            T(
                "Multiply the top numbers, {tops}, and the bottom numbers, {bottoms}.",
                tops=math(tops),
                bottoms=math(bottoms),
            ),
        ),
        solution=(
            T("Tops by tops, bottoms by bottoms: {line}", line=math(line)),
            T(
                "So the product is {answer}",
                answer=math(
                    latex_fraction(a * c, b * d) + (f" = {latex(value)}" if value.denominator != b * d else "")
                ),
            ),
        ),
        wrong=wrong_numbers(
            value,
            (f"{a * c}/{max(b, d)}", "frac-one-number-changed"),
            (Fraction(a, b) + Fraction(c, d), "op-added"),
            (f"{a + c}/{b + d}", "frac-adds-both"),
            (f"{a * d}/{b * c}", "frac-upside-down"),
        ),
    )


def _shown(a: int, b: int) -> str:
    return str(a) if b == 1 else latex_fraction(a, b)


@template("5.NF.B.4", "fraction-of-whole", level=1, difficulty=-0.4)
def of_whole(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, SIMPLE)
    whole = b * between(rng, 2, 9)
    value = a * whole // b
    return Draft(
        prompt=T("Find {product}.", product=math(rf"{latex_fraction(a, b)} \times {whole}")),
        answer=number_key(value),
        hints=(
            T("Cut {whole} into {b} equal parts. How much is one part?", whole=whole, b=b),
            PART_OF_PART,
            T("Find {division}. Then take {a} of these parts.", division=math(rf"{whole} \div {b}"), a=a),
        ),
        solution=(
            T("One part: {line}", line=math(rf"{whole} \div {b} = {whole // b}")),
            T("The parts together: {line}", line=math(rf"{a} \times {whole // b} = {value}")),
        ),
        wrong=wrong_numbers(
            value,
            (whole // b, "steps-first-only"),
            (a * whole, "frac-whole-count"),
            (f"{a}/{b * whole}", "frac-one-number-changed"),
            (whole - value, "frac-other-part"),
        ),
    )


@template("5.NF.B.4", "product", level=2, difficulty=0.0)
def product(rng: Generator, interest: str) -> Draft:
    first, second = pick(rng, SIMPLE), pick(rng, SIMPLE)
    line = rf"{latex_fraction(*first)} \times {latex_fraction(*second)}"
    return fraction_product(T("Find {product}.", product=math(line)), first, second)


@template("5.NF.B.4", "area", level=3, difficulty=0.5)
def area(rng: Generator, interest: str) -> Draft:
    first, second = pick(rng, SIMPLE), pick(rng, SIMPLE)
    return fraction_product(
        T(
            "A rectangle is {a} of a meter long and {b} of a meter wide. What is its area in square meters?",
            a=math(latex_fraction(*first)),
            b=math(latex_fraction(*second)),
        ),
        first,
        second,
    )


@template("5.NF.B.5", "compare", level=1, difficulty=-0.2)
def scale(rng: Generator, interest: str) -> Draft:
    n, b = between(rng, 12, 98), between(rng, 3, 9)
    a = between(rng, 1, 2 * b)
    key = sign(a, b)
    factor = latex_fraction(a, b)
    return Draft(
        prompt=T(
            "Do not multiply. Which sign makes it true? {statement}",
            statement=math(rf"{factor} \times {n} \; \square \; {n}"),
        ),
        answer=choice_key(key, SIGNS),
        hints=(
            T("Is {factor} more than 1, less than 1, or 1?", factor=math(factor)),
            SCALE,
            T("Compare the top number {a} with the bottom number {b}.", a=a, b=b),
        ),
        solution=(
            T("{factor} is less than 1, so the product is smaller.", factor=math(factor))
            if key == 0
            else T("{factor} is more than 1, so the product is larger.", factor=math(factor))
            if key == 1
            else T("{factor} is 1, so the product stays the same.", factor=math(factor)),
            T("So {statement}", statement=math(rf"{factor} \times {n} {'<>='[key]} {n}")),
        ),
        wrong=wrong_choices(
            key, (1, "mult-makes-bigger"), (0 if key == 1 else None, "compare-reversed"), (0, "frac-bigger-bottom")
        ),
    )


@template("5.NF.B.5", "which-smaller", level=2, difficulty=0.2)
def which_smaller(rng: Generator, interest: str) -> Draft:
    n, b = between(rng, 12, 98), between(rng, 4, 9)
    bigger = int(rng.integers(2)) == 1
    right = (b + between(rng, 1, 3), b) if bigger else (b - between(rng, 1, b - 1), b)
    low, high = between(rng, 2, 5), between(rng, 2, 5)
    others = (
        [(low, low + 3), (1, low + 1), (high + 4, high + 4)]
        if bigger
        else [(low + 3, low), (high + 4, high + 4), (low + 1, 1)]
    )
    order = [int(k) for k in rng.permutation(4)]
    options = [(right, *others)[k] for k in order]
    choices = [math(rf"{_shown(*option)} \times {n}") for option in options]
    key = order.index(0)
    return Draft(
        prompt=T("Do not multiply. Which product is larger than {n}?", n=n)
        if bigger
        else T("Do not multiply. Which product is smaller than {n}?", n=n),
        answer=choice_key(key, choices),
        hints=(
            T("Look only at the first factor of each product."),
            SCALE,
            T("Look for a factor that is more than 1.") if bigger else T("Look for a factor that is less than 1."),
        ),
        solution=(
            SCALE,
            T("So it is {product}", product=choices[key]),
        ),
        wrong=wrong_choices(key, *((order.index(k), "mult-makes-bigger") for k in (1, 3))),
    )


@template("5.NF.B.5", "times-as-much", level=3, difficulty=0.6)
def times_as_much(rng: Generator, interest: str) -> Draft:
    n, a = between(rng, 112, 989), between(rng, 13, 48)
    b, top = between(rng, 3, 9), between(rng, 2, 9)
    fraction = latex_fraction(top, b)
    return Draft(
        prompt=T(
            "{name} compares {first} with {second}. How many times as large as the second is the first?",
            name=name(rng),
            first=math(rf"{fraction} \times ({n} - {a})"),
            second=math(f"{n} - {a}"),
        ),
        answer=number_key(f"{top}/{b}"),
        hints=(
            T("What do the two expressions have in common?"),
            T("A factor tells how many times as large the product is as the other factor."),
            T("The second expression stands in parentheses in the first. What is done with it?"),
        ),
        solution=(
            T("The parentheses have the same value in both."),
            T("It is multiplied by {answer}", answer=math(fraction)),
        ),
        wrong=wrong_numbers(f"{top}/{b}", (n - a, "equals-as-answer"), (f"{b}/{top}", "compare-reversed")),
    )
