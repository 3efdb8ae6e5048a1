"""The evidence log and the ledger of mastery as xAPI statements, one a line, in the order of the log."""

from __future__ import annotations

import json
from typing import BinaryIO
from uuid import UUID

from headway.school.exchange.out.recorded import lines
from headway.school.people.tenancy import in_district
from headway.standards.xapi.outward import statement_of


def export_statements(*, district: UUID, stream: BinaryIO, home: str, since: float | None) -> dict[str, int]:
    """Write what the district recorded after a time (seconds since 1970); return verb -> statements. Simulated learners are
    left out."""
    counts: dict[str, int] = {}
    with in_district(district):
        for said in lines(since):
            statement = statement_of(said, home)
            stream.write(json.dumps(statement, separators=(",", ":")).encode() + b"\n")
            verb = statement["verb"]["display"]["en"]
            counts[verb] = counts.get(verb, 0) + 1
    return counts
