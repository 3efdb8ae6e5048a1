"""What data a district has, in counts: nobody is named, so no record is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, F
from django.db.models.functions import Floor

from headway.core.mastery.kernels import DAY
from headway.core.path.plan import EffectivePlan, resolve
from headway.school.coaching.models import CoachLine
from headway.school.curriculum.models import CurriculumVersion, Problem
from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.path.models import Decision, PlanRow
from headway.school.path.queries import plan_value
from headway.school.people.clock import date_of
from headway.school.people.models import Person, Role, RoleName, School
from headway.school.profile.models import Profile

KEPT = 600.0
"""Seconds for which the counts are kept: they read the whole log."""


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month (UTC): ``first`` is its first day; answers, those of simulated learners among them, and learners."""

    year: int
    month: int
    answers: int
    simulated: int
    learners: int


@dataclass(frozen=True, slots=True)
class SchoolCount:
    """A school: learners of its roster, how many of them have practised, and how many are simulated."""

    name: str
    learners: int
    practised: int
    simulated: int


@dataclass(frozen=True, slots=True)
class DataOverview:
    """Everything that a data person asks first. ``at`` is when it was counted, in seconds since 1970."""

    at: float
    months: tuple[Month, ...]
    schools: tuple[SchoolCount, ...]
    rows: tuple[tuple[str, int], ...]
    plan: EffectivePlan
    made_by: tuple[tuple[str, str, int], ...]
    curriculum: str


def data_of(district: UUID, now: float) -> DataOverview:
    """Count the data of a district; kept for ten minutes. The caller is one of its researchers or leaders."""
    return _counted(district, int(now // KEPT))


@lru_cache(maxsize=64)
def _counted(district: UUID, turn: int) -> DataOverview:
    now = turn * KEPT
    common = [plan_value(row) for row in PlanRow.objects.filter(learner=None)]
    made = Decision.objects.order_by().values_list("model", "policy").annotate(n=Count("id")).order_by("-n")
    current = CurriculumVersion.objects.filter(current=True).values_list("version", flat=True).first()
    return DataOverview(
        at=now,
        months=_months(),
        schools=_schools(),
        rows=(
            ("school_evidence", Evidence.objects.count()),
            ("school_decision", Decision.objects.count()),
            ("school_masteryentry", MasteryEntry.objects.count()),
            ("school_coachline", CoachLine.objects.count()),
            ("school_profile", Profile.objects.count()),
            ("school_problem", Problem.objects.count()),
        ),
        plan=resolve(common, now),
        made_by=tuple(made),
        curriculum=current or "",
    )


def _months() -> tuple[Month, ...]:
    """Answers by calendar month (UTC), each day and learner counted by the database."""
    rows = (
        Evidence.objects.filter(kind="response")
        .annotate(day=Floor(F("now") / DAY))
        .values_list("day", "simulated", "learner_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    answers: Counter[tuple[int, int]] = Counter()
    simulated: Counter[tuple[int, int]] = Counter()
    learners: dict[tuple[int, int], set[UUID]] = {}
    for day, made_up, learner, count in rows:
        date = date_of(int(day))
        month = (date.year, date.month)
        answers[month] += count
        simulated[month] += count if made_up else 0
        learners.setdefault(month, set()).add(learner)
    return tuple(Month(*month, answers[month], simulated[month], len(learners[month])) for month in sorted(answers))


def _schools() -> tuple[SchoolCount, ...]:
    names = dict(School.objects.values_list("id", "name"))
    practised = set(Profile.objects.values_list("learner_id", flat=True))
    made_up = set(Person.objects.filter(simulated=True).values_list("id", flat=True))
    by_school: dict[UUID, set[UUID]] = {key: set() for key in names}
    for school, person in Role.objects.filter(name=RoleName.LEARNER).values_list("school_id", "person_id"):
        if school in by_school:
            by_school[school].add(person)
    return tuple(
        SchoolCount(names[key], len(people), len(people & practised), len(people & made_up))
        for key, people in sorted(by_school.items(), key=lambda pair: names[pair[0]])
    )
