"""Scores of outside tests as CSV, one score a row: read whole, with every error by row and field.

| column | meaning |
|---|---|
| student | the student's identifier in the roster (``sourcedId``) |
| measure | name of the test, for example ``State test mathematics`` |
| date | when it was taken, as 2026-09-30 |
| score | a number |
| se | standard error of the score, where known (may be absent) |
| unit, form | words (may be absent) |
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from datetime import date
from io import StringIO

from headway.standards.errors import ImportProblem

NEEDED = ("student", "measure", "date", "score")
OPTIONAL = ("se", "unit", "form")
MAX_ROWS = 2_000_000
LONGEST = 120
EPOCH = date(1970, 1, 1)
FIRST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One score. ``row`` counts from 1 below the header, ``day`` from 1 January 1970; ``se`` None where not known."""

    row: int
    student: str
    measure: str
    day: int
    score: float
    se: float | None
    unit: str
    form: str


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong in one field of one row, and how to mend it."""

    row: int
    field: str
    value: str
    what: str


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """The rows that can be used, and what is wrong with the others. ``ignored`` are columns that nobody reads."""

    rows: tuple[MeasureRow, ...]
    errors: tuple[FieldError, ...]
    ignored: tuple[str, ...]


def read_measures(data: bytes, name: str, *, today: date) -> MeasureTable:
    """Read a table. Raises ImportProblem when it is no CSV in UTF-8, lacks a column, or has no rows."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportProblem("The file is not UTF-8.", name, "Save it as “CSV UTF-8”.") from error
    if "\x00" in text:
        raise ImportProblem("The file holds bytes that no text has.", name, "Export it again as CSV.")
    if ";" in text.partition("\n")[0] and "," not in text.partition("\n")[0]:
        raise ImportProblem(
            "Its columns are separated by semicolons.", name, "Save it with commas between the columns."
        )
    try:
        lines = list(csv.DictReader(StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ImportProblem(f"The file is no CSV ({error}).", name, "Export it again as CSV.") from error
    header = [column.strip().lower() for column in (lines[0] if lines else {}) if isinstance(column, str)]
    missing = [column for column in NEEDED if column not in header]
    if not lines or missing:
        what = f"The column {missing[0]} is missing." if lines else "The table has no rows."
        raise ImportProblem(
            what, name, f"The columns are {', '.join((*NEEDED, *OPTIONAL))}; the last three may be absent."
        )
    if len(lines) > MAX_ROWS:
        raise ImportProblem(f"The table has {len(lines):,} rows.", name, f"Give at most {MAX_ROWS:,} at a time.")
    rows: list[MeasureRow] = []
    errors: list[FieldError] = []
    for number, line in enumerate(lines, 1):
        cells = {
            str(key).strip().lower(): (value or "").strip() for key, value in line.items() if isinstance(value, str)
        }
        found = _row(number, cells, today)
        if isinstance(found, MeasureRow):
            rows.append(found)
        else:
            errors.extend(found)
    return MeasureTable(tuple(rows), tuple(errors), tuple(c for c in header if c not in (*NEEDED, *OPTIONAL)))


def _row(number: int, cells: dict[str, str], today: date) -> MeasureRow | list[FieldError]:
    wrong: list[FieldError] = []

    def bad(field: str, what: str) -> None:
        wrong.append(FieldError(number, field, cells.get(field, ""), what))

    for field in ("student", "measure"):
        if not cells.get(field):
            bad(field, "is empty")
        elif len(cells[field]) > LONGEST:
            bad(field, f"is longer than {LONGEST} characters")
    day = _day(cells.get("date", ""))
    if day is None:
        bad("date", "is not a date like 2026-09-30")
    elif not FIRST <= day <= today:
        bad("date", "lies ahead" if day > today else f"is before {FIRST.isoformat()}")
    score, se = _number(cells.get("score", "")), _number(cells.get("se", ""))
    if score is None:
        bad("score", "is not a number")
    if cells.get("se") and (se is None or se <= 0.0):
        bad("se", "is not a number above 0")
    if wrong or day is None or score is None:
        return wrong
    unit, form = cells.get("unit", "")[:LONGEST], cells.get("form", "")[:LONGEST]
    return MeasureRow(number, cells["student"], cells["measure"], (day - EPOCH).days, score, se, unit, form)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
