"""Who has a measure at all, as a condition for the database: a page that only counts reads no values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from headway.core.evidence.pilots.shown import LEAST
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.models import Attendance
from headway.school.evidence.outcomes.reading import LEAST_MARKS, SPAN, Ask, difficulties
from headway.school.mastery.models import Evidence
from headway.school.measurement.models import Measure, ScreeningSitting
from headway.school.people.clock import day_of

OWN = OuterRef("learner_id")


def as_many(rows: QuerySet[Model], count: int) -> Q:
    """The condition that a learner has so many of ``rows``, from the newest on. The order makes the database walk the index of a
    learner and stop; without it, it reads all that the learner ever did."""
    return Q(IsNull(Subquery(rows.order_by("-id").values("id")[count - 1 : count]), False))


def having(kind: str, name: str, *, district: UUID, begin: float, end: float) -> Q:
    """The condition on rows with a ``learner_id`` that ``outcomes.reading.read`` finds a value for the learner between ``begin``
    (exclusive) and ``end`` (seconds since 1970). Raises KeyError for a kind that nobody counts."""
    return HAVING[kind](Ask(district, name, (), begin, end))


def _ability(ask: Ask) -> Q:
    """As many first answers as show an ability."""
    known = list(difficulties(curriculum_of(ask.district), ask.name))
    since = max(ask.begin, ask.end - SPAN)
    rows = Evidence.objects.filter(learner_id=OWN, now__gt=since, now__lte=ask.end, kind="response", attempt=1)
    return as_many(rows.filter(item__in=known), LEAST)


def _mastered(ask: Ask) -> Q:
    return as_many(Evidence.objects.filter(learner_id=OWN, now__gt=ask.begin, now__lte=ask.end, kind="response"), 1)


def _screening(ask: Ask) -> Q:
    rows = ScreeningSitting.objects.filter(learner_id=OWN, finished_at__gt=ask.begin, finished_at__lte=ask.end)
    return Q(Exists(rows.filter(status="finished").exclude(score=None)))


def _test(ask: Ask) -> Q:
    first, last = (day_of(ask.district, moment) for moment in (ask.begin, ask.end))
    return Q(Exists(Measure.objects.filter(learner_id=OWN, measure=ask.name, day__gt=first, day__lte=last)))


def _attendance(ask: Ask) -> Q:
    first, last = (day_of(ask.district, moment) for moment in (ask.begin, ask.end))
    rows = Attendance.objects.filter(learner_id=OWN, day__gt=first, day__lte=last, at__lte=ask.end)
    return Q(Exists(rows.values("section_id", "day").distinct()[LEAST_MARKS - 1 : LEAST_MARKS]))


HAVING: Mapping[str, Callable[[Ask], Q]] = {
    "ability": _ability, "mastered": _mastered, "screening": _screening, "test": _test, "attendance": _attendance,
}  # fmt: skip
