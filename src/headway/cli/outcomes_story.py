"""What Maple wants, what it has to work with, and the beginning of its vision. All invented.

Written through the actions that people use. Nothing of it is read by the loop, so the history of answers is the same with and
without it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from headway.cli.calendar import begins
from headway.cli.command import Refused
from headway.cli.maple import DISTRICT, PLACE, TIME_ZONE, person_id

HOUR, DAY, WEEK = 3600.0, 86_400.0, 7
READINGS = (-56, -28, 0)
"""Days before the last one on which everybody is measured, as far as the history goes."""


def read_outcomes() -> dict[str, Any]:
    """Read the file. Raises Refused where it is missing or broken."""
    path = PLACE / "outcomes.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Refused(f"{path} cannot be read ({problem}). Take it from a fresh checkout.") from None
    return found


def play_outcomes(dates: Sequence[date], *, district: UUID = DISTRICT) -> int:
    """Write the outcomes, the school's means and the vision, and measure days of the history; return the number of readings."""
    from headway.core.environment.means import Said
    from headway.core.evidence.outcomes.aims import Aim, Goal
    from headway.school.environment.means.actions import Row, write_down
    from headway.school.evidence.outcomes.actions import save_aims, take
    from headway.school.evidence.outcomes.vision import begin_strand, write_step, write_vision
    from headway.school.models import Person, School
    from headway.school.people.clock import day_of
    from headway.school.people.tenancy import in_district

    story = read_outcomes()
    now = begins(dates[-1], "6", TIME_ZONE) + HOUR if dates else time.time()
    with in_district(district):
        leader, today = Person.objects.get(id=person_id(story["leader"], district)), day_of(district, now)
        aims = [
            Aim(**{**row, "goals": tuple(Goal(today + weeks * WEEK, share) for weeks, share in row["goals"])})
            for row in story["aims"]
        ]
        save_aims(district=district, aims=aims, by=leader, now=now)
        school = School.objects.get(sourced_id="maple-middle")
        rows = [
            Row(
                school.id,
                Said(**{key: value for key, value in row.items() if key != "weeks"}),
                today + row["weeks"] * WEEK,
            )
            for row in story["means"]
        ]
        write_down(district=district, rows=rows, by=leader, now=now)
        write_vision(by=leader, words=story["vision"], now=now)
        strand = story["strand"]
        gap = {key: strand[key] for key in ("words", "aim", "group", "ahead", "behind")}
        begun = begin_strand(by=leader, now=now, **gap)
        assert begun.strand is not None
        for kind in ("theory", "design"):
            write_step(by=leader, strand=begun.strand, kind=kind, words=strand[kind], now=now)
        if not dates:
            return 0
        first = day_of(district, begins(dates[0], "6", TIME_ZONE))
        return take(district=district, now=now, days=[today + ago for ago in READINGS if today + ago > first])
