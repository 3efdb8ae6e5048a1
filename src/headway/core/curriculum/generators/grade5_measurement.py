"""Grade 5: converting units (5.MD.A.1)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    decimal,
    grouped,
    latex_whole,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, Text, math

METRIC: tuple[tuple[str, str, int, Text], ...] = (
    ("km", "m", 1000, T("1 km is 1,000 m.")),
    ("m", "cm", 100, T("1 m is 100 cm.")),
    ("cm", "mm", 10, T("1 cm is 10 mm.")),
    ("kg", "g", 1000, T("1 kg is 1,000 g.")),
    ("L", "mL", 1000, T("1 L is 1,000 mL.")),
)
CUSTOMARY: tuple[tuple[str, str, int, Text], ...] = (
    ("ft", "in", 12, T("1 ft is 12 in.")),
    ("yd", "ft", 3, T("1 yd is 3 ft.")),
    ("lb", "oz", 16, T("1 lb is 16 oz.")),
    ("hr", "min", 60, T("1 hr is 60 min.")),
    ("gal", "qt", 4, T("1 gal is 4 qt.")),
    ("qt", "pt", 2, T("1 qt is 2 pt.")),
)
FEWER = T("It takes fewer of a larger unit, and more of a smaller unit, to measure the same amount.")


W = latex_whole


@template("5.MD.A.1", "to-larger", level=2, difficulty=0.1)
def to_larger(rng: Generator, interest: str) -> Draft:
    large, small, factor, fact = pick(rng, METRIC)
    n = between(rng, 12, 985)
    n += n % 10 == 0
    value = Fraction(n, factor)
    return Draft(
        prompt=T("{n} {small} = how many {large}? Write a decimal.", n=n, small=small, large=large),
        answer=number_key(decimal(value), unit=large, form="decimal"),
        hints=(
            T("Which unit is larger: {large} or {small}?", large=large, small=small),
            FEWER,
            T("Divide {n} by the number of {small} in 1 {large}.", n=n, small=small, large=large),
        ),
        solution=(
            fact,
            T("Divide: {line}", line=math(rf"{n} \div {W(factor)} = {decimal(value)}")),
        ),
        wrong=wrong_numbers(
            decimal(value),
            (n * factor, "unit-reversed"),
            (decimal(value * 10), "unit-wrong-factor"),
            (decimal(value / 10), "unit-wrong-factor"),
            (n, "unit-not-converted"),
        ),
    )


@template("5.MD.A.1", "to-smaller", level=1, difficulty=-0.4)
def to_smaller(rng: Generator, interest: str) -> Draft:
    large, small, factor, fact = pick(rng, METRIC)
    n = between(rng, 11, 98)
    value = Fraction(n + (n % 10 == 0), 10)
    answer = int(value * factor)
    return Draft(
        prompt=T("{n} {large} = how many {small}?", n=decimal(value), large=large, small=small),
        answer=number_key(answer, unit=small),
        hints=(
            T("Which unit is larger: {large} or {small}?", large=large, small=small),
            FEWER,
            T("Multiply {n} by the number of {small} in 1 {large}.", n=decimal(value), small=small, large=large),
        ),
        solution=(
            fact,
            T("Multiply: {line}", line=math(rf"{decimal(value)} \times {W(factor)} = {W(answer)}")),
        ),
        wrong=wrong_numbers(
            answer,
            (decimal(value / factor), "unit-reversed"),
            (answer * 10, "unit-wrong-factor"),
            (Fraction(answer, 10) if answer % 10 == 0 else None, "unit-wrong-factor"),
        ),
    )


@template("5.MD.A.1", "customary", level=2, difficulty=0.3)
def customary(rng: Generator, interest: str) -> Draft:
    large, small, factor, fact = pick(rng, CUSTOMARY)
    count = between(rng, 3, 24)
    n = count * factor
    return Draft(
        prompt=T("{n} {small} = how many {large}?", n=grouped(n), small=small, large=large),
        answer=number_key(count, unit=large),
        hints=(
            T("Which unit is larger: {large} or {small}?", large=large, small=small),
            FEWER,
            T("How many groups that make 1 {large} are in {n} {small}?", large=large, n=grouped(n), small=small),
        ),
        solution=(
            fact,
            T("Divide: {line}", line=math(rf"{W(n)} \div {factor} = {count}")),
        ),
        wrong=wrong_numbers(
            count,
            (n * factor, "unit-reversed"),
            (n - factor, "op-subtracted"),
            (n // 10 if n % 10 == 0 else None, "unit-wrong-factor"),
            (n, "unit-not-converted"),
        ),
    )


PIECES: Stories = {
    "art": T("{name} has {large} m of wire and cuts pieces of {small} cm. How many pieces is that?"),
    "fashion": T("{name} has {large} m of ribbon and cuts pieces of {small} cm. How many pieces is that?"),
    "trains": T("A model track is {large} m long. Each piece is {small} cm long. How many pieces does it have?"),
    "nature": T("A garden path is {large} m long. Each stone is {small} cm long. How many stones make one row?"),
    "comics": T("A shelf is {large} m long. Each box of comics is {small} cm wide. How many boxes fit in a row?"),
    "soccer": T("A fence by a field is {large} m long. Each board is {small} cm wide. How many boards is that?"),
}


@template("5.MD.A.1", "pieces", level=3, difficulty=0.7, uses_interest=True)
def pieces(rng: Generator, interest: str) -> Draft:
    small, count = pick(rng, (5, 15, 20, 25, 30, 40, 45, 60)), between(rng, 4, 24)
    large = Fraction(small * count, 100)
    return Draft(
        prompt=tell(rng, interest, PIECES, large=decimal(large), small=small),
        answer=number_key(count),
        hints=(
            T("Are both lengths in the same unit?"),
            T("Change one of the units so that both are the same. Then you can divide."),
            T("Write {large} m in cm. Then divide by {small}.", large=decimal(large), small=small),
        ),
        solution=(
            T("In cm: {line}", line=math(rf"{decimal(large)} \times 100 = {small * count}")),
            T("Divide: {line}", line=math(rf"{small * count} \div {small} = {count}")),
        ),
        wrong=wrong_numbers(
            count,
            (small * count, "steps-first-only"),
            (Fraction(count, 10) if count % 10 == 0 else count * 10, "unit-wrong-factor"),
            (decimal(large * small), "op-multiplied"),
            (small * count - small, "op-subtracted"),
        ),
    )
