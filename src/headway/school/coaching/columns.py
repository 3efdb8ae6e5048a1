"""Calculations worked in columns: which problems are, and judging the digits that a learner put into the boxes."""

from __future__ import annotations

from headway.core.coaching.checking import check
from headway.core.coaching.diagnosis import Diagnosis, diagnose
from headway.core.coaching.grids import Grid, GridVerdict, Operation, answer_of, judge_grid
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Add, Div, Mul, Neg, Num
from headway.core.text import T
from headway.school.coaching.judging import Topic
from headway.school.people.refusal import Malformed

NO_GRID = T("This problem is not worked in columns. Write your lines instead.")
BAD_ROWS = T("A row of the grid holds digits only. Put one digit into each box.")
LARGEST = 10**6


def numbers_of(task: Task) -> tuple[Operation, int, int] | None:
    """The operation and the two whole numbers of a problem that is worked in columns; None for another. One of them has
    at least two digits, none more than six."""
    found: tuple[Operation, Num, Num]
    match task.start if task.goal == "value" else None:
        case Add((Num() as a, Num() as b)):
            found = ("+", a, b)
        case Add((Num() as a, Neg(Num() as b))):
            found = ("-", a, b)
        case Mul((Num() as a, Num() as b)):
            found = ("*", a, b)
        case Div(Num() as a, Num() as b):
            found = ("/", a, b)
        case _:
            return None
    operation, first, second = found[0], found[1].value, found[2].value
    whole = first.denominator == 1 and second.denominator == 1 and 0 < second < LARGEST and 0 < first < LARGEST
    if not whole or max(first, second) < 10 or (operation in "-/" and first < second):
        return None
    return operation, int(first), int(second)


def judged_grid(task: Task, written: str) -> tuple[GridVerdict, Diagnosis | None]:
    """Judge a grid of digits, its rows on lines of their own, and explain a wrong result.

    Raises Malformed for a problem without a grid and for rows that are no digits.
    """
    grid = _grid(task, written)
    try:
        verdict = judge_grid(grid)
    except ValueError as error:
        raise Malformed(BAD_ROWS) from error
    return verdict, diagnose(task, None, answer_of(grid)) if verdict.wrong else None


def answer_in_grid(topic: Topic, written: str) -> str:
    """The result of a grid in which every digit follows, where it is the answer; else an empty string."""
    grid = _grid(topic.task, written)
    result = answer_of(grid).lstrip("0") or "0"
    if topic.spec is not None:
        return result if check(topic.spec, result).correct else ""
    return "" if grid.operation == "/" and grid.first % grid.second else result


def _grid(task: Task, written: str) -> Grid:
    found = numbers_of(task)
    if found is None:
        raise Malformed(NO_GRID)
    return Grid(*found, tuple(written.split("\n")))
