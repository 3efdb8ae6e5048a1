"""A writing task with texts of known quality, and judges who see it more or less well."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from headway.core.measurement.judgement.comparisons import Floats
from headway.core.measurement.judgement.pairing import Pairing, next_pair
from headway.school.measurement.judgement.judging import FRESH, Offer, decide, pair_for
from headway.school.measurement.judgement.models import Judgement, Piece, TaskScale, WritingTask
from headway.school.measurement.judgement.standing import UNKNOWN, keep_scale
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


def judge_by_hand(
    task: WritingTask, who: Person, pairs: int, better: Callable[[Offer], str], start: float = NOON + 200
) -> int:
    """Let somebody decide pair by pair, as the page does; return how many pairs there were for them."""
    for k in range(pairs):
        now = start + 20.0 * k
        offer = pair_for(task=task, judge=who, now=now, seed=1000 * int(start) + k)
        if offer is None:
            return k
        side = better(offer)
        assert decide(task=task, judge=who, pair=offer.id, better="left" if side == "left" else "right", now=now + 12.0)
    return pairs


def judge(task: WritingTask, who: Person, pairs: int, better: Callable[[Offer], str], start: float = NOON + 200) -> int:
    """The same decisions by the same rule for pairs, written down in one go whenever the scale is fitted again: a decision
    by hand is some 25 statements to the database."""
    # Not by id: ids are drawn anew in each run, and the same judges would then see other pairs each time.
    pieces = list(Piece.objects.filter(task=task).order_by("at", "text"))
    number = {piece.id: k for k, piece in enumerate(pieces)}
    counts, seen, fresh = np.zeros(len(pieces), np.int64), set[tuple[int, int]](), list[Judgement]()
    for winner, loser, judge_id in Judgement.objects.filter(task=task).values_list("winner", "loser", "judge"):
        a, b = sorted((number[winner], number[loser]))
        counts[[a, b]] += 1
        if judge_id == who.id:
            seen.add((a, b))
    allowed = np.array([piece.learner_id != who.id for piece in pieces])
    scores, done = _scores(task, pieces), 0
    while done < pairs:
        now, rng = start + 20.0 * done, np.random.default_rng(1000 * int(start) + done)
        found = next_pair(score=scores[:, 0], error=scores[:, 1], counts=counts, rng=rng, allowed=allowed, seen=seen)
        if found is None:
            break
        offer = Offer(uuid.uuid4(), pieces[found.left], pieces[found.right], done)
        fresh.append(_judgement(task, who, offer, found, now, left_won=better(offer) == "left"))
        counts[[found.left, found.right]] += 1
        seen.add((min(found.left, found.right), max(found.left, found.right)))
        done += 1
        if done == pairs or len(fresh) >= max(3, FRESH * len(pieces)):
            Judgement.objects.bulk_create(fresh)
            fresh.clear()
            keep_scale(task, now)
            scores = _scores(task, pieces)
    Judgement.objects.bulk_create(fresh)
    return done


def _scores(task: WritingTask, pieces: list[Piece]) -> Floats:
    kept = TaskScale.objects.filter(task=task).values_list("scores", flat=True).first() or {}
    known = [kept.get(str(p.id), (p.anchor_score or 0.0, p.anchor_error or UNKNOWN)) for p in pieces]
    return np.array(known)


def _judgement(
    task: WritingTask, who: Person, offer: Offer, found: Pairing, now: float, *, left_won: bool
) -> Judgement:
    winner, loser = (offer.left, offer.right) if left_won else (offer.right, offer.left)
    return Judgement(
        id=offer.id, district_id=task.district_id, task=task, judge=who, winner=winner, loser=loser, left_won=left_won,
        audit=found.audit, probability=found.probability, seconds=12.0, at=now + 12.0,
    )  # fmt: skip
