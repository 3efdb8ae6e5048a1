"""Grade 5: fractions as quotients, dividing by and into unit fractions (5.NF.B.3, 5.NF.B.7)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    distinct,
    latex_fraction,
    latex_mixed,
    number_key,
    plain_mixed,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, math

AS_QUOTIENT = T("A fraction is a division: the top number is shared by as many as the bottom number says.")
FITS = T("Dividing asks how often a part fits, or how large each equal share is.")

SHARED: Stories = {
    "cooking": T("{a} pizzas are shared equally by {b} people. What fraction of a pizza does each person get?"),
    "animals": T("{a} pounds of hay are shared equally by {b} goats. How many pounds does each goat get?"),
    "art": T("{a} jars of paint are shared equally by {b} artists. How many jars does each artist get?"),
    "fashion": T("{a} yards of ribbon are cut into {b} equal pieces. How many yards long is each piece?"),
    "nature": T("{a} liters of water are shared equally by {b} plants. How many liters does each plant get?"),
    "soccer": T("{a} liters of juice are shared equally by {b} players. How many liters does each player get?"),
    "music": T("{b} bands share {a} hours on stage equally. How many hours does each band get?"),
    "trains": T("A track of {a} miles is cut into {b} equal parts. How many miles long is each part?"),
}


@template("5.NF.B.3", "as-fraction", level=1, difficulty=-0.6)
def as_fraction(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 2, 12, 2)
    return Draft(
        prompt=T("Write {division} as a fraction.", division=math(rf"{a} \div {b}")),
        answer=number_key(f"{a}/{b}"),
        hints=(
            T("Think of {a} pies and {b} people.", a=a, b=b),
            AS_QUOTIENT,
            T("What is shared goes on top. How many shares there are goes at the bottom."),
        ),
        solution=(
            AS_QUOTIENT,
            T("So {line}", line=math(rf"{a} \div {b} = {latex_fraction(a, b)}")),
        ),
        wrong=wrong_numbers(
            f"{a}/{b}", (f"{b}/{a}", "frac-upside-down"), (abs(a - b), "op-subtracted"), (a * b, "op-multiplied")
        ),
    )


@template("5.NF.B.3", "shared", level=2, difficulty=0.0, uses_interest=True)
def shared(rng: Generator, interest: str) -> Draft:
    a, b = sorted(distinct(rng, 2, 11, 2))
    return Draft(
        prompt=tell(rng, interest, SHARED, a=a, b=b),
        answer=number_key(f"{a}/{b}"),
        hints=(
            T("Is each share more than 1 or less than 1?"),
            AS_QUOTIENT,
            T("Cut each whole into {b} equal parts. How many of these parts are in each share?", b=b),
        ),
        solution=(
            T("Divide what is shared by the number of shares: {line}", line=math(rf"{a} \div {b}")),
            T("Each share is {answer}", answer=math(latex_fraction(a, b))),
        ),
        wrong=wrong_numbers(
            f"{a}/{b}", (f"{b}/{a}", "div-bigger-by-smaller"), (f"1/{b}", "steps-first-only"), (b - a, "op-subtracted")
        ),
    )


@template("5.NF.B.3", "between", level=3, difficulty=0.6)
def between_wholes(rng: Generator, interest: str) -> Draft:
    people, low = between(rng, 3, 9), between(rng, 2, 8)
    rest = between(rng, 1, people - 1)
    total = people * low + rest
    value = Fraction(total, people)
    return Draft(
        prompt=T(
            "{people} people share {total} pounds of rice equally. How many pounds does each get? Write a mixed number.",
            people=people,
            total=total,
        ),
        answer=number_key(plain_mixed(value), form="mixed"),
        hints=(
            T("How many whole pounds can each person get?"),
            AS_QUOTIENT,
            T(
                "Find {division}. Cut what is left into {people} equal parts.",
                division=math(rf"{total} \div {people}"),
                people=people,
            ),
        ),
        solution=(
            T("Whole pounds: {low} each, and {rest} are left to share.", low=low, rest=rest),
            T("So each gets {answer}", answer=math(latex_mixed(value))),
        ),
        wrong=wrong_numbers(
            plain_mixed(value),
            (low, "remainder-dropped"),
            (f"{people}/{total}", "frac-upside-down"),
            (f"{low} {rest}/10" if people != 10 else None, "dec-fraction-digits"),
            (low + 1, "remainder-rounded-up"),
        ),
    )


@template("5.NF.B.7", "whole-by-unit", level=1, difficulty=-0.1)
def whole_by_unit(rng: Generator, interest: str) -> Draft:
    n, b = between(rng, 2, 12), between(rng, 2, 10)
    return Draft(
        prompt=T("Find {quotient}.", quotient=math(rf"{n} \div {latex_fraction(1, b)}")),
        answer=number_key(n * b),
        hints=(
            T("How often does {part} fit into 1?", part=math(latex_fraction(1, b))),
            FITS,
            T("Each of the {n} wholes is cut into {b} parts.", n=n, b=b),
        ),
        solution=(
            T("One whole holds {b} of these parts.", b=b),
            T("{n} wholes hold {line}", n=n, line=math(rf"{n} \times {b} = {n * b}")),
        ),
        wrong=wrong_numbers(
            n * b, (f"{n}/{b}", "frac-divides-as-times"), (f"1/{n * b}", "frac-upside-down"), (n + b, "op-added")
        ),
    )


@template("5.NF.B.7", "unit-by-whole", level=2, difficulty=0.2)
def unit_by_whole(rng: Generator, interest: str) -> Draft:
    n, b = between(rng, 2, 9), between(rng, 2, 10)
    return Draft(
        prompt=T("Find {quotient}.", quotient=math(rf"{latex_fraction(1, b)} \div {n}")),
        answer=number_key(f"1/{n * b}"),
        hints=(
            T("Is each share larger or smaller than {part}?", part=math(latex_fraction(1, b))),
            FITS,
            T("Cut each of the {b} parts of a whole into {n} smaller parts. How many are in the whole?", b=b, n=n),
        ),
        solution=(
            T("The whole then has {line} parts.", line=math(rf"{b} \times {n} = {n * b}")),
            T("One of them is {answer}", answer=math(latex_fraction(1, n * b))),
        ),
        wrong=wrong_numbers(
            f"1/{n * b}", (f"{n}/{b}", "frac-divides-as-times"), (n * b, "frac-upside-down"), (f"1/{n + b}", "op-added")
        ),
    )


SERVINGS: Stories = {
    "cooking": T("{name} has {n} cups of nuts. One serving is {part} of a cup. How many servings is that?"),
    "nature": T("A trail is {n} miles long. There is a sign every {part} of a mile. How many such parts does it have?"),
    "fashion": T("{name} has {n} yards of ribbon. One bow takes {part} of a yard. How many bows can {name} make?"),
    "animals": T("A bag holds {n} pounds of seed. A bird eats {part} of a pound a week. How many weeks does it last?"),
    "music": T("A radio show lasts {n} hours. Each song takes {part} of an hour. How many songs fit into it?"),
    "art": T("{name} has {n} liters of paint. One picture takes {part} of a liter. How many pictures is that?"),
    "soccer": T("A team has {n} liters of water. One cup holds {part} of a liter. How many cups is that?"),
    "trains": T("A toy track is {n} meters long. Each piece is {part} of a meter long. How many pieces does it have?"),
}


@template("5.NF.B.7", "servings", level=2, difficulty=0.3, uses_interest=True)
def servings(rng: Generator, interest: str) -> Draft:
    n, b = between(rng, 2, 12), between(rng, 3, 10)
    return Draft(
        prompt=tell(rng, interest, SERVINGS, n=n, part=math(latex_fraction(1, b))),
        answer=number_key(n * b),
        hints=(
            T("How many of these parts are in 1 whole?"),
            FITS,
            T("Each of the {n} wholes makes {b} parts.", n=n, b=b),
        ),
        solution=(
            T("Divide: {line}", line=math(rf"{n} \div {latex_fraction(1, b)}")),
            T("That is {line}", line=math(rf"{n} \times {b} = {n * b}")),
        ),
        wrong=wrong_numbers(n * b, (f"{n}/{b}", "frac-divides-as-times"), (n + b, "op-added"), (b, "steps-first-only")),
    )


@template("5.NF.B.7", "which-story", level=3, difficulty=0.7)
def which_story(rng: Generator, interest: str) -> Draft:
    n, b = between(rng, 2, 9), between(rng, 2, 9)
    b = b + 1 if b == n else b
    part = math(latex_fraction(1, b))
    share = int(rng.integers(2)) == 1
    stories = (
        T("{n} friends share {part} of a pie equally. How much does each get?", n=n, part=part),
        T("{part} of a pie is one piece. How many pieces do {n} pies make?", n=n, part=part),
        T("There are {n} pies, and {part} of each is eaten. How much is that?", n=n, part=part),
    )
    order = [int(k) for k in rng.permutation(3)]
    right = 0 if share else 1
    key = order.index(right)
    line = rf"{latex_fraction(1, b)} \div {n}" if share else rf"{n} \div {latex_fraction(1, b)}"
    return Draft(
        prompt=T("Which story fits {division}?", division=math(line)),
        answer=choice_key(key, [stories[k] for k in order]),
        hints=(
            T("Which number is divided, and what is it divided by?"),
            FITS,
            T("The first number is what there is. Look for a story that starts with that amount."),
        ),
        solution=(
            T("The first number of a division is what is shared or cut up."),
            stories[right],
        ),
        wrong=wrong_choices(
            key, (order.index(1 - right), "compare-reversed"), (order.index(2), "frac-divides-as-times")
        ),
    )
