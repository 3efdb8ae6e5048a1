"""A small district to write for; tests only add to it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.loop import Receipt, Submission, prepare, record
from headway.school.loop.wire import connect
from headway.school.models import Decision, District, Evidence, Person, Role
from headway.school.people.tenancy import in_district

NOON = 1_790_000_000.0


@dataclass
class Class:
    """A district with a few learners; ``do`` records for several at once."""

    district: uuid.UUID
    learners: list[uuid.UUID]
    connection: psycopg.Connection[Any]

    def start(self, learner: int = 0, **more: Any) -> Submission:
        return Submission(self.district, self.learners[learner], uuid.uuid4(), "start", at=NOON, **more)

    def reply(self, to: Receipt, answer: str, learner: int = 0, **more: Any) -> Submission:
        return Submission(
            self.district,
            self.learners[learner],
            uuid.uuid4(),
            "response",
            to.activity,
            to.step,
            answer,
            at=NOON,
            **more,
        )

    def do(self, *submissions: Submission, now: float = NOON) -> list[Any]:
        return record(self.connection, [prepare(s) for s in submissions], [now] * len(submissions))

    def one(self, submission: Submission, now: float = NOON) -> Receipt:
        result = self.do(submission, now=now)[0]
        assert isinstance(result, Receipt), result
        return result


def make_class(url: str, names: Sequence[str] = ("Mina", "Leo", "Quinn")) -> Class:
    key = uuid.uuid4()
    with in_district(key):
        district = District.objects.create(id=key, name="Maple Valley")
        people = [
            Person.objects.create(
                id=uuid.uuid5(uuid.NAMESPACE_OID, name + str(key)), district=district, sourced_id=name,
                given_name=name, family_name="R", grade="6", interests=["soccer"],
            )
            for name in names
        ]  # fmt: skip
        Role.objects.bulk_create(Role(district=district, person=person, name="learner") for person in people)
    install_shipped_curriculum(district=key)
    return Class(key, [person.id for person in people], connect(url))


@pytest.fixture(scope="module")
def classes(database: str) -> Iterator[Callable[[], Class]]:
    made: list[Class] = []

    def make() -> Class:
        made.append(make_class(database))
        return made[-1]

    yield make
    for each in made:
        each.connection.close()


@pytest.fixture
def maple(classes: Callable[[], Class]) -> Class:
    return classes()


def rows(district: uuid.UUID) -> tuple[int, int]:
    with in_district(district):
        return Evidence.objects.count(), Decision.objects.count()
