"""The school year of the demo: which days it was in session, and when each period met."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PERIODS = {
    "1": time(8, 20),
    "2": time(9, 10),
    "3": time(10, 0),
    "4": time(10, 50),
    "5": time(12, 30),
    "6": time(13, 20),
}
"""When practice begins in each period, local time."""

HOLIDAY_WEEK = 4
"""The Monday of the fourth week back is Founders' Day: no school."""


def school_days(today: date, count: int) -> list[date]:
    """The last ``count`` school days before ``today``, oldest first: no weekends, no Founders' Day."""
    holiday = today - timedelta(days=today.weekday() + 7 * HOLIDAY_WEEK)
    days: list[date] = []
    day = today
    while len(days) < count:
        day -= timedelta(days=1)
        if day.weekday() < 5 and day != holiday:
            days.append(day)
    return days[::-1]


def local_date(now: float, time_zone: str) -> date:
    """The date in a time zone at ``now`` (seconds since 1970)."""
    return datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(time_zone)).date()


def begins(day: date, period: str, time_zone: str) -> float:
    """When practice of a period begins, in seconds since 1970."""
    return datetime.combine(day, PERIODS[period], ZoneInfo(time_zone)).timestamp()
