"""Whether two answers are the same: exactly where that can be decided."""

from __future__ import annotations

from fractions import Fraction

from headway.core.coaching.algebra import Algebra, NotAlgebra, rational
from headway.core.coaching.parser import parse
from headway.core.coaching.shape import shape
from headway.core.coaching.tokens import Reading
from headway.core.coaching.tree import Expr, ParseError, Relation, Sym
from headway.core.coaching.work import NoValue, TooHard, Work
from headway.core.curriculum.problems import AnswerKind, Strictness


def equivalent(
    a: str,
    b: str,
    *,
    strictness: Strictness = "equivalent",
    kind: AnswerKind = "expression",
    tolerance: float = 0.0,
    variables: tuple[str, ...] = (),
) -> bool | None:
    """Return whether two typed answers are the same, or None when that cannot be judged (or read)."""
    reading = Reading(variables=variables, separator=kind in ("list", "coordinate", "interval", "set"))
    first, second = parse(a, reading), parse(b, reading)
    if isinstance(first, ParseError) or isinstance(second, ParseError):
        return None
    return judge(first, second, kind=kind, strictness=strictness, tolerance=tolerance)


def judge(
    key: Expr,
    given: Expr,
    *,
    kind: AnswerKind = "expression",
    strictness: Strictness = "equivalent",
    tolerance: float = 0.0,
) -> bool | None:
    """Return whether ``given`` is the same answer as ``key``; None when it cannot be judged."""
    if strictness == "exact":
        return key == given
    if strictness == "form":
        return shape(key) == shape(given)
    if kind in ("number", "expression"):
        key, given = _bare(key, given), _bare(given, key)
    if kind == "number" or tolerance:
        left, right = rational(key), rational(given)
        if left is not None and right is not None:
            return abs(left - right) <= Fraction(tolerance)
    return same_value(key, given, Work())


def _bare(expr: Expr, other: Expr) -> Expr:
    """Take ``x =`` off an answer when the other side has none: ``x=3`` answers "what is x?"."""
    if isinstance(expr, Relation) and not isinstance(other, Relation) and expr.signs == ("=",):
        left, right = expr.sides
        if isinstance(left, Sym):
            return right
    return expr


def same_value(first: Expr, second: Expr, work: Work) -> bool | None:
    """Return whether two expressions are equal wherever both have a value; None when it cannot be judged."""
    if first == second:
        return True
    try:
        return Algebra(work).equal(first, second)
    except (NotAlgebra, NoValue, TooHard):
        return None
