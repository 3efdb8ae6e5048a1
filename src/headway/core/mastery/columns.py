"""A researcher's columns, whatever tool they come from, brought into numbers: nothing is guessed, and what is wrong is named.

An error names the column, the first row (counted from 1) and how to mend it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.mastery.metrics import Labels

Longs = NDArray[np.int64]

MEANING = {
    "student": "whose response it is",
    "item": "the problem or step",
    "skill": "the skill",
    "skills": "a list of skills",
    "correct": "1 right, 0 wrong",
    "order": "the place in the student's history",
    "timestamp_ms": "milliseconds",
    "hints": "hints taken before the answer",
    "seconds": "how long the response took",
}
ALSO = {
    "student": ("user", "learner", "pupil", "person", "uid"),
    "item": ("problem", "question", "exercise", "task"),
    "skill": ("kc", "concept", "tag", "topic"),
    "correct": ("right", "score", "outcome", "response", "result"),
}
"""What other logs call a column, as a part of the name."""


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """A column of lists: all their members in a row, and how long each list is."""

    flat: NDArray[Any]
    lengths: Longs

    def __len__(self) -> int:
        return len(self.lengths)


def as_columns(table: Any) -> dict[str, Any]:
    """Return the columns of a mapping, or of a Polars or pandas frame, that a log may have; others are left out."""
    names = list(table) if isinstance(table, Mapping) else [str(name) for name in table.columns]
    for needed in (("student",), ("correct",), ("skill", "skills")):
        if not any(name in names for name in needed):
            raise ValueError(_missing(needed, names))
    found = {name: table[name] for name in MEANING if name in names}
    if hasattr(found.get("skills"), "to_list"):
        found["skills"] = found["skills"].to_list()
    count = len(found["student"])
    if count == 0:
        raise ValueError("the log has no rows: give at least one response")
    for name, values in found.items():
        if len(values) != count:
            raise ValueError(f"column {name!r} has another length ({len(values)}) than student ({count})")
    return found


def _missing(needed: Sequence[str], names: Sequence[str]) -> str:
    said = " or ".join(f"{name!r} ({MEANING[name]})" for name in needed)
    words = (needed[0], *ALSO.get(needed[0], ()))
    like = [name for name in names if name not in MEANING and any(word in name.lower() for word in words)]
    hint = f"; if {like[0]!r} is that, rename it to {needed[0]!r}" if like else "; rename or add it"
    return f"the response log has no column {said}. It has: {', '.join(names[:20]) or 'none'}{hint}"


def ids_of(name: str, values: Any, rows: Longs | None = None) -> NDArray[Any]:
    """Return a column of ids as int64, or as text where it holds text. Whole numbers may be stored as floats.

    ``rows`` are the rows of the values where they are not one a row. Raises ValueError for what is empty, a fraction, or
    neither number nor text.
    """
    given = np.asarray(values)
    if given.dtype.kind == "O":
        given = _of_objects(name, given, rows)
    if given.dtype.kind in "iu":
        return given.astype(np.int64)
    if given.dtype.kind == "f":
        _refuse(np.isnan(given), name, rows, "is empty", "fill it in or leave the row out")
        wrong = ~np.isfinite(given) | (given != np.floor(given))
        _refuse(wrong, name, rows, "is not a whole number", "number from 0 up, or use text", given)
        return given.astype(np.int64)
    if given.dtype.kind in "UT":
        text = given.astype(str)
        _refuse(np.char.strip(text) == "", name, rows, "is empty", "fill it in or leave the row out")
        return text
    raise ValueError(f"column {name!r} holds {given.dtype}; whole numbers or text are wanted")


def _of_objects(name: str, given: NDArray[Any], rows: Longs | None) -> NDArray[Any]:
    """Python objects as numbers or as text, but not both."""
    empty = np.array([_is_empty(value) for value in given.tolist()], np.bool_)
    _refuse(empty, name, rows, "is empty", "fill it in or leave the row out")
    text = np.array([isinstance(value, str) for value in given.tolist()], np.bool_)
    if text.all():
        return given.astype(str)
    _refuse(text, name, rows, "is text while other rows hold numbers", "make all of them text, or all numbers", given)
    try:
        return np.array(given.tolist())
    except ValueError:
        return given


def _is_empty(value: Any) -> bool:
    return (
        value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value)
    )


def numbers_of(name: str, values: Any, *, unknown: float | None = None) -> NDArray[np.float64]:
    """Return a column of numbers; ``unknown`` stands where it is empty, which else is refused. Raises ValueError."""
    given = np.asarray(values)
    if name == "timestamp_ms" and given.dtype.kind == "M":
        given = np.where(np.isnat(given), np.nan, given.astype("datetime64[ms]").astype(np.float64))
    if given.dtype.kind == "O":
        given = np.array([np.nan if _is_empty(value) else value for value in given.tolist()])
    if given.dtype.kind not in "iufb":
        how = "turn times into milliseconds or datetimes" if name == "timestamp_ms" else "make it a number"
        kind = "text" if given.dtype.kind in "UT" else str(given.dtype)
        raise ValueError(f"column {name!r} holds {kind}; numbers are wanted ({MEANING[name]}): {how}")
    found: NDArray[np.float64] = given.astype(np.float64)
    if unknown is None:
        _refuse(~np.isfinite(found), name, None, "is empty", "fill it in, or leave the column or the row out")
    return np.where(np.isfinite(found), found, unknown if unknown is not None else found)


def outcomes_of(values: Any) -> Labels:
    """Return the column ``correct`` as int8. Raises ValueError for anything but 0, 1 and truth values."""
    given = np.asarray(values)
    if given.dtype.kind in "UT" or (given.dtype.kind == "O" and any(isinstance(v, str) for v in given.tolist())):
        raise ValueError("column 'correct' holds text: turn it into 1 (right) and 0 (wrong)")
    numbers = numbers_of("correct", values)
    how = "1 is right and 0 is wrong; turn partial credit into one of the two"
    _refuse(~np.isin(numbers, (0.0, 1.0)), "correct", None, "is something other than 0 and 1", how, numbers)
    return numbers.astype(np.int8)


def lists_of(columns: Mapping[str, Any]) -> Lists:
    """Return each row's skills, from ``skills`` or else ``skill``. Raises ValueError for a row without any."""
    name = "skills" if "skills" in columns else "skill"
    column = columns[name]
    if isinstance(column, Lists):
        found = column
    elif len(column) and any(isinstance(each, (list, tuple, np.ndarray)) for each in list(column[:50])):
        every = [_members(each) for each in column]
        lengths = np.array([len(each) for each in every], np.int64)
        members = np.empty(int(lengths.sum()), object)
        members[:] = [member for each in every for member in each]
        found = Lists(ids_of(name, members, np.repeat(np.arange(len(every)), lengths)), lengths)
    else:
        found = Lists(ids_of(name, column), np.ones(len(column), np.int64))
    _refuse(found.lengths == 0, name, None, "has no skill", "name one, or leave the row out")
    return found


