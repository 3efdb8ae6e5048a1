"""A generated district of two sites whose learners' abilities are known, and practice of theirs before and during a pilot."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection

from headway.core.curriculum.catalogue import Curriculum
from headway.core.evidence.pilots.arms import Arm, Wish
from headway.core.profile.codec import encode
from headway.core.profile.profile import new_profile
from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.pilots.draft import Draft
from headway.school.evidence.pilots.outcomes import Outcome
from headway.school.models import District, Enrolment, Person, Profile, Role, School, Section
from headway.school.people.tenancy import in_district

DAY = 86400.0
START = 1_790_000_000.0
USUAL, NEW = Arm("As now"), Arm("Harder", (Wish("target-success", "0.7"),))


@dataclass(frozen=True)
class Trial:
    """``ability`` in logits of each of ``people``; ``principal`` leads the first of two schools, ``leader`` all."""

    district: UUID
    leader: Person
    principal: Person
    researcher: Person
    people: list[Person]
    sections: list[Section]
    ability: np.typing.NDArray[np.float64]
    curriculum: Curriculum

    def draft(self, **other: object) -> Draft:
        """A pilot of all classes for eight weeks."""
        values: dict[str, object] = {
            "question": "Do harder problems help?", "theory": "Effort makes learning last.",
            "outcome": Outcome("ability", "mathematics"), "unit": "learner", "arms": (USUAL, NEW),
            "sections": tuple(each.id for each in self.sections), "weeks": 8, "looks": (1.0,), "worth": 0.0,
            "subgroups": ("language",), "owner": "Dana",
        }  # fmt: skip
        return Draft(**{**values, **other})  # type: ignore[arg-type]


def make_trial(*, learners: int = 400, classes: int = 16, seed: int = 0, sites: int = 2) -> Trial:
    """Write the district. Classes differ by .3 logits, learners within them by .9."""
    key = uuid.uuid4()
    rng = np.random.default_rng(seed)
    with in_district(key):
        district = District.objects.create(id=key, name=f"Trial {key.hex[:6]}")
        schools = [
            School.objects.create(district=district, sourced_id=f"s{n}", name=f"School {n}") for n in range(sites)
        ]
        sections = [
            Section.objects.create(
                district=district,
                school=schools[n * sites // classes],
                sourced_id=f"c{n}",
                title=f"Math {n}",
                grade="6",
            )
            for n in range(classes)
        ]
        who = ("Dana", None, "leader"), ("Pike", schools[0], "leader"), ("Win", None, "researcher")
        adults = [_adult(district, *each) for each in who]
        people = Person.objects.bulk_create(
            Person(district=district, sourced_id=f"l{n}", given_name=f"L{n}", family_name="Test", grade="6",
                   language="es" if n % 3 == 0 else "en")
            for n in range(learners)
        )  # fmt: skip
        place = [n * classes // learners for n in range(learners)]
        Role.objects.bulk_create(
            Role(district=district, person=p, school=sections[c].school, name="learner")
            for p, c in zip(people, place, strict=True)
        )
        Enrolment.objects.bulk_create(
            Enrolment(district=district, section=sections[c], person=p, role="student")
            for p, c in zip(people, place, strict=True)
        )
        first = [encode(new_profile(str(p.id), grade="6")) for p in people]
        Profile.objects.bulk_create(
            Profile(district=district, learner=p, beginning=b, state=b, updated_at=START - 60 * DAY)
            for p, b in zip(people, first, strict=True)
        )
    install_shipped_curriculum(district=key)
    ability = rng.normal(0.0, 0.3, classes)[place] + rng.normal(3.6, 0.9, learners)
    leader, principal, researcher = adults
    return Trial(key, leader, principal, researcher, people, sections, ability, curriculum_of(key))


def items_of(trial: Trial) -> list[tuple[str, float, str]]:
    """What is practised: items of grade 6 with their difficulty and skill."""
    first = trial.curriculum.item_skills[trial.curriculum.item_skills_at[:-1]]
    return [
        (item, hard, trial.curriculum.skills[int(skill)].id)
        for item, hard, skill in zip(trial.curriculum.items, trial.curriculum.difficulty.tolist(), first, strict=True)
        if trial.curriculum.skills[int(skill)].grade == "6"
        and trial.curriculum.skills[int(skill)].subject == "mathematics"
    ]


def practise(
    trial: Trial,
    begin: float,
    end: float,
    *,
    each: int,
    rng: np.random.Generator,
    shift: Mapping[UUID, float] | None = None,
) -> None:
    """Let everybody answer ``each`` problems of grade 6 in a stretch of time; ``shift`` in logits is added to an ability."""
    own = shift or {}
    items = items_of(trial)
    people = len(trial.people)
    pick = rng.integers(len(items), size=(people, each))
    hard = np.array([hard for _item, hard, _skill in items])[pick]
    ability = trial.ability + np.array([own.get(person.id, 0.0) for person in trial.people])
    right = rng.random((people, each)) < 1.0 / (1.0 + np.exp(hard - ability[:, None]))
    when = np.sort(rng.uniform(begin, end, (people, each)), axis=1)
    with in_district(trial.district), connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                trial.district, trial.curriculum.version,
                [person.id for person in trial.people for _ in range(each)],
                [items[n][0] for n in pick.reshape(-1).tolist()], [items[n][2] for n in pick.reshape(-1).tolist()],
                right.reshape(-1).tolist(), when.reshape(-1).tolist(),
            ],
        )  # fmt: skip


INSERT = """
    INSERT INTO school_evidence (district_id, event, learner_id, kind, activity, step, item, skills, answer, correct, attempt,
      hints, shown, seconds, misconception, suspects, simulated, at, now, curriculum, digest, outcome)
    SELECT %s, gen_random_uuid(), r.learner, 'response', r.item, 0, r.item, jsonb_build_array(r.skill), '7', r.correct, 1,
      0, false, 20, '', '[]', false, r.at, r.at, %s, '', '{}'
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::bool[], %s::float8[]) AS r (learner, item, skill, correct, at)
"""
"""A whole stretch of practice in one statement: row by row it would take most of a test's time."""


def _adult(district: District, name: str, school: School | None, role: str) -> Person:
    person = Person.objects.create(
        district=district, sourced_id=name, given_name=name, family_name="Smith", email=f"{name}@example.org"
    )
    Role.objects.create(district=district, person=person, school=school, name=role)
    return person
