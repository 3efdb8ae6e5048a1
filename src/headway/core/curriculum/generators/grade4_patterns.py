"""Grade 4: number patterns from a rule (4.OA.C.5)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    number_key,
    wrong_numbers,
)
from headway.core.text import T, math

SAVING: Stories = {
    "games": T(
        "{name} has ${start} for a game and saves ${step} each week. How many dollars are there after {which} weeks?"
    ),
    "nature": T("A vine is {start} cm long and grows {step} cm each week. How many cm long is it after {which} weeks?"),
    "music": T("{name} knows {start} songs and learns {step} each week. How many songs is that after {which} weeks?"),
    "comics": T("{name} has {start} comics and gets {step} each week. How many comics is that after {which} weeks?"),
    "animals": T(
        "A puppy weighs {start} ounces and gains {step} ounces each week. What does it weigh after {which} weeks?"
    ),
    "soccer": T(
        "A club has {start} members and {step} join each week. How many members are there after {which} weeks?"
    ),
}


@template("4.OA.C.5", "add-rule", level=1, difficulty=-0.6)
def add_rule(rng: Generator, interest: str) -> Draft:
    start, step, which = between(rng, 2, 20), between(rng, 3, 12), between(rng, 5, 7)
    answer = start + step * (which - 1)
    return Draft(
        prompt=T(
            "A pattern starts at {start}. The rule is: add {step}. Which number is number {which} of the pattern?",
            start=start,
            step=step,
            which=which,
        ),
        answer=number_key(answer),
        hints=(
            T("Write the first numbers of the pattern in a row. The start is number 1."),
            T("The rule leads from each number to the next one."),
            T("The rule is used {count} times to get to number {which}.", count=which - 1, which=which)
            if answer != which - 1
            else T("Use the rule one time less than {which}.", which=which),
        ),
        solution=(
            T("The pattern is {terms}", terms=math(", ".join(str(start + step * n) for n in range(which)))),
            T("Number {which} is {answer}", which=which, answer=math(str(answer))),
        ),
        wrong=wrong_numbers(
            answer,
            (answer + step, "pattern-step-off"),
            (answer - step, "pattern-step-off"),
            (start + which * step + start, "op-added"),
            (start * step, "op-multiplied"),
        ),
    )


@template("4.OA.C.5", "multiply-rule", level=2, difficulty=0.1)
def multiply_rule(rng: Generator, interest: str) -> Draft:
    start, factor, which = between(rng, 2, 12), between(rng, 2, 4), between(rng, 4, 5)
    terms = [start * factor**n for n in range(which)]
    return Draft(
        prompt=T(
            "A pattern starts at {start}. The rule is: multiply by {factor}. Which number is number {which} of the "
            "pattern?",
            start=start,
            factor=factor,
            which=which,
        ),
        answer=number_key(terms[-1]),
        hints=(
            T("Write the pattern step by step. The start is number 1."),
            T("Each number is {factor} times the one before it.", factor=factor),
            T("Number 2 is {second}. Go on from there.", second=math(rf"{start} \times {factor}")),
        ),
        solution=(
            T("The pattern is {terms}", terms=math(", ".join(map(str, terms)))),
            T("Number {which} is {answer}", which=which, answer=math(str(terms[-1]))),
        ),
        wrong=wrong_numbers(
            terms[-1],
            (terms[-1] * factor, "pattern-step-off"),
            (terms[-2], "pattern-step-off"),
            (start + factor * (which - 1), "op-added"),
            (start * factor * (which - 1), "pattern-rule-last-two"),
        ),
    )


@template("4.OA.C.5", "saving", level=3, difficulty=0.6, uses_interest=True)
def saving(rng: Generator, interest: str) -> Draft:
    start, step, which = between(rng, 8, 30), between(rng, 4, 9), between(rng, 6, 12)
    answer = start + step * which
    return Draft(
        prompt=tell(rng, interest, SAVING, start=start, step=step, which=which),
        answer=number_key(answer),
        hints=(
            T("How much is there after one week? After two weeks?"),
            T("The same amount is added every week. Equal amounts can be multiplied."),
            T("Find {product}. Then think of what was there at the start.", product=math(rf"{which} \times {step}")),
        ),
        solution=(
            T("In {which} weeks: {line}", which=which, line=math(rf"{which} \times {step} = {which * step}")),
            T("With the start: {line}", line=math(f"{start} + {which * step} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer,
            (which * step, "steps-last-dropped"),
            (answer - step, "pattern-step-off"),
            (start + step + which, "op-added"),
            ((start + step) * which, "order-left-to-right"),
        ),
    )
