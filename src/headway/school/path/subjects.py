"""Which subject a learner practises now: their own choice, a teacher's for a lesson, or the subjects of their classes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from headway.core.curriculum.catalogue import Curriculum
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.path.actions import BadWish, after_the_last_event
from headway.school.path.models import PlanRow
from headway.school.people.live import announce
from headway.school.people.models import Person, Section

EFFECT = "only-subjects"
MIXED = "mixed"
"""The choice of all one's subjects, one after the other."""
LESSON = 60 * 60.0
"""Seconds for which a teacher's choice for a class holds."""


@lru_cache(maxsize=16)
def taught(curriculum: Curriculum) -> tuple[str, ...]:
    """The subjects of which there is something to practise, in the curriculum's order."""
    return tuple(dict.fromkeys(curriculum.skills[n].subject for n in curriculum.activity_skill.tolist()))


def taught_in(district: UUID) -> tuple[str, ...]:
    """The subjects that a district's curriculum lets practise; none where there is no curriculum yet."""
    try:
        return taught(curriculum_of(district))
    except NoCurriculum:
        return ()


def subjects_for(learner: Person) -> tuple[str, ...]:
    """The subjects that a learner can choose between: those of their classes, or all where no class names one."""
    known = taught_in(learner.district_id)
    if len(known) < 2:
        return known
    found = Section.objects.filter(enrolments__person=learner, enrolments__role="student")
    own = {subject.strip().lower() for subject in found.values_list("subject", flat=True)}
    return tuple(subject for subject in known if subject in own) or known


@transaction.atomic
def choose_subject(*, learner: Person, subject: str, now: float) -> PlanRow:
    """Let a learner choose what to practise: one of their subjects, or :data:`MIXED`. A teacher's choice stands above it.

    Raises BadWish for a subject that is not theirs.
    """
    own = subjects_for(learner)
    if subject != MIXED and subject not in own:
        raise BadWish(f"{subject!r} is none of the subjects {', '.join(own)}")
    value = ",".join(own) if subject == MIXED else subject
    now = after_the_last_event(learner, now)
    return _write(learner, "policy", value, learner.id, "The learner's own choice.", now, None)


@transaction.atomic
def teach_subject(*, learners: Sequence[Person], subject: str, by: Person, now: float) -> float:
    """Let a class practise one subject for a lesson; returns when that ends. Raises BadWish for one that is not taught."""
    if not learners or subject not in taught_in(learners[0].district_id):
        raise BadWish(f"there is nothing to practise in {subject!r}")
    for learner in sorted(learners, key=lambda person: str(person.id)):
        starts = after_the_last_event(learner, now)
        _write(learner, "pin", subject, by.id, "The class practises this together.", starts, now + LESSON)
    return now + LESSON


def keep_to_classes(learner: Person, now: float) -> bool:
    """Where a district teaches more than a learner's classes do, write down what theirs are; once is enough, until their
    classes change. True if something was written."""
    known = taught_in(learner.district_id)
    if len(known) < 2:
        return False
    own = subjects_for(learner)
    last = (
        PlanRow.objects.filter(learner=learner, source="policy", effect=EFFECT, ends=None).order_by("-starts").first()
    )
    fits = last is not None and set(last.value.split(",")) <= set(own)
    if fits or (last is None and len(own) == len(known)):
        return False
    with transaction.atomic():
        starts = after_the_last_event(learner, now)
        _write(learner, "policy", ",".join(own), None, "The subjects of your classes.", starts, None)
    return True


def _write(
    learner: Person, source: str, value: str, by: UUID | None, reason: str, starts: float, ends: float | None
) -> PlanRow:
    """End what this source has said so far, and say this."""
    before = PlanRow.objects.filter(learner=learner, source=source, effect=EFFECT)
    before.filter(ends=None).update(ends=starts)
    before.filter(ends__gt=starts).update(ends=starts)
    row = PlanRow.objects.create(
        district_id=learner.district_id, learner=learner, source=source, effect=EFFECT, value=value, reason=reason,
        by_id=by, starts=starts, ends=ends,
    )  # fmt: skip
    announce("learner", learner.id)
    return row
