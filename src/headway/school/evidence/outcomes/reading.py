"""Reading a measure from the evidence: one number a learner for a stretch of time, with its standard error. Nobody types one in.

These are the definitions; pilots read their outcomes here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from math import nan, sqrt
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import F, Model, QuerySet, Sum
from django.db.models.functions import Floor

from headway.core.curriculum.catalogue import Curriculum
from headway.core.evidence.outcomes.aims import KINDS
from headway.core.evidence.pilots.shown import SPREAD, abilities
from headway.core.mastery.kernels import DAY
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.models import Attendance
from headway.school.mastery.credit.models import Credit
from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.measurement.models import Measure, ScreeningSitting
from headway.school.measurement.projects.models import RubricScore
from headway.school.people.clock import day_of, day_offset, time_zone_of

SPAN = 28 * DAY
"""Length of the stretch in which an ability is shown, in seconds."""
APART = 84 * DAY
"""From one ability to the next of growth, in seconds."""
LEAST_MARKS = 10
"""Fewest marks of attendance that make a share."""
NAMED = 5_000
"""Learners up to which a query names them; for more, all of the district's rows are read and the others left out."""
Readings = dict[UUID, tuple[float, float]]
"""Learner -> value and standard error (nan: not known)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is read: ``name`` as the measure's kind wants it ("" for all), of which ``learners``, from ``begin`` (exclusive) to
    ``end`` (seconds since 1970)."""

    district: UUID
    name: str
    learners: Collection[UUID]
    begin: float
    end: float

    def rows(self, table: type[Model], at: str, **where: Any) -> QuerySet[Any, Any]:
        """Rows of a table of the learners' in the stretch, by its column ``at``."""
        found: QuerySet[Any, Any] = table._default_manager.filter(
            **{f"{at}__gt": self.begin, f"{at}__lte": self.end}, **where
        )
        return found.filter(learner_id__in=self.learners) if len(self.learners) <= NAMED else found


def read(kind: str, ask: Ask) -> Readings:
    """Read a measure of a ``kind``; who is missing from the answer has none."""
    wanted = set(ask.learners)
    return {key: value for key, value in READERS[kind](ask).items() if key in wanted}


def read_at(kind: str, name: str, *, district: UUID, learners: Collection[UUID], end: float) -> Readings:
    """Read a measure as it was at a moment, over the days that its kind looks back on."""
    return read(kind, Ask(district, name, learners, end - KINDS[kind].days * DAY, end))


def _ability(ask: Ask) -> Readings:
    begin = max(ask.begin, ask.end - SPAN)
    return _shown(Ask(ask.district, ask.name, ask.learners, begin, ask.end))


def _shown(ask: Ask) -> Readings:
    """Ability in logits from first answers, with the error that their number and difficulty leave."""
    hard = difficulties(curriculum_of(ask.district), ask.name)
    rows = ask.rows(Evidence, "now", kind="response", attempt=1)
    number: dict[UUID, int] = {}
    who, difficulty, right = [], [], []
    for learner, item, correct, hints, shown in rows.values_list(
        "learner_id", "item", "correct", "hints", "shown"
    ).iterator(20_000):
        known = hard.get(item)
        if known is not None:
            who.append(number.setdefault(learner, len(number)))
            difficulty.append(known)
            right.append(float(correct and not hints and not shown))
    place, level = np.array(who, np.int64), np.array(difficulty, np.float64)
    theta, _given = abilities(place, level, np.array(right, np.float64), len(number))
    chance = 1.0 / (1.0 + np.exp(level - theta[place]))
    told = np.bincount(place, np.nan_to_num(chance * (1.0 - chance)), len(number)) + 1.0 / SPREAD**2
    error = 1.0 / np.sqrt(told)
    return {key: (float(theta[n]), float(error[n])) for key, n in number.items() if np.isfinite(theta[n])}


def difficulties(curriculum: Curriculum, subject: str) -> dict[str, float]:
    """Difficulty of each item of the subject, in logits."""
    at, skills = curriculum.item_skills_at.tolist(), curriculum.item_skills.tolist()
    return {
        item: hard
        for place, (item, hard) in enumerate(zip(curriculum.items, curriculum.difficulty.tolist(), strict=True))
        if not subject or any(curriculum.skills[n].subject == subject for n in skills[at[place] : at[place + 1]])
    }


def _growth(ask: Ask) -> Readings:
    late = _shown(Ask(ask.district, ask.name, ask.learners, ask.end - SPAN, ask.end))
    then = ask.end - APART
    early = _shown(Ask(ask.district, ask.name, ask.learners, then - SPAN, then))
    return {
        key: (value - early[key][0], sqrt(error**2 + early[key][1] ** 2))
        for key, (value, error) in late.items()
        if key in early
    }


