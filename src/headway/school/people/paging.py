"""Reading a long list a page at a time, newest first."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def newest_first(rows: QuerySet[Row], *, limit: int, after: int | None = None) -> tuple[list[Row], int | None]:
    """Return up to ``limit`` rows of a table that is numbered as it grows, and the ``after`` of the following page.

    ``after`` is the number of the last row that the reader has, None to begin. The second value is None at the end.
    """
    found = list((rows if after is None else rows.filter(pk__lt=after)).order_by("-pk")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None
