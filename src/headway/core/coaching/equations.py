"""Equations: the same solutions, counted as often as they occur.

An equation is the expression ``left - right``. Two are the same when one expression is a number times the other:
``2x = 6`` and ``x - 3 = 0``. A solution that occurs twice counts twice, so ``(x-2)^2 = 0`` is not ``x = 2``. Where an
unknown stands below a fraction line on one side only, the solution sets can differ, and the judgement is open.
"""

from __future__ import annotations

from fractions import Fraction

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra, NotAlgebra
from headway.core.coaching.numeric import Evaluator, OffDomain, close, points
from headway.core.coaching.polynomials import Poly, Ratio
from headway.core.coaching.tree import (
    Add,
    Call,
    Div,
    Expr,
    Group,
    Logic,
    Mul,
    Neg,
    PlusMinus,
    Pow,
    Relation,
    Root,
    Sym,
    contains,
    names,
)  # fmt: skip
from headway.core.coaching.work import NoValue, TooHard, Work

_MAX_BRANCHES = 8


def branches(expr: Expr) -> list[Expr]:
    """Write ``±`` out: ``x = 1 ± 2`` becomes ``x = 1 + 2`` and ``x = 1 - 2``, all signs together."""
    if not contains(expr, PlusMinus):
        return [expr]
    return [_signed(expr, 1), _signed(expr, -1)]


def _signed(expr: Expr, sign: int) -> Expr:
    def part(inner: Expr) -> Expr:
        return _signed(inner, sign)

    match expr:
        case PlusMinus(left, right):
            turned = part(right) if sign == 1 else Neg(part(right))
            return turned if left is None else Add((part(left), turned))
        case Relation(signs, sides):
            return Relation(signs, tuple(map(part, sides)))
        case Add(terms):
            return Add(tuple(map(part, terms)))
        case Mul(factors):
            return Mul(tuple(map(part, factors)))
        case Group(opening, items, closing):
            return Group(opening, tuple(map(part, items)), closing)
        case Neg(arg):
            return Neg(part(arg))
        case Div(top, bottom):
            return Div(part(top), part(bottom))
        case Pow(base, exponent):
            return Pow(part(base), part(exponent))
        case Root(radicand, degree):
            return Root(part(radicand), degree)
        case Call(name, args):
            return Call(name, tuple(map(part, args)))
        case _:
            return expr


def alternatives(expr: Expr) -> list[Relation] | None:
    """Return the equations that ``expr`` joins with "or" (also ``x = 2, 3`` and ``x = ±2``), or None."""
    match expr:
        case Logic("or", parts) | Group("", parts, _) | Group("{", parts, _):
            items = list(parts)
        case Logic("and", parts) if len({repr(_left(part)) for part in parts}) == 1:
            items = list(parts)
        case _:
            items = [expr]
    found: list[Relation] = []
    for item in items:
        for branch in branches(item):
            if isinstance(branch, Relation) and set(branch.signs) == {"="} and len(branch.sides) == 2:
                found.append(branch)
            elif found and not isinstance(branch, (Relation, Logic, Group)) and isinstance(found[0].sides[0], Sym):
                found.append(Relation(("=",), (found[0].sides[0], branch)))
            else:
                return None
    return found if 0 < len(found) <= _MAX_BRANCHES else None


def _left(expr: Expr) -> Expr | None:
    return expr.sides[0] if isinstance(expr, Relation) else None


def is_system(expr: Expr) -> bool:
    """Whether several equations hold together (``x=1, y=2``) rather than one or the other (``x=1, x=2``)."""
    if not isinstance(expr, (Group, Logic)) or (isinstance(expr, Logic) and expr.word == "or"):
        return False
    parts = expr.items if isinstance(expr, Group) else expr.parts
    return len({names(part) for part in parts}) > 1


def as_product(equations: list[Relation]) -> Expr:
    """Return an expression that is zero where one of the equations holds."""
    factors = tuple(_difference(equation) for equation in equations)
    return factors[0] if len(factors) == 1 else Mul(factors)


def _difference(equation: Relation) -> Expr:
    left, right = equation.sides
    return Add((left, Neg(right)))


def same_equation(first: list[Relation], second: list[Relation], work: Work) -> bool | None:
    """Return whether two alternatives of equations have the same solutions."""
    one, other = as_product(first), as_product(second)
    try:
        algebra = Algebra(work)
        a, b = (_cleared(algebra.cancel(algebra.ratio(side))) for side in (one, other))
        exact = _proportional(a, b, algebra)
    except (NotAlgebra, NoValue, TooHard):
        return None
    if exact is not None:
        return exact
    return _ratio_constant(one, other, work)


