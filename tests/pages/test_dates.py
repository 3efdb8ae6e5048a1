"""Dates as people say them, the same on screens and on paper, by language."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from headway.pages.dates import date_said, day_said, month_day, near, short

TODAY = date(2026, 11, 20)  # a Friday


def test_a_weekday_is_written_as_the_language_writes_it() -> None:
    said = {}
    for language in ("en", "es"):
        with override(language):
            said[language] = near(date(2026, 11, 16), TODAY)
    assert said == {"en": "Monday", "es": "lunes"}


@pytest.mark.parametrize(
    ("language", "full", "day", "little"),
    [
        ("en", "September 7, 2026", "September 7", "Sep 7"),
        ("es", "7 de septiembre de 2026", "7 de septiembre", "7 de sep"),
    ],
)
def test_each_language_has_its_own_order(language: str, full: str, day: str, little: str) -> None:
    then = date(2026, 9, 7)
    with override(language):
        assert (date_said(then), month_day(then), short(then)) == (full, day, little)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (date(2026, 11, 20), "today"),
        (date(2026, 11, 19), "yesterday"),
        (date(2026, 11, 21), "tomorrow"),
        (date(2026, 11, 16), "Monday"),
        (date(2026, 11, 25), "Wednesday"),
        (date(2026, 11, 13), "November 13"),
        (date(2026, 12, 1), "December 1"),
        (date(2027, 1, 8), "January 8, 2027"),
        (date(2025, 11, 20), "November 20, 2025"),
    ],
)
def test_what_is_near_is_said_by_its_name(then: date, said: str) -> None:
    with override("en"):
        assert near(then, TODAY) == said


def test_a_day_to_come_is_not_today() -> None:
    here = ZoneInfo("UTC")
    now = 1_795_000_000.0
    with override("en"):
        assert day_said(now + 86_400.0, now, here) == "tomorrow"
        assert day_said(now, now, here) == "today"
