"""``headway schedule day``: plan a class's day in the school, from what its learners are ready for."""

from __future__ import annotations

from headway.cli.one_core import ONE_CORE  # isort: skip  (before NumPy)

import argparse
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from headway.cli.command import Command, Refused, Result
from headway.cli.school import find_district, open_school

if TYPE_CHECKING:
    from headway.school.environment.days.values import Planned
    from headway.school.people.models import Person, Section

assert ONE_CORE


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--section", default="", help="the class: title, roster identifier or identifier")
    add_day(parser)
    parser.add_argument("--begun", type=UUID, metavar="PLAN", help="make a plan that a page has asked for")


def add_day(parser: argparse.ArgumentParser) -> None:
    """What a day of the school is asked with."""
    parser.add_argument("--district", default="", help="name or identifier (default: the only district)")
    parser.add_argument("--date", type=date.fromisoformat, help="the day, as 2026-11-23 (default: tomorrow)")
    parser.add_argument(
        "--by", default="", help="who asks: email, roster identifier or identifier (default: its teacher)"
    )
    parser.add_argument(
        "--away", action="append", default=[], metavar="NAME", help="an adult who is away; may be repeated"
    )
    parser.add_argument(
        "--closed", action="append", default=[], metavar="NAME", help="a room that is closed; may be repeated"
    )
    parser.add_argument("--anew", action="store_true", help="plan a day that has a plan anew; without it few move")


def run(arguments: argparse.Namespace) -> Result:
    """Plan. Refused, saying why, when there is no such class, no model of it, or its wishes collide."""
    with open_school():
        district = find_district(arguments.district)
        from headway.school.environment.days.planning import plan_day
        from headway.school.environment.days.values import planned_of
        from headway.school.intervention.owed import owed_minutes
        from headway.school.people.refusal import Refused as Declined

        try:
            plan = arguments.begun or _begun(arguments, district)
            planned = planned_of(plan_day(district=district, plan=plan, owed=owed_minutes))
        except Declined as problem:
            raise Refused(str(problem.message)) from problem
        return _result(planned)


def run_school(arguments: argparse.Namespace) -> Result:
    """Plan all classes of a school that share a model. Refused where there is no such school, or no class of it shares one."""
    with open_school():
        district = find_district(arguments.district)
        from headway.core.environment.schedule.warming import warm_up
        from headway.school.environment.days.parties import planned_with
        from headway.school.environment.days.planning import plan_day
        from headway.school.intervention.owed import owed_minutes
        from headway.school.people.refusal import Refused as Declined
        from headway.school.people.tenancy import in_district

        warm_up()
        begin = time.process_time()
        try:
            row = plan_day(district=district, plan=_begun(arguments, district), owed=owed_minutes)
        except Declined as problem:
            raise Refused(str(problem.message)) from problem
        with in_district(district):
            classes = planned_with(row)
        return _whole(classes, time.process_time() - begin)


def _whole(classes: list[Planned], seconds: float) -> Result:
    first = classes[0]
    gap = (first.bound - first.value) / first.value if first.value > 0.0 else 0.0
    learners = {place.learner for planned in classes for group in planned.groups for place in group.places}
    moved = {key for planned in classes for key in planned.row.body["moved"]}
    day = date(1970, 1, 1) + timedelta(days=first.row.day)
    data = {
        "date": day.isoformat(), "value": first.value, "bound": first.bound, "gap": gap, "cpu_seconds": seconds,
        "learners": len(learners), "moved": sorted(moved), "clashes": [str(each) for each in first.clashes],
        "plan": {str(planned.row.section_id): planned.row.body["sessions"] for planned in classes},
    }  # fmt: skip
    lines = [
        f"{day.isoformat()}: {len(learners):,} learners of {len(classes)} classes, {len(moved):,} with another day than before",
        f"at most {100 * gap:.1f} % of the possible gain is missing; {seconds:.2f} s of processor time",
    ]
    return Result(data, "\n".join([*lines, *(str(each) for each in first.clashes)]))


