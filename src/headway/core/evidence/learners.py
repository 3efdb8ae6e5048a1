"""Simulated learners: what they know, how they learn and forget, and how they behave.

They are made to be unlike the served model, so that a policy cannot win by knowing the equations: knowledge is a
fixed part plus a learnt part that saturates, decays exponentially with a half-life and is held back by weak
prerequisites; an item of several skills needs all of them; answers have slips, lucky guesses, misconceptions and
rapid guessing.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from math import exp

import numpy as np
from numpy.random import Generator

from headway.core.curriculum.catalogue import Curriculum, Floats, Ints, grade_level

DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Population:
    """From where learners are drawn. Spreads are standard deviations in logits, rates are probabilities; ``gap`` is
    what a year of school adds, ``related`` the share of a skill's strength that comes from its prerequisites'."""

    ability: float = 0.8
    domain: float = 0.35
    skill: float = 0.6
    related: float = 0.6
    gap: float = 0.75
    learning: float = 0.30
    learning_spread: float = 0.35
    half_life: float = 9.0
    misconception: float = 0.2
    slip: tuple[float, float] = (0.02, 0.10)
    rapid: tuple[float, float] = (1.0, 25.0)
    avoids_help: float = 0.3
    attendance: tuple[float, float] = (24.0, 1.8)


TYPICAL = Population()


@dataclass(slots=True)
class SimulatedLearner:
    """One learner's mind; practice changes it. Arrays are float64 [S] by the curriculum's skill numbers: ``fixed``
    strength against a middle item of the skill, ``learnt`` on top of it, ``last_at`` and ``half_life`` (days) of
    the learnt part. ``pace`` multiplies times, ``effort`` falls through a sitting and recovers over night."""

    id: str
    grade: str
    interests: tuple[str, ...]
    fixed: Floats
    learnt: Floats
    last_at: Floats
    half_life: Floats
    rate: float
    slip: float
    rapid: float
    avoids_help: bool
    help_seeking: float
    attendance: float
    pace: float
    salt: int
    misconception: float
    mended: dict[str, int]

    def holds(self, misconception: str) -> bool:
        """Say whether the learner (still) thinks that way; fixed by the learner's salt until it is mended twice."""
        digest = blake2b(f"{self.salt}:{misconception}".encode(), digest_size=4).digest()
        born = int.from_bytes(digest, "little") / 2**32 < self.misconception
        return born and self.mended.get(misconception, 0) < 2

    def strength(self, skill: int, now: float) -> float:
        """Return the strength in a skill at ``now``, in logits against a middle item of the skill."""
        learnt = float(self.learnt[skill])
        if learnt > 0.0:
            days = max(now - float(self.last_at[skill]), 0.0) / DAY
            learnt *= 0.35 + 0.65 * 2.0 ** (-days / float(self.half_life[skill]))
        return float(self.fixed[skill]) + learnt


def draw(
    name: str,
    grade: str,
    curriculum: Curriculum,
    rng: Generator,
    *,
    population: Population = TYPICAL,
    interests: tuple[str, ...] = (),
    ability: float | None = None,
) -> SimulatedLearner:
    """Draw a learner of a grade; ``ability`` (logits against the grade) is drawn too unless given."""
    p, count = population, len(curriculum.skills)
    general = float(rng.normal(0.0, p.ability)) if ability is None else ability
    domains: dict[str, float] = {}
    own = _correlated(curriculum, rng.normal(0.0, 1.0, count), p.related)
    fixed = general + p.gap * (grade_level(grade) - curriculum.level) + p.skill * own
    for number, skill in enumerate(curriculum.skills):
        if skill.domain not in domains:
            domains[skill.domain] = float(rng.normal(0.0, p.domain))
        fixed[number] += domains[skill.domain]
    return SimulatedLearner(
        id=name,
        grade=grade,
        interests=interests,
        fixed=np.clip(fixed, -4.0, 3.0),
        learnt=np.zeros(count),
        last_at=np.zeros(count),
        half_life=np.full(count, p.half_life),
        rate=p.learning * exp(float(rng.normal(0.0, p.learning_spread))),
        slip=float(rng.uniform(*p.slip)),
        rapid=float(rng.beta(*p.rapid)),
        avoids_help=bool(rng.random() < p.avoids_help),
        help_seeking=float(rng.uniform(0.2, 0.8)),
        attendance=float(rng.beta(*p.attendance)),
        pace=exp(float(rng.normal(0.0, 0.3))),
        salt=int(rng.integers(2**32)),
        misconception=p.misconception / (1.0 + exp(1.2 * general)) * 2.0,
        mended={},
    )


def _correlated(curriculum: Curriculum, noise: Floats, share: float) -> Floats:
    """Mix each skill's own noise with its prerequisites' values (in graph order), keeping the variance near one."""
    out = noise.copy()
    for skill in range(len(noise)):
        before: Ints = curriculum.before[curriculum.before_at[skill] : curriculum.before_at[skill + 1]]
        if len(before):
            out[skill] = share * out[before].mean() + (1.0 - share * share) ** 0.5 * noise[skill]
    return out


def practise(learner: SimulatedLearner, curriculum: Curriculum, skills: Ints, chance: float, now: float) -> None:
    """Learn from having worked on a step and seen the feedback; in place.

    Most is learnt where success was likely but not sure; weak prerequisites hold learning back; what has decayed is
    relearnt, and a practice on another day lengthens the half-life.
    """
    reach = exp(-(((chance - 0.72) / 0.35) ** 2))
    for skill in skills.tolist():
        before = curriculum.before[curriculum.before_at[skill] : curriculum.before_at[skill + 1]].tolist()
        weakest = min((learner.strength(earlier, now) for earlier in before), default=2.0)
        footing = 1.0 / (1.0 + exp(-1.5 * (weakest + 0.5)))
        kept = learner.strength(skill, now) - float(learner.fixed[skill])
        room = max(1.0 - kept / 4.0, 0.0)
        if learner.last_at[skill] > 0.0 and now - learner.last_at[skill] > 0.7 * DAY:
            learner.half_life[skill] = min(learner.half_life[skill] * 1.6, 400.0)
        learner.learnt[skill] = kept + learner.rate * reach * footing * room
        learner.last_at[skill] = now
