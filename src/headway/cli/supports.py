"""Extra support in Maple's history: the team meets, two groups work for some weeks, probes are scored. All simulated.

It is written through the actions that people use, each at its own time, before the days are played: practice follows a
support from the day on which it begins.
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

MINUTE, HOUR = 60.0, 3600.0
LEAST_DAYS = 34
"""School days that the story of the groups takes; a shorter history has no groups."""
BASELINE_EVERY, PROBE_EVERY = 3, 4
"""School days between probes before the support, and with it."""
WEEKS = 12
"""From the start to the goal's day."""


def read_supports() -> dict[str, Any]:
    """Read the file. Raises Refused where it is missing or broken."""
    path = PLACE / "supports.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Refused(f"{path} cannot be read ({problem}). Take it from a fresh checkout.") from None
    return found


def play_supports(dates: Sequence[date], *, district: UUID = DISTRICT) -> int:
    """Write the groups' history into the last school days of ``dates``; return the number of plans, 0 where the history is
    too short for one."""
    if len(dates) < LEAST_DAYS:
        return 0
    from headway.school.people.models import Person
    from headway.school.people.tenancy import in_district

    story, days = read_supports(), list(dates[-40:])
    with in_district(district):
        lead = Person.objects.get(id=person_id("l-delacroix", district))
        adult = Person.objects.get(id=person_id("i-marchetti", district))
        _meet(story, days, lead, district)
        return sum(_group(group, story, days, adult, district) for group in story["groups"])


def _meet(story: dict[str, Any], days: Sequence[date], lead: Any, district: UUID) -> None:
    """The team writes the district's rules, meets, and decides about everybody who gets a plan."""
    from headway.core.intervention.defaults import DEFAULT_RULES
    from headway.core.intervention.rules import rules_to_json
    from headway.school.intervention.actions import decide_tier, open_meeting, save_rules, write_note
    from headway.school.intervention.models import TeamMeeting
    from headway.school.people.models import Person, School

    school = School.objects.get(district_id=district, sourced_id="maple-middle")
    at = begins(days[1], "6", TIME_ZONE) + HOUR
    body = {**rules_to_json(DEFAULT_RULES), "name": "Mathematics, grades 6 to 8"}
    save_rules(by=lead, body=body, note="The rules to begin with, read and agreed by the team.", now=at)
    meeting: TeamMeeting = open_meeting(school=school, by=lead, present=story["present"], now=at)
    for group in story["groups"]:
        for plan in group["plans"]:
            learner = Person.objects.get(id=person_id(plan["learner"], district))
            at += 4 * MINUTE
            decide_tier(learner=learner, by=lead, to_tier=group["tier"], reason=plan["why"], now=at, meeting=meeting)
    write_note(
        meeting=meeting, by=lead, words="Three probes before each plan begins; families hear of it this week.", now=at
    )


def _group(group: dict[str, Any], story: dict[str, Any], days: Sequence[date], adult: Any, district: UUID) -> int:
    from headway.core.intervention.plans import Dose
    from headway.school.intervention.actions import start_group
    from headway.school.people.models import School

    made = start_group(
        school=School.objects.get(district_id=district, sourced_id="maple-middle"),
        adult=adult,
        name=group["name"],
        kind=group["kind"],
        tier=group["tier"],
        dose=Dose(group["minutes"], tuple(group["weekdays"])),
        measure=group["measure"],
        skills=group["skills"],
        now=begins(days[story["begins"]], "4", TIME_ZONE),
        clock=group["clock"],
        simulated=True,
    )
    for plan in group["plans"]:
        _plan(plan, made, story, days, adult, district)
    _sessions(group, made, story, days, adult, district)
    return len(group["plans"])


def _plan(
    plan: dict[str, Any], group: Any, story: dict[str, Any], days: Sequence[date], adult: Any, district: UUID
) -> None:
    """One learner's plan with its probes: three before it begins, then one about every week."""
    from headway.core.intervention.plans import WEEK_DAYS, GoalLine
    from headway.school.intervention.actions import start_plan
    from headway.school.intervention.entries import new_form, score_probe
    from headway.school.people.clock import day_of
    from headway.school.people.models import Person

    start = begins(days[story["begins"]], "4", TIME_ZONE)
    first = day_of(district, start)
    learner = Person.objects.get(id=person_id(plan["learner"], district))
    middle = float(sorted(plan["baseline"])[len(plan["baseline"]) // 2])
    goal = GoalLine(first, middle, first + WEEKS * WEEK_DAYS, float(plan["goal"]))
    made = start_plan(group=group, learner=learner, by=adult, why=plan["why"], goal=goal, now=start)
    before = [2 + BASELINE_EVERY * n for n in range(len(plan["baseline"]))]
    after = [story["begins"] + 2 + PROBE_EVERY * n for n in range(len(plan["scores"]))]
    for number, (place, right) in enumerate(zip([*before, *after], [*plan["baseline"], *plan["scores"]], strict=True)):
        at = begins(days[min(place, len(days) - 1)], "4", TIME_ZONE) + 5 * MINUTE
        form = new_form(plan=made, by=adult, now=at, seed=1000 + number)
        score_probe(form=form, right=range(right), tried=min(right + 4, 20), by=adult, now=at, simulated=True)


def _sessions(
    group: dict[str, Any], made: Any, story: dict[str, Any], days: Sequence[date], adult: Any, district: UUID
) -> None:
    """The log: every planned day but the last one, on which nobody has written anything yet. A holiday is no school."""
    from headway.core.intervention.plans import planned_days
    from headway.school.intervention.entries import NO_SCHOOL, log_session
    from headway.school.people.clock import EPOCH, date_of, day_of

    first, last = day_of(district, begins(days[story["begins"]], "4", TIME_ZONE)), days[-1].toordinal() - EPOCH
    in_session = set(days)
    for number, day in enumerate(planned_days(group["weekdays"], first, last)[:-1]):
        why_not = group["missed"].get(str(number), "")
        if date_of(day) not in in_session:
            why_not = NO_SCHOOL
        present = [
            person_id(plan["learner"], district) for plan in group["plans"] if number not in plan.get("away", ())
        ]
        at = begins(date_of(day), "4", TIME_ZONE) + HOUR
        log_session(
            group=made, day=day, held=not why_not, by=adult, now=at, present=present, why_not=why_not, simulated=True
        )
