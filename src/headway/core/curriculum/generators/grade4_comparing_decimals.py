"""Grade 4: comparing decimals to hundredths (4.NF.C.7)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, fill, two_names
from headway.core.curriculum.generators.numbers import (
    SIGNS,
    between,
    choice_key,
    pick,
    shuffled,
    sign,
    sign_latex,
    wrong_choices,
)
from headway.core.text import T, math

LINE_UP = T("Compare place by place from the left: ones, then tenths, then hundredths.")


def _uneven(rng: Generator) -> tuple[str, str]:
    """Two decimals below ten; often of different length."""
    whole = between(rng, 0, 5)
    a, b = between(rng, 1, 9), between(rng, 11, 98)
    b = b + 1 if b % 10 == 0 else b
    if int(rng.integers(3)) == 0:
        c = between(rng, 11, 98)
        return f"{whole}.{b:02d}", f"{whole}.{c + 1 if c == b else c:02d}"
    if int(rng.integers(4)) == 0:
        return f"{whole}.{a}", f"{whole}.{a}0"
    pair = (f"{whole}.{a}", f"{whole}.{b}" if int(rng.integers(3)) else f"{whole}.0{b % 10}")
    return pair if int(rng.integers(2)) else (pair[1], pair[0])


@template("4.NF.C.7", "compare", level=1, difficulty=-0.2)
def compare(rng: Generator, interest: str) -> Draft:
    first, second = _uneven(rng)
    answer = sign(Fraction(first), Fraction(second))
    return Draft(
        prompt=T("Which sign makes it true? {statement}", statement=math(rf"{first} \; \square \; {second}")),
        answer=choice_key(answer, SIGNS),
        hints=(
            T("Does a decimal with more digits have to be larger?"),
            LINE_UP,
            T("Write both with two places after the point. You may put a zero at the end."),
        ),
        solution=(
            T(
                "With two places: {first} and {second}",
                first=math(f"{float(first):.2f}"),
                second=math(f"{float(second):.2f}"),
            ),
            T("So {statement}", statement=math(f"{first} {sign_latex(answer)} {second}")),
        ),
        wrong=wrong_choices(
            answer,
            (sign(len(first), len(second)) if len(first) != len(second) else 1 - answer, "dec-longer-larger")
            if answer < 2
            else (sign(len(first), len(second)), "dec-longer-larger"),
            (sign(len(second), len(first)) if len(first) != len(second) else None, "dec-shorter-larger"),
        ),
    )


@template("4.NF.C.7", "largest", level=2, difficulty=0.3)
def largest(rng: Generator, interest: str) -> Draft:
    whole = between(rng, 0, 6)
    top = between(rng, 5, 9)
    right = f"{whole}.{top}"
    longer = f"{whole}.{between(rng, 1, top - 1)}{between(rng, 1, 9)}"
    small, zero = f"{whole}.{between(rng, 1, top - 2)}", f"{whole}.0{between(rng, 1, 9)}"
    choices = shuffled(rng, list(dict.fromkeys((right, longer, small, zero))))
    key = choices.index(right)
    return Draft(
        prompt=T("Which number is the largest?"),
        answer=choice_key(key, [math(c) for c in choices]),
        hints=(
            T("All of them have the same number of ones. What do you compare next?"),
            LINE_UP,
            T("Compare only the first digit after the point."),
        ),
        solution=(
            T("Compare the tenths. The largest digit there is {digit}.", digit=top),
            T("So the largest number is {answer}", answer=math(right)),
        ),
        wrong=wrong_choices(
            key, (choices.index(longer), "dec-longer-larger"), (choices.index(zero), "dec-whole-thinking")
        ),
    )


WHO_MORE: Stories = {
    "soccer": T("{name} kicks a ball {a} meters high. {friend} kicks it {b} meters high. Who kicks it higher?"),
    "animals": T("{name}'s hamster weighs {a} pounds. {friend}'s hamster weighs {b} pounds. Whose weighs more?"),
    "nature": T("{name}'s plant is {a} meters high. {friend}'s plant is {b} meters high. Whose plant is higher?"),
    "cooking": T("{name} mixes {a} liters of juice. {friend} mixes {b} liters. Who mixes more?"),
    "music": T("{name}'s song lasts {a} minutes. {friend}'s song lasts {b} minutes. Whose song is longer?"),
    "basketball": T("{name} jumps {a} feet high. {friend} jumps {b} feet high. Who jumps higher?"),
    "fashion": T("{name} uses {a} meters of cloth. {friend} uses {b} meters. Who uses more?"),
}


@template("4.NF.C.7", "who-more", level=3, difficulty=0.5, uses_interest=True)
def who_more(rng: Generator, interest: str) -> Draft:
    drawn = pick(rng, tuple(WHO_MORE.values()))
    first, second = _uneven(rng)
    person, friend = two_names(rng)
    key = sign(Fraction(second), Fraction(first))
    longer = 0 if len(first) > len(second) else 1
    return Draft(
        prompt=fill(WHO_MORE.get(interest, drawn), name=person, friend=friend, a=first, b=second),
        answer=choice_key(key, (person, friend, T("Both the same"))),
        hints=(
            T("Compare the ones first. Then look at what comes after the point."),
            LINE_UP,
            T("Write both numbers with two places after the point, then compare."),
        ),
        solution=(
            T(
                "With two places: {first} and {second}",
                first=math(f"{float(first):.2f}"),
                second=math(f"{float(second):.2f}"),
            ),
            T("So the answer is: both the same.")
            if key == 2
            else T("So the answer is {who}.", who=(person, friend)[key]),
        ),
        wrong=wrong_choices(key, (longer, "dec-longer-larger"), (1 - longer, "dec-shorter-larger")),
    )
