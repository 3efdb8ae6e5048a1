"""Replaying a district's log and holding the result against what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import Decision as CoreDecision
from headway.core.events import Event, Response, Start
from headway.core.evidence.offpolicy import Logs
from headway.core.evidence.replay import Logged, Replayed, replay
from headway.core.evidence.watching import Seen, logs_of, watched
from headway.core.path.plan import PlanRow as CorePlanRow
from headway.core.path.policies import POLICIES, Policies
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import Profile as CoreProfile
from headway.core.text import text_to_json
from headway.school.curriculum.queries import curriculum_of
from headway.school.loop.judged import judged_from_json
from headway.school.loop.screening import screening_from_json
from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.mastery.queries import ledger_value
from headway.school.mastery.served import every_model
from headway.school.path.models import Decision, PlanRow
from headway.school.path.queries import plan_value
from headway.school.people.clock import day_offset
from headway.school.people.models import District
from headway.school.people.tenancy import in_district
from headway.school.profile.models import Profile

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """How replay compares with what is stored. ``differences`` names the first of each kind, empty when equal."""

    events: int
    profiles: int
    decisions: int
    entries: int
    profiles_equal: bool
    decisions_equal: bool
    entries_equal: bool
    differences: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Whether profiles, decisions and the ledger are the same, byte for byte."""
        return not self.differences


def replay_district(district: UUID, *, progress: Progress = lambda done: None) -> ReplayReport:
    """Replay every learner's log of a district through the loop and compare. Reads only.

    All of it is read from one snapshot, so a school may go on working meanwhile. Call it outside of a transaction.
    Raises DamagedModel where a model that decisions were made with cannot be read.
    """
    with _snapshot(), in_district(district):
        stored = dict(Profile.objects.order_by("learner_id").values_list("learner_id", "state"))
        beginnings, replayed = _replayed(district, progress, POLICIES)
        profiles = list(_profiles_differ(stored, {**beginnings, **replayed.profiles}))
        decisions = list(_decisions_differ(replayed.decisions))
        entries = list(_entries_differ(replayed))
        return ReplayReport(
            events=Evidence.objects.count(),
            profiles=len(stored),
            decisions=len(replayed.decisions),
            entries=len(replayed.entries),
            profiles_equal=not profiles,
            decisions_equal=not decisions,
            entries_equal=not entries,
            differences=(*profiles, *decisions, *entries),
        )


def ask_district(
    district: UUID, policy: str, *, outcome: str, horizon: int, progress: Progress = lambda done: None
) -> Logs:
    """Replay every learner's log and ask another policy at each decision what it would have done; reads only.

    What follows is counted as ``core.evidence.watching`` says. Raises KeyError for an unknown policy, ValueError where no
    episode is long enough, DamagedModel as :func:`replay_district`.
    """
    policies, seen = watched(POLICIES[policy])
    with _snapshot(), in_district(district):
        _, replayed = _replayed(district, progress, policies)
        zone = District.objects.get(id=district).time_zone
        return logs_of(
            seen, (one.event for one in _log(zone, progress)), replayed.entries, outcome=outcome, horizon=horizon
        )


def seen_by(district: UUID, policy: str, *, progress: Progress = lambda done: None) -> list[Seen]:
    """Replay every learner's log and ask another policy at each decision; reads only. Raises as :func:`ask_district`."""
    policies, seen = watched(POLICIES[policy])
    with _snapshot(), in_district(district):
        _replayed(district, progress, policies)
    return seen


def _replayed(district: UUID, progress: Progress, policies: Policies) -> tuple[dict[str, CoreProfile], Replayed]:
    """The profiles before the first event, and what the log gives from there."""
    beginnings = {
        str(learner): decode(bytes(first)) for learner, first in Profile.objects.values_list("learner_id", "beginning")
    }
    plans = _plans(list(beginnings))
    curricula: dict[str, Curriculum] = {}
    for version in Evidence.objects.order_by().values_list("curriculum", flat=True).distinct():
        curricula[version] = curriculum_of(district, version)
    zone = District.objects.get(id=district).time_zone
    return beginnings, replay(_log(zone, progress), beginnings, plans, curricula, every_model(), policies)


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of the database for all reads inside; it must be set before the first of them."""
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def count_events(district: UUID) -> int:
    """How many events a district's log holds."""
    with in_district(district):
        return Evidence.objects.count()


