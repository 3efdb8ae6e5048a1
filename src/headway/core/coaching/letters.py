"""Letters that a learner brings into a problem without any: ``x`` for what is asked, in ``0.3x = 18`` or ``100x - x = 281``.

The letter stands for the value of the problem. A line with it is right where that value makes it true; it is called
broken only after the learner has said what the letter stands for.
"""

from __future__ import annotations

from collections.abc import Sequence

from headway.core.coaching.building import substituted
from headway.core.coaching.equivalence import same_value
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Expr, Relation, Sym, names
from headway.core.coaching.truths import true_by_itself
from headway.core.coaching.verdicts import MESSAGES, LineVerdict
from headway.core.coaching.work import TooHard, Work
from headway.core.text import NOTHING, T

LETTER_WORK = 60_000


def of_story(task: Task, tree: Expr) -> bool:
    """Whether a line is an equation with one letter for what a story asks, set up or solved rightly: ``2/12 = x/30``. A bare
    value (``x = 5``) is judged as an answer."""
    if task.story is None or not task.keys or not isinstance(tree, Relation) or len(names(tree)) != 1:
        return False
    if isinstance(tree.sides[0], Sym) and not names(tree.sides[-1]):
        return False
    try:
        put_in = substituted(tree, {next(iter(names(tree))): task.keys[0]})
        return set(tree.signs) == {"="} and true_by_itself(put_in, Work(LETTER_WORK)) is True
    except TooHard:
        return False


def with_letter(task: Task, previous: Sequence[LineVerdict], tree: Expr, letters: str) -> LineVerdict:
    """Judge a line with ``letters`` that the problem does not have."""
    try:
        fits = _fits(task, tree)
        said = fits is not None and any(_says(task, verdict.tree, tree) for verdict in previous if verdict.sound)
    except TooHard:
        fits, said = None, False
    if fits:
        return LineVerdict("side", MESSAGES["side"], NOTHING, tree)
    if fits is False and said:
        return LineVerdict("broken", MESSAGES["broken"], NOTHING, tree)
    unknown = T("The problem has no {letters}, so I cannot judge this line. It does not count.", letters=letters)
    return LineVerdict("unsure", unknown)


def _fits(task: Task, tree: Expr) -> bool | None:
    """Whether the value of the problem, put in for the one letter, makes the line true; None when that is no question."""
    letters = names(tree)
    if not task.numeric or len(letters) != 1 or not isinstance(tree, Relation):
        return None
    return true_by_itself(substituted(tree, {next(iter(letters)): task.worked}), Work(LETTER_WORK))


def _says(task: Task, earlier: Expr | None, tree: Expr) -> bool:
    """Whether an earlier line says that the letter of ``tree`` stands for the value of the problem."""
    match earlier:
        case Relation(("=",), (Sym() as letter, value)) if names(tree) == {letter.name} and not names(value):
            return bool(same_value(value, task.worked, Work(LETTER_WORK)))
        case _:
            return False
