"""School days: no weekends, one holiday, always before today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from headway.cli.calendar import PERIODS, begins, local_date, school_days


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_school_days_are_days_of_school(today: date, count: int) -> None:
    days = school_days(today, count)
    assert len(set(days)) == count
    assert days == sorted(days)
    assert days[-1] < today
    assert all(day.weekday() < 5 for day in days)


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)))
def test_eight_weeks_have_one_holiday(today: date) -> None:
    days = school_days(today, 40)
    weekdays = [days[0] + timedelta(n) for n in range((days[-1] - days[0]).days + 1)]
    missing = [day for day in weekdays if day.weekday() < 5 and day not in days]
    assert len(missing) == 1
    assert missing[0].weekday() == 0


def test_periods_begin_on_local_time_on_both_sides_of_the_clock_change() -> None:
    zone = "America/New_York"
    before, after = begins(date(2026, 10, 30), "1", zone), begins(date(2026, 11, 2), "1", zone)
    assert datetime.fromtimestamp(before, UTC).hour == 12
    assert datetime.fromtimestamp(after, UTC).hour == 13
    assert local_date(after, zone) == date(2026, 11, 2)
    assert sorted(PERIODS, key=lambda p: PERIODS[p]) == sorted(PERIODS)
