"""A roster that somebody hands in on the page: kept, looked at, and taken in when they say so.

A small package is looked at while its sender waits; a large one by a process of its own, whose progress the page shows.
If that breaks off, the package is still there and the step is begun again.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db.models.functions import Length

from headway.core.text import T, Text, text_to_json, verbatim
from headway.school.exchange.models import RosterUpload
from headway.school.exchange.roster.actions import NoRoster, Options, Taken, listed, take_in
from headway.school.exchange.roster.feeds import open_stream
from headway.school.people.beside import run_beside
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district
from headway.standards.errors import ImportProblem

MAX_BYTES = 60_000_000
SMALL = 3_000_000
"""Bytes of a zip that is looked at while its sender waits: about 7,000 learners."""
SILENT = 120.0
"""Seconds without a sign of life after which a step counts as broken off."""
KEPT_SECONDS = 7 * 86_400.0
LISTED = 2_000


def hand_in(*, by: Person, name: str, data: bytes, now: float) -> RosterUpload:
    """Keep a package and look at it. What was handed in before goes, and so does what is older than a week.

    Raises NoRoster for one that is empty or too large, and while another is being worked on.
    """
    if not data:
        raise NoRoster(T("Choose the zip file first."))
    if len(data) > MAX_BYTES:
        raise NoRoster(
            T(
                "It is larger than {n} MB. Bring it in on the server: headway import oneroster.",
                n=MAX_BYTES // 1_000_000,
            )
        )
    current = standing(now=now)
    if current is not None and current.state in ("looking", "taking") and not broken_off(current, now):
        raise NoRoster(T("A roster is being looked at. Wait until that is done, or lay it aside."))
    RosterUpload.objects.exclude(content=b"").update(content=b"", state="aside")
    row = RosterUpload.objects.create(
        district_id=by.district_id,
        by=by,
        at=now,
        name=name[-200:] or "roster.zip",
        content=data,
        state="looking",
        seen_at=now,
    )
    _begin(row)
    return row


def standing(*, now: float) -> RosterUpload | None:
    """The package that is waiting for somebody, if there is one."""
    rows = RosterUpload.objects.filter(at__gt=now - KEPT_SECONDS).exclude(state__in=("aside", "taken"))
    return rows.defer("content").order_by("-at").first()


def let_old_go(*, now: float) -> int:
    """Delete what nobody has decided on for a week: it names children. Returns how many packages. The page of the roster and
    every import call it."""
    old = RosterUpload.objects.filter(at__lte=now - KEPT_SECONDS).exclude(content=b"")
    return old.update(content=b"", state="aside")


def broken_off(row: RosterUpload, now: float) -> bool:
    """Whether a step was begun and nobody works on it any more."""
    return row.state in ("looking", "taking") and row.seen_at < now - SILENT


def begin_taking(*, by: Person, upload: UUID, removals: frozenset[str], now: float) -> RosterUpload:
    """Take a package in that was looked at. Raises NoRoster where it is not there (any more) or is being worked on."""
    row = _waiting(upload, now)
    row.state, row.by, row.seen_at, row.step = "taking", by, now, 0
    row.body = row.body | {"removals": sorted(removals)}
    row.save(update_fields=["state", "by", "seen_at", "step", "body"])
    _begin(row)
    return row


def begin_again(*, by: Person, upload: UUID, now: float) -> None:
    """Look at a package once more. Raises NoRoster as :func:`begin_taking`."""
    row = _waiting(upload, now)
    row.state, row.by, row.seen_at, row.step = "looking", by, now, 0
    row.save(update_fields=["state", "by", "seen_at", "step"])
    _begin(row)


def lay_aside(*, upload: UUID) -> None:
    """Forget a package without taking it in."""
    RosterUpload.objects.filter(id=upload).exclude(state="taken").update(state="aside", content=b"")


def _waiting(upload: UUID, now: float) -> RosterUpload:
    row = (
        RosterUpload.objects.select_for_update()
        .defer("content")
        .filter(id=upload)
        .exclude(state__in=("aside", "taken"))
        .first()
    )
    if row is None:
        raise NoRoster(T("This package is not here any more. Hand it in again."))
    if row.state in ("looking", "taking") and not broken_off(row, now):
        raise NoRoster(T("It is being worked on. Wait until that is done."))
    return row


def _begin(row: RosterUpload) -> None:
    size = RosterUpload.objects.annotate(size=Length("content")).values_list("size", flat=True).get(id=row.id)
    if size <= SMALL:
        work(district=row.district_id, upload=row.id)
    else:
        run_beside("import", "oneroster", "--district", row.district_id, "--upload", row.id)


def work(*, district: UUID, upload: UUID) -> Taken | None:
    """Do the step that a package waits for; its row says what came of it. None where the step ended in words."""
    with in_district(district):
        row = RosterUpload.objects.get(id=upload)
        data, taking = bytes(row.content), row.state == "taking"
        options = Options(
            preview=not taking, removals=frozenset(row.body.get("removals", ())) if taking else frozenset()
        )
    try:
        with open_stream(BytesIO(data), row.name) as feed:
            taken = take_in(
                district=district,
                feed=feed,
                way="page",
                by=row.by_id,
                options=options,
                tick=_teller(district, upload, len(data)),
            )
    except NoRoster as refusal:
        body = _body(refusal.taken) if refusal.taken else {}
        _end(district, upload, "looked" if refusal.taken else "failed", body, refusal.message)
        return None
    except ImportProblem as problem:
        _end(district, upload, "failed", {}, verbatim(str(problem)))
        return None
    _end(district, upload, "taken" if taking else "looked", _body(taken), None)
    return taken


def _teller(district: UUID, upload: UUID, size: int) -> Any:
    """Says how far it is, from a connection of its own where the package is large: the import's own transaction is not seen."""
    rows = 0

    def tell(kind: str, done: int) -> None:
        nonlocal rows
        del kind
        rows += done
        if size > SMALL:
            _tell_apart(district, upload, rows)

    return tell


def _tell_apart(district: UUID, upload: UUID, rows: int) -> None:
    import psycopg
    from django.conf import settings

    with psycopg.connect(settings.DATABASE_URL) as apart:
        apart.execute("SELECT set_config('headway.district', %s, true)", [str(district)])
        apart.execute(
            "UPDATE school_rosterupload SET step = %s, seen_at = %s WHERE id = %s", [rows, time.time(), upload]
        )


def _end(district: UUID, upload: UUID, state: str, body: dict[str, Any], words: Text | None) -> None:
    said = {"words": text_to_json(words)} if words is not None else {}
    with in_district(district):
        row = RosterUpload.objects.get(id=upload)
        row.state, row.body, row.seen_at = state, body | said, time.time()
        if state in ("taken", "failed"):
            row.content = b""
        row.save(update_fields=["state", "body", "seen_at", "content"])


def _body(taken: Taken) -> dict[str, Any]:
    return {
        "version": taken.version,
        "modes": taken.modes,
        "counts": taken.counts,
        "unchanged": taken.unchanged,
        "guarded": taken.guarded,
        "changes": [asdict(change) for change in taken.changes],
        "by_kind": taken.findings.by_kind(),
        "faults": taken.findings.faults,
        "listed": listed(taken.findings, LISTED),
    }
