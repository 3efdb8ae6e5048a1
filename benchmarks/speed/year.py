"""A learner with a year of evidence: 5,400 answers on 180 school days, and what people wrote meanwhile.

The answers are those of a simulated learner who goes through the real loop, one after the other; the rest comes through the
actions that people use, each at its own time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

if TYPE_CHECKING:
    from tests.months import Around

DAYS, ANSWERS = 180, 30
"""School days of a year, and answers of each."""
DAY = 86_400.0
SPAN, MONTHS = 365.0 * DAY, 10


def make_year(url: str, now: float, *, days: int = DAYS) -> Around:
    """Write it into a district of its own; the last answer is an hour before ``now``. With fewer ``days`` the first ones of
    the year are left out. A whole year takes some minutes."""
    from benchmarks.speed.school import add_district
    from tests.months import a_month, new_goal

    from headway.school.people.tenancy import in_district

    district, (learner,) = add_district(f"Year {days}", 1)
    with in_district(district):
        around = _people(district, learner)
    mornings = [now - 3600.0 - SPAN * (days - n) / DAYS for n in range(days)]
    _practise(url, district, learner, mornings)
    with in_district(district):
        for month in range(max(MONTHS * days // DAYS, 1)):
            a_month(around, now - 3600.0 - SPAN / MONTHS * (month + 0.1), month)
        for _ in range(2):
            new_goal(around, now)
    return around


def _people(district: UUID, learner: Any) -> Around:
    from tests.months import Around

    from headway.school.models import Enrolment, Guardianship, Person, Role, School, Section

    school = School.objects.create(district_id=district, sourced_id="s", name="Bench Middle")
    section = Section.objects.create(
        district_id=district, school=school, sourced_id="c", title="Math 6", subject="Mathematics"
    )
    adults = {}
    for name, role in (("Teacher", "teacher"), ("Parent", "family")):
        adults[role] = Person.objects.create(
            district_id=district, sourced_id=role, given_name=name, family_name="Bench", grade=""
        )
        Role.objects.create(district_id=district, person=adults[role], school=school, name=role)
    Enrolment.objects.create(district_id=district, section=section, person=learner, role="student")
    Enrolment.objects.create(district_id=district, section=section, person=adults["teacher"], role="teacher")
    Guardianship.objects.create(district_id=district, guardian=adults["family"], learner=learner, relation="parent")
    return Around(section, learner, adults["teacher"], adults["family"])


def _practise(url: str, district: UUID, learner: Any, mornings: list[float]) -> None:
    """Half a minute for each answer, in one sitting a day."""
    from headway.cli.pupils import Pupil
    from headway.core.evidence.simulate import draw
    from headway.school.curriculum.queries import curriculum_of
    from headway.school.loop import Receipt, prepare, record
    from headway.school.loop.wire import connect

    curriculum, rng = curriculum_of(district), np.random.default_rng(0)
    mind = draw(str(learner.id), "6", curriculum, rng, interests=("soccer",), ability=0.0)
    pupil = Pupil(district, learner.id, "c", "steady", mind, rng)
    with connect(url) as connection:
        for morning in mornings:
            at, given = morning, 0
            while given < ANSWERS:
                at += 30.0
                prepared = prepare(pupil.act(curriculum, at))
                result = prepared.receipt
                if result is None:
                    (written,) = record(connection, [prepared], [at])
                    assert isinstance(written, Receipt), written
                    result = written
                given += pupil.see(result)
