"""Grade 4: division by one digit (4.NBT.B.6)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    grouped,
    latex_whole,
    number_key,
    wrong_numbers,
)
from headway.core.text import T, Text, math

W = latex_whole
SHARE_PLACES = T("Divide place by place from the left. What is left in one place joins the next.")


SHARED_OUT: Stories = {
    "soccer": T("{total} tickets are shared equally by {digit} soccer clubs. How many tickets does each club get?"),
    "music": T("{total} seats stand in {digit} equal blocks in a concert hall. How many seats are in each block?"),
    "animals": T("A farm packs {total} eggs equally into {digit} crates. How many eggs are in each crate?"),
    "space": T("A satellite takes {total} photos in {digit} days, the same number each day. How many photos a day?"),
    "cooking": T("A cook uses {total} grams of flour for {digit} equal loaves. How many grams are in each loaf?"),
    "games": T("{digit} players share {total} points equally. How many points does each player get?"),
    "trains": T("{total} people fill {digit} trains equally. How many people are on each train?"),
    "nature": T("{total} seedlings are planted in {digit} equal fields. How many seedlings are in each field?"),
}


def _quotient(prompt: Text, digit: int, quotient: int) -> Draft:
    total = digit * quotient
    place = 10 ** (len(str(quotient)) - 1)
    first = quotient // place * place
    rest = quotient - first
    left_out = int(str(quotient).replace("0", "")) if "0" in str(quotient) else None
    return Draft(
        prompt=prompt,
        answer=number_key(quotient),
        hints=(
            T("Think of a product that is close: {product}.", product=math(rf"{digit} \times \square = {W(total)}")),
            SHARE_PLACES,
            T(
                "Take out {part} first, which is {digit} times a round number.",
                part=grouped(first * digit),
                digit=digit,
            ),
        ),
        solution=(
            T("First part: {line}", line=math(rf"{W(first * digit)} \div {digit} = {first}")),
            T("The rest: {line}", line=math(rf"{W(rest * digit)} \div {digit} = {rest}")),
            T("Together: {line}", line=math(f"{first} + {rest} = {quotient}")),
        ),
        wrong=wrong_numbers(
            quotient,
            (left_out, "div-zero-left-out"),
            (first, "steps-first-only"),
            (total - digit, "op-subtracted"),
            (quotient * 10, "zeros-miscounted"),
            (quotient + 1, "mult-close-fact"),
        ),
    )


@template("4.NBT.B.6", "even", level=1, difficulty=-0.3)
def divide_even(rng: Generator, interest: str) -> Draft:
    digit, quotient = between(rng, 3, 9), between(rng, 23, 198)
    return _quotient(T("Find {quotient}.", quotient=math(rf"{W(digit * quotient)} \div {digit}")), digit, quotient)


@template("4.NBT.B.6", "zero-inside", level=3, difficulty=0.9)
def divide_with_zero(rng: Generator, interest: str) -> Draft:
    digit = between(rng, 3, 9)
    quotient = between(rng, 1, 9) * 100 + between(rng, 2, 9)
    return _quotient(T("Find {quotient}.", quotient=math(rf"{W(digit * quotient)} \div {digit}")), digit, quotient)


@template("4.NBT.B.6", "story", level=2, difficulty=0.2, uses_interest=True)
def divide_story(rng: Generator, interest: str) -> Draft:
    digit, quotient = between(rng, 3, 9), between(rng, 32, 198)
    return _quotient(tell(rng, interest, SHARED_OUT, total=grouped(digit * quotient), digit=digit), digit, quotient)


@template("4.NBT.B.6", "remainder", level=2, difficulty=0.4)
def remainder(rng: Generator, interest: str) -> Draft:
    digit, quotient = between(rng, 4, 9), between(rng, 14, 98)
    rest = between(rng, 1, digit - 1)
    total = digit * quotient + rest
    return Draft(
        prompt=T("What is the remainder of {division}?", division=math(rf"{W(total)} \div {digit}")),
        answer=number_key(rest),
        hints=(
            T("How many whole times does {digit} go into {total}?", digit=digit, total=grouped(total)),
            T("The remainder is what is left, and it is less than the divisor."),
            T("Find the largest product of {digit} that is not more than {total}.", digit=digit, total=grouped(total)),
        ),
        solution=(
            T("The largest product: {line}", line=math(rf"{quotient} \times {digit} = {W(digit * quotient)}")),
            T("What is left: {line}", line=math(f"{W(total)} - {W(digit * quotient)} = {rest}")),
        ),
        wrong=wrong_numbers(
            rest, (quotient, "remainder-dropped"), (digit - rest, "op-subtracted"), (rest + digit, "remainder-given")
        ),
    )