def _shared_section(wanted: str) -> Section:
    """A class of a school that shares its model with the others."""
    from headway.school.environment.days.queries import model_in_force
    from headway.school.people.models import School, Section

    schools = list(School.objects.order_by("name"))
    found = [each for each in schools if wanted in (str(each.id), each.sourced_id, each.name)]
    if len(found) != 1:
        raise Refused(
            f"name one school with --school. There are: {', '.join(each.name for each in schools) or 'none'}."
        )
    for section in Section.objects.filter(school=found[0], is_active=True).order_by("title", "id"):
        model = model_in_force(section.id)
        if model is not None and model.shared:
            return section
    raise Refused(
        f"no class of {found[0].name} works by a model that the school shares. Choose “Daily rotation through the school” on a "
        "class's page Days, for each class that takes part."
    )


def _begun(arguments: argparse.Namespace, district: UUID) -> UUID:
    from headway.school.environment.days.actions import begin
    from headway.school.people.clock import day_of
    from headway.school.people.tenancy import in_district

    now = time.time()
    with in_district(district):
        school = getattr(arguments, "school", "")
        section = _shared_section(school) if school else _section(arguments.section)
        day = day_of(district, now) + 1 if arguments.date is None else (arguments.date - date(1970, 1, 1)).days
        asker = _asker(arguments.by, section)
        asked = {"away": arguments.away, "closed": arguments.closed, "anew": arguments.anew}
        return begin(section=section, by=asker, day=day, now=now, **asked).id


def _section(wanted: str) -> Section:
    from headway.school.people.models import Section

    rows = list(Section.objects.order_by("title", "period"))
    found = [row for row in rows if wanted in (str(row.id), row.sourced_id, row.title)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{row.title} ({row.sourced_id})" for row in rows[:20]) or "none"
    raise Refused(f"name one class with --section. There are: {names}.")


def _asker(wanted: str, section: Section) -> Person:
    from headway.school.people.models import Enrolment, Person

    if wanted:
        found = [
            row for row in Person.objects.filter(is_active=True) if wanted in (row.email, row.sourced_id, str(row.id))
        ]
        if len(found) != 1:
            raise Refused(
                f"there is no {wanted!r} in this district. Name a person with --by (email or roster identifier)."
            )
        return found[0]
    teacher = Enrolment.objects.filter(section=section, role="teacher").select_related("person").order_by("id").first()
    if teacher is None:
        raise Refused("the class has no teacher. Say with --by who asks for the plan.")
    return teacher.person


def _result(planned: Planned) -> Result:
    row, blocks = planned.row, planned.blocks()
    gap = (planned.bound - planned.value) / planned.value if planned.value > 0.0 else 0.0
    day = date(1970, 1, 1) + timedelta(days=row.day)
    data = {
        "plan": str(row.id), "date": day.isoformat(), "value": planned.value, "bound": planned.bound, "gap": gap,
        "sessions": row.body["sessions"], "clashes": [str(each) for each in planned.clashes],
    }  # fmt: skip
    lines = [f"{day.isoformat()}: at most {100 * gap:.1f} % of the possible gain is missing"]
    for group in planned.groups:
        what = planned.model.modality(group.modality).name if group.modality else planned.model.spare
        where = " · ".join(filter(None, (group.adult, group.space, group.skill)))
        lines.append(f"{blocks[group.block].name}: {what} ({len(group.places)}) {where}".rstrip())
    return Result(data, "\n".join([*lines, *data["clashes"]]))


COMMAND = Command(
    help="Plan a class's day in the school: who works with whom, on what, where and with which adult, from what each learner is\n"
    "ready for now. The class has to have chosen how it works (its page Days).",
    example='headway schedule day --section "Math 6, period 1" --date 2026-11-23 --away "Ms. Okafor"',
    configure=configure,
    run=run,
    keys={
        "plan, date": "identifier and day of the plan",
        "value, bound, gap": "expected gain with what is owed, what no plan can pass, and (bound - value) / value",
        "sessions": "block, modality, skill, adult, space, seats (learner, skill, gain, best other modality and skill, lost)",
        "clashes": "what found no place, in words",
    },
)
