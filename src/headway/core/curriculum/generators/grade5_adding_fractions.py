"""Grade 5: adding and subtracting fractions with unlike denominators (5.NF.A)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    latex,
    latex_fraction,
    latex_mixed,
    number_key,
    pick,
    plain_mixed,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, Text, math

SIMPLE = tuple((a, b) for b in (2, 3, 4, 5, 6, 8, 10, 12) for a in range(1, b) if gcd(a, b) == 1)
COMMON = T("Parts can be added or taken away only when they have the same size.")


def _unlike(rng: Generator) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two fractions below one, the larger first, with different denominators and a common one of 60 at most."""
    while True:
        (a, b), (c, d) = pick(rng, SIMPLE), pick(rng, SIMPLE)
        if b != d and b * d // gcd(b, d) <= 60:
            return ((a, b), (c, d)) if a * d > c * b else ((c, d), (a, b))


def _combine(prompt: Text, first: tuple[int, int], second: tuple[int, int], *, plus: bool) -> Draft:
    (a, b), (c, d) = first, second
    bottom = b * d // gcd(b, d)
    x, y = a * bottom // b, c * bottom // d
    value = Fraction(x + y if plus else x - y, bottom)
    sign, top = ("+", x + y) if plus else ("-", x - y)
    naive = (a + c, b + d) if plus else (abs(a - c), abs(b - d))
    return Draft(
        prompt=prompt,
        answer=number_key(value),
        hints=(
            T("Do the two fractions have parts of the same size?"),
            COMMON,
            T("Write both with the bottom number {bottom}. Then work with the top numbers.", bottom=bottom),
        ),
        solution=(
            T(
                "With the same parts: {first} and {second}",
                first=math(latex_fraction(x, bottom)),
                second=math(latex_fraction(y, bottom)),
            ),
            T(
                "So the result is {line}",
                line=math(
                    f"{latex_fraction(x, bottom)} {sign} {latex_fraction(y, bottom)} = {latex_fraction(top, bottom)}"
                    + (f" = {latex(value)}" if value.denominator != bottom else "")
                ),
            ),
        ),
        wrong=wrong_numbers(
            value,
            (f"{naive[0]}/{naive[1]}" if naive[0] else None, "frac-adds-both" if plus else "frac-subtracts-both"),
            (f"{a + c if plus else abs(a - c)}/{bottom}", "frac-no-common"),
            (f"{a + c if plus else abs(a - c)}/{max(b, d)}", "frac-no-common"),
            (Fraction(x - y if plus else x + y, bottom), "op-subtracted" if plus else "op-added"),
        ),
    )


@template("5.NF.A.1", "add", level=1, difficulty=-0.2)
def add(rng: Generator, interest: str) -> Draft:
    first, second = _unlike(rng)
    line = f"{latex_fraction(*first)} + {latex_fraction(*second)}"
    return _combine(T("Find {sum}.", sum=math(line)), first, second, plus=True)


@template("5.NF.A.1", "subtract", level=2, difficulty=0.1)
def subtract(rng: Generator, interest: str) -> Draft:
    first, second = _unlike(rng)
    line = f"{latex_fraction(*first)} - {latex_fraction(*second)}"
    return _combine(T("Find {difference}.", difference=math(line)), first, second, plus=False)


@template("5.NF.A.1", "mixed", level=3, difficulty=0.9)
def mixed(rng: Generator, interest: str) -> Draft:
    first, second = _unlike(rng)
    plus = int(rng.integers(2)) == 1
    trade = int(rng.integers(2)) == 1
    whole, small = between(rng, 4, 8), between(rng, 1, 3)
    if trade and not plus:
        first, second = second, first
    x, y = Fraction(*first), Fraction(*second)
    value = whole + x + small + y if plus else whole + x - small - y
    bottom = first[1] * second[1] // gcd(first[1], second[1])
    sign = "+" if plus else "-"
    line = f"{whole}{latex_fraction(*first)} {sign} {small}{latex_fraction(*second)}"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(plain_mixed(value)),
        hints=(
            T("Look at the fraction parts first. Do they have parts of the same size?"),
            COMMON,
            T(
                "Write both fraction parts with the bottom number {bottom}. Trade a whole if you need to.",
                bottom=bottom,
            ),
        ),
        solution=(
            T(
                "The fraction parts are {first} and {second}",
                first=math(latex_fraction(int(x * bottom), bottom)),
                second=math(latex_fraction(int(y * bottom), bottom)),
            ),
            T("Put wholes and parts together: {answer}", answer=math(latex_mixed(value))),
        ),
        wrong=wrong_numbers(
            plain_mixed(value),
            (plain_mixed(whole - small + y - x) if not plus and y > x else None, "frac-sub-smaller"),
            (plain_mixed(value + 1) if not plus and y > x else None, "sub-borrow-kept"),
            (plain_mixed(value - 1) if plus and x + y >= 1 else None, "add-no-carry"),
            (f"{whole + small} {first[0] + second[0]}/{first[1] + second[1]}" if plus else None, "frac-adds-both"),
            (whole + small if plus else whole - small, "frac-whole-dropped"),
        ),
    )


