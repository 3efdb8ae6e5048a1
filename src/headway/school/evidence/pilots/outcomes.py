"""Outcomes of a pilot, pulled from the evidence: one number a learner for a stretch of time. Nobody types one in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import Q

from headway.core.curriculum.catalogue import Curriculum
from headway.core.evidence.pilots.shown import abilities
from headway.core.mastery.kernels import DAY
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.measurement.models import Measure, ScreeningSitting
from headway.school.path.subjects import taught
from headway.school.people.clock import day_of
from headway.school.people.refusal import Malformed

SPAN = 28 * DAY
"""Length of the stretch in which an ability is shown, in seconds."""
YEAR = 370 * DAY
KINDS: dict[str, Text] = {
    "ability": T("What learners can solve, from their daily answers"),
    "screening": T("The score of the next screening"),
    "mastered": T("How many skills they reach"),
    "measure": T("A test that you bring in"),
}
SCALES: dict[str, Text] = {
    "ability": T("logits, the scale of practice: first answers without help, weighed by how hard each problem is"),
    "screening": T("logits, the scale of practice: the result of the last screening"),
    "mastered": T("skills that the ledger calls mastered in that time"),
    "measure": T("points of the test"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """``kind`` is one of :data:`KINDS`; ``subject`` limits answers and skills ("" for all), ``name`` is that of a test."""

    kind: str
    subject: str = ""
    name: str = ""


def known_outcome(outcome: Outcome, district: UUID) -> None:
    """Raises Malformed for an outcome that the district has no evidence of."""
    if outcome.kind not in KINDS:
        raise Malformed(T("Choose from the list what shall change."))
    if outcome.subject and outcome.subject not in taught(curriculum_of(district)):
        raise Malformed(T("Choose a subject that is taught here."))
    if outcome.kind == "measure" and outcome.name not in tests_known():
        raise Malformed(T("Choose a test of which scores have been brought in; “headway import measures” brings them."))


def tests_known() -> list[str]:
    """Names of tests of which there are scores."""
    return list(Measure.objects.order_by("measure").values_list("measure", flat=True).distinct())


def measured(
    outcome: Outcome, learners: Sequence[UUID], *, district: UUID, begin: float, end: float
) -> dict[UUID, float]:
    """The outcome of each learner who has one for the time from ``begin`` to ``end`` (seconds since 1970).

    An ability is that of the last four weeks of it; a screening or test the newest in it; skills are counted in all of it, for
    whoever practised at all. Who is missing from the answer has left, or was not measured.
    """
    if outcome.kind == "ability":
        return _ability(outcome, learners, district, max(begin, end - SPAN), end)
    if outcome.kind == "mastered":
        return _mastered(outcome, learners, district, begin, end)
    if outcome.kind == "screening":
        rows = ScreeningSitting.objects.filter(
            learner_id__in=learners, status="finished", finished_at__gt=begin, finished_at__lte=end
        ).exclude(score=None)
        latest = rows.order_by("finished_at").values_list("learner_id", "score")
        return {key: score for key, score in latest if score is not None}
    found = Measure.objects.filter(
        learner_id__in=learners, measure=outcome.name, day__gt=day_of(district, begin), day__lte=day_of(district, end)
    )
    return {key: float(score) for key, score in found.order_by("day", "id").values_list("learner_id", "score")}


def pretest(
    outcome: Outcome, learners: Sequence[UUID], *, district: UUID, start: float, weeks: int
) -> dict[UUID, float]:
    """The same before the start: abilities of the four weeks before, the newest screening or test of a year, and for skills
    those reached in as many weeks as the pilot takes."""
    back = {"ability": SPAN, "mastered": weeks * 7 * DAY}.get(outcome.kind, YEAR)
    return measured(outcome, learners, district=district, begin=start - back, end=start)


def _ability(outcome: Outcome, learners: Sequence[UUID], district: UUID, begin: float, end: float) -> dict[UUID, float]:
    curriculum = curriculum_of(district)
    number = {key: place for place, key in enumerate(learners)}
    hard = _difficulties(curriculum, outcome.subject)
    rows = Evidence.objects.filter(
        learner_id__in=learners, kind="response", attempt=1, now__gt=begin, now__lte=end
    ).values_list("learner_id", "item", "correct", "hints", "shown")
    who, difficulty, right = [], [], []
    for learner, item, correct, hints, shown in rows.iterator(20_000):
        known = hard.get(item)
        if known is not None:
            who.append(number[learner])
            difficulty.append(known)
            right.append(float(correct and not hints and not shown))
    theta, _given = abilities(
        np.array(who, np.int64), np.array(difficulty, np.float64), np.array(right, np.float64), len(learners)
    )
    return {key: float(theta[place]) for key, place in number.items() if np.isfinite(theta[place])}


def _difficulties(curriculum: Curriculum, subject: str) -> dict[str, float]:
    """Difficulty of each item of the subject, in logits."""
    at, skills = curriculum.item_skills_at.tolist(), curriculum.item_skills.tolist()
    return {
        item: hard
        for place, (item, hard) in enumerate(zip(curriculum.items, curriculum.difficulty.tolist(), strict=True))
        if not subject or any(curriculum.skills[n].subject == subject for n in skills[at[place] : at[place + 1]])
    }


def _mastered(
    outcome: Outcome, learners: Sequence[UUID], district: UUID, begin: float, end: float
) -> dict[UUID, float]:
    skills = curriculum_of(district).skills
    own = {each.id for each in skills if not outcome.subject or each.subject == outcome.subject}
    there = Evidence.objects.filter(learner_id__in=learners, kind="response", now__gt=begin, now__lte=end)
    found: dict[UUID, set[str]] = {
        key: set() for key in there.order_by().values_list("learner_id", flat=True).distinct()
    }
    reached = MasteryEntry.objects.filter(Q(at__gt=begin) & Q(at__lte=end), learner_id__in=found, kind="reached")
    for learner, skill in reached.values_list("learner_id", "skill"):
        if skill in own:
            found[learner].add(skill)
    return {key: float(len(several)) for key, several in found.items()}
