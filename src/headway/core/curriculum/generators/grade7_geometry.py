"""Grade 7: circles and angles (7.G.B.4, 7.G.B.5)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import linear, show, slips, solution, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, number_key, pick
from headway.core.text import T, math

CIRCUMFERENCE = T("The circumference of a circle is {formula}.", formula=math(r"C = 2 \pi r"))
AREA = T("The area of a circle is {formula}.", formula=math(r"A = \pi r^2"))
PI = Fraction(314, 100)


@template("7.G.B.4", "circumference", level=1, difficulty=-0.2)
def circumference(rng: Generator, interest: str) -> Draft:
    radius, given = between(rng, 2, 30), pick(rng, ("radius", "diameter"))
    length = radius if given == "radius" else 2 * radius
    value = 2 * PI * radius
    return Draft(
        prompt=T(
            "A circle has a radius of {length} cm. Find its circumference in cm, with {pi}.",
            length=length,
            pi=math(r"\pi \approx 3.14"),
        )
        if given == "radius"
        else T(
            "A circle has a diameter of {length} cm. Find its circumference in cm, with {pi}.",
            length=length,
            pi=math(r"\pi \approx 3.14"),
        ),
        answer=number_key(decimal(value), unit="cm"),
        hints=(
            T("The circumference is the way around the circle: a little more than three diameters."),
            CIRCUMFERENCE,
            T("Double the radius, then multiply by {pi}.", pi=math("3.14")),
        ),
        solution=work(rf"2 \cdot 3.14 \cdot {radius}", decimal(value)),
        wrong=slips(
            decimal(value),
            (decimal(PI * radius * radius), "circle-formulas-mixed"),
            (decimal(PI * length if given == "radius" else 2 * PI * length), "radius-diameter-mixed"),
        ),
    )


@template("7.G.B.4", "area", level=2, difficulty=0.1)
def circle_area(rng: Generator, interest: str) -> Draft:
    radius, given = between(rng, 3, 30), pick(rng, ("radius", "diameter"))
    length = radius if given == "radius" else 2 * radius
    value = PI * radius * radius
    return Draft(
        prompt=T(
            "A circle has a radius of {length} cm. Find its area in square centimeters, with {pi}.",
            length=length,
            pi=math(r"\pi \approx 3.14"),
        )
        if given == "radius"
        else T(
            "A circle has a diameter of {length} cm. Find its area in square centimeters, with {pi}.",
            length=length,
            pi=math(r"\pi \approx 3.14"),
        ),
        answer=number_key(decimal(value)),
        hints=(
            T("Do you know the radius, or do you have to find it first?"),
            AREA,
            T("Multiply the radius by itself, then by {pi}.", pi=math("3.14")),
        ),
        solution=work(rf"3.14 \cdot {radius}^2", rf"3.14 \cdot {radius * radius}", decimal(value)),
        wrong=slips(
            decimal(value),
            (decimal(2 * PI * radius), "circle-formulas-mixed"),
            (decimal(PI * (length * length if given == "diameter" else 4 * radius * radius)), "radius-diameter-mixed"),
            (decimal(PI * radius * 2 * radius), "exponent-as-factor"),
        ),
    )


@template("7.G.B.4", "radius", level=3, difficulty=0.7)
def radius_from_circumference(rng: Generator, interest: str) -> Draft:
    radius, ask_diameter = between(rng, 4, 60), between(rng, 0, 1) == 1
    around = 2 * PI * radius
    value = 2 * radius if ask_diameter else radius
    shown = decimal(around)
    return Draft(
        prompt=T(
            "The circumference of a circle is {around} cm. Find its diameter in cm, with {pi}.",
            around=math(shown),
            pi=math(r"\pi \approx 3.14"),
        )
        if ask_diameter
        else T(
            "The circumference of a circle is {around} cm. Find its radius in cm, with {pi}.",
            around=math(shown),
            pi=math(r"\pi \approx 3.14"),
        ),
        answer=number_key(value, unit="cm"),
        hints=(
            T("Write the formula and put in what you know."),
            CIRCUMFERENCE,
            T("Divide {around} by {pi} to get the diameter.", around=math(shown), pi=math("3.14"))
            if ask_diameter
            else T(
                "Divide {around} by {pi}; that is the diameter. Then take half of it.",
                around=math(shown),
                pi=math("3.14"),
            ),
        ),
        solution=work(rf"2r = {shown} \div 3.14", f"2r = {2 * radius}", *(() if ask_diameter else (f"r = {radius}",))),
        wrong=slips(
            value,
            (radius if ask_diameter else 2 * radius, "radius-diameter-mixed"),
            (decimal(around * PI), "inverse-not-used"),
        ),
    )


@template("7.G.B.5", "supplement", level=1, difficulty=-0.6)
def supplement(rng: Generator, interest: str) -> Draft:
    total = pick(rng, (90, 180))
    angle = between(rng, 12, total - 12)
    if 2 * angle == total:
        angle += 5
    value = total - angle
    return Draft(
        prompt=T(
            "Two angles are supplementary. One measures {angle}°. How many degrees does the other one measure?",
            angle=angle,
        )
        if total == 180
        else T(
            "Two angles are complementary. One measures {angle}°. How many degrees does the other one measure?",
            angle=angle,
        ),
        answer=number_key(value, unit="°"),
        hints=(
            T("What do the two angles make when you put them side by side?"),
            T("Supplementary angles make a straight line, complementary angles make a right angle."),
            T("Subtract {angle} from {total}.", angle=angle, total=total),
        ),
        solution=work(f"{total} - {angle}", str(value)),
        wrong=slips(
            value,
            (180 - angle if total == 90 else 270 - angle, "angle-wrong-total"),
            (angle, "angles-taken-as-equal"),
            (360 - angle, "angle-wrong-total"),
        ),
    )


@template("7.G.B.5", "equation", level=2, difficulty=0.3)
def angle_equation(rng: Generator, interest: str) -> Draft:
    x, a, b = between(rng, 5, 25), between(rng, 2, 5), between(rng, 1, 40)
    first = a * x + b
    if first >= 170:
        b = 1
        first = a * x + b
    second = 180 - first
    return Draft(
        prompt=T(
            "Two angles on a straight line measure {first}° and {second}°. Find {letter}.",
            first=math(show(*linear(a, b))),
            second=math(str(second)),
            letter=math("x"),
        ),
        answer=solution(x),
        hints=(
            T("What do the two angles add up to?"),
            T("Angles on a straight line add up to 180°."),
            T("Solve {equation}.", equation=math(f"{show(*linear(a, b))} + {second} = 180")),
        ),
        solution=(
            moves.given(f"{show(*linear(a, b))} + {second} = 180"),
            moves.subtract_both(b + second, f"{a}x = {a * x}"),
            moves.divide_both(a, f"x = {x}"),
        ),
        wrong=slips(
            x,
            (first, "steps-first-only"),
            (Fraction(second - b, a), "angles-taken-as-equal"),
            (Fraction(90 - b - second, a) if b + second < 90 else Fraction(360 - b - second, a), "angle-wrong-total"),
        ),
    )


@template("7.G.B.5", "vertical", level=3, difficulty=0.6)
def vertical_angles(rng: Generator, interest: str) -> Draft:
    x, c = between(rng, 4, 20), between(rng, 1, 3)
    a = c + between(rng, 1, 3)
    b = between(rng, 1, 30)
    d = (a - c) * x + b
    left, right = show(*linear(a, b)), show(*linear(c, d))
    return Draft(
        prompt=T(
            "Two lines cross. Two angles opposite each other measure {left} and {right} degrees. Find {letter}.",
            left=math(left),
            right=math(right),
            letter=math("x"),
        ),
        answer=solution(x),
        hints=(
            T("What do you know about angles that lie opposite each other where two lines cross?"),
            T("Vertical angles are equal."),
            T(
                "Solve {equation}: bring the terms with {letter} to one side.",
                equation=math(f"{left} = {right}"),
                letter=math("x"),
            ),
        ),
        solution=(
            moves.given(f"{left} = {right}"),
            moves.subtract_both(show((c, "x")), f"{show(*linear(a - c, b))} = {d}"),
            moves.subtract_both(b, f"{show((a - c, 'x'))} = {d - b}"),
            *((moves.divide_both(a - c, f"x = {x}"),) if a - c > 1 else ()),
        ),
        wrong=slips(
            x,
            (a * x + b, "steps-last-dropped"),
            (Fraction(180 - b - d, a + c), "angles-add-to-180"),
            (Fraction(d + b, a - c), "inverse-not-used"),
            (Fraction(d - b, a + c), "sign-lost-moving-terms"),
        ),
    )
