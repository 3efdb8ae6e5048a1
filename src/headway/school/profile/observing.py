"""Observations: what a named adult of the school saw, in two taps. Nothing is changed: taking one back is a row too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from headway.core.profile.observing import LONGEST_WORDS, Chips, fault, from_plain, shipped_chips, to_plain
from headway.core.text import T
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.people.models import Person
from headway.school.profile.actions import NotKept
from headway.school.profile.models import ChipList, Observation

MOST = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: ``said`` is the chip as it read then, ``about`` a question of learners or a skill ("" for
    neither); ``by`` saw it ``at`` a moment in seconds since 1970."""

    id: str
    learner: UUID
    said: str
    about: str
    words: str
    by: str
    by_id: UUID
    at: float


def chips_of() -> Chips:
    """The district's list; the one that ships where it has none. One query."""
    row = ChipList.objects.order_by("-id").first()
    return from_plain(row.body) if row else shipped_chips()


@transaction.atomic
def set_chips(*, chips: Chips, by: Person, now: float) -> None:
    """Put a list in the place of the one before; what was seen keeps its words. Raises NotKept."""
    try:
        skills = set(curriculum_of(by.district_id).skill_number)
    except NoCurriculum:
        skills = set()
    wrong = fault(chips, skills)
    if wrong is not None:
        raise NotKept(wrong)
    ChipList.objects.create(district_id=by.district_id, body=to_plain(chips), by=by, at=now)


@transaction.atomic
def observe(*, learner: Person, by: Person, chip: str, key: UUID, now: float, words: str = "") -> Observation:
    """Write down what was seen. ``key`` is made by the page: the same key is kept once. Raises NotKept for a chip that
    is not on the list, and where somebody observes themselves."""
    found = chips_of().chip(chip)
    if found is None or by.id == learner.id:
        raise NotKept(T("Choose one of the things to tap."))
    there = Observation.objects.filter(id=key).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            return Observation.objects.create(
                id=key,
                district_id=learner.district_id,
                learner=learner,
                chip=found.key,
                said=found.said,
                about=found.about,
                words=" ".join(words.split())[:LONGEST_WORDS],
                by=by,
                at=now,
            )
    except IntegrityError:  # the same tap came twice at once
        return Observation.objects.get(id=key)


@transaction.atomic
def unsee(*, observation: UUID, by: Person, now: float) -> Person:
    """Take one's own observation back; the row stays on record. Returns whose it was. Raises NotKept."""
    Person.objects.select_for_update(of=("self",)).get(id=by.id)  # two clicks at once take it back once
    row = Observation.objects.filter(id=observation, kind="seen", by=by).select_related("learner").first()
    if row is None:
        raise NotKept(T("Only who saw it can take it back."))
    if not Observation.objects.filter(of=row).exists():
        Observation.objects.create(district_id=row.district_id, learner=row.learner, kind="back", of=row, by=by, at=now)
    return row.learner


def observations_of(learner: UUID) -> list[Seen]:
    """Return what was seen of a learner, the newest first, without what was taken back. One query. The caller has
    checked access."""
    return observations_of_all([learner])


def observations_of_all(learners: Iterable[UUID], *, since: float = 0.0) -> list[Seen]:
    """The same for several learners, from a moment on."""
    rows = Observation.objects.filter(learner_id__in=list(learners), at__gte=since).select_related("by")
    kept = list(rows.order_by("-at", "id")[:MOST])
    gone = {row.of_id for row in kept if row.of_id is not None}
    return [
        Seen(str(row.id), row.learner_id, row.said, row.about, row.words, row.by.name, row.by_id, row.at)
        for row in kept
        if row.kind == "seen" and row.id not in gone
    ]
