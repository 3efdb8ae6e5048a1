"""Who is around a learner: the adults to turn to, and those who have read the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from headway.school.people.models import AccessLog, Enrolment, Person, RoleName
from headway.school.people.paging import newest_first


@dataclass(frozen=True, slots=True)
class Reading:
    """One look into a record: by whom, why, on which page, when; ``number`` is its line in the access log."""

    number: int
    reader: str
    purpose: str
    place: str
    at: datetime


def teachers_of(learner: UUID) -> list[Person]:
    """The teachers of a learner's sections, each once, in the order of the day."""
    sections = Enrolment.objects.filter(person_id=learner, role="student").values("section")
    rows = Enrolment.objects.filter(section__in=sections, role="teacher", person__is_active=True)
    found: dict[UUID, Person] = {}
    for row in rows.select_related("person").order_by("section__period", "section__title", "id"):
        found.setdefault(row.person_id, row.person)
    return list(found.values())


def teachers_by_section(sections: Iterable[UUID]) -> dict[UUID, list[Person]]:
    """The teachers of each of these sections, by family name; a section without any is left out. One query."""
    rows = Enrolment.objects.filter(section__in=list(sections), role="teacher", person__is_active=True)
    found: dict[UUID, list[Person]] = {}
    for row in rows.select_related("person").order_by("person__family_name", "person__given_name", "id"):
        found.setdefault(row.section_id, []).append(row.person)
    return found


def adult_named(name: str) -> Person | None:
    """The active adult with this e-mail or identifier, if there is exactly one. Inside the district's transaction."""
    named = Person.objects.filter(Q(email__iexact=name) | Q(sourced_id=name), is_active=True)
    rows = named.exclude(roles__name=RoleName.LEARNER)
    found = list(rows.distinct()[:2])
    return found[0] if len(found) == 1 else None


def readings_of(learner: UUID, *, most: int = 200) -> list[Reading]:
    """Who has read this learner's record, newest first."""
    return reading_page(learner, limit=most)[0]


def reading_page(learner: UUID, *, limit: int, after: int | None = None) -> tuple[list[Reading], int | None]:
    """Who has read this learner's record, newest first, and the ``after`` of the following page."""
    rows = AccessLog.objects.filter(learner_id=learner).select_related("reader")
    found, following = newest_first(rows, limit=limit, after=after)
    return [Reading(row.id, row.reader.name, row.purpose, row.place, row.at) for row in found], following


def school_names(learner: UUID) -> list[str]:
    """The names of the schools of a learner's sections."""
    sections = Enrolment.objects.filter(person_id=learner, role="student").order_by("section__school__name")
    return list(sections.values_list("section__school__name", flat=True).distinct())


def given_names(people: Iterable[UUID]) -> dict[UUID, str]:
    """What classmates call each other: the given names of these people. One query."""
    return dict(Person.objects.filter(id__in=list(people)).values_list("id", "given_name"))
