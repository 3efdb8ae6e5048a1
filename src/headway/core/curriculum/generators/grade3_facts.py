"""Grade 3: division as an unknown factor, and the facts to 100 (3.OA.B.6, 3.OA.C.7)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import EQUAL_GROUPS, PACK, tell
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

UNDO = T("Multiplication and division undo each other.")


@template("3.OA.B.6", "as-product", level=1, difficulty=-0.7)
def division_as_product(rng: Generator, interest: str) -> Draft:
    divisor, quotient = distinct(rng, 2, 10, 2)
    total = divisor * quotient
    return Draft(
        prompt=T(
            "{division} asks for the same number as {product}. Which number is it?",
            division=math(rf"{total} \div {divisor}"),
            product=math(rf"{divisor} \times \square = {total}"),
        ),
        answer=number_key(quotient),
        hints=(
            T("Read the second one: {divisor} times which number is {total}?", divisor=divisor, total=total),
            T("A quotient is the missing factor of a product."),
            T("Count by {divisor} until you reach {total}. How many counts is that?", divisor=divisor, total=total),
        ),
        solution=(
            T("Look for the missing factor: {line}", line=math(rf"{divisor} \times {quotient} = {total}")),
            T("So {line}", line=math(rf"{total} \div {divisor} = {quotient}")),
        ),
        wrong=wrong_numbers(
            quotient, (total - divisor, "op-subtracted"), (quotient + 1, "mult-close-fact"), (total, "equals-as-answer")
        ),
    )


@template("3.OA.B.6", "which-fact", level=2, difficulty=-0.2)
def which_fact(rng: Generator, interest: str) -> Draft:
    divisor, quotient = distinct(rng, 2, 10, 2)
    total = divisor * quotient
    right = rf"$${divisor} \times {quotient} = {total}$$"
    added = f"$${divisor} + {total - divisor} = {total}$$"
    times = rf"$${total} \times {divisor} = {total * divisor}$$"
    less = f"$${total} - {divisor} = {total - divisor}$$"
    choices = shuffled(rng, [right, added, times, less])
    return Draft(
        prompt=T("Which fact helps you find {division}?", division=math(rf"{total} \div {divisor}")),
        answer=choice_key(choices.index(right), choices),
        hints=(
            T("Say the division in words: how many groups of {divisor} are in {total}?", divisor=divisor, total=total),
            UNDO,
            T("Look for a product that is {total} and has {divisor} as a factor.", total=total, divisor=divisor),
        ),
        solution=(
            T("The division asks: {divisor} times which number is {total}?", divisor=divisor, total=total),
            T("The fact that answers it is {fact}", fact=right),
        ),
        wrong=wrong_choices(
            choices.index(right),
            (choices.index(added), "op-added"),
            (choices.index(times), "op-multiplied"),
            (choices.index(less), "op-subtracted"),
        ),
    )


@template("3.OA.B.6", "story", level=3, difficulty=0.3, uses_interest=True)
def factor_story(rng: Generator, interest: str) -> Draft:
    each, count = distinct(rng, 4, 9, 2)
    total = each * count
    return Draft(
        prompt=T(
            "{story} Think of it as {product}.",
            story=tell(rng, interest, PACK, total=total, each=each),
            product=math(rf"\square \times {each} = {total}"),
        ),
        answer=number_key(count),
        hints=(
            T("What does the box stand for in the story?"),
            T("The number of groups times the size of a group is the total."),
            T("Count by {each} up to {total}.", each=each, total=total),
        ),
        solution=(
            T("Find the missing factor: {line}", line=math(rf"{count} \times {each} = {total}")),
            T("The number of groups is {line}", line=math(str(count))),
        ),
        wrong=wrong_numbers(
            count, (total - each, "op-subtracted"), (count + 1, "mult-close-fact"), (total * each, "op-multiplied")
        ),
    )


@template("3.OA.C.7", "product", level=1, difficulty=-0.9)
def product(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 2, 9), between(rng, 3, 9)
    total = a * b
    near = 5 if a > 5 else 2
    return Draft(
        prompt=T("Find {product}.", product=math(rf"{a} \times {b}")),
        answer=number_key(total),
        hints=(
            T("Think of {a} equal groups of {b}.", a=a, b=b),
            T("Start from a fact that you know well, then add or take away groups."),
            T("You could start with {known} and go on from there.", known=math(rf"{near} \times {b}")),
        ),
        solution=(
            T("{a} groups of {b}: count by {b} and stop after {a} counts.", a=a, b=b),
            T("So {line}", line=math(rf"{a} \times {b} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (total - b, "mult-one-group-off"),
            (a + b, "op-added"),
            (total + a, "mult-close-fact"),
        ),
    )


@template("3.OA.C.7", "quotient", level=2, difficulty=-0.2)
def quotient(rng: Generator, interest: str) -> Draft:
    divisor, answer = between(rng, 2, 9), between(rng, 3, 9)
    total = divisor * answer
    return Draft(
        prompt=T("Find {quotient}.", quotient=math(rf"{total} \div {divisor}")),
        answer=number_key(answer),
        hints=(
            T("How many groups of {divisor} are in {total}?", divisor=divisor, total=total),
            UNDO,
            T("Think: {product}", product=math(rf"{divisor} \times \square = {total}")),
        ),
        solution=(
            T("Use the product {line}", line=math(rf"{divisor} \times {answer} = {total}")),
            T("So {line}", line=math(rf"{total} \div {divisor} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer,
            (answer - 1, "mult-close-fact"),
            (total - divisor, "op-subtracted"),
            (total * divisor, "op-multiplied"),
        ),
    )


@template("3.OA.C.7", "compare", level=3, difficulty=0.5)
def compare_products(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 3, 9, 2)
    c = max(2, min(9, a + between(rng, -2, 2)))
    d = max(2, min(9, b + between(rng, -2, 2)))
    left, right = a * b, c * d
    signs = ("$$<$$", "$$>$$", "$$=$$")
    answer = 0 if left < right else 1 if left > right else 2
    by_sum = 0 if a + b < c + d else 1 if a + b > c + d else 2
    return Draft(
        prompt=T(
            "Which sign makes it true? {statement}", statement=math(rf"{a} \times {b} \; \square \; {c} \times {d}")
        ),
        answer=choice_key(answer, signs),
        hints=(
            T("Find the value of each side."),
            T("The open end of < and > is on the side of the larger number."),
            T("Find {left} and {right}, then compare.", left=math(rf"{a} \times {b}"), right=math(rf"{c} \times {d}")),
        ),
        solution=(
            T(
                "Left: {left}. Right: {right}.",
                left=math(rf"{a} \times {b} = {left}"),
                right=math(rf"{c} \times {d} = {right}"),
            ),
            T("So {statement}", statement=math(f"{left} {signs[answer].strip('$')} {right}")),
        ),
        wrong=wrong_choices(answer, (by_sum, "op-added"), ({0: 1, 1: 0}.get(answer), "compare-reversed")),
    )


@template("3.OA.C.7", "story", level=2, difficulty=-0.1, uses_interest=True)
def fact_story(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 6, 9, 2)
    total = groups * each
    return Draft(
        prompt=tell(rng, interest, EQUAL_GROUPS, groups=groups, each=each),
        answer=number_key(total),
        hints=(
            T("What does the story give: the groups, the size of a group, or the total?"),
            T("Equal groups are multiplied."),
            T(
                "Find {product}. You could start from {known}.",
                product=math(rf"{groups} \times {each}"),
                known=math(rf"5 \times {each}"),
            ),
        ),
        solution=(
            T("Break {groups} into 5 and {rest}.", groups=groups, rest=groups - 5),
            T(
                "{first} and {second}",
                first=math(rf"5 \times {each} = {5 * each}"),
                second=math(rf"{groups - 5} \times {each} = {(groups - 5) * each}"),
            ),
            T("Add: {line}", line=math(f"{5 * each} + {(groups - 5) * each} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (groups + each, "op-added"),
            (total - each, "mult-one-group-off"),
            (total + groups, "mult-close-fact"),
        ),
    )