def _mastered(ask: Ask) -> Readings:
    """Skills reached, of whoever practised at all."""
    skills = curriculum_of(ask.district).skills
    own = {each.id for each in skills if not ask.name or each.subject == ask.name}
    there = ask.rows(Evidence, "now", kind="response").order_by()
    found: dict[UUID, set[str]] = {key: set() for key in there.values_list("learner_id", flat=True).distinct()}
    for learner, skill in ask.rows(MasteryEntry, "at", kind="reached").values_list("learner_id", "skill"):
        if skill in own and learner in found:
            found[learner].add(skill)
    return {key: (float(len(several)), 0.0) for key, several in found.items()}


def _screening(ask: Ask) -> Readings:
    rows = ask.rows(ScreeningSitting, "finished_at", status="finished").exclude(score=None).order_by("finished_at")
    return _newest(rows.values_list("learner_id", "score", "se"))


def _test(ask: Ask) -> Readings:
    first, last = (day_of(ask.district, moment) for moment in (ask.begin, ask.end))
    found = Measure.objects.filter(measure=ask.name, day__gt=first, day__lte=last)
    if len(ask.learners) <= NAMED:
        found = found.filter(learner_id__in=ask.learners)
    return _newest(found.order_by("day", "id").values_list("learner_id", "score", "se"))


def _newest(rows: Iterable[tuple[UUID, float, float | None]]) -> Readings:
    return {key: (float(score), nan if error is None else float(error)) for key, score, error in rows}


def _credit(ask: Ask) -> Readings:
    """Credit granted less what was taken back; who has none has 0."""
    rows = ask.rows(Credit, "at").order_by().values_list("learner_id", "kind").annotate(sum=Sum("amount"))
    total: dict[UUID, float] = dict.fromkeys(ask.learners, 0.0)
    for learner, kind, amount in rows:
        total[learner] = total.get(learner, 0.0) + (amount if kind == "granted" else -amount)
    return {key: (value, 0.0) for key, value in total.items()}


def _attendance(ask: Ask) -> Readings:
    """Percent of the marked classes in which somebody was, late or not; the newest mark of a class and day counts."""
    first, last = (day_of(ask.district, moment) for moment in (ask.begin, ask.end))
    rows = Attendance.objects.filter(day__gt=first, day__lte=last, at__lte=ask.end)
    if len(ask.learners) <= NAMED:
        rows = rows.filter(learner_id__in=ask.learners)
    rows = rows.order_by("section_id", "learner_id", "day", "-id").distinct("section_id", "learner_id", "day")
    seen: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    for learner, state in rows.values_list("learner_id", "state"):
        seen[learner][0] += state != "away"
        seen[learner][1] += 1
    return {key: (100.0 * there / of, 0.0) for key, (there, of) in seen.items() if of >= LEAST_MARKS}


def _days(ask: Ask) -> Readings:
    """Local days with an answer, a week; of whoever has ever been on a roster here, 0 for who did not practise."""
    offset = day_offset(time_zone_of(ask.district), ask.end)
    rows = ask.rows(Evidence, "now", kind="response").annotate(day=Floor((F("now") + offset) / DAY)).order_by()
    count: dict[UUID, int] = dict.fromkeys(ask.learners, 0)
    for learner, _day in rows.values_list("learner_id", "day").distinct():
        count[learner] = count.get(learner, 0) + 1
    weeks = (ask.end - ask.begin) / (7 * DAY)
    return {key: (days / weeks, 0.0) for key, days in count.items()}


def _rubric(ask: Ask) -> Readings:
    """Mean step of the newest scores of each criterion of each project; ``name`` is a kind of criterion."""
    newest: dict[tuple[UUID, UUID, str], int] = {}
    rows = ask.rows(RubricScore, "at").order_by("id").values_list(
        "learner_id", "project_id", "criterion", "level", "project__rubric__criteria"
    )  # fmt: skip
    for learner, project, criterion, level, criteria in rows:
        if not ask.name or any(each["key"] == criterion and each["kind"] == ask.name for each in criteria):
            newest[learner, project, criterion] = level
    steps: dict[UUID, list[int]] = defaultdict(list)
    for (learner, _project, _criterion), level in newest.items():
        steps[learner].append(level)
    return {key: (float(np.mean(several)), nan) for key, several in steps.items()}


READERS: Mapping[str, Callable[[Ask], Readings]] = {
    "ability": _ability, "growth": _growth, "mastered": _mastered, "screening": _screening, "test": _test,
    "credit": _credit, "attendance": _attendance, "days": _days, "rubric": _rubric,
}  # fmt: skip
assert set(READERS) == set(KINDS)
