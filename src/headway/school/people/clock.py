"""A district's local days: where today begins, and how long ago something was."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from headway.school.people.models import District


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The time zone of that name."""
    return ZoneInfo(name)


def day_offset(time_zone: str, now: float) -> float:
    """Seconds that local time is ahead of UTC at ``now``."""
    ahead = datetime.fromtimestamp(now, UTC).astimezone(zone(time_zone)).utcoffset()
    return ahead.total_seconds() if ahead else 0.0


def local_date(time_zone: str, at: float) -> date:
    """The local date of a moment in seconds since 1970."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone(time_zone)).date()


@lru_cache(maxsize=256)
def time_zone_of(district: UUID) -> str:
    """The district's time zone; remembered, because it does not change while a server runs."""
    return District.objects.values_list("time_zone", flat=True).get(id=district)


EPOCH = date(1970, 1, 1).toordinal()


def day_of(district: UUID, at: float) -> int:
    """The district's local day of a moment, counted since 1 January 1970."""
    return local_date(time_zone_of(district), at).toordinal() - EPOCH


def start_of(district: UUID, day: int) -> float:
    """When a local day begins, in seconds since 1970."""
    return datetime.combine(date_of(day), time.min, zone(time_zone_of(district))).timestamp()


def date_of(day: int) -> date:
    """The date of a day that :func:`day_of` counted."""
    return date.fromordinal(day + EPOCH)
