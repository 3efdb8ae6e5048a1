"""The central loop: an event moves the profile, and when an activity is finished the next one is chosen.

The one function that the live school, replay and simulation all call. It is pure: the same turns give the same
outcomes, byte for byte, whether they come one by one or in a batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import Decision, Event, Judged, MasteryEntry, Response, Screening, Start
from headway.core.mastery.models import MODELS, LearnerModel, Models
from headway.core.mastery.refit.calibrated import calibrated
from headway.core.path.plan import EffectivePlan
from headway.core.path.policies import POLICIES, Policies
from headway.core.path.policy import Situation, seed_of
from headway.core.path.screen import spent
from headway.core.profile.fold import fold
from headway.core.profile.judged import fold_judged
from headway.core.profile.profile import RECENT, REMEMBERED, Current, Profile, finished, moved
from headway.core.profile.screened import fold_screening

Kind = TypeVar("Kind")

LAST_ATTEMPT = 3
"""After this many wrong answers a step is over: the page shows the worked solution and goes on."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One learner's event with what the loop must know: ``now`` is when it is handled, in epoch seconds."""

    profile: Profile
    plan: EffectivePlan
    event: Event
    now: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a turn: the new profile, the decision if one was due, new lines of the mastery ledger, and what
    the learner sees now: the concrete activity ("" if nothing may be practised) and the index of its step."""

    profile: Profile
    decision: Decision | None
    entries: tuple[MasteryEntry, ...]
    activity: str
    step: int


def step(
    turns: Sequence[Turn], curriculum: Curriculum, models: Models = MODELS, policies: Policies = POLICIES
) -> list[Outcome]:
    """Take one step for each of several learners, in order; each learner appears once. ``models`` and ``policies`` hold those
    that their plans name.

    Raises ValueError for an event of another learner, for an opened activity that the curriculum lacks, and for a
    plan that names an unknown model or policy.
    """
    return [_one(turn, curriculum, models, policies) for turn in turns]


def _one(turn: Turn, curriculum: Curriculum, models: Models, policies: Policies) -> Outcome:
    event, profile = turn.event, turn.profile
    if event.learner != profile.learner:
        raise ValueError(f"event {event.id} is of learner {event.learner}, the profile of {profile.learner}")
    model = _named(models, turn.plan.model, "model")
    curriculum = calibrated(model, curriculum)
    if isinstance(event, Start):
        if event.activity:
            return _open(turn, event.activity, curriculum)
        return _decide(turn, profile, (), curriculum, model, policies)
    if isinstance(event, Screening):
        after = fold_screening(profile, event, curriculum, model)
        return Outcome(after, None, (), profile.current.activity, profile.current.step)
    if isinstance(event, Judged):
        judged = fold_judged(profile, event, curriculum, model)
        return Outcome(judged, None, (), profile.current.activity, profile.current.step)
    return _respond(turn, event, curriculum, model, policies)


def _respond(
    turn: Turn, response: Response, curriculum: Curriculum, model: LearnerModel, policies: Policies
) -> Outcome:
    """Fold the response in, then move: on when the step is over (right, shown, or the last attempt was wrong),
    else to the next attempt. An answer to an activity that is no longer open counts, but moves nothing."""
    profile, entries = fold(turn.profile, response, curriculum, model, day_offset=turn.plan.day_offset)
    now_open = profile.current
    if now_open.activity not in ("", response.activity) or response.step < now_open.step:
        return Outcome(profile, None, entries, now_open.activity, now_open.step)
    activity = curriculum.activity(response.activity)
    steps = len(activity.items) if activity is not None else 1
    over = response.correct or response.shown or response.attempt >= LAST_ATTEMPT
    if over and response.step + 1 >= steps:
        return _decide(turn, finished(profile), entries, curriculum, model, policies)
    since = now_open.since or response.at
    if over:
        current = Current(response.activity, response.step + 1, 1, 0, since)
    else:
        current = Current(response.activity, response.step, response.attempt + 1, response.hints, since)
    return Outcome(moved(profile, current), None, entries, current.activity, current.step)


def _open(turn: Turn, activity: str, curriculum: Curriculum) -> Outcome:
    """Open the activity that a person chose; the policy decides nothing."""
    if curriculum.activity(activity) is None:
        raise ValueError(f"activity {activity} is not in curriculum {curriculum.version}: open one that is")
    if spent(turn.plan, turn.profile, turn.now):
        return Outcome(moved(turn.profile, Current()), None, (), "", 0)
    profile = _placed(turn.profile, activity, curriculum, turn.now)
    return Outcome(profile, None, (), activity, 0)


def _decide(
    turn: Turn,
    profile: Profile,
    entries: tuple[MasteryEntry, ...],
    curriculum: Curriculum,
    model: LearnerModel,
    policies: Policies,
) -> Outcome:
    """Ask the plan's policy for the next activity and record how it chose; nothing comes once the day's screen time is spent."""
    if spent(turn.plan, profile, turn.now):
        return Outcome(moved(profile, Current()), None, entries, "", 0)
    policy = _named(policies, turn.plan.policy, "policy")
    seed = seed_of(turn.event.id)
    belief = model.belief(profile.state, curriculum, turn.now)
    choice = policy.choose(Situation(profile, turn.plan, curriculum, model, belief, seed, turn.now))
    if choice is None:
        return Outcome(moved(profile, Current()), None, entries, "", 0)
    taken = choice.alternatives[choice.chosen]
    decision = Decision(
        learner=profile.learner,
        after=turn.event.id,
        activity=taken.activity,
        skill=taken.skill,
        reason=choice.reason,
        reason_code=choice.reason_code,
        alternatives=choice.alternatives,
        propensity=taken.probability,
        predicted=choice.predicted,
        model=model.name,
        policy=choice.policy or policy.name,
        curriculum=curriculum.version,
        seed=seed,
        at=turn.now,
        overrides=turn.plan.overrides + choice.overrides,
    )
    return Outcome(_placed(profile, taken.activity, curriculum, turn.now), decision, entries, taken.activity, 0)


def _placed(profile: Profile, activity: str, curriculum: Curriculum, now: float) -> Profile:
    """Put the learner at the first step of an activity and remember that it was given."""
    number = curriculum.activity_of(activity)
    given = np.empty(min(len(profile.recent) + 1, REMEMBERED), RECENT)
    given[:-1] = profile.recent[-(REMEMBERED - 1) :]
    given[-1] = (curriculum.activity_key[number], curriculum.keys[curriculum.activity_skill[number]])
    given.flags.writeable = False
    return moved(profile, Current(activity, 0, 1, 0, now), given)


def _named(registry: Mapping[str, Kind], name: str, what: str) -> Kind:
    if name not in registry:
        raise ValueError(f"the plan names the unknown {what} {name!r}: use one of {', '.join(sorted(registry))}")
    return registry[name]
