"""The evidence log and the ledger of mastery as Caliper events: an envelope a line."""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO
from uuid import UUID

from headway.school.exchange.out.recorded import lines
from headway.school.people.tenancy import in_district
from headway.standards.caliper.envelopes import envelope_of, packed, written
from headway.standards.caliper.events import events_of


def export_events(*, district: UUID, stream: BinaryIO, home: str, since: float | None, now: float) -> dict[str, int]:
    """Write what the district recorded after a time (seconds since 1970); return type of event -> how many. Simulated learners
    are left out."""
    counts: Counter[str] = Counter()
    with in_district(district):
        for _, events in packed((None, events_of(said, home)) for said in lines(since)):
            stream.write(written(envelope_of(events, home, now)) + b"\n")
            counts.update(event["type"] for event in events)
    return dict(counts)
