"""Forms: the same writing up to trivial change, and the ways of writing that a question can ask for."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from headway.core.coaching.tree import (
    Add,
    Call,
    Const,
    Div,
    Expr,
    Group,
    Logic,
    Matrix,
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
    contains,
    names,
)  # fmt: skip

Shape = tuple[object, ...]
_ZERO: Shape = ("num", Fraction(0))


def shape(expr: Expr) -> Shape:
    """Return a value that is equal for trees that differ only trivially.

    Trivial: the order of terms and factors, brackets that change nothing, ``a - b`` for ``a + (-b)``, a double
    minus, a factor 1, a term 0, ``x/y`` for ``x * (1/y)``. Nothing is computed: ``2*3`` and ``6`` differ, and so do
    ``2(x+1)`` and ``2x+2``.
    """
    match expr:
        case Num(value):
            return ("num", value)
        case Add() | Neg():
            return _sum(expr)
        case Mul() | Div():
            return _product(expr)
        case Pow(base, exponent):
            return ("pow", shape(base), shape(exponent))
        case Root(radicand, degree):
            return ("root", shape(radicand), shape(degree) if degree is not None else ("num", Fraction(2)))
        case Group("[", (item,), "]"):
            return shape(item)
        case Call(name, args):
            return ("call", name, *map(shape, args))
        case Relation(signs, sides):
            return _relation(signs, sides)
        case Logic(word, parts):
            return (word, *sorted(map(shape, parts), key=repr))
        case Group(opening, items, closing):
            inside = sorted(map(shape, items), key=repr) if opening == "{" else list(map(shape, items))
            return ("group", opening, closing, *inside)
        case Matrix(rows):
            return ("matrix", *(tuple(map(shape, row)) for row in rows))
        case PlusMinus(left, right):
            return ("±", None if left is None else shape(left), shape(right))
        case Percent(arg):
            return ("%", shape(arg))
        case Mixed(whole, top, bottom):
            return ("mixed", whole, top, bottom)
        case Sym(name) | Const(name):
            return ("name", name)
        case _:
            return ("other", repr(expr))


def _relation(signs: tuple[str, ...], sides: tuple[Expr, ...]) -> Shape:
    """Keep the sides where they are, but write ``>`` as ``<`` turned round."""
    if all(sign in (">", ">=") for sign in signs):
        signs, sides = tuple(sign.replace(">", "<") for sign in reversed(signs)), tuple(reversed(sides))
    return ("relation", signs, *map(shape, sides))


def _sum(expr: Expr) -> Shape:
    terms: list[Shape] = []
    _collect(expr, 1, terms)
    kept = [term for term in terms if term not in (_ZERO, ("minus", _ZERO))] or terms[:1]
    return kept[0] if len(kept) == 1 else ("sum", *sorted(kept, key=repr))


def _collect(expr: Expr, sign: int, terms: list[Shape]) -> None:
    match expr:
        case Add(parts) if sign == 1:
            for part in parts:
                _collect(part, 1, terms)
        case Neg(arg):
            _collect(arg, -sign, terms)
        case _:
            terms.append(_signed(shape(expr), sign))


def _signed(core: Shape, sign: int) -> Shape:
    if sign == 1:
        return core
    return core[1] if core[0] == "minus" and isinstance(core[1], tuple) else ("minus", core)


def _product(expr: Expr) -> Shape:
    factors: list[Shape] = []
    sign = _factors(expr, factors)
    kept = [f for f in factors if f != ("num", Fraction(1))] or factors[:1]
    core: Shape = kept[0] if len(kept) == 1 else ("product", *sorted(kept, key=repr))
    return _signed(core, sign)


def _factors(expr: Expr, found: list[Shape]) -> int:
    """Collect the factors of a product and return its sign."""
    match expr:
        case Mul(parts):
            sign = 1
            for part in parts:
                sign *= _factors(part, found)
            return sign
        case Div(top, bottom):
            sign = _factors(top, found)
            under: list[Shape] = []
            sign *= _factors(bottom, under)
            if under == [("num", Fraction(1))]:
                return sign
            found.append(("inverse", under[0] if len(under) == 1 else ("product", *sorted(under, key=repr))))
            return sign
        case Neg(arg):
            return -_factors(arg, found)
        case _:
            found.append(shape(expr))
            return 1


def unsigned(expr: Expr) -> Expr:
    while isinstance(expr, Neg):
        expr = expr.arg
    return expr


def has_form(expr: Expr, form: str) -> bool:
    """Whether ``expr`` is written in ``form`` (see AnswerSpec). An unknown form is always met."""
    test = _FORMS.get(form)
    return test is None or test(expr)


def _simplest_fraction(expr: Expr) -> bool:
    match unsigned(expr):
        case Num(value, text):
            return value.denominator == 1 and "." not in text
        case Div(top, bottom):
            match unsigned(top), bottom:
                case Num(a), Num(b):
                    whole = a.denominator == 1 and b.denominator == 1
                    return whole and b > 1 and gcd(int(a), int(b)) == 1
            return False
        case _:
            return False


def _mixed(expr: Expr) -> bool:
    match unsigned(expr):
        case Mixed(_, top, bottom):
            return 0 < top < bottom and gcd(top, bottom) == 1
        case Num(value):
            return value.denominator == 1
        case Div(Num(a), Num(b)):
            return a < b and gcd(int(a), int(b)) == 1
        case _:
            return False


def _decimal(expr: Expr) -> bool:
    return isinstance(unsigned(expr), Num)


def _fraction(expr: Expr) -> bool:
    match unsigned(expr):
        case Div(top, Num(b, text)):
            return isinstance(unsigned(top), Num) and b > 0 and text.isdigit()
        case _:
            return False


def _scientific(expr: Expr) -> bool:
    match unsigned(expr):
        case Mul((Num(value), Pow(Num(ten), exponent))):
            whole = isinstance(unsigned(exponent), Num)
            return 1 <= value < 10 and ten == 10 and whole
        case Num(_, text) if "E" in text:
            return 1 <= Fraction(text.split("E")[0]) < 10
        case _:
            return False


def _expanded(expr: Expr) -> bool:
    """No sum stands in a product or under a whole power, and like terms are collected."""
    terms = expr.terms if isinstance(expr, Add) else (expr,)
    seen: set[tuple[Shape, ...]] = set()
    for term in terms:
        core = unsigned(term)
        if contains(core, Add) and not isinstance(core, (Root, Call)):
            return False
        found: list[Shape] = []
        _factors(core, found)
        letters = tuple(sorted((f for f in found if f[0] != "num" and "'num'" not in repr(f)[:8]), key=repr))
        if letters in seen:
            return False
        seen.add(letters)
    return True


def _factored(expr: Expr) -> bool:
    """A product (or a power) at the top; whether it is factored as far as the key is compared by value and count."""
    core = unsigned(expr)
    if isinstance(core, Div):
        core = core.top
    if isinstance(core, Add):
        return False
    return isinstance(core, (Mul, Pow, Sym)) or not names(core)


_FORMS = {
    "simplest-fraction": _simplest_fraction,
    "fraction": _fraction,
    "mixed": _mixed,
    "decimal": _decimal,
    "scientific": _scientific,
    "expanded": _expanded,
    "factored": _factored,
}


def factor_count(expr: Expr) -> tuple[int, bool]:
    """Return how many factors with variables a product has (powers counted), and whether one still holds a number.

    ``2(x+1)^2`` has two and holds none; ``(2x+4)(x+3)`` has two, but the first still holds a 2.
    """
    core = unsigned(expr)
    match core:
        case Mul(parts):
            counts = [factor_count(part) for part in parts]
            return sum(count for count, _ in counts), any(held for _, held in counts)
        case Div(top, bottom):
            above, below = factor_count(top), factor_count(bottom)
            return above[0] + below[0], above[1] or below[1]
        case Pow(base, Num(value)) if value.denominator == 1 and value > 0:
            count, held = factor_count(base)
            return count * int(value), held
        case Add(terms):
            return 1, gcd(*(_number_in(term) for term in terms)) > 1
        case _:
            return (1 if names(core) else 0), False


def _number_in(term: Expr) -> int:
    """The whole number that a term is a multiple of, as far as it is written."""
    match unsigned(term):
        case Num(value):
            return int(value) if value.denominator == 1 else 1
        case Mul((Num(value), *_)):
            return int(value) if value.denominator == 1 else 1
        case _:
            return 1
