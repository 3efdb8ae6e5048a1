"""The log of visits: who went to whom and why, what they did there, and what came of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from headway.core.environment.visits import DEEDS, Effect, Reason, Record, Try, effects_of
from headway.core.mastery.kernels import DAY
from headway.core.text import T
from headway.school.environment.models import HelpRequest, Visit
from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.path.models import Decision
from headway.school.people.models import Person
from headway.school.people.refusal import Malformed

DAYS = 28
"""Days over which the effect of visits is measured."""


@dataclass(frozen=True, slots=True)
class Went:
    """A visit: its number, the learner, who came, for what the board named, what they did ("" until it is said), and when."""

    number: int
    learner: UUID
    adult: str
    code: str
    did: str
    at: float


def visits_of(learners: Sequence[UUID], *, since: float, most: int = 60) -> list[Went]:
    """The visits to these learners, the newest first. The caller has checked access."""
    rows = Visit.objects.filter(learner_id__in=learners, at__gt=since).select_related("adult").order_by("-id")[:most]
    return [Went(row.id, row.learner_id, row.adult.short_name, row.reason_code, row.did, row.at) for row in rows]


@transaction.atomic
def say_what_was_done(*, adult: Person, visit: int, did: str) -> Visit:
    """Write down what an adult did at their own visit. Raises Malformed for another's visit or an unknown deed."""
    row = Visit.objects.select_for_update().filter(id=visit, adult=adult).first()
    if row is None or did not in DEEDS:
        raise Malformed(T("Choose one of your own visits, and what you did there."))
    row.did = did
    row.save(update_fields=["did"])
    return row


def effects_in(learners: Sequence[UUID], now: float) -> dict[Reason, Effect]:
    """What came of the visits of the last four weeks, by the reason of the board
    (:func:`headway.core.environment.visits.effects_of`), in five queries. The caller has checked access."""
    since = now - DAYS * DAY
    visits = _times(Visit.objects.filter(learner_id__in=learners, at__gt=since).values_list("learner_id", "at"))
    hands = _times(
        HelpRequest.objects.filter(learner_id__in=learners, asked_at__gt=since).values_list("learner_id", "asked_at")
    )
    lines = MasteryEntry.objects.filter(learner_id__in=learners, kind="reached", at__gt=since)
    reached = _times(lines.values_list("learner_id", "at"))
    chances: dict[tuple[UUID, str], list[tuple[float, float]]] = {}
    chosen = Decision.objects.filter(learner_id__in=learners, at__gt=since - DAY).order_by("at")
    for learner, activity, at, predicted in chosen.values_list("learner_id", "activity", "at", "predicted"):
        chances.setdefault((learner, activity), []).append((at, predicted))
    tries: dict[UUID, list[Try]] = {learner: [] for learner in learners}
    answers = Evidence.objects.filter(learner_id__in=learners, kind="response", now__gt=since).order_by("id")
    fields = answers.values_list("learner_id", "activity", "now", "correct", "skills", "seconds", "attempt")
    for learner, activity, at, correct, skills, seconds, attempt in fields:
        known = chances.get((learner, activity), [])
        place = bisect_right(known, at, key=lambda pair: pair[0])
        if place:
            chance, skill = known[place - 1][1], skills[0] if skills else ""
            tries[learner].append(Try(at, correct, chance, skill, seconds, attempt == 1))
    return effects_of(
        [
            Record(
                str(each),
                tuple(tries[each]),
                tuple(visits.get(each, ())),
                tuple(hands.get(each, ())),
                tuple(reached.get(each, ())),
            )
            for each in learners
        ]
    )


def _times(rows: Iterable[tuple[UUID, float]]) -> dict[UUID, list[float]]:
    """Moments by learner, the oldest first."""
    out: dict[UUID, list[float]] = {}
    for learner, at in sorted(rows, key=lambda row: row[1]):
        out.setdefault(learner, []).append(at)
    return out
