"""What one line of working says compared with the line before: the same, more, fewer or other solutions.

Statements in one unknown become exact sets of real numbers. Several linear equations become their reduced echelon
form, which is the same for systems with the same solutions and shows at once whether another equation follows.
"""

from __future__ import annotations

from typing import Literal

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra, NotAlgebra
from headway.core.coaching.building import factors_of, number, product
from headway.core.coaching.equations import alternatives, as_product, is_system, same_equation, same_system
from headway.core.coaching.equivalence import judge
from headway.core.coaching.numeric import close
from headway.core.coaching.polynomials import Poly
from headway.core.coaching.radicals import Point, points_of, points_of_system
from headway.core.coaching.realsets import ALL, Piece, Sets, combine, same_set
from headway.core.coaching.roots import NotASet, real_roots
from headway.core.coaching.systems import NEVER, conjunction, echelon
from headway.core.coaching.tree import (
    Call,
    Expr,
    Group,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Relation,
    Words,
    contains,
    names,
)  # fmt: skip
from headway.core.coaching.work import NoValue, TooHard, Work

Link = Literal["same", "same-set", "gains", "loses", "differs"]
"""``same``: equal also in how often solutions occur; ``gains``: follows, but holds for more values; ``loses``:
some of the solutions are no longer there; ``differs``: neither."""


def is_statement(expr: Expr) -> bool:
    """Whether ``expr`` says something that can be true or false."""
    if isinstance(expr, Group):
        return expr.opening in ("", "{") and all(isinstance(item, Relation) for item in expr.items)
    return isinstance(expr, (Relation, Logic))


def relate(before: Expr, after: Expr, work: Work) -> Link | None:
    """Compare two statements; None when it cannot be decided in the work allowed."""
    if before == after:
        return "same"
    letters = names(before) | names(after)
    try:
        if len(letters) <= 1:
            return _in_one_unknown(before, after, work)
        return _in_several(before, after, work)
    except (TooHard, NoValue, NotAlgebra):
        return None


def _is_equations(expr: Expr) -> bool:
    if isinstance(expr, Words):
        return True
    if isinstance(expr, Relation):
        return set(expr.signs) == {"="}
    return isinstance(expr, (Logic, Group)) and alternatives(expr) is not None


def _in_one_unknown(before: Expr, after: Expr, work: Work) -> Link | None:
    algebra = Algebra(work)
    sets = Sets(algebra)
    try:
        first, second = (_pieces(sets, expr) for expr in (before, after))
    except NotASet:
        return _as_equations(before, after, work)
    if same_set(first, second, algebra):
        return _multiplicity(before, after, work)
    if not (_is_equations(before) and _is_equations(after)) or not first or not second:
        return "differs"
    if ALL in (first, second):
        return "differs" if first == ALL else "gains"
    if same_set(combine(first, second, both=True), first, algebra):
        return "gains"
    return "loses" if same_set(combine(first, second, both=True), second, algebra) else "differs"


def _pieces(sets: Sets, expr: Expr) -> tuple[Piece, ...]:
    """The solutions in one unknown. Raises NotASet."""
    found = alternatives(expr)
    if found is not None and (len(found) > 1 or not isinstance(expr, Relation)):
        pieces: tuple[Piece, ...] = ()
        for equation in found:
            pieces = combine(pieces, _pieces(sets, equation), both=False)
        return pieces
    if isinstance(expr, Logic) and found is None:
        pieces = _pieces(sets, expr.parts[0])
        for part in expr.parts[1:]:
            pieces = combine(pieces, _pieces(sets, part), both=expr.word in ("and", "∩"))
        return pieces
    try:
        return sets.read(_simple_roots(expr))
    except NotASet:
        if isinstance(expr, Relation):
            return points_of(expr, sets.algebra)
        raise


def _simple_roots(expr: Expr) -> Expr:
    """A product that is zero, each factor once: ``(x-2)^43 = 0`` has the solutions of ``x-2 = 0``."""
    match expr:
        case Relation(("=",), (left, Num(value))) if value == 0 and isinstance(left, (Mul, Pow)):
            bases = [f.base if isinstance(f, Pow) and _whole(f.exponent) else f for f in factors_of(left)]
            return Relation(("=",), (product(bases), number(0)))
        case _:
            return expr


def _whole(expr: Expr) -> bool:
    return isinstance(expr, Num) and expr.value.denominator == 1 and expr.value > 0


def _multiplicity(before: Expr, after: Expr, work: Work) -> Link:
    first, second = alternatives(before), alternatives(after)
    if first is None or second is None:
        return "same"
    return "same-set" if same_equation(first, second, work) is False else "same"


