"""Grade 4: units and measurement problems (4.MD.A.1, 4.MD.A.2)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    SIGNS,
    between,
    choice_key,
    distinct,
    grouped,
    latex_whole,
    money,
    number_key,
    pick,
    sign,
    sign_latex,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, Text, math

UNITS: tuple[tuple[str, str, int, Text], ...] = (
    ("km", "m", 1000, T("1 km is 1,000 m.")),
    ("m", "cm", 100, T("1 m is 100 cm.")),
    ("kg", "g", 1000, T("1 kg is 1,000 g.")),
    ("L", "mL", 1000, T("1 L is 1,000 mL.")),
    ("hr", "min", 60, T("1 hr is 60 min.")),
    ("min", "sec", 60, T("1 min is 60 sec.")),
    ("lb", "oz", 16, T("1 lb is 16 oz.")),
    ("ft", "in", 12, T("1 ft is 12 in.")),
    ("yd", "ft", 3, T("1 yd is 3 ft.")),
)
"""Larger unit, smaller unit, how many, and the fact as a sentence."""

MORE_OF_SMALL = T("It takes more of a smaller unit to measure the same amount.")


def _guess(factor: int) -> int:
    """A conversion number that learners take by mistake."""
    return 100 if factor in (1000, 60, 16) else 1000 if factor == 100 else 10


@template("4.MD.A.1", "to-smaller", level=1, difficulty=-0.6)
def to_smaller(rng: Generator, interest: str) -> Draft:
    large, small, factor, fact = pick(rng, UNITS)
    n = between(rng, 2, 15)
    answer = n * factor
    return Draft(
        prompt=T("{n} {large} = how many {small}?", n=n, large=large, small=small),
        answer=number_key(answer, unit=small),
        hints=(
            T("Which unit is larger: {large} or {small}?", large=large, small=small),
            MORE_OF_SMALL,
            T("Recall how many {small} make 1 {large}. You need {n} times as many.", small=small, large=large, n=n),
        ),
        solution=(
            fact,
            T("Multiply: {line}", line=math(rf"{n} \times {latex_whole(factor)} = {latex_whole(answer)}")),
        ),
        wrong=wrong_numbers(
            answer, (n * _guess(factor), "unit-wrong-factor"), (n + factor, "op-added"), (n, "unit-not-converted")
        ),
    )


@template("4.MD.A.1", "mixed-units", level=2, difficulty=0.2)
def mixed_units(rng: Generator, interest: str) -> Draft:
    large, small, factor, fact = pick(rng, UNITS)
    n, more = between(rng, 2, 9), between(rng, 1, min(factor - 1, 95))
    answer = n * factor + more
    return Draft(
        prompt=T("{n} {large} {more} {small} = how many {small}?", n=n, large=large, more=more, small=small),
        answer=number_key(answer, unit=small),
        hints=(
            T("Which part has the right unit already?"),
            MORE_OF_SMALL,
            T("Change {n} {large} to {small}. Then add the {more} {small}.", n=n, large=large, small=small, more=more),
        ),
        solution=(
            fact,
            T("Change: {line}", line=math(rf"{n} \times {latex_whole(factor)} = {latex_whole(n * factor)}")),
            T("Add: {line}", line=math(f"{latex_whole(n * factor)} + {more} = {latex_whole(answer)}")),
        ),
        wrong=wrong_numbers(
            answer,
            (n * factor, "steps-last-dropped"),
            (n + more, "unit-not-converted"),
            (n * _guess(factor) + more, "unit-wrong-factor"),
        ),
    )


@template("4.MD.A.1", "compare", level=3, difficulty=0.6)
def compare_units(rng: Generator, interest: str) -> Draft:
    large, small, factor, fact = pick(rng, UNITS)
    n = between(rng, 2, 9)
    other = max(1, n * factor + pick(rng, (-1, 0, 1)) * between(rng, 1, max(2, factor // 2)))
    key = sign(n * factor, other)
    return Draft(
        prompt=T(
            "Which sign makes it true? {n} {large} {box} {other} {small}",
            n=n,
            large=large,
            box=math(r"\square"),
            other=grouped(other),
            small=small,
        ),
        answer=choice_key(key, SIGNS),
        hints=(
            T("Can you compare them while the units are different?"),
            MORE_OF_SMALL,
            T("Change {n} {large} to {small} first.", n=n, large=large, small=small),
        ),
        solution=(
            fact,
            T(
                "In {small}: {line}",
                small=small,
                line=math(rf"{n} \times {latex_whole(factor)} = {latex_whole(n * factor)}"),
            ),
            T("So {statement}", statement=math(f"{latex_whole(n * factor)} {sign_latex(key)} {latex_whole(other)}")),
        ),
        wrong=wrong_choices(
            key, (sign(n, other), "unit-not-converted"), (sign(n * _guess(factor), other), "unit-wrong-factor")
        ),
    )


LIQUID: Stories = {
    "cooking": T("A pot holds {large} L of soup. {name} fills bowls with {small} mL each. How many bowls is that?"),
    "animals": T("A zoo has {large} L of milk for calves. Each bottle holds {small} mL. How many bottles is that?"),
    "art": T("A class has {large} L of paint. Each jar holds {small} mL. How many jars does it fill?"),
    "soccer": T("A team has {large} L of water. Each cup holds {small} mL. How many cups does it fill?"),
    "nature": T("A can holds {large} L of water. Each plant gets {small} mL. How many plants can be watered?"),
}


@template("4.MD.A.2", "fill", level=2, difficulty=0.4, uses_interest=True)
def fill_bottles(rng: Generator, interest: str) -> Draft:
    small = pick(rng, (100, 125, 200, 250, 500))
    large = between(rng, 2, 12)
    answer = large * 1000 // small
    return Draft(
        prompt=tell(rng, interest, LIQUID, large=large, small=small),
        answer=number_key(answer),
        hints=(
            T("Are the two amounts in the same unit?"),
            T("Change the larger unit to the smaller one. Then you can divide."),
            T("Change {large} L to mL. Then divide by {small}.", large=large, small=small),
        ),
        solution=(
            T("In mL: {line}", line=math(rf"{large} \times 1{{,}}000 = {latex_whole(large * 1000)}")),
            T("Divide: {line}", line=math(rf"{latex_whole(large * 1000)} \div {small} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer,
            (large * small, "op-multiplied"),
            (large * 1000 - small, "op-subtracted"),
            (large * 1000, "steps-first-only"),
            (answer * 10, "zeros-miscounted"),
        ),
    )


CHANGE: Stories = {
    "comics": T(
        "{name} buys {count} comics for {price} each and pays with ${paid}. How much change is that in dollars?"
    ),
    "cooking": T(
        "{name} buys {count} bags of rice for {price} each and pays with ${paid}. How many dollars of change?"
    ),
    "art": T("{name} buys {count} brushes for {price} each and pays with ${paid}. How many dollars of change is that?"),
    "games": T("{name} buys {count} card packs for {price} each and pays with ${paid}. How many dollars of change?"),
    "trains": T(
        "{name} buys {count} train tickets for {price} each and pays with ${paid}. How many dollars of change?"
    ),
    "nature": T("{name} buys {count} seed bags for {price} each and pays with ${paid}. How many dollars of change?"),
    "music": T("{name} buys {count} guitar picks for {price} each and pays with ${paid}. How many dollars of change?"),
}


@template("4.MD.A.2", "change", level=3, difficulty=0.8, uses_interest=True)
def change(rng: Generator, interest: str) -> Draft:
    count, cents = between(rng, 2, 6), 25 * between(rng, 5, 15)
    cents = cents + 25 if cents % 100 == 0 else cents
    cost = count * cents
    paid = next(p for p in (5, 10, 20, 30, 40) if p * 100 > cost)
    left = paid * 100 - cost
    return Draft(
        prompt=tell(rng, interest, CHANGE, count=count, price=money(cents), paid=paid),
        answer=number_key(f"{left // 100}.{left % 100:02d}", unit="$"),
        hints=(
            T("What do all the things cost together?"),
            T("You can count in cents: one dollar is 100 cents."),
            T("Find {count} times {price}. Take that from ${paid}.", count=count, price=money(cents), paid=paid),
        ),
        solution=(
            T("The cost is {cost}.", cost=money(cost)),
            T(
                "The change is ${paid} less {cost}: {answer}",
                paid=paid,
                cost=money(cost),
                answer=f"${left // 100}.{left % 100:02d}",
            ),
        ),
        wrong=wrong_numbers(
            f"{left // 100}.{left % 100:02d}",
            (f"{cost // 100}.{cost % 100:02d}", "steps-first-only"),
            (f"{(left + 100) // 100}.{left % 100:02d}" if left % 100 else None, "sub-borrow-kept"),
            (f"{(paid * 100 - cents) // 100}.{(paid * 100 - cents) % 100:02d}", "steps-last-dropped"),
        ),
    )


TRIPS: Stories = {
    "trains": T("A train trip has two parts: {h1} hr {m1} min and {h2} hr {m2} min. How many minutes is that?"),
    "music": T("A concert has two parts: {h1} hr {m1} min and {h2} hr {m2} min. How many minutes is that?"),
    "nature": T("{name} hikes {h1} hr {m1} min one day and {h2} hr {m2} min the next. How many minutes is that?"),
    "soccer": T("{name} trains {h1} hr {m1} min on Monday and {h2} hr {m2} min on Friday. How many minutes is that?"),
    "games": T("One game lasts {h1} hr {m1} min and another {h2} hr {m2} min. How many minutes is that?"),
    "art": T("{name} paints for {h1} hr {m1} min and then for {h2} hr {m2} min. How many minutes is that?"),
}


@template("4.MD.A.2", "time", level=1, difficulty=0.1, uses_interest=True)
def trips(rng: Generator, interest: str) -> Draft:
    h1, h2 = between(rng, 1, 3), between(rng, 1, 2)
    m1, m2 = distinct(rng, 2, 11, 2)
    m1, m2 = m1 * 5, m2 * 5
    answer = (h1 + h2) * 60 + m1 + m2
    return Draft(
        prompt=tell(rng, interest, TRIPS, h1=h1, m1=m1, h2=h2, m2=m2),
        answer=number_key(answer),
        hints=(
            T("How many hours are there in all? How many minutes beside them?"),
            T("An hour has 60 minutes."),
            T(
                "Change the hours to minutes: {line}. Then add {m1} and {m2}.",
                line=math(rf"{h1 + h2} \times 60"),
                m1=m1,
                m2=m2,
            ),
        ),
        solution=(
            T("Hours in minutes: {line}", line=math(rf"{h1 + h2} \times 60 = {(h1 + h2) * 60}")),
            T("All minutes: {line}", line=math(f"{(h1 + h2) * 60} + {m1} + {m2} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer,
            ((h1 + h2) * 100 + m1 + m2, "time-hundred"),
            (h1 + h2 + m1 + m2, "unit-not-converted"),
            (h1 * 60 + m1, "steps-first-only"),
        ),
    )
