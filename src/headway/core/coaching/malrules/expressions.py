"""Like terms, brackets and signs in expressions with letters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.building import negative, number, product, signed_number
from headway.core.coaching.malrules.match import bracketed, letter_term, scaled, sums, times
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import ASHLOCK, BOOTH, MATZ, PAYNE, SLEEMAN
from headway.core.coaching.tree import Add, Expr, Mul, Neg, Num, Pow, Sym, names
from headway.core.text import T

DISTRIBUTE = "6.EE.A.3 7.EE.A.1 8.EE.C.7b"
COLLECT = "6.EE.A.3 6.EE.A.4 7.EE.A.1"


@malrule(
    "distributes-to-first-only", NAMED, ("3(x-4)", "3x-4"), MATZ, DISTRIBUTE,
    T("You multiplied the first term. What about the other one?"),
    NAMED,
    "5(x+2)", weight=2.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for factor, terms in bracketed(node):
        if names(node):
            yield Add((times(factor, terms[0]), *terms[1:]))


@malrule(
    "distributes-to-last-only", NAMED, ("3(x-4)", "x-12"), MATZ, DISTRIBUTE,
    T("You multiplied the last term. The factor belongs to every term in the parentheses."),
    NAMED,
    "4(x+5)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for factor, terms in bracketed(node):
        if names(node):
            yield Add((*terms[:-1], times(factor, terms[-1])))


@malrule(
    "sign-lost-distributing", NAMED, ("-(x-1)", "-x-1"), PAYNE, DISTRIBUTE,
    T("The minus belongs to everything in the parentheses. What is minus times the second term?"),
    NAMED,
    "-(x-7)", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Neg(Add(terms)) if names(node):
            yield Add((negative(terms[0]), *terms[1:]))
        case Neg(Mul((factor, Add(terms)))) if names(node) and signed_number(factor) is not None:
            yield Add((times(Neg(factor), terms[0]), *(times(factor, t) for t in terms[1:])))
        case Mul((Neg(factor), Add(terms))) if names(node) and signed_number(factor) is not None:
            yield Add((times(Neg(factor), terms[0]), *(times(factor, t) for t in terms[1:])))


@malrule(
    "minus-bracket-dropped", T("Minus in front of parentheses dropped"), ("-(x-1)", "x-1"), SLEEMAN, DISTRIBUTE,
    T("You took the parentheses away and the minus with them."),
    T("Drops the minus sign in front of parentheses."),
    "-(x+8)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Neg(Add(terms)) if names(node):
            yield Add(terms)


@malrule(
    "bracket-factor-added", T("Adds the factor"), ("3(x+4)", "x+7"), BOOTH, DISTRIBUTE,
    T("A number in front of parentheses multiplies. You added it."),
    T("Adds the factor in front of parentheses to the number inside."),
    "5(x+6)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for factor, terms in bracketed(node):
        value, last = signed_number(factor), signed_number(terms[-1])
        if value is not None and last is not None and names(node):
            yield Add((*terms[:-1], number(value + last)))


@malrule(
    "bracket-constant-added", T("Adds the factor to the number"), ("3(x+4)", "3x+7"), BOOTH, DISTRIBUTE,
    T("The first term is right. The factor multiplies the second term too; you added it."),
    T("Multiplies the letter but adds the factor to the number."),
    "6(x+3)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for factor, terms in bracketed(node):
        value, last = signed_number(factor), signed_number(terms[-1])
        if value is not None and last is not None and names(node):
            yield Add((*(times(factor, t) for t in terms[:-1]), number(value + last)))


@malrule(
    "factor-not-distributed", NAMED, ("3(x-4)", "x-4"), SLEEMAN, DISTRIBUTE,
    T("The factor in front of the parentheses has disappeared."),
    NAMED,
    "7(x+2)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for factor, terms in bracketed(node):
        if signed_number(factor) is not None and names(node):
            yield Add(terms)


@malrule(
    "unlike-terms-combined", NAMED, ("3x+4", "7x"), BOOTH, COLLECT,
    T("You put terms of different kinds together. One counts the letter, the other does not. They stay apart."),
    NAMED,
    "5x+2", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in sums(node):
        for first, second in ((left, right), (right, left)):
            term, value = letter_term(first), signed_number(second)
            if term and value is not None and value:
                yield put(scaled(term[0] + value, term[1]))
        a, b = letter_term(left), letter_term(right)
        if a and b and a[1] != b[1]:
            yield put(_joined(a[0] + b[0], a[1], b[1]))


def _joined(size: Fraction, *letters: Sym) -> Expr:
    core = product([number(abs(size)), *letters])
    return Neg(core) if size < 0 else core


@malrule(
    "like-terms-as-power", NAMED, ("3x+2x", "5x^2"), ASHLOCK, COLLECT,
    T("Count how many there are in all. The letter itself does not change when you add."),
    NAMED,
    "4x+5x", weight=1.5,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in sums(node):
        a, b = letter_term(left), letter_term(right)
        if a and b and a[1] == b[1]:
            squared = product([number(abs(a[0] + b[0])), Pow(a[1], number(2))])
            yield put(Neg(squared) if a[0] + b[0] < 0 else squared)


@malrule(
    "invisible-one-ignored", T("A letter alone counted as nothing"), ("x+5x", "5x"), PAYNE, COLLECT,
    T("How many is a letter alone? It counts as one, even when the 1 is not written."),
    T("Counts a letter without a number in front as zero of them."),
    "y+7y",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in sums(node):
        a, b = letter_term(left), letter_term(right)
        if a and b and a[1] == b[1]:
            if abs(a[0]) == 1 and abs(b[0]) != 1:
                yield put(right)
            elif abs(b[0]) == 1 and abs(a[0]) != 1:
                yield put(left)


@malrule(
    "letter-cancelled-in-difference", T("Takes the letter away"), ("4x-x", "4"), BOOTH, COLLECT,
    T("The letter alone counts as one of them. Take one away: how many are left?"),
    T("Reads 4x - x as taking the letter x away, so 4 remains."),
    "7y-y",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in sums(node):
        a, b = letter_term(left), letter_term(right)
        if a and b and a[1] == b[1] and b[0] == -1 and a[0] > 1:
            yield put(number(a[0]))


@malrule(
    "sign-of-term-lost", NAMED, ("7x-3x", "10x"), PAYNE, COLLECT,
    T("The sign in front of a term belongs to it. Look at the second term again."),
    NAMED,
    "9x-5x",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    for left, right, put in sums(node):
        a, b = letter_term(left), letter_term(right)
        if a and b and a[1] == b[1] and b[0] < 0:
            yield put(scaled(a[0] - b[0], a[1]))


@malrule(
    "product-as-sum", NAMED, ("2x*3x", "6x"), MATZ, "6.EE.A.1 8.EE.A.1",
    T("You multiplied the numbers. What is the letter times itself?"),
    NAMED,
    "4x*5x",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Mul):
        found = [part for factor in node.factors for part in (factor.factors if isinstance(factor, Mul) else (factor,))]
        numbers = [part for part in found if isinstance(part, Num)]
        letters = [part for part in found if isinstance(part, Sym)]
        if len(letters) == 2 and letters[0] == letters[1] and len(numbers) + 2 == len(found):
            yield product([*numbers, letters[0]])
