"""Grade 6: areas of triangles and parallelograms; mean, median and spread of data (6.G.A.1, 6.SP.B.5)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, distinct, number_key, pick
from headway.core.text import T, math

HALF = T("A triangle is half of a parallelogram with the same base and height.")
HEIGHT = T("The height stands at a right angle on the base. A slanted side is not a height.")
MEAN = T("The mean shares the sum of all values equally: add them and divide by how many there are.")
MEDIAN = T("The median is the middle value when the data are in order; of two middle values take the mean.")


@template("6.G.A.1", "triangle", level=1, difficulty=-0.6)
def triangle_area(rng: Generator, interest: str) -> Draft:
    base, height = between(rng, 3, 20), between(rng, 2, 14)
    value = Fraction(base * height, 2)
    return Draft(
        prompt=T(
            "A triangle has a base of {base} cm and a height of {height} cm. Find its area in square centimeters.",
            base=base,
            height=height,
        ),
        answer=number_key(decimal(value)),
        hints=(
            T("Think of a rectangle around the triangle. How much of it does the triangle fill?"),
            HALF,
            T("Multiply {base} by {height} and take half.", base=base, height=height),
        ),
        solution=work(
            rf"\frac{{1}}{{2}} \cdot {base} \cdot {height}", rf"\frac{{{base * height}}}{{2}}", decimal(value)
        ),
        wrong=slips(
            decimal(value),
            (str(base * height), "triangle-half-forgotten"),
            (str(base + height), "op-added"),
            (str(2 * (base + height)), "area-perimeter-mixed"),
        ),
    )


@template("6.G.A.1", "parallelogram", level=2, difficulty=0.0)
def parallelogram_area(rng: Generator, interest: str) -> Draft:
    base, side = between(rng, 5, 20), between(rng, 5, 15)
    height = between(rng, 3, side - 1)
    return Draft(
        prompt=T(
            "A parallelogram has a base of {base} cm, a slanted side of {side} cm and a height of {height} cm. "
            "Find its area in square centimeters.",
            base=base,
            side=side,
            height=height,
        ),
        answer=number_key(base * height),
        hints=(T("Not all three lengths are needed. Which ones are?"), HEIGHT, T("Multiply the base by the height.")),
        solution=work(rf"{base} \cdot {height}", str(base * height)),
        wrong=slips(
            base * height,
            (base * side, "slanted-side-as-height"),
            (2 * (base + side), "area-perimeter-mixed"),
            (Fraction(base * height, 2), "triangle-half-misused"),
            (base * side * height, "volume-base-only"),
        ),
    )


@template("6.G.A.1", "composite", level=3, difficulty=0.6)
def house_shape(rng: Generator, interest: str) -> Draft:
    width, wall, roof = between(rng, 4, 14), between(rng, 3, 10), 2 * between(rng, 1, 5)
    value = width * wall + width * roof // 2
    return Draft(
        prompt=T(
            "The front of a house is a rectangle {width} meters wide and {wall} meters high. On top of it sits a "
            "triangle, as wide as the rectangle and {roof} meters high. Find the whole area in square meters.",
            width=width,
            wall=wall,
            roof=roof,
        ),
        answer=number_key(value),
        hints=(
            T("Which two shapes make up the front?"),
            T("The area of the whole is the sum of the areas of its parts; a triangle is half of base times height."),
            T(
                "Find {rectangle} and {triangle}; then add.",
                rectangle=math(rf"{width} \cdot {wall}"),
                triangle=math(rf"\frac{{1}}{{2}} \cdot {width} \cdot {roof}"),
            ),
        ),
        solution=work(
            rf"{width} \cdot {wall} + \frac{{1}}{{2}} \cdot {width} \cdot {roof}",
            f"{width * wall} + {width * roof // 2}",
            str(value),
        ),
        wrong=slips(
            value,
            (width * wall + width * roof, "triangle-half-forgotten"),
            (width * wall, "steps-last-dropped"),
            (width * roof // 2, "steps-last-dropped"),
        ),
    )


def listed(values: list[int]) -> str:
    """LaTeX of a list of data."""
    return ", ".join(map(str, values))


@template("6.SP.B.5", "mean", level=1, difficulty=-0.5)
def mean_of_data(rng: Generator, interest: str) -> Draft:
    count, mean = between(rng, 4, 6), between(rng, 6, 30)
    values = [mean + between(rng, -5, 5) for _ in range(count - 1)]
    values.append(count * mean - sum(values))
    if values[-1] <= 0 or mean in values:
        return mean_of_data(rng, interest)
    total = sum(values)
    ordered = sorted(values)
    return Draft(
        prompt=T("Find the mean of the data {data}.", data=math(listed(values))),
        answer=number_key(mean),
        hints=(
            T("Imagine that all values are made equal without changing the sum."),
            MEAN,
            T("Add all the values and divide the sum by how many there are."),
        ),
        solution=work(f"{' + '.join(map(str, values))} = {total}", rf"{total} \div {count} = {mean}"),
        wrong=slips(
            mean,
            (total, "steps-first-only"),
            (Fraction(ordered[count // 2] + ordered[(count - 1) // 2], 2), "mean-median-mixed"),
            (Fraction(total, count - 1), "count-off-by-one"),
        ),
    )


@template("6.SP.B.5", "median", level=2, difficulty=-0.1)
def median_of_data(rng: Generator, interest: str) -> Draft:
    count = pick(rng, (5, 6, 7))
    values = distinct(rng, 3, 40, count)
    ordered = sorted(values)
    value = Fraction(ordered[count // 2] + ordered[(count - 1) // 2], 2)
    unsorted = Fraction(values[count // 2] + values[(count - 1) // 2], 2)
    return Draft(
        prompt=T("Find the median of the data {data}.", data=math(listed(values))),
        answer=number_key(decimal(value)),
        hints=(
            T("What has to be done with the data before you can find the middle?"),
            MEDIAN,
            T("Write the data in order and cross out values from both ends."),
        ),
        solution=(
            T("In order: {data}", data=math(listed(ordered))),
            T("The middle value is {value}", value=math(decimal(value)))
            if count % 2
            else T(
                "The middle: {line}",
                line=math(rf"\frac{{{ordered[count // 2 - 1]} + {ordered[count // 2]}}}{{2}} = {decimal(value)}"),
            ),
        ),
        wrong=slips(
            decimal(value),
            (decimal(unsorted), "median-without-order"),
            (str(Fraction(sum(values), count)), "mean-median-mixed"),
            (str(ordered[-1] - ordered[0]), "median-as-range"),
        ),
    )


@template("6.SP.B.5", "deviation", level=3, difficulty=0.7)
def mean_deviation(rng: Generator, interest: str) -> Draft:
    mean, first, second = between(rng, 12, 40), between(rng, 1, 9), between(rng, 1, 9)
    spread = [-first, first, -second, second]
    values = [mean + spread[int(n)] for n in rng.permutation(4)]
    value = Fraction(first + second, 2)
    away = [abs(v - mean) for v in values]
    return Draft(
        prompt=T("Find the mean absolute deviation of the data {data}.", data=math(listed(values))),
        answer=number_key(decimal(value)),
        hints=(
            T("You need the mean of the data first."),
            T("The mean absolute deviation is the mean distance of the values from their mean."),
            T("Find how far each value is from the mean, and take the mean of these distances."),
        ),
        solution=work(
            rf"\frac{{{' + '.join(map(str, values))}}}{{4}} = {mean}",
            rf"\frac{{{' + '.join(map(str, away))}}}{{4}} = {decimal(value)}",
        ),
        wrong=slips(
            decimal(value),
            (str(sum(away)), "steps-last-dropped"),
            ("0", "signs-kept-in-deviation"),
            (str(mean), "steps-first-only"),
            (str(max(values) - min(values)), "median-as-range"),
        ),
    )
