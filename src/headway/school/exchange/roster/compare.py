"""What a roster changes: rows that came against rows that were there, and the rows as they are from now on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from headway.school.exchange.roster.stage import stage_name
from headway.standards.oneroster.tables import TABLES

WHATS = ("added", "changed", "returned", "removed")
SHOWN = 50
"""Changes of each kind and sort that a preview names."""

_CHANGE = """
CREATE TEMP TABLE {change} ON COMMIT DROP AS
SELECT s.sourced_id, s.key, r.cells AS old, s.cells AS new, CASE WHEN r.sourced_id IS NULL THEN 'added'
    WHEN s.status = 'tobedeleted' THEN 'removed' WHEN r.status <> 'active' THEN 'returned' ELSE 'changed' END AS what
FROM {stage} s LEFT JOIN school_rosterrecord r ON r.kind = {kind} AND r.sourced_id = s.sourced_id
WHERE CASE WHEN s.status = 'tobedeleted' THEN r.status = 'active'
    ELSE r.sourced_id IS NULL OR r.status <> 'active' OR r.cells IS DISTINCT FROM s.cells END
"""
_ABSENT = """
INSERT INTO {change} (sourced_id, old, what) SELECT r.sourced_id, r.cells, 'removed' FROM school_rosterrecord r
WHERE r.kind = {kind} AND r.status = 'active' AND NOT EXISTS (SELECT FROM {stage} s WHERE s.sourced_id = r.sourced_id)
"""
_OLD_ROLES = """
INSERT INTO {change} (sourced_id, old, what) SELECT r.sourced_id, r.cells, 'removed' FROM school_rosterrecord r
WHERE r.kind = 'roles' AND r.status = 'active' AND EXISTS (SELECT FROM stage_users u WHERE u.sourced_id = r.cells[1])
AND NOT EXISTS (SELECT FROM stage_roles s WHERE s.sourced_id = r.sourced_id)
"""
"""A file of changes of 1.1 names all roles of a user beside them: those that it lacks are gone."""
_ADD = """
INSERT INTO school_rosterrecord (district_id, kind, sourced_id, status, cells, changed_at)
SELECT %(district)s, {kind}, sourced_id, 'active', new, %(now)s FROM {change} WHERE what = 'added' ORDER BY sourced_id
"""
"""In the index's order: a large index grows at its end instead of everywhere."""
_CHANGED = """
UPDATE school_rosterrecord r SET cells = c.new, status = 'active', changed_at = %(now)s FROM {change} c
WHERE r.kind = {kind} AND r.sourced_id = c.sourced_id AND c.what IN ('changed', 'returned')
"""
_REMOVED = """
UPDATE school_rosterrecord r SET status = 'tobedeleted', changed_at = %(now)s FROM {change} c
WHERE r.kind = {kind} AND r.sourced_id = c.sourced_id AND c.what = 'removed'
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that changes, for people: what it is called, and which of its fields are other than before."""

    kind: str
    sourced_id: str
    what: str
    name: str
    fields: tuple[tuple[str, str, str], ...] = ()


def change_name(kind: str) -> sql.Identifier:
    """The temporary table of what changes in a kind."""
    return sql.Identifier(f"change_{kind.lower()}")


def compare(cursor: CursorWrapper, modes: Mapping[str, str], *, version: str) -> dict[str, dict[str, int]]:
    """Fill the tables of changes; return kind -> added, changed, returned, removed, and ``before``: active rows until now."""
    counts: dict[str, dict[str, int]] = {}
    for kind in TABLES:
        names = {"change": change_name(kind), "stage": stage_name(kind), "kind": sql.Literal(kind)}
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {change}").format(**names))
        cursor.execute(sql.SQL(_CHANGE).format(**names))
        if modes.get(kind) == "bulk":
            cursor.execute(sql.SQL(_ABSENT).format(**names))
        elif kind == "roles" and version == "1.1" and "users" in modes:
            cursor.execute(sql.SQL(_OLD_ROLES).format(**names))
        cursor.execute(sql.SQL("ANALYZE {change} (sourced_id, what)").format(**names))
        cursor.execute(sql.SQL("SELECT what, count(*) FROM {change} GROUP BY what").format(**names))
        found = dict(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM school_rosterrecord WHERE kind = %s AND status = 'active'", [kind])
        counts[kind] = {what: found.get(what, 0) for what in WHATS} | {"before": cursor.fetchone()[0]}
    return counts


def write(cursor: CursorWrapper, *, district: UUID, now: float) -> None:
    """Make the records what the changes say."""
    for kind in TABLES:
        names = {"change": change_name(kind), "kind": sql.Literal(kind)}
        for statement in (_ADD, _CHANGED, _REMOVED):
            cursor.execute(sql.SQL(statement).format(**names), {"district": district, "now": now})


def samples(cursor: CursorWrapper) -> list[Change]:
    """The first changes of each kind and sort, by sourcedId."""
    found: list[Change] = []
    for kind, table in TABLES.items():
        statement = (
            "SELECT sourced_id, what, old, new FROM (SELECT *, row_number() OVER (PARTITION BY what ORDER BY sourced_id)"
            " AS n FROM {change}) c WHERE n <= %s ORDER BY what, sourced_id"
        )
        cursor.execute(sql.SQL(statement).format(change=change_name(kind)), [SHOWN])
        found += [_change(kind, table.names, *row) for row in cursor.fetchall()]
    return found


def _change(kind: str, names: tuple[str, ...], sourced_id: str, what: str, old: Any, new: Any) -> Change:
    cells = dict(zip(names, new if new and what != "removed" else old, strict=True))
    shown = " ".join(
        cells[name] for name in ("name", "title", "givenName", "familyName", "role") if cells.get(name, "")
    )
    if what != "changed":
        return Change(kind, sourced_id, what, shown)
    pairs = zip(names, old, new, strict=True)
    return Change(kind, sourced_id, what, shown, tuple(pair for pair in pairs if pair[1] != pair[2]))
