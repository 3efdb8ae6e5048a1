"""A school's week or term: planned days of all its classes, adults by person, and where classes need the same people at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from headway.core.environment.across import ClassDay, across
from headway.core.environment.instruction.model import Model
from headway.core.environment.moving import Together
from headway.core.environment.week import DayOf, Load, Use
from headway.school.environment.days.adults import adults_by_person
from headway.school.environment.models import DayPlan
from headway.school.people.models import Enrolment, Person, Section
from headway.standards.instruction import model_of

MOST = 6_000
"""Planned days of classes that are added up at most: a term of sixty classes."""


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """Adults' loads and rooms' use by name, planned days by class title (every active class), and learners by identifier."""

    adults: dict[str, Load]
    rooms: dict[str, Use]
    days: dict[str, int]
    learners: tuple[UUID, ...]


def school_week(school: UUID, first: int, last: int) -> SchoolWeek:
    """Add up the newest plan of each class and day from ``first`` to ``last``, in three queries. The caller has checked
    access."""
    sections = list(Section.objects.filter(school_id=school, is_active=True).order_by("title", "id"))
    title = [section.title for section in sections]
    titles = {s.id: s.title if title.count(s.title) == 1 else f"{s.title} ({s.sourced_id})" for s in sections}
    teachers: dict[UUID, list[Person]] = {}
    learners: dict[UUID, None] = {}
    rows = Enrolment.objects.filter(section__in=sections, person__is_active=True).select_related("person")
    for row in rows.order_by("id"):
        if row.role == "teacher":
            teachers.setdefault(row.section_id, []).append(row.person)
        else:
            learners[row.person_id] = None
    days = _days(titles, teachers, first, last)
    adults, rooms = across(days)
    counts = dict.fromkeys(titles.values(), 0)
    for each in days:
        counts[each.title] += 1
    return SchoolWeek(adults, rooms, counts, tuple(learners))


def _days(
    titles: Mapping[UUID, str], teachers: dict[UUID, list[Person]], first: int, last: int
) -> list[ClassDay]:  # fmt: skip
    rows = DayPlan.objects.filter(section_id__in=list(titles), day__gte=first, day__lte=last, state="done")
    newest = rows.order_by("section_id", "day", "-began_at").distinct("section_id", "day")
    models: dict[tuple[UUID, str], tuple[Model, dict[str, str]]] = {}
    out = []
    for key, day, sessions, body in newest.values_list("section_id", "day", "body__sessions", "body__model")[:MOST]:
        known = (key, repr(body))
        if known not in models:
            model = model_of(body, "plan")
            models[known] = _by_person(model, adults_by_person(model, teachers.get(key, ()), titles[key]))
        model, called = models[known]
        groups = tuple(
            Together(
                each["block"], each["modality"], each["skill"], called.get(each["adult"], each["adult"]), each["space"],
                tuple(seat[0] for seat in each["seats"]),
            )
            for each in sessions
        )  # fmt: skip
        out.append(ClassDay(titles[key], DayOf(day, model, groups)))
    return out


def _by_person(model: Model, called: dict[str, str]) -> tuple[Model, dict[str, str]]:
    """A model with its adults as they are called throughout the school."""
    crews = tuple(replace(crew, names=tuple(called[name] for name in crew.names)) for crew in model.crews)
    return replace(model, crews=crews), called
