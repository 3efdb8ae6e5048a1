"""Grade 4: angles as parts of a full turn (4.MD.C.5)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    latex_fraction,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, math

FULL = T("A full turn is 360 one-degree angles.")
BOTTOMS = (3, 4, 5, 6, 8, 9, 10, 12, 15, 18, 20, 24)

TURNS: Stories = {
    "art": T("A color wheel has {parts} equal parts. {name} turns it by {top} of them. How many degrees is that turn?"),
    "games": T("A spinner has {parts} equal parts. It turns by {top} of them. How many degrees is that turn?"),
    "space": T("A space station turns in {parts} equal steps. It has made {top} of them. How many degrees is that?"),
    "music": T("A round stage turns in {parts} equal steps. It has made {top} of them. How many degrees is that?"),
    "cooking": T(
        "A round pie is cut into {parts} equal slices. {top} slices lie side by side. How many degrees is that?"
    ),
    "trains": T("A train turntable has {parts} equal stops. It turns past {top} of them. How many degrees is that?"),
    "animals": T(
        "A round pen has {parts} equal parts. A horse walks past {top} of them. How many degrees is that turn?"
    ),
}


def _part(rng: Generator) -> tuple[int, int]:
    bottom = pick(rng, BOTTOMS)
    return between(rng, 1, bottom - 1), bottom


@template("4.MD.C.5", "one-degrees", level=1, difficulty=-0.7)
def one_degrees(rng: Generator, interest: str) -> Draft:
    n = between(rng, 12, 175)
    return Draft(
        prompt=T("An angle turns through {n} one-degree angles. How many degrees does it measure?", n=n),
        answer=number_key(n, unit="°"),
        hints=(
            T("How large is a one-degree angle?"),
            T("The measure of an angle counts one-degree angles."),
            T("Each of the one-degree angles adds one degree."),
        ),
        solution=(T("The measure counts the one-degree angles."), T("It measures {n}°.", n=n)),
        wrong=wrong_numbers(n, (360 - n, "frac-other-part"), (180 - n, "angle-wrong-total"), (360, "equals-as-answer")),
    )


@template("4.MD.C.5", "fraction-of-turn", level=2, difficulty=0.1)
def fraction_of_turn(rng: Generator, interest: str) -> Draft:
    top, bottom = _part(rng)
    answer = 360 // bottom * top
    fraction = latex_fraction(top, bottom)
    return Draft(
        prompt=T("An angle is {fraction} of a full turn. How many degrees does it measure?", fraction=math(fraction)),
        answer=number_key(answer, unit="°"),
        hints=(
            T("How many degrees are in a full turn?"),
            FULL,
            T("Divide the full turn by {bottom}. Take {top} of these parts.", bottom=bottom, top=top)
            if top > 1
            else T("Divide the full turn by {bottom}.", bottom=bottom),
        ),
        solution=(
            T("One part: {line}", line=math(rf"360 \div {bottom} = {360 // bottom}")),
            T("The angle: {line}", line=math(rf"{top} \times {360 // bottom} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer,
            (Fraction(180 * top, bottom), "angle-wrong-total"),
            (360 - answer, "frac-other-part"),
            (360 // bottom, "steps-first-only"),
            (Fraction(100 * top, bottom), "unit-wrong-factor"),
        ),
    )


@template("4.MD.C.5", "story", level=2, difficulty=0.3, uses_interest=True)
def turn_story(rng: Generator, interest: str) -> Draft:
    bottom = pick(rng, BOTTOMS)
    top = between(rng, 2, bottom - 1)
    answer = 360 // bottom * top
    return Draft(
        prompt=tell(rng, interest, TURNS, parts=bottom, top=top),
        answer=number_key(answer, unit="°"),
        hints=(
            T("How many degrees are in a full turn?"),
            FULL,
            T("Find the degrees of one of the {parts} equal parts first.", parts=bottom),
        ),
        solution=(
            T("One part: {line}", line=math(rf"360 \div {bottom} = {360 // bottom}")),
            T("All of them: {line}", line=math(rf"{top} \times {360 // bottom} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer,
            (360 // bottom, "steps-first-only"),
            (360 - answer, "frac-other-part"),
            (180 * top // bottom if 180 * top % bottom == 0 else None, "angle-wrong-total"),
            (360 * top, "steps-last-dropped"),
        ),
    )


@template("4.MD.C.5", "which-fraction", level=3, difficulty=0.7)
def which_fraction(rng: Generator, interest: str) -> Draft:
    top, bottom = _part(rng)
    degrees = 360 // bottom * top
    value = Fraction(top, bottom)
    return Draft(
        prompt=T("What fraction of a full turn is an angle of {degrees}°?", degrees=degrees),
        answer=number_key(value),
        hints=(
            T("How many degrees are in a full turn?"),
            FULL,
            T("Write {degrees} over the degrees of a full turn. You may make it simpler.", degrees=degrees),
        ),
        solution=(
            T("Compare with a full turn: {fraction}", fraction=math(latex_fraction(degrees, 360))),
            T("In simplest form it is {answer}", answer=math(latex_fraction(value.numerator, value.denominator))),
        ),
        wrong=wrong_numbers(
            value,
            (Fraction(degrees, 180), "angle-wrong-total"),
            (1 - value, "frac-other-part"),
            (Fraction(degrees, 100), "unit-wrong-factor"),
            (1 / value, "frac-upside-down"),
        ),
    )
