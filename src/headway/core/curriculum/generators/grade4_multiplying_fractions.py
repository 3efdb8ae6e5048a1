"""Grade 4: multiplying a fraction by a whole number (4.NF.B.4)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    latex_fraction,
    number_key,
    pick,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, Text, math

BOTTOMS = (2, 3, 4, 5, 6, 8, 10, 12)
COPIES = T("A whole number times a fraction means that many copies of the fraction.")
UNIT = T("The top number counts the parts. The bottom number says how large each part is.")


def _product(prompt: Text, n: int, a: int, b: int) -> Draft:
    top = n * a
    return Draft(
        prompt=prompt,
        answer=number_key(f"{top}/{b}"),
        hints=(
            T("How many parts does one copy of the fraction have? And {n} copies?", n=n),
            COPIES,
            T("Find {line} for the number of parts. The size of a part stays the same.", line=math(rf"{n} \times {a}")),
        ),
        solution=(
            T("The number of parts: {line}", line=math(rf"{n} \times {a} = {top}")),
            T("So the product is {answer}", answer=math(latex_fraction(top, b))),
        ),
        wrong=wrong_numbers(
            f"{top}/{b}",
            (f"{top}/{n * b}", "frac-multiplies-both"),
            (f"{n + a}/{b}", "op-added"),
            (f"{a}/{n * b}", "frac-one-number-changed"),
            (f"{n * b + a}/{b}", "op-added"),
        ),
    )


def _some(rng: Generator) -> tuple[int, int, int]:
    """A whole number, and a fraction that is not a unit fraction."""
    b = pick(rng, BOTTOMS[1:])
    return between(rng, 2, 9), between(rng, 2, b - 1), b


@template("4.NF.B.4.a", "multiple-of-unit", level=1, difficulty=-0.7)
def multiple_of_unit(rng: Generator, interest: str) -> Draft:
    b = pick(rng, BOTTOMS)
    a = between(rng, 2, 2 * b + 3)
    equation = rf"{latex_fraction(a, b)} = \square \times {latex_fraction(1, b)}"
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(equation)),
        answer=number_key(a),
        hints=(
            T("What is the size of one part?"),
            UNIT,
            T(
                "How many copies of {unit} are in {fraction}?",
                unit=math(latex_fraction(1, b)),
                fraction=math(latex_fraction(a, b)),
            ),
        ),
        solution=(
            T(
                "{fraction} is made of parts of size {unit}.",
                fraction=math(latex_fraction(a, b)),
                unit=math(latex_fraction(1, b)),
            ),
            T("The number of parts is {answer}", answer=math(str(a))),
        ),
        wrong=wrong_numbers(a, (b, "frac-upside-down"), (a * b, "frac-multiplies-both"), (a + b, "op-added")),
    )


@template("4.NF.B.4.a", "unit-product", level=2, difficulty=-0.3)
def unit_product(rng: Generator, interest: str) -> Draft:
    b, n = pick(rng, BOTTOMS), between(rng, 2, 11)
    return _product(T("Find {product}.", product=math(rf"{n} \times {latex_fraction(1, b)}")), n, 1, b)


@template("4.NF.B.4.a", "sum-as-product", level=3, difficulty=0.2)
def sum_as_product(rng: Generator, interest: str) -> Draft:
    b, n = pick(rng, (3, 4, 5, 6, 7, 8, 9, 10, 12)), between(rng, 3, 8)
    unit = latex_fraction(1, b)
    right, whole = rf"$${n} \times {unit}$$", rf"$${n} \times {b}$$"
    added, both = rf"$${n} + {unit}$$", rf"$${n} \times {latex_fraction(n, b)}$$"
    choices = shuffled(rng, [right, whole, added, both])
    key = choices.index(right)
    return Draft(
        prompt=T("Which product is the same as {sum}?", sum=math(" + ".join([unit] * n))),
        answer=choice_key(key, choices),
        hints=(
            T("How often is the same fraction added?"),
            COPIES,
            T("Count the fractions in the sum. Each one is {unit}.", unit=math(unit)),
        ),
        solution=(
            T("The fraction {unit} is added {n} times.", unit=math(unit), n=n),
            T("So it is {product}", product=right),
        ),
        wrong=wrong_choices(
            key,
            (choices.index(whole), "frac-whole-count"),
            (choices.index(added), "op-added"),
            (choices.index(both), "frac-multiplies-both"),
        ),
    )


@template("4.NF.B.4.b", "product", level=1, difficulty=-0.2)
def product(rng: Generator, interest: str) -> Draft:
    n, a, b = _some(rng)
    return _product(T("Find {product}.", product=math(rf"{n} \times {latex_fraction(a, b)}")), n, a, b)


@template("4.NF.B.4.b", "as-unit-fractions", level=2, difficulty=0.2)
def as_unit_fractions(rng: Generator, interest: str) -> Draft:
    n, a, b = _some(rng)
    equation = rf"{n} \times {latex_fraction(a, b)} = \square \times {latex_fraction(1, b)}"
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(equation)),
        answer=number_key(n * a),
        hints=(
            T(
                "How many parts of size {unit} are in {fraction}?",
                unit=math(latex_fraction(1, b)),
                fraction=math(latex_fraction(a, b)),
            ),
            COPIES,
            T("One copy has {a} parts. There are {n} copies.", a=a, n=n),
        ),
        solution=(
            T("Each copy has {a} parts.", a=a),
            T("All the parts: {line}", line=math(rf"{n} \times {a} = {n * a}")),
        ),
        wrong=wrong_numbers(
            n * a, (n, "equation-number-copied"), (n + a, "op-added"), (n * a * b, "frac-multiplies-both")
        ),
    )


@template("4.NF.B.4.b", "missing-factor", level=3, difficulty=0.8)
def missing_factor(rng: Generator, interest: str) -> Draft:
    n, a, b = _some(rng)
    equation = rf"\square \times {latex_fraction(a, b)} = {latex_fraction(n * a, b)}"
    return Draft(
        prompt=T("Which whole number goes in the box? {equation}", equation=math(equation)),
        answer=number_key(n),
        hints=(
            T("How many parts has one copy, and how many parts are there in all?"),
            COPIES,
            T("How many groups of {a} parts make {top} parts?", a=a, top=n * a),
        ),
        solution=(
            T("Look at the parts: {line}", line=math(rf"\square \times {a} = {n * a}")),
            T("So the box holds {line}", line=math(rf"{n * a} \div {a} = {n}")),
        ),
        wrong=wrong_numbers(
            n, (n * a, "equation-number-copied"), (n * a - a, "op-subtracted"), (n + 1, "mult-close-fact")
        ),
    )


EACH: Stories = {
    "cooking": T("One loaf needs {part} of a cup of sugar. How many cups of sugar do {n} loaves need?"),
    "soccer": T("One lap around a field is {part} of a mile. {name} runs {n} laps. How many miles is that?"),
    "animals": T("A dog eats {part} of a pound of food a day. How many pounds does it eat in {n} days?"),
    "art": T("One picture takes {part} of a jar of paint. How many jars do {n} pictures take?"),
    "fashion": T("One bow takes {part} of a yard of ribbon. How many yards do {n} bows take?"),
    "nature": T("A snail moves {part} of a foot in a minute. How many feet does it move in {n} minutes?"),
    "music": T("One lesson lasts {part} of an hour. How many hours do {n} lessons last?"),
    "trains": T("A model track piece is {part} of a foot long. How many feet long are {n} pieces?"),
    "games": T("One round of a game takes {part} of an hour. How many hours do {n} rounds take?"),
    "basketball": T("A player drinks {part} of a liter of water in a game. How many liters is that in {n} games?"),
}


@template("4.NF.B.4.c", "unit-story", level=1, difficulty=-0.3, uses_interest=True)
def unit_story(rng: Generator, interest: str) -> Draft:
    n, b = between(rng, 3, 9), pick(rng, BOTTOMS)
    return _product(tell(rng, interest, EACH, n=n, part=math(latex_fraction(1, b))), n, 1, b)


@template("4.NF.B.4.c", "story", level=2, difficulty=0.2, uses_interest=True)
def story(rng: Generator, interest: str) -> Draft:
    n, a, b = _some(rng)
    return _product(tell(rng, interest, EACH, n=n, part=math(latex_fraction(a, b))), n, a, b)


@template("4.NF.B.4.c", "between", level=3, difficulty=0.7)
def between_wholes(rng: Generator, interest: str) -> Draft:
    while True:
        n, a, b = _some(rng)
        if n * a % b and n * a > b:
            break
    low = n * a // b
    return Draft(
        prompt=T(
            "Each of {n} people eats {part} of a pound of fruit at a picnic. What is the smallest whole number of pounds "
            "that is enough?",
            n=n,
            part=math(latex_fraction(a, b)),
        ),
        answer=number_key(low + 1),
        hints=(
            T("How much fruit is eaten in all?"),
            COPIES,
            T(
                "Find {product}. Between which two whole numbers is it?",
                product=math(rf"{n} \times {latex_fraction(a, b)}"),
            ),
        ),
        solution=(
            T("In all: {line}", line=math(rf"{n} \times {latex_fraction(a, b)} = {latex_fraction(n * a, b)}")),
            T("That is more than {low}, so {answer} pounds are enough.", low=low, answer=low + 1),
        ),
        wrong=wrong_numbers(low + 1, (low, "remainder-dropped"), (n * a, "frac-whole-count"), (n, "place-face-value")),
    )
