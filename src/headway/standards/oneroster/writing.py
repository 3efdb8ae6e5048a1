"""Rows of a roster to a package of OneRoster CSV, 1.2 or 1.1, streamed into a zip."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import IO, NamedTuple

from headway.standards.oneroster.package import Mode
from headway.standards.oneroster.tables import FIRST, LEFT_OUT, OTHERS, TABLES

Beside = Callable[[str], tuple[str, str]]
"""User -> role and orgs, with commas between them: what 1.1 writes beside a user."""
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip: the same rows make the same bytes."""


class Out(NamedTuple):
    """A row to be written; ``modified`` is an ISO 8601 time, or empty in a package that holds all rows."""

    sourced_id: str
    status: str
    modified: str
    cells: tuple[str, ...]


def write_package(
    stream: IO[bytes],
    tables: Mapping[str, Iterable[Out]],
    *,
    version: str = "1.2",
    mode: Mode = "bulk",
    beside: Beside | None = None,
) -> dict[str, int]:
    """Write these tables and a manifest; return kind -> rows. In ``bulk``, status and time stay empty as the standard asks.

    1.1 has no table of roles: ``beside`` says them for each user. Raises ValueError for 1.1 with users and without it.
    """
    if version == "1.1" and "users" in tables and beside is None:
        raise ValueError("1.1 writes a role beside each user: give beside")
    counts: dict[str, int] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        kinds = [kind for kind in TABLES if kind in tables and not (version == "1.1" and kind == "roles")]
        _file(archive, "manifest.csv", [("propertyName", "value"), *_manifest(kinds, version, mode)])
        for kind in kinds:
            counts[kind] = _file(archive, f"{kind}.csv", _lines(kind, tables[kind], version, mode, beside)) - 1
    return counts


def columns(kind: str, version: str) -> tuple[str, ...]:
    """The columns of a file in their order."""
    table = TABLES[kind]
    kept = [name for name in table.names if not (version == "1.1" and name in table.only_1_2)]
    extra = table.only_1_1 if version == "1.1" else ()
    left = LEFT_OUT.get(kind, ())
    own = [name for name in kept if name.startswith("metadata.")]
    return (*FIRST, *(name for name in kept if name not in own), *extra, *left, *own)


def _manifest(kinds: list[str], version: str, mode: Mode) -> list[tuple[str, str]]:
    known = [kind for kind in (*TABLES, *OTHERS) if version == "1.2" or kind not in NEW_IN_1_2]
    said = [(f"file.{kind}", mode if kind in kinds else "absent") for kind in sorted(known)]
    system = [("source.systemName", "Headway"), ("source.systemCode", "headway")]
    return [("manifest.version", "1.0"), ("oneroster.version", version), *said, *system]


NEW_IN_1_2 = (
    "roles", "userProfiles", "userResources", "lineItemLearningObjectiveIds", "lineItemScoreScales",
    "resultLearningObjectiveIds", "resultScoreScales", "scoreScales",
)  # fmt: skip


def _lines(
    kind: str, rows: Iterable[Out], version: str, mode: Mode, beside: Beside | None
) -> Iterable[tuple[str, ...]]:
    names = columns(kind, version)
    yield names
    of = {name: n for n, name in enumerate(TABLES[kind].names)}
    places = [of.get(name, -1) for name in names[len(FIRST) :]]
    split = beside if version == "1.1" and kind == "users" else None
    for row in rows:
        first = (row.sourced_id, "", "") if mode == "bulk" else row[:3]
        cells = (*row.cells, "")
        if split is not None:
            role, orgs = split(row.sourced_id)
            given = {"orgSourcedIds": orgs, "role": role}
            cells_1_1 = tuple(given.get(name, cells[n]) for name, n in zip(names[len(FIRST) :], places, strict=True))
            yield (*first, *cells_1_1)
        else:
            yield (*first, *[cells[n] for n in places])


def _file(archive: zipfile.ZipFile, name: str, lines: Iterable[tuple[str, ...]]) -> int:
    count = 0
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as file, io.TextIOWrapper(file, "utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        for line in lines:
            writer.writerow(line)
            count += 1
    return count
