"""Response logs: a Parquet table, one row a response, checked so that models can be fitted on it without surprises.

| column | type | meaning |
|---|---|---|
| student | integer, 0 or more | whose response it is |
| item | integer, 0 or more (may be absent) | the problem or step |
| skill | integer, 0 or more | the skill, or the id of a combination of skills |
| skills | list of integers (may be absent) | the single skills of a combination |
| correct | 0 or 1 | wrong or right |
| order | integer, 0 or more | place in the student's history; grows from row to row |
| timestamp_ms | integer (may be absent) | milliseconds since some start |
| hints | integer, 0 or more (may be absent) | hints taken before the answer; empty where not known |
| seconds | number, 0 or more (may be absent) | how long the response took; empty where not known |

Rows are sorted by student, then order. Other columns are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import polars as pl

from headway.standards.errors import ImportProblem

COLUMNS: dict[str, pl.DataType] = {
    "student": pl.Int32(),
    "item": pl.Int32(),
    "skill": pl.Int32(),
    "skills": pl.List(pl.Int32()),
    "correct": pl.Int8(),
    "order": pl.Int32(),
    "timestamp_ms": pl.Int64(),
    "hints": pl.Int16(),
    "seconds": pl.Float32(),
}
"""Columns in their order, with the types that :func:`read_responses` returns."""

OPTIONAL = ("item", "skills", "timestamp_ms", "hints", "seconds")
MAYBE_EMPTY = ("hints", "seconds")
MAX_ROWS = 500_000_000
PIECE_ROWS = 500_000
Last = tuple[int, int]
"""Student and order of a response."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where rows lie: the file, how many rows of it come before, and what the last one of those was."""

    name: str
    before: int = 0
    after: Last | None = None


@dataclass(frozen=True, slots=True)
class LogSummary:
    """What a log holds; ``items`` is 0 where the log names none, ``mean_correct`` is from 0 to 1."""

    responses: int
    students: int
    items: int
    skills: int
    mean_correct: float
    timed: bool


def read_responses(source: BinaryIO, name: str = "responses.parquet") -> pl.DataFrame:
    """Read and check a log. ``source`` is a seekable Parquet file.

    Returns the known columns that it has, in the order and types of :data:`COLUMNS`. Raises
    :class:`ImportProblem` that names the column and the first row (counted from 1) and says how to mend it.
    """
    with _readable(name):
        source.seek(0)
        _bounded(int(pl.scan_parquet(source).select(pl.len()).collect().item()), name)
        source.seek(0)
        frame = pl.read_parquet(source)
    _refuse_columns(frame.columns, name)
    if frame.is_empty():
        raise ImportProblem("It has no rows.", name, "Give a log with at least one response.")
    return _checked(frame, _Place(name))


