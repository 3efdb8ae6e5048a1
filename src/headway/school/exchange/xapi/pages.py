"""A page of statements, put together from several sources that are each in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Key = tuple[float, int]
"""The place of a statement: seconds since 1970, and a number that no other statement has."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as it is given out; ``body`` is its JSON, ``at`` its moment in seconds since 1970, ``stored`` as is written."""

    number: int
    stored: datetime
    statement: UUID
    body: str
    at: float


@dataclass(frozen=True, slots=True)
class Span:
    """What a source has for a page, in order. ``edge`` is the place up to which it was looked through, None for to its end."""

    rows: list[Row]
    edge: tuple[Key, datetime] | None = None


def merged(spans: Sequence[Span], *, limit: int, ascending: bool) -> tuple[list[Row], tuple[datetime, int] | None]:
    """The rows of a page, and after which place the next one begins (None where there is none).

    Nothing is given out from beyond the nearest edge: another source may have something before it.
    """
    sign = 1 if ascending else -1
    edges = [span.edge for span in spans if span.edge is not None]
    nearest = min(edges, key=lambda edge: (sign * edge[0][0], sign * edge[0][1]), default=None)
    rows = sorted((row for span in spans for row in span.rows), key=lambda row: (sign * row.at, sign * row.number))
    if nearest is not None:
        (at, number), stored = nearest
        rows = [row for row in rows if (sign * row.at, sign * row.number) <= (sign * at, sign * number)]
        if len(rows) <= limit:
            return rows, (stored, number)
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], (rows[limit - 1].stored, rows[limit - 1].number)
