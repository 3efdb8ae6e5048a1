"""Grade 7: unit rates of fractions, proportions, and percents in problems (7.RP.A)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, stories
from headway.core.curriculum.generators.algebra import plain, show, slips, solution, tex, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, distinct, latex_mixed, number_key, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, Text, math

PER_ONE = T("'Per' means 'for one'. To find how much belongs to one, divide.")
CONSTANT = T("In a proportional relationship, the quotient of the two quantities is always the same number.")
FACTOR = T("A percent change can be done with one multiplication: 100% plus or minus the change.")
PARTS = tuple((t, b) for b in (2, 3, 4, 5, 6, 8) for t in range(1, b) if gcd(t, b) == 1)


@template("7.RP.A.1", "fractions", level=1, difficulty=-0.2, uses_interest=True)
def rate_of_fractions(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [p for p in PARTS if p[0] > 1 or p[1] < 4])
    c, d = pick(rng, [p for p in PARTS if p != (a, b)])
    return _fraction_rate(rng, interest, stories.FRACTION_RATE, Fraction(a, b), Fraction(c, d))


@template("7.RP.A.1", "mixed", level=2, difficulty=0.3, uses_interest=True)
def rate_of_mixed(rng: Generator, interest: str) -> Draft:
    whole = between(rng, 1, 5)
    a, b = pick(rng, PARTS)
    c, d = pick(rng, PARTS)
    return _fraction_rate(rng, interest, stories.MIXED_RATE, whole + Fraction(a, b), Fraction(c, d))


def _fraction_rate(rng: Generator, interest: str, table: contexts.Stories, amount: Fraction, time: Fraction) -> Draft:
    value = amount / time
    return Draft(
        prompt=contexts.tell(rng, interest, table, amount=math(latex_mixed(amount)), time=math(tex(time))),
        answer=number_key(value),
        hints=(
            T("The question asks how much belongs to one whole unit of time."),
            PER_ONE,
            T("Divide {amount} by {time}: multiply by the reciprocal.", amount=math(tex(amount)), time=math(tex(time))),
        ),
        solution=work(rf"{latex_mixed(amount)} \div {tex(time)}", rf"{tex(amount)} \cdot {tex(1 / time)}", tex(value)),
        wrong=slips(
            value,
            (amount * time, "op-multiplied"),
            (time / amount, "rate-turned-around"),
            (amount, "unit-rate-skipped"),
        ),
    )


@template("7.RP.A.1", "compare", level=3, difficulty=0.7)
def other_time(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, PARTS)
    minutes = pick(rng, (10, 12, 15, 20))
    miles = Fraction(a, b)
    value = miles * 60 / minutes
    return Draft(
        prompt=T(
            "A runner covers {miles} of a mile in {minutes} minutes. How many miles per hour is that?",
            miles=math(tex(miles)),
            minutes=minutes,
        ),
        answer=number_key(value),
        hints=(
            T("The time is given in minutes, and the question asks about an hour."),
            T("Change the minutes to a fraction of an hour, or find out how often they fit into an hour."),
            T(
                "An hour is 60 minutes: multiply {miles} by {times}.",
                miles=math(tex(miles)),
                times=math(rf"\frac{{60}}{{{minutes}}}"),
            ),
        ),
        solution=work(
            rf"{tex(miles)} \cdot \frac{{60}}{{{minutes}}}", rf"{tex(miles)} \cdot {60 // minutes}", tex(value)
        ),
        wrong=slips(
            value,
            (miles / minutes, "unit-not-converted"),
            (miles * minutes, "op-multiplied"),
            (miles * minutes / 60, "unit-reversed"),
        ),
    )


FACTORS = (*((n, 1) for n in range(2, 10)), (1, 2), (3, 2), (5, 2), (5, 4), (3, 4))


@template("7.RP.A.2", "constant", level=1, difficulty=-0.4)
def constant(rng: Generator, interest: str) -> Draft:
    k = Fraction(*pick(rng, FACTORS))
    xs = sorted(n * k.denominator for n in distinct(rng, 2, 12, 3))
    ys = [int(k * x) for x in xs]
    return Draft(
        prompt=T(
            "The pairs {pairs} of numbers {x} and {y} are proportional. Find the number {k} for which {equation}.",
            pairs=math(", ".join(f"({x}, {y})" for x, y in zip(xs, ys, strict=True))),
            x=math("x"),
            y=math("y"),
            k=math("k"),
            equation=math("y = kx"),
        ),
        answer=solution(k, "k"),
        hints=(
            T("What do you do to each {x} to get its {y}?", x=math("x"), y=math("y")),
            CONSTANT,
            T("Divide {y} by {x}.", y=ys[0], x=xs[0]),
        ),
        solution=work(rf"k = \frac{{{ys[0]}}}{{{xs[0]}}}", f"k = {tex(k)}"),
        wrong=slips(
            k,
            (Fraction(1) / k, "rate-turned-around"),
            (ys[0] - xs[0], "ratio-additive"),
            (Fraction(ys[2], xs[0]), "pairs-mixed"),
        ),
    )


@template("7.RP.A.2", "equation", level=2, difficulty=0.1)
def proportional_equation(rng: Generator, interest: str) -> Draft:
    top, bottom = pick(rng, [(t, b) for b in (1, 2, 3, 4, 5) for t in range(2, 16) if gcd(t, b) == 1 and t != b])
    times = between(rng, 2, 6)
    x, y = bottom * times, top * times
    k = Fraction(top, bottom)
    key = "y=" + plain((k, "x"))
    return Draft(
        prompt=T(
            "{y} is proportional to {x}, and {first} when {second}. Write an equation for {y}.",
            y=math("y"),
            x=math("x"),
            first=math(f"y = {y}"),
            second=math(f"x = {x}"),
        ),
        answer=AnswerSpec("equation", (key,), variables=("x", "y")),
        hints=(
            T("A proportional relationship has the form {equation}. What is missing?", equation=math("y = kx")),
            CONSTANT,
            T("Divide {y} by {x} to find {k}.", y=y, x=x, k=math("k")),
        ),
        solution=work(rf"k = \frac{{{y}}}{{{x}}}", f"k = {tex(k)}", f"y = {show((k, 'x'))}"),
        wrong=slips(
            key,
            ("y=" + plain((1 / k, "x")), "rate-turned-around"),
            ("y=" + plain((1, "x"), (y - x, "")), "ratio-additive"),
            ("y=" + plain((y, "x")), "unit-rate-skipped"),
        ),
    )


@template("7.RP.A.2", "scale", level=3, difficulty=0.5)
def scale_by_fraction(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [(a, b) for a in range(2, 10) for b in range(2, 10) if gcd(a, b) == 1])
    d = pick(rng, [n for n in range(b + 1, 4 * b) if n % b])
    value = Fraction(a * d, b)
    return Draft(
        prompt=T("On a map, {a} inches stand for {b} miles. How many inches stand for {d} miles?", a=a, b=b, d=d),
        answer=number_key(value),
        hints=(
            T("How many inches stand for just one mile?"),
            CONSTANT,
            T("Divide {a} by {b}; then multiply by {d}.", a=a, b=b, d=d),
        ),
        solution=work(rf"\frac{{{a}}}{{{b}}} \cdot {d}", rf"\frac{{{a * d}}}{{{b}}}", tex(value))
        if value.denominator < b
        else work(rf"\frac{{{a}}}{{{b}}} \cdot {d}", tex(value)),
        wrong=slips(
            value,
            (a + d - b, "ratio-additive"),
            (Fraction(b * d, a), "ratio-turned-around"),
            (a * d, "unit-rate-skipped"),
        ),
    )


CHANGES = tuple(
    (percent, price)
    for percent in (5, 10, 15, 20, 25, 30, 40, 60, 75)
    for price in range(12, 121, 4)
    if percent * price % 20 == 0 and price * (100 + percent) != 10000
)
CHANGES_BEFORE = tuple(
    (percent, price) for percent, price in CHANGES if percent >= 10 and abs(price - 100) not in (0, percent)
)


@template("7.RP.A.3", "discount", level=1, difficulty=-0.2, uses_interest=True)
def discount(rng: Generator, interest: str) -> Draft:
    percent, price = pick(rng, CHANGES)
    return _changed(contexts.tell(rng, interest, stories.DISCOUNT, price=price, percent=percent), price, percent, -1)


@template("7.RP.A.3", "tax", level=2, difficulty=0.1)
def tip(rng: Generator, interest: str) -> Draft:
    percent, price = pick(rng, [c for c in CHANGES if c[0] <= 25])
    return _changed(
        T(
            "A meal costs ${price}. A tip of {percent}% is added. How many dollars are paid in all?",
            price=price,
            percent=percent,
        ),
        price,
        percent,
        1,
    )


def _changed(prompt: Text, price: int, percent: int, sign: int) -> Draft:
    change = Fraction(price * percent, 100)
    value = price + sign * change
    factor = Fraction(100 + sign * percent, 100)
    return Draft(
        prompt=prompt,
        answer=number_key(decimal(value), unit="$"),
        hints=(
            T("Will the new amount be more or less than {price}?", price=price),
            FACTOR,
            T("Find {percent}% of {price}, and add it.", percent=percent, price=price)
            if sign > 0
            else T("Find {percent}% of {price}, and take it away.", percent=percent, price=price),
        ),
        solution=work(rf"{price} \cdot {decimal(factor)}", decimal(value)),
        wrong=slips(
            decimal(value),
            (decimal(change), "steps-first-only"),
            (decimal(price - sign * change), "change-turned-around"),
            (str(price + sign * percent), "percent-as-amount"),
        ),
    )


@template("7.RP.A.3", "original", level=3, difficulty=1.0)
def original_price(rng: Generator, interest: str) -> Draft:
    percent, price = pick(rng, CHANGES_BEFORE)
    off = between(rng, 0, 1) == 1
    rest = 100 - percent if off else 100 + percent
    now = Fraction(price * rest, 100)
    shown, wrong_way = decimal(now), now + now * percent / 100 * (1 if off else -1)
    return Draft(
        prompt=T(
            "After a discount of {percent}%, a jacket costs ${now}. How many dollars did it cost before?",
            percent=percent,
            now=shown,
        )
        if off
        else T(
            "After a raise of {percent}%, a ticket costs ${now}. How many dollars did it cost before?",
            percent=percent,
            now=shown,
        ),
        answer=number_key(price, unit="$"),
        hints=(
            T("{percent}% of which price: the old one or the new one?", percent=percent),
            T("The old price is the whole: 100%. The new price is what is left, or what it has become."),
            T(
                "The new price is {rest}% of the old one. Divide {now} by {rest} and multiply by 100.",
                rest=rest,
                now=shown,
            ),
        ),
        solution=work(rf"{shown} \div {decimal(Fraction(rest, 100))}", str(price)),
        wrong=slips(
            price, (decimal(wrong_way), "percent-of-new-value"), (decimal(now * percent / 100), "part-whole-swapped")
        ),
    )
