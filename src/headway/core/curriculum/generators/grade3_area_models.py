"""Grade 3: the area of a rectangle cut in two (3.MD.C.7.c)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    distinct,
    number_key,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, math

CUT = T("Cutting a rectangle in two does not change its area. The two parts add up to the whole.")


def _cut(rng: Generator) -> tuple[int, int, int]:
    """The side that stays whole, and the two parts of the side that is cut."""
    b, c = distinct(rng, 2, 7, 2)
    return between(rng, 3, 9), b, c


@template("3.MD.C.7.c", "parts", level=1, difficulty=-0.2)
def two_parts(rng: Generator, interest: str) -> Draft:
    a, b, c = _cut(rng)
    total = a * b + a * c
    return Draft(
        prompt=T(
            "A rectangle is {a} cm wide. A line cuts its length into {b} cm and {c} cm. "
            "What is the area of the whole rectangle in square cm?",
            a=a,
            b=b,
            c=c,
        ),
        answer=number_key(total, unit="square cm"),
        hints=(
            T("Sketch the rectangle and the line. What are the sides of each part?"),
            CUT,
            T("Find {first} and {second}, then add.", first=math(rf"{a} \times {b}"), second=math(rf"{a} \times {c}")),
        ),
        solution=(
            T(
                "The parts: {first} and {second}",
                first=math(rf"{a} \times {b} = {a * b}"),
                second=math(rf"{a} \times {c} = {a * c}"),
            ),
            T("The whole: {line}", line=math(f"{a * b} + {a * c} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (a * b + c, "order-parentheses-ignored"),
            (a + b + c, "op-added"),
            (a * b, "steps-first-only"),
            (2 * (a + b + c), "area-perimeter-mixed"),
        ),
    )


@template("3.MD.C.7.c", "missing-part", level=2, difficulty=0.3)
def missing_part(rng: Generator, interest: str) -> Draft:
    a, b, c = _cut(rng)
    equation = rf"{a} \times {b + c} = {a} \times {b} + {a} \times \square"
    return Draft(
        prompt=T("A rectangle is cut in two. Which number goes in the box? {equation}", equation=math(equation)),
        answer=number_key(c),
        hints=(
            T("Which side of the rectangle is cut? How long is it in all?"),
            CUT,
            T("One part of the side is {b}. Both parts together are {whole}.", b=b, whole=b + c),
        ),
        solution=(
            T("The side of {whole} is cut into two parts. One part is {b}.", whole=b + c, b=b),
            T("The other part is {line}", line=math(f"{b + c} - {b} = {c}")),
        ),
        wrong=wrong_numbers(c, (b + c, "equation-number-copied"), (a * c, "equals-as-answer"), (b + c + b, "op-added")),
    )


FIELDS: Stories = {
    "nature": T("A garden is {a} m wide. Along it there are {b} m of beans and {c} m of corn."),
    "soccer": T("A field is {a} m wide. Along it there are {b} m for goal shots and {c} m for passing."),
    "art": T("A wall is {a} m high. Along it {b} m are painted red and {c} m are painted blue."),
    "animals": T("A farm yard is {a} m wide. Along it there are {b} m for hens and {c} m for ducks."),
    "music": T("A stage is {a} m deep. Along it there are {b} m for the band and {c} m for dancers."),
    "fashion": T("A quilt is {a} dm wide. Along it there are {b} dm of wool and {c} dm of silk."),
    "cooking": T("A kitchen table is {a} dm wide. Along it {b} dm are for cutting and {c} dm for mixing."),
}


@template("3.MD.C.7.c", "expression", level=3, difficulty=0.6, uses_interest=True)
def which_expression(rng: Generator, interest: str) -> Draft:
    a, b, c = _cut(rng)
    right = rf"$${a} \times {b} + {a} \times {c}$$"
    partly, added = rf"$${a} \times {b} + {c}$$", f"$${a} + {b} + {c}$$"
    turned = rf"$${a} \times {b} \times {c}$$"
    choices = shuffled(rng, [right, partly, added, turned])
    key = choices.index(right)
    return Draft(
        prompt=T(
            "{story} Which expression gives the area of the whole?", story=tell(rng, interest, FIELDS, a=a, b=b, c=c)
        ),
        answer=choice_key(key, choices),
        hints=(
            T("Sketch the rectangle with its two parts."),
            CUT,
            T("Each part is {a} wide. One is {b} long, the other {c}.", a=a, b=b, c=c),
        ),
        solution=(
            T("Each part is a rectangle with {a} as one side.", a=a),
            T("The parts together are {expression}", expression=right),
        ),
        wrong=wrong_choices(
            key,
            (choices.index(partly), "order-parentheses-ignored"),
            (choices.index(added), "area-perimeter-mixed"),
            (choices.index(turned), "op-multiplied"),
        ),
    )
