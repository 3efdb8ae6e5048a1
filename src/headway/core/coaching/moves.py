"""What a sound line did, in one sentence: "You added 12 to both sides"."""

from __future__ import annotations

from fractions import Fraction

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra, NotAlgebra, number_of, rational
from headway.core.coaching.building import from_ratio, negative, number, parts, terms_of
from headway.core.coaching.polynomials import Ratio
from headway.core.coaching.render import to_latex
from headway.core.coaching.shape import shape
from headway.core.coaching.tree import Add, Div, Expr, Group, Logic, Mul, Neg, Pow, Relation, contains, names
from headway.core.coaching.work import NoValue, TooHard, Work
from headway.core.text import NOTHING, T, Text, math


def what_was_done(before: Expr, after: Expr, work: Work) -> Text:
    """One sentence on the way from one line to the next, or nothing when no single operation explains it."""
    try:
        if isinstance(before, Relation) and isinstance(after, Relation):
            return _on_both_sides(before, after, Algebra(work))
        if isinstance(before, Relation) and isinstance(after, (Logic, Group)):
            return _split(before)
        if not isinstance(before, (Relation, Logic, Group)) and not isinstance(after, (Relation, Logic, Group)):
            return rewriting(before, after)
    except (TooHard, NoValue, NotAlgebra):
        pass
    return NOTHING


def _split(before: Relation) -> Text:
    if len(before.sides) == 2 and isinstance(before.sides[0], Mul) and rational(before.sides[1]) == 0:
        return T("You set each factor equal to zero.")
    return T("You wrote both solutions down.")


def _on_both_sides(before: Relation, after: Relation, algebra: Algebra) -> Text:
    if len(before.sides) != 2 or len(after.sides) != 2:
        return NOTHING
    first, second = ([algebra.cancel(algebra.ratio(side)) for side in r.sides] for r in (before, after))
    flipped = before.signs[0].replace("<", "g").replace(">", "<").replace("g", ">")
    if _same(first[0], second[0], algebra) and _same(first[1], second[1], algebra):
        for old, new in zip(before.sides, after.sides, strict=True):
            if shape(old) != shape(new):
                return rewriting(old, new)
        return NOTHING
    if _same(first[0], second[1], algebra) and _same(first[1], second[0], algebra):
        return T("You swapped the two sides.")
    added = [algebra.cancel(algebra.plus(new, old, -1)) for old, new in zip(first, second, strict=True)]
    if _same(added[0], added[1], algebra) and after.signs == before.signs:
        return _added(added[0])
    factors = [_quotient(new, old, algebra) for old, new in zip(first, second, strict=True)]
    factor = factors[0] if factors[0] is not None else factors[1]
    if factor is None or any(f is not None and f != factor for f in factors):
        return NOTHING
    return _multiplied(factor, after.signs == before.signs or before.signs == ("=",), after.signs[0] == flipped)


def _same(a: Ratio, b: Ratio, algebra: Algebra) -> bool:
    return algebra.is_zero(algebra.plus(a, b, -1).top)


def _quotient(new: Ratio, old: Ratio, algebra: Algebra) -> Fraction | None:
    """The number that ``old`` was multiplied by, or None when both are zero or it is no number."""
    if not old.top or not new.top:
        return None
    value = number_of(algebra.cancel(algebra.times(new, algebra.inverse(old))))
    return None if value is None else Fraction(value)


def _added(amount: Ratio) -> Text:
    tree = from_ratio(amount)
    if tree is None:
        return NOTHING
    if len(amount.top) == 1 and p.leading(amount.top) < 0:
        return T("You subtracted {amount} from both sides.", amount=math(to_latex(negative(tree))))
    return T("You added {amount} to both sides.", amount=math(to_latex(tree)))


def _multiplied(factor: Fraction, kept: bool, flipped: bool) -> Text:
    if abs(factor) < 1 or (abs(factor.numerator) == 1 and factor.denominator != 1):
        amount = math(to_latex(number(1 / factor)))
        if flipped and not kept:
            return T("You divided both sides by {amount} and turned the sign around.", amount=amount)
        return T("You divided both sides by {amount}.", amount=amount)
    amount = math(to_latex(number(factor)))
    if flipped and not kept:
        return T("You multiplied both sides by {amount} and turned the sign around.", amount=amount)
    return T("You multiplied both sides by {amount}.", amount=amount)


def rewriting(old: Expr, new: Expr) -> Text:
    """How one expression was rewritten as another of the same value."""
    if _bracketed(old) and not _bracketed(new):
        return T("You multiplied out the parentheses.")
    if names(old) and _bracketed(new) and not _bracketed(old):
        return T("You wrote it as a product.")
    if not names(old):
        return _worked_out(old, new)
    if len(terms_of(new)) < len(terms_of(old)):
        return T("You combined like terms.")
    return T("You rewrote it without changing its value.")


def _bracketed(expr: Expr) -> bool:
    match expr:
        case Mul(factors):
            return any(contains(factor, Add) for factor in factors)
        case Pow(base, _):
            return contains(base, Add)
        case Add(terms):
            return any(_bracketed(term) for term in terms)
        case Neg(arg):
            return isinstance(arg, Add) or _bracketed(arg)
        case _:
            return False


def _worked_out(old: Expr, new: Expr) -> Text:
    """Name the first part of a calculation that is no longer there."""
    if isinstance(old, Div) and isinstance(new, Div):
        a, b = rational(old.top), rational(new.top)
        if a and b and a != b:
            down = abs(b) < abs(a)
            factor = math(to_latex(number(a / b if down else b / a)))
            if down:
                return T("You divided top and bottom by {factor}.", factor=factor)
            return T("You multiplied top and bottom by {factor}.", factor=factor)
    kept = {shape(part) for _, part in parts(new)}
    for _, part in sorted(parts(old), key=lambda item: -len(item[0])):
        if isinstance(part, (Add, Mul, Div, Pow)) and shape(part) not in kept:
            return T("You worked out {part}.", part=math(to_latex(part)))
    return T("You worked it out.")
