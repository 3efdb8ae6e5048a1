"""Grade 4: equivalent fractions and comparing unlike ones (4.NF.A)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, fill, two_names
from headway.core.curriculum.generators.numbers import (
    SIGNS,
    between,
    choice_key,
    latex_fraction,
    number_key,
    pick,
    shuffled,
    sign,
    sign_latex,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, math

BOTTOMS = (2, 3, 4, 5, 6, 8, 10, 12, 100)
SIMPLE = tuple((a, b) for b in (2, 3, 4, 5, 6, 8, 10, 12) for a in range(1, b) if gcd(a, b) == 1)
SAME_FACTOR = T("A fraction stays equal when top and bottom are multiplied, or divided, by the same number.")
COMMON = T("Fractions are easy to compare when their parts have the same size, or next to one half.")


def _unlike(rng: Generator) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two fractions below one with different denominators and different values."""
    while True:
        first, second = pick(rng, SIMPLE), pick(rng, SIMPLE)
        if first[1] != second[1] and first[0] * second[1] != second[0] * first[1]:
            return first, second


@template("4.NF.A.1", "missing-number", level=1, difficulty=-0.5)
def missing_number(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, SIMPLE)
    times = between(rng, 2, 9)
    on_top = int(rng.integers(2)) == 1
    answer, shown = (a * times, b * times) if on_top else (b * times, a * times)
    right = latex_fraction(r"\square", shown) if on_top else latex_fraction(shown, r"\square")
    base = a if on_top else b
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(f"{latex_fraction(a, b)} = {right}")),
        answer=number_key(answer),
        hints=(
            T("One pair of numbers is complete: both tops or both bottoms. How do you get from one to the other?"),
            SAME_FACTOR,
            T(
                "Divide {shown} by {known}. Multiply the other number by as much.",
                shown=shown,
                known=b if on_top else a,
            ),
        ),
        solution=(
            T("Top and bottom are multiplied by {times}.", times=times),
            T("So the box holds {line}", line=math(rf"{base} \times {times} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer,
            (base, "frac-one-number-changed"),
            (base + shown - (b if on_top else a), "frac-added-to-both"),
            (base + times, "op-added"),
        ),
    )


@template("4.NF.A.1", "simplest", level=2, difficulty=0.1)
def simplest(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, SIMPLE)
    times = between(rng, 2, 6)
    top, bottom = a * times, b * times
    return Draft(
        prompt=T("Write {fraction} in simplest form.", fraction=math(latex_fraction(top, bottom))),
        answer=number_key(f"{a}/{b}", form="simplest-fraction"),
        hints=(
            T("Is there a number that is a factor of both {top} and {bottom}?", top=top, bottom=bottom),
            SAME_FACTOR,
            T("Divide both numbers by the largest number that is a factor of both."),
        ),
        solution=(
            T("The largest factor of both numbers is {times}.", times=times),
            T("Divide both: {line}", line=math(f"{latex_fraction(top, bottom)} = {latex_fraction(a, b)}")),
        ),
        wrong=wrong_numbers(
            f"{a}/{b}",
            (f"{a}/{bottom}", "frac-one-number-changed"),
            (f"{top - times}/{bottom - times}" if a > 1 else None, "frac-added-to-both"),
            (f"{b}/{a}", "frac-upside-down"),
        ),
    )


@template("4.NF.A.1", "which-equal", level=3, difficulty=0.5)
def which_equal(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, tuple(p for p in SIMPLE if p[0] > 1 or p[1] > 2))
    times, other = between(rng, 2, 5), between(rng, 6, 9)
    given, right = (a * times, b * times), (a * other, b * other)
    slips = {
        (given[0] + other, given[1] + other): "frac-added-to-both",
        (given[0] * 2, given[1]): "frac-one-number-changed",
        (right[0] + 1, right[1]): "frac-no-common",
    }
    unequal = [p for p in slips if p[0] * b != p[1] * a]
    chosen = shuffled(rng, [right, *unequal])
    key = chosen.index(right)
    return Draft(
        prompt=T("Which fraction is equal to {fraction}?", fraction=math(latex_fraction(*given))),
        answer=choice_key(key, [math(latex_fraction(*p)) for p in chosen]),
        hints=(
            T("Can {fraction} be written with smaller numbers first?", fraction=math(latex_fraction(*given))),
            SAME_FACTOR,
            T("Divide both numbers by {times}. Then test which choice is a multiple of that.", times=times),
        ),
        solution=(
            T("In simplest form it is {fraction}", fraction=math(latex_fraction(a, b))),
            T("Multiply both numbers by {other}: {fraction}", other=other, fraction=math(latex_fraction(*right))),
        ),
        wrong=wrong_choices(key, *((n, slips[p]) for n, p in enumerate(chosen) if p != right)),
    )


@template("4.NF.A.2", "compare", level=2, difficulty=0.1)
def compare(rng: Generator, interest: str) -> Draft:
    (a, b), (c, d) = _unlike(rng)
    answer = sign(Fraction(a, b), Fraction(c, d))
    bottom = b * d // gcd(b, d)
    first, second = latex_fraction(a, b), latex_fraction(c, d)
    by_top, by_bottom = sign(a, c), sign(b, d)
    return Draft(
        prompt=T("Which sign makes it true? {statement}", statement=math(rf"{first} \; \square \; {second}")),
        answer=choice_key(answer, SIGNS),
        hints=(
            T("Is one of them more than one half, and the other less?"),
            COMMON,
            T("Write both with the bottom number {bottom}.", bottom=bottom),
        ),
        solution=(
            T(
                "With the bottom number {bottom}: {first} and {second}",
                bottom=bottom,
                first=math(latex_fraction(a * bottom // b, bottom)),
                second=math(latex_fraction(c * bottom // d, bottom)),
            ),
            T("So {statement}", statement=math(f"{first} {sign_latex(answer)} {second}")),
        ),
        wrong=wrong_choices(
            answer,
            (by_top if by_top != 2 else None, "frac-bigger-top"),
            (by_bottom, "frac-bigger-bottom"),
            (2, "frac-gap") if b - a == d - c else (None, ""),
        ),
    )


@template("4.NF.A.2", "half", level=1, difficulty=-0.5)
def near_half(rng: Generator, interest: str) -> Draft:
    b = pick(rng, (3, 5, 6, 8, 10, 12))
    a = between(rng, 1, b - 1)
    c, d = pick(rng, ((1, 2), (2, 4), (3, 6), (4, 8), (5, 10), (6, 12), (50, 100)))
    answer = sign(2 * a, b)
    first, second = latex_fraction(a, b), latex_fraction(c, d)
    return Draft(
        prompt=T("Which sign makes it true? {statement}", statement=math(rf"{first} \; \square \; {second}")),
        answer=choice_key(answer, SIGNS),
        hints=(
            T("What do you know about the fraction {fraction}? Its top is half of its bottom.", fraction=math(second)),
            COMMON,
            T("How much is half of {b}? Compare it with the top number {a}.", a=a, b=b),
        ),
        solution=(
            T("{second} is one half. Compare {a} with half of {b}.", second=math(second), a=a, b=b),
            T("So {statement}", statement=math(f"{first} {sign_latex(answer)} {second}")),
        ),
        wrong=wrong_choices(
            answer,
            (sign(a, c) if a != c else None, "frac-bigger-numbers"),
            (1 - answer, "compare-reversed") if answer < 2 else (1, "frac-bigger-bottom"),
        ),
    )


WHO_MORE: Stories = {
    "soccer": T("{name} ran {a} of a mile. {friend} ran {b} of a mile. Who ran farther?"),
    "cooking": T("{name} used {a} of a cup of rice. {friend} used {b} of a cup. Who used more?"),
    "nature": T("{name} hiked {a} of a trail and {friend} hiked {b} of the same trail. Who hiked farther?"),
    "music": T("{name} practiced for {a} of an hour and {friend} for {b} of an hour. Who practiced longer?"),
    "art": T("{name} used {a} of a jar of paint. {friend} used {b} of a jar of the same size. Who used more?"),
    "comics": T("{name} has read {a} of a comic. {friend} has read {b} of the same comic. Who has read more?"),
    "games": T("{name} is {a} of the way through a game. {friend} is {b} of the way. Who is farther?"),
    "fashion": T("{name} used {a} of a yard of ribbon and {friend} used {b} of a yard. Who used more?"),
}


@template("4.NF.A.2", "who-more", level=3, difficulty=0.5, uses_interest=True)
def who_more(rng: Generator, interest: str) -> Draft:
    drawn = pick(rng, tuple(WHO_MORE.values()))
    (a, b), (c, d) = _unlike(rng)
    person, friend = two_names(rng)
    answer = sign(Fraction(c, d), Fraction(a, b))
    first, second = math(latex_fraction(a, b)), math(latex_fraction(c, d))
    bottom = b * d // gcd(b, d)
    tops = (a * bottom // b, c * bottom // d)
    return Draft(
        prompt=fill(WHO_MORE.get(interest, drawn), name=person, friend=friend, a=first, b=second),
        answer=choice_key(answer, (person, friend, T("Both the same"))),
        hints=(
            T("Compare the two fractions. Is one of them more than one half, and the other less?"),
            COMMON,
            T("Write both with the bottom number {bottom}.", bottom=bottom),
        ),
        solution=(
            T(
                "{first} is {new_first}, and {second} is {new_second}",
                first=first,
                second=second,
                new_first=math(latex_fraction(tops[0], bottom)),
                new_second=math(latex_fraction(tops[1], bottom)),
            ),
            T("So the answer is {who}.", who=(person, friend)[answer]),
        ),
        wrong=wrong_choices(
            answer, (1 - answer, "frac-bigger-numbers"), (2, "frac-gap") if b - a == d - c else (None, "")
        ),
    )
