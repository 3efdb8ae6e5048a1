"""Grade 3: equivalent fractions, whole numbers as fractions, comparing fractions (3.NF.A.3)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, fill, two_names
from headway.core.curriculum.generators.numbers import (
    SIGNS,
    between,
    choice_key,
    distinct,
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

SAME_SIZE = T("Two fractions are equal when they are the same amount of the same whole.")
SAME_BOTTOM = T("When the parts have the same size, more parts are more.")
SAME_TOP = T("The more equal parts a whole is cut into, the smaller each part is.")
EQUIVALENTS = ((1, 2, 2), (1, 2, 3), (1, 2, 4), (1, 3, 2), (2, 3, 2), (1, 4, 2), (3, 4, 2))
"""Numerator, denominator and the factor that leads to a denominator of grade 3 (2, 3, 4, 6, 8)."""


def _equal_pair(rng: Generator) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two ways to write one number, in either order: parts cut smaller, or put together."""
    top, bottom, times = pick(rng, EQUIVALENTS)
    top += between(rng, 0, 3) * bottom
    large, small = (top, bottom), (top * times, bottom * times)
    return (large, small) if int(rng.integers(2)) else (small, large)


@template("3.NF.A.3", "missing-top", level=1, difficulty=-0.3)
def missing_top(rng: Generator, interest: str) -> Draft:
    (a, b), (c, d) = _equal_pair(rng)
    equation = f"{latex_fraction(a, b)} = {latex_fraction(chr(92) + 'square', d)}"
    cut = d > b
    times, sign_of = (d // b, r"\times") if cut else (b // d, r"\div")
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(equation)),
        answer=number_key(c),
        hints=(
            T("Compare the bottom numbers. Are the parts on the right larger or smaller?"),
            SAME_SIZE,
            T("The second bottom number is some times as large as the first. Multiply the top number by as much.")
            if cut
            else T("The first bottom number is some times as large as the second. Divide the top number by as much."),
        ),
        solution=(
            T("Each part is cut into {times} smaller parts.", times=times)
            if cut
            else T("Each {times} parts make one larger part.", times=times),
            T("So the box holds {line}", line=math(f"{a} {sign_of} {times} = {c}")),
        ),
        wrong=wrong_numbers(
            c, (a, "frac-one-number-changed"), (a + d - b, "frac-added-to-both"), (a + times, "op-added")
        ),
    )


@template("3.NF.A.3", "whole-as-fraction", level=2, difficulty=0.1)
def whole_as_fraction(rng: Generator, interest: str) -> Draft:
    whole, bottom = between(rng, 2, 12), pick(rng, (2, 3, 4, 6, 8))
    top = whole * bottom
    boxed = latex_fraction(r"\square", bottom)
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(f"{whole} = {boxed}")),
        answer=number_key(top),
        hints=(
            T("How many parts make one whole?"),
            T("One whole is all of its parts. Two wholes have twice as many parts."),
            T("Each of the {whole} wholes is cut into {bottom} parts.", whole=whole, bottom=bottom),
        ),
        solution=(
            T("One whole has {bottom} parts.", bottom=bottom),
            T("{whole} wholes have {line}", whole=whole, line=math(rf"{whole} \times {bottom} = {top}")),
        ),
        wrong=wrong_numbers(
            top, (whole, "frac-whole-count"), (whole + bottom, "op-added"), (top - bottom, "mult-one-group-off")
        ),
    )


@template("3.NF.A.3", "compare", level=2, difficulty=0.0)
def compare(rng: Generator, interest: str) -> Draft:
    same_bottom = int(rng.integers(3)) == 0
    if same_bottom:
        bottom = pick(rng, (4, 6, 8))
        a, c = distinct(rng, 1, bottom - 1, 2)
        b = d = bottom
    else:
        b, d = shuffled(rng, (2, 3, 4, 6, 8))[:2]
        a = c = between(rng, 1, 5)
    left, right = Fraction(a, b), Fraction(c, d)
    answer = sign(left, right)
    first, second = latex_fraction(a, b), latex_fraction(c, d)
    slip = "frac-gap" if same_bottom else "frac-bigger-bottom"
    return Draft(
        prompt=T("Which sign makes it true? {statement}", statement=math(rf"{first} \; \square \; {second}")),
        answer=choice_key(answer, SIGNS),
        hints=(
            T("What is the same in the two fractions: the top number or the bottom number?"),
            SAME_BOTTOM if same_bottom else SAME_TOP,
            T("Both have parts of the same size. Compare {a} parts and {c} parts.", a=a, c=c)
            if same_bottom
            else T("Both have as many parts. Are parts larger with {b} or with {d} in a whole?", b=b, d=d),
        ),
        solution=(
            SAME_BOTTOM if same_bottom else SAME_TOP,
            T("So {statement}", statement=math(f"{first} {sign_latex(answer)} {second}")),
        ),
        wrong=wrong_choices(answer, (1 - answer, slip), (2, "frac-gap")),
    )


