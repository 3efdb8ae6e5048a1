"""The next step in two equations with two letters, from what the learner has by now: put in, combine, or solve on. And in
an inequality with three parts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from headway.core.coaching.algebra import Algebra, NotAlgebra, rational
from headway.core.coaching.building import equation, number, substituted, total
from headway.core.coaching.malrules.inequalities import TURN
from headway.core.coaching.malrules.match import linear_side, scaled
from headway.core.coaching.steps import NextStep, next_step
from headway.core.coaching.systems import echelon, linear_row
from headway.core.coaching.tree import Add, Expr, Group, Neg, Relation, Sym, names
from headway.core.coaching.work import NoValue, TooHard, Work

Row = dict[str, Fraction]


def system_step(equations: Sequence[Relation], known: Sequence[Relation]) -> NextStep | None:
    """The next step; ``equations`` are the problem's two, ``known`` the learner's sound lines, oldest first. None when
    every letter has its value, or when the equations are not two linear ones in two letters."""
    letters = sorted(frozenset[str]().union(*(names(e) for e in equations)))
    if len(equations) != 2 or len(letters) != 2:
        return None
    values = {left.name: right for left, right in _solved([*equations, *known])}
    open_letters = [name for name in letters if name not in values]
    if not open_letters:
        return None
    for line in reversed(known):
        if len(names(line)) == 1 and names(line) <= frozenset(open_letters):
            return next_step(line)
    if values:
        source = next((e for e in equations if names(e) >= set(letters)), equations[0])
        return NextStep("put-value", substituted(source, values), source)
    return _put_in([*equations, *known]) or _combined(_latest(equations, known), letters)


def _solved(lines: Sequence[Relation]) -> list[tuple[Sym, Expr]]:
    """The letters that a line gives a number to."""
    found = []
    for line in lines:
        left, right = line.sides[0], line.sides[-1]
        if isinstance(left, Sym) and not names(right) and next_step(line) is None:
            found.append((left, right))
    return found


def solved(equations: Sequence[Relation]) -> Expr | None:
    """The only solution of linear equations, letter by letter; None when there is none or more than one."""
    try:
        rows = echelon(equations, Work(20_000))
    except (NotAlgebra, NoValue, TooHard):
        return None
    letters = frozenset[str]().union(*(names(e) for e in equations))
    if rows is None or len(rows) != len(letters):
        return None
    found = []
    for row in rows:
        terms = dict(row)
        own = [name for name in terms if name]
        if len(own) != 1:
            return None
        found.append(equation(Sym(own[0]), number(-terms.get("", Fraction(0)) / terms[own[0]])))
    return Group("", tuple(found), "")


def _put_in(lines: Sequence[Relation]) -> NextStep | None:
    """``y = 2x + 1`` put into the other equation."""
    for index, line in enumerate(lines):
        left, right = line.sides[0], line.sides[-1]
        if isinstance(left, Sym) and left.name not in names(right) and names(right):
            other = next(
                (e for i, e in enumerate(lines) if i != index and left.name in names(e) and len(names(e)) == 2), None
            )
            if other is not None and other.sides[0] == left:
                return NextStep("put-in", equation(right, other.sides[-1]), line)
            if other is not None:
                result = substituted(other, {left.name: right})
                return NextStep("put-in", result, line) if isinstance(result, Relation) else None
    return None


def _latest(equations: Sequence[Relation], known: Sequence[Relation]) -> list[Relation]:
    """The two equations to combine: the learner's last one in both letters, and one of the problem that says more."""
    algebra = Algebra(Work(20_000))
    for line in reversed([e for e in known if len(names(e)) == 2]):
        for other in (*equations, *known):
            if len(names(other)) == 2 and not _proportional(line, other, algebra):
                return [other, line]
    return list(equations)


def _proportional(one: Relation, other: Relation, algebra: Algebra) -> bool:
    rows = [linear_row(Add((e.sides[0], Neg(e.sides[-1]))), algebra) for e in (one, other)]
    if rows[0] is None or rows[1] is None:
        return True
    factors = {rows[0][k] / rows[1][k] if rows[1].get(k) else None for k in rows[0] if rows[0][k]}
    return len(factors) == 1 and None not in factors


def _combined(pair: Sequence[Relation], letters: Sequence[str]) -> NextStep | None:
    """Add or subtract two equations when a letter goes, else multiply one so that it will."""
    try:
        algebra = Algebra(Work(20_000))
        rows = [linear_row(Add((e.sides[0], Neg(e.sides[1]))), algebra) for e in pair]
    except (NotAlgebra, NoValue, TooHard):
        return None
    first, second = rows if len(rows) == 2 else (None, None)
    if first is None or second is None:
        return None
    for name in letters:
        a, b = first.get(name, Fraction(0)), second.get(name, Fraction(0))
        if a and abs(a) == abs(b):
            sign = -1 if a == b else 1
            row = {k: first.get(k, Fraction(0)) + sign * second.get(k, Fraction(0)) for k in (*letters, "")}
            return NextStep("add-equations" if sign > 0 else "subtract-equations", _equation(row, letters), Sym(name))
    name = min(letters, key=lambda n: (_cost(first.get(n), second.get(n)), n))
    a, b = first.get(name, Fraction(0)), second.get(name, Fraction(0))
    if not a or not b or a.denominator != 1 or b.denominator != 1:
        return None
    factor = Fraction(lcm(int(a), int(b))) / abs(a)
    row, source = (first, pair[0]) if factor != 1 else (second, pair[1])
    factor = factor if factor != 1 else Fraction(lcm(int(a), int(b))) / abs(b)
    result = _equation({k: v * factor for k, v in row.items()}, letters)
    return NextStep("scale-equation", result, source, number(factor))


def _cost(a: Fraction | None, b: Fraction | None) -> float:
    if not a or not b or a.denominator != 1 or b.denominator != 1:
        return float("inf")
    return float(lcm(int(a), int(b)))


def _equation(row: Row, letters: Sequence[str]) -> Relation:
    """``ax + by = c`` from its row."""
    terms = [scaled(row[name], Sym(name)) for name in letters if row.get(name)]
    return equation(total(terms), number(-row.get("", Fraction(0))))


def between_step(tree: Relation) -> NextStep | None:
    """The next step in ``a < bx + c < d``: what is done to all three parts."""
    low, middle, high = tree.sides
    terms, numbers, plain = linear_side(middle)
    edges = [rational(low), rational(high)]
    if not plain or len(terms) != 1 or None in edges:
        return None
    factor, letter = terms[0]
    constant = sum(numbers, Fraction(0))
    first, last = (Fraction(edge) for edge in edges if edge is not None)
    if constant:
        sides: tuple[Expr, ...] = (number(first - constant), scaled(factor, letter), number(last - constant))
        return NextStep("subtract" if constant > 0 else "add", Relation(tree.signs, sides), None, number(abs(constant)))
    if factor == 1:
        return None
    signs = tuple(TURN.get(sign, sign) if factor < 0 else sign for sign in tree.signs)
    sides = (number(first / factor), letter, number(last / factor))
    return NextStep("divide-turning" if factor < 0 else "divide-both", Relation(signs, sides), None, number(factor))
