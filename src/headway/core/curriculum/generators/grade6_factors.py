"""Grade 6: greatest common factors and least common multiples (6.NS.B.4)."""

from __future__ import annotations

from math import gcd, lcm

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, stories
from headway.core.curriculum.generators.algebra import slips, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import number_key, pick
from headway.core.text import T, math

FACTOR = T("A common factor divides both numbers without a remainder. List the factors of each, and compare.")
MULTIPLE = T("A common multiple is in both times tables. The least one is the first that you meet in both.")


@template("6.NS.B.4", "gcf", level=1, difficulty=-0.8)
def greatest_common_factor(rng: Generator, interest: str) -> Draft:
    common = pick(rng, (2, 3, 4, 5, 6, 8, 9, 10, 12, 15))
    a, b = pick(
        rng, [(a, b) for a in range(2, 10) for b in range(2, 10) if gcd(a, b) == 1 and max(a, b) * common <= 100]
    )
    first, second = a * common, b * common
    smaller = next(n for n in range(2, common + 1) if common % n == 0)
    return Draft(
        prompt=T(
            "Find the greatest common factor of {first} and {second}.", first=math(str(first)), second=math(str(second))
        ),
        answer=number_key(common),
        hints=(
            T("The answer cannot be larger than the smaller of the two numbers."),
            FACTOR,
            T(
                "Write {first} and {second} as products, and look for the largest number that is in both.",
                first=first,
                second=second,
            ),
        ),
        solution=work(
            rf"{first} = {common} \cdot {a}", rf"{second} = {common} \cdot {b}", rf"\gcd({first}, {second}) = {common}"
        ),
        wrong=slips(
            common,
            (lcm(first, second), "factor-multiple-mixed"),
            (smaller if smaller < common else 1, "common-factor-not-greatest"),
        ),
    )


@template("6.NS.B.4", "lcm", level=2, difficulty=-0.3)
def least_common_multiple(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, PAIRS)
    value = lcm(a, b)
    return Draft(
        prompt=T("Find the least common multiple of {first} and {second}.", first=math(str(a)), second=math(str(b))),
        answer=number_key(value),
        hints=(
            T("The answer cannot be smaller than the larger of the two numbers."),
            MULTIPLE,
            T(
                "Go through the multiples of {large} and test which is the first that {small} divides.",
                large=max(a, b),
                small=min(a, b),
            ),
        ),
        solution=work(
            rf"{value} = {a} \cdot {value // a}",
            rf"{value} = {b} \cdot {value // b}",
            rf"\text{{lcm}}({a}, {b}) = {value}",
        ),
        wrong=slips(
            value, (a * b, "common-multiple-not-least"), (gcd(a, b), "factor-multiple-mixed"), (a + b, "op-added")
        ),
    )


@template("6.NS.B.4", "together", level=3, difficulty=0.5, uses_interest=True)
def meet_again(rng: Generator, interest: str) -> Draft:
    a, b = pick(rng, [p for p in PAIRS if max(p) <= 15])
    value = lcm(a, b)
    return Draft(
        prompt=contexts.tell(rng, interest, stories.MEET_AGAIN, a=a, b=b),
        answer=number_key(value),
        hints=(
            T("After how many of them does the first one happen? And the second one? Make two lists."),
            MULTIPLE,
            T(
                "Go through the multiples of {large} and test which is the first that {small} divides.",
                large=max(a, b),
                small=min(a, b),
            ),
        ),
        solution=work(
            rf"{value} = {a} \cdot {value // a}",
            rf"{value} = {b} \cdot {value // b}",
            rf"\text{{lcm}}({a}, {b}) = {value}",
        ),
        wrong=slips(
            value, (a * b, "common-multiple-not-least"), (gcd(a, b), "factor-multiple-mixed"), (a + b, "op-added")
        ),
    )


PAIRS = tuple(
    (a, b) for a in range(4, 25) for b in range(4, 25) if gcd(a, b) > 1 and a % b and b % a and lcm(a, b) <= 120
)
