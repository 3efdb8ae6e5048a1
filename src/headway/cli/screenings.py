"""Maple's screening: the principal opens a window in the morning of the last day. All simulated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from headway.cli.calendar import begins
from headway.cli.maple import DISTRICT, TIME_ZONE, person_id

GRADES = ("6", "7", "8")
SEASONS = {8: "fall", 9: "fall", 10: "fall", 11: "fall", 12: "winter", 1: "winter", 2: "winter"}
"""Month to season; spring otherwise."""


def open_screening(dates: Sequence[date], *, district: UUID = DISTRICT) -> None:
    """Open the window in the morning of the last day."""
    from headway.school.measurement.actions import open_window
    from headway.school.people.models import Person, School
    from headway.school.people.tenancy import in_district

    last = dates[-1]
    with in_district(district):
        open_window(
            school=School.objects.get(sourced_id="maple-middle"),
            season=SEASONS.get(last.month, "spring"),
            year=last.year if last.month >= 7 else last.year - 1,
            grades=GRADES,
            by=Person.objects.get(id=person_id("l-delacroix", district)),
            now=begins(last, "1", TIME_ZONE) - 1800.0,
        )
