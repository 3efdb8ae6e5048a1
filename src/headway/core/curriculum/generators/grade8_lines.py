"""Grade 8: slope as a rate and from two points (8.EE.B.5)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import nonzero, options, paren, ratio_tex, slips, tex, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, number_key, pick
from headway.core.text import T, math

SLOPE = T("The slope is the change of {y} divided by the change of {x}.", y=math("y"), x=math("x"))


@template("8.EE.B.5", "unit-rate", level=1, difficulty=-0.3)
def slope_through_origin(rng: Generator, interest: str) -> Draft:
    top, bottom = pick(rng, [(t, b) for b in (1, 2, 3, 4, 5) for t in range(2, 13) if gcd(t, b) == 1 and t != b])
    times = between(rng, 2, 6)
    x, y = bottom * times, top * times
    return Draft(
        prompt=T(
            "The graph of a proportional relationship goes through the point {point}. What is its slope?",
            point=math(f"({x}, {y})"),
        ),
        answer=number_key(Fraction(top, bottom)),
        hints=(
            T("The graph also goes through the origin {point}.", point=math("(0, 0)")),
            SLOPE,
            T("Divide {y} by {x}.", y=y, x=x),
        ),
        solution=work(rf"\frac{{{y}}}{{{x}}}", tex(Fraction(top, bottom))),
        wrong=slips(
            Fraction(top, bottom),
            (Fraction(bottom, top), "slope-turned-over"),
            (y - x, "ratio-additive"),
            (y, "rise-only"),
        ),
    )


@template("8.EE.B.5", "two-points", level=2, difficulty=0.3)
def slope_two_points(rng: Generator, interest: str) -> Draft:
    run, rise = between(rng, 1, 6), nonzero(rng, -9, 9)
    x, y = between(rng, -6, 6), between(rng, -9, 9)
    slope = Fraction(rise, run)
    p, q = (x, y), (x + run, y + rise)
    return Draft(
        prompt=T(
            "A line goes through the points {first} and {second}. What is its slope?",
            first=math(f"({p[0]}, {p[1]})"),
            second=math(f"({q[0]}, {q[1]})"),
        ),
        answer=number_key(slope),
        hints=(
            T("How far do you go to the right, and how far up or down, from the first point to the second?"),
            SLOPE,
            T("Divide {rise} by {run}.", rise=math(f"{q[1]} - {paren(p[1])}"), run=math(f"{q[0]} - {paren(p[0])}")),
        ),
        solution=work(
            rf"\frac{{{q[1]} - {paren(p[1])}}}{{{q[0]} - {paren(p[0])}}}",
            *([ratio_tex(rise, run)] if run > 1 and gcd(rise, run) > 1 else []),
            tex(slope),
        ),
        wrong=slips(
            slope,
            (1 / slope, "slope-turned-over"),
            (-slope, "sign-of-result-lost"),
            (rise, "rise-only"),
            (Fraction(p[1] + q[1], p[0] + q[0]) if p[0] + q[0] else -slope, "slope-adds-coordinates"),
        ),
    )


@template("8.EE.B.5", "faster", level=3, difficulty=0.7)
def which_is_faster(rng: Generator, interest: str) -> Draft:
    rate = between(rng, 3, 12)
    gap = pick(rng, (-2, -1, 1, 2))
    time = between(rng, 3, 8)
    other = rate + gap
    first = T("The first tap") if rate > other else T("The second tap")
    last = T("The second tap") if rate > other else T("The first tap")
    spec, wrong = options(rng, first, (last, "rate-by-total"), (T("Both are equally fast"), "rates-not-compared"))
    return Draft(
        prompt=T(
            "One tap gives {equation} liters in {x} minutes. A second tap gives {total} liters in {time} minutes. "
            "Which one is faster?",
            equation=math(f"y = {rate}x"),
            x=math("x"),
            total=other * time,
            time=time,
        ),
        answer=spec,
        hints=(
            T("Compare how much each of them gives in one minute."),
            T(
                "In {equation} the number in front of {x} is the amount for one unit.",
                equation=math("y = kx"),
                x=math("x"),
            ),
            T("Divide {total} by {time} and compare the result with {rate}.", total=other * time, time=time, rate=rate),
        ),
        solution=(
            T("The first tap gives {rate} liters per minute.", rate=rate),
            T("The second tap: {line}", line=math(rf"{other * time} \div {time} = {other}")),
            first,
        ),
        wrong=wrong,
    )
