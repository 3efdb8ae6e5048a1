"""What schools have as CSV, one thing a row: read whole, with every error by row and field.

| column | meaning |
|---|---|
| school | the school's identifier in the roster (``sourcedId``) or its name |
| kind | ``technology``, ``autonomy``, ``budget`` or ``partner`` |
| name | a key of ``core.environment.means`` (``devices``, ``schedule`` ...), or the name of a budget line or partner |
| value | a number, ``yes`` or ``no``, how many can be online, or the money of a budget line (may be absent) |
| cost, per, years | of a budget line: its kind of cost, what it is counted by, and the years it is spread over (may be absent) |
| words | more about it (may be absent) |
| date | from when on, as 2026-09-01 |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from headway.core.environment.means import Said, faults
from headway.standards.measures import EPOCH, FIRST, FieldError
from headway.standards.outcomes import rows_of

NEEDED = ("school", "kind", "name", "date")
OPTIONAL = ("value", "cost", "per", "years", "words")


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A row. ``row`` counts from 1 below the header, ``day`` from 1 January 1970."""

    row: int
    school: str
    said: Said
    day: int


@dataclass(frozen=True, slots=True)
class MeansTable:
    """The rows that can be used, and what is wrong with the others. ``ignored`` are columns that nobody reads."""

    rows: tuple[SaidRow, ...]
    errors: tuple[FieldError, ...]
    ignored: tuple[str, ...]


def read_means(data: bytes, name: str, *, today: date) -> MeansTable:
    """Read a table. Raises ImportProblem as ``rows_of``."""
    cells, ignored = rows_of(data, name, NEEDED, OPTIONAL)
    rows, errors = [], []
    for number, row in enumerate(cells, 1):
        found, wrong = _row(number, row, today)
        errors += wrong
        if not wrong:
            rows.append(found)
    return MeansTable(tuple(rows), tuple(errors), tuple(ignored))


def _row(number: int, cells: Mapping[str, str], today: date) -> tuple[SaidRow, list[FieldError]]:
    wrong: list[FieldError] = []

    def bad(field: str, what: str) -> None:
        wrong.append(FieldError(number, field, cells.get(field, ""), what))

    day, years = FIRST, 1.0
    try:
        day = date.fromisoformat(cells.get("date", ""))
    except ValueError:
        bad("date", "is not a date like 2026-09-01. Correct it.")
    if not FIRST <= day <= today:
        bad(
            "date",
            "lies ahead. Give the day from which on it holds." if day > today else "is too long ago. Correct it.",
        )
    if cells.get("years"):
        try:
            years = float(cells["years"])
        except ValueError:
            years = 0.0
    if not cells.get("school"):
        bad("school", "is empty. Write the school's identifier or name.")
    said = Said(
        cells.get("kind", "").lower(), cells.get("name", ""), cells.get("value", ""), cells.get("cost", "").lower(),
        cells.get("per", "").lower(), years, cells.get("words", ""),
    )  # fmt: skip
    for field, what in faults(said):
        bad(field, str(what))
    return SaidRow(number, cells.get("school", ""), said, (day - EPOCH).days), wrong
