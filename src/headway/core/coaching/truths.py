"""Whether a line is true for itself, whatever was written before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import fraction_parts, parts
from headway.core.coaching.equivalence import judge, same_value
from headway.core.coaching.solutions import is_statement, relate
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Add, Call, Expr, Mixed, Neg, Num, Relation, Sym, Words, children, names
from headway.core.coaching.work import TooHard, Work


def written_right(task: Task, tree: Expr, work: Work) -> bool | None:
    """Whether a sign between two numbers is right, or words are put into symbols rightly; None when undecided."""
    if task.goal == "write":
        wanted = task.worked
        if is_statement(wanted) != is_statement(tree):
            return False
        return relate(wanted, tree, work) == "same" if is_statement(wanted) else same_value(wanted, tree, work)
    assert isinstance(task.start, Call)
    if task.start.name == "truth":
        right = truth_of(task.start.args[0], work)
        return None if right is None or not isinstance(tree, Words) else tree.text == right
    if task.start.name == "larger":
        return _larger(task.start.args[0], task.start.args[1], tree, work)
    if not isinstance(tree, Relation):
        first = task.start.args[0]
        tree = Relation(("=",), (first, tree)) if not isinstance(tree, Words) else tree
    return true_by_itself(tree, work)


def truth_of(statement: Expr, work: Work) -> str | None:
    """``true``, ``false`` or ``sometimes`` (true for some values of its letters); None when it cannot be decided."""
    if not names(statement):
        own = true_by_itself(statement, work)
        return None if own is None else ("true" if own else "false")
    if isinstance(statement, Relation) and statement.signs == ("=",):
        same = same_value(statement.sides[0], statement.sides[1], work)
        if same:
            return "true"
    never = relate(statement, Words("no solution"), work) if len(names(statement)) == 1 else "differs"
    return "false" if never in ("same", "same-set") else ("sometimes" if never == "differs" else None)


def _larger(first: Expr, second: Expr, tree: Expr, work: Work) -> bool | None:
    """Whether the larger of two was named; where a letter decides, only "cannot tell" is right."""
    gap = rational(Add((first, Neg(second))))
    if gap is None:
        if isinstance(tree, Words):
            return tree.text in ("cannot tell", "sometimes")
        named = any(same_value(one, tree, work) for one in (first, second))
        return False if named else None
    if isinstance(tree, Words) or gap == 0:
        return None
    return bool(same_value(first if gap > 0 else second, tree, work))


def true_by_itself(tree: Expr, work: Work) -> bool | None:
    link = relate(Relation(("=",), (Sym("x"), Sym("x"))), tree, work)
    return None if link is None else link == "same"


def false_link(sides: Sequence[Expr]) -> bool:
    """Whether two numbers that a chain calls equal are not."""
    values = [None if names(side) else rational(side) for side in sides]
    return any(a is not None and b is not None and a != b for a, b in pairwise(values))


def false_by_itself(tree: Expr) -> bool:
    if not isinstance(tree, Relation) or set(tree.signs) != {"="} or names(tree):
        return False
    values = [rational(side) for side in tree.sides]
    return None not in values and len(set(values)) > 1


_NEARLY = re.compile(r"≈|\\approx\b|~=")


def nearly(line: str) -> tuple[str, str] | None:
    """Both sides of a line with the sign for "about"; None when it has none or several."""
    sides = _NEARLY.split(line)
    return (sides[0], sides[1]) if len(sides) == 2 else None


def rounded_right(value: Expr, shown: Expr) -> bool | None:
    """Whether ``shown`` is ``value`` rounded to the places that are shown; None when it cannot be judged."""
    core = shown.arg if isinstance(shown, Neg) else shown
    if names(value) or not isinstance(core, Num) or not core.text.replace(".", "").isdigit():
        return None
    half = Fraction(1, 2 * 10 ** len(core.text.partition(".")[2]))
    try:
        return judge(shown, value, kind="number", tolerance=float(half) * 1.000001)
    except TooHard:
        return None


def is_part(task: Task, tree: Expr, work: Work) -> bool:
    """Whether a value is that of a part of the problem: what is in the brackets, one of the products, or one of its
    fractions and decimals in another form."""
    value = rational(tree) if not children(tree) or fraction_parts(tree) is not None else None
    if value is None:
        return False
    plain = isinstance(tree, Num) and "." not in tree.text
    for path, part in parts(task.worked):
        work.spend(10)
        if isinstance(part, Mixed) and value == Fraction(part.top, part.bottom):
            return True
        if path and not (plain and isinstance(part, Num)) and rational(part) == value:
            return True
    return False
