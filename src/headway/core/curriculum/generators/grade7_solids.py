"""Grade 7: surface area and volume (7.G.B.6)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, number_key
from headway.core.text import T, math


@template("7.G.B.6", "prism", level=1, difficulty=-0.4)
def box_surface(rng: Generator, interest: str) -> Draft:
    a, b, c = sorted(distinct(rng, 2, 12, 3))
    value = 2 * (a * b + a * c + b * c)
    return Draft(
        prompt=T(
            "A box is {a} cm wide, {b} cm long and {c} cm high. Find its surface area in square centimeters.",
            a=a,
            b=b,
            c=c,
        ),
        answer=number_key(value),
        hints=(
            T("How many faces does the box have? Which of them are alike?"),
            T("The surface area is the sum of the areas of all six faces; each face occurs twice."),
            T(
                "Work out {one}, {two} and {three}; add them and double the sum.",
                one=math(rf"{a} \cdot {b}"),
                two=math(rf"{a} \cdot {c}"),
                three=math(rf"{b} \cdot {c}"),
            ),
        ),
        solution=work(
            rf"2 \cdot ({a} \cdot {b} + {a} \cdot {c} + {b} \cdot {c})",
            rf"2 \cdot ({a * b} + {a * c} + {b * c})",
            str(value),
        ),
        wrong=slips(
            value,
            (a * b * c, "surface-volume-mixed"),
            (value // 2, "faces-counted-once"),
            (4 * (a + b + c), "area-perimeter-mixed"),
        ),
    )


@template("7.G.B.6", "triangle-prism", level=2, difficulty=0.3)
def triangular_prism(rng: Generator, interest: str) -> Draft:
    base, height, length = between(rng, 3, 14), 2 * between(rng, 2, 7), between(rng, 3, 20)
    value = base * height * length // 2
    return Draft(
        prompt=T(
            "A tent has the shape of a triangular prism. Its triangle is {base} ft wide and {height} ft high, and "
            "the tent is {length} ft long. Find its volume in cubic feet.",
            base=base,
            height=height,
            length=length,
        ),
        answer=number_key(value),
        hints=(
            T("Which face is the base of the prism? It is the one that stays the same all the way through."),
            T("The volume of a prism is the area of its base times its length."),
            T(
                "Find the area of the triangle with {area}; then multiply by {length}.",
                area=math(rf"\frac{{1}}{{2}} \cdot {base} \cdot {height}"),
                length=length,
            ),
        ),
        solution=work(
            rf"\frac{{1}}{{2}} \cdot {base} \cdot {height} \cdot {length}",
            rf"{base * height // 2} \cdot {length}",
            str(value),
        ),
        wrong=slips(
            value,
            (2 * value, "triangle-half-forgotten"),
            (base * height // 2, "steps-first-only"),
            (base + height + length, "volume-added"),
        ),
    )


@template("7.G.B.6", "missing-height", level=3, difficulty=0.7)
def missing_height(rng: Generator, interest: str) -> Draft:
    a, b, h = between(rng, 3, 12), between(rng, 3, 12), between(rng, 3, 15)
    volume = a * b * h
    return Draft(
        prompt=T(
            "A tank with a rectangular base of {a} cm by {b} cm holds {volume} cubic centimeters. How many "
            "centimeters high is it?",
            a=a,
            b=b,
            volume=volume,
        ),
        answer=number_key(h, unit="cm"),
        hints=(
            T("What do you know, and what is missing: the volume, the base or the height?"),
            T("Volume is the area of the base times the height."),
            T("Find the area of the base, and divide {volume} by it.", volume=volume),
        ),
        solution=work(rf"{a} \cdot {b} = {a * b}", rf"{volume} \div {a * b} = {h}"),
        wrong=slips(
            h,
            (volume - a * b, "inverse-subtracts-instead"),
            (Fraction(volume, a + b), "volume-added"),
            (Fraction(volume, 2 * (a + b)), "area-perimeter-mixed"),
        ),
    )
