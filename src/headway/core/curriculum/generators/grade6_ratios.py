"""Grade 6: ratios, rates, tables of equal ratios, percents and units (6.RP.A)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, stories
from headway.core.curriculum.generators.algebra import options, ratio_tex, slips, solution, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, distinct, number_key, pick
from headway.core.text import T, Text, math

# IMPORTS

SAME_FACTOR = T("Equal ratios come from multiplying or dividing both numbers by the same number.")
COPRIME = tuple((a, b) for a in range(1, 13) for b in range(1, 13) if gcd(a, b) == 1 and a != b and min(a, b) < 10)
PER_ONE = T("'Per' means 'for one'. To find how much belongs to one, divide.")


@template("6.RP.A.1", "simplest", level=2, difficulty=-0.4, uses_interest=True)
def simplest_ratio(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [p for p in COPRIME if min(p) > 1 and max(p) < 10])
    times = between(rng, 2, 4)
    return Draft(
        prompt=T(
            "{story} Write the ratio as a fraction in simplest form.",
            story=contexts.tell(rng, interest, stories.RATIO, a=a * times, b=b * times),
        ),
        answer=number_key(Fraction(a, b), form="simplest-fraction"),
        hints=(
            T("Which of the two does the question name first? Its number goes on top."),
            SAME_FACTOR,
            T("Divide both {a} and {b} by their greatest common factor.", a=a * times, b=b * times),
        ),
        solution=work(
            ratio_tex(a * times, b * times),
            rf"\frac{{{a * times} \div {times}}}{{{b * times} \div {times}}}",
            ratio_tex(a, b),
        ),
        wrong=slips(
            Fraction(a, b),
            (Fraction(b, a), "ratio-turned-around"),
            (Fraction(a, a + b), "ratio-part-to-whole"),
            (abs(a - b) * times, "ratio-as-difference"),
        ),
    )


@template("6.RP.A.1", "which", level=1, difficulty=-1.1, uses_interest=True)
def which_ratio(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [p for p in COPRIME if min(p) > 1])
    spec, wrong = options(
        rng,
        f"{a} : {b}",
        (f"{b} : {a}", "ratio-turned-around"),
        (f"{a} : {a + b}", "ratio-part-to-whole"),
        (f"{b} : {a + b}", "ratio-part-to-whole"),
    )
    return Draft(
        prompt=contexts.tell(rng, interest, stories.RATIO, a=a, b=b),
        answer=spec,
        hints=(
            T("Which of the two does the question name first?"),
            T("The order of the words is the order of the numbers."),
            T("Compare {a} with {b}, not with all of them together.", a=a, b=b),
        ),
        solution=(
            T("There are {a} of the kind that the question names first, and {b} of the other.", a=a, b=b),
            T("So the ratio is {ratio}.", ratio=math(f"{a} : {b}")),
        ),
        wrong=wrong,
    )


@template("6.RP.A.1", "total", level=3, difficulty=0.6)
def parts_of_total(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [p for p in COPRIME if sum(p) < 16])
    times = between(rng, 3, 12)
    total = (a + b) * times
    return Draft(
        prompt=T(
            "In a club, the ratio of children to adults is {ratio}. The club has {total} members. "
            "How many of them are children?",
            ratio=math(f"{a} : {b}"),
            total=total,
        ),
        answer=number_key(a * times),
        hints=(
            T("How many parts are there altogether: children's parts and adults' parts?"),
            T("All parts have the same size. Find the size of one part first."),
            T("Divide {total} by {parts}, then take {a} of these parts.", total=total, parts=f"{a} + {b}", a=a),
        ),
        solution=work(rf"{a} + {b} = {a + b}", rf"{total} \div {a + b} = {times}", rf"{a} \cdot {times} = {a * times}"),
        wrong=slips(
            a * times,
            (b * times, "ratio-turned-around"),
            (times, "steps-first-only"),
            (Fraction(total * a, b), "ratio-part-to-whole"),
        ),
    )


@template("6.RP.A.2", "unit-rate", level=1, difficulty=-0.9, uses_interest=True)
def unit_rate(rng: Generator, interest: str) -> Draft:
    return _rate(rng, interest, Fraction(between(rng, 3, 40)), between(rng, 2, 12))


@template("6.RP.A.2", "decimal-rate", level=2, difficulty=-0.1, uses_interest=True)
def decimal_rate(rng: Generator, interest: str) -> Draft:
    time = pick(rng, (2, 4, 5, 8))
    return _rate(rng, interest, Fraction(pick(rng, [n for n in range(time + 1, 90) if n % time]), time), time)


def _rate(rng: Generator, interest: str, rate: Fraction, time: int) -> Draft:
    distance = rate * time
    return Draft(
        prompt=contexts.tell(rng, interest, stories.SPEED, distance=int(distance), time=time),
        answer=number_key(decimal(rate)),
        hints=(
            T("The question asks how much belongs to just one unit of time."),
            PER_ONE,
            T("Divide {distance} by {time}.", distance=int(distance), time=time),
        ),
        solution=work(rf"{int(distance)} \div {time}", decimal(rate)),
        wrong=slips(
            decimal(rate),
            (str(int(distance) * time), "op-multiplied"),
            (str(int(distance) - time), "op-subtracted"),
            (str(1 / rate), "rate-turned-around"),
        ),
    )


@template("6.RP.A.2", "other-rate", level=3, difficulty=0.5)
def rate_turned(rng: Generator, interest: str) -> Draft:
    bottom = pick(rng, (4, 5, 8, 10, 20, 25))
    top = pick(rng, [n for n in range(2, bottom) if gcd(n, bottom) == 1])
    times = between(rng, 2, 6)
    feet, seconds = bottom * times, top * times
    value = Fraction(top, bottom)
    return Draft(
        prompt=T(
            "A turtle walks {feet} feet in {seconds} minutes. How many minutes does it need per foot?",
            feet=feet,
            seconds=seconds,
        ),
        answer=number_key(decimal(value)),
        hints=(
            T("Read carefully: is it feet per minute, or minutes per foot?"),
            T("'Per foot' means for one foot: share the minutes among the feet."),
            T("Divide {seconds} by {feet}.", seconds=seconds, feet=feet),
        ),
        solution=work(rf"{seconds} \div {feet}", ratio_tex(top, bottom), decimal(value)),
        wrong=slips(
            decimal(value), (str(Fraction(bottom, top)), "rate-turned-around"), (str(feet - seconds), "op-subtracted")
        ),
    )


@template("6.RP.A.3.a", "table", level=1, difficulty=-0.8, uses_interest=True)
def scale_up(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [p for p in COPRIME if min(p) > 1])
    times = between(rng, 2, 9)
    return _scaled(contexts.tell(rng, interest, stories.SCALE_UP, a=a, b=b, d=b * times), a, b, times)


def _scaled(prompt: Text, a: int, b: int, times: int) -> Draft:
    d, value = b * times, a * times
    return Draft(
        prompt=prompt,
        answer=number_key(value),
        hints=(
            T("How many times as large as {b} is {d}?", b=b, d=d),
            SAME_FACTOR,
            T("Work out {quotient} and multiply {a} by the result.", quotient=math(rf"{d} \div {b}"), a=a),
        ),
        solution=work(rf"{d} \div {b} = {times}", rf"{a} \cdot {times} = {value}"),
        wrong=slips(
            value,
            (a + d - b, "ratio-additive") if a + d - b > 0 else (times, "steps-first-only"),
            (times, "steps-first-only"),
            (Fraction(d * b, a), "ratio-turned-around"),
        ),
    )


@template("6.RP.A.3.a", "missing", level=2, difficulty=-0.2)
def missing_value(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [p for p in COPRIME if min(p) > 1])
    low, high = sorted(distinct(rng, 2, 9, 2))
    first, second, third, value = a * low, b * low, b * high, a * high
    return Draft(
        prompt=T(
            "The ratios {first} and {second} are equal. Find {letter}.",
            first=math(f"{first} : {second}"),
            second=math(f"x : {third}"),
            letter=math("x"),
        ),
        answer=solution(value),
        hints=(
            T("Write {ratio} with smaller numbers first.", ratio=math(f"{first} : {second}")),
            SAME_FACTOR,
            T(
                "Divide {first} and {second} by {low}. Then multiply both so that the second one becomes {third}.",
                first=first,
                second=second,
                low=low,
                third=third,
            ),
        ),
        solution=work(
            rf"\frac{{{first}}}{{{second}}} = \frac{{{a}}}{{{b}}}",
            rf"{third} \div {b} = {high}",
            rf"x = {a} \cdot {high}",
            f"x = {value}",
        ),
        wrong=slips(
            value,
            (first + third - second, "ratio-additive"),
            (Fraction(third * second, first), "ratio-turned-around"),
            (first * high, "scale-from-wrong-start"),
        ),
    )


@template("6.RP.A.3.a", "compare", level=3, difficulty=0.6)
def compare_mixes(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [p for p in COPRIME if max(p) < 8 and min(p) > 1])
    c, d = pick(
        rng,
        [p for p in COPRIME if max(p) < 10 and p[1] > 1 and p != (a, b) and p[0] > a and abs(p[0] * b - p[1] * a) < 12],
    )
    first = a * d > c * b
    spec, wrong = options(
        rng,
        T("The first mix") if first else T("The second mix"),
        (T("The second mix") if first else T("The first mix"), "ratio-amount-only" if first else "ratio-as-difference"),
        (T("Both taste the same"), "ratio-additive"),
    )
    return Draft(
        prompt=T(
            "One drink is mixed from {a} cups of juice and {b} cups of water, another from {c} cups of juice "
            "and {d} cups of water. Which one has more juice for each cup of water?",
            a=a,
            b=b,
            c=c,
            d=d,
        ),
        answer=spec,
        hints=(
            T("More juice does not decide it: the water counts as well."),
            T("Make the amounts of water equal, with equal ratios. Then compare the juice."),
            T(
                "Give both drinks {product} cups of water: multiply the first mix by {d} and the second by {b}.",
                product=rf"{b} × {d}",
                b=b,
                d=d,
            ),
        ),
        solution=(
            T("With {water} cups of water, the first mix has {juice} cups of juice.", water=b * d, juice=a * d),
            T("With {water} cups of water, the second mix has {juice} cups of juice.", water=b * d, juice=c * b),
            T("The first mix has more juice for each cup of water.")
            if first
            else T("The second mix has more juice for each cup of water."),
        ),
        wrong=wrong,
    )
