"""Taking a roster in: read, compare, guard, write, in one transaction; and the line about it that stays."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from headway.core.text import NOTHING, T, Text, text_to_json
from headway.school.exchange.models import RosterImport
from headway.school.exchange.roster.compare import Change, compare, samples, write
from headway.school.exchange.roster.stage import check, copy_rows, open_stage
from headway.school.exchange.roster.wanted import fill
from headway.school.people.models import District
from headway.school.people.refusal import Refused
from headway.school.people.row_security import FILLED
from headway.school.people.settle import open_tables, settle
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.findings import Finding, Findings
from headway.standards.oneroster.reading import Row
from headway.standards.oneroster.tables import TABLES

MANY = 2_000
"""Rows that come or go at once from which the tables are measured again for the planner."""
MOST = 0.05
"""Share of the rows of a kind that may go without somebody naming the kind."""
FEW = 5
"""As many may always go, unless they are all."""
LISTED = 500
"""Findings that the line about an import keeps; the page and the command's report list more."""
PLANNER = (
    "SET LOCAL statement_timeout = 0", "SET LOCAL lock_timeout = '60s'", "SET LOCAL work_mem = '64MB'",
    "SET LOCAL jit = off", "SET LOCAL enable_nestloop = off", "SET LOCAL synchronous_commit = on",
)  # fmt: skip
"""Sets are joined with sets: a plan that was made for a small table must not go through a large one row by row."""


class Feed(Protocol):
    """A roster on its way in: a package of CSV, or what another system answers over the network."""

    name: str
    version: str
    modes: Mapping[str, str]
    """Kind -> ``bulk`` (all rows; what it lacks is gone) or ``delta`` (what changed). A kind that is not named stays."""

    def rows(self, kind: str, findings: Findings) -> Iterable[Row]:
        """The rows of one kind, in the order of ``TABLES``."""

    def digests(self) -> dict[str, str]:
        """Kind -> what its file is told apart by, once it is read."""

    def is_like(self, files: Mapping[str, Sequence[str]]) -> bool:
        """Whether it is file by file what came in the last time; ``files``: kind -> mode and digest."""


@dataclass(frozen=True, slots=True)
class Options:
    """``preview``: look and write nothing. ``strict``: refuse where anything has to be left out or mended.
    ``removals``: kinds of which more than :data:`MOST` may go, confirmed by name. ``again``: compare row by row also where
    every file is the one of the last time."""

    preview: bool = False
    strict: bool = False
    again: bool = False
    removals: frozenset[str] = frozenset()
    most: float = MOST


@dataclass(slots=True)
class Taken:
    """What came of it. ``counts``: kind -> read, added, changed, returned, removed, same, before. ``unchanged``: every file was
    the one of the last time, so that nothing was compared."""

    name: str
    version: str
    modes: dict[str, str]
    counts: dict[str, dict[str, int]]
    findings: Findings
    changes: list[Change] = field(default_factory=list)
    guarded: list[str] = field(default_factory=list)
    unchanged: bool = False
    preview: bool = False
    seconds: float = 0.0
    digests: dict[str, str] = field(default_factory=dict)


class NoRoster(Refused):
    """The roster is not taken; :attr:`taken` holds what was found."""

    code = "no-roster"

    def __init__(self, message: Text, taken: Taken | None = None) -> None:
        super().__init__(message)
        self.taken = taken


def take_in(
    *,
    district: UUID,
    feed: Feed,
    way: str,
    by: UUID | None = None,
    options: Options = Options(),
    tick: Callable[[str, int], None] = lambda kind, rows: None,
    now: float | None = None,
) -> Taken:
    """Take a roster in, whole or not at all, and write down who let it in and what it changed.

    Learners go on working meanwhile: only rows that change are locked, and only for the time of the writing. A preview does
    all of it and keeps nothing. Raises NoRoster where it is refused; that is written down too. Raises ImportProblem for what
    cannot be read.
    """
    began, at = time.monotonic(), time.time() if now is None else now
    try:
        with in_district(district) as unit:
            taken = _take(district, feed, options, at, tick)
            taken.seconds = time.monotonic() - began
            if options.preview:
                unit.roll_back()
            else:
                _refuse(taken, options)
                _note(taken, way, by, at, district, "taken")
    except NoRoster as refusal:
        if refusal.taken is not None and not options.preview:
            refusal.taken.seconds = time.monotonic() - began
            with in_district(district):
                _note(refusal.taken, way, by, at, district, "refused", refusal.message)
        raise
    return taken


