"""Products of sums, cancelling in quotients, and numbers put in for letters."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.building import number, signed_number
from headway.core.coaching.malrules.match import letter_term, products, times
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, KUCHEMANN, MATZ, PINCHBACK
from headway.core.coaching.tree import Add, Div, Expr, Mul, Neg, Num, names
from headway.core.text import T

POLYNOMIALS = "HSA-APR.A.1 HSA-SSE.A.2"


@malrule(
    "middle-terms-forgotten", NAMED, ("(x+3)(x+5)", "x^2+15"), MATZ, POLYNOMIALS,
    T("Every term of one factor meets every term of the other. Two products are missing."),
    NAMED,
    "(x+2)(x+7)", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        if (
            isinstance(left, Add)
            and isinstance(right, Add)
            and names(node)
            and len(left.terms) == len(right.terms) == 2
        ):
            yield put(Add((times(left.terms[0], right.terms[0]), _times(left.terms[1], right.terms[1]))))


def _times(a: Expr, b: Expr) -> Expr:
    if isinstance(a, Neg) != isinstance(b, Neg):
        return Neg(times(a.arg if isinstance(a, Neg) else a, b.arg if isinstance(b, Neg) else b))
    return times(a.arg if isinstance(a, Neg) else a, b.arg if isinstance(b, Neg) else b)


@malrule(
    "constants-added", NAMED, ("(x+3)(x+5)", "x^2+8x+8"), PINCHBACK, POLYNOMIALS,
    T("The last numbers are multiplied, not added."),
    NAMED,
    "(x+2)(x+7)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        if isinstance(left, Add) and isinstance(right, Add) and len(left.terms) == len(right.terms) == 2:
            (a, b), (c, d) = left.terms, right.terms
            p, q = signed_number(b), signed_number(d)
            if p is not None and q is not None and names(node):
                yield put(Add((Mul((a, c)), Mul((number(p + q), a)), number(p + q))))


@malrule(
    "cancels-one-term", T("Cancels with one term only"), ("(x+6)/6", "x"), MATZ, "6.EE.A.3 HSA-APR.D.6",
    T("The bottom divides the whole top, not just one term of it."),
    T("Cancels the denominator with one term of a sum."),
    "(x+9)/9",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Div) and isinstance(node.top, Add) and names(node.top):
        bottom = signed_number(node.bottom)
        for index, term in enumerate(node.top.terms):
            value = signed_number(term)
            if value is not None and bottom and abs(value) == bottom:
                rest = (*node.top.terms[:index], *node.top.terms[index + 1 :])
                yield rest[0] if len(rest) == 1 else Add(rest)


@malrule(
    "divides-one-term-only", NAMED, ("(6x+9)/3", "2x+9"), PINCHBACK, "6.EE.A.3 7.EE.A.1",
    T("You divided one term. The bottom belongs to every term of the top."),
    NAMED,
    "(3x+56)/2", weight=1.3,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Div) and isinstance(node.top, Add) and names(node.top):
        bottom = signed_number(node.bottom)
        if bottom:
            terms = node.top.terms
            for index, term in enumerate(terms):
                yield Add((*terms[:index], times(number(1 / bottom), term), *terms[index + 1 :]))


@malrule(
    "factors-first-term-only", NAMED, ("6x+9", "3(2x+9)"), PINCHBACK, "6.EE.A.3 7.EE.A.1",
    T("Multiply your product out again: does the second term come back?"),
    NAMED,
    "8x+12",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Add) and len(node.terms) == 2:
        term, value = letter_term(node.terms[0]), signed_number(node.terms[1])
        if term and value and term[0].denominator == value.denominator == 1:
            for d in range(2, 13):
                if term[0] % d == 0 and value % d == 0:
                    yield Mul((number(d), Add((times(number(term[0] / d), term[1]), node.terms[1]))))


@malrule(
    "substitution-as-digits", NAMED, ("3x for x=4", "34"), KUCHEMANN, "6.EE.A.2c",
    T("A number beside a letter means times. Write the times sign before you put the value in."),
    NAMED,
    "5x+2 for x=6", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        if isinstance(left, Num) and isinstance(right, Num) and left.text.isdigit() and right.text.isdigit():
            yield put(number(int(left.text + right.text)))


@malrule(
    "substitution-adds", T("Adds the number put in"), ("3x for x=4", "7"), ASHLOCK, "6.EE.A.2c",
    T("A number beside a letter means times, not plus."),
    T("Adds the number that is put in for the letter to the number in front."),
    "5x for x=9", weight=0.9,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in products(node):
        if isinstance(left, Num) and isinstance(right, Num) and left.text.isdigit() and right.text.isdigit():
            yield put(number(left.value + right.value))
