"""Grade 3: masses and liquid volumes (3.MD.A.2)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    distinct,
    number_key,
    pick,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, math

SCALES: Stories = {
    "animals": T("A puppy weighs {a} kg and a dog weighs {b} kg. How many kg do they weigh together?"),
    "cooking": T("A cook mixes {a} g of flour and {b} g of sugar. How many g is that together?"),
    "nature": T("One pumpkin weighs {a} kg and another weighs {b} kg. How many kg is that together?"),
    "art": T("A bowl takes {a} g of clay and its lid takes {b} g. How many g of clay is that?"),
    "trains": T("A freight car carries {a} kg of apples and {b} kg of pears. How many kg is that?"),
    "space": T("One moon rock weighs {a} g and another weighs {b} g. How many g is that together?"),
}

POUR: Stories = {
    "cooking": T("A pot holds {total} L of soup. {used} L are served. How many L are left?"),
    "animals": T("A trough holds {total} L of water. The horses drink {used} L. How many L are left?"),
    "nature": T("A rain barrel holds {total} L. {name} uses {used} L for the garden. How many L are left?"),
    "soccer": T("A team takes {total} L of water to a match and drinks {used} L. How many L are left?"),
    "art": T("A class has {total} L of paint and uses {used} L. How many L are left?"),
}

BAGS: Stories = {
    "animals": T("One bag of bird seed weighs {each} kg. {name} carries {count} bags. How many kg is that?"),
    "cooking": T("One bag of rice weighs {each} kg. A kitchen buys {count} bags. How many kg is that?"),
    "music": T("One drum weighs {each} kg. A band carries {count} drums. How many kg is that?"),
    "nature": T("One bag of soil weighs {each} kg. {name} uses {count} bags. How many kg is that?"),
    "basketball": T("One box of balls weighs {each} kg. A gym has {count} boxes. How many kg is that?"),
    "comics": T("One box of comics weighs {each} kg. A shop gets {count} boxes. How many kg is that?"),
}


@template("3.MD.A.2", "together", level=1, difficulty=-0.5, uses_interest=True)
def together(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 12, 48), between(rng, 13, 49)
    return Draft(
        prompt=tell(rng, interest, SCALES, a=a, b=b),
        answer=number_key(a + b),
        hints=(
            T("Are both amounts in the same unit?"),
            T("Amounts in the same unit can be added like other numbers."),
            T("Find {sum}.", sum=math(f"{a} + {b}")),
        ),
        solution=(T("The units are the same, so add."), T("Together: {line}", line=math(f"{a} + {b} = {a + b}"))),
        wrong=wrong_numbers(
            a + b,
            (abs(a - b), "op-subtracted"),
            (a + b - 10 if a % 10 + b % 10 > 9 else None, "add-no-carry"),
            (a + b + 10, "add-no-carry"),
        ),
    )


@template("3.MD.A.2", "left", level=2, difficulty=-0.1, uses_interest=True)
def left(rng: Generator, interest: str) -> Draft:
    used, rest = between(rng, 13, 38), between(rng, 14, 47)
    total = used + rest
    return Draft(
        prompt=tell(rng, interest, POUR, total=total, used=used),
        answer=number_key(rest),
        hints=(
            T("Is the answer more or less than {total} L?", total=total),
            T("Amounts in the same unit can be subtracted like other numbers."),
            T("Find {difference}.", difference=math(f"{total} - {used}")),
        ),
        solution=(T("Take away what is used."), T("What is left: {line}", line=math(f"{total} - {used} = {rest}"))),
        wrong=wrong_numbers(
            rest, (total + used, "op-added"), (rest + 10, "sub-borrow-kept"), (used, "equation-number-copied")
        ),
    )


@template("3.MD.A.2", "bags", level=2, difficulty=0.1, uses_interest=True)
def bags(rng: Generator, interest: str) -> Draft:
    each, count = distinct(rng, 3, 9, 2)
    total = each * count
    return Draft(
        prompt=tell(rng, interest, BAGS, each=each, count=count),
        answer=number_key(total),
        hints=(
            T("What does one of them weigh, and how many are there?"),
            T("Equal amounts are multiplied."),
            T("Find {product}.", product=math(rf"{count} \times {each}")),
        ),
        solution=(
            T("There are {count} equal amounts of {each} kg.", count=count, each=each),
            T("Multiply: {line}", line=math(rf"{count} \times {each} = {total}")),
        ),
        wrong=wrong_numbers(
            total, (each + count, "op-added"), (total - each, "mult-one-group-off"), (total + count, "mult-close-fact")
        ),
    )


SENSIBLE = (
    (T("About how much does a pencil weigh?"), (3, "g"), ((300, "g"), (3, "kg"))),
    (T("About how much does a bicycle weigh?"), (6, "kg"), ((6, "g"), (60, "g"))),
    (T("About how much does an apple weigh?"), (80, "g"), ((1, "g"), (20, "kg"))),
    (T("About how much does a cat weigh?"), (2, "kg"), ((2, "g"), (30, "g"))),
    (T("About how much water fits in a bathtub?"), (60, "L"), ((1, "L"), (2, "L"))),
    (T("About how much water fits in a kitchen sink?"), (6, "L"), ((500, "L"), (900, "L"))),
    (T("About how much does a school bag with books weigh?"), (2, "kg"), ((2, "g"), (200, "kg"))),
    (T("About how much does a car weigh?"), (600, "kg"), ((6, "kg"), (60, "g"))),
)
"""A question, a sensible amount (times 1 to 4) and two amounts that are far off."""


@template("3.MD.A.2", "which-unit", level=3, difficulty=0.3)
def sensible(rng: Generator, interest: str) -> Draft:
    thing, right, wrongs = pick(rng, SENSIBLE)
    low, high = wrongs
    n = between(rng, 1, 4)
    amounts = {right: f"{right[0] * n} {right[1]}", low: f"{low[0] * n} {low[1]}", high: f"{high[0] * n} {high[1]}"}
    choices = shuffled(rng, list(amounts.values()))
    key = choices.index(amounts[right])
    return Draft(
        prompt=thing,
        answer=choice_key(key, choices),
        hints=(
            T("Think of something that you have held or carried. Is this more or less?"),
            T("A paper clip is about 1 g. A large book is about 1 kg. A large water bottle holds about 1 L."),
            T("Compare each choice with one of those."),
        ),
        solution=(
            T("Compare with things that you know: 1 g is a paper clip, 1 kg a large book, 1 L a large bottle."),
            T("The best choice is {answer}.", answer=amounts[right]),
        ),
        wrong=wrong_choices(
            key, (choices.index(amounts[low]), "unit-wrong-factor"), (choices.index(amounts[high]), "unit-wrong-factor")
        ),
    )
