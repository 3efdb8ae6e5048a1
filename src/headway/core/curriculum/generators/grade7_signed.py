"""Grade 7: adding, subtracting, multiplying and dividing signed numbers (7.NS.A.1, 7.NS.A.2)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import nonzero, paren, power, signed, slips, solution, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, number_key, pick
from headway.core.text import T, math

LINE = T("On a number line, adding a positive number goes right and adding a negative number goes left.")
OPPOSITE = T("Subtracting a number is the same as adding its opposite.")
SIGNS = T("Two numbers with the same sign have a positive product or quotient; with different signs it is negative.")


@template("7.NS.A.1.b", "add", level=1, difficulty=-1.0)
def add_signed(rng: Generator, interest: str) -> Draft:
    a, b = nonzero(rng, -20, 20), -between(rng, 1, 20)
    if a == -b:
        a += 1
    value, line = a + b, f"{a} + ({b})"
    far, near = max(abs(a), abs(b)), min(abs(a), abs(b))
    size = f"{far} + {near}" if a < 0 else f"{far} - {near}"
    way = f"-({size})" if value < 0 else size
    return Draft(
        prompt=T("Add: {expression}", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("Where on the number line do you start, and which way do you go?"),
            LINE,
            T("Start at {start} and go {steps} steps to the left.", start=math(str(a)), steps=-b),
        ),
        solution=work(line, way, str(value)),
        wrong=slips(
            value,
            (abs(a) + abs(b), "signs-ignored"),
            (a - b, "sign-of-second-ignored"),
            (-value, "sign-of-result-lost"),
        ),
    )


@template("7.NS.A.1.b", "three", level=2, difficulty=-0.3)
def add_three(rng: Generator, interest: str) -> Draft:
    a, b, c = -between(rng, 2, 20), between(rng, 2, 20), -between(rng, 2, 20)
    value, line = a + b + c, f"{a} + {b} + ({c})"
    return Draft(
        prompt=T("Add: {expression}", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("You may add in any order. Which order is easiest?"),
            T("Put the negative numbers together first."),
            T("Add {first} and {third}, then add {second}.", first=math(str(a)), third=math(str(c)), second=b),
        ),
        solution=work(line, f"{a + c} + {b}", str(value)),
        wrong=slips(
            value,
            (-a + b - c, "signs-ignored"),
            (a + b - c, "sign-of-last-ignored"),
            (-value, "sign-of-result-lost"),
            (-(-a + b - c), "negative-sum-of-sizes"),
        ),
    )


@template("7.NS.A.1.b", "missing", level=3, difficulty=0.3)
def missing_addend(rng: Generator, interest: str) -> Draft:
    a, x = nonzero(rng, -20, 20), nonzero(rng, -20, 20)
    total = a + x
    line = f"{a} + x = {total}"
    return Draft(
        prompt=T("Find the number {letter} that makes this true: {equation}", letter=math("x"), equation=math(line)),
        answer=solution(x),
        hints=(
            T(
                "Do you have to go left or right on the number line to get from {start} to {end}?",
                start=math(str(a)),
                end=math(str(total)),
            ),
            LINE,
            T("Count the steps from {start} to {end}, and give them a sign.", start=math(str(a)), end=math(str(total))),
        ),
        solution=work(line, f"x = {total} {signed(-a)}", f"x = {x}"),
        wrong=slips(
            x, (-x, "sign-of-result-lost"), (total + a, "inverse-not-used"), (abs(total) + abs(a), "signs-ignored")
        ),
    )


@template("7.NS.A.1.c", "subtract-negative", level=1, difficulty=-0.7)
def subtract_negative(rng: Generator, interest: str) -> Draft:
    a, b = nonzero(rng, -20, 20), -between(rng, 2, 20)
    return _subtraction(a, b)


@template("7.NS.A.1.c", "below-zero", level=2, difficulty=-0.4)
def subtract_below_zero(rng: Generator, interest: str) -> Draft:
    a = between(rng, -25, 15) or -1
    return _subtraction(a, max(a, 0) + between(rng, 2, 25))


def _subtraction(a: int, b: int) -> Draft:
    value, line = a - b, f"{a} - {paren(b)}"
    return Draft(
        prompt=T("Subtract: {expression}", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("Will the answer be larger or smaller than {start}?", start=math(str(a))),
            OPPOSITE,
            T("Add the opposite of {number} to {start}.", number=math(str(b)), start=math(str(a))),
        ),
        solution=work(line, f"{a} + {paren(-b)}", str(value)),
        wrong=slips(
            value,
            (a + b, "opposite-not-taken"),
            (-value, "sign-of-result-lost"),
            (abs(a) + abs(b), "signs-ignored"),
            (abs(abs(a) - abs(b)), "signs-ignored"),
        ),
    )


@template("7.NS.A.1.c", "distance", level=3, difficulty=0.3)
def distance_signed(rng: Generator, interest: str) -> Draft:
    low, high = -between(rng, 3, 30), between(rng, 2, 25)
    warmer = between(rng, 0, 1) == 1
    value = high - low
    return Draft(
        prompt=T(
            "One night it is {low} °C in one town and {high} °C in another. How many degrees warmer is the second "
            "town?",
            low=math(str(low)),
            high=math(str(high)),
        )
        if warmer
        else T(
            "A diver is at {low} meters and a bird is at {high} meters, measured from sea level. How many meters "
            "apart are they?",
            low=math(str(low)),
            high=math(str(high)),
        ),
        answer=number_key(value),
        hints=(
            T("Where is zero: between the two numbers or not?"),
            T("The distance between two numbers is the size of their difference."),
            T("Subtract {low} from {high}.", low=math(str(low)), high=math(str(high))),
        ),
        solution=work(f"{high} - ({low})", f"{high} + {-low}", str(value)),
        wrong=slips(
            value,
            (abs(high + low), "opposite-not-taken"),
            (-value, "sign-of-result-lost"),
            (-low, "steps-last-dropped"),
        ),
    )


@template("7.NS.A.2.a", "multiply", level=1, difficulty=-0.9)
def multiply_signed(rng: Generator, interest: str) -> Draft:
    a, b = nonzero(rng, -12, 12, but=(1, -1)), -between(rng, 2, 12)
    value, line = a * b, rf"{a} \cdot ({b})"
    return Draft(
        prompt=T("Multiply: {expression}", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("Decide on the sign first. Then multiply as usual."),
            SIGNS,
            T("Multiply {a} by {b} and put the right sign in front.", a=abs(a), b=abs(b)),
        ),
        solution=work(line, rf"-({abs(a)} \cdot {abs(b)})" if value < 0 else rf"{abs(a)} \cdot {abs(b)}", str(value)),
        wrong=slips(value, (-value, "sign-rule-of-products"), (a + b, "product-as-sum")),
    )


@template("7.NS.A.2.a", "three-factors", level=2, difficulty=-0.2)
def three_factors(rng: Generator, interest: str) -> Draft:
    a, b, c = -between(rng, 2, 9), nonzero(rng, -6, 6, but=(1, -1)), -between(rng, 2, 5)
    value, line = a * b * c, rf"{a} \cdot {paren(b)} \cdot ({c})"
    return Draft(
        prompt=T("Multiply: {expression}", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("How many of the factors are negative?"),
            T("Each negative factor turns the sign around: an even number of them gives a positive product."),
            T(
                "Multiply {first} first, then multiply by {last}.",
                first=math(rf"{a} \cdot {paren(b)}"),
                last=math(str(c)),
            ),
        ),
        solution=work(line, rf"{a * b} \cdot ({c})", str(value)),
        wrong=slips(
            value, (-value, "sign-rule-of-products"), (a * b + c, "product-as-sum"), (a * b, "steps-first-only")
        ),
    )


@template("7.NS.A.2.a", "power", level=3, difficulty=0.5)
def signed_power(rng: Generator, interest: str) -> Draft:
    base, exponent = pick(rng, [(b, n) for n in (2, 3, 4) for b in range(2, 13) if b**n <= 1000])
    bare, plus = between(rng, 0, 1) == 1, nonzero(rng, -9, 9)
    text = power(str(-base), exponent) if bare else power(f"({-base})", exponent)
    value = -(base**exponent) if bare else (-base) ** exponent
    line = f"{text} {signed(plus)}"
    factors = r" \cdot ".join([str(base)] * exponent) if bare else r" \cdot ".join([f"({-base})"] * exponent)
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(value + plus),
        hints=(
            T("Does the exponent belong to the minus sign as well?"),
            T("Only what stands right before the exponent is repeated: a number, or a whole pair of parentheses."),
            T("Write {power} as a product first.", power=math(text)),
        ),
        solution=work(
            line,
            f"-({factors}) {signed(plus)}" if bare else f"{factors} {signed(plus)}",
            f"{value} {signed(plus)}",
            str(value + plus),
        ),
        wrong=slips(
            value + plus,
            (-value + plus, "sign-in-power"),
            (-base * exponent + plus, "exponent-as-factor"),
            (value - plus, "sign-of-last-ignored"),
        ),
    )
