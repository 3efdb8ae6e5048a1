"""Find what a rule needs in a part of a tree: two whole numbers that are subtracted, two fractions, a term with a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from headway.core.coaching.building import fraction_parts, number, signed_number, terms_of
from headway.core.coaching.tree import Add, Call, Div, Expr, Group, Mixed, Mul, Neg, Num, Pow, Relation, Sym, names

Put = Callable[[Expr], Expr]
"""Puts a result in the place of the two operands that it came from."""


def sums(node: Expr) -> Iterator[tuple[Expr, Expr, Put]]:
    """Neighbours in a sum, each with its own sign."""
    if isinstance(node, Add):
        yield from _neighbours(node.terms, Add)


def products(node: Expr) -> Iterator[tuple[Expr, Expr, Put]]:
    """Neighbours in a product."""
    if isinstance(node, Mul):
        yield from _neighbours(node.factors, Mul)


def _neighbours(items: tuple[Expr, ...], kind: Callable[[tuple[Expr, ...]], Expr]) -> Iterator[tuple[Expr, Expr, Put]]:
    for index in range(len(items) - 1):
        before, after = items[:index], items[index + 2 :]

        def put(new: Expr, before: tuple[Expr, ...] = before, after: tuple[Expr, ...] = after) -> Expr:
            return kind((*before, new, *after)) if before or after else new

        yield items[index], items[index + 1], put


def differences(node: Expr) -> Iterator[tuple[Expr, Expr, Put]]:
    """Neighbours of which the second is subtracted: the second comes without its sign."""
    for left, right, put in sums(node):
        if isinstance(right, Neg) and not isinstance(right.arg, Neg):
            yield left, right.arg, put


def plain_sums(node: Expr) -> Iterator[tuple[Expr, Expr, Put]]:
    """Neighbours that are both added."""
    for left, right, put in sums(node):
        if not isinstance(left, Neg) and not isinstance(right, Neg):
            yield left, right, put


def whole(expr: Expr) -> int | None:
    """A whole number of at least 0 as written, or None."""
    return int(expr.text) if isinstance(expr, Num) and expr.text.isdigit() else None


Wholes = Iterator[tuple[int, int, Put]]


def whole_pairs(pairs: Iterator[tuple[Expr, Expr, Put]]) -> Wholes:
    for left, right, put in pairs:
        a, b = whole(left), whole(right)
        if a is not None and b is not None:
            yield a, b, put


def whole_differences(node: Expr) -> Wholes:
    return whole_pairs(differences(node))


def whole_sums(node: Expr) -> Wholes:
    return whole_pairs(plain_sums(node))


def whole_products(node: Expr) -> Wholes:
    return whole_pairs(products(node))


def whole_quotient(node: Expr) -> tuple[int, int] | None:
    """A division of whole numbers with at least two digits above (a fraction such as 3/4 is not meant)."""
    if isinstance(node, Div):
        a, b = whole(node.top), whole(node.bottom)
        if a is not None and b:
            return a, b
    return None


Parts = tuple[int, int]


def fraction_pairs(pairs: Iterator[tuple[Expr, Expr, Put]]) -> Iterator[tuple[Parts, Parts, Put]]:
    for left, right, put in pairs:
        a, b = fraction_parts(left), fraction_parts(right)
        if a and b and a[0] > 0 and b[0] > 0:
            yield a, b, put


def fraction_quotient(node: Expr) -> tuple[Parts, Parts] | None:
    if isinstance(node, Div):
        a, b = fraction_parts(node.top), fraction_parts(node.bottom)
        if a and b and a[0] > 0 and b[0] > 0:
            return a, b
    return None


def fraction(top: int, bottom: int) -> Expr:
    """A fraction kept as written, not simplified."""
    if bottom < 0:
        top, bottom = -top, -bottom
    return Neg(Div(number(-top), number(bottom))) if top < 0 else Div(number(top), number(bottom))


def split_decimal(expr: Expr) -> tuple[str, str] | None:
    """Digits before and after the point of a decimal or whole number as written."""
    if not isinstance(expr, Num) or not set(expr.text) <= set("0123456789."):
        return None
    before, _, after = expr.text.partition(".")
    return before or "0", after


def typed(text: str) -> Expr:
    """A decimal from its digits: ``"0.12"``."""
    return Num(Fraction(text), text)


def decimal_pairs(pairs: Iterator[tuple[Expr, Expr, Put]]) -> Iterator[tuple[tuple[str, str], tuple[str, str], Put]]:
    """Pairs of which at least one has a point."""
    for left, right, put in pairs:
        a, b = split_decimal(left), split_decimal(right)
        if a and b and (a[1] or b[1]):
            yield a, b, put


def signed_pairs(pairs: Iterator[tuple[Expr, Expr, Put]]) -> Iterator[tuple[Fraction, Fraction, Put]]:
    for left, right, put in pairs:
        a, b = signed_number(left), signed_number(right)
        if a is not None and b is not None:
            yield a, b, put


def mixed(expr: Expr) -> tuple[int, int, int] | None:
    """Whole, top and bottom of a mixed number."""
    return (expr.whole, expr.top, expr.bottom) if isinstance(expr, Mixed) else None


def mixed_or_whole(expr: Expr) -> tuple[int, int, int] | None:
    value = whole(expr)
    return mixed(expr) if value is None else (value, 0, 1)


def as_mixed(whole_part: int, top: int, bottom: int) -> Expr:
    """A mixed number from its parts as a sum where the fraction is not proper."""
    if top == 0:
        return number(whole_part)
    if whole_part == 0 or not 0 < top < bottom or whole_part < 0:
        return Add((number(whole_part), fraction(top, bottom)))
    return Mixed(whole_part, top, bottom)


def relation(node: Expr, signs: str = "=") -> tuple[Expr, Expr] | None:
    """The two sides of an equation (or of an inequality, with ``signs="<"``)."""
    if not isinstance(node, Relation) or len(node.sides) != 2:
        return None
    equal = node.signs == ("=",)
    return node.sides if equal == (signs == "=") and node.signs[0] not in ("!=", "in") else None


def letter_term(expr: Expr) -> tuple[Fraction, Sym] | None:
    """A number times a letter: ``3x``, ``-x``, ``x/4``, ``2/3 x``."""
    match expr:
        case Sym():
            return Fraction(1), expr
        case Neg(arg):
            inner = letter_term(arg)
            return None if inner is None else (-inner[0], inner[1])
        case Mul((factor, Sym() as letter)):
            value = coefficient(factor)
            return None if value is None else (value, letter)
        case Div(top, bottom):
            inner, below = letter_term(top), signed_number(bottom)
            return None if inner is None or not below else (inner[0] / below, inner[1])
        case _:
            return None


def coefficient(expr: Expr) -> Fraction | None:
    parts = fraction_parts(expr)
    return Fraction(*parts) if parts else signed_number(expr)


def scaled(value: Fraction | int, letter: Expr) -> Expr:
    """``value`` times a letter, as written in school."""
    value = Fraction(value)
    if value < 0:
        return Neg(scaled(-value, letter))
    return letter if value == 1 else Mul((number(value), letter))


def linear_side(expr: Expr) -> tuple[list[tuple[Fraction, Sym]], list[Fraction], bool]:
    """Terms with a letter and numbers of a sum; False in third place when it holds anything else."""
    letters: list[tuple[Fraction, Sym]] = []
    numbers: list[Fraction] = []
    for term in terms_of(expr):
        found, value = letter_term(term), coefficient(term)
        if value is not None:
            numbers.append(value)
        elif found is not None:
            letters.append(found)
        else:
            return letters, numbers, False
    return letters, numbers, True


def one_letter(expr: Expr) -> Sym | None:
    found = names(expr)
    return Sym(next(iter(found))) if len(found) == 1 else None


def bracketed(node: Expr) -> Iterator[tuple[Expr, tuple[Expr, ...]]]:
    """A factor in front of a bracket with a sum: ``3(x-4)``; a minus alone counts as the factor -1."""
    match node:
        case Mul((factor, Add(terms))) if not isinstance(factor, Add):
            yield factor, terms
        case Mul((Add(terms), factor)) if not isinstance(factor, Add):
            yield factor, terms


def times(factor: Expr, term: Expr) -> Expr:
    """A product written down, numbers worked out, one minus sign in front."""
    if isinstance(term, Neg):
        inner = times(factor, term.arg)
        return inner.arg if isinstance(inner, Neg) else Neg(inner)
    if isinstance(factor, Neg):
        inner = times(factor.arg, term)
        return inner.arg if isinstance(inner, Neg) else Neg(inner)
    a = coefficient(factor)
    if a is not None:
        b, found = coefficient(term), letter_term(term)
        if b is not None:
            return number(a * b)
        if found is not None:
            return scaled(a * found[0], found[1])
    return Mul((factor, term))


def power_of(expr: Expr) -> tuple[Expr, Expr] | None:
    """Base and exponent; a letter alone is to the first power."""
    match expr:
        case Pow(base, exponent):
            return base, exponent
        case Sym():
            return expr, number(1)
        case _:
            return None


def call(node: Expr, name: str) -> tuple[Expr, Expr] | None:
    """The two arguments of a task in words."""
    if isinstance(node, Call) and node.name == name and len(node.args) == 2:
        return node.args[0], node.args[1]
    return None


def both(letter: Expr, *values: Expr) -> Expr:
    """Several solutions: ``x = 2, x = 3``."""
    found = tuple(Relation(("=",), (letter, value)) for value in values)
    return found[0] if len(found) == 1 else Group("", found, "")
