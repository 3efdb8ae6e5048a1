"""A district's data as Parquet with a dictionary: for its own analysts, with names; a folder for each export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import QuerySet

from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.measurement.models import Measure
from headway.school.path.models import Decision
from headway.school.people.models import Enrolment, Person, School, Section
from headway.school.people.tenancy import in_district
from headway.standards.spreadsheet import safe_rows

PART = 200_000
"""Rows of a Parquet file; a table of more has several, so that memory does not grow with the district."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type in Parquet, where it comes from in the table, and what it means with its unit."""

    name: str
    kind: Any
    path: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the export."""

    name: str
    rows: Any
    columns: tuple[Column, ...]

    @property
    def schema(self) -> dict[str, Any]:
        """Name -> type."""
        return {column.name: column.kind for column in self.columns}


def _columns(*rows: tuple[str, Any, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


TEXT, WHOLE, REAL, YES = pl.String, pl.Int64, pl.Float64, pl.Boolean
LEARNER = ("learner", TEXT, "learner_id", "identifier of the learner, as in people")
AT = ("at", REAL, "at", "when, in seconds since 1970 (UTC)")

PARTS = (
    Part("schools", School, _columns(
        ("id", TEXT, "id", "identifier"),
        ("sourced_id", TEXT, "sourced_id", "identifier in the roster's source"),
        ("name", TEXT, "name", "name"),
        ("is_active", YES, "is_active", "whether it is in the roster now"),
    )),
    Part("sections", Section, _columns(
        ("id", TEXT, "id", "identifier"),
        ("sourced_id", TEXT, "sourced_id", "identifier in the roster's source"),
        ("school", TEXT, "school_id", "identifier of its school"),
        ("title", TEXT, "title", "title"),
        ("subject", TEXT, "subject", "subject"),
        ("grade", TEXT, "grade", "K, 1 to 12, or empty"),
        ("is_active", YES, "is_active", "whether it is in the roster now"),
    )),
    Part("people", Person, _columns(
        ("id", TEXT, "id", "identifier"),
        ("sourced_id", TEXT, "sourced_id", "identifier in the roster's source"),
        ("given_name", TEXT, "given_name", "given name"),
        ("family_name", TEXT, "family_name", "family name"),
        ("grade", TEXT, "grade", "K, 1 to 12, or empty"),
        ("language", TEXT, "language", "ISO 639-1 code"),
        ("simulated", YES, "simulated", "whether this is an invented learner"),
        ("is_active", YES, "is_active", "whether they are in the roster now"),
    )),
    Part("seats", Enrolment, _columns(
        ("section", TEXT, "section_id", "identifier of the section"),
        ("person", TEXT, "person_id", "identifier of the person"),
        ("role", TEXT, "role", "student or teacher"),
    )),
    Part("answers", Evidence, _columns(
        ("number", WHOLE, "id", "number of the line in the log"),
        LEARNER,
        ("kind", TEXT, "kind", "response, start, screening or judged"),
        ("activity", TEXT, "activity", "what was worked on"),
        ("step", WHOLE, "step", "step of it, from 0"),
        ("skills", TEXT, "skills", "identifiers of the skills, as JSON"),
        ("correct", YES, "correct", "whether the answer was right"),
        ("attempt", WHOLE, "attempt", "which try at this step, from 1"),
        ("hints", WHOLE, "hints", "hints seen before the answer"),
        ("shown", YES, "shown", "whether the solution was shown"),
        ("seconds", REAL, "seconds", "time on the step, in seconds"),
        ("misconception", TEXT, "misconception", "identifier of what a wrong answer shows, or empty"),
        AT,
    )),
    Part("decisions", Decision, _columns(
        ("number", WHOLE, "id", "number of the decision"),
        LEARNER,
        ("activity", TEXT, "activity", "what was chosen"),
        ("skill", TEXT, "skill", "its skill"),
        ("reason", TEXT, "reason_code", "why, as a code"),
        ("propensity", REAL, "propensity", "probability with which it was chosen, 0 to 1"),
        ("predicted", REAL, "predicted", "foreseen probability of a right answer, 0 to 1"),
        ("model", TEXT, "model", "learner model that served"),
        ("policy", TEXT, "policy", "policy that chose"),
        AT,
    )),
    Part("mastery", MasteryEntry, _columns(
        ("number", WHOLE, "id", "number of the line in the ledger"),
        LEARNER,
        ("skill", TEXT, "skill", "identifier of the skill"),
        ("kind", TEXT, "kind", "reached, confirmed or lost"),
        ("probability", REAL, "probability", "probability of mastery then, 0 to 1"),
        ("threshold", REAL, "threshold", "what was asked, 0 to 1"),
        AT,
    )),
    Part("measures", Measure, _columns(
        ("number", WHOLE, "id", "number of the row"),
        LEARNER,
        ("measure", TEXT, "measure", "which test or probe"),
        ("day", WHOLE, "day", "day, counted since 1 January 1970"),
        ("score", REAL, "score", "score, in its unit"),
        ("error", REAL, "se", "standard error, in the same unit; empty where it is not known"),
        ("unit", TEXT, "unit", "unit of the score"),
    )),
)  # fmt: skip


def export_district(*, district: UUID, folder: Path) -> dict[str, int]:
    """Write every table and ``dictionary.csv`` into an empty folder; return table -> rows."""
    with in_district(district):
        counts = {part.name: write_part(folder, part, rows_of(part)) for part in PARTS}
    write_dictionary(folder, PARTS)
    return counts


def rows_of(part: Part, only: QuerySet[Any] | None = None) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table, by parts, in the order of their keys."""
    rows, last = part.rows._default_manager.order_by("pk") if only is None else only.order_by("pk"), None
    paths = ["pk", *(column.path for column in part.columns)]
    while True:
        page = list((rows if last is None else rows.filter(pk__gt=last)).values_list(*paths)[:PART])
        if page:
            yield [row[1:] for row in page]
        if len(page) < PART:
            return
        last = page[-1][0]


def write_part(folder: Path, part: Part, pages: Iterator[list[tuple[Any, ...]]]) -> int:
    """Write a table as one Parquet file, or as several where it is large; return its rows."""
    count, number = 0, 0
    for page in pages:
        _write(folder / (f"{part.name}-{number}.parquet" if number else f"{part.name}.parquet"), part, page)
        count, number = count + len(page), number + 1
    if not number:
        _write(folder / f"{part.name}.parquet", part, [])
    return count


def _write(path: Path, part: Part, rows: list[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(part.columns)
    data = {
        column.name: pl.Series(column.name, [_plain(value) for value in values], column.kind, strict=False)
        for column, values in zip(part.columns, columns, strict=True)
    }
    pl.DataFrame(data).write_parquet(path)


def _plain(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(value)
    return str(value) if isinstance(value, UUID) else value


def write_dictionary(folder: Path, parts: tuple[Part, ...]) -> None:
    """Say what each column is: table, column, type, meaning."""
    rows = [(part.name, c.name, str(c.kind).rsplit(".", 1)[-1], c.meaning) for part in parts for c in part.columns]
    text = safe_rows([("table", "column", "type", "meaning"), *rows])
    (folder / "dictionary.csv").write_text(text, encoding="utf-8", newline="")