WHO_MORE: Stories = {
    "cooking": T("{name} eats {a} of a pizza. {friend} eats {b} of a pizza of the same size. Who eats more?"),
    "nature": T("{name} hikes {a} of a trail. {friend} hikes {b} of the same trail. Who hikes farther?"),
    "comics": T("{name} reads {a} of a comic. {friend} reads {b} of the same comic. Who reads more?"),
    "games": T("{name} finishes {a} of a game. {friend} finishes {b} of the same game. Who gets farther?"),
    "art": T("{name} paints {a} of a wall. {friend} paints {b} of a wall of the same size. Who paints more?"),
    "music": T("{name} learns {a} of a song. {friend} learns {b} of the same song. Who learns more?"),
    "soccer": T("{name} plays {a} of a match. {friend} plays {b} of the same match. Who plays longer?"),
    "trains": T("{name} sleeps for {a} of a train ride. {friend} sleeps for {b} of the same ride. Who sleeps longer?"),
}


@template("3.NF.A.3", "who-more", level=2, difficulty=0.2, uses_interest=True)
def who_more(rng: Generator, interest: str) -> Draft:
    stories = tuple(WHO_MORE.values())
    drawn = pick(rng, stories)
    story = WHO_MORE.get(interest, drawn)
    b, d = shuffled(rng, (3, 4, 6, 8))[:2]
    top = between(rng, 1, min(b, d) - 1)
    person, friend = two_names(rng)
    a, c = math(latex_fraction(top, b)), math(latex_fraction(top, d))
    answer = 0 if b < d else 1
    return Draft(
        prompt=fill(story, name=person, friend=friend, a=a, b=c),
        answer=choice_key(answer, (person, friend, T("Both the same"))),
        hints=(
            T("What is the same in the two fractions, and what is different?"),
            SAME_TOP,
            T("Which part is larger: one of {b} equal parts or one of {d} equal parts?", b=b, d=d),
        ),
        solution=(
            T("The tops are the same. Parts are larger when a whole has fewer of them."),
            T(
                "The larger fraction is {fraction}. The answer is {who}.",
                fraction=a if answer == 0 else c,
                who=person if answer == 0 else friend,
            ),
        ),
        wrong=wrong_choices(answer, (1 - answer, "frac-bigger-bottom"), (2, "frac-bigger-top")),
    )


@template("3.NF.A.3", "which-equal", level=3, difficulty=0.7)
def which_equal(rng: Generator, interest: str) -> Draft:
    given, right = _equal_pair(rng)
    (a, b), (c, d) = given, right
    slips = {
        (a, d): "frac-one-number-changed",
        (a + 2, b + 2): "frac-added-to-both",
        (c, b): "frac-one-number-changed",
        (c + 1, d): "frac-no-common",
    }
    unequal = [pair for pair in slips if Fraction(*pair) != Fraction(a, b)][:3]
    chosen = shuffled(rng, [right, *unequal])
    answer = chosen.index(right)
    fraction = math(latex_fraction(a, b))
    return Draft(
        prompt=T("Which fraction is equal to {fraction}?", fraction=fraction),
        answer=choice_key(answer, [math(latex_fraction(*pair)) for pair in chosen]),
        hints=(
            T("Draw bars for {fraction}. How could you cut the parts smaller, or join them?", fraction=fraction),
            SAME_SIZE,
            T("Both numbers must be multiplied, or divided, by the same number. Test each choice."),
        ),
        solution=(
            T("Both numbers are multiplied by {times}.", times=d // b)
            if d > b
            else T("Both numbers are divided by {times}.", times=b // d),
            T("{first} is equal to {second}", first=fraction, second=math(latex_fraction(c, d))),
        ),
        wrong=wrong_choices(answer, *((n, slips[pair]) for n, pair in enumerate(chosen) if pair != right)),
    )
