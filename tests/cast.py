"""The people of the permission tests. Ms. Okafor teaches A, not B; Ana's mother sees Ana only; Mr. Stone is a stranger."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.conf import settings

from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.curriculum.queries import problem_of
from headway.school.loop import Receipt, Submission, prepare, record
from headway.school.loop.wire import connect
from headway.school.models import District, Enrolment, Guardianship, Person, Role, School, Section
from headway.school.people.tenancy import in_district

NOON = 1_790_000_000.0
MINUTE = 60.0
WRONG = "-987654"


@dataclass
class Cast:
    """A district with two schools; ``people`` by first name."""

    district: District
    school: School
    a: Section
    b: Section
    people: dict[str, Person] = field(default_factory=dict)
    open: dict[str, Receipt] = field(default_factory=dict)
    _connection: psycopg.Connection[Any] | None = None

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def begin(self, name: str, now: float = NOON, activity: str = "") -> Receipt:
        """Let somebody open practice."""
        return self._do(name, Submission(self._key, self[name].id, uuid.uuid4(), "start", activity, at=now), now)

    def answer(self, name: str, right: bool, now: float = NOON, *, seconds: float = 20.0, hints: int = 0) -> Receipt:
        """Let somebody answer what is open before them, right or wrong."""
        if name not in self.open:
            self.begin(name, now - seconds)
        at = self.open[name]
        key = problem_of(self._key, at.activity).steps[at.step].answer.keys[0]
        text = key if right else self.wrong(at)
        return self._do(
            name,
            Submission(
                self._key,
                self[name].id,
                uuid.uuid4(),
                "response",
                at.activity,
                at.step,
                text,
                hints,
                False,
                seconds,
                now,
            ),
            now,
        )

    def wrong(self, at: Receipt) -> str:
        """An answer that the checker takes and finds wrong."""
        spec = problem_of(self._key, at.activity).steps[at.step].answer
        if spec.kind in ("choice", "choices"):
            return next(str(n) for n in range(len(spec.choices)) if str(n) not in spec.keys)
        return WRONG

    def answers(self, name: str, pattern: str, now: float = NOON, every: float = 30.0) -> Receipt:
        """``"xxo"``: two wrong answers, then a right one; the last one ``now``."""
        receipt: Receipt | None = None
        for n, sign in enumerate(pattern):
            receipt = self.answer(name, sign == "o", now - every * (len(pattern) - 1 - n))
        assert receipt is not None
        return receipt

    @property
    def _key(self) -> uuid.UUID:
        return self.district.id

    def _do(self, name: str, submission: Submission, now: float) -> Receipt:
        if self._connection is None:
            self._connection = connect(settings.DATABASE_URL)
        (result,) = record(self._connection, [prepare(submission)], [now])
        assert isinstance(result, Receipt), result
        if result.activity:
            self.open[name] = result
        return result

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()


LEARNERS = {"Ana": "a", "Ben": "a", "Chi": "a", "Dev": "a", "Eva": "b"}
ADULTS: dict[str, tuple[str, str, Sequence[str]]] = {
    "Okafor": ("teacher", "here", "a"),
    "Lee": ("teacher", "here", "b"),
    "Stone": ("teacher", "elsewhere", ""),
    "Maria": ("family", "here", ""),
    "Pike": ("leader", "here", ""),
    "Ines": ("interventionist", "here", ""),
    "Dana": ("leader", "", ""),
}
"""Name: role, school ("" is the whole district), sections taught. Maria is Ana's mother."""


def make_cast(*, curriculum: bool = True) -> Cast:
    """Write the cast into a district of its own."""
    key = uuid.uuid4()
    with in_district(key):
        district = District.objects.create(id=key, name="Maple Valley")
        schools = {
            name: School.objects.create(district=district, sourced_id=name, name=title)
            for name, title in (("here", "Maple Middle"), ("elsewhere", "Oak Middle"))
        }
        sections = {
            name: Section.objects.create(
                district=district,
                school=schools["here"],
                sourced_id=name,
                title=f"Math 6 {name.upper()}",
                period=period,
            )
            for name, period in (("a", "1"), ("b", "2"))
        }
        cast = Cast(district, schools["here"], sections["a"], sections["b"])
        for name, section in LEARNERS.items():
            person = _person(cast, name, "6", ["soccer"])
            _role(cast, person, "learner", schools["here"])
            Enrolment.objects.create(district=district, section=sections[section], person=person, role="student")
        for name, (role, school, taught) in ADULTS.items():
            person = _person(cast, name, "", [])
            _role(cast, person, role, schools.get(school))
            for section in taught:
                Enrolment.objects.create(district=district, section=sections[section], person=person, role="teacher")
        Guardianship.objects.create(district=district, guardian=cast["Maria"], learner=cast["Ana"], relation="mother")
    if curriculum:
        install_shipped_curriculum(district=key)
    return cast


def _person(cast: Cast, name: str, grade: str, interests: list[str]) -> Person:
    person = Person.objects.create(
        district=cast.district,
        sourced_id=name,
        given_name=name,
        family_name="Diaz" if name in ("Ana", "Maria") else f"{name[:2]}son",
        grade=grade,
        interests=interests,
    )
    cast.people[name] = person
    return person


def _role(cast: Cast, person: Person, name: str, school: School | None) -> None:
    Role.objects.create(district=cast.district, person=person, school=school, name=name)
