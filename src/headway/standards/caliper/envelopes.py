"""Envelopes: events of many lines of the log, put together for one request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from headway.standards.caliper.events import CONTEXT, Json, moment

MOST = 100
"""Events of an envelope."""
LARGEST = 256_000
"""Bytes of the events of an envelope. The specification has no bound; receivers do."""
Mark = TypeVar("Mark")


def packed(lines: Iterable[tuple[Mark, Sequence[Json]]]) -> Iterator[tuple[Mark, list[Json]]]:
    """Events in the order of their lines, in parcels for an envelope each: at most :data:`MOST`, and :data:`LARGEST` bytes.

    The events of a line are never parted, so what has come with a parcel is said by the ``Mark`` of its last line; a line that
    is too large by itself has a parcel of its own.
    """
    parcel: list[Json] = []
    size, last = 0, list[Mark]()
    for mark, events in lines:
        more = sum(len(written(event)) + 1 for event in events)
        if parcel and (len(parcel) + len(events) > MOST or size + more > LARGEST):
            yield last[0], parcel
            parcel, size = [], 0
        parcel, size, last = [*parcel, *events], size + more, [mark]
    if parcel:
        yield last[0], parcel


def envelope_of(events: Sequence[Json], home: str, at: float) -> Json:
    """The envelope of events that are sent at a time (seconds since 1970) by the installation at ``home``."""
    return {"sensor": f"{home}caliper", "sendTime": moment(at), "dataVersion": CONTEXT, "data": list(events)}


def written(value: Json) -> bytes:
    """A value as JSON, without spaces."""
    return json.dumps(value, separators=(",", ":")).encode()
