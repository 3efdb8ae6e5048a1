"""Grade 3: perimeters (3.MD.D.8)."""

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

AROUND = T("The perimeter is the length all the way around. Every side counts.")

FENCE: Stories = {
    "animals": T("A goat pen is a rectangle {a} feet long and {b} feet wide. How many feet of fence go around it?"),
    "nature": T("A garden is a rectangle {a} feet long and {b} feet wide. How many feet of fence go around it?"),
    "art": T("A picture is a rectangle {a} inches long and {b} inches wide. How many inches of frame go around it?"),
    "soccer": T("A practice field is {a} yards long and {b} yards wide. {name} runs around it once. How many yards?"),
    "basketball": T("A small court is {a} feet long and {b} feet wide. How many feet of tape go around its edge?"),
    "fashion": T("A blanket is {a} inches long and {b} inches wide. How many inches of ribbon go around its edge?"),
    "games": T("A sandbox is {a} feet long and {b} feet wide. How many feet of boards go around it?"),
}


@template("3.MD.D.8", "around", level=1, difficulty=-0.3, uses_interest=True)
def around(rng: Generator, interest: str) -> Draft:
    a, b = sorted(distinct(rng, 6, 30, 2), reverse=True)
    total = 2 * (a + b)
    return Draft(
        prompt=tell(rng, interest, FENCE, a=a, b=b),
        answer=number_key(total),
        hints=(
            T("Trace the way around with a finger. How many sides do you pass?"),
            AROUND,
            T("Two sides are {a} long and two are {b} long.", a=a, b=b),
        ),
        solution=(
            T("All four sides: {line}", line=math(f"{a} + {b} + {a} + {b}")),
            T("That is {total}.", total=math(str(total))),
        ),
        wrong=wrong_numbers(total, (a + b, "perimeter-two-sides"), (a * b, "area-perimeter-mixed")),
    )


@template("3.MD.D.8", "missing-side", level=2, difficulty=0.5)
def missing_side_around(rng: Generator, interest: str) -> Draft:
    sides = [between(rng, 4, 15) for _ in range(3)]
    last = between(rng, 4, 15)
    total = sum(sides) + last
    given = " + ".join(map(str, sides))
    return Draft(
        prompt=T(
            "A shape has four sides. Three of them are {a} cm, {b} cm and {c} cm long. The perimeter is {total} cm. "
            "How many cm long is the fourth side?",
            a=sides[0],
            b=sides[1],
            c=sides[2],
            total=total,
        ),
        answer=number_key(last, unit="cm"),
        hints=(
            T("What do the four sides make together?"),
            AROUND,
            T("Find {sum}. How much is missing to {total}?", sum=math(given), total=total),
        ),
        solution=(
            T("The three sides: {line}", line=math(f"{given} = {sum(sides)}")),
            T("The fourth: {line}", line=math(f"{total} - {sum(sides)} = {last}")),
        ),
        wrong=wrong_numbers(
            last,
            (sum(sides), "steps-first-only"),
            (total - sides[0] - sides[1], "steps-last-dropped"),
            (total + sum(sides), "op-added"),
        ),
    )


@template("3.MD.D.8", "same-perimeter", level=3, difficulty=1.0)
def same_perimeter(rng: Generator, interest: str) -> Draft:
    a, b = sorted(distinct(rng, 4, 9, 2), reverse=True)
    slide = between(rng, 1, min(3, b - 1))
    c, d = a + slide, b - slide + (int(rng.integers(3)) == 0)
    same = c + d == a + b
    right = T("They have the same perimeter, but not the same area.")
    area = T("They have the same area, but not the same perimeter.")
    both = T("They have the same perimeter and the same area.")
    none = T("They have neither the same perimeter nor the same area.")
    choices = shuffled(rng, [right, area, both, none])
    key = choices.index(right if same else area if a * b == c * d else none)
    return Draft(
        prompt=T("One rectangle is {a} cm by {b} cm. Another is {c} cm by {d} cm. What is true?", a=a, b=b, c=c, d=d),
        answer=choice_key(key, choices),
        hints=(
            T("What do you find by adding sides, and what by multiplying?"),
            AROUND,
            T("Find the perimeter and the area of each rectangle."),
        ),
        solution=(
            T("Perimeters: {first} and {second}", first=math(str(2 * (a + b))), second=math(str(2 * (c + d)))),
            T("Areas: {first} and {second}", first=math(str(a * b)), second=math(str(c * d))),
            choices[key],
        ),
        wrong=wrong_choices(
            key, (choices.index(area), "area-perimeter-mixed"), (choices.index(both), "steps-first-only")
        ),
    )
