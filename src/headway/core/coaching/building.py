"""Make trees and take them apart: numbers, sums, products, and one part of a tree put in another's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from headway.core.coaching.polynomials import Poly, Ratio
from headway.core.coaching.tree import (
    Add,
    Call,
    Degree,
    Div,
    Expr,
    Group,
    Logic,
    Mixed,
    Mul,
    Neg,
    Num,
    Percent,
    PlusMinus,
    Pow,
    Relation,
    Root,
    Sym,
    children,
)  # fmt: skip

Path = tuple[int, ...]
"""The way from the root of a tree to one of its parts: an index into ``children`` at every level."""


def number(value: Fraction | int) -> Expr:
    """A rational number as it is written in school: ``-3``, ``5/4``."""
    value = Fraction(value)
    if value < 0:
        return Neg(number(-value))
    if value.denominator == 1:
        return Num(value, str(value.numerator))
    return Div(number(value.numerator), number(value.denominator))


def decimal(value: Fraction) -> Expr:
    """A number with a finite decimal form as a decimal, any other as a fraction."""
    if value < 0:
        return Neg(decimal(-value))
    rest, places = value.denominator, 0
    while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
        rest //= 10 if rest % 10 == 0 else (2 if rest % 2 == 0 else 5)
        places += 1
    if rest != 1 or places > 12:
        return number(value)
    if not places:
        return number(value)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    text = (digits[:-places] + "." + digits[-places:]).rstrip("0").rstrip(".")
    return Num(value, text)


def total(terms: Sequence[Expr]) -> Expr:
    """The sum of ``terms``; 0 when there are none."""
    if not terms:
        return number(0)
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def product(factors: Sequence[Expr]) -> Expr:
    """The product of ``factors``; 1 when there are none."""
    if not factors:
        return number(1)
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))


def negative(expr: Expr) -> Expr:
    """``expr`` with the other sign."""
    return expr.arg if isinstance(expr, Neg) else Neg(expr)


def equation(left: Expr, right: Expr) -> Relation:
    return Relation(("=",), (left, right))


def signed_int(expr: Expr) -> int | None:
    """The whole number that ``expr`` writes, with its sign, or None."""
    match expr:
        case Num(value, text) if text.isdigit():
            return int(value)
        case Neg(arg):
            inner = signed_int(arg)
            return None if inner is None else -inner
        case _:
            return None


def signed_number(expr: Expr) -> Fraction | None:
    """The value of a number as it is written (whole, decimal), with its sign; None for anything else."""
    match expr:
        case Num(value):
            return value
        case Neg(arg):
            inner = signed_number(arg)
            return None if inner is None else -inner
        case _:
            return None


def fraction_parts(expr: Expr) -> tuple[int, int] | None:
    """Top and bottom of a fraction of whole numbers as written, the sign in the top; None for anything else."""
    match expr:
        case Div(top, bottom):
            a, b = signed_int(top), signed_int(bottom)
            return None if a is None or b is None or b == 0 else (a, b)
        case Neg(arg):
            inner = fraction_parts(arg)
            return None if inner is None else (-inner[0], inner[1])
        case _:
            return None


def parts(expr: Expr) -> Iterator[tuple[Path, Expr]]:
    """Yield every part of a tree with the way to it, the whole first."""
    yield (), expr
    for index, child in enumerate(children(expr)):
        for path, part in parts(child):
            yield (index, *path), part


def rebuild(expr: Expr, new: Sequence[Expr]) -> Expr:
    """The same operation on other parts, which come in the order of ``children``."""
    match expr:
        case Neg():
            return Neg(new[0])
        case Percent():
            return Percent(new[0])
        case Degree():
            return Degree(new[0])
        case Add():
            return _flat(new)
        case Mul():
            return Mul(tuple(new))
        case Call(name, _):
            return Call(name, tuple(new))
        case Logic(word, _):
            return Logic(word, tuple(new))
        case Group(opening, _, closing):
            return Group(opening, tuple(new), closing)
        case Relation(signs, _):
            return Relation(signs, tuple(new))
        case Div():
            return Div(new[0], new[1])
        case Pow():
            return Pow(new[0], new[1])
        case PlusMinus(left, _):
            return PlusMinus(None if left is None else new[0], new[-1])
        case Root(_, degree):
            return Root(new[0], None if degree is None else new[1])
        case _:
            return expr


def _flat(terms: Sequence[Expr]) -> Expr:
    """A sum whose terms are no sums."""
    flat: list[Expr] = []
    for term in terms:
        flat.extend(term.terms if isinstance(term, Add) else (term,))
    return Add(tuple(flat))


def replaced(expr: Expr, path: Path, new: Expr) -> Expr:
    """The tree with the part at ``path`` replaced by ``new``."""
    if not path:
        return new
    inside = list(children(expr))
    inside[path[0]] = replaced(inside[path[0]], path[1:], new)
    return rebuild(expr, inside)


def substituted(expr: Expr, values: dict[str, Expr]) -> Expr:
    """The tree with letters replaced by trees."""
    if isinstance(expr, Sym):
        return values.get(expr.name, expr)
    inside = children(expr)
    return rebuild(expr, [substituted(child, values) for child in inside]) if inside else expr


def terms_of(expr: Expr) -> tuple[Expr, ...]:
    return expr.terms if isinstance(expr, Add) else (expr,)


def factors_of(expr: Expr) -> tuple[Expr, ...]:
    return expr.factors if isinstance(expr, Mul) else (expr,)


def from_poly(poly: Poly) -> Expr | None:
    """A polynomial in variables with rational coefficients as a tree in falling degree; None for other atoms."""
    terms: list[Expr] = []
    order = sorted(poly, key=lambda m: (-sum(Fraction(e) for _, e in m), m))
    for monomial in order:
        value = Fraction(poly[monomial])
        letters: list[Expr] = []
        for name, exponent in monomial:
            if not (name[0].isalpha() or name == "□") or "(" in name or not isinstance(exponent, int) or exponent < 1:
                return None
            letters.append(Sym(name) if exponent == 1 else Pow(Sym(name), number(exponent)))
        size = abs(value)
        core = product([*([number(size)] if size != 1 or not letters else []), *letters])
        terms.append(Neg(core) if value < 0 else core)
    return total(terms)


def from_ratio(ratio: Ratio) -> Expr | None:
    """As :func:`from_poly`, for a ratio whose bottom is a number or a polynomial."""
    top = from_poly(ratio.top)
    if top is None or ratio.bottom == {(): 1}:
        return top
    bottom = from_poly(ratio.bottom)
    return None if bottom is None else Div(top, bottom)


def mixed_value(expr: Mixed) -> Fraction:
    return expr.whole + Fraction(expr.top, expr.bottom)
