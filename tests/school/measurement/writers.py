"""A writing task with texts of known quality, and judges who see it more or less well."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from headway.school.measurement.judgement.judging import Offer, decide, pair_for
from headway.school.measurement.judgement.models import WritingTask
from headway.school.measurement.judgement.tasks import begin_judging, hand_in, open_task
from headway.school.models import District, Enrolment, Person, Role, School, Section
from headway.school.people.tenancy import in_district

NOON = 1_790_000_000.0
OPENINGS = ("The bus was late again", "I never liked the rain", "My grandmother keeps bees", "Nobody saw the dog leave")


@dataclass
class Class:
    """A school with two classes, four teachers (``teachers[3]`` works elsewhere) and learners in ``section``."""

    district: District
    school: School
    section: Section
    other: Section
    teachers: list[Person]
    learners: list[Person]
    quality: dict[uuid.UUID, float] = field(default_factory=dict)


def make_class(learners: int) -> Class:
    """Write them into a district of their own."""
    key = uuid.uuid4()
    with in_district(key):
        district = District.objects.create(id=key, name="Cedar")
        here, there = (
            School.objects.create(district=district, sourced_id=n, name=n) for n in ("Cedar Hill", "Oak Park")
        )
        a, b = (
            Section.objects.create(
                district=district, school=here, sourced_id=name, title=f"English 7{name}", period="1"
            )
            for name in ("A", "B")
        )
        teachers = [_person(district, f"t{k}", "teacher", here if k < 3 else there) for k in range(4)]
        Enrolment.objects.create(district=district, section=a, person=teachers[0], role="teacher")
        Enrolment.objects.create(district=district, section=b, person=teachers[1], role="teacher")
        pupils = [_person(district, f"s{k:02}", "learner", here) for k in range(learners)]
        Enrolment.objects.bulk_create(
            Enrolment(district=district, section=a, person=pupil, role="student") for pupil in pupils
        )
    return Class(district, here, a, b, teachers, pupils)


def _person(district: District, name: str, role: str, school: School) -> Person:
    person = Person.objects.create(
        district=district, sourced_id=name, given_name=name.upper(), family_name=f"{name}son"
    )
    Role.objects.create(district=district, person=person, school=school, name=role)
    return person


def handed_in(room: Class, *, peers: bool = False, seed: int = 1, begin: bool = True) -> WritingTask:
    """A task for which everybody has written; call it inside the district."""
    rng = np.random.default_rng(seed)
    task = open_task(
        school=room.school, title="A day I remember", prompt="Tell it so that a stranger sees it.",
        sections=[room.section], by=room.teachers[0], now=NOON, peers=peers,
    )  # fmt: skip
    for k, learner in enumerate(room.learners):
        text = f"{OPENINGS[k % 4]}. That was day {k}, and this is what I saw."
        piece = hand_in(task=task, learner=learner, by=learner, now=NOON + k, text=text)
        room.quality[piece.id] = float(rng.normal(0.0, 1.5))
    if begin:
        begin_judging(task=task, by=room.teachers[0], now=NOON + 100)
        task.refresh_from_db()
    return task


def by_quality(room: Class, rng: np.random.Generator) -> Callable[[Offer], str]:
    """A judge who sees the quality, with the usual noise."""

    def better(offer: Offer) -> str:
        ahead = room.quality.get(offer.left.id, 0.0) - room.quality.get(offer.right.id, 0.0)
        return "left" if rng.random() < 1.0 / (1.0 + np.exp(-ahead)) else "right"

    return better


def judge(task: WritingTask, who: Person, pairs: int, better: Callable[[Offer], str], start: float = NOON + 200) -> int:
    """Let somebody decide; return how many pairs there were for them."""
    for k in range(pairs):
        now = start + 20.0 * k
        offer = pair_for(task=task, judge=who, now=now, seed=1000 * int(start) + k)
        if offer is None:
            return k
        side = better(offer)
        assert decide(task=task, judge=who, pair=offer.id, better="left" if side == "left" else "right", now=now + 12.0)
    return pairs
