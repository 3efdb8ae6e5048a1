"""Which rosters came in, when, by whom, and what they changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from headway.core.text import NOTHING, Text, text_from_json
from headway.school.exchange.models import RosterImport, RosterRecord
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.models import RoleName
from headway.standards.oneroster.findings import unlisted_of
from headway.standards.spreadsheet import safe_rows

WHATS = ("added", "changed", "returned", "removed")


@dataclass(frozen=True, slots=True)
class Came:
    """One import for the history: ``by`` is empty for the command line and the schedule."""

    id: UUID
    at: float
    by: str
    way: str
    name: str
    outcome: str
    counts: tuple[tuple[str, int, int, int, int], ...]
    faults: int
    words: Text
    seconds: float


def check_may_roster(viewer: Viewer) -> None:
    """Raise NotAllowed for somebody who neither leads the whole district nor looks after its data."""
    if None not in viewer.schools(RoleName.LEADER, RoleName.RESEARCHER):
        raise NotAllowed("A roster is the whole district's: only somebody with a part in all of it brings one in.")


def history(*, most: int = 30) -> list[Came]:
    """The latest imports, newest first."""
    return [_came(row) for row in RosterImport.objects.select_related("by").order_by("-at")[:most]]


def _came(row: RosterImport) -> Came:
    counts = tuple(
        (kind, *(n[what] for what in WHATS)) for kind, n in row.counts.items() if any(n[what] for what in WHATS)
    )
    words = text_from_json(json.loads(row.words)) if row.words else NOTHING
    by = row.by.name if row.by else ""
    return Came(row.id, row.at, by, row.way, row.name, row.outcome, counts, row.findings["faults"], words, row.seconds)


def rows_here() -> dict[str, int]:
    """Kind -> how many rows of the source are in force."""
    rows = RosterRecord.objects.filter(status="active").values_list("kind", flat=True)
    found: dict[str, int] = {}
    for kind in rows.order_by("kind").distinct():
        found[kind] = RosterRecord.objects.filter(status="active", kind=kind).count()
    return found


def report_of(key: UUID) -> Iterator[str]:
    """The findings of an import as lines of CSV. Raises NotAllowed for one that is not there."""
    row = RosterImport.objects.filter(id=key).first()
    if row is None:
        raise NotAllowed("There is no such import.")
    return listed_csv(row.findings["listed"], row.findings["by_kind"])


def listed_csv(listed: list[Any], by_kind: dict[str, int]) -> Iterator[str]:
    """Kept findings as CSV, safe to open in a spreadsheet; the last line says how many are not listed."""
    yield safe_rows([("where", "kind", "done", "what", "how")])
    for where, kind, done, what, how in listed:
        yield safe_rows([(where, kind, done, str(text_from_json(what)), str(text_from_json(how)))])
    more = unlisted_of(sum(by_kind.values()) - len(listed))
    if more is not None:
        yield safe_rows([("", "", "", str(more), "")])
