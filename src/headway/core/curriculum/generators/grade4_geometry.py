"""Grade 4: area and perimeter formulas, adding angles (4.MD.A.3, 4.MD.C.7)."""

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


@template("4.MD.A.3", "perimeter-to-side", level=2, difficulty=0.4)
def side_from_perimeter(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 4, 25, 2)
    around = 2 * (a + b)
    return Draft(
        prompt=T(
            "A rectangle has a perimeter of {around} m. It is {a} m long. How many m wide is it?", around=around, a=a
        ),
        answer=number_key(b, unit="m"),
        hints=(
            T("Sketch the rectangle. How many sides are {a} m long?", a=a),
            T("Length and width together are half of the perimeter."),
            T("Take two lengths from {around}. Two widths are left.", around=around),
        ),
        solution=(
            T("Two widths: {line}", line=math(rf"{around} - 2 \times {a} = {2 * b}")),
            T("One width: {line}", line=math(rf"{2 * b} \div 2 = {b}")),
        ),
        wrong=wrong_numbers(
            b,
            (around - a, "perimeter-two-sides"),
            (2 * b, "steps-first-only"),
            (around // a if around % a == 0 else None, "area-perimeter-mixed"),
            (abs(around // 2 + a), "op-added"),
        ),
    )


@template("4.MD.A.3", "area-to-side", level=1, difficulty=0.0)
def side_from_area(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 3, 9), between(rng, 11, 28)
    area = a * b
    return Draft(
        prompt=T(
            "The floor of a room is a rectangle with an area of {area} square ft. The room is {a} ft wide. "
            "How many ft long is it?",
            area=area,
            a=a,
        ),
        answer=number_key(b, unit="ft"),
        hints=(
            T("Which numbers are multiplied to get the area?"),
            T("Area is length times width. An unknown side is an unknown factor."),
            T("Find {division}.", division=math(rf"{area} \div {a}")),
        ),
        solution=(
            T("Length times width is the area: {line}", line=math(rf"\square \times {a} = {area}")),
            T("So the length is {line}", line=math(rf"{area} \div {a} = {b}")),
        ),
        wrong=wrong_numbers(
            b, (area - a, "op-subtracted"), ((area - 2 * a) // 2, "area-perimeter-mixed"), (area * a, "op-multiplied")
        ),
    )


GARDENS: Stories = {
    "nature": T(
        "A garden is {a} ft long and {b} ft wide. One foot of fence costs ${price}. How many dollars does a fence "
        "around the garden cost?"
    ),
    "animals": T(
        "A dog run is {a} ft long and {b} ft wide. One foot of fence costs ${price}. How many dollars does a "
        "fence around it cost?"
    ),
    "art": T(
        "A picture is {a} in long and {b} in wide. One inch of frame costs ${price}. How many dollars does the frame "
        "around it cost?"
    ),
    "soccer": T(
        "A small field is {a} yd long and {b} yd wide. One yard of rope costs ${price}. How many dollars does a "
        "rope around it cost?"
    ),
    "fashion": T(
        "A blanket is {a} in long and {b} in wide. One inch of trim costs ${price}. How many dollars does the "
        "trim around it cost?"
    ),
}


@template("4.MD.A.3", "cost-around", level=3, difficulty=0.9, uses_interest=True)
def cost_around(rng: Generator, interest: str) -> Draft:
    b, a = sorted(distinct(rng, 8, 30, 2))
    price = between(rng, 2, 6)
    around = 2 * (a + b)
    return Draft(
        prompt=tell(rng, interest, GARDENS, a=a, b=b, price=price),
        answer=number_key(around * price, unit="$"),
        hints=(
            T("Is the length around needed, or the area?"),
            T("The perimeter of a rectangle is twice the length and twice the width."),
            T("Find the length around. Each unit of it costs ${price}.", price=price),
        ),
        solution=(
            T("Around: {line}", line=math(rf"2 \times {a} + 2 \times {b} = {around}")),
            T("The cost in dollars: {line}", line=math(rf"{around} \times {price} = {around * price}")),
        ),
        wrong=wrong_numbers(
            around * price,
            (a * b * price, "area-perimeter-mixed"),
            (around, "steps-first-only"),
            ((a + b) * price, "perimeter-two-sides"),
        ),
    )


@template("4.MD.C.7", "sum", level=1, difficulty=-0.5)
def angle_sum(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 12, 85), between(rng, 15, 90)
    return Draft(
        prompt=T(
            "Two angles lie side by side and do not overlap. One measures {a}° and the other {b}°. "
            "How many degrees is the angle that they make together?",
            a=a,
            b=b,
        ),
        answer=number_key(a + b, unit="°"),
        hints=(
            T("Sketch two angles with a side in common."),
            T("When angles lie side by side, their measures add up."),
            T("Find {line}.", line=math(f"{a} + {b}")),
        ),
        solution=(
            T("The parts make the whole angle."),
            T("Add: {line}", line=math(f"{a} + {b} = {a + b}")),
        ),
        wrong=wrong_numbers(
            a + b, (abs(a - b), "op-subtracted"), (abs(180 - a - b), "angle-wrong-total"), (a + b + 10, "add-no-carry")
        ),
    )


@template("4.MD.C.7", "missing", level=2, difficulty=0.1)
def angle_missing(rng: Generator, interest: str) -> Draft:
    total = pick(rng, (90, 180))
    part = between(rng, 12, total - 12)
    part = part + 1 if part * 2 == total else part
    left = total - part
    return Draft(
        prompt=T(
            "A right angle is cut into two angles. One measures {part}°. How many degrees is the other?", part=part
        )
        if total == 90
        else T(
            "A straight angle is cut into two angles. One measures {part}°. How many degrees is the other?", part=part
        ),
        answer=number_key(left, unit="°"),
        hints=(
            T("How large is a right angle?") if total == 90 else T("How large is a straight angle?"),
            T("When angles lie side by side, their measures add up to the whole angle."),
            T("Take {part} from the whole angle.", part=part),
        ),
        solution=(
            T("The whole angle measures {total}°.", total=total),
            T("Subtract: {line}", line=math(f"{total} - {part} = {left}")),
        ),
        wrong=wrong_numbers(
            left,
            (270 - total - part, "angle-wrong-total"),
            (total + part, "op-added"),
            (360 - part, "angle-wrong-total"),
        ),
    )


@template("4.MD.C.7", "three-parts", level=3, difficulty=0.7)
def angle_three(rng: Generator, interest: str) -> Draft:
    total = between(rng, 12, 17) * 10
    a, b = between(rng, 21, 58), between(rng, 22, 47)
    left = total - a - b
    return Draft(
        prompt=T(
            "An angle of {total}° is cut into three angles. Two of them measure {a}° and {b}°. "
            "How many degrees is the third one?",
            total=total,
            a=a,
            b=b,
        ),
        answer=number_key(left, unit="°"),
        hints=(
            T("What do the three angles make together?"),
            T("When angles lie side by side, their measures add up to the whole angle."),
            T("Find {line}, and take that from {total}.", line=math(f"{a} + {b}"), total=total),
        ),
        solution=(
            T("The two known angles: {line}", line=math(f"{a} + {b} = {a + b}")),
            T("The third: {line}", line=math(f"{total} - {a + b} = {left}")),
        ),
        wrong=wrong_numbers(
            left,
            (a + b, "steps-first-only"),
            (total - a, "steps-last-dropped"),
            (180 - a - b, "angle-wrong-total"),
            (total + a + b, "op-added"),
        ),
    )
