"""Grade 5: problems with products of fractions and mixed numbers (5.NF.B.6)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.grade5_multiplying_fractions import SIMPLE, fraction_product
from headway.core.curriculum.generators.numbers import (
    between,
    latex,
    latex_fraction,
    latex_mixed,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, math

PART_OF: Stories = {
    "cooking": T("A bottle holds {b} of a liter of oil. {name} uses {a} of it. How many liters does {name} use?"),
    "nature": T("A trail is {b} of a mile long. {name} walks {a} of it. How many miles does {name} walk?"),
    "art": T("{b} of a wall is painted. {a} of that part is blue. What fraction of the wall is blue?"),
    "music": T("A lesson lasts {b} of an hour. {a} of it is singing. How many hours of singing is that?"),
    "soccer": T("{b} of the players are here. {a} of those wear red. What fraction of all the players is that?"),
    "fashion": T("A ribbon is {b} of a yard long. {name} cuts off {a} of it. How many yards does {name} cut off?"),
    "games": T("{b} of the cards are blue. {a} of the blue cards are stars. What fraction of all cards is that?"),
    "trains": T("A track is {b} of a mile long. {a} of it is in a tunnel. How many miles are in the tunnel?"),
}


@template("5.NF.B.6", "part-of-part", level=1, difficulty=0.0, uses_interest=True)
def part_of_part(rng: Generator, interest: str) -> Draft:
    first, second = pick(rng, SIMPLE), pick(rng, SIMPLE)
    return fraction_product(
        tell(rng, interest, PART_OF, a=math(latex_fraction(*first)), b=math(latex_fraction(*second))), first, second
    )


BATCHES: Stories = {
    "cooking": T("One batch of rolls takes {part} cups of flour. How many cups do {n} batches take?"),
    "soccer": T("One lap is {part} miles long. {name} runs {n} laps. How many miles is that?"),
    "music": T("A show lasts {part} hours. A band plays {n} shows. How many hours is that?"),
    "art": T("One mural takes {part} cans of paint. How many cans do {n} murals take?"),
    "animals": T("An elephant drinks {part} tubs of water a day. How many tubs does it drink in {n} days?"),
    "fashion": T("One dress takes {part} yards of cloth. How many yards do {n} dresses take?"),
    "space": T("A rover goes {part} miles a day. How many miles does it go in {n} days?"),
}


@template("5.NF.B.6", "mixed-times", level=2, difficulty=0.4, uses_interest=True)
def mixed_times(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, SIMPLE)
    whole, n = between(rng, 1, 5), between(rng, 2, 8)
    size = whole + Fraction(a, b)
    value = size * n
    top = whole * b + a
    return Draft(
        prompt=tell(rng, interest, BATCHES, part=math(latex_mixed(size)), n=n),
        answer=number_key(value),
        hints=(
            T("Between which two whole numbers is the answer?"),
            T("A mixed number is a whole and a part. Both are multiplied."),
            T(
                "Find {first} and {second}, then add.",
                first=math(rf"{n} \times {whole}"),
                second=math(rf"{n} \times {latex_fraction(a, b)}"),
            ),
        ),
        solution=(
            T("As a fraction: {line}", line=math(f"{latex_mixed(size)} = {latex_fraction(top, b)}")),
            T(
                "Multiply: {line}",
                line=math(
                    rf"{n} \times {latex_fraction(top, b)} = {latex_fraction(n * top, b)}"
                    + (f" = {latex(value)}" if value.denominator != b else "")
                ),
            ),
        ),
        wrong=wrong_numbers(
            value,
            (n * whole + Fraction(a, b), "frac-whole-dropped"),
            (whole + Fraction(a, b) * n, "steps-last-dropped"),
            (size + n, "op-added"),
            (n * whole, "steps-first-only"),
        ),
    )


@template("5.NF.B.6", "mixed-area", level=3, difficulty=0.9)
def mixed_area(rng: Generator, interest: str) -> Draft:
    (a, b), (c, d) = pick(rng, SIMPLE[:12]), pick(rng, SIMPLE[:12])
    p, q = between(rng, 1, 4), between(rng, 1, 4)
    x, y = p + Fraction(a, b), q + Fraction(c, d)
    value = x * y
    return Draft(
        prompt=T(
            "A garden is a rectangle {x} m long and {y} m wide. What is its area in square meters?",
            x=math(latex_mixed(x)),
            y=math(latex_mixed(y)),
        ),
        answer=number_key(value),
        hints=(
            T("Between which whole numbers must the area be?"),
            T("Write each mixed number as one fraction before you multiply."),
            T("Multiply {first} by {second}.", first=math(latex(x)), second=math(latex(y))),
        ),
        solution=(
            T("As fractions: {first} and {second}", first=math(latex(x)), second=math(latex(y))),
            T("Multiply: {line}", line=math(rf"{latex(x)} \times {latex(y)} = {latex(value)}")),
        ),
        wrong=wrong_numbers(
            value,
            (p * q + Fraction(a * c, b * d), "frac-wholes-and-parts"),
            (2 * (x + y), "area-perimeter-mixed"),
            (x + y, "op-added"),
            (p * q, "frac-whole-dropped"),
        ),
    )
