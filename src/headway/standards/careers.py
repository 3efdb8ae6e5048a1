"""A district's careers as a table: one career in one language a row.

| column | also called | meaning |
|---|---|---|
| code | id | the same in every language, and over the years |
| title | name | what it is called |
| what | description | what people do there, in a sentence (may be absent) |
| asks | domains | domains of the curriculum that it asks for, separated by semicolons (may be absent) |
| more | | what else it asks for (may be absent) |
| language | | ``en`` where the column is absent |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from headway.standards.errors import ImportProblem
from headway.standards.tables import names, pick, read_table

WANTED = {"code": ("id",), "title": ("name",)}
OPTIONAL = {"what": ("description",), "asks": ("domains",), "more": (), "language": ()}


@dataclass(frozen=True, slots=True)
class CareerRow:
    """A row of the table."""

    code: str
    title: str
    what: str = ""
    asks: tuple[str, ...] = ()
    more: str = ""
    language: str = "en"


def read_careers(source: BinaryIO, name: str) -> list[CareerRow]:
    """Read and check the table. Raises ImportProblem."""
    raw = pick(read_table(source, name), WANTED, OPTIONAL, name)
    codes, titles = names(raw, "code", name).to_list(), names(raw, "title", name).to_list()
    rest = {column: texts(raw, column) for column in OPTIONAL}
    rows = [
        CareerRow(
            code,
            title,
            rest["what"][n],
            tuple(part.strip() for part in rest["asks"][n].split(";") if part.strip()),
            rest["more"][n],
            rest["language"][n] or "en",
        )
        for n, (code, title) in enumerate(zip(codes, titles, strict=True))
    ]
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, 1):
        first = seen.setdefault((row.code, row.language), number)
        if first != number:
            raise ImportProblem(
                f"Rows {first} and {number} are both {row.code!r} in {row.language!r}.",
                f"{name}, column code",
                "Give each career one row a language.",
            )
    return rows


def texts(frame: pl.DataFrame, column: str) -> list[str]:
    """A column that may be absent or empty, as text."""
    if column not in frame.columns:
        return [""] * frame.height
    return frame[column].cast(pl.String).fill_null("").str.strip_chars().to_list()
