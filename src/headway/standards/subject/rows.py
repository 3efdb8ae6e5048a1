"""Reading the tables of a subject strictly: every fault is found, with its file, row and field, before anything is used.

Rows are counted as a spreadsheet counts them: the line of column names is row 1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headway.standards.errors import ImportProblem

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000
LONGEST_CELL = 8_000
MOST_FAULTS = 200
"""More are not listed: whoever has so many mends the first ones and looks again."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a table may hold: the columns that must be there, and those that may."""

    name: str
    needed: tuple[str, ...]
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line as text by column; ``number`` is its row in a spreadsheet. A column that is not there reads as ""."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def where(self, column: str) -> str:
        """Name the field, for a message."""
        return f"{self.file}, row {self.number}, {column}"


@dataclass(slots=True)
class Faults:
    """What is wrong, in the order in which it was met; ``found`` counts those that are not listed too."""

    listed: list[ImportProblem] = field(default_factory=list)
    found: int = 0

    def add(self, what: str, where: str, how: str) -> None:
        """Write one down: what is wrong, where, and how to mend it."""
        self.found += 1
        if len(self.listed) < MOST_FAULTS:
            self.listed.append(ImportProblem(what, where, how))


def read_rows(data: bytes, table: Table, faults: Faults) -> list[Row]:
    """Read a table of CSV in UTF-8. What cannot be used is written into ``faults``; empty lines are passed over."""
    text = _text(data, table.name, faults)
    if text is None:
        return []
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        faults.add(f"It is not readable CSV ({error}).", table.name, "Save it again as CSV from the spreadsheet.")
        return []
    header = [name.strip().lower().replace(" ", "_") for name in lines[0]] if lines else []
    if not _columns_fit(header, table, faults):
        return []
    rows = [_row(line, number, header, table, faults) for number, line in enumerate(lines[1:], 2) if any(line)]
    if not rows:
        faults.add("There are no rows under the column names.", table.name, "Add at least one.")
    if len(rows) > MAX_ROWS:
        faults.add(f"It has {len(rows):,} rows.", table.name, f"Give at most {MAX_ROWS:,}, in several subjects.")
        return []
    return rows


def _text(data: bytes, name: str, faults: Faults) -> str | None:
    if len(data) > MAX_BYTES:
        faults.add(f"It has more than {MAX_BYTES // 1_000_000} MB.", name, "Leave pictures out; the tables are text.")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        faults.add("It is not UTF-8.", f"{name}, line {row}", "Save it as “CSV UTF-8” from the spreadsheet.")
        return None
    if "\x00" in text:
        faults.add("It is not a text file.", name, "Save the sheet as CSV; a workbook itself cannot be read.")
        return None
    return text


def _columns_fit(header: Sequence[str], table: Table, faults: Faults) -> bool:
    if not any(header):
        faults.add("The file is empty.", table.name, f"Begin with a line of column names: {', '.join(table.needed)}.")
        return False
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        faults.add("Its columns are not separated by commas.", f"{table.name}, row 1", "Save it as CSV with commas.")
        return False
    known = (*table.needed, *table.allowed)
    before = faults.found
    for column in table.needed:
        if column not in header:
            faults.add(f"The column {column} is missing.", f"{table.name}, row 1", f"It has: {', '.join(header)}.")
    for place, column in enumerate(header):
        if column in header[:place]:
            faults.add(f"The column {column} is there twice.", f"{table.name}, row 1", "Leave one of them out.")
        elif column not in known:
            faults.add(
                f"There is no column “{column[:60]}” in this table.",
                f"{table.name}, row 1",
                f"Leave it out, or rename it: {', '.join(known)}.",
            )
    return faults.found == before


def _row(line: Sequence[str], number: int, header: Sequence[str], table: Table, faults: Faults) -> Row:
    row = Row(table.name, number, {name: cell.strip() for name, cell in zip(header, line, strict=False)})
    if len(line) != len(header) and any(cell.strip() for cell in line[len(header) :]):
        faults.add(
            f"It has {len(line)} cells and the table has {len(header)} columns.",
            f"{table.name}, row {number}",
            "Put cells that hold a comma between quotation marks.",
        )
    for name, cell in row.cells.items():
        if len(cell) > LONGEST_CELL:
            faults.add(f"It has {len(cell):,} characters.", row.where(name), f"At most {LONGEST_CELL:,} fit.")
    return row
