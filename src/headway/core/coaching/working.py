"""A learner's whole working: each line judged, and the first line named where it stopped following."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from headway.core.coaching.algebra import rational
from headway.core.coaching.cases import with_cases
from headway.core.coaching.equivalence import judge
from headway.core.coaching.lines import MESSAGES, LineVerdict, judge_line, premise
from headway.core.coaching.solutions import is_statement
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Expr, Relation, names
from headway.core.text import T


@dataclass(frozen=True, slots=True)
class Working:
    """``first_broken`` is the index of the first line that does not follow (-1 when every line does); a line after it
    is judged on its own premises. ``began`` is the index of a line above it where a wrong answer may have begun (-1 when
    there is none to name): it is to be looked at, and keeps its verdict, because it may be right in itself."""

    task: Task
    lines: tuple[str, ...]
    verdicts: tuple[LineVerdict, ...]
    first_broken: int
    began: int = -1

    @property
    def sound(self) -> bool:
        return self.first_broken < 0

    @property
    def named(self) -> int:
        """The line that the learner is pointed to: where a wrong answer began, else the first broken one; -1 for none."""
        return self.began if self.began >= 0 else self.first_broken

    def before(self, index: int) -> Expr | None:
        """What line ``index`` was held against; None when nothing came before it."""
        return premise(self.task, self.verdicts[:index])

    @property
    def state(self) -> Expr | None:
        """Where the learner stands: the last sound line before anything broke, or the problem itself."""
        stop = len(self.lines) if self.sound else self.first_broken
        return self.before(stop)


def read_working(task: Task, lines: Sequence[str], *, finished: bool = False) -> Working:
    """Judge line after line. Empty lines are left out; a line that cannot be read is passed over by the next one.

    ``finished``: the last line is the learner's answer, so a calculation that is right in itself but does not give the
    value of the problem is where the working broke. Where the answer to a story is wrong, the line is named where it may
    have begun; what could not be judged stays ``unsure``.
    """
    kept = [line for line in lines if line.strip()]
    verdicts: list[LineVerdict] = []
    for line in kept:
        verdicts.append(judge_line(task, verdicts, line))
    verdicts = list(with_cases(verdicts))
    open_kinds = ("unsure", "side", "no-progress") if task.goal == "open" else ("unsure", "side")
    if finished and verdicts and verdicts[-1].kind in open_kinds and task.keys:
        verdicts[-1] = _against_keys(task, verdicts[-1])
    astray = finished and bool(verdicts) and verdicts[-1].kind == "broken" and task.goal == "open"
    began = _where_it_began(task, verdicts) if astray else -1
    broken = next((i for i, v in enumerate(verdicts) if v.kind in ("broken", "loses")), -1)
    if broken < 0 and finished and task.goal == "value" and verdicts and verdicts[-1].kind == "side":
        broken = len(verdicts) - 1
        verdicts[-1] = replace(verdicts[-1], kind="broken", message=_NOT_ASKED)
    return Working(task, tuple(kept), tuple(verdicts), broken, began)


def trace(working: Working, answer: str) -> Working:
    """Where a wrong ``answer`` that was given after these sound lines began: the working with that line named, or as it was
    when none is to be named.

    The line that has the wrong value, or the first that could not be judged: both may be right in themselves, so the line is
    named and ``unsure``, never ``broken``.
    """
    if not working.sound or not working.lines:
        return working
    whole = read_working(working.task, [*working.lines, answer], finished=True)
    place = whole.named
    if not 0 <= place < len(working.lines):
        return working
    verdicts = list(working.verdicts)
    verdicts[place] = replace(verdicts[place], kind="unsure", message=LOOK_HERE)
    return Working(working.task, working.lines, tuple(verdicts), place)


def _where_it_began(task: Task, verdicts: list[LineVerdict]) -> int:
    """The line above a wrong answer to a story where it may have begun: the first that could not be judged, or the first that
    has the wrong value already; -1 for none, and where a line is broken. A line with the right answer speaks for all above it."""
    if any(verdict.kind in ("broken", "loses") for verdict in verdicts[:-1]):
        return -1
    wrong = _value(verdicts[-1].tree)
    rights = {_value(key) for key in task.keys} - {None}
    good = max((i for i, v in enumerate(verdicts[:-1]) if v.sound and _value(_end(v.tree)) in rights), default=-1)
    for index, verdict in enumerate(verdicts[:-1]):
        if index <= good:
            continue
        astray = verdict.kind == "side" and wrong is not None and _value(_end(verdict.tree)) == wrong
        if verdict.tree is not None and (verdict.kind == "unsure" or astray):
            return index
    return -1


def _end(tree: Expr | None) -> Expr | None:
    """The last value of a chain of equals signs; any other line as it is."""
    return tree.sides[-1] if isinstance(tree, Relation) and set(tree.signs) == {"="} else tree


def _value(tree: Expr | None) -> object:
    return None if tree is None or is_statement(tree) or names(tree) else rational(tree)


LOOK_HERE = T("The answer is not right yet, and this is the first line that I cannot follow. Look here first.")
_NOT_ASKED = T("This is right in itself, but it is not the value that was asked for.")


def _against_keys(task: Task, verdict: LineVerdict) -> LineVerdict:
    """A last line that the lines before it do not decide is held against the right answers."""
    tree = verdict.tree
    if tree is None:
        return verdict
    given = tree.sides[-1] if isinstance(tree, Relation) and set(tree.signs) == {"="} else tree
    results = [judge(key, form, kind=task.kind) for key in task.keys for form in dict.fromkeys((tree, given))]
    if True in results:
        return replace(verdict, kind="equivalent", message=MESSAGES["equivalent"])
    if None in results:
        return verdict
    return replace(verdict, kind="broken", message=T("This is not the answer yet."))
