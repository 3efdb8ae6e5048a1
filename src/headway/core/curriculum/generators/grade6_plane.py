"""Grade 6: distances on the coordinate plane (6.NS.C.8)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct, number_key
from headway.core.text import T, math


@template("6.NS.C.8", "same-line", level=1, difficulty=-0.5)
def grid_distance(rng: Generator, interest: str) -> Draft:
    low, high, other = -between(rng, 1, 12), between(rng, 1, 12), between(rng, -9, 9)
    flat = between(rng, 0, 1) == 1
    p, q = ((low, other), (high, other)) if flat else ((other, low), (other, high))
    value = high - low
    return Draft(
        prompt=T(
            "How many units apart are the points {first} and {second}?",
            first=math(f"({p[0]}, {p[1]})"),
            second=math(f"({q[0]}, {q[1]})"),
        ),
        answer=number_key(value),
        hints=(
            T("Which coordinate is the same for both points?"),
            T("On opposite sides of an axis, add the two distances from the axis."),
            T("Add the absolute values {first} and {second}.", first=math(f"|{low}|"), second=math(f"|{high}|")),
        ),
        solution=work(f"|{low}| + |{high}|", f"{-low} + {high}", str(value)),
        wrong=slips(
            value,
            (abs(high + low), "opposite-not-taken"),
            (-low, "steps-last-dropped"),
            (-value, "sign-of-result-lost"),
        ),
    )


@template("6.NS.C.8", "same-side", level=2, difficulty=-0.1)
def grid_distance_same_side(rng: Generator, interest: str) -> Draft:
    near, far = sorted(distinct(rng, 1, 15, 2))
    other, flat = between(rng, -9, 9), between(rng, 0, 1) == 1
    p, q = ((-near, other), (-far, other)) if flat else ((other, -near), (other, -far))
    return Draft(
        prompt=T(
            "How many units apart are the points {first} and {second}?",
            first=math(f"({p[0]}, {p[1]})"),
            second=math(f"({q[0]}, {q[1]})"),
        ),
        answer=number_key(far - near),
        hints=(
            T("Which coordinate is the same for both points?"),
            T("On the same side of an axis, subtract the distances from the axis."),
            T("Subtract {near} from {far}.", near=math(f"|{-near}|"), far=math(f"|{-far}|")),
        ),
        solution=work(f"|{-far}| - |{-near}|", f"{far} - {near}", str(far - near)),
        wrong=slips(
            far - near, (far + near, "op-added"), (near - far, "sign-of-result-lost"), (far, "steps-last-dropped")
        ),
    )


@template("6.NS.C.8", "rectangle", level=3, difficulty=0.4)
def rectangle_on_grid(rng: Generator, interest: str) -> Draft:
    left, right, low, high = -between(rng, 1, 9), between(rng, 1, 9), -between(rng, 1, 9), between(rng, 1, 9)
    wide, tall = right - left, high - low
    value = 2 * (wide + tall)
    corners = f"({left}, {low}), ({right}, {low}), ({right}, {high}), ({left}, {high})"
    return Draft(
        prompt=T("A rectangle has the corners {corners}. What is its perimeter?", corners=math(corners)),
        answer=number_key(value),
        hints=(
            T("How long is each side? Compare the coordinates of neighboring corners."),
            T("On opposite sides of an axis, add the two distances from the axis."),
            T(
                "Find the width from {x} and the height from {y}; add them and double the sum.",
                x=math(f"|{left}| + |{right}|"),
                y=math(f"|{low}| + |{high}|"),
            ),
        ),
        solution=work(
            f"{-left} + {right} = {wide}", f"{-low} + {high} = {tall}", rf"2 \cdot ({wide} + {tall}) = {value}"
        ),
        wrong=slips(
            value,
            (wide + tall, "perimeter-two-sides"),
            (wide * tall, "area-perimeter-mixed"),
            (2 * (abs(right + left) + abs(high + low)), "opposite-not-taken"),
        ),
    )
