"""Grade 5: reading, comparing and rounding decimals (5.NBT.A.3, 5.NBT.A.4)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, fill, tell
from headway.core.curriculum.generators.numbers import (
    SIGNS,
    between,
    choice_key,
    decimal,
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
from headway.core.curriculum.problems import AnswerSpec, WrongAnswer
from headway.core.text import T, Text, math

HALFWAY = T("Find the two round numbers on either side. Halfway or more goes up, less goes down.")

LINE_UP = T("Compare place by place from the left. Zeros may be put at the end of a decimal.")


@template("5.NBT.A.3", "expanded", level=1, difficulty=-0.4)
def expanded(rng: Generator, interest: str) -> Draft:
    ones, first, last = between(rng, 1, 9), between(rng, 1, 9), between(rng, 1, 9)
    skip = between(rng, 0, 2)
    tops = [first, last]
    bottoms = [b for n, b in enumerate((10, 100, 1000)) if n != skip]
    value = ones + sum((Fraction(t, b) for t, b in zip(tops, bottoms, strict=True)), Fraction(0))
    parts = [str(ones), *(rf"{t} \times {latex_fraction(1, b)}" for t, b in zip(tops, bottoms, strict=True))]
    return Draft(
        prompt=T("Write this sum as a decimal: {sum}", sum=math(" + ".join(parts))),
        answer=number_key(decimal(value)),
        hints=(
            T("Which places after the point have a digit? Which place may be empty?"),
            T("Tenths, hundredths and thousandths are the places after the point. A zero holds an empty place."),
            T("Write {ones} and the point. Then fill the places one by one.", ones=ones),
        ),
        solution=(
            T("Put each digit in its place and a zero in an empty place."),
            T("The decimal is {answer}", answer=math(decimal(value))),
        ),
        wrong=wrong_numbers(
            decimal(value),
            (f"{ones}.{first}{last}", "dec-zero-left-out"),
            (f"{ones}.{last}{first}", "place-one-off"),
            (f"0.{ones}{first}{last}", "dec-point-off"),
        ),
    )


def _close(rng: Generator) -> tuple[str, str]:
    """Two decimals with the same ones, of different or the same length."""
    whole = between(rng, 0, 20)
    digits = distinct(rng, 1, 9, 3)
    long = f"{whole}.{digits[0]}{digits[1]}{digits[2]}"
    kinds = (
        f"{whole}.{digits[0] + 1 if digits[0] < 9 else 8}",
        f"{whole}.{digits[0]}{digits[2]}",
        f"{whole}.{digits[0]}0{digits[1]}",
        f"{whole}.{digits[0]}{digits[1]}{digits[2]}0",
    )
    pair = (long, kinds[int(rng.choice(4, p=(0.35, 0.3, 0.25, 0.1)))])
    return pair if int(rng.integers(2)) else (pair[1], pair[0])


@template("5.NBT.A.3", "compare", level=2, difficulty=0.1)
def compare(rng: Generator, interest: str) -> Draft:
    first, second = _close(rng)
    answer = sign(Fraction(first), Fraction(second))
    by_length = sign(len(first), len(second))
    return Draft(
        prompt=T("Which sign makes it true? {statement}", statement=math(rf"{first} \; \square \; {second}")),
        answer=choice_key(answer, SIGNS),
        hints=(
            T("Does a decimal with more digits have to be larger?"),
            LINE_UP,
            T("Write one under the other, point under point. Look for the first place where they differ."),
        ),
        solution=(
            T("Compare the places from the left until the digits differ."),
            T("So {statement}", statement=math(f"{first} {sign_latex(answer)} {second}")),
        ),
        wrong=wrong_choices(
            answer,
            (by_length if by_length < 2 else 1 - min(answer, 1), "dec-longer-larger"),
            (1 - by_length if by_length < 2 else None, "dec-shorter-larger"),
        ),
    )


@template("5.NBT.A.3", "order", level=3, difficulty=0.6)
def order(rng: Generator, interest: str) -> Draft:
    whole = between(rng, 0, 9)
    a, b, c = sorted(distinct(rng, 1, 9, 3))
    values = [f"{whole}.0{a}{c}", f"{whole}.{a}{b}", f"{whole}.{a}{c}{a}", f"{whole}.{b}"]
    values = sorted(values, key=Fraction)
    by_length = sorted(values, key=lambda v: (int(v.split(".")[1]), v))
    mixed = shuffled(rng, values)
    key = ", ".join(values)
    return Draft(
        prompt=T(
            "Write these numbers in order from the smallest to the largest, with commas: {numbers}",
            numbers=math(r",\; ".join(mixed)),
        ),
        answer=AnswerSpec("list", (key,)),
        hints=(
            T("All have the same number of ones. Which place do you compare next?"),
            LINE_UP,
            T("Write them all with three places after the point. Then compare the tenths."),
        ),
        solution=(
            T("With three places they are easy to compare."),
            T("In order: {numbers}", numbers=math(r",\; ".join(values))),
        ),
        wrong=tuple(
            WrongAnswer(text, slip)
            for text, slip in (
                (", ".join(by_length), "dec-whole-thinking"),
                (", ".join(reversed(values)), "compare-reversed"),
            )
            if text != key
        ),
    )


ROUND_TO = {
    1: T("Round {n} to the nearest whole number."),
    10: T("Round {n} to the nearest tenth."),
    100: T("Round {n} to the nearest hundredth."),
}

MEASURED: Stories = {
    "soccer": T("{name} runs a lap in {n} seconds. About how many seconds is that, to the nearest tenth?"),
    "animals": T("A bird weighs {n} ounces. About how many ounces is that, to the nearest tenth?"),
    "nature": T("{n} inches of rain fall in a week. About how many inches is that, to the nearest tenth?"),
    "space": T("A moon rock weighs {n} pounds. About how many pounds is that, to the nearest tenth?"),
    "music": T("A song lasts {n} minutes. About how many minutes is that, to the nearest tenth?"),
    "trains": T("A track is {n} miles long. About how many miles is that, to the nearest tenth?"),
    "cooking": T("A melon weighs {n} pounds. About how many pounds is that, to the nearest tenth?"),
    "fashion": T("A roll holds {n} yards of cloth. About how many yards is that, to the nearest tenth?"),
}


def _rounding(prompt: Text, n: Fraction, places: int) -> Draft:
    """Round ``n`` to 1/``places``."""
    low = Fraction(n * places // 1, places)
    high = low + Fraction(1, places)
    middle = (low + high) / 2
    answer = high if n >= middle else low
    wrong_way = low if answer == high else high
    finer = Fraction((n * places * 10 + Fraction(1, 2)) // 1, places * 10)
    return Draft(
        prompt=prompt,
        answer=number_key(decimal(answer)),
        hints=(
            T("Which round number is just below {n}, and which is just above it?", n=decimal(n)),
            HALFWAY,
            T("Halfway is {middle}. Is {n} below it, or not?", middle=decimal(middle), n=decimal(n)),
        ),
        solution=(
            T(
                "{n} is between {low} and {high}. Halfway is {middle}.",
                n=decimal(n),
                low=decimal(low),
                high=decimal(high),
                middle=decimal(middle),
            ),
            T("It goes up to {answer}.", answer=decimal(answer))
            if answer == high
            else T("It goes down to {answer}.", answer=decimal(answer)),
        ),
        wrong=wrong_numbers(
            decimal(answer),
            (decimal(wrong_way), "round-always-up" if answer == low else "round-always-down"),
            (decimal(finer) if finer != n else None, "round-wrong-place"),
            (decimal(Fraction((n + Fraction(1, 2)) // 1)) if places > 1 else None, "round-wrong-place"),
        ),
    )


def _thousandths(rng: Generator) -> Fraction:
    """A decimal with three places, the last of them not 0."""
    return Fraction(between(rng, 10, 4999) * 10 + between(rng, 1, 9), 1000)


@template("5.NBT.A.4", "nearest", level=1, difficulty=-0.2)
def nearest(rng: Generator, interest: str) -> Draft:
    n, places = _thousandths(rng), pick(rng, (1, 10))
    return _rounding(fill(ROUND_TO[places], n=decimal(n)), n, places)


@template("5.NBT.A.4", "measured", level=2, difficulty=0.1, uses_interest=True)
def measured(rng: Generator, interest: str) -> Draft:
    n = Fraction(between(rng, 201, 1999) * 10 + between(rng, 1, 9), 1000)
    return _rounding(tell(rng, interest, MEASURED, n=decimal(n)), n, 10)


@template("5.NBT.A.4", "ripple", level=3, difficulty=0.6)
def ripple(rng: Generator, interest: str) -> Draft:
    n = Fraction(
        between(rng, 1, 60) * 1000 + pick(rng, (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)) * 100 + 95 + between(rng, 0, 4), 1000
    )
    return _rounding(fill(ROUND_TO[100], n=decimal(n)), n, 100)