def _cleared(ratio: Ratio) -> Ratio:
    """Put variables with negative powers below the fraction line, where they can be seen to forbid solutions."""
    lows = {name: -e for name, e in p.common(ratio.top).items() if e < 0}
    return Ratio(p.shift(ratio.top, lows), p.shift(ratio.bottom, lows)) if lows else ratio


def _proportional(a: Ratio, b: Ratio, algebra: Algebra) -> bool | None:
    """Compare the tops up to a constant factor; None where the atoms leave it open.

    Raises NoValue where the tops agree but one side forbids values that the other allows: nobody can say then.
    """
    zero_a, zero_b = algebra.is_zero(a.top), algebra.is_zero(b.top)
    if zero_a or zero_b:
        return zero_a and zero_b
    parts_a, parts_b = p.by_variables(a.top), p.by_variables(b.top)
    never_a, never_b = parts_a.keys() == {()}, parts_b.keys() == {()}
    if never_a or never_b:
        return never_a and never_b
    if not _same_up_to_constant(a.top, b.top, algebra):
        return False if p.decided(a.top) and p.decided(b.top) else None
    if a.bottom == b.bottom or _same_up_to_constant(a.bottom, b.bottom, algebra):
        return True
    fixed = all(set(p.by_variables(ratio.bottom)) == {()} for ratio in (a, b))
    if fixed or _coprime(a, b, algebra):
        return True
    raise NoValue


def _same_up_to_constant(first: Poly, second: Poly, algebra: Algebra) -> bool:
    parts_a, parts_b = p.by_variables(first), p.by_variables(second)
    if parts_a.keys() != parts_b.keys():
        return False
    anchor = max(parts_a)
    left = p.multiply(first, parts_b[anchor], algebra.work)
    right = p.multiply(second, parts_a[anchor], algebra.work)
    return algebra.is_zero(p.add(left, right, -1))


def _coprime(a: Ratio, b: Ratio, algebra: Algebra) -> bool:
    """In one unknown: whether no solution of the top is forbidden by the bottom."""
    letters = {n for poly in (*a, *b) for monomial in poly for n, _ in monomial}
    if len(letters) != 1 or not all(p.decided(poly) for poly in (*a, *b)):
        return False
    return all(len(_common_divisor(ratio.top, ratio.bottom, algebra)) == 1 for ratio in (a, b))


def _common_divisor(first: Poly, second: Poly, algebra: Algebra) -> Poly:
    """Euclid's algorithm for polynomials in one variable with rational coefficients."""
    for _ in range(40):
        if not second:
            return first
        first, second = second, _remainder(first, second, algebra)
    return {(): 1, (("?", 1),): 1}


def _remainder(first: Poly, second: Poly, algebra: Algebra) -> Poly:
    lead = max(second)
    while first and max(first) >= lead:
        algebra.work.spend(len(second))
        top = max(first)
        gap = (top[0][1] if top else 0) - (lead[0][1] if lead else 0)
        step: Poly = {((top[0][0], gap),) if gap else (): p.plain(Fraction(first[top]) / second[lead])}
        first = p.add(first, p.multiply(step, second, algebra.work), -1)
    return first


def _ratio_constant(first: Expr, second: Expr, work: Work) -> bool | None:
    """Compare two differences at points: a constant quotient means the same equation."""
    variables = tuple(sorted(names(first) | names(second)))
    if not variables:
        return None
    evaluator, quotient, seen = Evaluator(work, real=True), None, 0
    try:
        for point in points(variables):
            try:
                a, b = evaluator.at(first, point), evaluator.at(second, point)
                now = evaluator.over(a, b)
            except OffDomain:
                continue
            if quotient is not None and close(now, quotient) is not True:
                return False
            quotient, seen = now, seen + 1
    except TooHard:
        return None
    return True if seen >= 8 and quotient else None


def same_system(first: list[Relation], second: list[Relation], work: Work) -> bool | None:
    """Compare systems equation by equation, in any order."""
    if len(first) != len(second):
        return None
    left = list(second)
    for equation in first:
        match = next((other for other in left if same_equation([equation], [other], work)), None)
        if match is None:
            return None if any(len(names(e)) > 1 for e in (*first, *second)) else False
        left.remove(match)
    return True
