"""Algebra I: what a rational exponent means (HSN-RN.A.1)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from numpy.random import Generator

from headway.core.curriculum.generators import moves
from headway.core.curriculum.generators.algebra import power, ratio_tex, slips, solution, tex, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, pick
from headway.core.text import T, math

MEANING = T(
    "{power} is the number whose power with exponent {n} is {a}: the root.",
    power=math(r"a^{\frac{1}{n}}"),
    n=math("n"),
    a=math("a"),
)
POWER = T("A power of a power multiplies the exponents; a product of powers of the same base adds them.")
PARTS = tuple((m, n) for n in range(2, 8) for m in range(1, 10) if gcd(m, n) == 1)


def root(index: int, inside: str) -> str:
    """LaTeX of a root."""
    return rf"\sqrt{{{inside}}}" if index == 2 else rf"\sqrt[{index}]{{{inside}}}"


@template("HSN-RN.A.1", "root-to-exponent", level=1, difficulty=0.3)
def root_to_exponent(rng: Generator, interest: str) -> Draft:
    (m, n), var = pick(rng, PARTS), pick(rng, "xab")
    line = root(n, power(var, m))
    key = Fraction(m, n)
    return Draft(
        prompt=T(
            "Find the exponent {k} for which {root} equals {power}, for positive {letter}.",
            k=math("k"),
            root=math(line),
            power=math(f"{var}^k"),
            letter=math(var),
        ),
        answer=solution(key, "k"),
        hints=(
            T("Which part of the exponent comes from the root, and which from the power inside?"),
            MEANING,
            T("The power inside the root goes on top of the exponent, the kind of root below."),
        ),
        solution=work(
            rf"{line} = \left({power(var, m)}\right)^{{\frac{{1}}{{{n}}}}}",
            rf"k = {m} \cdot \frac{{1}}{{{n}}}",
            f"k = {tex(key)}",
        ),
        wrong=slips(
            key,
            (Fraction(n, m), "exponent-turned-over"),
            (m - n, "exponents-added-in-quotient"),
            (m * n, "exponents-multiplied"),
        ),
    )


@template("HSN-RN.A.1", "power-of-power", level=2, difficulty=0.6)
def power_of_power(rng: Generator, interest: str) -> Draft:
    m, n = pick(rng, PARTS)
    base = pick(rng, (2, 3, 5, 6, 7, 10))
    key = Fraction(m, n)
    return Draft(
        prompt=T(
            "Find the number {k} for which {equation}.",
            k=math("k"),
            equation=math(rf"\left({base}^k\right)^{n} = {power(str(base), m) if m > 1 else f'{base}^1'}"),
        ),
        answer=solution(key, "k"),
        hints=(
            T("Both sides are powers of the same base. What about their exponents?"),
            POWER,
            T("Solve {equation}.", equation=math(f"{n}k = {m}")),
        ),
        solution=(
            T("The exponents are equal: {line}", line=math(f"{n}k = {m}")),
            moves.divide_both(n, f"k = {tex(key)}"),
        ),
        wrong=slips(
            key, (m - n, "power-of-power-added"), (Fraction(n, m), "exponent-turned-over"), (m * n, "inverse-not-used")
        ),
    )


@template("HSN-RN.A.1", "product", level=3, difficulty=1.0)
def product_of_roots(rng: Generator, interest: str) -> Draft:
    a = between(rng, 2, 6)
    m, b = pick(rng, [part for part in PARTS if part[0] < 5 and part[1] != a])
    var = pick(rng, "xab")
    key = Fraction(1, a) + Fraction(m, b)
    common = lcm(a, b)
    line = rf"{root(a, var)} \cdot {root(b, power(var, m))}"
    return Draft(
        prompt=T(
            "Find the exponent {k} for which {product} equals {power}, for positive {letter}.",
            k=math("k"),
            product=math(line),
            power=math(f"{var}^k"),
            letter=math(var),
        ),
        answer=solution(key, "k"),
        hints=(
            T("Write both roots as powers with a fraction for the exponent."),
            POWER,
            T(
                "Add the exponents {first} and {second}.",
                first=math(rf"\frac{{1}}{{{a}}}"),
                second=math(ratio_tex(m, b)),
            ),
        ),
        solution=work(
            rf"k = \frac{{1}}{{{a}}} + {ratio_tex(m, b)}",
            rf"k = {ratio_tex(common // a, common)} + {ratio_tex(m * common // b, common)}",
            f"k = {tex(key)}",
        ),
        wrong=slips(
            key,
            (Fraction(1, a) * Fraction(m, b), "exponents-multiplied"),
            (Fraction(1 + m, a + b), "frac-adds-both"),
            (a + Fraction(b, m), "exponent-turned-over"),
        ),
    )
