"""Quadratic equations and factoring."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra, NotAlgebra
from headway.core.coaching.building import equation, number, signed_number
from headway.core.coaching.malrules.match import both, one_letter, relation
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import MATZ, VAIYAVUTJAMAI
from headway.core.coaching.tree import Add, Expr, Mul, Neg, Pow, Sym, contains
from headway.core.coaching.work import NoValue, TooHard
from headway.core.text import T

SKILLS = "HSA-REI.B.4b"
Coefficients = tuple[Fraction, Fraction, Fraction, Sym]


def quadratic(node: Expr) -> Coefficients | None:
    """``a x^2 + b x + c = 0`` as a, b, c and the letter, everything on the left."""
    found, letter = relation(node), one_letter(node)
    if found is None or letter is None or not contains(node, (Pow, Mul)):
        return None
    try:
        ratio = Algebra().ratio(Add((found[0], Neg(found[1]))))
    except (NotAlgebra, NoValue, TooHard):
        return None
    powers: dict[p.Monomial, int] = {(): 0, ((letter.name, 1),): 1, ((letter.name, 2),): 2}
    if ratio.bottom.keys() != {()} or not ratio.top.keys() <= powers.keys():
        return None
    values = [Fraction(0)] * 3
    for monomial, value in ratio.top.items():
        values[powers[monomial]] = Fraction(value) / Fraction(ratio.bottom[()])
    return (values[2], values[1], values[0], letter) if values[2] else None


def root(value: Fraction) -> Fraction | None:
    """The square root where it is rational."""
    if value < 0:
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if top * top == value.numerator and bottom * bottom == value.denominator else None


def solutions(found: Coefficients) -> tuple[Fraction, Fraction] | None:
    a, b, c, _ = found
    inside = root(b * b - 4 * a * c)
    return None if inside is None else ((-b + inside) / (2 * a), (-b - inside) / (2 * a))


@malrule(
    "negative-root-forgotten", NAMED, ("x^2=16", "x=4"), VAIYAVUTJAMAI, "8.EE.A.2 HSA-REI.B.4b",
    T("There is another number whose square is the same."),
    NAMED,
    "x^2=49", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = quadratic(node)
    if found and not found[1]:
        value = root(-found[2] / found[0])
        if value:
            yield equation(found[3], number(value))


@malrule(
    "second-solution-forgotten", NAMED, ("(x-2)(x-3)=0", "x=2"), VAIYAVUTJAMAI, SKILLS,
    T("A product is zero when one factor is zero or the other one is."),
    NAMED,
    "(x-4)(x+5)=0",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = quadratic(node)
    values = solutions(found) if found and found[1] else None
    if found and values and values[0] != values[1] and 0 not in values:
        for value in values:
            yield equation(found[3], number(value))


@malrule(
    "divides-by-letter", T("Divides by the letter"), ("x^2=5x", "x=5"), VAIYAVUTJAMAI, SKILLS,
    T("You divided by the letter. That loses a solution when the letter can be zero."),
    T("Divides both sides by the letter and loses the solution 0."),
    "x^2=8x", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = quadratic(node)
    if found and found[1] and not found[2]:
        yield equation(found[3], number(-found[1] / found[0]))


@malrule(
    "zero-product-misused", NAMED, ("(x-1)(x-2)=6", "x=7, x=8"), MATZ, SKILLS,
    T("Your product is not zero. Only a product that is zero tells you what a factor is."),
    NAMED,
    "(x-3)(x+1)=5", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found, letter = relation(node), one_letter(node)
    if found is None or letter is None or not isinstance(found[0], Mul) or len(found[0].factors) != 2:
        return
    value = signed_number(found[1])
    if value:
        shifts = [_shift(factor) for factor in found[0].factors]
        if shifts[0] is not None and shifts[1] is not None:
            yield both(letter, *(number(value - s) for s in shifts if s is not None))
            yield both(letter, *(number(-s) for s in shifts if s is not None))


def _shift(factor: Expr) -> Fraction | None:
    """The number in ``x + 3``; 0 for the letter alone."""
    match factor:
        case Sym():
            return Fraction(0)
        case Add((Sym(), last)):
            return signed_number(last)
        case _:
            return None


@malrule(
    "sign-lost-factoring", NAMED, ("(x+2)(x+3)=0", "x=2, x=3"), VAIYAVUTJAMAI, SKILLS,
    T("Look at the signs. Multiply your factors out, or put your number in: does it fit?"),
    NAMED,
    "(x+4)(x-7)=0", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = quadratic(node)
    values = solutions(found) if found else None
    if found and values and found[1]:
        yield both(found[3], *(number(-value) for value in sorted(set(values))))


@malrule(
    "sign-lost-in-formula", NAMED, ("x^2-3x-4=0", "x=-3+5, x=-3-5"), VAIYAVUTJAMAI, SKILLS,
    T("The formula starts with the opposite of b. Write the brackets first, then put the numbers in."),
    NAMED,
    "x^2-5x-14=0",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = quadratic(node)
    if found:
        a, b, c, letter = found
        inside = root(b * b - 4 * a * c)
        if inside and b:
            yield both(letter, number(b + inside), number(b - inside))
            yield both(letter, number(-b + inside), number(-b - inside))


@malrule(
    "formula-divisor-wrong", NAMED, ("2x^2-5x-3=0", "x=6, x=-1"), VAIYAVUTJAMAI, SKILLS,
    T("The formula divides by twice the first number. You divided by 2."),
    NAMED,
    "3x^2-10x-8=0",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = quadratic(node)
    values = solutions(found) if found and found[0] != 1 and found[1] else None
    if found and values:
        yield both(found[3], *(number(value * found[0]) for value in values))


@malrule(
    "square-halved", T("Half for the square root"), ("x^2=16", "x=8"), MATZ, "8.EE.A.2 HSA-REI.B.4b",
    T("You halved the number. Which number times itself gives it?"),
    T("Undoes a square by halving."),
    "x^2=36",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = quadratic(node)
    if found and not found[1]:
        value = -found[2] / found[0]
        if value > 0 and value != 4:
            yield equation(found[3], number(value / 2))
            yield both(found[3], number(value / 2), number(-value / 2))
