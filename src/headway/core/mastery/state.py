"""What a learner model remembers of one learner, and one piece of evidence that moves it.

The state is constant in size per touched skill (64 bytes) and is a value: an update returns a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.events import Response

SKILL_STATE = np.dtype(
    [
        ("key", "<u8"),  # stable key of the skill; rows are sorted by it
        ("mean", "<f8"),  # ability in logits when last practised
        ("variance", "<f8"),
        ("last_at", "<f8"),  # last practised, epoch seconds
        ("due_at", "<f8"),  # retention check due, 0 = none
        ("mastered_at", "<f8"),  # mastered since, 0 = not
        ("n", "<u2"),  # first attempts
        ("right", "<u2"),  # of them right without help
        ("attempts", "<u2"),  # all responses
        ("helped", "<u2"),  # responses given after a hint
        ("pattern", "u1"),  # the last eight first attempts, newest in the lowest bit, 1 = right without help
        ("wrong_run", "u1"),  # first attempts wrong in a row
        ("reviews", "u1"),  # spaced successes, less what lapses took away
        ("lapses", "u1"),  # first attempts wrong after a gap of a day or more
        ("seconds", "<f4"),  # time spent
    ]
)
SkillStates = NDArray[np.void]
"""A structured array of SKILL_STATE, sorted by key."""

NO_SKILLS: SkillStates = np.zeros(0, SKILL_STATE)
NO_SKILLS.flags.writeable = False
NO_MEMORY: Floats = np.zeros(0)
NO_MEMORY.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A learner's ability: overall (mean and variance in logits) and for each touched skill. ``memory`` float64 is what
    a model remembers besides, in its own layout; most need none."""

    overall_mean: float
    overall_variance: float
    skills: SkillStates = field(default_factory=lambda: NO_SKILLS)
    memory: Floats = field(default_factory=lambda: NO_MEMORY)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One response as a model reads it. ``skills`` are numbers in the curriculum (at least one), ``difficulty`` is in
    logits on the ability scale, ``attempt`` counts from 1, ``seconds`` is the time taken, ``at`` epoch seconds; ``item``
    is its number in the curriculum, -1 if it is not in there."""

    skills: Ints
    difficulty: float
    correct: bool
    at: float
    attempt: int = 1
    hints: int = 0
    shown: bool = False
    seconds: float = 0.0
    item: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """What a model believes now of all S skills of a curriculum: ``mean`` and ``variance`` float64 [S] in logits,
    forgetting included; ``row`` int64 [S] is the skill's row in the state, -1 if it was never practised."""

    mean: Floats
    variance: Floats
    row: NDArray[np.int64]


def evidence_of(response: Response, curriculum: Curriculum) -> Evidence | None:
    """Translate a response; None if the curriculum knows neither its item nor any of its skills.

    An unknown item counts as a middle item of its skills.
    """
    number = curriculum.item_number.get(response.item)
    if number is None:
        skills = curriculum.skill_numbers(response.skills)
        if len(skills) == 0:
            return None
        difficulty = float(curriculum.base[skills].mean())
    else:
        skills = curriculum.item_skills[curriculum.item_skills_at[number] : curriculum.item_skills_at[number + 1]]
        difficulty = float(curriculum.difficulty[number])
    return Evidence(
        skills,
        difficulty,
        response.correct,
        response.at,
        response.attempt,
        response.hints,
        response.shown,
        response.seconds,
        -1 if number is None else number,
    )