def _take(district: UUID, feed: Feed, options: Options, now: float, tick: Callable[[str, int], None]) -> Taken:
    findings = Findings()
    with connection.cursor() as cursor:
        for statement in PLANNER:
            cursor.execute(statement)
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"roster {district}"])
        if not cursor.fetchone()[0]:
            raise NoRoster(T("Another roster is being taken in for this district. Wait until it is done."))
        last = RosterImport.objects.filter(outcome="taken").order_by("-at").first()
        open_stage(cursor)
        same = _is_the_last(feed, last, options)
        modes = {} if same else dict(feed.modes)
        read = {kind: _copy(cursor, district, feed, kind, findings, tick) for kind in TABLES if kind in modes}
        check(cursor, modes, findings)
        counts = compare(cursor, modes, version=feed.version)
        _complete(counts, read)
        taken = Taken(feed.name, feed.version, dict(feed.modes), counts, findings, unchanged=same)
        taken.preview, taken.digests = options.preview, feed.digests()
        taken.guarded = guarded(counts, options)
        taken.changes = samples(cursor) if options.preview else []
        tick("writing", 0)
        write(cursor, district=district, now=now)
        _settle(cursor, district, last, now, findings)
        if sum(n["added"] + n["removed"] for n in counts.values()) >= MANY:
            cursor.execute(f"ANALYZE {', '.join(FILLED)}")
    return taken


def _is_the_last(feed: Feed, last: RosterImport | None, options: Options) -> bool:
    """Whether there is nothing to compare. What a strict import would refuse is read again, to be told."""
    if last is None or options.again or (options.strict and last.findings["faults"]):
        return False
    return feed.is_like(last.files)


def _copy(
    cursor: Any, district: UUID, feed: Feed, kind: str, findings: Findings, tick: Callable[[str, int], None]
) -> int:
    return copy_rows(cursor, kind, feed.rows(kind, findings), district=district, tick=lambda done: tick(kind, done))


def _complete(counts: dict[str, dict[str, int]], read: Mapping[str, int]) -> None:
    for kind, found in counts.items():
        found["read"] = read.get(kind, 0)
        found["same"] = found["before"] - found["changed"] - found["removed"]


def _settle(cursor: Any, district: UUID, last: RosterImport | None, now: float, findings: Findings) -> None:
    zone = ZoneInfo(District.objects.get(id=district).time_zone)
    before = datetime.fromtimestamp(last.at, zone).date() if last else date.min
    open_tables(cursor)
    fill(cursor, before=before, today=datetime.fromtimestamp(now, zone).date())
    cursor.execute("SELECT sourced_id FROM settle_section WHERE here AND coalesce(school, '') = '' ORDER BY 1")
    for (sourced_id,) in cursor.fetchall():
        what = T("The class {name} belongs to no school; there is no class for it here.", name=sourced_id)
        how = T("Name an org of type school.")
        findings.add(Finding("classes.csv", 0, "schoolSourcedId", "no-school", "kept", what, how))
    settle(cursor, district=district)


def guarded(counts: Mapping[str, Mapping[str, int]], options: Options) -> list[str]:
    """The kinds of which so much would go that somebody has to name them first."""
    return [
        kind
        for kind, n in counts.items()
        if kind not in options.removals
        and n["removed"] > 0
        and (n["removed"] > max(options.most * n["before"], FEW) or n["removed"] == n["before"])
    ]


def _refuse(taken: Taken, options: Options) -> None:
    if options.strict and taken.findings.faults:
        said = T(
            "{n} places do not keep to the standard, and a strict import was asked for. Nothing was changed.",
            n=f"{taken.findings.faults:,}",
        )
        raise NoRoster(said, taken)
    if taken.guarded:
        kind = taken.guarded[0]
        said = T(
            "{removed} of {before} {kind} would go. If that is meant, confirm it by the name of the table: {kinds}. Nothing was "
            "changed.",
            removed=f"{taken.counts[kind]['removed']:,}",
            before=f"{taken.counts[kind]['before']:,}",
            kind=kind,
            kinds=", ".join(taken.guarded),
        )
        raise NoRoster(said, taken)


def _note(
    taken: Taken, way: str, by: UUID | None, at: float, district: UUID, outcome: str, words: Text = NOTHING
) -> None:
    RosterImport.objects.create(
        district_id=district,
        at=at,
        by_id=by,
        way=way,
        name=taken.name[:200],
        outcome=outcome,
        files={kind: [taken.modes[kind], taken.digests.get(kind, "")] for kind in taken.modes},
        counts=taken.counts,
        findings={
            "by_kind": taken.findings.by_kind(),
            "faults": taken.findings.faults,
            "listed": listed(taken.findings, LISTED),
        },
        words=json.dumps(text_to_json(words)) if words != NOTHING else "",
        seconds=taken.seconds,
    )


def listed(findings: Findings, most: int) -> list[list[object]]:
    """The first findings as JSON: where, kind, done, and what and how as texts that can still be translated."""
    return [[f.where, f.kind, f.done, text_to_json(f.what), text_to_json(f.how)] for f in findings.listed[:most]]
