"""Outcomes of a pilot, pulled from the evidence: one number a learner for a stretch of time. Nobody types one in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from django.db.models import Q

from headway.core.mastery.kernels import DAY
from headway.core.text import T, Text
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.outcomes.having import having
from headway.school.evidence.outcomes.reading import SPAN, Ask, read
from headway.school.evidence.pilots.models import PilotSeat
from headway.school.measurement.models import Measure
from headway.school.path.subjects import taught
from headway.school.people.refusal import Malformed

YEAR = 370 * DAY
KINDS: dict[str, Text] = {
    "ability": T("What learners can solve, from their daily answers"),
    "screening": T("The score of the next screening"),
    "mastered": T("How many skills they reach"),
    "attendance": T("How often they are there"),
    "measure": T("A test that you bring in"),
}
SCALES: dict[str, Text] = {
    "ability": T("points on the scale of practice: first answers without help, weighed by how hard each problem is"),
    "screening": T("points on the scale of practice: the result of the last screening"),
    "mastered": T("skills that the ledger calls mastered in that time"),
    "attendance": T("percent of the days on which attendance was taken that they were there"),
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

    ``school.evidence.outcomes.reading`` says how each is read. An ability is that of the last four weeks of it; a screening or
    test the newest in it; skills are counted in all of it, for whoever practised at all. Who is missing from the answer has left,
    or was not measured.
    """
    since = max(begin, end - SPAN) if outcome.kind == "ability" else begin
    kind, name = _named(outcome)
    return {key: value for key, (value, _error) in read(kind, Ask(district, name, learners, since, end)).items()}


def results(
    outcome: Outcome, seats: Sequence[PilotSeat], *, district: UUID, begin: float, end: float
) -> dict[UUID, float]:
    """The outcome of each of ``seats`` from ``begin`` to ``end``; of who came later, from the day after they got their arm."""
    out = measured(
        outcome, [seat.learner_id for seat in seats if not seat.week], district=district, begin=begin, end=end
    )
    late: dict[float, list[UUID]] = defaultdict(list)
    for seat in seats:
        if seat.week:
            late[ceil((seat.since or begin) / DAY) * DAY].append(seat.learner_id)
    for day, learners in late.items():
        if day < end:
            out |= measured(outcome, learners, district=district, begin=day, end=end)
    return out


def has_it(outcome: Outcome, *, district: UUID, begin: float, end: float) -> Q:
    """The condition on seats that :func:`measured` finds the outcome of their learner."""
    kind, name = _named(outcome)
    return having(kind, name, district=district, begin=begin, end=end)


def _named(outcome: Outcome) -> tuple[str, str]:
    return ("test", outcome.name) if outcome.kind == "measure" else (outcome.kind, outcome.subject)


def pretest(
    outcome: Outcome, learners: Sequence[UUID], *, district: UUID, start: float, weeks: int
) -> dict[UUID, float]:
    """The same before the start: abilities of the four weeks before, the newest screening or test of a year, and for skills
    and attendance those of as many weeks as the pilot takes."""
    back = {"ability": SPAN, "mastered": weeks * 7 * DAY, "attendance": weeks * 7 * DAY}.get(outcome.kind, YEAR)
    return measured(outcome, learners, district=district, begin=start - back, end=start)
