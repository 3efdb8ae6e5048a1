"""Grade 6: rates in problems, and percents (6.RP.A.3.b, 6.RP.A.3.c)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, stories
from headway.core.curriculum.generators.algebra import ratio_tex, slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, distinct, number_key, pick
from headway.core.text import T, math

# IMPORTS

PER_ONE = T("Find first what belongs to one. Then multiply.")
HUNDRED = T("Percent means 'out of 100'.")
WHOLES = {
    5: (20, 40, 60, 80, 120, 140, 160, 180, 220, 260),
    10: (30, 40, 50, 60, 70, 80, 90, 120, 130, 150),
    15: (20, 40, 60, 80, 120, 160),
    20: (15, 25, 35, 45, 55, 65, 75, 85, 95),
    25: (12, 16, 24, 28, 32, 36, 44, 48, 52, 84),
    30: (20, 40, 50, 60, 70, 80, 90),
    40: (15, 25, 30, 35, 45, 55, 60, 65),
    60: (15, 25, 30, 35, 45, 55, 65, 85),
    75: (12, 16, 24, 28, 32, 36, 44, 48, 64),
    80: (15, 25, 30, 35, 45, 55, 65, 75),
}
CASES = tuple((percent, whole) for percent, wholes in WHOLES.items() for whole in wholes if percent * whole > 100)


@template("6.RP.A.3.b", "price", level=1, difficulty=-0.6, uses_interest=True)
def unit_price(rng: Generator, interest: str) -> Draft:
    return _price(rng, interest, Fraction(between(rng, 2, 15)))


@template("6.RP.A.3.b", "price-cents", level=2, difficulty=0.1, uses_interest=True)
def unit_price_cents(rng: Generator, interest: str) -> Draft:
    return _price(rng, interest, Fraction(between(rng, 1, 9) * 4 + between(rng, 1, 3), 4))


def _price(rng: Generator, interest: str, each: Fraction) -> Draft:
    many, more = distinct(rng, 2, 12, 2)
    if each.denominator > 1:
        many = each.denominator * between(rng, 1, 2)
        more += more == many
    cost, total = int(each * many), each * more
    key, each_typed = decimal(total), decimal(each)
    return Draft(
        prompt=contexts.tell(rng, interest, stories.UNIT_PRICE, many=many, cost=cost, more=more),
        answer=number_key(key, unit="$"),
        hints=(
            T("What stays the same, however many are bought?"),
            PER_ONE,
            T(
                "Divide {cost} by {many} to get the price of one; multiply that by {more}.",
                cost=cost,
                many=many,
                more=more,
            ),
        ),
        solution=work(rf"{cost} \div {many} = {each_typed}", rf"{more} \cdot {each_typed} = {key}"),
        wrong=slips(
            key,
            (each_typed, "steps-first-only"),
            (str(cost * more), "unit-rate-skipped"),
            (str(cost + more - many), "ratio-additive"),
        ),
    )


@template("6.RP.A.3.b", "time", level=3, difficulty=0.5)
def how_long(rng: Generator, interest: str) -> Draft:
    rate, hours = between(rng, 4, 18), between(rng, 2, 5)
    more = pick(rng, [n for n in range(hours + 1, 12) if n != hours])
    done, asked = rate * hours, rate * more
    return Draft(
        prompt=T(
            "A machine packs {done} boxes in {hours} hours. "
            "How many hours does it need for {asked} boxes at the same speed?",
            done=done,
            hours=hours,
            asked=asked,
        ),
        answer=number_key(more),
        hints=(
            T("How many boxes does the machine pack in one hour?"),
            T("The speed stays the same. Find the boxes per hour; then see how often this number fits."),
            T("Divide {done} by {hours}. Then divide {asked} by the result.", done=done, hours=hours, asked=asked),
        ),
        solution=work(rf"{done} \div {hours} = {rate}", rf"{asked} \div {rate} = {more}"),
        wrong=slips(
            more, (rate, "steps-first-only"), (asked * rate, "op-multiplied"), (hours + asked - done, "ratio-additive")
        ),
    )


@template("6.RP.A.3.c", "part", level=1, difficulty=-0.5, uses_interest=True)
def percent_of(rng: Generator, interest: str) -> Draft:
    percent, whole = pick(rng, CASES)
    part = percent * whole // 100
    return Draft(
        prompt=contexts.tell(rng, interest, stories.PERCENT_OF, whole=whole, percent=percent),
        answer=number_key(part),
        hints=(
            T("Is the answer more or less than half of {whole}?", whole=whole),
            HUNDRED,
            T("Multiply {whole} by {fraction}.", whole=whole, fraction=math(rf"\frac{{{percent}}}{{100}}")),
        ),
        solution=work(rf"\frac{{{percent}}}{{100}} \cdot {whole}", rf"\frac{{{percent * whole}}}{{100}}", str(part)),
        wrong=slips(
            part,
            (whole - part, "percent-complement"),
            (Fraction(whole, percent), "percent-as-divisor"),
            (whole - percent if whole > percent else percent * whole, "percent-as-amount"),
        ),
    )


@template("6.RP.A.3.c", "whole", level=3, difficulty=0.6, uses_interest=True)
def percent_whole(rng: Generator, interest: str) -> Draft:
    percent, whole = pick(rng, CASES)
    part = percent * whole // 100
    return Draft(
        prompt=contexts.tell(rng, interest, stories.PERCENT_WHOLE, part=part, percent=percent),
        answer=number_key(whole),
        hints=(
            T("Is {part} the whole or a part of it? Will the answer be larger or smaller?", part=part),
            T("The whole is 100%. Find what 1% (or 5%, or 10%) is, and go on from there."),
            T("Divide {part} by {percent} to get 1%; then multiply by 100.", part=part, percent=percent),
        ),
        solution=work(
            rf"{part} \div \frac{{{percent}}}{{100}}", rf"{part} \cdot \frac{{100}}{{{percent}}}", str(whole)
        ),
        wrong=slips(
            whole,
            (Fraction(part * percent, 100), "part-whole-swapped"),
            (part + percent, "percent-as-amount"),
            (Fraction(part * (100 + percent), 100), "percent-added-back"),
        ),
    )


@template("6.RP.A.3.c", "percent", level=2, difficulty=0.0)
def which_percent(rng: Generator, interest: str) -> Draft:
    percent, whole = pick(rng, CASES)
    part = percent * whole // 100
    return Draft(
        prompt=T(
            "{part} of {whole} students walk to school. What percent of the students is that?", part=part, whole=whole
        ),
        answer=number_key(percent, unit="%"),
        hints=(
            T("Which of the two numbers is the whole?"),
            HUNDRED,
            T("Write {fraction} as a fraction out of 100.", fraction=math(ratio_tex(part, whole))),
        ),
        solution=work(ratio_tex(part, whole), rf"\frac{{{percent}}}{{100}}", rf"{percent}\%"),
        wrong=slips(
            percent,
            (100 - percent, "percent-complement"),
            (part, "percent-as-amount"),
            (Fraction(whole * 100, part), "part-whole-swapped"),
        ),
    )
