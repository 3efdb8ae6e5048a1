"""Grade 4: factors, multiples and primes to 100 (4.OA.B.4)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
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
from headway.core.curriculum.problems import AnswerSpec, WrongAnswer
from headway.core.text import T, math

PRIMES = tuple(n for n in range(2, 100) if all(n % d for d in range(2, n)))
MANY = tuple(n for n in range(12, 101) if 4 <= sum(n % d == 0 for d in range(1, n + 1)) <= 10)
"""Numbers to 100 with four to ten factors."""
PAIRS = T("Factors come in pairs. Each pair has the number as its product.")


def factors(n: int) -> list[int]:
    """All factors in order."""
    return [d for d in range(1, n + 1) if n % d == 0]


@template("4.OA.B.4", "missing-of-pair", level=1, difficulty=-0.8)
def missing_of_pair(rng: Generator, interest: str) -> Draft:
    n = pick(rng, MANY)
    first = pick(rng, factors(n)[1:-1])
    second = n // first
    return Draft(
        prompt=T("{first} is one factor of {n}. Which factor makes a pair with it?", first=first, n=n),
        answer=number_key(second),
        hints=(
            T("A factor pair is two numbers. What do you do with them to get {n}?", n=n),
            PAIRS,
            T("Find {division}.", division=math(rf"{n} \div {first}")),
        ),
        solution=(
            T("Look for the missing factor: {line}", line=math(rf"{first} \times \square = {n}")),
            T("So the other factor is {line}", line=math(str(second))),
        ),
        wrong=wrong_numbers(
            second, (n - first, "op-subtracted"), (n * first, "factor-multiple-mixed"), (second + 1, "mult-close-fact")
        ),
    )


@template("4.OA.B.4", "all-factors", level=2, difficulty=0.2)
def all_factors(rng: Generator, interest: str) -> Draft:
    n = pick(rng, MANY)
    found = factors(n)
    text = ", ".join(map(str, found))
    shorter, inner = ", ".join(map(str, found[:-2] + found[-1:])), ", ".join(map(str, found[1:-1]))
    return Draft(
        prompt=T("Write all the factors of {n}. Put commas between them.", n=n),
        answer=AnswerSpec("set", (text,)),
        hints=(
            T("Start with 1. Which number makes a pair with it?"),
            PAIRS,
            T("Test 1, 2, 3 and so on in order, and write both numbers of a pair. Stop when the pairs repeat."),
        ),
        solution=(
            T("The pairs are {pairs}", pairs=math(", ".join(rf"{d} \times {n // d}" for d in found if d * d <= n))),
            T("So the factors are {factors}", factors=math(text)),
        ),
        wrong=(
            WrongAnswer(shorter, "factor-pair-missed"),
            WrongAnswer(inner, "factor-pair-missed"),
            WrongAnswer(f"{n}, {2 * n}, {3 * n}", "factor-multiple-mixed"),
        ),
    )


@template("4.OA.B.4", "which-prime", level=2, difficulty=0.3)
def which_prime(rng: Generator, interest: str) -> Draft:
    prime = pick(rng, PRIMES[5:])
    odd = [n for n in (21, 27, 33, 39, 49, 51, 57, 63, 69, 77, 81, 87, 91, 93) if abs(n - prime) < 40]
    others = shuffled(rng, odd)[:2]
    even = between(rng, 11, 48) * 2
    choices = shuffled(rng, [str(prime), *map(str, others), str(even)])
    right = choices.index(str(prime))
    return Draft(
        prompt=T("Which number is prime?"),
        answer=choice_key(right, choices),
        hints=(
            T("Which of the numbers can you rule out at once, because 2 or 5 is a factor?"),
            T("A prime number has exactly two factors: 1 and itself."),
            T("Test each number that is left: is it in the row of 3 or of 7?"),
        ),
        solution=(
            T(
                "The others have more factors: {products}",
                products=math(
                    ", ".join(rf"{n} = {factors(n)[1]} \times {n // factors(n)[1]}" for n in (*others, even))
                ),
            ),
            T("The prime number is {prime}.", prime=prime),
        ),
        wrong=wrong_choices(right, *((choices.index(str(n)), "factor-pair-missed") for n in others)),
    )


@template("4.OA.B.4", "multiple-or-factor", level=1, difficulty=-0.3)
def multiple(rng: Generator, interest: str) -> Draft:
    base = between(rng, 3, 9)
    right, far = base * between(rng, 4, 10), base * between(rng, 4, 9) + between(rng, 1, base - 1)
    near = base * 10 + between(rng, 1, base - 1)
    factor = next((d for d in range(base - 1, 0, -1) if base % d == 0), 1)
    choices = shuffled(rng, [str(n) for n in dict.fromkeys((right, far, near, factor))])
    key = choices.index(str(right))
    return Draft(
        prompt=T("Which number is a multiple of {base}?", base=base),
        answer=choice_key(key, choices),
        hints=(
            T("Count by {base}. Which numbers do you say?", base=base),
            T("A multiple of a number is that number times a whole number."),
            T("Divide each choice by {base}. Where is no remainder?", base=base),
        ),
        solution=(
            T("Count by {base}, or divide each number by {base}.", base=base),
            T(
                "{line}, so the multiple is {right}.",
                line=math(rf"{base} \times {right // base} = {right}"),
                right=right,
            ),
        ),
        wrong=wrong_choices(
            key,
            (choices.index(str(factor)), "factor-multiple-mixed"),
            (choices.index(str(far)), "mult-close-fact"),
            (choices.index(str(near)), "place-face-value"),
        ),
    )


@template("4.OA.B.4", "common", level=3, difficulty=0.9)
def bus_times(rng: Generator, interest: str) -> Draft:
    a, b = distinct(rng, 3, 10, 2)
    common = next(n for n in range(max(a, b), 101) if n % a == 0 and n % b == 0)
    return Draft(
        prompt=T(
            "A red light blinks every {a} seconds and a blue light every {b} seconds. They have just blinked together. "
            "After how many seconds do they blink together again for the first time?",
            a=a,
            b=b,
        ),
        answer=number_key(common),
        hints=(
            T("When does the red light blink? Write the first times in a list."),
            T("A number that is in both lists is a multiple of both numbers."),
            T("Write the multiples of {a} and of {b}. Look for the first one in both lists.", a=a, b=b),
        ),
        solution=(
            T("Red: {red}", red=math(", ".join(str(a * n) for n in range(1, common // a + 1)))),
            T("Blue: {blue}", blue=math(", ".join(str(b * n) for n in range(1, common // b + 1)))),
            T("The first number in both lists is {common}", common=math(str(common))),
        ),
        wrong=wrong_numbers(
            common,
            (a * b, "factor-multiple-mixed"),
            (a + b, "op-added"),
            (abs(a - b), "op-subtracted"),
            (common * 2, "pattern-step-off"),
        ),
    )
