"""What a district wants as CSV, one outcome a row: read whole, with every error by row and field.

| column | meaning |
|---|---|
| code | a short name that stays the same |
| title | what is wanted, in plain words |
| facet | a key of ``core.evidence.outcomes.aims.FACETS``, for example ``college`` |
| measure | what is measured: a key of ``KINDS`` there, for example ``ability`` or ``test`` |
| name | the subject, test or kind of criterion that the measure is of (empty: all) |
| better | ``higher`` or ``lower`` |
| bar | from where on a learner counts as there, on the measure's scale |
| goals | days and percent of learners who are there by then: ``2027-01-31:60; 2027-06-11:70`` |
| about | why it is wanted (may be absent) |
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from math import isfinite, nan
from typing import Literal, cast

from headway.core.evidence.outcomes.aims import Aim, Goal, faults
from headway.standards.errors import ImportProblem
from headway.standards.measures import EPOCH, FieldError

NEEDED = ("code", "title", "facet", "measure", "name", "better", "bar", "goals")
OPTIONAL = ("about",)
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class AimTable:
    """The rows that can be used, and what is wrong with the others. ``ignored`` are columns that nobody reads."""

    aims: tuple[Aim, ...]
    errors: tuple[FieldError, ...]
    ignored: tuple[str, ...]


def rows_of(
    data: bytes, name: str, needed: Sequence[str], optional: Sequence[str]
) -> tuple[list[dict[str, str]], list[str]]:
    """The cells of a small table by column, and the columns that nobody reads. Raises ImportProblem for what is no CSV in UTF-8,
    lacks a column, names one twice, has no rows, or a row with more cells than columns."""
    if len(data) > MOST_BYTES:
        raise ImportProblem(f"The file has {len(data):,} bytes.", name, f"Give at most {MOST_BYTES:,}.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportProblem("The file is not UTF-8.", name, "Save it as “CSV UTF-8”.") from error
    if "\x00" in text:
        raise ImportProblem("The file holds bytes that no text has.", name, "Export it again as CSV.")
    first = text.partition("\n")[0]
    if ";" in first and "," not in first:
        raise ImportProblem(
            "Its columns are separated by semicolons.", name, "Save it with commas between the columns."
        )
    try:
        lines = [
            line for line in csv.reader(StringIO(text, newline=""), strict=True) if any(cell.strip() for cell in line)
        ]
    except csv.Error as error:
        raise ImportProblem(f"The file is no CSV ({error}).", name, "Export it again as CSV.") from error
    header = [cell.strip().lower() for cell in (lines[0] if lines else [])]
    missing = [column for column in needed if column not in header]
    twice = [column for column in header if header.count(column) > 1]
    if missing or twice or len(lines) < 2:
        what = (
            f"The column {missing[0]} is missing." if missing
            else f"Two columns are called {twice[0]}." if twice else "The table has no rows."
        )  # fmt: skip
        raise ImportProblem(what, name, f"The columns are {', '.join((*needed, *optional))}.")
    for number, line in enumerate(lines[1:], 1):
        if len(line) > len(header):
            raise ImportProblem(
                f"Row {number} has {len(line)} cells, the header {len(header)}.",
                name,
                "Put quotes around a cell with a comma.",
            )
    cells = [dict(zip(header, (cell.strip() for cell in line), strict=False)) for line in lines[1:]]
    return cells, [column for column in header if column not in (*needed, *optional)]


def read_aims(
    data: bytes, name: str, *, subjects: Sequence[str], tests: Sequence[str], criteria: Sequence[str]
) -> AimTable:
    """Read a table. Raises ImportProblem as :func:`rows_of`."""
    cells, ignored = rows_of(data, name, NEEDED, OPTIONAL)
    aims, errors, seen = [], [], set()
    for number, row in enumerate(cells, 1):
        aim, wrong = _aim(number, row)
        wrong += [
            FieldError(number, field, row.get(field, ""), str(what))
            for field, what in faults(aim, subjects=subjects, tests=tests, criteria=criteria)
            if field not in {each.field for each in wrong}
        ]
        if aim.code in seen:
            wrong.append(
                FieldError(number, "code", aim.code, "stands in a row before. Give each outcome its own code.")
            )
        seen.add(aim.code)
        errors += wrong
        if not wrong:
            aims.append(aim)
    return AimTable(tuple(aims), tuple(errors), tuple(ignored))


def _aim(number: int, row: Mapping[str, str]) -> tuple[Aim, list[FieldError]]:
    wrong: list[FieldError] = []
    try:
        bar = float(row.get("bar", ""))
    except ValueError:
        bar = nan
    if not isfinite(bar):
        wrong.append(
            FieldError(number, "bar", row.get("bar", ""), "is not a number. Write one on the scale of the measure.")
        )
    goals: tuple[Goal, ...] = ()
    try:
        goals = read_goals(row.get("goals", ""))
    except ValueError:
        what = "is not like 2027-01-31:60; 2027-06-11:70. Write each day and the percent who are there by then."
        wrong.append(FieldError(number, "goals", row.get("goals", ""), what))
    aim = Aim(
        row.get("code", ""), row.get("title", ""), row.get("facet", "").lower(), row.get("measure", "").lower(),
        row.get("name", ""), cast(Literal["higher", "lower"], row.get("better", "").lower()), bar, goals, row.get("about", ""),
    )  # fmt: skip
    return aim, wrong


def read_goals(text: str) -> tuple[Goal, ...]:
    """Goals as ``2027-01-31:60; 2027-06-11:70``. Raises ValueError."""
    out = []
    for part in text.split(";"):
        if part.strip():
            day, _colon, share = part.strip().rpartition(":")
            value = float(share.strip().removesuffix("%"))
            if not isfinite(value):
                raise ValueError(part)
            out.append(Goal((date.fromisoformat(day.strip()) - EPOCH).days, value))
    return tuple(out)


def write_goals(goals: Sequence[Goal]) -> str:
    """Goals as :func:`read_goals` reads them."""
    return "; ".join(f"{date.fromordinal(EPOCH.toordinal() + each.day)}:{each.share:g}" for each in goals)