TOGETHER: Stories = {
    "nature": T("{name} hikes {a} of a mile to a lake and {b} of a mile around it. How many miles is that?"),
    "cooking": T("A recipe takes {a} of a cup of milk and {b} of a cup of water. How many cups is that together?"),
    "music": T("{name} practices for {a} of an hour on Monday and {b} of an hour on Tuesday. How many hours is that?"),
    "art": T("{name} uses {a} of a jar of blue paint and {b} of a jar of green paint. How many jars is that?"),
    "fashion": T("A hat takes {a} of a yard of cloth and a scarf takes {b} of a yard. How many yards is that?"),
    "soccer": T("{name} runs {a} of a mile and then walks {b} of a mile. How many miles is that?"),
    "animals": T("One rabbit eats {a} of a pound of hay and another eats {b} of a pound. How many pounds is that?"),
    "space": T("One moon rock weighs {a} of a pound and another weighs {b} of a pound. How many pounds is that?"),
}

MORE_THAN: Stories = {
    "nature": T("One trail is {a} of a mile long, another {b} of a mile. How many miles longer is the first?"),
    "cooking": T("There is {a} of a cup of oil. {name} uses {b} of a cup. How many cups are left?"),
    "music": T("One song lasts {a} of an hour, another {b} of an hour. How many hours longer is the first?"),
    "fashion": T("{name} has {a} of a yard of ribbon and uses {b} of a yard. How many yards are left?"),
    "trains": T("One track is {a} of a mile long, another {b} of a mile. How many miles longer is the first?"),
    "basketball": T("{name} plays {a} of a game and {friend} plays {b} of it. What fraction of the game more is that?"),
    "comics": T("{name} has read {a} of a comic and {friend} has read {b} of it. What fraction more has {name} read?"),
}


@template("5.NF.A.2", "together", level=1, difficulty=-0.1, uses_interest=True)
def together(rng: Generator, interest: str) -> Draft:
    first, second = _unlike(rng)
    story = tell(rng, interest, TOGETHER, a=math(latex_fraction(*first)), b=math(latex_fraction(*second)))
    return _combine(story, first, second, plus=True)


@template("5.NF.A.2", "difference", level=2, difficulty=0.2, uses_interest=True)
def difference(rng: Generator, interest: str) -> Draft:
    first, second = _unlike(rng)
    story = tell(rng, interest, MORE_THAN, a=math(latex_fraction(*first)), b=math(latex_fraction(*second)))
    return _combine(story, first, second, plus=False)


@template("5.NF.A.2", "estimate", level=3, difficulty=0.5)
def estimate(rng: Generator, interest: str) -> Draft:
    kinds = [between(rng, 0, 2), between(rng, 1, 2)]
    first, second = (_near(rng, kind) for kind in kinds)
    choices = (T("About one half"), T("About 1"), T("About 1 and a half"), T("About 2"))
    near = [
        (T("The first is close to 0."), T("The first is close to one half."), T("The first is close to 1."))[kinds[0]],
        (T("The second is close to one half."), T("The second is close to 1."))[kinds[1] - 1],
    ]
    right = sum(kinds) - 1
    return Draft(
        prompt=T("About how large is {sum}?", sum=math(f"{latex_fraction(*first)} + {latex_fraction(*second)}")),
        answer=choice_key(right, choices),
        hints=(
            T("Is each fraction closest to 0, to one half, or to 1?"),
            T(
                "A fraction is close to 1 when its top is almost its bottom, and close to one half when it is about half."
            ),
            T("Replace each fraction by the number it is close to. Then add those."),
        ),
        solution=(*near, choices[right]),
        wrong=wrong_choices(
            right,
            (max(0, right - 2) if right > 1 else None, "frac-adds-both"),
            (right + 1 if right < 3 else None, "round-always-up"),
            (right - 1 if right else None, "round-always-down"),
        ),
    )


def _near(rng: Generator, kind: int) -> tuple[int, int]:
    """A fraction close to 0, to one half or to 1 (kind 0, 1, 2)."""
    bottom = pick(rng, (9, 10, 11, 12, 13, 14, 15, 16))
    half = (bottom + 1) // 2 if bottom % 2 else bottom // 2 + pick(rng, (-1, 1))
    return ((1, half, bottom - 1)[kind], bottom)


@template("5.NF.A.2", "reasonable", level=2, difficulty=0.4)
def reasonable(rng: Generator, interest: str) -> Draft:
    (a, b), (c, d) = _unlike(rng)
    right = T("It is wrong: the sum must be more than {fraction}.", fraction=math(latex_fraction(a, b)))
    accept = T("It is right: tops and bottoms are added.")
    small = T("It is wrong: the sum must be less than {fraction}.", fraction=math(latex_fraction(c, d)))
    choices = shuffled(rng, [right, accept, small])
    key = choices.index(right)
    wrong_sum = latex_fraction(a + c, b + d)
    return Draft(
        prompt=T(
            "Somebody writes {equation}. What do you think?",
            equation=math(f"{latex_fraction(a, b)} + {latex_fraction(c, d)} = {wrong_sum}"),
        ),
        answer=choice_key(key, choices),
        hints=(
            T("Something is added to the first fraction. Does that make it larger or smaller?"),
            COMMON,
            T("Compare {sum} with {first}.", sum=math(wrong_sum), first=math(latex_fraction(a, b))),
        ),
        solution=(
            T(
                "A sum is larger than each of its parts, but {sum} is less than {first}.",
                sum=math(wrong_sum),
                first=math(latex_fraction(a, b)),
            ),
            right,
        ),
        wrong=wrong_choices(key, (choices.index(accept), "frac-adds-both"), (choices.index(small), "compare-reversed")),
    )
