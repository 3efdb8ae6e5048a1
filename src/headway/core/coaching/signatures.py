"""A value that is equal for lines that say the same, so that many predictions are compared with one line at once."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra, NotAlgebra, rational
from headway.core.coaching.equations import alternatives, as_product, is_system
from headway.core.coaching.polynomials import Poly
from headway.core.coaching.solutions import is_statement
from headway.core.coaching.systems import conjunction, echelon
from headway.core.coaching.tree import Add, Expr, Group, Neg, Relation, Words, names
from headway.core.coaching.work import NoValue, TooHard, Work

Signature = tuple[object, ...]
NONE: Final[Signature] = ()
"""The signature of what has none: it is equal to nothing, not even to itself."""


def signature(expr: Expr, work: Work | None = None) -> Signature:
    """The signature of a value, an equation, an inequality or a system; :data:`NONE` when there is no exact one."""
    work = work or Work(20_000)
    try:
        if isinstance(expr, Words):
            return ("words", expr.text.casefold())
        if is_statement(expr):
            return _statement(expr, work)
        if isinstance(expr, Group):
            inside = tuple(signature(item, work) for item in expr.items)
            return NONE if NONE in inside else ("group", expr.opening, *inside)
        value = rational(expr) if not names(expr) else None
        if value is not None:
            return ("number", value)
        algebra = Algebra(work)
        return ("expression", algebra.key(algebra.ratio(expr)))
    except (TooHard, NoValue, NotAlgebra, ZeroDivisionError):
        return NONE


def same(first: Signature, second: Signature) -> bool:
    return bool(first) and first == second


def _statement(expr: Expr, work: Work) -> Signature:
    algebra = Algebra(work)
    if not names(expr):
        return _comparison(expr)
    if is_system(expr):
        rows = echelon(conjunction(expr) or [], work) if conjunction(expr) else None
        return ("system", rows) if rows is not None else NONE
    equations = alternatives(expr)
    if equations is not None:
        top = algebra.cancel(algebra.ratio(as_product(equations))).top
        return ("equation", p.text_of(_primitive(top, sign=True)))
    if isinstance(expr, Relation) and len(expr.sides) == 2 and expr.signs[0] in ("<", "<=", ">", ">="):
        left, right = expr.sides if expr.signs[0][0] == "<" else expr.sides[::-1]
        ratio = algebra.cancel(algebra.ratio(Add((left, Neg(right)))))
        if ratio.bottom.keys() == {()}:
            top = p.scale(ratio.top, 1 / Fraction(ratio.bottom[()]))
            return ("inequality", expr.signs[0].replace(">", "<"), p.text_of(_primitive(top, sign=False)))
    return NONE


def _primitive(poly: Poly, *, sign: bool) -> Poly:
    if not poly:
        return poly
    unit = p.content(poly)
    return p.scale(poly, (-1 if sign and p.leading(poly) < 0 else 1) / unit)


def _comparison(expr: Expr) -> Signature:
    """Numbers with a sign between: what was written, not whether it is true."""
    if not isinstance(expr, Relation) or len(expr.sides) != 2:
        return NONE
    values = [rational(side) for side in expr.sides]
    if None in values:
        return NONE
    sign = expr.signs[0]
    if sign[0] == ">":
        sign, values = sign.replace(">", "<"), values[::-1]
    return ("comparison", sign, *values)