def _as_equations(before: Expr, after: Expr, work: Work) -> Link | None:
    """Equations that no exact set can be found for: the same up to a factor, or one divides the other."""
    first, second = alternatives(_without_bars(before)), alternatives(_without_bars(after))
    if first is None or second is None:
        return None
    same = same_equation(first, second, work)
    if same:
        return "same"
    algebra = Algebra(work)
    try:
        tops = [_cleared(algebra.cancel(algebra.ratio(as_product(side))).top) for side in (first, second)]
    except (NotAlgebra, NoValue):
        return None
    if not all(p.decided(top) and _whole_powers(top) for top in tops):
        return None
    if not all(tops):
        return "differs" if same is False else None
    links: tuple[tuple[Poly, Poly, Link], ...] = ((tops[1], tops[0], "gains"), (tops[0], tops[1], "loses"))
    for longer, shorter, link in links:
        rest = p.divide_exactly(longer, shorter, work)
        if rest is not None:
            return "same-set" if _squared(longer, shorter, work) or _never_zero(rest, algebra) else link
    return "differs" if same is False else None


def _cleared(poly: Poly) -> Poly:
    """Without letters below a fraction line: solving for one letter of several divides by the others."""
    lows = {name: -e for name, e in p.common(poly).items() if e < 0}
    return p.shift(poly, lows) if lows else poly


def _whole_powers(poly: Poly) -> bool:
    return all(p.is_constant(name) or isinstance(e, int) for monomial in poly for name, e in monomial)


def _without_bars(expr: Expr) -> Expr:
    """``|u| = |v|`` says ``u = v or u = -v``."""
    match expr:
        case Relation(("=",), (Call("abs", (u,)), Call("abs", (v,)))):
            return Logic("or", (Relation(("=",), (u, v)), Relation(("=",), (u, Neg(v)))))
        case _:
            return expr


def _never_zero(poly: Poly, algebra: Algebra) -> bool:
    """Whether a polynomial in one unknown has no real root."""
    letters = {name for monomial in poly for name, _ in monomial if not p.is_constant(name)}
    if len(letters) > 1:
        return False
    try:
        return not letters or not real_roots(poly, algebra)
    except NotASet:
        return False


def _squared(longer: Poly, shorter: Poly, work: Work) -> bool:
    """Whether ``longer`` divides a power of ``shorter``: only repeated solutions came or went."""
    return p.divide_exactly(p.power(shorter, 3, work), longer, work) is not None


def _in_several(before: Expr, after: Expr, work: Work) -> Link | None:
    first, second = conjunction(before), conjunction(after)
    if first is not None and second is not None and (len(first) > 1 or len(second) > 1):
        rows, others = echelon(first, work), echelon(second, work)
        if rows is not None and others is not None:
            if rows == others:
                return "same"
            if NEVER in (rows, others):
                return "differs"
            both = echelon([*first, *second], work)
            return "gains" if both == rows else ("loses" if both == others else "differs")
        if len(first) == len(second) and same_system(list(first), list(second), work):
            return "same"
    if _many(before) or _many(after):
        return _as_points(before, after, work)
    if is_system(before) or is_system(after):
        return None
    return _as_equations(before, after, work) or _inequalities(before, after, work)


def _many(expr: Expr) -> bool:
    return any(conjunction(part) is not None and len(conjunction(part) or []) > 1 for part in _cases(expr))


def _cases(expr: Expr) -> tuple[Expr, ...]:
    return expr.parts if isinstance(expr, Logic) and expr.word == "or" else (expr,)


def _as_points(before: Expr, after: Expr, work: Work) -> Link | None:
    """Systems that are not linear: compare the points where they hold."""
    algebra = Algebra(work)
    found: list[list[Point]] = []
    try:
        for side in (before, after):
            points: list[Point] = []
            for case in _cases(side):
                points += points_of_system(conjunction(case) or [], algebra)
            found.append(points)
    except NotASet:
        return None
    first, second = found
    covered = [
        all(any(_same_point(a, b) for b in theirs) for a in ours) for ours, theirs in ((first, second), found[::-1])
    ]
    if all(covered):
        return "same-set"
    return "gains" if covered[0] and first else ("loses" if covered[1] and second else "differs")


def _same_point(a: Point, b: Point) -> bool:
    return [n for n, _ in a] == [n for n, _ in b] and all(close(x[1], y[1]) for x, y in zip(a, b, strict=True))


def _inequalities(before: Expr, after: Expr, work: Work) -> Link | None:
    if not contains(before, Relation) or alternatives(before) is not None:
        return None
    same = judge(before, after, kind="inequality", work=work)
    return None if same is None else ("same" if same else "differs")