def _log(zone: str, progress: Progress) -> Iterator[Logged]:
    for done, row in enumerate(Evidence.objects.order_by("learner_id", "id").iterator(5000), 1):
        yield Logged(event_of(row), row.now, row.curriculum, day_offset(zone, row.now))
        if done % 500 == 0:
            progress(done)


def event_of(row: Evidence) -> Event:
    """A line of the log as the core speaks of it."""
    if row.kind == "start":
        return Start(str(row.event), str(row.learner_id), row.at, row.activity, row.simulated)
    if row.kind == "screening":
        return screening_from_json(row.answer)
    if row.kind == "judged":
        return judged_from_json(row.answer)
    return Response(
        id=str(row.event),
        learner=str(row.learner_id),
        activity=row.activity,
        step=row.step,
        item=row.item,
        skills=tuple(row.skills),
        answer=row.answer,
        correct=row.correct,
        at=row.at,
        attempt=row.attempt,
        hints=row.hints,
        shown=row.shown,
        seconds=row.seconds,
        misconception=row.misconception,
        simulated=row.simulated,
        suspects=tuple((key, float(share)) for key, share in row.suspects),
    )


def _plans(learners: list[str]) -> dict[str, list[CorePlanRow]]:
    everyone: list[CorePlanRow] = []
    plans: dict[str, list[CorePlanRow]] = {learner: everyone.copy() for learner in learners}
    for row in PlanRow.objects.all():
        for learner in learners if row.learner_id is None else [str(row.learner_id)]:
            plans.setdefault(learner, []).append(plan_value(row))
    return plans


def _profiles_differ(stored: dict[UUID, Any], profiles: dict[str, CoreProfile]) -> Iterator[str]:
    for learner, state in stored.items():
        if encode(profiles[str(learner)]) != bytes(state):
            yield f"the profile of learner {learner} is not what its log gives"
            return


def _decisions_differ(made: tuple[CoreDecision, ...]) -> Iterator[str]:
    rows = Decision.objects.order_by("learner_id", "id").iterator(5000)
    count = 0
    for count, (row, decision) in enumerate(zip(rows, made, strict=False), 1):  # noqa: B007 (counted)
        if _stored_decision(row) != _made_decision(decision):
            yield f"decision {row.id} (after event {row.after}) is not what the log gives"
            return
    if (total := Decision.objects.count()) != len(made):
        yield f"{total} decisions are stored, the log gives {len(made)}"


def _stored_decision(row: Decision) -> tuple[Any, ...]:
    return (
        str(row.learner_id), str(row.after), row.activity, row.skill, row.reason, row.reason_code, row.alternatives,
        row.propensity, row.predicted, row.model, row.policy, row.curriculum, row.seed, row.overrides, row.at,
    )  # fmt: skip


def _made_decision(d: CoreDecision) -> tuple[Any, ...]:
    alternatives = [[a.activity, a.skill, a.value, a.probability] for a in d.alternatives]
    return (
        d.learner, d.after, d.activity, d.skill, text_to_json(d.reason), d.reason_code, alternatives,
        d.propensity, d.predicted, d.model, d.policy, d.curriculum, str(d.seed), list(d.overrides), d.at,
    )  # fmt: skip


def _entries_differ(replayed: Replayed) -> Iterator[str]:
    stored = [ledger_value(row) for row in MasteryEntry.objects.order_by("learner_id", "id")]
    made = list(replayed.entries)
    if stored != made:
        yield f"the mastery ledger has {len(stored)} lines, the log gives {len(made)}, and they are not the same"
