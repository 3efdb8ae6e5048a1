"""Before somebody is signed in: who a demonstration school offers, and which language somebody wants."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F

from headway.school.people.models import District, Enrolment, Person, Role, RoleName
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district

DOORS = (
    RoleName.LEARNER,
    RoleName.TEACHER,
    RoleName.FAMILY,
    RoleName.INTERVENTIONIST,
    RoleName.LEADER,
    RoleName.RESEARCHER,
)
A_ROLE = 12
"""How many people of one role are offered."""
DISTRICTS = 4
"""How many districts are offered, the last made first: a page of hundreds would help nobody and take a minute to open."""


@dataclass(frozen=True, slots=True)
class DoorPerson:
    """Somebody to sign in as, in one click. ``note`` says where they are: a grade, a class."""

    name: str
    initials: str
    note: str
    token: str


@dataclass(frozen=True, slots=True)
class Door:
    """The people of one role in one district; ``more`` counts those that are not listed."""

    role: str
    district: str
    people: tuple[DoorPerson, ...]
    more: int


def demo_doors() -> list[Door]:
    """Who can be signed in by a click, in the districts made last. Raises ImproperlyConfigured in production."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("demo sign-in does not exist in production")
    out: list[Door] = []
    for district in District.objects.order_by("-created_at", "id")[:DISTRICTS]:
        with in_district(district.id):
            out += [door for role in DOORS if (door := _door(district, role)).people]
    return out


def choose_language(*, person: Person, language: str) -> None:
    """Remember the language that somebody wants pages in."""
    Person.objects.filter(id=person.id).update(language=language)


def _door(district: District, role: RoleName) -> Door:
    rows = Role.objects.filter(name=role, person__is_active=True)
    found = Person.objects.filter(id__in=rows.values("person")).order_by("grade", "family_name", "given_name", "id")
    total = found.count()
    step = max(1, total // A_ROLE)  # spread over the grades, the same ones each time
    people = list(found)[::step][:A_ROLE]
    taught: dict[object, list[str]] = {}
    classes = Enrolment.objects.filter(person__in=people).order_by("section__period", "section__title")
    for person_id, title in classes.annotate(title=F("section__title")).values_list("person_id", "title"):
        taught.setdefault(person_id, []).append(str(title))
    listed = tuple(
        DoorPerson(
            name=person.name,
            initials=(person.given_name[:1] + person.family_name[:1]).upper(),
            note=", ".join(taught.get(person.id, [])[:2]),
            token=demo_link_token(person),
        )
        for person in people
    )
    return Door(role.value, district.name, listed, max(0, total - len(listed)))
