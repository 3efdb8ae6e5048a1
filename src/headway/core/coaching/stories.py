"""Lines of working where the problem is told in words: held against what the item is known to hold.

A story has no symbolic start, so a line is judged by itself (a calculation is right or wrong), against the learner's
line before it, and against the facts of the item: the formulas of its text and of its worked way. Another way than
the worked one is never called broken for being another: what no fact decides is ``unsure`` and counts for nothing,
until the answer shows whether it led astray.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from headway.core.coaching.algebra import NotAlgebra, rational
from headway.core.coaching.equivalence import judge, same_value
from headway.core.coaching.facts import quantities
from headway.core.coaching.shape import shape
from headway.core.coaching.solutions import is_statement, relate
from headway.core.coaching.systems import NEVER, conjunction, echelon
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Call, Expr, Group, Logic, Relation, Sym, Words, names
from headway.core.coaching.truths import false_link, true_by_itself
from headway.core.coaching.verdicts import Kind, LineVerdict, of_link
from headway.core.coaching.work import NoValue, Work


def judge_open(task: Task, before: Expr | None, previous: Sequence[LineVerdict], tree: Expr, work: Work) -> Kind:
    """The kind of a line of a problem without a symbolic start; ``before`` is the line that it may follow from."""
    if _is_answer(task, tree, work):
        return "equivalent"
    if isinstance(tree, Group) and is_statement(tree) and not names(tree):
        return _all_true(tree, work)
    if is_statement(tree):
        if isinstance(tree, Relation) and set(tree.signs) == {"="}:
            return _chain(task, before, tree, work)
        return _other(task, before, tree, work)
    if isinstance(tree, Words):
        return "unsure"
    if any(shape(v.tree) == shape(tree) for v in previous if v.tree is not None):
        return "no-progress"
    if before is not None and not is_statement(before) and same_value(before, tree, work):
        return "equivalent"
    return "side" if _is_quantity(task, tree, work) else "unsure"


def _all_true(tree: Group, work: Work) -> Kind:
    """Several calculations in one line."""
    truths = [true_by_itself(item, work) for item in tree.items]
    return "broken" if False in truths else ("unsure" if None in truths else "side")


def _other(task: Task, before: Expr | None, tree: Expr, work: Work) -> Kind:
    """Inequalities, cases and systems."""
    if not names(tree):
        own = true_by_itself(tree, work)
        return "unsure" if own is None else ("side" if own else "broken")
    if _is_fact(task, tree, work):
        return "equivalent"
    if before is not None and is_statement(before) and names(before) == names(tree):
        return of_link(relate(before, tree, work))
    return "unsure" if conjunction(tree) is None else _together(task, tree, work)


def _chain(task: Task, before: Expr | None, tree: Relation, work: Work) -> Kind:
    """``a = b = c``, perhaps with a name in front: ``k = 3/7``."""
    sides = tree.sides[1:] if _is_name(tree.sides[0]) else tree.sides
    if false_link(sides):
        return "broken"
    if not any(names(side) for side in sides):
        links = [same_value(a, b, work) for a, b in pairwise(sides)]
        if False in links:
            return "broken"
        if None in links:
            return "unsure"
        if len(sides) == len(tree.sides):
            return "side"
        return _named(task, before, tree, work) or ("side" if len(sides) > 1 else "unsure")
    return _statement(task, before, tree, work)


def _is_name(tree: Expr) -> bool:
    """A letter, or a function at a place: ``f(-1)``."""
    return isinstance(tree, Sym) or (isinstance(tree, Call) and len(tree.name) == 1)


def _named(task: Task, before: Expr | None, tree: Relation, work: Work) -> Kind | None:
    """A letter that gets a value: as the facts say, or as the learner's line before it says."""
    if isinstance(tree.sides[0], Sym):
        kind = _statement(task, before, Relation(("=",), (tree.sides[0], tree.sides[-1])), work)
        if kind != "unsure" or _valued(task, tree.sides[0]):
            return kind
    if before is not None and not is_statement(before) and same_value(before, tree.sides[-1], work):
        return "equivalent"
    return "side" if _is_quantity(task, tree.sides[-1], work) else None


def _valued(task: Task, letter: Sym) -> bool:
    """Whether a fact gives the letter a value: then another value is not just any number of the item."""
    return any(isinstance(fact, Relation) and letter in fact.sides and not names(fact.sides[-1]) for fact in task.known)


def _statement(task: Task, before: Expr | None, tree: Relation, work: Work) -> Kind:
    """An equation with letters: against equations with the same letters, then against all of them together."""
    if _identity(tree, work):
        return "side"
    if _is_fact(task, tree, work):
        return "equivalent"
    if before is not None and is_statement(before) and names(before) == names(tree):
        return of_link(relate(before, tree, work))
    return _together(task, tree, work)


def _is_fact(task: Task, tree: Expr, work: Work) -> bool:
    return any(
        relate(fact, tree, work) in ("same", "same-set")
        for fact in (*task.given, *task.known, *task.keys)
        if is_statement(fact) and names(fact) == names(tree)
    )


def _identity(tree: Relation, work: Work) -> bool:
    return all(same_value(a, b, work) for a, b in pairwise(tree.sides))


def _together(task: Task, tree: Expr, work: Work) -> Kind:
    """Whether linear facts together give the line, or rule it out in letters that the problem itself uses."""
    facts = [e for fact in (*task.given, *task.known) if is_statement(fact) for e in _usable(fact, work)]
    added = conjunction(tree) or []
    try:
        rows, more = echelon(facts, work), echelon([*facts, *added], work)
    except (NotAlgebra, NoValue):
        return "unsure"
    if rows is None or more is None or not facts or rows == NEVER:
        return "unsure"
    if rows == more:
        return "equivalent"
    asked = frozenset[str]().union(*(names(fact) for fact in task.given))
    return "broken" if more == NEVER and names(tree) <= asked else "unsure"


def _usable(fact: Expr, work: Work) -> list[Relation]:
    """The linear equations with letters in a fact."""
    found = []
    for equation in conjunction(fact) or []:
        try:
            if names(equation) and echelon([equation], work) is not None:
                found.append(equation)
        except (NotAlgebra, NoValue):
            continue
    return found


def _is_answer(task: Task, tree: Expr, work: Work) -> bool:
    given = tree.sides[-1] if isinstance(tree, Relation) and set(tree.signs) == {"="} else tree
    if isinstance(tree, Relation) and given is not tree and not _is_name(tree.sides[0]):
        return False
    for key in task.keys:
        if is_statement(key) and is_statement(tree):
            if relate(key, tree, work) == "same":
                return True
        elif not is_statement(key) and not is_statement(given) and judge(key, given, kind=task.kind, work=work):
            return True
    return False


def _is_quantity(task: Task, tree: Expr, work: Work) -> bool:
    """Whether a value is one that the item is known to have: in its text, in its worked way, or in a part of it."""
    if not names(tree):
        value = rational(tree)
        if value is not None:
            return value in quantities(task)
    return any(
        same_value(side, tree, work)
        for fact in (*task.given, *task.known)
        for side in (fact.sides if isinstance(fact, Relation) else (fact,))
        if names(side) == names(tree) and not isinstance(side, (Relation, Logic))
    )
