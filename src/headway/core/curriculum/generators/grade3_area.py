"""Grade 3: areas of rectangles and of figures made of rectangles (3.MD.C.7)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    distinct,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, math

ROWS = T("Area counts the unit squares that cover a shape. In a rectangle they lie in equal rows.")
UNITS = (("cm", "square cm"), ("m", "square m"), ("ft", "square ft"), ("in", "square in"))

COVER: Stories = {
    "art": T("A poster is {a} feet long and {b} feet wide. How many square feet is its area?"),
    "nature": T("A garden bed is {a} feet long and {b} feet wide. How many square feet is its area?"),
    "games": T("A game board is {a} inches long and {b} inches wide. How many square inches is its area?"),
    "soccer": T("A practice goal is {a} feet wide and {b} feet high. How many square feet of net cover its front?"),
    "cooking": T("A tray is {a} inches long and {b} inches wide. How many square inches is its area?"),
    "animals": T("A rabbit pen is {a} feet long and {b} feet wide. How many square feet is its area?"),
    "space": T("A solar panel is {a} meters long and {b} meters wide. How many square meters is its area?"),
    "fashion": T("A piece of cloth is {a} feet long and {b} feet wide. How many square feet is its area?"),
}


@template("3.MD.C.7.b", "rectangle", level=1, difficulty=-0.6)
def rectangle(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 3, 12, 2)
    unit, square = pick(rng, UNITS)
    return Draft(
        prompt=T(
            "A rectangle is {a} {unit} long and {b} {unit} wide. What is its area in {square}?",
            a=a,
            b=b,
            unit=unit,
            square=square,
        ),
        answer=number_key(a * b, unit=square),
        hints=(
            T("Imagine unit squares that cover the rectangle. How many are in one row?"),
            ROWS,
            T("There are {b} rows with {a} squares in each row.", a=a, b=b),
        ),
        solution=(
            T("{b} rows of {a} unit squares cover it.", a=a, b=b),
            T("The area is {line}", line=math(rf"{a} \times {b} = {a * b}")),
        ),
        wrong=wrong_numbers(
            a * b, (2 * (a + b), "area-perimeter-mixed"), (a + b, "op-added"), (a * b - a, "mult-one-group-off")
        ),
    )


@template("3.MD.C.7.b", "cover", level=2, difficulty=-0.1, uses_interest=True)
def cover(rng: Generator, interest: str) -> Draft:
    a, b = sorted(distinct(rng, 3, 10, 2), reverse=True)
    return Draft(
        prompt=tell(rng, interest, COVER, a=a, b=b),
        answer=number_key(a * b),
        hints=(
            T("Does the question ask for the length around, or for the squares that cover it?"),
            ROWS,
            T("Find {product}.", product=math(rf"{a} \times {b}")),
        ),
        solution=(
            T("It is covered by {b} rows of {a} squares.", a=a, b=b),
            T("The area is {line}", line=math(rf"{a} \times {b} = {a * b}")),
        ),
        wrong=wrong_numbers(
            a * b, (2 * (a + b), "area-perimeter-mixed"), (a + b, "op-added"), (a * b + b, "mult-one-group-off")
        ),
    )


@template("3.MD.C.7.b", "missing-side", level=3, difficulty=0.6)
def missing_side(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 3, 10, 2)
    unit, square = pick(rng, UNITS)
    area = a * b
    return Draft(
        prompt=T(
            "A rectangle has an area of {area} {square}. It is {a} {unit} long. How many {unit} wide is it?",
            area=area,
            square=square,
            a=a,
            unit=unit,
        ),
        answer=number_key(b, unit=unit),
        hints=(
            T("How many unit squares are in one row along the length?"),
            ROWS,
            T("How many rows of {a} make {area}?", a=a, area=area),
        ),
        solution=(
            T("Length times width is the area: {line}", line=math(rf"{a} \times \square = {area}")),
            T("So the width is {line}", line=math(rf"{area} \div {a} = {b}")),
        ),
        wrong=wrong_numbers(
            b,
            (area - a, "op-subtracted"),
            (area * a, "op-multiplied"),
            (area - 2 * a, "area-perimeter-mixed"),
        ),
    )


@template("3.MD.C.7.d", "two-parts", level=1, difficulty=0.1)
def two_parts(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 3, 9, 2)
    c, d = distinct(rng, 2, 8, 2)
    total = a * b + c * d
    return Draft(
        prompt=T(
            "A shape is made of two rectangles that do not overlap. One is {a} ft by {b} ft, the other is {c} ft by "
            "{d} ft. What is the area of the whole shape in square ft?",
            a=a,
            b=b,
            c=c,
            d=d,
        ),
        answer=number_key(total, unit="square ft"),
        hints=(
            T("Sketch the shape. What do you know about each part?"),
            T("The area of a shape is the sum of the areas of its parts."),
            T("Find {first} and {second}, then add.", first=math(rf"{a} \times {b}"), second=math(rf"{c} \times {d}")),
        ),
        solution=(
            T(
                "The parts: {first} and {second}",
                first=math(rf"{a} \times {b} = {a * b}"),
                second=math(rf"{c} \times {d} = {c * d}"),
            ),
            T("Together: {line}", line=math(f"{a * b} + {c * d} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (a + b + c + d, "op-added"),
            (a * b, "steps-first-only"),
            (2 * (a + b + c + d), "area-perimeter-mixed"),
        ),
    )


@template("3.MD.C.7.d", "corner-cut", level=3, difficulty=1.0)
def corner_cut(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 6, 10), between(rng, 5, 9)
    c, d = between(rng, 2, 3), between(rng, 2, 4)
    total = a * b - c * d
    return Draft(
        prompt=T(
            "A sheet of paper is {a} in long and {b} in wide. A piece of {c} in by {d} in is cut off at one corner. "
            "What is the area of the paper that is left, in square in?",
            a=a,
            b=b,
            c=c,
            d=d,
        ),
        answer=number_key(total, unit="square in"),
        hints=(
            T("Sketch the sheet and the piece that is cut off."),
            T("Areas can be added, and they can be taken away."),
            T(
                "Find {first} and take {second} from it.",
                first=math(rf"{a} \times {b}"),
                second=math(rf"{c} \times {d}"),
            ),
        ),
        solution=(
            T("The whole sheet: {line}", line=math(rf"{a} \times {b} = {a * b}")),
            T("The corner: {line}", line=math(rf"{c} \times {d} = {c * d}")),
            T("What is left: {line}", line=math(f"{a * b} - {c * d} = {total}")),
        ),
        wrong=wrong_numbers(
            total, (a * b + c * d, "op-added"), (a * b, "steps-first-only"), ((a - c) * (b - d), "area-pieces-overlap")
        ),
    )


@template("3.MD.C.7.d", "l-shape", level=2, difficulty=0.7)
def l_shape(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 5, 9), between(rng, 2, 4)
    c, d = between(rng, 2, 4), between(rng, 3, 7)
    total = a * b + c * d
    return Draft(
        prompt=T(
            "A room is shaped like an L. Cut it into two rectangles: the lower one is {a} m by {b} m, the upper one is "
            "{c} m by {d} m. How many square meters of carpet cover the floor?",
            a=a,
            b=b,
            c=c,
            d=d,
        ),
        answer=number_key(total, unit="square m"),
        hints=(
            T("Sketch the L and draw the line that cuts it in two."),
            T("The parts do not overlap, so their areas may be added."),
            T("The lower part has {b} rows of {a} squares. Do the same for the upper part.", a=a, b=b),
        ),
        solution=(
            T(
                "Lower part: {first}. Upper part: {second}.",
                first=math(rf"{a} \times {b} = {a * b}"),
                second=math(rf"{c} \times {d} = {c * d}"),
            ),
            T("Together: {line}", line=math(f"{a * b} + {c * d} = {total}")),
        ),
        wrong=wrong_numbers(
            total, (a * (b + d), "area-pieces-overlap"), (a * b, "steps-first-only"), (a + b + c + d, "op-added")
        ),
    )
