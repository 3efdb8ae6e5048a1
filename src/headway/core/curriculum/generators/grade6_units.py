"""Grade 6: changing units with ratios (6.RP.A.3.d)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import contexts
from headway.core.curriculum.generators.algebra import slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, number_key, pick
from headway.core.text import T

# IMPORTS

CONVERT = (
    (T("How many inches are {n} feet?"), T("How many feet are {n} inches?"), T("One foot is 12 inches."), 12),
    (T("How many feet are {n} yards?"), T("How many yards are {n} feet?"), T("One yard is 3 feet."), 3),
    (T("How many minutes are {n} hours?"), T("How many hours are {n} minutes?"), T("One hour is 60 minutes."), 60),
    (T("How many ounces are {n} pounds?"), T("How many pounds are {n} ounces?"), T("One pound is 16 ounces."), 16),
    (T("How many quarts are {n} gallons?"), T("How many gallons are {n} quarts?"), T("One gallon is 4 quarts."), 4),
    (T("How many hours are {n} days?"), T("How many days are {n} hours?"), T("One day is 24 hours."), 24),
    (
        T("How many centimeters are {n} meters?"),
        T("How many meters are {n} centimeters?"),
        T("One meter is 100 centimeters."),
        100,
    ),
    (
        T("How many grams are {n} kilograms?"),
        T("How many kilograms are {n} grams?"),
        T("One kilogram is 1000 grams."),
        1000,
    ),
    (
        T("How many milliliters are {n} liters?"),
        T("How many liters are {n} milliliters?"),
        T("One liter is 1000 milliliters."),
        1000,
    ),
)
"""To the smaller unit, to the larger unit, the fact, the factor."""
SMALLER = T("It takes more of a smaller unit: multiply. It takes fewer of a larger unit: divide.")


@template("6.RP.A.3.d", "to-smaller", level=1, difficulty=-0.7)
def to_smaller(rng: Generator, interest: str) -> Draft:
    ask, _, fact, factor = pick(rng, CONVERT)
    amount = Fraction(between(rng, 3, 40), 1 if factor == 3 else 2)
    value = amount * factor
    return Draft(
        prompt=contexts.fill(ask, n=decimal(amount)),
        answer=number_key(value),
        hints=(fact, SMALLER, T("Multiply {amount} by {factor}.", amount=decimal(amount), factor=factor)),
        solution=work(rf"{decimal(amount)} \cdot {factor}", decimal(value)),
        wrong=slips(value, (amount / factor, "unit-reversed"), (amount + factor, "op-added")),
    )


@template("6.RP.A.3.d", "to-larger", level=2, difficulty=-0.1)
def to_larger(rng: Generator, interest: str) -> Draft:
    _, ask, fact, factor = pick(rng, CONVERT)
    amount = Fraction(between(rng, 3, 40), 1 if factor == 3 else 2)
    if amount == factor:
        amount += 1
    given = amount * factor
    return Draft(
        prompt=contexts.fill(ask, n=decimal(given)),
        answer=number_key(decimal(amount)),
        hints=(fact, SMALLER, T("Divide {amount} by {factor}.", amount=decimal(given), factor=factor)),
        solution=work(rf"{decimal(given)} \div {factor}", decimal(amount)),
        wrong=slips(
            decimal(amount),
            (decimal(given * factor), "unit-reversed"),
            (decimal(abs(given - factor)), "op-subtracted"),
        ),
    )


SPEEDS = (
    (
        T("A snail crawls {n} inches per minute. How many feet per hour is that?"),
        T("One hour is 60 minutes, and one foot is 12 inches."),
        60,
        12,
    ),
    (
        T("A cyclist rides {n} meters per second. How many kilometers per hour is that?"),
        T("One hour is 3600 seconds, and one kilometer is 1000 meters."),
        3600,
        1000,
    ),
    (
        T("A hose gives {n} quarts per minute. How many gallons per hour is that?"),
        T("One hour is 60 minutes, and one gallon is 4 quarts."),
        60,
        4,
    ),
    (
        T("A machine packs {n} ounces of tea per minute. How many pounds per hour is that?"),
        T("One hour is 60 minutes, and one pound is 16 ounces."),
        60,
        16,
    ),
    (
        T("A faucet drips {n} milliliters per minute. How many liters per day is that?"),
        T("One day is 1440 minutes, and one liter is 1000 milliliters."),
        1440,
        1000,
    ),
)


@template("6.RP.A.3.d", "speed", level=3, difficulty=0.8)
def speed_units(rng: Generator, interest: str) -> Draft:
    ask, fact, times, parts = pick(rng, SPEEDS)
    n = pick(rng, [n for n in range(2, 31) if Fraction(n * times, parts) not in (1, parts, times, 60)])
    value = Fraction(n * times, parts)
    return Draft(
        prompt=contexts.fill(ask, n=n),
        answer=number_key(decimal(value)),
        hints=(
            T("Two units change here: one after the other."),
            fact,
            T(
                "Multiply {n} by {times} for the longer time; then divide by {parts} for the larger unit.",
                n=n,
                times=times,
                parts=parts,
            ),
        ),
        solution=work(rf"{n} \cdot {times} = {n * times}", rf"{n * times} \div {parts} = {decimal(value)}"),
        wrong=slips(
            decimal(value),
            (str(n * times), "steps-first-only"),
            (str(Fraction(n * parts, times)), "unit-reversed"),
            (str(n * times * parts), "unit-reversed"),
        ),
    )
