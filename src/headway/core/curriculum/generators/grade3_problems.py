"""Grade 3: two-step problems and arithmetic patterns (3.OA.D)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, name, tell
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

GROUPS_AND_MORE: Stories = {
    "soccer": T(
        "A coach has {groups} bags with {each} balls in each bag and {more} loose balls. How many balls is that?"
    ),
    "basketball": T(
        "A team wins {groups} games with {each} points each and gets {more} bonus points. How many is that?"
    ),
    "music": T(
        "{name} learns {each} songs a month for {groups} months. {name} knew {more} songs before. How many now?"
    ),
    "animals": T("A farm has {groups} barns with {each} goats in each. {more} more goats are outside. How many goats?"),
    "space": T("A sky map shows {groups} groups of {each} stars and {more} single stars. How many stars is that?"),
    "cooking": T("{name} bakes {groups} trays of {each} rolls and then {more} more rolls. How many rolls is that?"),
    "games": T("{name} finds {groups} chests with {each} gems in each and {more} loose gems. How many gems is that?"),
    "nature": T("A garden has {groups} rows of {each} roses and {more} roses by the gate. How many roses is that?"),
    "fashion": T(
        "{name} sews {groups} belts with {each} beads on each. {more} beads are left. How many beads at first?"
    ),
    "comics": T("{name} reads {each} comics a week for {groups} weeks, then {more} more. How many comics is that?"),
}

SPEND_TWO: Stories = {
    "art": T("{name} has ${have} and buys {count} brushes for ${price} each. How many dollars are left?"),
    "games": T("{name} has ${have} and buys {count} card packs for ${price} each. How many dollars are left?"),
    "music": T("{name} has ${have} and buys {count} guitar strings for ${price} each. How many dollars are left?"),
    "cooking": T("{name} has ${have} and buys {count} bags of rice for ${price} each. How many dollars are left?"),
    "comics": T("{name} has ${have} and buys {count} comics for ${price} each. How many dollars are left?"),
    "soccer": T("{name} has ${have} and buys {count} match tickets for ${price} each. How many dollars are left?"),
    "animals": T("{name} has ${have} and buys {count} bags of bird seed for ${price} each. How many dollars are left?"),
}

THEN_SHARE: Stories = {
    "animals": T(
        "A zoo has {a} apples and gets {b} more. All are shared equally by {groups} elephants. How many each?"
    ),
    "cooking": T("{name} has {a} berries and picks {b} more. They go equally on {groups} pancakes. How many on each?"),
    "art": T("{name} has {a} tiles and gets {b} more. They make {groups} equal patterns. How many tiles in each?"),
    "games": T("{name} has {a} marbles and wins {b} more. They go equally into {groups} bags. How many in each bag?"),
    "nature": T("{name} has {a} seeds and finds {b} more. They go equally into {groups} pots. How many in each pot?"),
    "basketball": T("{a} girls and {b} boys form {groups} equal basketball teams. How many players are on each team?"),
    "trains": T("{a} adults and {b} children sit equally in {groups} train cars. How many people are in each car?"),
}

BOTH_STEPS = T("This story takes two steps. The first one gives a number that the second one needs.")


@template("3.OA.D.8", "groups-and-more", level=1, difficulty=0.0, uses_interest=True)
def groups_and_more(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 3, 9, 2)
    more = between(rng, 11, 35)
    total = groups * each + more
    return Draft(
        prompt=tell(rng, interest, GROUPS_AND_MORE, groups=groups, each=each, more=more),
        answer=number_key(total),
        hints=(
            T("What is in equal groups, and what is not?"),
            BOTH_STEPS,
            T("First find {product}. Then add {more}.", product=math(rf"{groups} \times {each}"), more=more),
        ),
        solution=(
            T("Equal groups: {line}", line=math(rf"{groups} \times {each} = {groups * each}")),
            T("Add the others: {line}", line=math(f"{groups * each} + {more} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (groups * each, "steps-first-only"),
            (groups + each + more, "op-added"),
            (groups * each - more, "op-subtracted"),
            (groups * (each + more), "order-left-to-right"),
        ),
    )


@template("3.OA.D.8", "money-left", level=2, difficulty=0.4, uses_interest=True)
def money_left(rng: Generator, interest: str) -> Draft:
    count, price = distinct(rng, 3, 9, 2)
    have = count * price + between(rng, 3, 29)
    left = have - count * price
    return Draft(
        prompt=tell(rng, interest, SPEND_TWO, have=have, count=count, price=price),
        answer=number_key(left, unit="$"),
        hints=(
            T("What do you need to know before you can say how much is left?"),
            BOTH_STEPS,
            T(
                "First find the cost: {product}. Then take it from {have}.",
                product=math(rf"{count} \times {price}"),
                have=have,
            ),
        ),
        solution=(
            T("The cost in dollars: {line}", line=math(rf"{count} \times {price} = {count * price}")),
            T("What is left: {line}", line=math(f"{have} - {count * price} = {left}")),
        ),
        wrong=wrong_numbers(
            left,
            (count * price, "steps-first-only"),
            (have - price, "steps-last-dropped"),
            (have - count - price, "op-subtracted"),
            (have + count * price, "op-added"),
        ),
    )


@template("3.OA.D.8", "then-share", level=2, difficulty=0.6, uses_interest=True)
def then_share(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 3, 9, 2)
    total = groups * each
    a = between(rng, total // 3 + 1, total - 4)
    b = total - a
    return Draft(
        prompt=tell(rng, interest, THEN_SHARE, a=a, b=b, groups=groups),
        answer=number_key(each),
        hints=(
            T("How many are there before they are put into groups?"),
            BOTH_STEPS,
            T("First find {sum}. Then divide by {groups}.", sum=math(f"{a} + {b}"), groups=groups),
        ),
        solution=(
            T("All together: {line}", line=math(f"{a} + {b} = {total}")),
            T("In equal groups: {line}", line=math(rf"{total} \div {groups} = {each}")),
        ),
        wrong=wrong_numbers(
            each,
            (total, "steps-first-only"),
            (a // groups if a % groups == 0 else None, "steps-last-dropped"),
            (total - groups, "op-subtracted"),
            (total * groups, "op-multiplied"),
        ),
    )


@template("3.OA.D.8", "estimate", level=3, difficulty=0.9)
def estimate(rng: Generator, interest: str) -> Draft:
    have = between(rng, 6, 9) * 100 + pick(rng, (-12, -9, -7, 6, 8, 11))
    one = between(rng, 1, 3) * 100 + pick(rng, (-13, -8, -6, 7, 9, 12))
    two = between(rng, 1, 2) * 100 + pick(rng, (-14, -11, -4, 5, 10, 13))
    near = [round(n / 100) * 100 for n in (have, one, two)]
    answer = near[0] - near[1] - near[2]
    added, first = near[0] + near[1] + near[2], near[0] - near[1]
    other = near[0] - near[1] + near[2]
    values = sorted({answer, added, first, other})
    choices = [str(n) for n in values]
    return Draft(
        prompt=T(
            "A school has {have} sheets of paper. It uses {one} on Monday and {two} on Tuesday. "
            "About how many sheets are left? Round each number to the nearest hundred first.",
            have=have,
            one=one,
            two=two,
        ),
        answer=choice_key(values.index(answer), choices),
        hints=(
            T("Is the answer more or less than {have}?", have=have),
            T("Rounded numbers are easy to work with, and they tell if an answer makes sense."),
            T("Round each of the three numbers. Take the second and the third from the first."),
        ),
        solution=(
            T("Rounded: {numbers}", numbers=math(", ".join(map(str, near)))),
            T("Take both away: {line}", line=math(f"{near[0]} - {near[1]} - {near[2]} = {answer}")),
        ),
        wrong=wrong_choices(
            values.index(answer),
            (values.index(added), "op-added"),
            (values.index(first), "steps-first-only"),
            (values.index(other), "op-subtracted"),
        ),
    )


@template("3.OA.D.9", "next-term", level=1, difficulty=-0.7)
def next_term(rng: Generator, interest: str) -> Draft:
    step, start = between(rng, 3, 9), between(rng, 2, 30)
    terms = [start + step * n for n in range(4)]
    following = start + step * 4
    return Draft(
        prompt=T(
            "The pattern goes on in the same way. Which number comes next? {terms}",
            terms=math(", ".join(map(str, terms))),
        ),
        answer=number_key(following),
        hints=(
            T("How do you get from each number to the next one?"),
            T("A pattern follows one rule at every step. Test the rule on all the numbers."),
            T("Find {difference}. Add as much to {last}.", difference=math(f"{terms[3]} - {terms[2]}"), last=terms[3]),
        ),
        solution=(
            T("Each number is {step} more than the one before.", step=step),
            T("Next: {line}", line=math(f"{terms[3]} + {step} = {following}")),
        ),
        wrong=wrong_numbers(
            following,
            (terms[3] + 1, "pattern-rule-last-two"),
            (following + step, "pattern-step-off"),
            (step, "steps-first-only"),
        ),
    )


@template("3.OA.D.9", "even-odd", level=2, difficulty=0.1)
def even_or_odd(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 12, 98), between(rng, 12, 98)
    even = (a + b) % 2 == 0
    kinds = (T("Even"), T("Odd"))
    answer = 0 if even else 1
    return Draft(
        prompt=T(
            "{name} wants to know if {sum} is even or odd without adding. Which is it?",
            name=name(rng),
            sum=math(f"{a} + {b}"),
        ),
        answer=choice_key(answer, kinds),
        hints=(
            T("Look at the last digit of each number. Is that number even or odd?"),
            T("An even number makes pairs. An odd number makes pairs with one left over."),
            T("Put {a} and {b} into pairs. Do the ones left over make a pair together?", a=a, b=b),
        ),
        solution=(
            T("Each number has one left over, and the two make a pair.")
            if a % 2 and b % 2
            else T("Both numbers make pairs and nothing is left over.")
            if even
            else T("One number makes pairs. The other has one left over."),
            T("So the sum is even.") if even else T("So the sum is odd."),
        ),
        wrong=wrong_choices(answer, (1 - answer, "pattern-rule-last-two")),
    )


@template("3.OA.D.9", "table-row", level=3, difficulty=0.6)
def table_row(rng: Generator, interest: str) -> Draft:
    row = pick(rng, (3, 4, 6, 7, 8, 9))
    inside = [row * n for n in distinct(rng, 4, 12, 3)]
    outside = row * between(rng, 4, 11) + between(rng, 1, row - 1)
    choices = shuffled(rng, [*map(str, inside), str(outside)])
    right = choices.index(str(outside))
    low = outside // row * row
    ending = next((str(n) for n in inside if n % 10 != row), None)
    return Draft(
        prompt=T("Which number is not in the row of {row} in the multiplication table?", row=row),
        answer=choice_key(right, choices),
        hints=(
            T("What do all numbers in the row of {row} have in common?", row=row),
            T("Each number in the row is {row} more than the one before it.", row=row),
            T("For each number, ask: is there a whole number that makes it when you multiply by {row}?", row=row),
        ),
        solution=(
            T("The row has {low} and then {high}.", low=low, high=low + row),
            T("Between them there is no other. The number that is not in the row is {outside}.", outside=outside),
        ),
        wrong=wrong_choices(right, (choices.index(ending) if ending else None, "pattern-rule-last-two")),
    )
