"""Grade 5: two patterns side by side, and points in the first quadrant (5.OA.B.3, 5.G.A.1)."""

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
from headway.core.curriculum.problems import AnswerSpec, WrongAnswer
from headway.core.text import T, math

ACROSS_UP = T("The first number of a pair says how far to go across, the second how far to go up.")
PAIRS = T("Terms that stand at the same place of two patterns belong together.")


def point_key(x: int, y: int) -> AnswerSpec:
    """The key of a point."""
    return AnswerSpec("coordinate", (f"({x}, {y})",))


@template("5.OA.B.3", "how-many-times", level=2, difficulty=0.2)
def how_many_times(rng: Generator, interest: str) -> Draft:
    a, times = between(rng, 2, 12), between(rng, 2, 6)
    b = a * times
    return Draft(
        prompt=T(
            "Two patterns start at 0. The rule of the first is: add {a}. The rule of the second is: add {b}. "
            "Look at terms at the same place. How many times as large as the first pattern's term is the second one's?",
            a=a,
            b=b,
        ),
        answer=number_key(times),
        hints=(
            T("Write the first four terms of both patterns, one under the other."),
            PAIRS,
            T("Compare the steps: how many steps of {a} make one step of {b}?", a=a, b=b),
        ),
        solution=(
            T("First: {first}. Second: {second}.", first=math(f"0, {a}, {2 * a}"), second=math(f"0, {b}, {2 * b}")),
            T("Each second term is {times} times the first one.", times=times),
        ),
        wrong=wrong_numbers(times, (b - a, "compare-additive"), (a, "equation-number-copied"), (a + b, "op-added")),
    )


@template("5.OA.B.3", "pair", level=1, difficulty=-0.3)
def pair(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 2, 9, 2)
    place = between(rng, 3, 6)
    x, y = a * (place - 1), b * (place - 1)
    return Draft(
        prompt=T(
            "Two patterns start at 0. The first rule is: add {a}. The second rule is: add {b}. Write the two terms at "
            "place {place} as a pair, like (2, 3). The start is place 1.",
            a=a,
            b=b,
            place=place,
        ),
        answer=point_key(x, y),
        hints=(
            T("Write both patterns one under the other. The first terms are 0 and 0."),
            PAIRS,
            T("Use each rule one time less than {place}.", place=place),
        ),
        solution=(
            T("First: {terms}", terms=math(", ".join(str(a * n) for n in range(place)))),
            T("Second: {terms}", terms=math(", ".join(str(b * n) for n in range(place)))),
            T("The pair is {pair}", pair=math(f"({x}, {y})")),
        ),
        wrong=(
            WrongAnswer(f"({y}, {x})", "coordinate-swapped"),
            WrongAnswer(f"({x + a}, {y + b})", "pattern-step-off"),
        ),
    )


SAVERS: Stories = {
    "games": T(
        "{name} wins {a} points a day and {friend} wins {b}. Both start at 0. When {name} has {x} points, how many "
        "has {friend}?"
    ),
    "music": T(
        "{name} learns {a} songs a month and {friend} learns {b}. Both start at 0. When {name} knows {x} songs, "
        "how many does {friend} know?"
    ),
    "comics": T(
        "{name} reads {a} pages a day and {friend} reads {b}. Both start at 0. When {name} has read {x} pages, "
        "how many has {friend} read?"
    ),
    "nature": T(
        "{name} plants {a} trees a day and {friend} plants {b}. Both start at 0. When {name} has planted {x}, how "
        "many has {friend} planted?"
    ),
    "soccer": T(
        "{name} runs {a} laps a day and {friend} runs {b}. Both start at 0. When {name} has run {x} laps, how "
        "many has {friend} run?"
    ),
}


@template("5.OA.B.3", "story", level=3, difficulty=0.7, uses_interest=True)
def two_savers(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 2, 9, 2)
    days = between(rng, 4, 12)
    x, y = a * days, b * days
    return Draft(
        prompt=tell(rng, interest, SAVERS, a=a, b=b, x=x),
        answer=number_key(y),
        hints=(
            T("How long does it take to get to {x}?", x=x),
            PAIRS,
            T("Find {division}. Use as many steps in the other pattern.", division=math(rf"{x} \div {a}")),
        ),
        solution=(
            T("The number of steps: {line}", line=math(rf"{x} \div {a} = {days}")),
            T("The other pattern: {line}", line=math(rf"{days} \times {b} = {y}")),
        ),
        wrong=wrong_numbers(
            y,
            (x + b - a if b > a else None, "compare-additive"),
            (days, "steps-first-only"),
            (x * b, "op-multiplied"),
            (x + b, "op-added"),
        ),
    )


