"""Whether a line is true for itself, whatever was written before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import fraction_parts, parts
from headway.core.coaching.equivalence import judge, same_value
from headway.core.coaching.shape import shape
from headway.core.coaching.solutions import is_statement, relate
from headway.core.coaching.tasks import Task, read_math
from headway.core.coaching.tree import (
    Add,
    Call,
    Div,
    Expr,
    Group,
    Mixed,
    Neg,
    Num,
    ParseError,
    Relation,
    Sym,
    Words,
    children,
    names,
)
from headway.core.coaching.verdicts import MESSAGES, Kind, LineVerdict
from headway.core.coaching.work import TooHard, Work
from headway.core.text import NOTHING


def written_right(task: Task, tree: Expr, work: Work) -> bool | None:
    """Whether a sign between two numbers is right, or words are put into symbols rightly; None when undecided."""
    if task.goal == "write":
        wanted = task.worked
        if is_statement(wanted) != is_statement(tree):
            return False
        return relate(wanted, tree, work) == "same" if is_statement(wanted) else same_value(wanted, tree, work)
    assert isinstance(task.start, Call)
    if task.start.name == "truth":
        return _judged(task.start.args, tree, work)
    if task.start.name == "larger":
        return _larger(task.start.args[0], task.start.args[1], tree, work)
    if task.start.name == "stronger":
        return _stronger(task.start.args, tree, work)
    if not isinstance(tree, Relation):
        first = task.start.args[0]
        tree = Relation(("=",), (first, tree)) if not isinstance(tree, Words) else tree
    return true_by_itself(tree, work)


def _judged(statements: tuple[Expr, ...], tree: Expr, work: Work) -> bool | None:
    """Whether what is said of one statement, or of several in their order, is right."""
    told = tree.items if isinstance(tree, Group) else (tree,)
    rights = [truth_of(statement, work) for statement in statements]
    if len(told) != len(rights) or None in rights or not all(isinstance(word, Words) for word in told):
        return None
    return all(isinstance(word, Words) and word.text == right for word, right in zip(told, rights, strict=True))


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
    """Whether the larger of two was named; where a letter decides, only "cannot tell" is right. A calculation on the way
    stands for itself."""
    if isinstance(tree, Relation) and not names(tree):
        return true_by_itself(tree, work)
    gap = rational(Add((first, Neg(second))))
    if gap is None:
        if isinstance(tree, Words):
            return tree.text in ("cannot tell", "sometimes")
        named = any(same_value(one, tree, work) for one in (first, second))
        return False if named else None
    if isinstance(tree, Words) or gap == 0:
        return None
    return bool(same_value(first if gap > 0 else second, tree, work))


def _stronger(args: tuple[Expr, ...], tree: Expr, work: Work) -> bool | None:
    """Whether the stronger of two mixtures was named, or a comparison decides it rightly: one part alone decides nothing."""
    p, q, r, s = (value for arg in args if (value := rational(arg)) is not None)
    first, second = p / (p + q), r / (r + s)
    if isinstance(tree, Words):
        return tree.text == ("same" if first == second else "first" if first > second else "second")
    if not isinstance(tree, Relation) or names(tree):
        return None
    values = {rational(side) for side in tree.sides}
    if values in ({p, r}, {q, s}) and p != r and q != s and not any(isinstance(side, Div) for side in tree.sides):
        return False
    return true_by_itself(tree, work)


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


def about(line: str) -> LineVerdict | None:
    """``sqrt(103) ≈ 10.1``: right when it is rounded rightly; the rounded number is what the next line goes on from. None for
    lines without one sign for "about"."""
    sides = [read_math(side) for side in _NEARLY.split(line)]
    if len(sides) != 2:
        return None
    for tree in sides:
        if isinstance(tree, ParseError):
            return LineVerdict("unreadable", tree.message)
    value, shown = (tree for tree in sides if not isinstance(tree, ParseError))
    right = rounded_right(value, shown)
    kind: Kind = "unsure" if right is None else ("side" if right else "broken")
    return LineVerdict(kind, MESSAGES[kind], NOTHING, shown)


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


def part_of_statement(before: Expr, line: Expr, work: Work) -> Kind:
    """An expression beside an equation: fine when it is a rewriting of one of the sides."""
    for part in children(before):
        if same_value(part, line, work):
            return "side"
    return "unsure"


def repeated(task: Task, previous: Sequence[LineVerdict], tree: Expr) -> bool:
    """Whether a line stands there already, in just this form."""
    earlier = [v.tree for v in previous if v.tree is not None]
    if task.start is not None and not isinstance(task.start, Call):  # to put words into symbols is progress
        earlier.append(task.worked)
    form = shape(tree)
    return any(shape(other) == form for other in earlier)
