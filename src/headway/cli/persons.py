"""Maple's people in their own words: wishes, strengths, how they see themselves, notes, and a goal. All invented.

Written through the actions that people use, each at its own time. What follows the goal is played before, so that the history
of everybody else is the same with and without it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from headway.cli.calendar import begins
from headway.cli.command import Refused
from headway.cli.maple import DISTRICT, PLACE, TIME_ZONE, person_id
from headway.standards.careers import read_careers
from headway.standards.courses import read_courses

HOUR = 3600.0
GRANTED = 3
"""Learners who have credit when the demo opens; others are ready, so that one can be granted."""


def read_people() -> list[dict[str, Any]]:
    """Read the file. Raises Refused where it is missing or broken."""
    path = PLACE / "people.json"
    try:
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["people"]
    except (OSError, ValueError, KeyError) as problem:
        raise Refused(f"{path} cannot be read ({problem}). Take it from a fresh checkout.") from None
    return found


def play_people(dates: Sequence[date], *, district: UUID = DISTRICT) -> int:
    """Load Maple's careers and write what its people say into the days of a history; return the number of people."""
    from headway.school.people.tenancy import in_district
    from headway.school.profile.careers import load_careers

    with in_district(district), (PLACE / "tables" / "careers.csv").open("rb") as file:
        load_careers(district=district, rows=read_careers(file, "careers.csv"))
        found = read_people() if dates else []
        for row in found:
            _person(row, dates, district)
    return len(found)


def _person(row: dict[str, Any], dates: Sequence[date], district: UUID) -> None:
    from headway.school.models import Person
    from headway.school.profile.actions import report_self, state_fact, write_note

    learner = Person.objects.get(id=person_id(row["learner"], district))
    who = {
        "learner": learner,
        **{
            role: Person.objects.get(id=person_id(row[key], district))
            for role, key in (("school", "teacher"), ("family", "family"))
            if row[key]
        },
    }
    for fact in row["facts"]:
        state_fact(
            learner=learner,
            by=who[fact["by"]],
            role=fact["by"],
            kind=fact["kind"],
            value=fact["value"],
            career=fact.get("career", ""),
            now=_at(dates, fact["day"]),
        )
    for report in row["reports"]:
        report_self(learner=learner, answers=report["answers"], now=_at(dates, report["day"]))
    for note in row["notes"]:
        write_note(
            learner=learner,
            by=who[note["by"]],
            role=note["by"],
            kind=note["kind"],
            words=note["words"],
            now=_at(dates, note["day"]),
        )


def play_goals(dates: Sequence[date], *, district: UUID = DISTRICT) -> int:
    """Let those who have a goal in the file set it after the last day; return how many did."""
    from headway.core.path.goals import WEEK
    from headway.pages.person.going import chosen_offer
    from headway.school.environment.record import record_of
    from headway.school.models import Person
    from headway.school.path.goals import set_goal
    from headway.school.people.tenancy import in_district

    made = 0
    with in_district(district):
        for row in read_people() if dates else ():
            goal, at = row["goal"], _at(dates, -1) + 4 * HOUR
            if not goal:
                continue
            learner = Person.objects.get(id=person_id(row["learner"], district))
            domain = goal["domain"]
            offer = chosen_offer(record_of(learner, at), frozenset({domain}), f"{learner.grade}|{domain}")
            if offer is None:
                continue
            set_goal(
                learner=learner,
                by=learner,
                grade=offer.grade,
                domain=domain,
                skills=offer.skills,
                due=at + goal["weeks"] * WEEK,
                now=at,
                why=goal["why"],
                career=goal["career"],
            )
            made += 1
    return made


def play_credit(dates: Sequence[date], *, district: UUID = DISTRICT) -> int:
    """Load Maple's courses; after the last day the principal grants the first course to some of those who are ready. Returns how
    many got it."""
    from headway.core.mastery.credit import complete
    from headway.school.curriculum.queries import curriculum_of
    from headway.school.mastery.credit.courses import load_courses
    from headway.school.mastery.credit.granting import grant
    from headway.school.mastery.credit.standing import standings_of
    from headway.school.models import Person
    from headway.school.people.tenancy import in_district

    with in_district(district):
        with (PLACE / "tables" / "courses.csv").open("rb") as file:
            tables = read_courses(file, "courses.csv")
        load_courses(district=district, rows=tables)
        if not dates:
            return 0
        first, at = tables[0], _at(dates, -1) + 5 * HOUR
        people = list(Person.objects.filter(roles__name="learner").order_by("sourced_id"))
        people.sort(key=lambda person: person.sourced_id != "s-mina")
        found = standings_of([person.id for person in people], curriculum_of(district), first.skills)
        ready = [person for person in people if complete(first.skills, found[person.id])][:GRANTED]
        lead = Person.objects.get(id=person_id("l-delacroix", district))
        for learner in ready:
            grant(learner=learner, by=lead, code=first.code, now=at)
        return len(ready)


def _at(dates: Sequence[date], day: int) -> float:
    """After school on a day counted from the end of the history; a short history begins with what came before it."""
    return begins(dates[max(day, -len(dates))], "6", TIME_ZONE) + HOUR
