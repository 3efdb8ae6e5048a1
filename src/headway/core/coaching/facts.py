"""What an item is known to hold: its numbers, and whether a line misses one of its formulas by one number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Expr, Group, Logic, Num, Relation, children, names

ENOUGH = 3
"""Numbers and letters that a formula needs before a line can be said to miss it by one."""


def quantities(task: Task) -> frozenset[Fraction]:
    """Every number that the facts of the item have, parts of their formulas included."""
    found: set[Fraction] = set()
    for fact in (*task.given, *task.known, *task.keys):
        for _, part in parts(fact):
            value = None if names(part) or isinstance(part, (Relation, Logic)) else rational(part)
            if value is not None:
                found.add(value)
    return frozenset(found)


def misses_by_one_number(task: Task, tree: Expr) -> bool:
    """Whether a line with letters, or a list, is a formula of the item but for one number that the item does not have.

    Such a line was copied or worked out wrongly; any other line that no fact decides may be another way.
    """
    if not names(tree) and not isinstance(tree, Group):
        return False
    for fact in (*task.given, *task.known, *task.keys):
        leaves = list(_leaves(fact))
        if len(leaves) < ENOUGH or not _same_build(fact, tree):
            continue
        other = [(a, b) for a, b in zip(leaves, _leaves(tree), strict=True) if a != b]
        if len(other) == 1 and isinstance(other[0][0], Num) and isinstance(other[0][1], Num):
            return other[0][1].value not in quantities(task) | _within_reach(task.given)
    return False


def _within_reach(given: tuple[Expr, ...]) -> frozenset[Fraction]:
    """What one calculation makes of two numbers of the problem's own text: it may stand in another right way."""
    values = [rational(fact) for fact in given if not names(fact) and not isinstance(fact, (Relation, Logic, Group))]
    known = [value for value in values if value is not None]
    return frozenset(
        value for a in known for b in known if a != b for value in (a + b, a - b, a * b, a / b if b else a)
    )


def _leaves(tree: Expr) -> Iterator[Expr]:
    if not children(tree):
        yield tree
    for child in children(tree):
        yield from _leaves(child)


def _same_build(a: Expr, b: Expr) -> bool:
    """Whether two trees have the same operations in the same places."""
    inside, other = children(a), children(b)
    if type(a) is not type(b) or len(inside) != len(other):
        return False
    if isinstance(a, Relation) and isinstance(b, Relation) and a.signs != b.signs:
        return False
    return all(_same_build(x, y) for x, y in zip(inside, other, strict=True))
