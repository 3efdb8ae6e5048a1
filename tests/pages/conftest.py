"""Pages over HTTP, without a browser: a small district and a client for each of its people."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.models import District, Enrolment, Person, Role, School, Section
from headway.school.people.sign_in import demo_link_token
from headway.school.people.tenancy import in_district


@dataclass(frozen=True)
class Cast:
    """Alba learns in Ms. Okoye's class; Rui learns elsewhere."""

    district: District
    section: Section
    alba: Person
    okoye: Person


@pytest.fixture(autouse=True)
def _database(database: str) -> None:
    """Start it once for the run."""


@pytest.fixture
def cast() -> Cast:
    """A district of its own for the test, with the shipped curriculum."""
    return make_cast()


@pytest.fixture
def bare() -> Cast:
    """The same before anybody has installed a curriculum."""
    return make_cast(curriculum=False)


def make_cast(*, curriculum: bool = True) -> Cast:
    """Write a small school into a new district."""
    key = uuid.uuid4()
    with in_district(key):
        district = District.objects.create(id=key, name="Maple")
        school = School.objects.create(district=district, sourced_id="s1", name="Maple Middle")
        section = Section.objects.create(district=district, school=school, sourced_id="c1", title="Math 6, period 2")
        people = {
            name: Person.objects.create(
                district=district, sourced_id=name, given_name=name, family_name=family, grade=grade
            )
            for name, family, grade in (("Alba", "Reyes", "6"), ("Ada", "Okoye", ""))
        }
        for name, role, part in (("Alba", "learner", "student"), ("Ada", "teacher", "teacher")):
            Role.objects.create(district=district, person=people[name], school=school, name=role)
            Enrolment.objects.create(district=district, section=section, person=people[name], role=part)
    if curriculum:
        install_shipped_curriculum(district=key)
    return Cast(district, section, people["Alba"], people["Ada"])


def visitor(*, csrf: bool = False) -> Client:
    """A browser without a session."""
    return Client(enforce_csrf_checks=csrf, SERVER_NAME="localhost")


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """A client that is signed in as somebody."""

    def sign_in(person: Person) -> Client:
        client = visitor()
        assert client.get(f"/demo/sign-in/{demo_link_token(person)}").status_code == 302
        return client

    return sign_in
