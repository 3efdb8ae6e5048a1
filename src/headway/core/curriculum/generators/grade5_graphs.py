"""Grade 5: what points on a graph or a map mean (5.G.A.2)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    distinct,
    number_key,
    pick,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, math

ACROSS_UP = T("The first number of a pair says how far to go across, the second how far to go up.")


GRAPHED: Stories = {
    "nature": T("A graph shows a plant. Across are weeks, up are inches. What does the point ({x}, {y}) mean?"),
    "animals": T("A graph shows a puppy. Across are weeks, up are pounds. What does the point ({x}, {y}) mean?"),
}


@template("5.G.A.2", "meaning", level=1, difficulty=-0.2, uses_interest=True)
def meaning(rng: Generator, interest: str) -> Draft:
    x, y = distinct(rng, 2, 12, 2)
    drawn = pick(rng, ("nature", "animals"))
    plant = (interest if interest in GRAPHED else drawn) == "nature"
    story = tell(rng, "nature" if plant else "animals", GRAPHED, x=x, y=y)
    if plant:
        right, swapped = (T("After {a} weeks it is {b} inches high.", a=p, b=q) for p, q in ((x, y), (y, x)))
        other = T("It grows {a} inches in each of {b} weeks.", a=y, b=x)
    else:
        right, swapped = (T("After {a} weeks it weighs {b} pounds.", a=p, b=q) for p, q in ((x, y), (y, x)))
        other = T("It gains {a} pounds in each of {b} weeks.", a=y, b=x)
    choices = shuffled(rng, [right, swapped, other])
    key = choices.index(right)
    return Draft(
        prompt=story,
        answer=choice_key(key, choices),
        hints=(
            T("What is counted across, and what is counted up?"),
            ACROSS_UP,
            T("The first number, {x}, counts weeks.", x=x),
        ),
        solution=(
            T("The first number counts weeks, the second is read on the axis that goes up."),
            right,
        ),
        wrong=wrong_choices(
            key, (choices.index(swapped), "coordinate-swapped"), (choices.index(other), "op-multiplied")
        ),
    )


MAPS: Stories = {
    "soccer": T(
        "On a map each unit is a block. The school is at {a} and the soccer field at {b}. How many blocks apart?"
    ),
    "music": T("On a map each unit is a block. A music shop is at {a} and a hall at {b}. How many blocks apart?"),
    "trains": T("On a map each unit is a mile. One station is at {a} and the next one at {b}. How many miles apart?"),
    "nature": T("On a park map each unit is a mile. A lake is at {a} and a hill at {b}. How many miles apart?"),
    "games": T("On a game map each unit is a step. A door is at {a} and a key at {b}. How many steps apart?"),
    "space": T("On a moon map each unit is a mile. A rover is at {a} and a crater at {b}. How many miles apart?"),
}


@template("5.G.A.2", "distance", level=2, difficulty=0.2, uses_interest=True)
def distance(rng: Generator, interest: str) -> Draft:
    same, low = between(rng, 1, 9), between(rng, 1, 6)
    gap = between(rng, 2, 9)
    high = low + gap
    across = int(rng.integers(2)) == 1
    first, second = ((low, same), (high, same)) if across else ((same, low), (same, high))
    return Draft(
        prompt=tell(rng, interest, MAPS, a=math(f"({first[0]}, {first[1]})"), b=math(f"({second[0]}, {second[1]})")),
        answer=number_key(gap),
        hints=(
            T("Which number is the same in both pairs? What does that tell you?"),
            ACROSS_UP,
            T("Only one number changes. Find {line}.", line=math(f"{high} - {low}")),
        ),
        solution=(
            T("The points lie on a straight line across.") if across else T("The points lie on a straight line up."),
            T("They are apart by {line}", line=math(f"{high} - {low} = {gap}")),
        ),
        wrong=wrong_numbers(
            gap,
            (high + low, "op-added"),
            (gap + 1, "frac-counts-marks"),
            (high, "steps-last-dropped"),
            (abs(high - same), "coordinate-swapped"),
        ),
    )


@template("5.G.A.2", "around-corner", level=3, difficulty=0.7)
def around(rng: Generator, interest: str) -> Draft:
    x1, x2 = sorted(distinct(rng, 1, 12, 2))
    y1, y2 = sorted(distinct(rng, 1, 12, 2))
    across, up = x2 - x1, y2 - y1
    return Draft(
        prompt=T(
            "On a map each unit is a block. A bus goes along the streets from {a} to {b}, only to the right and up. "
            "How many blocks does it go?",
            a=math(f"({x1}, {y1})"),
            b=math(f"({x2}, {y2})"),
        ),
        answer=number_key(across + up),
        hints=(
            T("How far does the bus go to the right? How far up?"),
            ACROSS_UP,
            T("Find {first} and {second}, then add.", first=math(f"{x2} - {x1}"), second=math(f"{y2} - {y1}")),
        ),
        solution=(
            T(
                "Right: {first}. Up: {second}.",
                first=math(f"{x2} - {x1} = {across}"),
                second=math(f"{y2} - {y1} = {up}"),
            ),
            T("Together: {line}", line=math(f"{across} + {up} = {across + up}")),
        ),
        wrong=wrong_numbers(
            across + up,
            (across, "steps-first-only"),
            (x1 + x2 + y1 + y2, "op-added"),
            (across * up, "op-multiplied"),
            (across + up + 2, "frac-counts-marks"),
        ),
    )
