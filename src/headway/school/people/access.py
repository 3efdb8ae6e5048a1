"""The only doors to a learner's record. Every read of one passes here and leaves a line in the access log."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from headway.school.people.models import Enrolment, Guardianship, Person, Role, RoleName, School, Section

SCHOOL_WIDE = (RoleName.LEADER, RoleName.INTERVENTIONIST)
SITTING = timedelta(minutes=30)
"""Reads of the same record by the same person in the same place within this time are one reading."""


class NotAllowed(Exception):
    """The viewer has no part in this record, or it does not exist: to an outsider both look the same."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in, with what they are and where. ``None`` as a school means the whole district."""

    person: Person
    roles: tuple[tuple[str, UUID | None], ...]

    def has(self, *names: str) -> bool:
        """Whether one of the roles is held anywhere."""
        return any(name in names for name, _ in self.roles)

    def schools(self, *names: str) -> set[UUID | None]:
        """The schools in which one of the roles is held."""
        return {school for name, school in self.roles if name in names}


def viewer_of(person: Person) -> Viewer:
    """Look up what somebody is."""
    rows = Role.objects.filter(person=person).order_by("id").values_list("name", "school_id")
    return Viewer(person, tuple(rows))


def viewer_with_id(person: UUID) -> Viewer:
    """Look up somebody who is signed in. Raises NotAllowed when they are gone from the district."""
    found = Person.objects.filter(id=person).first()
    if found is None:
        raise NotAllowed("The person of this session or token is not in the district any more.")
    return viewer_of(found)


def access_learner(viewer: Viewer, learner: UUID | str, *, purpose: str, place: str) -> Person:
    """Return the learner if the viewer has a part in their education, and log the read.

    A learner reads their own record; family their child's; teachers their sections'; interventionists and leaders their
    school's, or the district's. Raises NotAllowed otherwise.
    """
    found = Person.objects.filter(id=_uuid(learner), roles__name=RoleName.LEARNER).first()
    if found is None or not _may_see(viewer, found):
        raise NotAllowed("There is no such learner among those that you work with.")
    record_access(viewer, [found.id], purpose=purpose, place=place)
    return found


def access_section(viewer: Viewer, section: UUID | str, *, purpose: str, place: str) -> tuple[Section, list[Person]]:
    """Return a section with its learners if the viewer teaches it or leads its school; log the reads."""
    found = sections_of(viewer).filter(id=_uuid(section)).first()
    if found is None:
        raise NotAllowed("There is no such section among those that you work with.")
    learners = list(learners_in(found))
    record_access(viewer, [person.id for person in learners], purpose=purpose, place=place)
    return found, learners


def access_school(viewer: Viewer, school: UUID, *roles: str) -> School:
    """Return a school in which the viewer holds one of the roles, or holds it in the whole district. Raises NotAllowed."""
    held = viewer.schools(*roles)
    found = School.objects.filter(id=school, is_active=True).first() if held & {None, school} else None
    if found is None:
        raise NotAllowed("There is no such school among those that you work in.")
    return found


def sections_of(viewer: Viewer) -> QuerySet[Section]:
    """The sections that the viewer may look into."""
    schools = viewer.schools(*SCHOOL_WIDE)
    mine = Q(enrolments__person=viewer.person, enrolments__role="teacher")
    if None in schools:
        return Section.objects.filter(is_active=True).order_by("period", "title")
    held = Section.objects.filter(mine | Q(school_id__in=schools), is_active=True)
    return held.distinct().order_by("period", "title")


def learners_of_classes(viewer: Viewer, *, purpose: str, place: str) -> list[tuple[Section, list[Person]]]:
    """The sections that the viewer may look into, each with its learners by family name; the reads are logged."""
    found = rosters_of(viewer)
    record_access(viewer, {person.id for _, people in found for person in people}, purpose=purpose, place=place)
    return found


def learners_of_school(
    viewer: Viewer, *, purpose: str, place: str, only: Collection[UUID] | None = None
) -> list[Person]:
    """The learners of the schools that the viewer leads or supports (all of the district's for a district role), or ``only`` some
    of them, by family name; the reads are logged."""
    schools = viewer.schools(*SCHOOL_WIDE)
    mine = Q() if None in schools else Q(enrolments__section__school_id__in=schools)
    rows = Person.objects.filter(mine, enrolments__role="student", is_active=True).distinct()
    rows = rows if only is None else rows.filter(id__in=list(only))
    found = list(rows.order_by("family_name", "given_name", "id"))
    record_access(viewer, [person.id for person in found], purpose=purpose, place=place)
    return found


