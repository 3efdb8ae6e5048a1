"""Making districts, and taking in who is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from django.db import models

from headway.school.people.models import District, Enrolment, Guardianship, Person, Role, School, Section
from headway.school.people.roster import Roster, RosterPerson, RosterSchool, RosterSection, identifier
from headway.school.people.tenancy import in_district


def make_district(*, name: str, time_zone: str = "America/New_York", id: UUID | None = None) -> District:  # noqa: A002
    """Create a tenant. ``time_zone`` is an IANA name. Raises IntegrityError if the identifier is taken."""
    key = id or uuid4()
    with in_district(key):
        return District.objects.create(id=key, name=name, time_zone=time_zone)


def take_roster(*, district: UUID, roster: Roster) -> dict[str, int]:
    """Add what the roster names and update what is there; return how many rows of each kind it spoke of.

    All or nothing. Nothing is removed: a person who is not named stays. Raises KeyError naming the identifier where
    the roster speaks of a school, person or section that neither it nor the district has.
    """
    with in_district(district):
        _save(School, [_school(district, s) for s in roster.schools], ["name"])
        _save(Person, [_person(district, p) for p in roster.people], PERSON_FIELDS)
        schools, people = _ids(School), _ids(Person)
        _save(Section, [_section(district, s, schools) for s in roster.sections], SECTION_FIELDS)
        sections = _ids(Section)
        Role.objects.bulk_create(
            (
                Role(
                    district_id=district,
                    person_id=_known(people, r.person),
                    school_id=_known(schools, r.school) if r.school else None,
                    name=r.name,
                )
                for r in roster.roles
            ),
            ignore_conflicts=True,
        )
        Enrolment.objects.bulk_create(
            (
                Enrolment(
                    district_id=district,
                    section_id=_known(sections, e.section),
                    person_id=_known(people, e.person),
                    role=e.role,
                )
                for e in roster.enrolments
            ),
            ignore_conflicts=True,
        )
        Guardianship.objects.bulk_create(
            (
                Guardianship(
                    district_id=district,
                    guardian_id=_known(people, g.guardian),
                    learner_id=_known(people, g.learner),
                    relation=g.relation,
                )
                for g in roster.guardians
            ),
            ignore_conflicts=True,
        )
    return {name: len(getattr(roster, name)) for name in Roster.__dataclass_fields__}


PERSON_FIELDS = ["given_name", "family_name", "email", "grade", "language", "interests", "simulated", "is_active"]
SECTION_FIELDS = ["school", "title", "subject", "grade", "period"]


def _save(model: type[models.Model], rows: Iterable[models.Model], fields: list[str]) -> None:
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["district", "sourced_id"], update_fields=fields
    )


def _ids(model: type[models.Model]) -> dict[str, UUID]:
    """The identifiers that are really there: a row that somebody made earlier keeps its own."""
    return dict(model._default_manager.values_list("sourced_id", "id"))


def _known(ids: Mapping[str, UUID], sourced_id: str) -> UUID:
    try:
        return ids[sourced_id]
    except KeyError:
        raise KeyError(f"the roster speaks of {sourced_id!r}, which neither it nor the district has") from None


def _school(district: UUID, school: RosterSchool) -> School:
    key = identifier(district, "school", school.sourced_id)
    return School(id=key, district_id=district, sourced_id=school.sourced_id, name=school.name)


def _person(district: UUID, person: RosterPerson) -> Person:
    return Person(
        id=identifier(district, "person", person.sourced_id),
        district_id=district,
        sourced_id=person.sourced_id,
        password="!",  # noqa: S106 (Django's mark for: nothing matches)
        given_name=person.given_name,
        family_name=person.family_name,
        email=person.email,
        grade=person.grade,
        language=person.language,
        interests=list(person.interests),
        simulated=person.simulated,
    )


def _section(district: UUID, section: RosterSection, schools: Mapping[str, UUID]) -> Section:
    return Section(
        id=identifier(district, "section", section.sourced_id),
        district_id=district,
        sourced_id=section.sourced_id,
        school_id=_known(schools, section.school),
        title=section.title,
        subject=section.subject,
        grade=section.grade,
        period=section.period,
    )
