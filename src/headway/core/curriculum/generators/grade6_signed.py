"""Grade 6: numbers below zero, opposites, absolute value (6.NS.C.5, 6.NS.C.6.a, 6.NS.C.7.c)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import contexts
from headway.core.curriculum.generators.algebra import nonzero, signed, slips, typed_set, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, distinct, number_key, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, Text, math

ZERO = T("Zero is the point of reference: one side of it is positive, the other side is negative.")
OPPOSITE = T("Opposite numbers lie equally far from zero, on different sides.")
ABSOLUTE = T("The absolute value of a number is its distance from zero; a distance is never negative.")
SITUATIONS = (
    (T("A submarine is {n} meters below sea level. Write its height as a number, with sea level as zero."), -1),
    (T("A mountain top is {n} meters above sea level. Write its height as a number, with sea level as zero."), 1),
    (T("{n} dollars are taken out of an account. Write the change of the account as a number."), -1),
    (T("{n} dollars are paid into an account. Write the change of the account as a number."), 1),
    (T("The temperature is {n} degrees below zero. Write it as a number."), -1),
    (T("The temperature is {n} degrees above zero. Write it as a number."), 1),
    (T("A football team loses {n} yards. Write the change of its position as a number."), -1),
    (T("An elevator goes down {n} floors. Write the change of its position as a number."), -1),
)
PAIRS = (
    (T("A rise of {a} degrees is written as {plus}. How is a fall of {b} degrees written?"), -1),
    (T("A debt of {a} dollars is written as {minus}. How are savings of {b} dollars written?"), 1),
    (T("A gain of {a} points is written as {plus}. How is a loss of {b} points written?"), -1),
    (T("{a} steps down are written as {minus}. How are {b} steps up written?"), 1),
    (T("{a} minutes before the start are written as {minus}. How are {b} minutes after the start written?"), 1),
)


def _with_sign(amount: int, value: int) -> tuple[Text, ...]:
    """The way in two lines: how much, then on which side of zero."""
    side = T("It lies on the negative side of zero: {value}", value=math(str(value)))
    if value > 0:
        side = T("It lies on the positive side of zero: {value}", value=math(str(value)))
    return T("The amount is {n}.", n=math(str(amount))), side


@template("6.NS.C.5", "write", level=1, difficulty=-1.3)
def write_signed(rng: Generator, interest: str) -> Draft:
    (story, sign), n = pick(rng, SITUATIONS), between(rng, 2, 40)
    value = sign * n
    return Draft(
        prompt=contexts.fill(story, n=n),
        answer=number_key(value),
        hints=(
            T("What is zero in this situation?"),
            ZERO,
            T("Decide on which side of zero this lies; that gives the sign."),
        ),
        solution=_with_sign(n, value),
        wrong=slips(value, (-value, "sign-of-result-lost"), (0, "zero-as-answer")),
    )


@template("6.NS.C.5", "other-way", level=2, difficulty=-0.8)
def write_opposite_direction(rng: Generator, interest: str) -> Draft:
    story, sign = pick(rng, PAIRS)
    a, b = distinct(rng, 2, 60, 2)
    value = sign * b
    return Draft(
        prompt=contexts.fill(story, a=a, b=b, plus=math(f"+{a}"), minus=math(f"-{a}")),
        answer=number_key(value),
        hints=(
            T("Do the two go in the same direction or in opposite directions?"),
            ZERO,
            T("The sign says the direction and the number says how much."),
        ),
        solution=_with_sign(b, value),
        wrong=slips(value, (-value, "sign-of-result-lost"), (-sign * a, "equation-number-copied"), (b + a, "op-added")),
    )


@template("6.NS.C.5", "steps-to-zero", level=3, difficulty=-0.2)
def back_to_zero(rng: Generator, interest: str) -> Draft:
    debt, pays = between(rng, 20, 90), between(rng, 3, 15)
    value = pays - debt
    return Draft(
        prompt=T(
            "An account stands at {start} dollars. Then {pays} dollars are paid in. At what number does it stand now?",
            start=math(str(-debt)),
            pays=pays,
        ),
        answer=number_key(value),
        hints=(
            T("Is the account above or below zero at the beginning?"),
            ZERO,
            T("Go {pays} steps from {start} towards zero.", pays=pays, start=math(str(-debt))),
        ),
        solution=work(f"{-debt} + {pays}", str(value)),
        wrong=slips(
            value,
            (-value, "sign-of-result-lost"),
            (-debt - pays, "change-turned-around"),
            (debt + pays, "signs-ignored"),
        ),
    )


@template("6.NS.C.6.a", "opposite", level=1, difficulty=-1.2)
def opposite(rng: Generator, interest: str) -> Draft:
    n = Fraction(nonzero(rng, -99, 99), pick(rng, (1, 1, 2, 10)))
    shown, key = decimal(n), decimal(-n)
    return Draft(
        prompt=T("What is the opposite of {number}?", number=math(shown)),
        answer=number_key(key),
        hints=(
            T("On which side of zero does the number lie?"),
            OPPOSITE,
            T("Keep the distance from zero and change the side."),
        ),
        solution=(
            T("The distance from zero is {n}.", n=math(decimal(abs(n)))),
            T("On the other side of zero lies {value}", value=math(key)),
        ),
        wrong=slips(key, (shown, "opposite-not-taken"), *(((str(1 / n)), "opposite-as-reciprocal"),)),
    )


def negated(n: int, times: int) -> str:
    """LaTeX of ``n`` with minus signs in front: ``-(-(-5))``."""
    text = str(n)
    for _ in range(times):
        text = f"-({text})" if text.startswith("-") else f"-{text}"
    return text


@template("6.NS.C.6.a", "opposite-of-opposite", level=2, difficulty=-0.6)
def double_opposite(rng: Generator, interest: str) -> Draft:
    n, times = nonzero(rng, -60, 60), between(rng, 2, 3)
    value = n if times == 2 else -n
    return Draft(
        prompt=T("Write as one number without parentheses: {expression}", expression=math(negated(n, times))),
        answer=number_key(value),
        hints=(
            T("How many minus signs stand in front of the number?"),
            OPPOSITE,
            T("Each minus sign takes the opposite: work from the inside out."),
        ),
        solution=work(*dict.fromkeys(negated(n * (-1) ** (times - k), k) for k in range(times, -1, -1))),
        wrong=slips(value, (-value, "sign-of-result-lost"), (0, "zero-as-answer")),
    )


@template("6.NS.C.6.a", "halfway", level=3, difficulty=-0.1)
def same_distance(rng: Generator, interest: str) -> Draft:
    gap = 2 * between(rng, 2, 60)
    lower = between(rng, 0, 1) == 1
    half = gap // 2
    value = -half if lower else half
    return Draft(
        prompt=T("Two opposite numbers lie {gap} units apart on the number line. Which is the smaller one?", gap=gap)
        if lower
        else T("Two opposite numbers lie {gap} units apart on the number line. Which is the larger one?", gap=gap),
        answer=number_key(value),
        hints=(
            T("Where is zero: how far from each of the two numbers?"),
            OPPOSITE,
            T("Share the distance of {gap} equally between the two sides of zero.", gap=gap),
        ),
        solution=work(rf"{gap} \div 2 = {half}", f"{value}"),
        wrong=slips(value, (-value, "sign-of-result-lost"), (-gap if lower else gap, "steps-last-dropped")),
    )


@template("6.NS.C.7.c", "value", level=1, difficulty=-0.9)
def absolute_value(rng: Generator, interest: str) -> Draft:
    a, b = -between(rng, 2, 40), nonzero(rng, -40, 40)
    value = abs(a) + abs(b)
    line = f"|{a}| + |{b}|"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("What do the two upright bars mean?"),
            ABSOLUTE,
            T("Find how far {a} and {b} are from zero, and add the distances.", a=math(str(a)), b=math(str(b))),
        ),
        solution=work(line, f"{abs(a)} + {abs(b)}", str(value)),
        wrong=slips(value, (a + b, "bars-ignored"), (a + abs(b), "bars-ignored"), (-value, "sign-of-result-lost")),
    )


@template("6.NS.C.7.c", "difference", level=2, difficulty=-0.3)
def absolute_difference(rng: Generator, interest: str) -> Draft:
    a, b = -between(rng, 2, 40), between(rng, 2, 40)
    minus = between(rng, 0, 1) == 1
    line = f"|{a} + {b}|" if minus else f"|{a}| - |{-b}|"
    value = abs(a + b) if minus else -a - b
    lines = [f"|{a + b}|"] if minus else [f"{-a} - {b}"]
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("Do the bars enclose one number or a whole sum?"),
            ABSOLUTE,
            T("Work out what is inside the bars first; then take its distance from zero.")
            if minus
            else T("Take the distance of each number from zero; then subtract."),
        ),
        solution=work(line, *lines, str(value)),
        wrong=slips(value, (-value, "bars-ignored"), (-a + b, "sign-of-second-ignored"), (a - b, "bars-ignored")),
    )


@template("6.NS.C.7.c", "both-numbers", level=3, difficulty=0.2)
def both_numbers(rng: Generator, interest: str) -> Draft:
    n = between(rng, 3, 60)
    plus = nonzero(rng, -min(20, n - 1), 20)
    line = f"|x| {signed(plus)} = {n + plus}"
    return Draft(
        prompt=T("Find all numbers {x} for which {equation}.", x=math("x"), equation=math(line)),
        answer=AnswerSpec("set", (typed_set((-n, n)),), variables=("x",)),
        hints=(
            T("Get the absolute value alone first."),
            ABSOLUTE,
            T("Two different numbers have the same distance from zero."),
        ),
        solution=work(line, f"|x| = {n}", rf"x \in \{{{-n}, {n}\}}"),
        wrong=slips(
            typed_set((-n, n)),
            (typed_set((n,)), "negative-root-forgotten"),
            (typed_set((-(n + plus), n + plus)), "steps-last-dropped"),
        ),
    )