def rosters_of(viewer: Viewer) -> list[tuple[Section, list[Person]]]:
    """The sections that the viewer may look into, each with its learners by family name, to choose from. Their names only: a
    record has its own door."""
    sections = list(sections_of(viewer))
    rows = Enrolment.objects.filter(section__in=sections, role="student", person__is_active=True)
    by_section: dict[UUID, list[Person]] = {section.id: [] for section in sections}
    for row in rows.select_related("person").order_by("person__family_name", "person__given_name", "person_id"):
        by_section[row.section_id].append(row.person)
    return [(section, by_section[section.id]) for section in sections]


def learners_in(section: Section) -> QuerySet[Person]:
    """The learners of a section by family name."""
    return Person.objects.filter(enrolments__section=section, enrolments__role="student", is_active=True).order_by(
        "family_name", "given_name", "id"
    )


def record_access(viewer: Viewer, learners: Iterable[UUID], *, purpose: str, place: str) -> None:
    """Write down that the viewer read these records: one line for a sitting. Reading one's own leaves no line.

    A live board reads the same records again with every answer; a line each time would bury what families look for.
    """
    person = viewer.person
    record_access_by(person.id, learners, district=person.district_id, purpose=purpose, place=place)


_NOTE = """
INSERT INTO school_accesslog (district_id, reader_id, learner_id, purpose, place, at)
SELECT %(district)s, %(reader)s, l.id, %(purpose)s, %(place)s, %(now)s FROM {learners} AS l
WHERE l.id <> %(reader)s AND NOT EXISTS (SELECT FROM school_accesslog a WHERE a.district_id = %(district)s
    AND a.learner_id = l.id AND a.reader_id = %(reader)s AND a.purpose = %(purpose)s AND a.place = %(place)s
    AND a.at > %(since)s OFFSET 0)
"""
"""``OFFSET 0``: looked up learner by learner. Else all that the reader read in this sitting may be gone through for each."""
_BY_KEY = _NOTE.format(learners="(SELECT unnest(%(learners)s::uuid[]) AS id)")
_BY_SOURCE = _NOTE.format(learners="(SELECT id FROM school_person WHERE sourced_id = ANY(%(learners)s))")


def record_access_by(reader: UUID, learners: Iterable[UUID], *, district: UUID, purpose: str, place: str) -> None:
    """The same for a reader of whom only the key is at hand: a program reads in the name of whoever looks after it."""
    others = [learner for learner in dict.fromkeys(learners) if learner != reader]
    if others:
        _write_down(_BY_KEY, reader, others, district, purpose, place)


def record_access_of(reader: UUID, learners: list[str], *, district: UUID, purpose: str, place: str) -> None:
    """The same for learners of whom the sourcedIds are at hand. Whoever is nobody of the district is passed over."""
    _write_down(_BY_SOURCE, reader, learners, district, purpose, place)


def _write_down(
    statement: str, reader: UUID, learners: list[UUID] | list[str], district: UUID, purpose: str, place: str
) -> None:
    now = timezone.now()
    values = {"district": district, "reader": reader, "learners": learners, "purpose": purpose, "place": place}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "now": now, "since": now - SITTING})


def wards_of(viewer: Viewer) -> QuerySet[Person]:
    """The children whose record the viewer may see as family, by name. Their names only: a record has its own door."""
    return Person.objects.filter(guardians__guardian=viewer.person, is_active=True).order_by("given_name", "id")


def _may_see(viewer: Viewer, learner: Person) -> bool:
    if learner.id == viewer.person.id:
        return True
    if Guardianship.objects.filter(guardian=viewer.person, learner=learner).exists():
        return True
    schools = viewer.schools(*SCHOOL_WIDE)
    if None in schools:
        return True
    taught = Enrolment.objects.filter(person=viewer.person, role="teacher").values("section")
    return (
        Enrolment.objects.filter(person=learner, role="student")
        .filter(Q(section__in=taught) | Q(section__school_id__in=schools))
        .exists()
    )


def _uuid(value: UUID | str) -> UUID:
    try:
        return value if isinstance(value, UUID) else UUID(value)
    except ValueError:
        raise NotAllowed("There is no such record among those that you work with.") from None