@template("5.G.A.1", "point", level=1, difficulty=-0.6)
def walk(rng: Generator, interest: str) -> Draft:
    x, y = distinct(rng, 1, 12, 2)
    return Draft(
        prompt=T(
            "Start at the origin. Go {x} to the right and {y} up. At which point are you? Write it like (2, 3).",
            x=x,
            y=y,
        ),
        answer=point_key(x, y),
        hints=(
            T("Where is the origin? Which numbers does it have?"),
            ACROSS_UP,
            T("Going right changes the first number. Going up changes the second one."),
        ),
        solution=(
            T("Going right gives the first number, going up the second."),
            T("The point is {point}", point=math(f"({x}, {y})")),
        ),
        wrong=(
            WrongAnswer(f"({y}, {x})", "coordinate-swapped"),
            WrongAnswer(f"({x + 1}, {y + 1})", "frac-counts-marks"),
        ),
    )


@template("5.G.A.1", "move", level=2, difficulty=0.1)
def move(rng: Generator, interest: str) -> Draft:
    x, y = distinct(rng, 3, 11, 2)
    right, up = between(rng, 1, 6), between(rng, 1, 6)
    left = int(rng.integers(2)) == 1 and x > right and x - right != y + up
    end = (x - right if left else x + right, y + up)
    return Draft(
        prompt=T(
            "Start at {point}. Go {n} to the left and {up} up. At which point are you?",
            point=math(f"({x}, {y})"),
            n=right,
            up=up,
        )
        if left
        else T(
            "Start at {point}. Go {n} to the right and {up} up. At which point are you?",
            point=math(f"({x}, {y})"),
            n=right,
            up=up,
        ),
        answer=point_key(*end),
        hints=(
            T("Which of the two numbers changes when you go left or right?"),
            ACROSS_UP,
            T("The first number gets smaller by {n}. The second gets larger by {up}.", n=right, up=up)
            if left
            else T("The first number gets larger by {n}. The second gets larger by {up}.", n=right, up=up),
        ),
        solution=(
            T("Across: {line}", line=math(f"{x} {'-' if left else '+'} {right} = {end[0]}")),
            T("Up: {line}", line=math(f"{y} + {up} = {end[1]}")),
            T("The point is {point}", point=math(f"({end[0]}, {end[1]})")),
        ),
        wrong=tuple(
            WrongAnswer(f"({a}, {b})", slip)
            for (a, b), slip in {
                (x + up, y + right): "coordinate-swapped",
                (end[1], end[0]): "coordinate-swapped",
                (right, up): "steps-last-dropped",
            }.items()
            if (a, b) != end
        ),
    )


@template("5.G.A.1", "on-axis", level=3, difficulty=0.5)
def corner(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 1, 6), between(rng, 1, 6)
    w, h = distinct(rng, 2, 6, 2)
    c, d = a + w, b + h
    missing = pick(rng, ((a, d), (c, b)))
    other = (c, b) if missing == (a, d) else (a, d)
    given = ", ".join(f"({p}, {q})" for p, q in ((a, b), other, (c, d)))
    return Draft(
        prompt=T(
            "Three corners of a rectangle are {points}. Its sides go straight across and straight up. Where is the fourth "
            "corner?",
            points=math(given),
        ),
        answer=point_key(*missing),
        hints=(
            T("Put the three points on grid paper. Which corner is missing?"),
            T("Points that are straight above each other have the same first number."),
            T("Each first number and each second number belongs to two corners. Which ones occur only once?"),
        ),
        solution=(
            T("Each number across and each number up belongs to two corners."),
            T("The fourth corner is {point}", point=math(f"({missing[0]}, {missing[1]})")),
        ),
        wrong=tuple(
            WrongAnswer(f"({p}, {q})", slip)
            for (p, q), slip in {
                (missing[1], missing[0]): "coordinate-swapped",
                (c + w, d + h): "pattern-rule-last-two",
            }.items()
            if (p, q) not in (missing, other, (a, b), (c, d))
        ),
    )
