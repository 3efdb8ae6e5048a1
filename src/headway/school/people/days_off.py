"""Days without school: nothing is owed on them, and the pages of a day say so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from headway.core.text import T
from headway.school.people.models import DayOff, Person, School
from headway.school.people.refusal import Malformed

LONGEST = 120
"""Days of one entry: a long summer."""
MOST = 200
"""Entries of a school that are in force."""


def off_days(schools: Collection[UUID], first: int, last: int) -> dict[UUID, dict[int, str]]:
    """Return the days without school from ``first`` to ``last`` (days since 1970) with their names, by school. One query."""
    out: dict[UUID, dict[int, str]] = {school: {} for school in schools}
    if not out:
        return out
    rows = DayOff.objects.filter(
        Q(school_id__in=list(schools)) | Q(school=None), ended_at=None, first__lte=last, last__gte=first
    )
    for row in rows.order_by("id"):
        days = range(max(first, row.first), min(last, row.last) + 1)
        for school in [row.school_id] if row.school_id is not None else list(schools):
            out[school] |= dict.fromkeys(days, row.name)
    return out


def spans_off(school: str) -> ArraySubquery:
    """An annotation: the entries in force for the school of a row (the name of its field), each as first and last day."""
    rows = DayOff.objects.filter(Q(school_id=OuterRef(f"{school}_id")) | Q(school=None), ended_at=None)
    return ArraySubquery(rows.order_by("id").values_list(JSONObject(first="first", last="last"), flat=True))


def days_in(spans: Iterable[Mapping[str, int]]) -> frozenset[int]:
    """The days of such entries."""
    return frozenset(day for span in spans for day in range(span["first"], span["last"] + 1))


def kept_days_off(school: UUID, since: int) -> list[DayOff]:
    """The entries that hold for a school and are not over on the day ``since``, by day."""
    rows = DayOff.objects.filter(Q(school_id=school) | Q(school=None), ended_at=None, last__gte=since)
    return list(rows.order_by("first", "id")[:MOST])


@transaction.atomic
def keep_days_off(*, school: School, by: Person, first: int, last: int, name: str, now: float) -> DayOff:
    """Write down days without school. Raises Malformed for an end before the beginning, more than 120 days, or no name."""
    if not 0 <= last - first < LONGEST:
        raise Malformed(T("Choose a first and a last day, at most {most} days.", most=LONGEST))
    if not name.strip():
        raise Malformed(T("Say what the day off is: a holiday, or a day for teachers."))
    if DayOff.objects.filter(school=school, ended_at=None).count() >= MOST:
        raise Malformed(T("There are {most} entries already. Take some away first.", most=MOST))
    return DayOff.objects.create(
        district_id=by.district_id,
        school=school,
        first=first,
        last=last,
        name=" ".join(name.split())[:80],
        by=by,
        at=now,
    )


@transaction.atomic
def end_days_off(*, school: School, entry: int, now: float) -> bool:
    """Take an entry of a school back; it stays on record. True if it was in force."""
    return bool(DayOff.objects.filter(school=school, id=entry, ended_at=None).update(ended_at=now))
