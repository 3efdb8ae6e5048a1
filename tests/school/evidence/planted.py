"""A district with a log of known truth: items that are harder or easier than the curriculum says, or not."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import ActivityInfo, Curriculum
from headway.core.profile.codec import encode
from headway.core.profile.profile import new_profile
from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.models import Evidence
from headway.school.models import District, Person, Profile, Role, School
from headway.school.people.tenancy import in_district

BEGAN = 1_780_000_000.0
DAY = 86400.0


@dataclass(frozen=True)
class Planted:
    """``leader`` leads the whole district, ``principal`` one of its two schools; ``items`` were practised."""

    district: uuid.UUID
    leader: Person
    principal: Person
    learners: list[Person]
    curriculum: Curriculum
    items: tuple[str, ...]

    def off(self, name: str) -> float:
        """How much harder an item really is."""
        return float(OFF[self.items.index(name) % len(OFF)])


OFF = (1.6, -1.6, 0.0)
SKILLS = 8


def plant(
    *,
    off: float = 1.0,
    learners: int = 64,
    each: int = 60,
    seed: int = 0,
    simulated: bool = False,
    hurt: int = 0,
    keys: tuple[int, ...] = (),
) -> Planted:
    """Write a district in which eight skills of grade 6 were practised for ten weeks; ``off`` scales how wrong the items'
    difficulties are. Those of the numbers ``keys`` have a wrong key: what is right, 3/4, is marked wrong. The last ``hurt``
    learners, who speak Spanish at home, find items as the curriculum says."""
    key = uuid.uuid4()
    with in_district(key):
        district = District.objects.create(id=key, name=f"Planted {key.hex[:6]}")
        schools = [School.objects.create(district=district, sourced_id=f"s{n}", name=f"School {n}") for n in range(2)]
        leader, principal = (_adult(district, name, school) for name, school in (("Dana", None), ("Pike", schools[0])))
    install_shipped_curriculum(district=key)
    curriculum = curriculum_of(key)
    skills = [s.id for s in curriculum.skills if s.grade == "6" and _activities(curriculum, s.id)][:SKILLS]
    activities = [curriculum.activities[a] for skill in skills for a in _activities(curriculum, skill)]
    rng = np.random.default_rng(seed)
    with in_district(key):
        people = _learners(district, schools, learners, hurt, simulated)
        rows: list[Evidence] = []
        for n, person in enumerate(people):
            own = dict(zip(skills, rng.normal(3.6, 0.8) + rng.normal(0.0, 0.5, len(skills)), strict=True))
            for at in np.sort(rng.uniform(BEGAN, BEGAN + 70 * DAY, each)).tolist():
                number = int(rng.integers(len(activities)))
                wrong = OFF[number % len(OFF)] * off
                if n >= learners - hurt:
                    wrong = 0.0
                activity = activities[number]
                gap = own[activity.skill] - _difficulty(curriculum, activity) - wrong
                knows = bool(rng.random() < 1.0 / (1.0 + np.exp(-gap)))
                row = _row(district, person, activity, at, knows, curriculum)
                if number in keys:
                    # Few come upon the wrong key; who does not know writes this or that.
                    row.correct = not knows and len(rows) % 4 == 0
                    row.answer = "7" if row.correct else "3/4" if knows else str(20 + len(rows) % 5)
                rows.append(row)
        Evidence.objects.bulk_create(rows, batch_size=2000)
    return Planted(key, leader, principal, people, curriculum, tuple(a.items[0].id for a in activities))


def _learners(district: District, schools: list[School], count: int, hurt: int, simulated: bool) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(
            district=district,
            sourced_id=f"l{n}",
            given_name=f"L{n}",
            family_name="Test",
            grade="6",
            language="es" if n >= count - hurt else "en",
            simulated=simulated,
        )
        for n in range(count)
    )
    Role.objects.bulk_create(
        Role(district=district, person=p, school=schools[n % 2], name="learner") for n, p in enumerate(people)
    )
    first = [encode(new_profile(str(p.id), grade="6")) for p in people]
    Profile.objects.bulk_create(
        Profile(district=district, learner=p, beginning=b, state=b, updated_at=BEGAN)
        for p, b in zip(people, first, strict=True)
    )
    return people


def _difficulty(curriculum: Curriculum, activity: ActivityInfo) -> float:
    return float(curriculum.difficulty[curriculum.item_number[activity.items[0].id]])


def _row(
    district: District, person: Person, activity: ActivityInfo, at: float, right: bool, curriculum: Curriculum
) -> Evidence:
    return Evidence(
        district=district,
        learner=person,
        kind="response",
        activity=activity.id,
        item=activity.items[0].id,
        skills=list(activity.items[0].skills),
        answer="7",
        at=at,
        now=at,
        simulated=person.simulated,
        correct=bool(right),
        seconds=20.0,
        curriculum=curriculum.version,
        digest=b"",
        outcome={},
    )


def _activities(curriculum: Curriculum, skill: str) -> list[int]:
    number = curriculum.skill_number[skill]
    at = curriculum.skill_activities_at
    return [int(a) for a in curriculum.skill_activities[at[number] : at[number + 1]]]


def _adult(district: District, name: str, school: School | None) -> Person:
    person = Person.objects.create(
        district=district, sourced_id=name, given_name=name, family_name="Smith", email=f"{name}@example.org"
    )
    Role.objects.create(district=district, person=person, school=school, name="leader")
    return person
