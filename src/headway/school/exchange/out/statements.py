"""The evidence log and the ledger of mastery as xAPI statements, one a line, in the order of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, TypeVar
from uuid import UUID, uuid5

from django.db.models import Model, QuerySet

from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.people.tenancy import in_district
from headway.standards.xapi.outward import Said, statement_of

CHUNK = 2_000
Row = TypeVar("Row", bound=Model)


def export_statements(*, district: UUID, stream: BinaryIO, home: str, since: float | None) -> dict[str, int]:
    """Write what the district recorded after a time (seconds since 1970); return verb -> statements. Simulated learners are
    left out."""
    counts: dict[str, int] = {}
    with in_district(district):
        for lines in (_log(since), _ledger(since)):
            for said in lines:
                statement = statement_of(said, home)
                stream.write(json.dumps(statement, separators=(",", ":")).encode() + b"\n")
                verb = statement["verb"]["display"]["en"]
                counts[verb] = counts.get(verb, 0) + 1
    return counts


def _log(since: float | None) -> Iterator[Said]:
    rows = Evidence.objects.filter(simulated=False, kind__in=("response", "start", "screening")).select_related(
        "learner"
    )
    for row in _paged(rows if since is None else rows.filter(now__gt=since)):
        yield Said(
            str(row.event), row.kind, row.learner.sourced_id, row.activity or row.kind, row.now, row.step,
            row.answer if row.kind == "response" else "", row.correct, row.attempt, row.hints, row.shown, row.seconds, row.skills,
        )  # fmt: skip


def _ledger(since: float | None) -> Iterator[Said]:
    rows = MasteryEntry.objects.filter(kind="reached", learner__simulated=False).select_related("learner")
    for row in _paged(rows if since is None else rows.filter(at__gt=since)):
        key = uuid5(row.response, f"{row.kind} {row.skill}")
        yield Said(str(key), "reached", row.learner.sourced_id, row.skill, row.at, skills=[row.skill])


def _paged(rows: QuerySet[Row]) -> Iterator[Row]:
    """Rows in the order of their identifiers, a few thousand at a time, so that a log of any length is read."""
    last = 0
    while True:
        page = list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK])
        yield from page
        if len(page) < CHUNK:
            return
        last = page[-1].pk
