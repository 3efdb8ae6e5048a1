"""Grade 5: multiplying and dividing whole numbers of several digits (5.NBT.B.5, 5.NBT.B.6)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    grouped,
    latex_whole,
    number_key,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, Text, math

W = latex_whole
ROWS = T("Multiply by each place of the second factor, then add the results.")
SHARE_PLACES = T("Divide from the left. What is left in one place joins the next place.")

SEATS: Stories = {
    "soccer": T("A stadium has {b} blocks with {a} seats in each block. How many seats does it have?"),
    "basketball": T("A league plays {b} games, and {a} fans come to each. How many fans come in all?"),
    "music": T("A song is played {a} times a day for {b} days. How many times is it played?"),
    "animals": T("A bee farm has {b} hives with {a} grams of honey in each. How many grams is that?"),
    "space": T("A satellite goes {a} miles in a minute. How many miles does it go in {b} minutes?"),
    "cooking": T("A factory fills {a} jars of jam an hour. How many jars does it fill in {b} hours?"),
    "trains": T("A train makes {b} trips with {a} people on each trip. How many people does it carry?"),
    "nature": T("A park plants {a} flowers in each of {b} beds. How many flowers is that?"),
    "comics": T("A printer prints {b} comics with {a} panels each. How many panels is that?"),
    "games": T("{name} plays {b} rounds and scores {a} points in each. How many points is that?"),
}


def _product(prompt: Text, a: int, b: int) -> Draft:
    total, ones = a * b, b % 10
    tens = b - ones
    return Draft(
        prompt=prompt,
        answer=number_key(total),
        hints=(
            T("About how large will the answer be? Round both factors to see."),
            ROWS,
            T(
                "Find {first} and {second}, then add.",
                first=math(rf"{W(a)} \times {ones}"),
                second=math(rf"{W(a)} \times {tens}"),
            ),
        ),
        solution=(
            T("By the ones: {line}", line=math(rf"{W(a)} \times {ones} = {W(a * ones)}")),
            T("By the tens: {line}", line=math(rf"{W(a)} \times {tens} = {W(a * tens)}")),
            T("Add: {line}", line=math(f"{W(a * ones)} + {W(a * tens)} = {W(total)}")),
        ),
        wrong=wrong_numbers(
            total,
            (a * ones + a * (b // 10), "mult-no-shift"),
            (a * tens, "steps-first-only"),
            (a // 10 * 10 * tens + a % 10 * ones, "mult-partial-missing"),
            (total * 10, "zeros-miscounted"),
            (a + b, "op-added"),
        ),
    )


def _factors(rng: Generator, low: int, high: int) -> tuple[int, int]:
    """A first factor in that range and a second of two digits, neither a multiple of ten."""
    a, b = between(rng, low, high), between(rng, 12, 88)
    return a + (a % 10 == 0), b + (b % 10 == 0)


@template("5.NBT.B.5", "three-by-two", level=1, difficulty=-0.3)
def three_by_two(rng: Generator, interest: str) -> Draft:
    a, b = _factors(rng, 112, 879)
    return _product(T("Find {product}.", product=math(rf"{a} \times {b}")), a, b)


@template("5.NBT.B.5", "four-by-two", level=3, difficulty=0.5)
def four_by_two(rng: Generator, interest: str) -> Draft:
    a, b = _factors(rng, 1123, 4879)
    return _product(T("Find {product}.", product=math(rf"{W(a)} \times {b}")), a, b)


@template("5.NBT.B.5", "story", level=2, difficulty=0.1, uses_interest=True)
def product_story(rng: Generator, interest: str) -> Draft:
    a, b = _factors(rng, 112, 789)
    return _product(tell(rng, interest, SEATS, a=a, b=b), a, b)


@template("5.NBT.B.5", "estimate", level=2, difficulty=0.0)
def estimate(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 2, 8) * 100 + between(rng, -20, 20), between(rng, 2, 8) * 10 + between(rng, -2, 2)
    near = round(a / 100) * 100 * (round(b / 10) * 10)
    key = between(rng, 0, 3)
    values = [near * 10 ** (n - key) if n >= key else near // 10 ** (key - n) for n in range(4)]
    return Draft(
        prompt=T(
            "Which number is closest to {product}? You need not find it exactly.", product=math(rf"{a} \times {b}")
        ),
        answer=choice_key(key, [math(W(v)) for v in values]),
        hints=(
            T("Which round numbers are close to {a} and to {b}?", a=a, b=b),
            T("Round both factors. Multiply the digits and count the zeros."),
            T("Use {a} and {b}.", a=round(a / 100) * 100, b=round(b / 10) * 10),
        ),
        solution=(
            T("Rounded: {line}", line=math(rf"{round(a / 100) * 100} \times {round(b / 10) * 10}")),
            T("That is {answer}", answer=math(W(near))),
        ),
        wrong=wrong_choices(key, *((n, "zeros-miscounted") for n in range(4))),
    )


CRATES: Stories = {
    "cooking": T("A farm packs {total} eggs into trays of {each}. How many trays does it fill?"),
    "music": T("{total} seats stand in rows of {each}. How many rows are there?"),
    "soccer": T("{total} players form teams of {each} players. How many teams are there?"),
    "art": T("{total} tiles are laid in rows of {each}. How many rows are there?"),
    "nature": T("{total} trees stand in rows of {each}. How many rows are there?"),
    "comics": T("A shop packs {total} comics into boxes of {each}. How many boxes does it fill?"),
    "trains": T("{total} people sit in train cars with {each} seats, and no seat is empty. How many cars are there?"),
    "fashion": T("{total} buttons go on coats with {each} buttons each. How many coats is that?"),
}


def _quotient(prompt: Text, each: int, count: int) -> Draft:
    total = each * count
    place = 10 ** (len(str(count)) - 1)
    first = count // place * place
    rest = count - first
    left_out = int(str(count).replace("0", "")) if "0" in str(count) else None
    return Draft(
        prompt=prompt,
        answer=number_key(count),
        hints=(
            T("About how often does {each} go into {total}? Round both numbers.", each=each, total=grouped(total)),
            SHARE_PLACES,
            T("Take out {part} first. It is {each} times a round number.", part=grouped(first * each), each=each),
        ),
        solution=(
            T("First part: {line}", line=math(rf"{W(first * each)} \div {each} = {first}")),
            T("The rest: {line}", line=math(rf"{W(rest * each)} \div {each} = {rest}")),
            T("Together: {line}", line=math(f"{first} + {rest} = {count}")),
        ),
        wrong=wrong_numbers(
            count,
            (left_out, "div-zero-left-out"),
            (first, "steps-first-only"),
            (count + 1, "mult-close-fact"),
            (total - each, "op-subtracted"),
            (count * 10, "zeros-miscounted"),
        ),
    )


@template("5.NBT.B.6", "by-tens", level=1, difficulty=-0.3)
def by_tens(rng: Generator, interest: str) -> Draft:
    each, count = between(rng, 2, 9) * 10, between(rng, 12, 98)
    count += count % 10 == 0
    return _quotient(T("Find {quotient}.", quotient=math(rf"{W(each * count)} \div {each}")), each, count)


@template("5.NBT.B.6", "two-digits", level=2, difficulty=0.2)
def by_two_digits(rng: Generator, interest: str) -> Draft:
    each, count = between(rng, 12, 48), between(rng, 12, 89)
    count += count % 10 == 0
    return _quotient(T("Find {quotient}.", quotient=math(rf"{W(each * count)} \div {each}")), each, count)


@template("5.NBT.B.6", "story", level=2, difficulty=0.3, uses_interest=True)
def quotient_story(rng: Generator, interest: str) -> Draft:
    each, count = between(rng, 12, 36), between(rng, 12, 89)
    count += count % 10 == 0
    return _quotient(tell(rng, interest, CRATES, total=grouped(each * count), each=each), each, count)


@template("5.NBT.B.6", "zero-inside", level=3, difficulty=0.8)
def zero_inside(rng: Generator, interest: str) -> Draft:
    each, count = between(rng, 12, 24), between(rng, 1, 4) * 100 + between(rng, 2, 9)
    return _quotient(T("Find {quotient}.", quotient=math(rf"{W(each * count)} \div {each}")), each, count)
