"""The order of operations."""

from __future__ import annotations

from collections.abc import Iterator

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import negative, product
from headway.core.coaching.malrules.rule import NAMED, malrule
from headway.core.coaching.malrules.sources import BLANDO, KIERAN
from headway.core.coaching.tree import Add, Div, Expr, Mul, Neg, Num, Pow
from headway.core.text import T

SKILLS = "3.OA.D.8 5.OA.A.1 6.EE.A.1 6.EE.A.2c"
Flat = list[tuple[str, Expr]]


def flat(node: Expr) -> Flat:
    """A sum of products as it stands on the line: ``5 + 6*10`` is +5, +6, *10. Empty when it is no such thing."""
    found: Flat = []
    for term in node.terms if isinstance(node, Add) else (node,):
        sign = "-" if isinstance(term, Neg) else "+"
        core = term.arg if isinstance(term, Neg) else term
        chain = _chain(core)
        found += [(sign, chain[0][1]), *chain[1:]]
    return found


def _chain(core: Expr) -> Flat:
    match core:
        case Mul(factors):
            return [*_chain(factors[0]), *(("*", f) for f in factors[1:])]
        case Div(Num(top), Num(bottom)) if top < bottom:
            return [("+", core)]
        case Div(top, bottom):
            return [*_chain(top), ("/", bottom)]
        case _:
            return [("+", core)]


def _apply(sign: str, left: Expr, right: Expr) -> Expr:
    match sign:
        case "+":
            return Add((left, right))
        case "-":
            return Add((left, Neg(right)))
        case "*":
            return Mul((left, right))
        case _:
            return Div(left, right)


@malrule(
    "order-left-to-right", NAMED, ("5+6*10", "110"), BLANDO, SKILLS,
    T("You went from left to right. Which operation comes first?"),
    NAMED,
    "20-3*4+2", weight=2.0,
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    items = flat(node) if isinstance(node, Add) and rational(node) is not None else []
    if len(items) < 3 or not any(sign in "*/" for sign, _ in items):
        return
    signs = [sign for sign, _ in items[1:]]
    total: Expr = negative(items[0][1]) if items[0][0] == "-" else items[0][1]
    for sign, part in items[1:]:
        total = _apply(sign, total, part)
    if any(a in "+-" and b in "*/" for i, a in enumerate(signs) for b in signs[i + 1 :]):
        yield total


@malrule(
    "sum-before-product", NAMED, ("20-3*4+2", "102"), BLANDO, SKILLS,
    T("You added before you multiplied. Products come first unless parentheses say otherwise."),
    NAMED,
    "30-4*5+3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    items = flat(node) if isinstance(node, Add) and rational(node) is not None else []
    groups: list[Expr] = []
    times: list[str] = []
    for index, (sign, part) in enumerate(items):
        if index == 0:
            groups.append(negative(part) if sign == "-" else part)
        elif sign in "+-":
            groups[-1] = _apply(sign, groups[-1], part)
        else:
            groups.append(part)
            times.append(sign)
    if not times or len(items) < 3:
        return
    total = groups[0]
    for sign, part in zip(times, groups[1:], strict=True):
        total = _apply(sign, total, part)
    yield total


@malrule(
    "order-parentheses-ignored", NAMED, ("4*(3+5)", "17"), KIERAN, SKILLS,
    T("The parentheses say what belongs together. Work them out first."),
    NAMED,
    "6*(2+7)",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Mul((factor, Add(terms))) if rational(node) is not None and not isinstance(factor, Add):
            yield Add((Mul((factor, terms[0])), *terms[1:]))
        case Mul((Add(terms), factor)) if rational(node) is not None and not isinstance(factor, Add):
            yield Add((*terms[:-1], _times(terms[-1], factor)))
        case Add(terms):
            for index, term in enumerate(terms):
                if isinstance(term, Neg) and isinstance(term.arg, Add) and rational(node) is not None:
                    inner = term.arg.terms
                    yield Add((*terms[:index], Neg(inner[0]), *inner[1:], *terms[index + 1 :]))


def _times(term: Expr, factor: Expr) -> Expr:
    return Neg(Mul((term.arg, factor))) if isinstance(term, Neg) else Mul((term, factor))


@malrule(
    "power-after-product", NAMED, ("2*3^2", "36"), BLANDO, "6.EE.A.1 6.EE.A.2c",
    T("The exponent belongs only to the number right in front of it."),
    NAMED,
    "3*4^2",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Mul((*first, Pow(base, exponent))) if first and rational(node) is not None:
            yield Pow(product([*first, base]), exponent)
        case Add((*first, Pow(base, exponent))) if first and rational(node) is not None:
            yield Pow(Add((*first, base)), exponent)


@malrule(
    "order-addition-before-subtraction", T("Addition before subtraction"), ("20-8+5", "7"), BLANDO, SKILLS,
    T("Plus and minus have the same rank: go from left to right."),
    T("Adds first, so that everything after the minus sign is taken away."),
    "80-75+8",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Add((first, Neg(second), third)) if not isinstance(third, Neg) and rational(node) is not None:
            if not isinstance(second, Add):
                yield Add((first, Neg(Add((second, third)))))


@malrule(
    "order-multiplication-before-division", T("Multiplication before division"), ("24/4*2", "3"), BLANDO, SKILLS,
    T("Times and divided by have the same rank: go from left to right."),
    T("Multiplies first, so that everything after the division sign is divided by."),
    "36/6*3",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Mul((Div(Num(a) as top, Num(b) as bottom), Num() as factor)) if b and (a / b).denominator == 1:
            yield Div(top, Mul((bottom, factor)))


@malrule(
    "order-right-to-left", T("Worked right to left"), ("20-8-5", "17"), BLANDO, SKILLS,
    T("Go from left to right when the operations have the same rank."),
    T("Takes the last difference first."),
    "30-12-7",
)  # fmt: skip
def _(node: Expr) -> Iterator[Expr]:
    match node:
        case Add((first, Neg(second), Neg(third))) if rational(node) is not None and not isinstance(second, Add):
            yield Add((first, Neg(Add((second, Neg(third))))))
