"""Equations with roots and absolute values in one unknown, and systems that substitution solves: their exact points.

An equation with square roots or absolute values is multiplied with itself under every choice of their signs; the
product has neither, and its real roots include every solution (the norm of an algebraic extension). Each candidate is
then put into the equation.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product as choices

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra, NotAlgebra
from headway.core.coaching.building import from_ratio, parts, replaced, substituted, terms_of
from headway.core.coaching.numeric import MP, Evaluator, OffDomain, Value, close
from headway.core.coaching.realsets import Piece
from headway.core.coaching.roots import End, NotASet, real_roots
from headway.core.coaching.tree import Add, Call, Expr, Mul, Neg, Relation, Root, names
from headway.core.coaching.work import NoValue

_MAX_SIGNS = 3
Point = tuple[tuple[str, Value], ...]


def points_of(equation: Relation, algebra: Algebra) -> tuple[Piece, ...]:
    """The solutions of an equation in one unknown. Raises NotASet where they cannot be found exactly."""
    letters = names(equation)
    if len(equation.sides) != 2 or equation.signs != ("=",) or len(letters) != 1:
        raise NotASet
    (letter,) = letters
    difference: Expr = Add((*terms_of(equation.sides[0]), Neg(equation.sides[1])))
    places = [path for path, part in parts(difference) if _two_valued(part)]
    if not places or len(places) > _MAX_SIGNS:
        raise NotASet
    try:
        top = algebra.reduce(algebra.cancel(algebra.ratio(_norm(difference, places))).top)
    except (NotAlgebra, NoValue) as error:
        raise NotASet from error
    if not top or any(name != letter and not p.is_constant(name) for m in top for name, _ in m):
        raise NotASet
    numbers = Evaluator(algebra.work, real=True)
    found: list[End] = []
    for end in real_roots(top, algebra):
        try:
            fits = close(*(numbers.at(side, {letter: end.value}) for side in equation.sides))
        except OffDomain:
            continue
        if fits and not any(close(end.value, other.value) for other in found):
            found.append(end)
    return tuple(Piece(end, end, True, True) for end in sorted(found, key=lambda e: e.value))


def _two_valued(part: Expr) -> bool:
    match part:
        case Root(radicand, None) | Call("abs", (radicand,)):
            return bool(names(radicand))
        case _:
            return False


def _norm(difference: Expr, places: Sequence[tuple[int, ...]]) -> Expr:
    """The product over every choice of signs; inner places come after outer ones, so they are replaced first."""
    factors: list[Expr] = []
    for signs in choices((1, -1), repeat=len(places)):
        tree = difference
        for path, sign in reversed(list(zip(places, signs, strict=True))):
            part = _at(tree, path)
            inner = part.args[0] if isinstance(part, Call) else part
            tree = replaced(tree, path, inner if sign == 1 else Neg(inner))
        factors.append(tree)
    return Mul(tuple(factors))


def _at(tree: Expr, path: tuple[int, ...]) -> Expr:
    return next(part for found, part in parts(tree) if found == path)


def points_of_system(equations: Sequence[Relation], algebra: Algebra) -> list[Point]:
    """The real points where polynomial equations in up to three letters hold together, found by substitution.

    Raises NotASet when no equation can be solved for a letter.
    """
    letters = sorted(frozenset[str]().union(*map(names, equations)))
    if len(letters) > 3 or len(equations) > 4:
        raise NotASet
    if not letters:
        raise NotASet
    points = _solve([Add((e.sides[0], Neg(e.sides[1]))) for e in equations], letters, algebra)
    kept: list[Point] = []
    for point in points:
        if not any(all(close(a[1], b[1]) for a, b in zip(point, other, strict=True)) for other in kept):
            kept.append(point)
    return kept


def _solve(differences: list[Expr], letters: list[str], algebra: Algebra) -> list[Point]:
    if len(letters) == 1:
        return _common_roots(differences, letters[0], algebra)
    for index, difference in enumerate(differences):
        for letter in letters:
            value = _isolated(difference, letter, algebra)
            if value is None:
                continue
            rest = [substituted(d, {letter: value}) for i, d in enumerate(differences) if i != index]
            others = [name for name in letters if name != letter]
            numbers = Evaluator(algebra.work, real=True)
            return [
                tuple(sorted([*point, (letter, numbers.at(value, dict(point)))]))
                for point in _solve(rest, others, algebra)
            ]
    raise NotASet


def _isolated(difference: Expr, letter: str, algebra: Algebra) -> Expr | None:
    """What ``letter`` equals when the expression is zero, where it occurs once, to the first power, with a number."""
    try:
        ratio = algebra.cancel(algebra.ratio(difference))
    except (NotAlgebra, NoValue):
        return None
    within = [(m, v) for m, v in ratio.top.items() if any(name == letter for name, _ in m)]
    if len(within) != 1 or within[0][0] != ((letter, 1),) or ratio.bottom.keys() != {()}:
        return None
    rest = {m: v for m, v in ratio.top.items() if m != within[0][0]}
    return from_ratio(p_ratio(p.scale(rest, -1 / Fraction(within[0][1]))))


def p_ratio(poly: p.Poly) -> p.Ratio:
    return p.Ratio(poly, p.ONE)


def _common_roots(differences: list[Expr], letter: str, algebra: Algebra) -> list[Point]:
    sets: list[list[Value]] = []
    for difference in differences:
        try:
            ratio = algebra.cancel(algebra.ratio(difference))
        except (NotAlgebra, NoValue) as error:
            raise NotASet from error
        if not ratio.top:
            continue
        if any(name != letter for m in ratio.top for name, _ in m):
            raise NotASet
        sets.append([end.value for end in real_roots(ratio.top, algebra)])
    if not sets:
        raise NotASet
    common = [v for v in sets[0] if all(any(close(v, w) for w in other) for other in sets[1:])]
    return [((letter, +MP.mpf(v)),) for v in common]
