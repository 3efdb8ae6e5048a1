"""Grade 3: the unknown number in an equation, and properties that help to multiply (3.OA.A.4, 3.OA.B.5)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import (
    between,
    distinct,
    number_key,
    wrong_numbers,
)
from headway.core.text import T, math

SAME_VALUE = T("The sign = means that both sides have the same value.")
UNDO = T("Multiplication and division undo each other.")


@template("3.OA.A.4", "missing-factor", level=1, difficulty=-0.8)
def missing_factor(rng: Generator, interest: str) -> Draft:
    known, unknown = distinct(rng, 2, 10, 2)
    total = known * unknown
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"{known} \times \square = {total}")),
        answer=number_key(unknown),
        hints=(
            T("Read it aloud: how many groups of {known} make {total}?", known=known, total=total),
            UNDO,
            T("Find {division}.", division=math(rf"{total} \div {known}")),
        ),
        solution=(
            T("Undo the multiplication: {division}", division=math(rf"{total} \div {known} = \square")),
            T("So the number is {line}", line=math(str(unknown))),
        ),
        wrong=wrong_numbers(
            unknown,
            (total - known, "op-subtracted"),
            (unknown + 1, "mult-close-fact"),
            (total * known, "op-multiplied"),
        ),
    )


@template("3.OA.A.4", "missing-dividend", level=2, difficulty=0.2)
def missing_dividend(rng: Generator, interest: str) -> Draft:
    divisor, quotient = distinct(rng, 2, 10, 2)
    total = divisor * quotient
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"\square \div {divisor} = {quotient}")),
        answer=number_key(total),
        hints=(
            T("The box is the total. It was split into equal groups."),
            UNDO,
            T("Put the groups back together: {product}.", product=math(rf"{quotient} \times {divisor}")),
        ),
        solution=(
            T("Undo the division: {product}", product=math(rf"\square = {quotient} \times {divisor}")),
            T("So the number is {line}", line=math(str(total))),
        ),
        wrong=wrong_numbers(
            total,
            (quotient // divisor if quotient % divisor == 0 else None, "op-divided"),
            (quotient + divisor, "op-added"),
            (total - divisor, "mult-one-group-off"),
            (abs(quotient - divisor), "op-subtracted"),
        ),
    )


@template("3.OA.A.4", "missing-divisor", level=2, difficulty=0.4)
def missing_divisor(rng: Generator, interest: str) -> Draft:
    divisor, quotient = distinct(rng, 2, 10, 2)
    total = divisor * quotient
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"{total} \div \square = {quotient}")),
        answer=number_key(divisor),
        hints=(
            T("The total is {total}. It was split into equal groups.", total=total),
            UNDO,
            T("Think: {equation}", equation=math(rf"{quotient} \times \square = {total}")),
        ),
        solution=(
            T("Write it as a product: {equation}", equation=math(rf"{quotient} \times \square = {total}")),
            T("So the number is {line}", line=math(str(divisor))),
        ),
        wrong=wrong_numbers(
            divisor,
            (total * quotient, "op-multiplied"),
            (total - quotient, "op-subtracted"),
            (divisor + 1, "mult-close-fact"),
        ),
    )


@template("3.OA.A.4", "balance", level=3, difficulty=1.1)
def balance(rng: Generator, interest: str) -> Draft:
    times, factor = distinct(rng, 2, 5, 2)
    other = between(rng, 2, min(9, 90 // (times * factor)))
    unknown, left = other * factor, other * times
    product = rf"{left} \times {factor}"
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"\square \times {times} = {product}")),
        answer=number_key(unknown),
        hints=(
            T("What is the value of the side without the box?"),
            SAME_VALUE,
            T("Find {product}. How many groups of {times} make that number?", times=times, product=math(product)),
        ),
        solution=(
            T("The right side is {line}", line=math(f"{product} = {left * factor}")),
            T("Divide by {times}: {line}", times=times, line=math(rf"{left * factor} \div {times} = {unknown}")),
        ),
        wrong=wrong_numbers(unknown, (left * factor, "equals-as-answer"), (left, "equation-number-copied")),
    )


@template("3.OA.B.5", "turn-around", level=1, difficulty=-1.2)
def turn_around(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 3, 12, 2)
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"{a} \times {b} = {b} \times \square")),
        answer=number_key(a),
        hints=(
            T("Look at both sides. Which number is on both sides already?"),
            T("When two factors trade places, the product stays the same."),
            T("{a} rows of {b} dots turn into {b} rows. How many dots are in each row now?", a=a, b=b),
        ),
        solution=(
            T("The factors trade places and the product stays the same."),
            T("{b} is on both sides, so the box holds {line}", b=b, line=math(str(a))),
        ),
        wrong=wrong_numbers(a, (a * b, "equals-as-answer"), (b, "equation-number-copied"), (a + b, "op-added")),
    )


@template("3.OA.B.5", "break-apart", level=2, difficulty=0.1)
def break_apart(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 3, 9), between(rng, 6, 10)
    part = 5 if int(rng.integers(2)) else 2
    rest = b - part
    right = rf"{a} \times {part} + {a} \times \square"
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"{a} \times {b} = {right}")),
        answer=number_key(rest),
        hints=(
            T("On the right, {b} is broken into two parts.", b=math(str(b))),
            T("You can break a factor apart, multiply each part, and add the products."),
            T("One part is {part}. The two parts together make {b}.", part=part, b=b),
        ),
        solution=(
            T("{b} is broken into two parts. One part is {part}.", b=b, part=part),
            T("The other part is {line}", line=math(rf"{b} - {part} = {rest}")),
        ),
        wrong=wrong_numbers(
            rest, (b, "equation-number-copied"), (a * rest, "equals-as-answer"), (b + part, "op-added")
        ),
    )


@template("3.OA.B.5", "group-three", level=3, difficulty=0.5)
def group_three(rng: Generator, interest: str) -> Draft:
    a, c = distinct(rng, 2, 5, 2)
    b = between(rng, 5, 9)
    total = a * b * c
    line = rf"{a} \times {b} \times {c}"
    return Draft(
        prompt=T("Find {product}. You may multiply in any order.", product=math(line)),
        answer=number_key(total),
        hints=(
            T("Which two of the factors are easiest to multiply first?"),
            T("The order of the factors and how you group them do not change the product."),
            T("Try {first} first. Then multiply by {b}.", first=math(rf"{a} \times {c}"), b=b),
        ),
        solution=(
            T("Multiply the two small factors: {line}", line=math(rf"{a} \times {c} = {a * c}")),
            T("Multiply by {b}: {line}", b=b, line=math(rf"{a * c} \times {b} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (a + b + c, "op-added"),
            (a * b + c, "op-added"),
            (a * b, "steps-first-only"),
            (total - b, "mult-close-fact"),
        ),
    )
