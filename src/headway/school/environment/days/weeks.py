"""A class's planned days over a week or a term, and the master timetable beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from headway.core.environment.moving import Together
from headway.core.environment.week import Added, DayOf, Period, add_up
from headway.core.text import T
from headway.school.environment.days.attendance import attendance_between
from headway.school.environment.days.values import Group, Planned, planned_of
from headway.school.environment.models import ClassPeriod, DayPlan
from headway.school.people.models import Person, Section
from headway.school.people.refusal import Malformed
from headway.standards.timetable import Meeting

MOST_DAYS = 200


def planned_between(sections: Sequence[UUID], first: int, last: int) -> list[Planned]:
    """The plan that counts of each class and day from ``first`` to ``last``, by day. One query. The caller has checked access."""
    rows = DayPlan.objects.filter(section_id__in=sections, day__gte=first, day__lte=last, state="done")
    newest = rows.order_by("section_id", "day", "-began_at").distinct("section_id", "day").select_related("section")
    return sorted((planned_of(row) for row in newest[:MOST_DAYS]), key=lambda planned: planned.row.day)


def added_between(section: UUID, first: int, last: int) -> tuple[Added, list[Planned]]:
    """A class's planned days added up, with the days, in two queries. The caller has checked access."""
    plans = planned_between([section], first, last)
    said = attendance_between(section, first, last)
    days = [
        DayOf(
            planned.row.day, planned.model, tuple(map(together, planned.groups)),
            frozenset(str(who) for (who, day), state in said.items() if day == planned.row.day and state == "away"),
        )
        for planned in plans
    ]  # fmt: skip
    return add_up(days), plans


def together(group: Group) -> Together:
    """A group as ``core.environment`` reads it."""
    learners = tuple(str(place.learner) for place in group.places)
    return Together(group.block, group.modality, group.skill, group.adult, group.space, learners)


def periods_of(section: UUID) -> tuple[Period, ...]:
    """When a class meets by the timetable that was imported last."""
    rows = ClassPeriod.objects.filter(section_id=section, ended_at=None).order_by("weekday", "begin")
    return tuple(Period(row.weekday, row.begin, row.minutes, row.room) for row in rows)


@transaction.atomic
def keep_timetable(*, sections: Sequence[Section], by: Person, meetings: Sequence[Meeting], now: float) -> int:
    """Put a timetable in force for those of these classes that it names, or whose period it names, whole or not at all; return
    how many. Raises Malformed for one that names none of them, or a class that two of them are called."""
    called: dict[str, list[Section]] = {}
    for section in sections:
        for name in {section.title, section.sourced_id, str(section.id)}:
            called.setdefault(name.casefold(), []).append(section)
    found: dict[UUID, list[Meeting]] = {}
    by_id: Mapping[UUID, Section] = {section.id: section for section in sections}
    for meeting in meetings:
        if meeting.period:
            for section in sections:
                if meeting.period.casefold() in {each.strip().casefold() for each in section.period.split(",")}:
                    found.setdefault(section.id, []).append(meeting)
            continue
        ours = called.get(meeting.section.casefold(), [])
        if len(ours) > 1:
            raise Malformed(
                T("Two classes are called “{name}”. Write the roster’s identifier instead.", name=meeting.section)
            )
        if ours:
            found.setdefault(ours[0].id, []).append(meeting)
    if not found:
        raise Malformed(
            T("The timetable names none of your classes. Write their titles as they stand here, or their periods.")
        )
    ClassPeriod.objects.filter(section_id__in=found, ended_at=None).update(ended_at=now)
    ClassPeriod.objects.bulk_create(
        ClassPeriod(
            district_id=by.district_id, section=by_id[section], weekday=each.weekday, begin=each.begin, minutes=each.minutes,
            room=each.room, by=by, at=now,
        )
        for section, own in found.items()
        for each in own
    )  # fmt: skip
    return len(found)
