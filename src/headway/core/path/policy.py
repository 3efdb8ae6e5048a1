"""What a policy is asked, what it answers, and where its randomness comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

import numpy as np

from headway.core.curriculum.catalogue import Curriculum, catalogue_id, stable_key
from headway.core.curriculum.generators.base import activity_id
from headway.core.events import Alternative
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.state import Belief
from headway.core.path.claims import Claim, claimed
from headway.core.path.plan import EffectivePlan
from headway.core.path.playlist import left_of, parsed
from headway.core.path.reasons import title, why
from headway.core.profile.profile import Profile
from headway.core.text import Text

_MASK = (1 << 64) - 1
CHOICE, PROBLEM, INTEREST = 1, 2, 3
"""Independent streams of one seed: which activity, which numbers in it, which interest."""


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """All that a policy may look at. ``seed`` comes from the event's id and is recorded with the decision."""

    profile: Profile
    plan: EffectivePlan
    curriculum: Curriculum
    model: LearnerModel
    belief: Belief
    seed: int
    now: float


@dataclass(frozen=True, slots=True)
class Choice:
    """What a policy answers: the chosen one of ``alternatives``, its chance of a right first answer, and why. ``policy``
    names the one that chose where a policy handed over to another."""

    chosen: int
    alternatives: tuple[Alternative, ...]
    predicted: float
    reason_code: str
    reason: Text
    overrides: tuple[str, ...] = ()
    policy: str = ""


class Policy(Protocol):
    """Chooses an activity. ``name`` carries the version: a change that alters any choice gets a new name."""

    @property
    def name(self) -> str:
        """The name that plans and decisions record."""

    def choose(self, situation: Situation) -> Choice | None:
        """Return the choice, or None if nothing may be practised. The probabilities sum to 1."""


def seed_of(event: str) -> int:
    """Return the 32-bit seed of a decision: the first four bytes of BLAKE2b of the event's id."""
    return int.from_bytes(blake2b(event.encode(), digest_size=4).digest(), "little")


def bits(seed: int, stream: int) -> int:
    """Return 64 random bits of a stream of a seed: SplitMix64 (Steele, Lea and Flood 2014)."""
    z = (seed * 0xD1342543DE82EF95 + stream * 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def uniform(seed: int, stream: int) -> float:
    """Return a number in [0, 1) with 53 random bits."""
    return (bits(seed, stream) >> 11) * 2.0**-53


def concrete(situation: Situation, activities: Sequence[int], stream: int = PROBLEM) -> list[str]:
    """Return the concrete activities for activities' numbers: an imported one is itself, a template gets a seed (from a
    stream of the situation's) and, where it uses one, one of the learner's interests."""
    problem = bits(situation.seed, stream) & 0xFFFFFFFF
    interests = situation.profile.interests
    interest = interests[int(uniform(situation.seed, INTEREST) * len(interests))] if interests else ""
    infos = [situation.curriculum.activities[number] for number in activities]
    return [
        info.id if info.kind == "imported" else activity_id(info.id, problem, interest if info.uses_interest else "")
        for info in infos
    ]


def pinned_activity(situation: Situation) -> tuple[int, tuple[str, ...]]:
    """Return the first pinned activity that was not given recently (-1: none), and what stood in its way.

    A blocked skill is never practised, not even through a pinned activity.
    """
    curriculum, plan = situation.curriculum, situation.plan
    overrides: list[str] = []
    recent = set(situation.profile.recent["activity"].tolist()) if plan.pin_activities else set()
    for pin in plan.pin_activities:
        number = curriculum.activity_of(pin)
        if number < 0:
            overrides.append(f"pin-activity {pin} gave way: the curriculum has no such activity")
        elif curriculum.activities[number].skill in plan.block_skills:
            overrides.append(f"pin-activity {pin} gave way to the block of {curriculum.activities[number].skill}")
        elif plan.only_subjects is not None and subject_of(curriculum, number) not in plan.only_subjects:
            overrides.append(f"pin-activity {pin} waits: {', '.join(sorted(plan.only_subjects))} is practised now")
        elif stable_key(curriculum.activities[number].id) not in recent:
            return number, tuple(overrides)
    name, until = next_on_list(situation)
    if name and not until:
        number = curriculum.activity_of(name)
        outside = plan.only_subjects is not None and subject_of(curriculum, number) not in plan.only_subjects
        if curriculum.activities[number].skill not in plan.block_skills and not outside:
            return number, tuple(overrides)
        overrides.append(f"playlist {name} waits: its skill is blocked or its subject is not practised now")
    return -1, tuple(overrides)


def next_on_list(situation: Situation) -> tuple[str, int]:
    """Return the playlist's next entry as ``playlist.parsed`` has it; ("", 0) where there is none."""
    if not situation.plan.playlist:
        return "", 0
    left = left_of(situation.plan.playlist, situation.profile, situation.curriculum)
    return parsed(left[0]) if left else ("", 0)


def subject_of(curriculum: Curriculum, activity: int) -> str:
    """Return the subject of an activity, by its number."""
    return curriculum.skills[int(curriculum.activity_skill[activity])].subject


def pin_code(plan: EffectivePlan, skill: str, activity: str) -> str:
    """Return ``pinned`` if a person pinned the skill or activity, ``planned`` if a support or a programme did, ``playlist`` if
    it stands on a person's list."""
    sources = {source for value, _, source in plan.pinned_by if catalogue_id(value) in (skill, activity)}
    if not sources and plan.playlist:
        return "playlist" if plan.playlist_by == "pin" else "planned"
    return "planned" if sources and "pin" not in sources else "pinned"


def single(situation: Situation, activity: int, code: str, overrides: tuple[str, ...] = (), other: int = -1) -> Choice:
    """Return the choice of one activity without any chance in it: propensity 1. ``other`` as in ``reasons.why``."""
    c = situation.curriculum
    skill = int(c.activity_skill[activity])
    if code == "pinned":
        code = pin_code(situation.plan, c.skills[skill].id, c.activities[activity].id)
    items = c.activity_items[c.activity_items_at[activity] : c.activity_items_at[activity + 1]]
    predicted = float(np.mean(situation.model.predict(situation.belief, c, items)))
    only = Alternative(concrete(situation, [activity])[0], c.skills[skill].id, 1.0, 1.0)
    claim = claim_on(situation.plan, c.activities[activity].id) if code == "planned" else None
    if claim is not None:
        return Choice(0, (only,), predicted, "claimed", claimed(claim, title(c, skill)), overrides)
    return Choice(0, (only,), predicted, code, why(code, c, situation.profile, skill, activity, other), overrides)


def claim_on(plan: EffectivePlan, activity: str) -> Claim | None:
    """What another system says, if that is why an activity is pinned."""
    return next((claim for claim in plan.claims if catalogue_id(claim.activity) == activity), None)
