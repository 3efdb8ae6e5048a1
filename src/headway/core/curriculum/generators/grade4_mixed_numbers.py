"""Grade 4: adding and subtracting mixed numbers with like denominators (4.NF.B.3.c)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    latex_fraction,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, Text, math

BOTTOMS = (3, 4, 5, 6, 8, 10, 12)
TRADE = T("One whole can be traded for all of its parts, and all the parts for one whole.")


def mixed(whole: int, top: int, bottom: int) -> str:
    """A mixed number in LaTeX as it stands, not simplified."""
    part = latex_fraction(top, bottom)
    return f"{whole}{part}" if whole else part


def _mixed_pair(rng: Generator, *, trade: bool) -> tuple[int, int, int, int, int]:
    """Wholes and tops of two mixed numbers (larger first) and the bottom; ``trade``: the tops make a trade needed."""
    b = pick(rng, BOTTOMS)
    whole, small = between(rng, 4, 9), between(rng, 1, 3)
    if trade:
        a = between(rng, 1, b - 2)
        return whole, a, small, between(rng, a + 1, b - 1), b
    a = between(rng, 2, b - 1)
    return whole, a, small, between(rng, 1, a - 1), b


LONGER: Stories = {
    "nature": T("A trail is {a} miles long. {name} has walked {b} miles. How many miles are left?"),
    "soccer": T("{name} wants to run {a} miles this week and has run {b} miles. How many miles are left?"),
    "cooking": T("A cook has {a} cups of flour and uses {b} cups. How many cups are left?"),
    "fashion": T("{name} has {a} yards of cloth and uses {b} yards. How many yards are left?"),
    "music": T("A show lasts {a} hours. It has been on for {b} hours. How many hours are left?"),
    "trains": T("A train trip takes {a} hours. {b} hours are over. How many hours are left?"),
    "art": T("{name} has {a} feet of wire and uses {b} feet. How many feet are left?"),
    "animals": T("A bag holds {a} pounds of dog food. The dogs eat {b} pounds. How many pounds are left?"),
}


def _mixed_difference(prompt: Text, numbers: tuple[int, int, int, int, int], left: int, top: int) -> Draft:
    whole, a, small, c, b = numbers
    value = Fraction(left * b + top, b)
    trade = c > a
    key = f"{left} {top}/{b}" if left else f"{top}/{b}"
    return Draft(
        prompt=prompt,
        answer=number_key(key),
        hints=(
            T("Can you take the second fraction part from the first one?"),
            TRADE,
            T(
                "Trade one of the {whole} wholes for {b} parts. Then there are {more} parts.",
                whole=whole,
                b=b,
                more=a + b,
            )
            if trade
            else T("Take the wholes from the wholes and the parts from the parts."),
        ),
        solution=(
            T("After a trade the first number is {line}", line=math(mixed(whole - 1, a + b, b)))
            if trade
            else T("There are enough parts, so no trade is needed."),
            T("The parts that are left: {line}", line=math(f"{a + b if trade else a} - {c} = {top}")),
            T("So the difference is {answer}", answer=math(mixed(left, top, b))),
        ),
        wrong=wrong_numbers(
            value,
            (Fraction((whole - small) * b + c - a, b) if trade else None, "frac-sub-smaller"),
            (Fraction(left * b + 10 + a - c, b) if trade else None, "frac-borrows-ten"),
            (Fraction(value + 1) if trade else None, "sub-borrow-kept"),
            (whole - small, "frac-whole-dropped"),
            (Fraction((whole + small) * b + a + c, b), "op-added"),
        ),
    )


@template("4.NF.B.3.c", "add", level=1, difficulty=-0.1)
def add_mixed(rng: Generator, interest: str) -> Draft:
    whole, a, small, c, b = _mixed_pair(rng, trade=False)
    total, top = whole + small, a + c
    value = Fraction(total * b + top, b)
    return Draft(
        prompt=T("Find {sum}.", sum=math(f"{mixed(whole, a, b)} + {mixed(small, c, b)}")),
        answer=number_key(f"{total * b + top}/{b}"),
        hints=(
            T("What are the whole numbers, and what are the fraction parts?"),
            TRADE,
            T(
                "Add the wholes: {wholes}. Add the parts: {parts}.",
                wholes=math(f"{whole} + {small}"),
                parts=math(f"{latex_fraction(a, b)} + {latex_fraction(c, b)}"),
            ),
        ),
        solution=(
            T("Wholes: {line}", line=math(f"{whole} + {small} = {total}")),
            T(
                "Parts: {line}",
                line=math(f"{latex_fraction(a, b)} + {latex_fraction(c, b)} = {latex_fraction(top, b)}"),
            ),
            T(
                "Together {total} and {parts}, which is {answer}",
                total=total,
                parts=math(latex_fraction(top, b)),
                answer=math(latex_fraction(total * b + top, b)),
            ),
        ),
        wrong=wrong_numbers(
            value,
            (Fraction(total * 2 * b + top, 2 * b), "frac-adds-both"),
            (total, "steps-first-only"),
            (f"{top}/{b}", "frac-whole-dropped"),
            (f"{total + top}/{b}", "frac-whole-added-to-top"),
        ),
    )


@template("4.NF.B.3.c", "subtract", level=2, difficulty=0.3)
def subtract_mixed(rng: Generator, interest: str) -> Draft:
    whole, a, small, c, b = _mixed_pair(rng, trade=False)
    left, top = whole - small, a - c
    return _mixed_difference(
        T("Find {difference}.", difference=math(f"{mixed(whole, a, b)} - {mixed(small, c, b)}")),
        (whole, a, small, c, b),
        left,
        top,
    )


@template("4.NF.B.3.c", "subtract-with-trade", level=3, difficulty=1.0)
def subtract_trade(rng: Generator, interest: str) -> Draft:
    whole, a, small, c, b = _mixed_pair(rng, trade=True)
    return _mixed_difference(
        T("Find {difference}.", difference=math(f"{mixed(whole, a, b)} - {mixed(small, c, b)}")),
        (whole, a, small, c, b),
        whole - 1 - small,
        a + b - c,
    )


@template("4.NF.B.3.c", "story", level=2, difficulty=0.5, uses_interest=True)
def mixed_story(rng: Generator, interest: str) -> Draft:
    whole, a, small, c, b = _mixed_pair(rng, trade=False)
    story = tell(rng, interest, LONGER, a=math(mixed(whole, a, b)), b=math(mixed(small, c, b)))
    return _mixed_difference(story, (whole, a, small, c, b), whole - small, a - c)
