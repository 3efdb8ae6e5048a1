"""Pages over HTTP, without a browser: a class of two people, cheap enough for each test to have its own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest

from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.models import District, Enrolment, Person, Role, School, Section
from headway.school.people.tenancy import in_district


@dataclass(frozen=True)
class Pair:
    """Alba learns in Ms. Okoye's class; Rui learns elsewhere."""

    district: District
    section: Section
    alba: Person
    okoye: Person


@pytest.fixture(autouse=True)
def _database(database: str) -> None:
    """Start it once for the run."""


def maple() -> uuid.UUID:
    """A new district with the shipped curriculum: what a test shares with it, no other test meets on its path."""
    key = make_district()
    install_shipped_curriculum(district=key)
    return key


def make_district() -> uuid.UUID:
    """A district with nothing in it."""
    key = uuid.uuid4()
    with in_district(key):
        District.objects.create(id=key, name="Maple")
    return key


@pytest.fixture
def cast() -> Pair:
    """New people in a new district with the shipped curriculum."""
    return make_pair(maple())


@pytest.fixture
def bare() -> Pair:
    """The same where nobody has installed a curriculum."""
    return make_pair(make_district())


def make_pair(key: uuid.UUID) -> Pair:
    """Write a school with a class of two people into a district."""
    own = uuid.uuid4().hex[:8]
    with in_district(key):
        district = District.objects.get(id=key)
        school = School.objects.create(district=district, sourced_id=f"s-{own}", name="Maple Middle")
        section = Section.objects.create(
            district=district, school=school, sourced_id=f"c-{own}", title="Math 6, period 2"
        )
        people = {
            name: Person.objects.create(
                district=district, sourced_id=f"{name}-{own}", given_name=name, family_name=family, grade=grade
            )
            for name, family, grade in (("Alba", "Reyes", "6"), ("Ada", "Okoye", ""))
        }
        for name, role, part in (("Alba", "learner", "student"), ("Ada", "teacher", "teacher")):
            Role.objects.create(district=district, person=people[name], school=school, name=role)
            Enrolment.objects.create(district=district, section=section, person=people[name], role=part)
    return Pair(district, section, people["Alba"], people["Ada"])