def _members(each: Any) -> list[Any]:
    if _is_empty(each):
        return []
    return list(each) if isinstance(each, (list, tuple, np.ndarray)) else [each]


def refuse_doubles(student: Longs, order: NDArray[np.float64], rows: Longs) -> None:
    """Refuse two rows of one place in one history: skills in rows of their own tell a model the answer. ``rows`` [N] sort the
    log by student and order. Raises ValueError."""
    same = (student[rows][1:] == student[rows][:-1]) & (order[rows][1:] == order[rows][:-1])
    if same.any():
        first, second = sorted((rows[:-1][same][0] + 1, rows[1:][same][0] + 1))
        raise ValueError(
            f"rows {first} and {second} have the same student and order. If a response of several skills has a row for each, "
            "make it one row with a list in 'skills', because such rows tell a model the answer; else number 'order' anew"
        )


def refuse_time_going_back(student: Longs, at: NDArray[np.float64], rows: Longs) -> None:
    """Refuse a time stamp before the one of the row before it in the same history. Raises ValueError."""
    back = (student[rows][1:] == student[rows][:-1]) & (at[rows][1:] < at[rows][:-1])
    wrong = np.zeros(len(rows), np.bool_)
    wrong[rows[1:][back]] = True
    how = "leave 'order' out to have rows sorted by time, or leave 'timestamp_ms' out"
    _refuse(wrong, "timestamp_ms", None, "lies before the one before it in 'order'", how)


def _refuse(
    wrong: NDArray[np.bool_], name: str, rows: Longs | None, what: str, how: str, values: NDArray[Any] | None = None
) -> None:
    if not wrong.any():
        return
    place = int(np.flatnonzero(wrong)[0])
    row, count = (place if rows is None else int(rows[place])) + 1, int(np.count_nonzero(wrong))
    held = f" ({values[place]!s})" if values is not None else ""
    more = f", as in {count - 1} more" if count > 1 else ""
    raise ValueError(f"column {name!r}, row {row}{held} {what}{more}: {how}")
