"""Rows on their way in: temporary tables that a file is copied into, and what no file can say of itself.

Rows that point nowhere or are there twice are only seen when all rows are together; the database looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from headway.core.text import T, Text
from headway.school.people.roster import identifier
from headway.standards.oneroster.findings import KEPT, Done, Finding, Findings, quoted
from headway.standards.oneroster.reading import SEPARATOR, Row
from headway.standards.oneroster.tables import TABLES, Field

KEYED = {"orgs": "school", "users": "person", "classes": "section"}
"""Kinds that become rows of ours -> the kind of our identifier."""
TICK = 20_000
_WHERE_THEY_GO = (
    "CREATE TEMP TABLE {stage} (row integer, sourced_id text, status text, key uuid, cells text[]) ON COMMIT DROP"
)


def stage_name(kind: str) -> sql.Identifier:
    """The temporary table of a kind."""
    return sql.Identifier(f"stage_{kind.lower()}")


def open_stage(cursor: CursorWrapper) -> None:
    """Make the tables; those of an earlier call in the same transaction go."""
    for kind in TABLES:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(stage_name(kind)))
        cursor.execute(sql.SQL(_WHERE_THEY_GO).format(stage=stage_name(kind)))
    cursor.execute("DROP TABLE IF EXISTS stage_alive")
    cursor.execute("CREATE TEMP TABLE stage_alive (kind text, sourced_id text) ON COMMIT DROP")


def copy_rows(
    cursor: CursorWrapper, kind: str, rows: Iterable[Row], *, district: UUID, tick: Callable[[int], None]
) -> int:
    """Copy rows into their table as they come; return how many. ``tick`` hears of every 20,000."""
    count, pieces = 0, list[str]()
    ours = KEYED.get(kind)
    statement = sql.SQL("COPY {} (row, sourced_id, status, key, cells) FROM STDIN").format(stage_name(kind))
    with _raw(cursor).copy(statement) as copy:
        for number, sourced_id, status, cells in rows:
            key = str(identifier(district, ours, sourced_id)) if ours else "\\N"
            pieces.append(f"{number}\t{_escaped(sourced_id)}\t{status}\t{key}\t{text_array(cells)}\n")
            count += 1
            if len(pieces) == 500:
                copy.write("".join(pieces))
                pieces.clear()
                if count % TICK == 0:
                    tick(TICK)
        copy.write("".join(pieces))
    tick(count % TICK)
    cursor.execute(sql.SQL("ANALYZE {} (sourced_id, status)").format(stage_name(kind)))
    return count


def _raw(cursor: CursorWrapper) -> Any:
    """psycopg's own cursor, which can COPY."""
    return cursor.cursor


def text_array(cells: tuple[str, ...]) -> str:
    """An array of text as COPY reads it: quotes and backslashes escaped for the array, then for the line."""
    joined = SEPARATOR.join(cells)
    if '"' in joined or "\\" in joined:
        joined = joined.replace("\\", "\\\\").replace('"', '\\"')
        joined = joined.replace("\\", "\\\\")
    return '{"' + joined.replace(SEPARATOR, '","') + '"}'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\") if "\\" in text else text


DOUBLES = """
WITH first AS (SELECT sourced_id, min(row) AS row FROM {stage} GROUP BY sourced_id HAVING count(*) > 1),
gone AS (DELETE FROM {stage} s USING first f WHERE s.sourced_id = f.sourced_id AND s.row <> f.row RETURNING s.row, s.sourced_id)
SELECT count(*) OVER (), row, sourced_id FROM gone ORDER BY row LIMIT %s
"""
FIRM = """
WITH gone AS (DELETE FROM {stage} s WHERE s.status = 'active' AND s.cells[{place}] <> '' AND NOT EXISTS (
    SELECT FROM stage_alive a WHERE a.kind = {to} AND a.sourced_id = s.cells[{place}]) RETURNING s.row, s.cells[{place}] AS cell)
SELECT count(*) OVER (), row, cell FROM gone ORDER BY row LIMIT %s
"""
SOFT = """
SELECT count(*) OVER (), s.row, s.cells[{place}] FROM {stage} s WHERE s.status = 'active' AND s.cells[{place}] <> ''
AND NOT EXISTS (SELECT FROM stage_alive a WHERE a.kind = {to} AND a.sourced_id = s.cells[{place}]) ORDER BY s.row LIMIT %s
"""
SOFT_LIST = """
SELECT count(*) OVER (), s.row, part FROM {stage} s, unnest(string_to_array(s.cells[{place}], ',')) AS part
WHERE s.status = 'active' AND NOT EXISTS (SELECT FROM stage_alive a WHERE a.kind = {to} AND a.sourced_id = btrim(part))
ORDER BY s.row LIMIT %s
"""
ALIVE = """
INSERT INTO stage_alive SELECT {kind}, sourced_id FROM {stage} WHERE status = 'active'
"""
STILL = """
INSERT INTO stage_alive SELECT {kind}, r.sourced_id FROM school_rosterrecord r
WHERE r.kind = {kind} AND r.status = 'active' AND NOT EXISTS (SELECT FROM {stage} s WHERE s.sourced_id = r.sourced_id)
"""


def check(cursor: CursorWrapper, modes: dict[str, str], findings: Findings) -> None:
    """Leave out what is there twice and what points nowhere, kind after kind, so that what hangs on it goes too."""
    for kind, table in TABLES.items():
        names = {"stage": stage_name(kind), "kind": sql.Literal(kind)}
        if kind in modes:
            _say(cursor, DOUBLES, names, findings, f"{kind}.csv", "sourcedId", "double", "left-out", TWICE)
            for each in table.fields:
                if each.to and each.firm:
                    _pointing(cursor, FIRM, kind, each, findings, "left-out", NOWHERE)
        if kind not in ("roles", "enrollments"):
            cursor.execute(sql.SQL(ALIVE).format(**names))
            if modes.get(kind) != "bulk":
                cursor.execute(sql.SQL(STILL).format(**names))
            cursor.execute("ANALYZE stage_alive")
        if kind in modes:
            for each in table.fields:
                if each.to and not each.firm:
                    soft = SOFT_LIST if each.form == "ids" else SOFT
                    _pointing(cursor, soft, kind, each, findings, "kept", NOWHERE_KEPT)


TWICE = T("This sourcedId is there before; the first row counts.")
NOWHERE = T("It names a row that is not there.")
NOWHERE_KEPT = T("It names a row that is not there; it is taken without it.")
HOW = T("Send that row too, or name another.")


def _pointing(
    cursor: CursorWrapper, statement: str, kind: str, each: Field, findings: Findings, done: Done, what: Text
) -> None:
    names = {
        "stage": stage_name(kind),
        "place": sql.Literal(TABLES[kind].place(each.name) + 1),
        "to": sql.Literal(each.to),
    }
    _say(cursor, statement, names, findings, f"{kind}.csv", each.name, "points-nowhere", done, what)


def _say(
    cursor: CursorWrapper, statement: str, names: dict[str, Any], findings: Findings, file: str, column: str, kind: str,
    done: Done, what: Text,
) -> None:  # fmt: skip
    cursor.execute(sql.SQL(statement).format(**names), [KEPT])
    total, rows = 0, cursor.fetchall()
    for n, row, cell in rows:
        total = n
        findings.add(Finding(file, row, column, kind, done, T("{what} ({cell})", what=what, cell=quoted(cell)), HOW))
    if total > len(rows):
        findings.counts[kind, done] += total - len(rows)
