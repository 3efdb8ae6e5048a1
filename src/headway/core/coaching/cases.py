"""Solutions that are found one after the other: ``x = 2`` on one line and ``x = 3`` on the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from headway.core.coaching.solutions import is_statement, relate
from headway.core.coaching.tree import Expr, Logic, names
from headway.core.coaching.verdicts import MESSAGES, LineVerdict
from headway.core.coaching.work import Work
from headway.core.text import NOTHING, T

ALL_CASES = T("Now you have all the solutions. Write them together in one line.")
ONE_CASE = T("This is one of the solutions.")


def opened(previous: Sequence[LineVerdict]) -> int:
    """The index of the line that took one solution of several, when everything after it is sound; -1 without one."""
    for index in range(len(previous) - 1, -1, -1):
        if previous[index].kind == "loses":
            return index
        if previous[index].kind == "broken":
            break
    return -1


def as_case(base: Expr, first: int, held: Expr, line: Expr, tree: Expr, work: Work) -> LineVerdict | None:
    """The verdict on ``line`` as another case of ``base``, after the case ``held`` that line ``first`` began; None when
    it is none, or when solutions are still missing and it is no new one."""
    if len(names(base)) != 1 or not is_statement(line) or not is_statement(held):
        return None
    both = Logic("or", (held, line))
    if relate(base, both, work) in ("same", "same-set"):
        return LineVerdict("same-solutions", ALL_CASES, NOTHING, tree, both, first)
    return None


def finishing(last: LineVerdict, line: Expr, tree: Expr, work: Work) -> LineVerdict | None:
    """The verdict on a line that goes on with the last case alone, after all cases were found; None when it does not."""
    if last.completes < 0 or last.tree is None or not is_statement(last.tree):
        return None
    if relate(last.tree, line, work) not in ("same", "same-set"):
        return None
    return LineVerdict("equivalent", MESSAGES["equivalent"], NOTHING, tree, last.main, last.completes)


def with_cases(verdicts: Sequence[LineVerdict]) -> tuple[LineVerdict, ...]:
    """The verdicts of a whole working: a line that took one case is sound when a later line completes the cases."""
    settled = list(verdicts)
    for index, verdict in enumerate(verdicts):
        for place in range(verdict.completes, index) if verdict.completes >= 0 else ():
            if settled[place].kind == "loses":
                settled[place] = replace(settled[place], kind="side", message=ONE_CASE)
    return tuple(settled)
