"""Replay: rebuild profiles and decisions from the log by the same :func:`headway.core.loop.step` that made them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import Decision, Event, MasteryEntry
from headway.core.loop import Turn, step
from headway.core.mastery.models import MODELS, Models
from headway.core.path.plan import PlanRow, resolve
from headway.core.path.policies import POLICIES, Policies
from headway.core.profile.profile import Profile


@dataclass(frozen=True, slots=True)
class Logged:
    """An event as the log has it: when it was handled, under which curriculum, and where the learner's day began."""

    event: Event
    now: float
    curriculum: str
    day_offset: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """What replay gives: the last profile of each learner, all decisions and all ledger entries in the log's order."""

    profiles: dict[str, Profile]
    decisions: tuple[Decision, ...]
    entries: tuple[MasteryEntry, ...]


def replay(
    log: Iterable[Logged],
    beginnings: Mapping[str, Profile],
    plans: Mapping[str, Iterable[PlanRow]],
    curricula: Mapping[str, Curriculum],
    models: Models = MODELS,
    policies: Policies = POLICIES,
) -> Replayed:
    """Run the log through the loop.

    ``log`` is in the order in which events were handled, at least for each learner; ``beginnings`` are the profiles
    before the first event; ``plans`` are each learner's plan rows (all that ever were, with their times);
    ``curricula`` are by version, ``models`` and ``policies`` by the names in the plans. Raises KeyError, naming what is
    missing, for an unknown learner or version.
    """
    profiles: dict[str, Profile] = {}
    rows = {learner: tuple(plan) for learner, plan in plans.items()}
    decisions: list[Decision] = []
    entries: list[MasteryEntry] = []
    for logged in log:
        learner = logged.event.learner
        if learner not in profiles:
            if learner not in beginnings:
                raise KeyError(f"event {logged.event.id} is of learner {learner}, who has no first profile")
            profiles[learner] = beginnings[learner]
        if logged.curriculum not in curricula:
            raise KeyError(f"event {logged.event.id} was handled under curriculum {logged.curriculum}: load that one")
        plan = resolve(rows.get(learner, ()), logged.now, day_offset=logged.day_offset)
        turn = Turn(profiles[learner], plan, logged.event, logged.now)
        (outcome,) = step([turn], curricula[logged.curriculum], models, policies)
        profiles[learner] = outcome.profile
        entries.extend(outcome.entries)
        if outcome.decision is not None:
            decisions.append(outcome.decision)
    return Replayed(profiles, tuple(decisions), tuple(entries))
