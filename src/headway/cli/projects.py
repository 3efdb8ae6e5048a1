"""A project of Maple under way, what its teacher saw, and some work away from the screen. All invented.

Written through the actions that people use, each at its own time. Nothing of it is read by the loop, so the history of answers is
the same with and without it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from headway.cli.calendar import begins
from headway.cli.command import Refused
from headway.cli.maple import DISTRICT, PLACE, TIME_ZONE, person_id

HOUR, DAY = 3600.0, 86400.0


def read_project() -> dict[str, Any]:
    """Read the file. Raises Refused where it is missing or broken."""
    path = PLACE / "project.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Refused(f"{path} cannot be read ({problem}). Take it from a fresh checkout.") from None
    return found


def play_project(dates: Sequence[date], *, district: UUID = DISTRICT) -> int:
    """Write the project and what belongs to it into the last weeks of a history; return how many things were written. Without a
    history there is none: on the first day of school nobody has begun."""
    from headway.school.people.tenancy import in_district

    if not dates:
        return 0
    row = read_project()
    with in_district(district):
        return _project(row, dates, district) + _seen(row, dates, district)


def _project(row: dict[str, Any], dates: Sequence[date], district: UUID) -> int:
    from headway.school.measurement.projects import actions, work
    from headway.school.measurement.projects.queries import whole
    from headway.school.people.access import learners_in

    cast = _cast(row, district)
    section, teacher = _section(row["section"], district), cast[row["teacher"]]
    steps = [
        actions.Step(each["title"], each["shows"], _day(dates, each["due"], district)) for each in row["milestones"]
    ]
    project = actions.start_project(
        section=section, title=row["title"], question=row["question"], subjects=row["subjects"], rubric=row["rubric"],
        steps=steps, peers=row["peers"], by=teacher, now=_at(dates, row["begins"]),
    )  # fmt: skip
    groups = {str(cast[who].id): number for number, group in enumerate(row["groups"], 1) for who in group}
    actions.set_groups(project=project, groups=groups)
    found = whole(project, list(learners_in(section)))
    stones = {each.number: each for each in found.milestones}
    group_of = {who: found.group_of[cast[who].id][0] for group in row["groups"] for who in group}
    for each in row["work"]:
        work.hand_in(
            milestone=stones[each["milestone"]], learner=cast[each["by"]], group=group_of.get(each["by"]),
            now=_at(dates, each["day"]), text=each["text"],
        )  # fmt: skip
    for each in row["marks"]:
        actions.mark(
            milestone=stones[each["milestone"]], learners=found.mates(cast[each["learner"]].id), says=each["says"],
            by=teacher, now=_at(dates, each["day"]),
        )  # fmt: skip
    for role, said in (("teacher", row["feedback"]), ("peer", row["peers_said"])):
        for each in said:
            work.give_feedback(
                milestone=stones[each["milestone"]], to=cast[each["to"]], group=group_of.get(each["to"]),
                by=cast[each["by"]], role=role, strength=each["strength"], question=each["question"],
                now=_at(dates, each["day"]),
            )  # fmt: skip
    for each in row["scores"]:
        learner, together = cast[each["learner"]], each["whose"] == "group"
        work.score(
            project=project, learners=found.mates(learner.id) if together else [learner],
            group=group_of[each["learner"]] if together else None, levels=each["levels"], by=teacher,
            now=_at(dates, each["day"]),
        )  # fmt: skip
    return sum(len(row[key]) for key in ("work", "marks", "feedback", "peers_said", "scores"))


def _seen(row: dict[str, Any], dates: Sequence[date], district: UUID) -> int:
    """What the teacher saw, and work away from the screen; the identifiers are the same each time."""
    from headway.school.mastery.away import record_away
    from headway.school.profile.observing import observe

    cast = _cast(row, district)
    teacher = cast[row["teacher"]]
    for number, each in enumerate(row["seen"]):
        observe(
            learner=cast[each["learner"]], by=teacher, chip=each["chip"], words=each["words"],
            key=uuid5(district, f"seen:{number}"), now=_at(dates, each["day"]),
        )  # fmt: skip
    for role, lines in (("teacher", row["away"]), ("learner", row["own_away"])):
        for number, each in enumerate(lines):
            learner, at = cast[each["learner"]], _at(dates, each["day"])
            record_away(
                learners=[learner], skill=each["skill"], form=each["form"], minutes=each["minutes"],
                result=each["result"], words=each["words"], day=_local(at, district), now=at, role=role,
                by=teacher if role == "teacher" else learner, key=uuid5(district, f"away:{role}:{number}"),
            )  # fmt: skip
    return sum(len(row[key]) for key in ("seen", "away", "own_away"))


def _cast(row: dict[str, Any], district: UUID) -> dict[str, Any]:
    """Everybody who is named, in one query."""
    from headway.school.models import Person

    named = {row["teacher"], *(who for group in row["groups"] for who in group)}
    named |= {each["learner"] for key in ("marks", "scores", "seen", "away", "own_away") for each in row[key]}
    named |= {each["by"] for key in ("work", "feedback", "peers_said") for each in row[key]}
    keys = {person_id(who, district): who for who in named}
    return {keys[person.id]: person for person in Person.objects.filter(id__in=list(keys))}


def _section(sourced_id: str, district: UUID) -> Any:
    from headway.school.models import Section
    from headway.school.people.roster import identifier

    return Section.objects.get(id=identifier(district, "section", sourced_id))


def _at(dates: Sequence[date], day: int) -> float:
    """After school on a day counted from the end of the history; a short history begins with what came before it."""
    return begins(dates[max(day, -len(dates))], "6", TIME_ZONE) + HOUR


def _day(dates: Sequence[date], day: int, district: UUID) -> int:
    """A local day: a school day of the history, or calendar days after its end."""
    if day < 0:
        return _local(_at(dates, day), district)
    return _local(_at(dates, -1) + day * DAY, district)


def _local(at: float, district: UUID) -> int:
    from headway.school.people.clock import day_of

    return day_of(district, at)
