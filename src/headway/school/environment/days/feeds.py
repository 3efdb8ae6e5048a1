"""A person's calendar under a private address: made, read and ended by themselves. Only the hash of its secret is kept."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hmac import compare_digest
from uuid import UUID

from django.db import transaction

from headway.school.environment.days.queries import adult_of
from headway.school.environment.days.values import Planned
from headway.school.environment.days.weeks import planned_between
from headway.school.environment.models import CalendarFeed
from headway.school.people.clock import day_of, start_of
from headway.school.people.models import Enrolment, Person
from headway.school.people.tenancy import current_district, in_district
from headway.school.people.tokens import digest_of
from headway.standards.icalendar import Event, write_calendar

BACK, AHEAD = 14, 28
"""Days that a calendar reaches back and ahead."""
MOST = 5
"""Addresses of one person in force; a new one ends the oldest."""


def feeds_of(person: Person) -> list[CalendarFeed]:
    """A person's addresses in force, the newest first."""
    return list(CalendarFeed.objects.filter(person=person, ended_at=None).order_by("-at"))


@transaction.atomic
def make_feed(*, person: Person, now: float) -> str:
    """Make an address and return its token, which can be seen this once."""
    secret = secrets.token_urlsafe(24)
    row = CalendarFeed.objects.create(district_id=person.district_id, person=person, digest=digest_of(secret), at=now)
    for old in feeds_of(person)[MOST:]:
        CalendarFeed.objects.filter(id=old.id).update(ended_at=now)
    packed = urlsafe_b64encode(person.district_id.bytes + row.id.bytes).decode().rstrip("=")
    return f"{packed}.{secret}"


@transaction.atomic
def end_feed(*, person: Person, feed: UUID, now: float) -> bool:
    """End a person's own address; True if it was in force. From then on it finds nothing."""
    return bool(CalendarFeed.objects.filter(id=feed, person=person, ended_at=None).update(ended_at=now))


def calendar_of(token: str, *, name: str, now: float) -> bytes | None:
    """The calendar behind a token; None for one that is unknown, ended, or of somebody who has left."""
    packed, _dot, secret = token.partition(".")
    try:
        raw = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    except (Error, ValueError):
        return None
    if len(raw) != 32 or not secret:
        return None
    district, key = UUID(bytes=raw[:16]), UUID(bytes=raw[16:])
    if current_district() not in (None, district):  # the browser is signed in elsewhere
        return None
    with in_district(district):
        row = CalendarFeed.objects.select_related("person").filter(id=key, ended_at=None).first()
        if row is None or not row.person.is_active or not compare_digest(bytes(row.digest), digest_of(secret)):
            return None
        CalendarFeed.objects.filter(id=key).update(read_at=now)
        return write_calendar(name, _events(row.person, now), now=now)


def _events(person: Person, now: float) -> list[Event]:
    today = day_of(person.district_id, now)
    parts = dict(Enrolment.objects.filter(person=person).values_list("section_id", "role"))
    out: list[Event] = []
    for planned in planned_between(list(parts), today - BACK, today + AHEAD):
        out += _of_day(planned, person, teaches=parts[planned.row.section_id] == "teacher")
    return out


def _of_day(planned: Planned, person: Person, *, teaches: bool) -> list[Event]:
    """One person's blocks of a day. Names of learners and what they work on stay out: a calendar is kept by others."""
    row, model = planned.row, planned.model
    begin, number = start_of(row.district_id, row.day), {block.id: at for at, block in enumerate(planned.blocks())}
    adults = [name for crew in model.crews for name in crew.names]
    me, mine = adult_of(adults, person), planned.of(person.id)
    out = []
    for block in model.blocks:
        at, what, where = number.get(block.id, -1), model.modality(block.all).name if block.all else "", ""
        if not what and teaches:
            own = [group for group in planned.groups if group.block == at and group.adult == me and me]
            what = ", ".join(model.modality(group.modality).name for group in own)
            where = ", ".join(dict.fromkeys(group.space for group in own if group.space))
        elif not what and at in mine:
            group = mine[at][0]
            way = model.modality(group.modality).name if group.modality else model.spare
            what, where = " · ".join(filter(None, (way, group.adult))), group.space
        if what:
            uid = f"{row.section_id}-{row.day}-{block.id}@headway"
            start = begin + 60.0 * block.begin
            out.append(
                Event(uid, start, start + 60.0 * block.minutes, f"{row.section.title}: {what}", where, block.name)
            )
    return out
