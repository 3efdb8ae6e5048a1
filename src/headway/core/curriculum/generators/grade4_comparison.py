"""Grade 4: multiplication as comparison (4.OA.A.1, 4.OA.A.2)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, name, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    distinct,
    number_key,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, math

TIMES_AS_MANY: Stories = {
    "soccer": T(
        "{friend} scored {base} goals this year. {name} scored {times} times as many. How many did {name} score?"
    ),
    "basketball": T("A team had {base} fans at home. It had {times} times as many away. How many fans were away?"),
    "music": T("{friend} practices {base} minutes. {name} practices {times} times as long. How many minutes is that?"),
    "animals": T(
        "A fox weighs {base} pounds. A seal weighs {times} times as much. How many pounds does the seal weigh?"
    ),
    "space": T("A small crater is {base} miles wide. A large one is {times} times as wide. How many miles wide is it?"),
    "cooking": T("A cup holds {base} spoons of rice. A pot holds {times} times as much. How many spoons does it hold?"),
    "art": T("A small frame costs ${base}. A large one costs {times} times as much. How many dollars does it cost?"),
    "games": T("{friend} has {base} points. {name} has {times} times as many. How many points does {name} have?"),
    "nature": T("A bush is {base} feet high. A tree is {times} times as high. How many feet high is the tree?"),
    "fashion": T("A hat costs ${base}. A coat costs {times} times as much. How many dollars does the coat cost?"),
    "trains": T("A bus carries {base} people. A train carries {times} times as many. How many people is that?"),
    "comics": T("{friend} owns {base} comics. {name} owns {times} times as many. How many comics does {name} own?"),
}

SMALLER: Stories = {
    "soccer": T("{name} scored {total} goals, {times} times as many as {friend}. How many goals did {friend} score?"),
    "animals": T("A dog weighs {total} pounds, {times} times as much as a cat. How many pounds does the cat weigh?"),
    "music": T("A concert lasts {total} minutes, {times} times as long as a song set. How many minutes is the set?"),
    "nature": T("A tree is {total} feet high, {times} times as high as a bush. How many feet high is the bush?"),
    "fashion": T("A coat costs ${total}, {times} times as much as a hat. How many dollars does the hat cost?"),
    "games": T("{name} has {total} points, {times} times as many as {friend}. How many points does {friend} have?"),
    "comics": T("{name} owns {total} comics, {times} times as many as {friend}. How many comics does {friend} own?"),
    "trains": T("A train carries {total} people, {times} times as many as a bus. How many people does the bus carry?"),
}

HOW_MANY_TIMES: Stories = {
    "animals": T("A whale is {total} feet long. A shark is {base} feet long. How many times as long is the whale?"),
    "space": T("One rocket weighs {total} tons and another weighs {base} tons. How many times as heavy is the first?"),
    "art": T("A wall painting is {total} feet wide and a poster is {base} feet wide. How many times as wide is it?"),
    "cooking": T("A large pot holds {total} cups and a small one holds {base}. How many times as much does it hold?"),
    "games": T("{name} has {total} points and {friend} has {base}. How many times as many points does {name} have?"),
    "trains": T("A train trip takes {total} minutes. A flight takes {base}. How many times as long is the train trip?"),
    "basketball": T("{name} scores {total} points and {friend} scores {base}. How many times as many has {name}?"),
}

TIMES = T("'Times as many' means several equal copies of the smaller amount.")


@template("4.OA.A.1", "statement", level=1, difficulty=-1.0)
def statement(rng: Generator, interest: str) -> Draft:
    times, base = distinct(rng, 3, 10, 2)
    total = times * base
    right = T("{total} is {times} times as many as {base}.", total=total, times=times, base=base)
    more = T("{total} is {times} more than {base}.", total=total, times=times, base=base)
    turned = T("{base} is {times} times as many as {total}.", total=total, times=times, base=base)
    both = T("{total} is {base} more than {times}.", total=total, times=times, base=base)
    choices = shuffled(rng, [right, more, turned, both])
    return Draft(
        prompt=T("Which sentence says the same as {equation}?", equation=math(rf"{total} = {times} \times {base}")),
        answer=choice_key(choices.index(right), choices),
        hints=(
            T("Which of the three numbers is the largest amount?"),
            TIMES,
            T(
                "Read the equation as groups: {times} copies of {base} make {total}.",
                times=times,
                base=base,
                total=total,
            ),
        ),
        solution=(
            T("{times} copies of {base} make {total}.", times=times, base=base, total=total),
            right,
        ),
        wrong=wrong_choices(
            choices.index(right),
            (choices.index(more), "compare-additive"),
            (choices.index(turned), "compare-reversed"),
            (choices.index(both), "compare-additive"),
        ),
    )


@template("4.OA.A.1", "equation", level=2, difficulty=-0.5)
def equation(rng: Generator, interest: str) -> Draft:
    times, base = distinct(rng, 3, 10, 2)
    total = times * base
    right = rf"$${total} = {times} \times {base}$$"
    added, turned = f"$${total} = {times} + {base}$$", rf"$${base} = {times} \times {total}$$"
    choices = shuffled(rng, [right, added, turned, rf"$${times} = {base} \times {total}$$"])
    return Draft(
        prompt=T(
            "{name} reads: {total} is {times} times as many as {base}. Which equation says that?",
            name=name(rng),
            total=total,
            times=times,
            base=base,
        ),
        answer=choice_key(choices.index(right), choices),
        hints=(
            T("Which number is the total, and which one is copied?"),
            TIMES,
            T("{base} is copied {times} times. What do the copies make?", base=base, times=times),
        ),
        solution=(
            T("{times} copies of {base} make {total}.", times=times, base=base, total=total),
            T("So the equation is {equation}", equation=right),
        ),
        wrong=wrong_choices(
            choices.index(right),
            (choices.index(added), "compare-additive"),
            (choices.index(turned), "compare-reversed"),
        ),
    )


@template("4.OA.A.1", "two-ways", level=3, difficulty=0.2)
def two_ways(rng: Generator, interest: str) -> Draft:
    times, base = distinct(rng, 3, 12, 2)
    total = times * base
    return Draft(
        prompt=T(
            "{total} is {times} times as many as {base}. So {total} is how many times as many as {times}?",
            total=total,
            times=times,
            base=base,
        ),
        answer=number_key(base),
        hints=(
            T("Write the first sentence as an equation with a product."),
            T("The factors of a product may trade places."),
            T("How many copies of {times} make {total}?", times=times, total=total),
        ),
        solution=(
            T("The first sentence says {line}", line=math(rf"{total} = {times} \times {base}")),
            T("Trade places: {line}", line=math(rf"{total} = {base} \times {times}")),
            T("So it is {base} times as many.", base=base),
        ),
        wrong=wrong_numbers(
            base, (times, "equation-number-copied"), (total - times, "compare-additive"), (total, "compare-reversed")
        ),
    )


@template("4.OA.A.2", "larger", level=1, difficulty=-0.6, uses_interest=True)
def larger(rng: Generator, interest: str) -> Draft:
    times, base = between(rng, 3, 9), between(rng, 6, 15)
    total = times * base
    return Draft(
        prompt=tell(rng, interest, TIMES_AS_MANY, times=times, base=base),
        answer=number_key(total),
        hints=(
            T("Draw one bar for the smaller amount. How many such bars make the larger amount?"),
            TIMES,
            T("Find {product}.", product=math(rf"{times} \times {base}")),
        ),
        solution=(
            T("The larger amount is {times} copies of {base}.", times=times, base=base),
            T("Multiply: {line}", line=math(rf"{times} \times {base} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (times + base, "compare-additive"),
            (total + base, "mult-one-group-off"),
            (base // times if base % times == 0 else None, "compare-reversed"),
        ),
    )


@template("4.OA.A.2", "smaller", level=2, difficulty=0.1, uses_interest=True)
def smaller(rng: Generator, interest: str) -> Draft:
    times, base = between(rng, 3, 9), between(rng, 6, 15)
    total = times * base
    return Draft(
        prompt=tell(rng, interest, SMALLER, times=times, total=total),
        answer=number_key(base),
        hints=(
            T("Which amount is larger: the one you know, or the one you look for?"),
            TIMES,
            T("{times} copies of the smaller amount make {total}. How much is one copy?", times=times, total=total),
        ),
        solution=(
            T("{times} copies make {total}.", times=times, total=total),
            T("One copy: {line}", line=math(rf"{total} \div {times} = {base}")),
        ),
        wrong=wrong_numbers(
            base,
            (total - times, "compare-additive"),
            (total * times, "compare-reversed"),
            (base + 1, "mult-close-fact"),
        ),
    )


@template("4.OA.A.2", "how-many-times", level=3, difficulty=0.5, uses_interest=True)
def how_many_times(rng: Generator, interest: str) -> Draft:
    times, base = between(rng, 3, 9), between(rng, 8, 15)
    total = times * base
    return Draft(
        prompt=tell(rng, interest, HOW_MANY_TIMES, total=total, base=base),
        answer=number_key(times),
        hints=(
            T("Does the question ask for a difference, or for how many copies fit?"),
            TIMES,
            T("How many copies of {base} make {total}?", base=base, total=total),
        ),
        solution=(
            T("Look for the number of copies: {line}", line=math(rf"\square \times {base} = {total}")),
            T("Divide: {line}", line=math(rf"{total} \div {base} = {times}")),
        ),
        wrong=wrong_numbers(
            times, (total - base, "compare-additive"), (total + base, "op-added"), (times + 1, "mult-close-fact")
        ),
    )
