"""What the log and the ledger say to other systems: a page of their lines at a time, in the order of their identifiers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from hashlib import blake2b
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from headway.school.mastery.models import Evidence, MasteryEntry
from headway.standards.recorded import Said

PAGE = 2_000
_HASH = 9
"""Bytes of an entry's identifier that are a hash; the others are its number."""
Line = tuple[int, Said]
Row = TypeVar("Row", bound=Model)


def log_page(after: int, since: float | None, until: int | None = None) -> list[Line]:
    """At most :data:`PAGE` lines of the log with their numbers: those after a number, recorded after a time (seconds since
    1970), up to a number. Simulated learners are left out. The caller is in its district."""
    rows = log_rows()
    return [
        (row.pk, said_of_row(row)) for row in _cut(rows if since is None else rows.filter(now__gt=since), after, until)
    ]


def ledger_page(after: int, since: float | None, until: int | None = None) -> list[Line]:
    """As :func:`log_page`, the skills that the ledger says were mastered."""
    rows = ledger_rows()
    return [
        (row.pk, said_of_entry(row)) for row in _cut(rows if since is None else rows.filter(at__gt=since), after, until)
    ]


READERS: dict[str, Callable[[int, float | None, int | None], list[Line]]] = {"log": log_page, "ledger": ledger_page}


def lines(since: float | None) -> Iterator[Said]:
    """The whole log, then the whole ledger, of any length. The caller is in its district."""
    for read in READERS.values():
        page = read(0, since, None)
        while page:
            yield from (said for _, said in page)
            page = read(page[-1][0], since, None) if len(page) == PAGE else []


def _cut(rows: QuerySet[Row], after: int, until: int | None) -> list[Row]:
    found = rows.filter(pk__gt=after) if until is None else rows.filter(pk__gt=after, pk__lte=until)
    return list(found.order_by("pk")[:PAGE])


def log_rows() -> QuerySet[Evidence]:
    """The lines of the log that are told."""
    rows = Evidence.objects.filter(simulated=False, kind__in=("response", "start", "screening"))
    return rows.select_related("learner").defer("outcome", "suspects", "digest")


def ledger_rows() -> QuerySet[MasteryEntry]:
    """The lines of the ledger that are told."""
    return MasteryEntry.objects.filter(kind="reached", learner__simulated=False).select_related("learner")


def said_of_row(row: Evidence) -> Said:
    """A line of the log."""
    return Said(
        str(row.event), row.kind, row.learner.sourced_id, row.activity or row.kind, row.now, row.step,
        row.answer if row.kind == "response" else "", row.correct, row.attempt, row.hints, row.shown, row.seconds, row.skills,
    )  # fmt: skip


def said_of_entry(row: MasteryEntry) -> Said:
    """A line of the ledger."""
    return Said(str(entry_key(row)), "reached", row.learner.sourced_id, row.skill, row.at, skills=[row.skill])


def entry_key(row: MasteryEntry) -> UUID:
    """The identifier of a line of the ledger: a hash of what it says, and its number, so that it is found again (RFC 9562,
    version 8)."""
    said = f"{row.district_id} {row.response} {row.kind} {row.skill}"
    raw = bytearray(blake2b(said.encode(), digest_size=_HASH).digest())
    raw[6], raw[8] = raw[6] & 0x0F | 0x80, raw[8] & 0x3F | 0x80
    return UUID(bytes=bytes(raw) + row.id.to_bytes(16 - _HASH))


def entries_of(keys: Collection[UUID]) -> list[MasteryEntry]:
    """The lines of the ledger that have one of these identifiers."""
    numbers = {int.from_bytes(key.bytes[_HASH:]) for key in keys if key.version == 8}
    return [row for row in ledger_rows().filter(id__in=numbers) if entry_key(row) in keys] if numbers else []
