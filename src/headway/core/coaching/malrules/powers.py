"""Laws of exponents and roots with letters."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import number, signed_int
from headway.core.coaching.malrules.match import plain_sums, power_of, products
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import MATZ, PINCHBACK
from headway.core.coaching.render import to_plain
from headway.core.coaching.tree import Add, Div, Expr, Mul, Neg, Num, Pow, Root, names
from headway.core.text import T

SKILLS = "8.EE.A.1 HSA-SSE.A.2"


def same_base(left: Expr, right: Expr) -> tuple[Expr, int, int] | None:
    """The common base of two powers and their exponents; at least one exponent is written."""
    a, b = power_of(left), power_of(right)
    if (
        a is None
        or b is None
        or to_plain(a[0]) != to_plain(b[0])
        or not (isinstance(left, Pow) or isinstance(right, Pow))
    ):
        return None
    m, n = signed_int(a[1]), signed_int(b[1])
    return None if m is None or n is None else (a[0], m, n)


@malrule(
    "exponents-multiplied", NAMED, ("x^3*x^4", "x^12"), PINCHBACK, SKILLS,
    T("Write both powers out as factors and count how many there are."),
    NAMED,
    "y^2*y^5", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        found = same_base(left, right)
        if found:
            yield put(Pow(found[0], number(found[1] * found[2])))


@malrule(
    "bases-multiplied", T("Bases multiplied as well"), ("2^3*2^4", "4^7"), PINCHBACK, SKILLS,
    T("How many factors are there, and what is each of them? The base does not change."),
    T("Adds the exponents but multiplies the bases too."),
    "3^2*3^3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        found = same_base(left, right)
        if found and not names(left) and isinstance(left, Pow) and isinstance(right, Pow):
            yield put(Pow(Mul((found[0], found[0])), number(found[1] + found[2])))


@malrule(
    "power-of-power-added", NAMED, ("(x^3)^4", "x^7"), PINCHBACK, SKILLS,
    T("The inner power is a factor several times. Write it out and count."),
    NAMED,
    "(y^2)^5",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Pow(Pow(base, inner), outer):
            a, b = signed_int(inner), signed_int(outer)
            if a is not None and b is not None:
                yield Pow(base, number(a + b))


@malrule(
    "exponents-divided", NAMED, ("x^8/x^2", "x^4"), PINCHBACK, SKILLS,
    T("Write both powers out and cancel. How many factors are left?"),
    NAMED,
    "y^9/y^3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = same_base(node.top, node.bottom) if isinstance(node, Div) else None
    if found and found[2] and found[1] % found[2] == 0 and found[2] > 1:
        yield Pow(found[0], number(found[1] // found[2]))


@malrule(
    "exponents-added-in-quotient", NAMED, ("x^8/x^2", "x^10"), PINCHBACK, SKILLS,
    T("Dividing takes factors away. Are there more of them now?"),
    NAMED,
    "y^7/y^3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    found = same_base(node.top, node.bottom) if isinstance(node, Div) else None
    if found:
        yield Pow(found[0], number(found[1] + found[2]))


@malrule(
    "exponents-added-in-sum", T("Exponents added in a sum"), ("x^2+x^3", "x^5"), MATZ, SKILLS,
    T("Exponents are added when powers are multiplied. Here they are added."),
    T("Adds the exponents of powers that are added."),
    "y^3+y^4",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in plain_sums(node):
        found = same_base(left, right)
        if found:
            yield put(Pow(found[0], number(found[1] + found[2])))


@malrule(
    "power-over-sum", T("Power spread over a sum"), ("(x+3)^2", "x^2+9"), MATZ, "HSA-APR.A.1 HSA-SSE.A.2",
    T("Squaring a sum means the sum times itself. Multiply it out: some products are missing."),
    T("Raises each term of a sum on its own, so the middle terms are missing."),
    "(x+5)^2", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Pow(Add(terms), Num(value, _) as exponent) if value.denominator == 1 and value > 1 and names(node):
            raised = [Neg(Pow(t.arg, exponent)) if isinstance(t, Neg) else Pow(t, exponent) for t in terms]
            yield Add(tuple(raised))


@malrule(
    "square-as-difference", NAMED, ("(z-4)^2", "(z-4)(z+4)"), PINCHBACK,
    "HSA-APR.A.1 HSA-SSE.A.2",
    T("Squaring means the same factor twice, with the same sign in both."),
    NAMED,
    "(x+6)^2", weight=1.6,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Pow(Add((first, second)), Num(value)) if value == 2 and names(node):
            other = second.arg if isinstance(second, Neg) else Neg(second)
            yield Mul((Add((first, second)), Add((first, other))))


@malrule(
    "root-of-sum", NAMED, ("sqrt(9+16)", "7"), MATZ, "8.EE.A.2 8.G.B.7",
    T("Work out what stands under the root first, then take the root."),
    NAMED,
    "sqrt(36+64)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Root(Add(terms), None):
            yield Add(tuple(Neg(Root(t.arg)) if isinstance(t, Neg) else Root(t) for t in terms))


@malrule(
    "like-roots-combined", NAMED, ("sqrt(9)+sqrt(16)", "sqrt(25)"), MATZ, "HSN-RN.A.2",
    T("Take each root by itself. Roots are not added under one root sign."),
    NAMED,
    "sqrt(4)+sqrt(25)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in plain_sums(node):
        if isinstance(left, Root) and isinstance(right, Root) and left.degree is None and right.degree is None:
            yield put(Root(Add((left.radicand, right.radicand))))
