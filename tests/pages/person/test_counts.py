"""Each page around a learner asks the database as often for much as for little: a class of four or seven, one month or three."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from headway.core.mastery.kernels import DAY
from headway.school.environment.record import record_of
from headway.school.environment.week import monday_of
from headway.school.mastery.credit.courses import load_courses
from headway.school.models import Conference, Enrolment, Guardianship, Person, Project, Role, Section
from headway.school.path.choices import offer
from headway.school.people.clock import date_of
from headway.school.people.tenancy import in_district
from headway.school.profile.careers import load_careers
from headway.standards.careers import CareerRow
from headway.standards.courses import CourseTable
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.months import Around, a_month, new_goal

SKILL = "6.NS.B.2"
PAGES: dict[str, tuple[str, str, int]] = {
    "practice": ("Ana", "/practice", 30),
    "choose": ("Ana", "/practice/choose/{offer}", 12),
    "my-path": ("Ana", "/my-path", 14),
    "my-story": ("Ana", "/my-story", 16),
    "goals": ("Ana", "/goals?choose=1", 34),
    "who-read": ("Ana", "/who-read", 12),
    "projects": ("Ana", "/projects", 17),
    "project": ("Ana", "/projects/{project}", 24),
    "away": ("Ana", "/away", 22),
    "me": ("Ana", "/me", 28),
    "profile": ("Okafor", "/profile/{ana}", 30),
    "steer": ("Okafor", "/profile/{ana}/steer", 30),
    "person-work": ("Maria", "/profile/{ana}/projects", 22),
    "own-outcomes": ("Maria", "/outcomes/{ana}", 20),
    "mastery": ("Okafor", "/profile/{ana}/mastery", 34),
    "standards": ("Maria", "/profile/{ana}/standards?grade=6", 26),
    "transcript": ("Maria", "/profile/{ana}/transcript.pdf", 34),
    "profile-evidence": ("Okafor", "/profile/{ana}/evidence/skill/{skill}", 20),
    "family": ("Maria", "/family", 14),
    "family-mail": ("Maria", "/family/mail", 14),
    "family-child": ("Maria", "/family/{ana}", 40),
    "family-week": ("Maria", "/family/{ana}/week/{week}", 24),
    "family-teach": ("Maria", "/family/{ana}/teach", 28),
    "conferences": ("Okafor", "/conferences", 16),
    "conference": ("Okafor", "/conferences/{talk}", 34),
    "talks": ("Maria", "/profile/{ana}/talks", 16),
    "packet": ("Okafor", "/profile/{ana}/packet", 34),
    "teach": ("Okafor", "/teach", 14),
    "playlist": ("Okafor", "/teach/{section}/list", 16),
    "learner": ("Okafor", "/teach/{section}/learner/{ana}", 34),
    "section-projects": ("Okafor", "/teach/{section}/projects", 14),
    "project-board": ("Okafor", "/teach/project/{project}", 22),
    "project-review": ("Okafor", "/teach/project/{project}/{ana}", 23),
    "observe": ("Okafor", "/teach/{section}/observe", 16),
    "section-away": ("Okafor", "/teach/{section}/away", 16),
    "chips": ("Pike", "/observing", 12),
    "rubrics": ("Okafor", "/rubrics", 12),
    "credit": ("Pike", "/credit", 26),
}
"""By name of the address: who opens it, where, and the most statements that it may take, session and savepoints included."""
LOGGED = 'INSERT INTO "school_accesslog"'
LEFT = {
    "my-mastery": "the same page as mastery",
    "my-talks": "the same page as talks",
    "profile-say": "takes what is sent",
    "score-contest": "takes what is sent",
    "family-taught": "takes what is sent",
    "packet-pdf": "the packet, typeset",
    "everything": "an export of all rows, streamed",
    "credential": "one signed row",
}
"""Addresses of the rooms ``person``, ``family`` and ``conference`` that stand in no line above, and why."""


@dataclass(frozen=True)
class School:
    """The cast, who counts, and what the addresses need."""

    cast: Cast
    around: Around
    where: dict[str, str]


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[School]:
    """Ana has practised for a few minutes and has one month behind her; Ms. Okafor has two classes, Maria two children."""
    cast, now = make_cast(), time.time()
    cast.answers("Ana", "oxooooo", now - 60)
    around = Around(cast.a, cast["Ana"], cast["Okafor"], cast["Maria"])
    with in_district(cast.district.id):
        load_careers(district=cast.district.id, rows=[CareerRow("nurse", "Nurse", "Cares.", ("Geometry",), "Calm.")])
        load_courses(district=cast.district.id, rows=[CourseTable("M-1", "Division", 0.5, (("I divide", (SKILL,)),))])
        Guardianship.objects.create(
            district=cast.district, guardian=cast["Maria"], learner=cast["Ben"], relation="mother"
        )
        _section(cast, 0)
        a_month(around, now - DAY, 0)
        new_goal(around, now)
        found = offer(learner=cast["Ana"], now=now)
        assert found is not None
        where = {
            "ana": str(cast["Ana"].id),
            "section": str(cast.a.id),
            "skill": record_of(cast["Ana"], now).outlook.under_way[0].skill,
            "offer": str(found.id),
            "project": str(Project.objects.get(title="Project 0").id),
            "talk": str(Conference.objects.get(learner=cast["Ana"]).id),
            "week": str(date_of(monday_of(cast.district.id, now)) - timedelta(days=7)),
        }
    yield School(cast, around, where)
    cast.close()


def grow(school: School) -> None:
    """Three more learners, classes and children; more answers, months and goals."""
    cast, now = school.cast, time.time()
    cast.answers("Ana", "oxo" * 3, now)
    with in_district(cast.district.id):
        for n in range(1, 4):
            _section(cast, n)
            person = Person.objects.create(
                district=cast.district, sourced_id=f"new-{n}", given_name=f"New{n}", family_name="Lu", grade="6"
            )
            Role.objects.create(district=cast.district, person=person, school=cast.school, name="learner")
            Enrolment.objects.create(district=cast.district, section=cast.a, person=person, role="student")
            Guardianship.objects.create(
                district=cast.district, guardian=cast["Maria"], learner=person, relation="mother"
            )
        for month in range(1, 3):
            a_month(school.around, now - DAY * month * 2, month)
            new_goal(school.around, now + month)


def _section(cast: Cast, number: int) -> None:
    section = Section.objects.create(
        district=cast.district, school=cast.school, sourced_id=f"more-{number}", title=f"Math {number}", period="3"
    )
    for name, role in (("Okafor", "teacher"), ("Ana", "student")):
        Enrolment.objects.create(district=cast.district, section=section, person=cast[name], role=role)


def counted(school: School, *, opened: bool) -> dict[str, list[str]]:
    """The statements of each page once it was ``opened``, but for the one that logs who is read for the first time."""
    out, clients = {}, {who: signed_in(school.cast[who]) for who in {who for who, _path, _most in PAGES.values()}}
    for name, (who, path, _most) in PAGES.items():
        client, address = clients[who], path.format(**school.where)
        if not opened:
            client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        out[name] = [each["sql"] for each in queries if not each["sql"].startswith(LOGGED)]
    return out


def test_each_page_asks_as_often_for_much_as_for_little(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headway.core.path.projection.DRAWS", 2)  # a forecast asks nothing, and takes its time
    few = counted(school, opened=False)
    grow(school)
    many = counted(school, opened=True)
    grown = {
        name: (len(few[name]), len(many[name]), sorted(set(many[name]) - set(few[name]))[:4])
        for name in PAGES
        if len(many[name]) > len(few[name])
    }
    assert not grown, grown
    too_many = {name: len(many[name]) for name, (_who, _path, most) in PAGES.items() if len(many[name]) > most}
    assert not too_many, too_many


def test_no_page_around_a_learner_is_left_out() -> None:
    rooms = ("headway.pages.person", "headway.pages.family", "headway.pages.conference")
    named = {
        each.name
        for resolver in get_resolver().url_patterns
        for each in getattr(resolver, "url_patterns", [resolver])
        if isinstance(each, URLPattern) and each.callback.__module__.startswith(rooms)
    }
    assert named == {name for name in PAGES if name in named} | set(LEFT)
