"""A table somebody hands in: CSV or Parquet, told apart by content, with columns under one of their usual names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO

import polars as pl

from headway.standards.errors import ImportProblem

MAX_BYTES = 4_000_000_000
PARQUET = b"PAR1"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
TWICE = re.compile(r"_duplicated_\d+$")
"""What the reader of CSV adds to a name that a column before had."""
LONGEST_REASON = 160
"""Characters of a reader's complaint that are passed on; it may quote a cell of megabytes."""


def read_frame(source: BinaryIO, name: str, *, as_text: bool = False, missing: Sequence[str] = ()) -> pl.DataFrame:
    """Read a seekable file as it stands, told apart by its content. Raises ImportProblem for one that is empty, unreadable,
    without rows, or with something else than commas between its columns.

    ``as_text``: every cell of a CSV stays text; ``missing``: words that stand for no value.
    """
    source.seek(0)
    start = source.read(1 << 16)
    source.seek(0)
    if not start.strip():
        raise ImportProblem("The file is empty.", name, "Give a CSV with a line of column names, or Parquet.")
    if start.startswith(UTF_16):
        raise ImportProblem("It is in UTF-16.", name, "Save it as CSV in UTF-8.")
    kind = "Parquet" if start.startswith(PARQUET) else "CSV"
    try:
        if kind == "Parquet":
            frame = pl.read_parquet(source)
        else:
            frame = pl.read_csv(
                source, infer_schema=not as_text, infer_schema_length=None, null_values=list(missing) or None
            )
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        if len(reason) > LONGEST_REASON:
            reason = f"{reason[:LONGEST_REASON]}…"
        raise ImportProblem(
            f"It is not a readable {kind} file ({reason}).",
            name,
            "Give CSV in UTF-8 with a line of column names, or Parquet.",
        ) from None
    between = next((mark for mark in (";", "\t") if frame.width == 1 and mark in frame.columns[0]), None)
    if between is not None:
        marks = "semicolons" if between == ";" else "tabs"
        raise ImportProblem(f"Its columns are separated by {marks}.", name, "Save it with commas between the columns.")
    again = next((each for each in frame.columns if TWICE.search(each) and TWICE.sub("", each) in frame.columns), None)
    if again is not None:
        raise ImportProblem(f"Two columns have the name {TWICE.sub('', again)}.", name, "Rename one of them.")
    nested = next((each for each, kind in frame.schema.items() if kind.is_nested()), None)
    if nested is not None:
        raise ImportProblem(f"The column {nested} holds lists or records.", name, "Give one value in each cell.")
    if frame.height == 0:
        raise ImportProblem("It has column names but no rows.", name, "Give at least one row under them.")
    return frame


def read_table(source: BinaryIO, name: str) -> pl.DataFrame:
    """As :func:`read_frame`, with column names in lower case and ``_`` for spaces. Raises ImportProblem."""
    frame = read_frame(source, name)
    plain = {column: "_".join(column.strip().lower().split()) for column in frame.columns}
    if len(set(plain.values())) < len(plain):
        raise ImportProblem("Two columns have the same name.", name, "Rename one of them.")
    return frame.rename(plain)


def pick(
    frame: pl.DataFrame, wanted: Mapping[str, Sequence[str]], optional: Mapping[str, Sequence[str]], name: str
) -> pl.DataFrame:
    """Keep the wanted columns and those optional ones that are there, each under its first name.

    ``wanted`` and ``optional``: our name -> other names it may have. Raises ImportProblem for one that is missing.
    """
    found: dict[str, str] = {}
    for ours, others in {**wanted, **optional}.items():
        there = [column for column in (ours, *others) if column in frame.columns]
        if len(there) > 1:
            raise ImportProblem(f"The columns {' and '.join(there)} mean the same.", name, "Leave one of them out.")
        if there:
            found[there[0]] = ours
    missing = [ours for ours in wanted if ours not in found.values()]
    if missing:
        has = ", ".join(frame.columns[:20])
        raise ImportProblem(
            f"The column {', '.join(missing)} is missing.", name, f"It has: {has}. Rename or add what is missing."
        )
    return frame.select(list(found)).rename(found)


def numbers(frame: pl.DataFrame, column: str, name: str, *, empty: bool = False) -> pl.Series:
    """A column as float64; ``empty`` values become nan where they are allowed. Raises ImportProblem for the first row
    (from 1) that is not a finite number."""
    series = frame[column]
    out = series.cast(pl.Float64, strict=False)
    wrong = (out.is_null() & series.is_not_null()) | out.is_infinite().fill_null(value=False)
    if not empty:
        wrong = out.is_null() | out.is_nan()
    if wrong.any():
        row = int(wrong.arg_true()[0])
        raise ImportProblem(
            f"The value in row {row + 1} is {series[row]!r}, not a number.", f"{name}, column {column}",
            "Correct it or leave the row out.",
        )  # fmt: skip
    return out.fill_null(float("nan"))


def names(frame: pl.DataFrame, column: str, name: str) -> pl.Series:
    """A column of names as text. Raises ImportProblem for the first row (from 1) that is empty."""
    series = frame[column].cast(pl.String).str.strip_chars()
    wrong = series.is_null() | (series == "")
    if wrong.any():
        row = int(wrong.arg_true()[0]) + 1
        raise ImportProblem(
            f"The value in row {row} is empty.", f"{name}, column {column}", "Fill it in or leave the row out."
        )
    return series
