"""Writing down what a school has, or that it no longer has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.core.environment.means import Said, faults
from headway.core.text import T
from headway.school.environment.means.models import SchoolMeans
from headway.school.environment.means.queries import schools_of
from headway.school.people.access import viewer_of
from headway.school.people.models import Person, RoleName
from headway.school.people.refusal import Malformed

MOST = 60
"""Rows that hold of one school at a time, budget lines and partners together."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something to write down of a ``school``, from a ``day`` on (days since 1970); ``gone``: it no longer holds."""

    school: UUID
    said: Said
    day: int
    gone: bool = False


@transaction.atomic
def write_down(*, district: UUID, rows: Sequence[Row], by: Person | None, now: float) -> int:
    """Write rows down, all or none; return how many say something new. Raises Malformed with the first fault, or for a school
    that ``by`` does not lead; a file has no ``by``."""
    if by is not None and not {row.school for row in rows} <= {
        s.id for s in schools_of(viewer_of(by), RoleName.LEADER)
    }:
        raise Malformed(T("Choose a school that you lead."))
    for row in rows:
        wrong = [] if row.gone else faults(row.said)
        if wrong:
            field, what = wrong[0]
            raise Malformed(T("“{name}”, {field}: {what}", name=row.said.name, field=field, what=what))
    there: dict[UUID, dict[tuple[str, str], SchoolMeans]] = {row.school: {} for row in rows}
    newest = SchoolMeans.objects.filter(school_id__in=there).order_by("school_id", "kind", "name", "-day", "-id")
    for old in newest.distinct("school_id", "kind", "name"):
        there[old.school_id][old.kind, old.name] = old
    fresh = []
    for row in rows:
        last = there[row.school].get((row.said.kind, row.said.name))
        same = last is not None and (last.body, last.gone, last.day) == (row.said.body(), row.gone, row.day)
        if not same and not (row.gone and (last is None or last.gone)):
            made = SchoolMeans(
                district_id=district, school_id=row.school, kind=row.said.kind, name=row.said.name, body=row.said.body(),
                gone=row.gone, day=row.day, by=by, at=now,
            )  # fmt: skip
            there[row.school][row.said.kind, row.said.name] = made
            fresh.append(made)
    if any(sum(not each.gone for each in own.values()) > MOST for own in there.values()):
        raise Malformed(T("A school has {most} rows at most. Take some away first.", most=MOST))
    SchoolMeans.objects.bulk_create(fresh)
    return len(fresh)