def read_in_pieces(path: Path, *, rows: int = PIECE_ROWS, after: Last | None = None) -> Iterator[pl.DataFrame]:
    """Read and check a log that need not fit into memory, so many rows at a time.

    Yields what :func:`read_responses` would return, in pieces. ``after`` are student and order of the last response of the
    file before, where a log lies in several. Raises :class:`ImportProblem` as that does, when it comes to the row.
    """
    name = path.name
    with _readable(name):
        scan = pl.scan_parquet(path)
        columns, whole = scan.collect_schema().names(), int(scan.select(pl.len()).collect().item())
    _bounded(whole, name)
    _refuse_columns(columns, name)
    known = scan.select([column for column in COLUMNS if column in columns])
    for begin in range(0, whole, rows):
        with _readable(name):
            piece = known.slice(begin, rows).collect()
        piece = _checked(piece, _Place(name, begin, after))
        after = (int(piece["student"][-1]), int(piece["order"][-1]))
        yield piece


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Say what is wrong with a file that Polars cannot read."""
    try:
        yield
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ImportProblem(
            f"It is not a readable Parquet file ({reason}).", name, "Write it again as Parquet."
        ) from None


def _bounded(rows: int, name: str) -> None:
    if rows > MAX_ROWS:
        raise ImportProblem(f"It claims {rows} rows.", name, f"Split it into files of at most {MAX_ROWS} rows.")


def _refuse_columns(columns: Sequence[str], name: str) -> None:
    missing = [column for column in COLUMNS if column not in columns and column not in OPTIONAL]
    if missing:
        has = ", ".join(columns[:20]) or "none"
        how = f"It has: {has}. Rename or add what is missing; docs/how-to/import-responses.md lists the columns."
        raise ImportProblem(f"The column {', '.join(missing)} is missing.", name, how)


def _checked(frame: pl.DataFrame, place: _Place) -> pl.DataFrame:
    """Return the known columns in their types, or refuse them."""
    frame = frame.select([_typed(frame[column], place) for column in COLUMNS if column in frame.columns])
    _refuse_values(frame, place)
    _refuse_disorder(frame, place)
    return frame


def summarize(frame: pl.DataFrame) -> LogSummary:
    """Count what a checked log holds."""
    items = int(frame["item"].n_unique()) if "item" in frame.columns else 0
    mean = float(frame["correct"].cast(pl.Int64).sum()) / frame.height
    return LogSummary(
        frame.height,
        frame["student"].n_unique(),
        items,
        frame["skill"].n_unique(),
        mean,
        "timestamp_ms" in frame.columns,
    )


def _typed(series: pl.Series, place: _Place) -> pl.Series:
    """Bring a column to its type; nothing is rounded or guessed."""
    wanted, column = COLUMNS[series.name], series.name
    where = f"{place.name}, column {column}"
    plain = series.cast(pl.Int8) if column == "correct" and series.dtype == pl.Boolean else series
    inner = plain.dtype.inner if isinstance(plain.dtype, pl.List) else plain.dtype
    fits = inner.is_numeric() if wanted.is_float() else inner.is_integer()
    if isinstance(plain.dtype, pl.List) != isinstance(wanted, pl.List) or not fits:
        kind = "a list of integers" if isinstance(wanted, pl.List) else "numbers" if wanted.is_float() else "integers"
        raise ImportProblem(f"Its type is {series.dtype}; {kind} are wanted.", where, f"Cast the column to {wanted}.")
    if plain.null_count() and column not in MAYBE_EMPTY:
        raise _at(plain.is_null(), "is empty", place, column, "Fill it in or leave the row out.")
    try:
        return plain.cast(wanted)
    except pl.exceptions.PolarsError:
        how = f"Number it anew so that every value fits {wanted}."
        raise ImportProblem("A value is too large.", where, how) from None


def _refuse_values(frame: pl.DataFrame, place: _Place) -> None:
    wrong = ~frame["correct"].is_in([0, 1])
    if wrong.any():
        how = "1 is right and 0 is wrong; turn partial credit into one of the two."
        raise _at(wrong, f"is {frame['correct'].filter(wrong)[0]}, not 0 or 1", place, "correct", how)
    for column in ("student", "item", "skill", "order", *MAYBE_EMPTY):
        if column in frame.columns and (frame[column] < 0).any():
            wrong = (frame[column] < 0).fill_null(value=False)
            how = "Number from 0 up; leave out what has no number."
            raise _at(wrong, f"is {frame[column].filter(wrong)[0]}, below 0", place, column, how)
    if "skills" in frame.columns:
        inside = frame["skills"].list.eval(pl.element().is_null() | (pl.element() < 0)).list.any()
        wrong = inside.fill_null(value=False)
        if wrong.any():
            raise _at(wrong, "holds an empty or negative skill", place, "skills", "Number skills from 0 up.")


def _refuse_disorder(frame: pl.DataFrame, place: _Place) -> None:
    student, order = frame["student"], frame["order"]
    if place.after is not None:  # the last row of what was read before stands in front
        student = pl.concat([pl.Series("student", [place.after[0]], student.dtype), student])
        order = pl.concat([pl.Series("order", [place.after[1]], order.dtype), order])
    skip = int(place.after is not None)
    back = (student.diff() < 0).fill_null(value=False)[skip:]
    if back.any():
        raise _at(back, "belongs to an earlier student", place, "student", "Sort by student, then order.")
    stuck = ((student.diff() == 0) & (order.diff() <= 0)).fill_null(value=False)[skip:]
    if stuck.any():
        how = "Sort by student, then order; order grows from row to row of one student."
        raise _at(stuck, "does not come after the row before it", place, "order", how)


def _at(wrong: pl.Series, what: str, place: _Place, column: str, how: str) -> ImportProblem:
    """Name the first wrong row, and how many there are."""
    row, number = place.before + int(wrong.arg_true()[0]) + 1, int(wrong.sum())
    more = f" ({number} rows are like that)" if number > 1 else ""
    return ImportProblem(f"The value in row {row} {what}{more}.", f"{place.name}, column {column}", how)
