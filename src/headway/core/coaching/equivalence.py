"""Whether two answers are the same: exactly where that can be decided, at many points to 60 digits where not.

The order of the attempts: the same tree; exact algebra; for what algebra leaves open, many points (which refute, or
confirm identities between functions). One budget of work covers them all, so every judgement is bounded in time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from headway.core.coaching import polynomials as p
from headway.core.coaching.algebra import Algebra, NotAlgebra, rational
from headway.core.coaching.equations import alternatives, branches, is_system, same_equation, same_system
from headway.core.coaching.numeric import MP, Evaluator, OffDomain, agree, points, points_may_stand
from headway.core.coaching.parser import parse
from headway.core.coaching.realsets import Sets, same_set
from headway.core.coaching.roots import NotASet
from headway.core.coaching.shape import shape
from headway.core.coaching.tokens import Reading
from headway.core.coaching.tree import (
    Expr,
    Group,
    Logic,
    Matrix,
    ParseError,
    PlusMinus,
    Relation,
    Sym,
    Words,
    contains,
    names,
)  # fmt: skip
from headway.core.coaching.wording import same_words
from headway.core.coaching.work import NoValue, TooHard, Work
from headway.core.curriculum.problems import AnswerKind, Strictness

SEPARATING: frozenset[AnswerKind] = frozenset(("list", "coordinate", "interval", "set"))
"""Kinds in which a comma always separates: ``1,234`` is two numbers."""


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
    if kind == "text":
        return same_words(a, b)
    reading = Reading(variables=variables, separator=kind in SEPARATING)
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
    work: Work | None = None,
) -> bool | None:
    """Return whether ``given`` is the same answer as ``key``; None when it cannot be judged."""
    if strictness == "exact":
        return key == given
    if key == given:
        return True
    if strictness == "form":
        return shape(key) == shape(given)
    work = work or Work()
    try:
        return _JUDGES[kind](key, given, tolerance, work)
    except (TooHard, NoValue):
        return None


def _value(key: Expr, given: Expr, tolerance: float, work: Work) -> bool | None:
    """Numbers, expressions and equations, and whatever an expression may turn out to be."""
    if tolerance:
        return _near(key, given, tolerance, work)
    if isinstance(key, (Relation, Logic)) or isinstance(given, (Relation, Logic)):
        return _statement(key, given, tolerance, work)
    if isinstance(key, (Group, Matrix)) or isinstance(given, (Group, Matrix)):
        return _collection(key, given, tolerance, work)
    if contains(key, PlusMinus) or contains(given, PlusMinus):
        return _unordered(branches(key), branches(given), tolerance, work)
    if isinstance(key, Words) or isinstance(given, Words):
        return isinstance(key, Words) and isinstance(given, Words) and same_words(key.text, given.text)
    return same_value(key, given, work)


def _near(key: Expr, given: Expr, tolerance: float, work: Work) -> bool | None:
    left, right = rational(key), rational(given)
    if left is not None and right is not None:
        return abs(left - right) <= Fraction(repr(tolerance))
    if names(key) or names(given) or isinstance(given, (Group, Relation, Logic, Matrix, Words)):
        return _value(key, given, 0.0, work)
    try:
        evaluator = Evaluator(work, real=True)
        return bool(abs(evaluator.at(key, {}) - evaluator.at(given, {})) <= MP.mpf(tolerance))
    except OffDomain:
        return None


def same_value(first: Expr, second: Expr, work: Work) -> bool | None:
    """Return whether two expressions are equal wherever both have a value; None when it cannot be judged."""
    if first == second:
        return True
    try:
        algebra = Algebra(work)
        rest = algebra.plus(algebra.ratio(first), algebra.ratio(second), -1).top
        if algebra.is_zero(rest):
            return True
        if p.decided(rest):
            return False
    except TooHard:
        work = Work(work.left if work.left > 0 else 20_000)
    except NotAlgebra:
        return False if contains(first, Relation) != contains(second, Relation) else None
    except NoValue:
        return None
    try:
        agreed = agree(first, second, work)
    except TooHard:
        return None
    return None if agreed and not (points_may_stand(first) and points_may_stand(second)) else agreed


def _statement(key: Expr, given: Expr, tolerance: float, work: Work) -> bool | None:
    """Equations, systems and inequalities."""
    first, second = alternatives(key), alternatives(given)
    if first is not None and second is not None:
        if is_system(key) or is_system(given):
            return same_system(first, second, work)
        return same_equation(first, second, work)
    if not (isinstance(key, _STATEMENTS) and isinstance(given, _STATEMENTS)):
        return False
    return _real_set(key, given, tolerance, work)


_STATEMENTS = (Relation, Logic, Words)


def _real_set(key: Expr, given: Expr, tolerance: float, work: Work) -> bool | None:
    """Compare as sets of real numbers; where that is not possible, part by part."""
    plain = [not isinstance(e, (*_STATEMENTS, Group)) and not contains(e, PlusMinus) for e in (key, given)]
    if any(plain):
        return same_value(key, given, work) if all(plain) else False
    letters = names(key) | names(given)
    if len(letters) > 1:
        return _inequality_by_parts(key, given, work)
    algebra = Algebra(work)
    sets = Sets(algebra)
    try:
        return same_set(sets.read(key), sets.read(given), algebra)
    except NotASet:
        return _inequality_by_parts(key, given, work) or None


def _inequality_by_parts(key: Expr, given: Expr, work: Work) -> bool | None:
    """Inequalities in several unknowns: one is a positive multiple of the other."""
    if shape(key) == shape(given):
        return True
    if not (isinstance(key, Relation) and isinstance(given, Relation)):
        return None
    sides = [_turned(relation) for relation in (key, given)]
    if None in sides or key.signs[0].endswith("=") != given.signs[0].endswith("="):
        return None if None in sides else False
    (sign, first), (other, second) = [side for side in sides if side is not None]
    if sign != other:
        return False
    same = same_equation([first], [second], work)
    return same if sign == "!=" else same and _same_sign(first, second, work)


def _turned(relation: Relation) -> tuple[str, Relation] | None:
    if len(relation.signs) != 1 or relation.signs[0] == "in":
        return None
    sign, sides = relation.signs[0], relation.sides
    if sign in (">", ">="):
        sign, sides = sign.replace(">", "<"), (sides[1], sides[0])
    return sign, Relation(("=",), sides)


def _same_sign(first: Relation, second: Relation, work: Work) -> bool | None:
    evaluator = Evaluator(work, real=True)
    letters = tuple(sorted(names(first) | names(second)))
    for point in points(letters):
        try:
            a, b = ([evaluator.at(side, point) for side in relation.sides] for relation in (first, second))
        except OffDomain:
            continue
        return bool((a[0] - a[1]) * (b[0] - b[1]) > 0)
    return None


def _items(expr: Expr) -> Sequence[Expr]:
    """Return the members of a set or list, however it is joined."""
    match expr:
        case Group("" | "{", items, _):
            return items
        case Logic("and" | "or", parts):
            return parts
        case _:
            return (expr,)


def _set(key: Expr, given: Expr, tolerance: float, work: Work) -> bool | None:
    first, second = list(_items(key)), list(_items(given))
    if all(isinstance(e, Relation) for e in (*first, *second)):
        return _statement(key, given, tolerance, work)
    first, second = ([b for e in items for b in branches(_strip(e))] for items in (first, second))
    return _unordered(first, second, tolerance, work)


def _strip(expr: Expr) -> Expr:
    match expr:
        case Relation(("=",), (Sym(), value)):
            return value
        case _:
            return expr


def _unordered(first: list[Expr], second: list[Expr], tolerance: float, work: Work) -> bool | None:
    """Match every member with another one; a member written twice counts once."""
    if len(first) > 40 or len(second) > 40:
        return None
    unsure = False
    for ours, theirs in ((first, second), (second, first)):
        for item in ours:
            results = [_value(item, other, tolerance, work) for other in theirs]
            if True not in results:
                if None not in results:
                    return False
                unsure = True
    return None if unsure else True


def _ordered(first: Sequence[Expr], second: Sequence[Expr], tolerance: float, work: Work) -> bool | None:
    if len(first) != len(second):
        return False
    results = [_value(a, b, tolerance, work) for a, b in zip(first, second, strict=True)]
    return False if False in results else (None if None in results else True)


def _collection(key: Expr, given: Expr, tolerance: float, work: Work) -> bool | None:
    """Brackets of the same sort, member by member; braces in any order; matrices cell by cell."""
    match key, given:
        case Matrix(rows), Matrix(others):
            if [len(r) for r in rows] != [len(r) for r in others]:
                return False
            return _ordered([c for r in rows for c in r], [c for r in others for c in r], tolerance, work)
        case Group("{", items, _), Group("{", others, _):
            return _unordered(list(items), list(others), tolerance, work)
        case Group("", items, _), Group("", others, _):
            if all(isinstance(e, Relation) for e in (*items, *others)):
                return _statement(key, given, tolerance, work)
            return _ordered(items, others, tolerance, work)
        case Group(a, items, b), Group(c, others, d):
            return (a, b) == (c, d) and _ordered(items, others, tolerance, work)
        case _:
            return same_value(key, given, work) if contains(key, Matrix) and contains(given, Matrix) else False


def _list(key: Expr, given: Expr, tolerance: float, work: Work) -> bool | None:
    first = key.items if isinstance(key, Group) else (key,)
    second = given.items if isinstance(given, Group) else (given,)
    if len(first) == 1 and isinstance(first[0], Group) and not (len(second) == 1 and isinstance(second[0], Group)):
        first = first[0].items
    return _ordered(first, second, tolerance, work)


_JUDGES: dict[AnswerKind, Callable[[Expr, Expr, float, Work], bool | None]] = {
    "number": _value,
    "expression": _value,
    "equation": _value,
    "inequality": _real_set,
    "interval": _real_set,
    "set": _set,
    "list": _list,
    "coordinate": _list,
}
