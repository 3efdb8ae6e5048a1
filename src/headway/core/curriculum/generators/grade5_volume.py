"""Grade 5: volumes of boxes (5.MD.C.5)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    grouped,
    latex_whole,
    number_key,
    wrong_numbers,
)
from headway.core.text import T, Text, math

LAYERS = T("Volume counts the unit cubes that fill a solid. They lie in layers, and the layers are equal.")


W = latex_whole


BOXES: Stories = {
    "animals": T("A fish tank is {a} in long, {b} in wide and {c} in high. What is its volume in cubic inches?"),
    "games": T("A toy box is {a} in long, {b} in wide and {c} in high. What is its volume in cubic inches?"),
    "nature": T("A garden box is {a} ft long, {b} ft wide and {c} ft high. What is its volume in cubic feet?"),
    "music": T("A drum case is {a} in long, {b} in wide and {c} in high. What is its volume in cubic inches?"),
    "trains": T("A freight car is {a} ft long, {b} ft wide and {c} ft high. What is its volume in cubic feet?"),
    "cooking": T("A bread tin is {a} cm long, {b} cm wide and {c} cm high. What is its volume in cubic centimeters?"),
    "comics": T("A box of comics is {a} in long, {b} in wide and {c} in high. What is its volume in cubic inches?"),
}


def _edges(rng: Generator) -> tuple[int, int, int]:
    return between(rng, 6, 15), between(rng, 4, 9), between(rng, 3, 8)


def _volume(prompt: Text, a: int, b: int, c: int) -> Draft:
    total = a * b * c
    return Draft(
        prompt=prompt,
        answer=number_key(total),
        hints=(
            T("How many unit cubes are in the bottom layer?"),
            LAYERS,
            T("Find {base} for one layer. There are {c} layers.", base=math(rf"{a} \times {b}"), c=c),
        ),
        solution=(
            T("One layer: {line}", line=math(rf"{a} \times {b} = {a * b}")),
            T("All layers: {line}", line=math(rf"{a * b} \times {c} = {W(total)}")),
        ),
        wrong=wrong_numbers(
            total,
            (a + b + c, "volume-added"),
            (a * b, "volume-base-only"),
            (2 * (a * b + b * c + a * c), "area-perimeter-mixed"),
            (a * b + c, "volume-added"),
        ),
    )


@template("5.MD.C.5.b", "box", level=1, difficulty=-0.3)
def box(rng: Generator, interest: str) -> Draft:
    a, b, c = _edges(rng)
    return _volume(
        T("A box is {a} cm long, {b} cm wide and {c} cm high. What is its volume in cubic cm?", a=a, b=b, c=c), a, b, c
    )


@template("5.MD.C.5.b", "story", level=2, difficulty=0.0, uses_interest=True)
def box_story(rng: Generator, interest: str) -> Draft:
    a, b, c = _edges(rng)
    return _volume(tell(rng, interest, BOXES, a=a, b=b, c=c), a, b, c)


@template("5.MD.C.5.b", "missing-edge", level=3, difficulty=0.7)
def missing_edge(rng: Generator, interest: str) -> Draft:
    a, b, c = _edges(rng)
    total = a * b * c
    return Draft(
        prompt=T(
            "A box has a volume of {total} cubic cm. It is {a} cm long and {b} cm wide. How many cm high is it?",
            total=grouped(total),
            a=a,
            b=b,
        ),
        answer=number_key(c, unit="cm"),
        hints=(
            T("How many unit cubes are in one layer?"),
            LAYERS,
            T("Find {base}. How many such layers make {total}?", base=math(rf"{a} \times {b}"), total=grouped(total)),
        ),
        solution=(
            T("One layer: {line}", line=math(rf"{a} \times {b} = {a * b}")),
            T("The layers: {line}", line=math(rf"{W(total)} \div {a * b} = {c}")),
        ),
        wrong=wrong_numbers(
            c,
            (a * b, "volume-base-only"),
            (total - a - b, "volume-added"),
            (b * c, "steps-first-only"),
            (total - a * b, "op-subtracted"),
        ),
    )


@template("5.MD.C.5.c", "two-boxes", level=1, difficulty=0.1)
def two_boxes(rng: Generator, interest: str) -> Draft:
    (a, b, c), (d, e, f) = _edges(rng), _edges(rng)
    first, second = a * b * c, d * e * f
    return Draft(
        prompt=T(
            "A solid is made of two boxes that do not overlap. One is {a} by {b} by {c} cm, the other is {d} by {e} by {f} "
            "cm. What is the volume in cubic cm?",
            a=a,
            b=b,
            c=c,
            d=d,
            e=e,
            f=f,
        ),
        answer=number_key(first + second),
        hints=(
            T("What is the volume of each box?"),
            T("The volume of a solid is the sum of the volumes of its parts."),
            T(
                "Find {first} and {second}, then add.",
                first=math(rf"{a} \times {b} \times {c}"),
                second=math(rf"{d} \times {e} \times {f}"),
            ),
        ),
        solution=(
            T(
                "The boxes: {first} and {second}",
                first=math(rf"{a} \times {b} \times {c} = {W(first)}"),
                second=math(rf"{d} \times {e} \times {f} = {W(second)}"),
            ),
            T("Together: {line}", line=math(f"{W(first)} + {W(second)} = {W(first + second)}")),
        ),
        wrong=wrong_numbers(
            first + second,
            (first, "steps-first-only"),
            (a + b + c + d + e + f, "volume-added"),
            (a * b + d * e, "volume-base-only"),
            (abs(first - second), "op-subtracted"),
        ),
    )


@template("5.MD.C.5.c", "steps", level=2, difficulty=0.5)
def stairs(rng: Generator, interest: str) -> Draft:
    wide, deep, high = between(rng, 3, 8), between(rng, 2, 4), between(rng, 2, 5)
    low, tall = wide * deep * high, wide * deep * 2 * high
    return Draft(
        prompt=T(
            "Two steps are built of solid wood, each {wide} dm wide and {deep} dm deep. The first is {high} dm high, the "
            "second is twice as high. How many cubic dm of wood are needed?",
            wide=wide,
            deep=deep,
            high=high,
        ),
        answer=number_key(low + tall),
        hints=(
            T("How high is the second step?"),
            T("Each step is a box. Volumes of boxes that do not overlap can be added."),
            T(
                "Find {first} for the first step. The second is twice as much.",
                first=math(rf"{wide} \times {deep} \times {high}"),
            ),
        ),
        solution=(
            T("First step: {line}", line=math(rf"{wide} \times {deep} \times {high} = {low}")),
            T("Second step: {line}", line=math(rf"{wide} \times {deep} \times {2 * high} = {tall}")),
            T("Together: {line}", line=math(f"{low} + {tall} = {low + tall}")),
        ),
        wrong=wrong_numbers(
            low + tall,
            (low, "steps-first-only"),
            (2 * low, "steps-last-dropped"),
            (wide + deep + high, "volume-added"),
            (2 * wide * deep, "volume-base-only"),
        ),
    )


@template("5.MD.C.5.c", "hollow", level=3, difficulty=0.8)
def hollow(rng: Generator, interest: str) -> Draft:
    a, b, c = between(rng, 8, 15), between(rng, 6, 9), between(rng, 5, 8)
    d, e, f = between(rng, 2, 5), between(rng, 2, 4), between(rng, 2, 4)
    total = a * b * c - d * e * f
    return Draft(
        prompt=T(
            "A block of clay is {a} by {b} by {c} cm. A piece of {d} by {e} by {f} cm is cut out of it. How many cubic cm of "
            "clay are left?",
            a=a,
            b=b,
            c=c,
            d=d,
            e=e,
            f=f,
        ),
        answer=number_key(total),
        hints=(
            T("What is the volume of the block, and what is the volume of the piece?"),
            T("Volumes can be added, and they can be taken away."),
            T(
                "Find {first} and take {second} from it.",
                first=math(rf"{a} \times {b} \times {c}"),
                second=math(rf"{d} \times {e} \times {f}"),
            ),
        ),
        solution=(
            T("The block: {line}", line=math(rf"{a} \times {b} \times {c} = {W(a * b * c)}")),
            T("The piece: {line}", line=math(rf"{d} \times {e} \times {f} = {d * e * f}")),
            T("What is left: {line}", line=math(f"{W(a * b * c)} - {d * e * f} = {W(total)}")),
        ),
        wrong=wrong_numbers(
            total,
            (a * b * c + d * e * f, "op-added"),
            (a * b * c, "steps-first-only"),
            ((a - d) * (b - e) * (c - f), "area-pieces-overlap"),
            (a + b + c - d - e - f, "volume-added"),
        ),
    )
