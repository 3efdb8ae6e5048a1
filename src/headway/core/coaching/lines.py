"""Is this line sound? Each line of working is judged against the line before it and against the problem.

A line in an expression task is a value or a chain of equals signs; in an equation task it is a statement, a bare
value ("5" for "x = 5"), or a side calculation. One budget of work bounds every judgement (about a second at most);
when it is used up the line is ``unsure`` and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import fraction_parts, parts
from headway.core.coaching.equivalence import same_value
from headway.core.coaching.moves import what_was_done
from headway.core.coaching.shape import shape
from headway.core.coaching.solutions import Link, is_statement, relate
from headway.core.coaching.systems import conjunction
from headway.core.coaching.tasks import Task, as_statement, read_math
from headway.core.coaching.tree import Expr, Group, Logic, ParseError, Relation, Sym, Words, children, names
from headway.core.coaching.truths import false_by_itself, false_link, true_by_itself, written_right
from headway.core.coaching.work import TooHard, Work
from headway.core.text import NOTHING, T, Text

Kind = Literal[
    "equivalent", "same-solutions", "gains", "loses", "side", "no-progress", "broken", "unreadable", "unsure"
]
"""``side``: a true calculation beside the main line; ``gains`` and ``loses``: follows, but solutions came or went."""

SOUND: frozenset[Kind] = frozenset(("equivalent", "same-solutions", "side", "no-progress"))
LINE_WORK = 150_000
"""Work for one line, about half a second on a slow machine."""


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """``message`` is for the learner; ``move`` says what a sound line did; ``tree`` is the line as it was read."""

    kind: Kind
    message: Text
    move: Text = NOTHING
    tree: Expr | None = None

    @property
    def sound(self) -> bool:
        return self.kind in SOUND


MESSAGES: dict[Kind, Text] = {
    "equivalent": T("This line follows."),
    "same-solutions": T("This line has the same solutions."),
    "gains": T("This follows, but it is true for more values than the line before. Test your solutions at the end."),
    "loses": T("Something got lost here: the line before has a solution that this line does not have."),
    "side": T("This calculation is right."),
    "no-progress": T("This is true, but you wrote the same thing before."),
    "broken": T("This line does not follow from the one before."),
    "unsure": T("I cannot judge this line. It does not count."),
}


def judge_line(task: Task, previous: Sequence[LineVerdict], line: str) -> LineVerdict:
    """Judge one line. ``previous`` are the verdicts on the lines before it, oldest first: the line is held against
    the last of them that carries the problem on, sound or not, or against the problem. Never raises; bounded in time."""
    tree = read_math(line)
    if isinstance(tree, ParseError):
        return LineVerdict("unreadable", tree.message)
    return judge_tree(task, previous, tree)


def judge_tree(task: Task, previous: Sequence[LineVerdict], tree: Expr) -> LineVerdict:
    """As :func:`judge_line`, for a line that is read already."""
    work = Work(LINE_WORK)
    try:
        kind = _kind(task, previous, tree, work)
    except TooHard:
        kind = "unsure"
    message = MESSAGES[kind]
    if kind == "broken" and false_by_itself(tree):
        message = T("The two sides of this line are not equal.")
    if kind not in SOUND or kind in ("no-progress", "side"):
        return LineVerdict(kind, message, NOTHING, tree)
    before = premise(task, previous)
    move = NOTHING if before is None else what_was_done(before, _main(task, tree), work)
    return LineVerdict(kind, message, move, tree)


def premise(task: Task, previous: Sequence[LineVerdict]) -> Expr | None:
    """What the next line is held against: the last line that carries the problem on, or the problem itself."""
    for verdict in reversed(previous):
        tree = verdict.tree
        if tree is None or verdict.kind in ("unreadable", "unsure") or (verdict.kind == "side" and task.goal != "open"):
            continue
        if task.goal == "solve" or (task.goal == "open" and is_statement(tree)):
            if names(tree) or not names(task.worked) or isinstance(tree, Words):
                return as_statement(tree, task.unknown)
            continue
        return _main(task, tree)
    return None if task.start is None else task.worked


def _main(task: Task, tree: Expr) -> Expr:
    """The part of a line that the next one starts from: in a chain of equals signs the last value."""
    if task.goal == "solve":
        return as_statement(tree, task.unknown)
    if isinstance(tree, Relation) and set(tree.signs) == {"="} and task.goal != "compare":
        return tree.sides[-1]
    return tree


def _kind(task: Task, previous: Sequence[LineVerdict], tree: Expr, work: Work) -> Kind:
    if task.goal in ("compare", "write"):
        return _of_truth(written_right(task, tree, work))
    if task.goal == "solve":
        return _solving(task, previous, tree, work)
    return _valuing(task, previous, tree, work)


def _repeated(task: Task, previous: Sequence[LineVerdict], tree: Expr) -> bool:
    earlier = [v.tree for v in previous if v.tree is not None] + ([] if task.start is None else [task.worked])
    form = shape(tree)
    return any(shape(other) == form for other in earlier)


def _of_truth(right: bool | None) -> Kind:
    return "unsure" if right is None else ("equivalent" if right else "broken")


def _solving(task: Task, previous: Sequence[LineVerdict], tree: Expr, work: Work) -> Kind:
    before = premise(task, previous)
    assert before is not None
    line = as_statement(tree, task.unknown)
    if not names(line) and isinstance(line, (Relation, Logic)):
        truth = relate(before, line, work) if isinstance(before, (Relation, Logic, Words)) else None
        if truth in ("same", "same-set"):
            return "equivalent"
        own = true_by_itself(line, work)
        return "unsure" if own is None else ("side" if own else "broken")
    if not is_statement(line) and not isinstance(line, Words):
        return _part_of_statement(before, line, work)
    if _repeated(task, previous, line):
        return "no-progress"
    if isinstance(line, Relation) and len(line.sides) > 2 and set(line.signs) == {"="}:
        return _chain_in_equation(before, line, work)
    link = _linked(task, previous, before, line, work)
    if link is None and isinstance(line, Words):
        return "unsure"
    return _of_link(link)


def _of_link(link: Link | None) -> Kind:
    match link:
        case "same":
            return "equivalent"
        case "same-set":
            return "same-solutions"
        case "gains" | "loses":
            return link
        case "differs":
            return "broken"
        case _:
            return "unsure"


def _linked(task: Task, previous: Sequence[LineVerdict], before: Expr, line: Expr, work: Work) -> Link | None:
    """Hold a line against the one before; in a system, against everything that is known by then."""
    several = conjunction(task.worked)
    if several is None or len(several) < 2:
        return relate(before, line, work)
    known = [e for v in previous if v.tree is not None and v.sound for e in (conjunction(v.tree) or [])]
    added = conjunction(line)
    if added is None or isinstance(line, Logic):
        return relate(before, line, work)
    whole = Group("", (*several, *known, *added), "")
    link = relate(Group("", (*several, *known), ""), whole, work)
    if link in ("same", "same-set"):
        return "same"
    direct = relate(before, line, work) if len(added) > 1 or link is None else None
    return direct if direct in ("same", "same-set") or link is None else link


def _chain_in_equation(before: Expr, line: Relation, work: Work) -> Kind:
    """``x = 7 - 1/3 = 6 2/3``: the chain must hold together and each link must follow."""
    values = line.sides[1:]
    if any(same_value(a, b, work) is False for a, b in pairwise(values)):
        return "broken"
    return _of_link(relate(before, Relation(("=",), (line.sides[0], line.sides[-1])), work))


def _part_of_statement(before: Expr, line: Expr, work: Work) -> Kind:
    """An expression beside an equation: fine when it is a rewriting of one of the sides."""
    for part in children(before):
        if same_value(part, line, work):
            return "side"
    return "unsure"


def _valuing(task: Task, previous: Sequence[LineVerdict], tree: Expr, work: Work) -> Kind:
    before = premise(task, previous)
    if isinstance(tree, Relation) and set(tree.signs) == {"="}:
        return _chain(task, before, previous, tree, work)
    if isinstance(tree, (Relation, Logic)) and task.goal == "open":
        if not names(tree):
            own = true_by_itself(tree, work)
            return "unsure" if own is None else ("side" if own else "broken")
        return "unsure" if before is None or not is_statement(before) else _of_link(relate(before, tree, work))
    if isinstance(tree, (Words, Relation, Logic)) or before is None:
        return _against_keys(task, tree, work)
    same = same_value(before, tree, work)
    if same:
        return "no-progress" if _repeated(task, previous, tree) else "equivalent"
    if _is_part(task, previous, tree, work):
        return "side"
    if same is None:
        return "unsure"
    return "broken" if task.start is not None else _against_keys(task, tree, work)


def _chain(task: Task, before: Expr | None, previous: Sequence[LineVerdict], tree: Relation, work: Work) -> Kind:
    """``a = b = c`` in an expression task: the links must be equal, and the chain must belong to the problem."""
    sides = tree.sides
    label = isinstance(sides[0], Sym) and not (task.start is not None and sides[0].name in names(task.worked))
    if label and len(sides) > 1:
        sides = sides[1:]
    links = [same_value(a, b, work) for a, b in pairwise(sides)]
    letters = frozenset[str]().union(*(names(side) for side in sides))
    if task.start is not None and letters - names(task.worked):
        return "unsure"
    if False in links and (task.start is not None or not letters or false_link(sides)):
        return "broken"
    if None in links:
        return "unsure"
    if task.start is None and (letters or label):
        return _open_statement(task, before, tree, sides, label, work)
    if before is None:
        return "side"
    worked = task.worked if task.start is not None else before
    belongs = any(same_value(value, side, work) for value in (before, worked) for side in (sides[0], sides[-1]))
    if belongs:
        return "no-progress" if _repeated(task, previous, sides[-1]) and len(sides) < 2 else "equivalent"
    if len(sides) == 1:
        return "broken" if task.start is not None and not label else "unsure"
    return "side"


def _open_statement(
    task: Task, before: Expr | None, tree: Relation, sides: tuple[Expr, ...], label: bool, work: Work
) -> Kind:
    """An equation in a story: judged against the equation before it, if there is one with the same letters."""
    if before is not None and is_statement(before) and names(before) == names(tree):
        return _of_link(relate(before, tree, work))
    if label and len(sides) == 1 and before is not None and not is_statement(before):
        return "equivalent" if same_value(before, sides[0], work) else _against_keys(task, sides[0], work)
    return _against_keys(task, sides[-1] if label else tree, work)


def _against_keys(task: Task, tree: Expr, work: Work) -> Kind:
    for key in task.keys:
        if is_statement(key) == is_statement(tree):
            same = relate(key, tree, work) == "same" if is_statement(key) else same_value(key, tree, work)
            if same:
                return "equivalent"
    return "unsure"


def _is_part(task: Task, previous: Sequence[LineVerdict], tree: Expr, work: Work) -> bool:
    """Whether a value is that of a part of the problem: what is in the brackets, one of the products."""
    value = rational(tree) if not children(tree) or fraction_parts(tree) is not None else None
    if value is None or task.start is None:
        return False
    for path, part in parts(task.worked):
        work.spend(10)
        if path and children(part) and fraction_parts(part) is None and rational(part) == value:
            return True
    return False
