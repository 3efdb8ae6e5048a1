"""The value of a power, and the signs in it."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import number, signed_int, signed_number
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, CENGIZ, MATZ, PINCHBACK
from headway.core.coaching.tree import Div, Expr, Mul, Neg, Num, Pow, Root
from headway.core.text import T

SKILLS = "6.EE.A.1 8.EE.A.1"


def numeric_power(node: Expr) -> tuple[Expr, int] | None:
    """Base and whole exponent of a power of a number."""
    if isinstance(node, Pow) and signed_number(node.base) is not None:
        exponent = signed_int(node.exponent)
        if exponent is not None:
            return node.base, exponent
    return None


@malrule(
    "exponent-as-factor", NAMED, ("5^3", "15"), ASHLOCK, SKILLS,
    T("The exponent says how many times the base is a factor. It is not a factor itself."),
    NAMED,
    "4^3", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = numeric_power(node)
    if found and found[1] > 1:
        yield Mul((found[0], number(found[1])))


@malrule(
    "exponent-as-addend", NAMED, ("5^3", "8"), ASHLOCK, SKILLS,
    T("The exponent is not added. It says how many times the base is a factor."),
    NAMED,
    "6^3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = numeric_power(node)
    value = signed_number(found[0]) if found else None
    if found and found[1] > 1 and value is not None:
        yield number(value + found[1])


@malrule(
    "one-factor-short", NAMED, ("5^4", "125"), ASHLOCK, SKILLS,
    T("Count how many times the base is a factor."),
    NAMED,
    "3^5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = numeric_power(node)
    if found and found[1] > 2:
        yield Pow(found[0], number(found[1] - 1))


@malrule(
    "base-exponent-swapped", NAMED, ("5^3", "243"), ASHLOCK, SKILLS,
    T("Which number is the base, and which one says how often?"),
    NAMED,
    "2^5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = numeric_power(node)
    base = signed_int(found[0]) if found else None
    if found and base is not None and 1 < base < 12 and found[1] > 1:
        yield Pow(number(found[1]), number(base))


@malrule(
    "exponent-zero-is-zero", T("To the power of 0 is 0"), ("5^0", "0"), CENGIZ, "8.EE.A.1",
    T("Go down the powers of any number by dividing. What comes after the first power?"),
    T("Takes a power with exponent 0 for 0."),
    "7^0",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Pow) and signed_int(node.exponent) == 0:
        yield number(0)


@malrule(
    "exponent-zero-is-base", T("To the power of 0 is the base"), ("5^0", "5"), CENGIZ, "8.EE.A.1",
    T("Go down the powers of the base by dividing. What comes after the first power?"),
    T("Takes a power with exponent 0 for the base, as if the exponent were not there."),
    "8^0",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Pow) and signed_int(node.exponent) == 0:
        yield node.base


@malrule(
    "negative-exponent-negative-value", NAMED, ("5^-2", "-25"), CENGIZ, "8.EE.A.1",
    T("A negative exponent means dividing, not a negative number."),
    NAMED,
    "2^-3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Pow):
        exponent = signed_int(node.exponent)
        if exponent is not None and exponent < 0:
            yield Neg(Pow(node.base, number(-exponent)))


@malrule(
    "negative-exponent-ignored", NAMED, ("5^-2", "25"), CENGIZ, "8.EE.A.1",
    T("Look at the sign of the exponent. What does it change?"),
    NAMED,
    "2^-4",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Pow):
        exponent = signed_int(node.exponent)
        if exponent is not None and exponent < 0:
            yield Pow(node.base, number(-exponent))


@malrule(
    "negative-exponent-as-ten", T("Negative exponent as a power of ten"), ("5^-2", "5*10^-2"), CENGIZ, "8.EE.A.1",
    T("You brought in a power of ten. A negative exponent divides by the base itself."),
    T("Writes the base times ten to the negative exponent."),
    "3^-2",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = numeric_power(node)
    if found and found[1] < 0 and signed_int(found[0]) != 10:
        yield Mul((found[0], Pow(number(10), number(found[1]))))


@malrule(
    "negative-exponent-as-product", T("Negative exponent as a factor"), ("5^-2", "-10"), CENGIZ, "8.EE.A.1",
    T("You multiplied by the exponent. A negative exponent divides by the base."),
    T("Multiplies the base by a negative exponent."),
    "4^-3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = numeric_power(node)
    if found and found[1] < 0:
        yield Mul((found[0], number(found[1])))


@malrule(
    "sign-in-power", NAMED, ("-3^2", "9"), CENGIZ, "7.NS.A.2 8.EE.A.1",
    T("Does the exponent belong to the minus sign as well? Parentheses decide."),
    NAMED,
    "(-5)^2",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Neg(Pow(base, exponent)) if (signed_int(exponent) or 0) > 1:
            yield Pow(Neg(base), exponent)
        case Pow(Neg(base), exponent) if (signed_int(exponent) or 0) > 1 and (signed_int(exponent) or 0) % 2 == 0:
            yield Neg(Pow(base, exponent))


@malrule(
    "coefficient-not-raised", T("Number in front not raised"), ("(2x)^3", "2x^3"), PINCHBACK, "8.EE.A.1 HSA-SSE.A.2",
    T("The exponent belongs to everything in the parentheses, also to the number."),
    T("Raises the letter only and leaves the number in the parentheses as it is."),
    "(3x)^2",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Pow(Mul((Num() as front, *rest)), exponent) if rest:
            yield Mul((front, *(Pow(part, exponent) for part in rest)))
        case Pow(Div(top, bottom), exponent) if signed_number(bottom) is not None:
            yield Div(Pow(top, exponent), bottom)


@malrule(
    "root-as-division", NAMED, ("sqrt(36)", "18"), MATZ, "8.EE.A.2",
    T("A square root asks: what times itself is this number? You halved it."),
    NAMED,
    "sqrt(64)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Root(radicand, None):
            yield Div(radicand, number(2))
        case Root(radicand, Num() as degree):
            yield Div(radicand, degree)
