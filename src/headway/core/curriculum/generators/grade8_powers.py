"""Grade 8: laws of exponents, roots, scientific notation (8.EE.A)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import (
    expression,
    nonzero,
    power,
    signed,
    slips,
    solution,
    tex,
    typed_power,
    typed_set,
    work,
)
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, latex_whole, number_key, pick
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

SAME_BASE = T("Multiplying powers of the same base adds the exponents; dividing them subtracts the exponents.")
NEGATIVE = T("A negative exponent means one over the power: {example}.", example=math(r"a^{-n} = \frac{1}{a^n}"))
SCIENTIFIC = T("Scientific notation is a number from 1 up to (not including) 10, times a power of 10.")


def ten(exponent: int) -> str:
    """LaTeX of a power of 10, exponent 1 included."""
    return f"10^{exponent}" if 0 <= exponent <= 9 else f"10^{{{exponent}}}"


def times_ten(front: Fraction, exponent: int) -> str:
    """LaTeX of a number in scientific notation."""
    return rf"{decimal(front)} \times {ten(exponent)}"


def shown(value: Fraction) -> str:
    """LaTeX of a number without a power of 10."""
    return latex_whole(int(value)) if value.denominator == 1 else decimal(value)


def typed_ten(front: Fraction, exponent: int) -> str:
    """Plain typing of a number in scientific notation."""
    return f"{decimal(front)}*10^{exponent}" if exponent >= 0 else f"{decimal(front)}*10^({exponent})"


@template("8.EE.A.1", "product", level=1, difficulty=-0.5)
def product_of_powers(rng: Generator, interest: str) -> Draft:
    var, m, n, c = pick(rng, "xaby"), between(rng, 2, 9), between(rng, 2, 9), between(rng, 2, 7)
    d = between(rng, 2, 7)
    line = rf"{c}{power(var, m)} \cdot {d}{power(var, n)}"
    key = f"{c * d}{typed_power(var, m + n)}"
    return Draft(
        prompt=T("Write as one term: {expression}", expression=math(line)),
        answer=expression(key, variables=var),
        hints=(
            T("How many factors {letter} are there altogether?", letter=math(var)),
            SAME_BASE,
            T("Multiply {c} by {d}; add {m} and {n}.", c=c, d=d, m=m, n=n),
        ),
        solution=work(line, rf"{c} \cdot {d} \cdot {var}^{{{m} + {n}}}", f"{c * d}{power(var, m + n)}"),
        wrong=slips(
            key,
            (f"{c * d}{typed_power(var, m * n)}", "exponents-multiplied"),
            (f"{c + d}{typed_power(var, m + n)}", "coefficients-added"),
        ),
    )


@template("8.EE.A.1", "quotient", level=2, difficulty=0.1)
def quotient_of_powers(rng: Generator, interest: str) -> Draft:
    var, inner, outer = pick(rng, "xaby"), between(rng, 2, 6), between(rng, 3, 5)
    top = inner * outer
    low = pick(rng, [n for n in range(2, top - 1) if n != top - inner])
    line = rf"\frac{{({power(var, inner)})^{outer}}}{{{power(var, low)}}}"
    key = typed_power(var, top - low)
    return Draft(
        prompt=T("Write as one power: {expression}", expression=math(line)),
        answer=expression(key, variables=var),
        hints=(
            T("Look at the numerator first: how often is {power} used as a factor?", power=math(power(var, inner))),
            T("A power of a power multiplies the exponents; a quotient of powers subtracts them."),
            T("Multiply {inner} by {outer}, then subtract {low}.", inner=inner, outer=outer, low=low),
        ),
        solution=work(
            line, rf"\frac{{{power(var, top)}}}{{{power(var, low)}}}", f"{var}^{{{top} - {low}}}", power(var, top - low)
        ),
        wrong=slips(
            key,
            (typed_power(var, inner + outer - low), "power-of-power-added"),
            (typed_power(var, top + low), "exponents-added-in-quotient"),
            (typed_power(var, top // low) if top % low == 0 else key, "exponents-divided"),
        ),
    )


@template("8.EE.A.1", "negative", level=3, difficulty=0.7)
def negative_exponent(rng: Generator, interest: str) -> Draft:
    base = pick(rng, (2, 3, 4, 5, 6, 7, 8, 9, 10))
    result = between(rng, -3 if base < 6 else -2, -1)
    m = between(rng, -6, 6) or 1
    n = result - m
    if n in (0, 1):
        m, n = m - 2, n + 2
    line = rf"{power(str(base), m) if m != 1 else f'{base}^1'} \cdot {power(str(base), n)}"
    value = Fraction(1, base**-result)
    return Draft(
        prompt=T("Find the value as a fraction: {expression}", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("Both powers have the same base. Write the product as one power first."),
            NEGATIVE,
            T("Add the exponents {m} and {n}.", m=math(str(m)), n=math(str(n))),
        ),
        solution=work(
            line,
            f"{base}^{{{result}}}",
            rf"\frac{{1}}{{{power(str(base), -result)}}}",
            *([tex(value)] if result < -1 else []),
        ),
        wrong=slips(
            value,
            (-(base**-result), "negative-exponent-negative-value"),
            (base**-result, "negative-exponent-ignored"),
            (base * result, "exponent-as-factor"),
        ),
    )


@template("8.EE.A.2", "root", level=1, difficulty=-0.6)
def root(rng: Generator, interest: str) -> Draft:
    cube = between(rng, 0, 3) == 0
    n = between(rng, 2, 10) if cube else between(rng, 3, 25)
    plus = between(rng, 1, 12)
    square = n**3 if cube else n * n
    sign = rf"\sqrt[3]{{{square}}}" if cube else rf"\sqrt{{{square}}}"
    line = f"{sign} + {plus}"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(n + plus),
        hints=(
            T("Which number, used three times as a factor, gives {number}?", number=square)
            if cube
            else T("Which positive number, multiplied by itself, gives {number}?", number=square),
            T("A root asks for the number that was raised to the power."),
            T("Find the root first; add {plus} afterwards.", plus=plus),
        ),
        solution=work(line, f"{n} + {plus}", str(n + plus)),
        wrong=slips(
            n + plus,
            (Fraction(square, 3 if cube else 2) + plus, "root-as-division"),
            (n, "steps-first-only"),
            (square + plus, "root-ignored"),
        ),
    )


@template("8.EE.A.2", "square-equation", level=2, difficulty=0.2)
def square_equation(rng: Generator, interest: str) -> Draft:
    top, bottom = between(rng, 2, 20), pick(rng, (1, 1, 2, 3, 5, 7))
    if gcd(top, bottom) > 1:
        top += 1
    value = Fraction(top, bottom)
    square = value * value
    return Draft(
        prompt=T("Find all solutions of {equation}.", equation=math(f"x^2 = {tex(square)}")),
        answer=AnswerSpec("set", (typed_set((-value, value)),), variables=("x",)),
        hints=(
            T("Which numbers give {square} when multiplied by themselves?", square=math(tex(square))),
            T("A positive number and its opposite have the same square: there are two solutions."),
            T("Take the square root of {square}, and think of its opposite too.", square=math(tex(square))),
        ),
        solution=work(
            f"x^2 = {tex(square)}", rf"x = \pm\sqrt{{{tex(square)}}}", rf"x \in \{{{tex(-value)}, {tex(value)}\}}"
        ),
        wrong=slips(
            typed_set((-value, value)),
            (typed_set((value,)), "negative-root-forgotten"),
            (typed_set((-square / 2, square / 2)), "root-as-division"),
        ),
    )


@template("8.EE.A.2", "cube-equation", level=3, difficulty=0.6)
def cube_equation(rng: Generator, interest: str) -> Draft:
    x, b = nonzero(rng, -6, 10, but=(1, -1)), nonzero(rng, -30, 30)
    total = x**3 + b
    line = f"x^3 {signed(b)} = {total}"
    return Draft(
        prompt=T("Solve for {letter}: {equation}", letter=math("x"), equation=math(line)),
        answer=solution(x),
        hints=(
            T("Get {power} alone first.", power=math("x^3")),
            T("The cube root undoes the third power, and a negative number has a negative cube root."),
            T("Subtract {b} from both sides, then take the cube root.", b=b)
            if b > 0
            else T("Add {b} to both sides, then take the cube root.", b=-b),
        ),
        solution=(
            moves.given(line),
            moves.move_constant(b, f"x^3 = {x**3}"),
            T("Take the cube root: {line}", line=math(f"x = {x}")),
        ),
        wrong=slips(
            x, (-x, "sign-of-result-lost"), (Fraction(x**3, 3), "root-as-division"), (x**3, "steps-first-only")
        ),
    )


FRONTS = tuple(Fraction(n, 10) for n in range(11, 100) if n % 10)


@template("8.EE.A.3", "write", level=1, difficulty=-0.3)
def write_scientific(rng: Generator, interest: str) -> Draft:
    front, exponent = pick(rng, FRONTS), nonzero(rng, -6, 8, but=(1, -1))
    value = shown(front * Fraction(10) ** exponent)
    return Draft(
        prompt=T("Write in scientific notation: {number}", number=math(value)),
        answer=AnswerSpec("number", (typed_ten(front, exponent),), form="scientific"),
        hints=(
            T("Where does the decimal point have to go so that one digit (not zero) stands before it?"),
            SCIENTIFIC,
            T(
                "Count by how many places the point moves. Large numbers have a positive exponent, small ones a "
                "negative one."
            ),
        ),
        solution=work(value, times_ten(front, exponent)),
        wrong=slips(
            typed_ten(front, exponent),
            (typed_ten(front, -exponent), "exponent-sign-wrong"),
            (typed_ten(front, exponent + 1), "dec-point-off"),
        ),
    )


@template("8.EE.A.3", "standard", level=2, difficulty=0.0)
def write_standard(rng: Generator, interest: str) -> Draft:
    front, exponent = pick(rng, FRONTS), nonzero(rng, -6, 8, but=(1, -1))
    value = front * Fraction(10) ** exponent
    return Draft(
        prompt=T("Write without a power of 10: {number}", number=math(times_ten(front, exponent))),
        answer=number_key(decimal(value), form="decimal"),
        hints=(
            T("Will the number be large or smaller than 1?"),
            T("A positive exponent moves the decimal point to the right, a negative one to the left."),
            T("Move the decimal point by {places} places.", places=abs(exponent)),
        ),
        solution=work(times_ten(front, exponent), shown(value)),
        wrong=slips(
            decimal(value),
            (decimal(front * Fraction(10) ** -exponent), "exponent-sign-wrong"),
            (decimal(value * 10), "dec-point-off"),
        ),
    )


@template("8.EE.A.3", "times-as-large", level=3, difficulty=0.6)
def times_as_large(rng: Generator, interest: str) -> Draft:
    small, times = pick(rng, ((2, 2), (2, 3), (2, 4), (3, 2), (3, 3), (4, 2)))
    low = between(rng, -6, 5)
    gap = between(rng, 1, 4)
    first, second = times_ten(Fraction(small * times), low + gap), times_ten(Fraction(small), low)
    value = times * 10**gap
    return Draft(
        prompt=T("How many times as large as {second} is {first}?", first=math(first), second=math(second)),
        answer=number_key(value),
        hints=(
            T("Compare the numbers in front, and compare the powers of 10."),
            T("Divide the numbers in front; subtract the exponents."),
            T(
                "Work out {front} and {exponents}.",
                front=math(rf"{small * times} \div {small}"),
                exponents=math(rf"{ten(low + gap)} \div {ten(low)}"),
            ),
        ),
        solution=work(rf"\frac{{{first}}}{{{second}}}", rf"{times} \times 10^{gap}", str(value)),
        wrong=slips(
            value,
            (times, "power-of-ten-ignored"),
            (times * gap, "exponent-as-factor"),
            (small * (times - 1) * 10**gap, "compare-additive"),
        ),
    )
