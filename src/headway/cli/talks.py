"""Talks in Maple's history: some of Ms. Okafor's learners had a conference, some have prepared the next one. All invented.

Written after the history, each at its own time. The page of a past talk rests on what was on record on that day, and what was
agreed is words: a step that changed the plan in the past would have made the days go otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from headway.cli.calendar import begins, local_date
from headway.cli.command import Refused
from headway.cli.maple import DISTRICT, PLACE, TIME_ZONE, person_id

if TYPE_CHECKING:
    from headway.core.path.conferences import Packet
    from headway.school.people.models import Person

HOUR, LOOKS_BACK = 3600.0, 8 * 7 * 86400.0


def read_talks() -> dict[str, Any]:
    """Read the file. Raises Refused where it is missing or broken."""
    path = PLACE / "talks.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Refused(f"{path} cannot be read ({problem}). Take it from a fresh checkout.") from None
    return found


def play_talks(dates: Sequence[date], *, district: UUID = DISTRICT) -> int:
    """Write the talks, what was brought to the next ones, and who wants the weekly mail; return the number of talks. Those that
    lie before a short history are left out."""
    from headway.school.models import Person
    from headway.school.path.conferences.actions import begin, end, prepare, write
    from headway.school.path.families.choices import choose
    from headway.school.people.tenancy import in_district

    story, held = read_talks(), 0

    def who(key: str) -> Person:
        return Person.objects.get(id=person_id(key, district))

    with in_district(district):
        teacher = who(story["teacher"])
        for row in story["talks"]:
            if -row["day"] > len(dates):
                continue
            learner, at = who(row["learner"]), _at(dates, row["day"])
            talk = begin(learner=learner, by=teacher, packet=_packet(learner, at), now=at)
            write(conference=talk, by=teacher, words=row["agreed"], private=False, now=at + 480.0)
            end(conference=talk, by=teacher, now=at + 600.0)
            held += 1
        for row in story["sides"] if dates else ():
            words = {key: row[key] for key in ("well", "hard", "want")}
            prepare(
                learner=who(row["learner"]), by=who(row["by"]), role=row["role"], now=_at(dates, row["day"]), **words
            )
        for row in story["weekly"] if dates else ():
            choose(
                by=who(row["by"]), weekly=True, language=row["language"], email=row["email"], now=_at(dates, row["day"])
            )
    return held


def _packet(learner: Person, at: float) -> Packet:
    """The page as it was on that day, as far as the ledger and the log alone say it."""
    from headway.core.path.conferences import Facts, draft
    from headway.school.curriculum.queries import curriculum_of
    from headway.school.mastery.queries import days_of, ledger_of

    since = at - LOOKS_BACK
    last = local_date(at, TIME_ZONE)
    days = [day for day in days_of(learner.id, since=since, time_zone=TIME_ZONE) if day.day <= last]
    facts = Facts(
        name=learner.given_name,
        since=since,
        now=at,
        views=(),
        ledger=[entry for entry in ledger_of(learner.id, most=400) if since <= entry.at <= at],
        days=len(days),
        minutes=round(sum(day.minutes for day in days)),
    )
    return draft(facts, curriculum_of(learner.district_id))


def _at(dates: Sequence[date], day: int) -> float:
    """After school on a day counted from the end of the history."""
    return begins(dates[max(day, -len(dates))], "6", TIME_ZONE) + HOUR
