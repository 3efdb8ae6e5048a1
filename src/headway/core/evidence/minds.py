"""Simulated learners in bulk, drawn from fitted generators: what they know, how practice, time and prerequisites change it.

Made to compare policies on many thousand answers: an answer is right or wrong and nothing more (whole answers, hints and
misconceptions are in :mod:`headway.core.evidence.simulate`). All chance is drawn beforehand, a row a learner and a column
an answer, so that a learner has the same luck under every policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import gammaincinv

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.evidence.fitted import GROWING, SWITCHING, Growing, Switching
from headway.core.mastery.kernels import DAY, SPACED

Bools = NDArray[np.bool_]
QUANTILES = 4096


class Minds(Protocol):
    """Learners by number, skills and items by the curriculum's numbers. ``luck`` lies in [0, 1)."""

    @property
    def prior(self) -> Floats:
        """Each learner's general ability at the beginning, in standard deviations or logits; only its order matters."""

    def chance(self, learner: int, item: int, now: float) -> float:
        """Return the chance of a right answer."""

    def practise(self, learner: int, item: int, right: bool, now: float, luck: float, more: float) -> None:
        """Let the learner learn from an item; in place."""

    def held(self, now: Floats) -> Bools:
        """Say which skills each learner holds at ``now`` [L]; shape [L, S]."""


@compiled
def _grown(grown: Floats, at: Floats, reviews: Floats, skill: int, now: float, forget: float) -> float:
    if grown[skill] <= 0.0:
        return 0.0
    days = max(now - at[skill], 0.0) / DAY
    return float(max(grown[skill] - forget * np.log1p(days) / (1.0 + reviews[skill]), 0.0))


@compiled
def _ability(
    skill: int, now: float, fixed: Floats, grown: Floats, at: Floats, reviews: Floats, before_at: Ints, before: Ints,
    forget: float, transfer: float,
) -> float:  # fmt: skip
    total = fixed[skill] + _grown(grown, at, reviews, skill, now, forget)
    count = before_at[skill + 1] - before_at[skill]
    for place in range(before_at[skill], before_at[skill + 1]):
        total += transfer / count * _grown(grown, at, reviews, before[place], now, forget)
    return float(total)


@compiled
def _grow(
    skill: int, right: bool, now: float, gain: float, grown: Floats, at: Floats, reviews: Floats, before_at: Ints,
    before: Ints, forget: float, refresh: float,
) -> None:  # fmt: skip
    kept = _grown(grown, at, reviews, skill, now, forget)
    if at[skill] > 0.0 and now - at[skill] >= SPACED:
        reviews[skill] = reviews[skill] + 1.0 if right else np.floor(reviews[skill] / 2.0)
    grown[skill] = kept + gain
    at[skill] = now
    for place in range(before_at[skill], before_at[skill + 1]):
        earlier = before[place]
        if at[earlier] > 0.0:
            at[earlier] += refresh * max(now - at[earlier], 0.0)


@compiled
def _all_held(
    now: Floats, fixed: Floats, grown: Floats, at: Floats, reviews: Floats, bar: Floats, before_at: Ints, before: Ints,
    forget: float, transfer: float, out: Bools,
) -> None:  # fmt: skip
    for learner in range(fixed.shape[0]):
        for skill in range(fixed.shape[1]):
            out[learner, skill] = (
                _ability(
                    skill, now[learner], fixed[learner], grown[learner], at[learner], reviews[learner], before_at,
                    before, forget, transfer,
                ) >= bar[skill]
            )  # fmt: skip


@dataclass(slots=True, eq=False)
class GrowingMinds:
    """``fixed`` ability without practice, ``grown`` by practice, when last practised, spaced successes; float64 [L, S]."""

    numbers: Growing
    curriculum: Curriculum
    prior: Floats
    fixed: Floats
    grown: Floats
    at: Floats
    reviews: Floats
    difficulty: Floats
    gains: Floats

    def chance(self, learner: int, item: int, now: float) -> float:
        """Logistic in ability less the item's true difficulty."""
        c, n = self.curriculum, self.numbers
        total, skills = 0.0, c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]].tolist()
        for skill in skills:
            total += _ability(
                skill, now, self.fixed[learner], self.grown[learner], self.at[learner], self.reviews[learner],
                c.before_at, c.before, n.forget, n.transfer,
            )  # fmt: skip
        return float(1.0 / (1.0 + np.exp(self.difficulty[item] - total / len(skills))))

    def practise(self, learner: int, item: int, right: bool, now: float, luck: float, more: float) -> None:
        """Each skill of the item grows by a gamma number of the fitted mean and variance; prerequisites are refreshed."""
        c, n = self.curriculum, self.numbers
        gain = float(self.gains[int(luck * QUANTILES)])
        for skill in c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]].tolist():
            _grow(
                skill, right, now, gain, self.grown[learner], self.at[learner], self.reviews[learner], c.before_at,
                c.before, n.forget, n.refresh,
            )  # fmt: skip

    def held(self, now: Floats) -> Bools:
        """At least ``secure`` above the middle item."""
        c, n, out = self.curriculum, self.numbers, np.zeros(self.fixed.shape, np.bool_)
        _all_held(
            now, self.fixed, self.grown, self.at, self.reviews, c.base + n.secure, c.before_at, c.before, n.forget,
            n.transfer, out,
        )  # fmt: skip
        return out


def growing(
    curriculum: Curriculum, level: int, count: int, rng: Generator, world: Generator, numbers: Growing = GROWING
) -> GrowingMinds:
    """Draw ``count`` learners at the beginning of grade level ``level``: overall ability, then each skill around it and, by
    ``transfer``, around what its prerequisites lie above it. What is the same for all learners comes from ``world``."""
    n, c, size = numbers, curriculum, (count, len(curriculum.skills))
    middle = float(np.mean(c.base[c.level == level])) + n.start
    overall = middle + n.overall**0.5 * rng.normal(size=count)
    own = n.spread**0.5 * rng.normal(size=size)
    for skill in range(size[1]):
        before = c.before[c.before_at[skill] : c.before_at[skill + 1]]
        if len(before):
            own[:, skill] = (
                n.transfer * own[:, before].mean(1) + (1.0 - n.transfer**2 / len(before)) ** 0.5 * own[:, skill]
            )
    difficulty = c.difficulty + n.items * world.normal(size=len(c.items))
    shape = n.learn**2 / n.drift
    gains = gammaincinv(shape, (np.arange(QUANTILES) + 0.5) / QUANTILES) * n.drift / n.learn
    grown, at, reviews = (np.zeros(size) for _ in range(3))
    return GrowingMinds(n, c, overall, overall[:, None] + own, grown, at, reviews, difficulty, gains)


@dataclass(slots=True, eq=False)
class SwitchingMinds:
    """``until`` when each skill will be forgotten (0: not known), ``at`` when it was practised, ``life`` its half-life in
    seconds; float64 [L, S]. ``learns`` logits [L, S]; ``guess`` and ``slip`` logits by item [I]."""

    numbers: Switching
    curriculum: Curriculum
    prior: Floats
    until: Floats
    at: Floats
    life: Floats
    learns: Floats
    guess: Floats
    slip: Floats

    def chance(self, learner: int, item: int, now: float) -> float:
        """All skills of the item known: right but for a slip; else a guess."""
        c = self.curriculum
        skills = c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]]
        if bool((self.until[learner, skills] > now).all()):
            return float(1.0 / (1.0 + np.exp(self.slip[item])))
        return float(1.0 / (1.0 + np.exp(-self.guess[item])))

    def practise(self, learner: int, item: int, right: bool, now: float, luck: float, more: float) -> None:
        """What is known is kept for longer; what is not may be learnt, less likely over unknown prerequisites."""
        c = self.curriculum
        for skill in c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]].tolist():
            _switch(
                skill, now, luck, more, self.until[learner], self.at[learner], self.life[learner], self.learns[learner],
                c.before_at, c.before, self.numbers.gate, self.numbers.growth, self.numbers.refresh,
            )  # fmt: skip

    def held(self, now: Floats) -> Bools:
        """Known and not yet forgotten."""
        return self.until > now[:, None]


@compiled
def _switch(
    skill: int, now: float, luck: float, more: float, until: Floats, at: Floats, life: Floats, learns: Floats,
    before_at: Ints, before: Ints, gate: float, growth: float, refresh: float,
) -> None:  # fmt: skip
    missing = 0
    for place in range(before_at[skill], before_at[skill + 1]):
        missing += until[before[place]] <= now
    known = until[skill] > now
    if known or luck < 1.0 / (1.0 + np.exp(gate * missing - learns[skill])):
        if known and at[skill] > 0.0 and now - at[skill] >= SPACED:
            life[skill] *= growth
        until[skill] = now - life[skill] * np.log2(1.0 - more)
    at[skill] = now
    for place in range(before_at[skill], before_at[skill + 1]):
        earlier = before[place]
        if until[earlier] > now and at[earlier] > 0.0:
            part = refresh * max(now - at[earlier], 0.0)
            until[earlier] += part
            at[earlier] += part


def switching(
    curriculum: Curriculum, level: int, count: int, rng: Generator, world: Generator, now: float,
    numbers: Switching = SWITCHING,
) -> SwitchingMinds:  # fmt: skip
    """Draw ``count`` learners at the beginning (``now``) of grade level ``level``, prerequisites first; ``world`` as there."""
    n, c, size = numbers, curriculum, (count, len(curriculum.skills))
    trait = rng.normal(size=count)
    of_skill = world.normal(size=(4, size[1]))
    odds = n.known + n.known_spread * of_skill[0] + n.year * (level - c.level) + n.learner_known * trait[:, None]
    learns = n.learns + n.learns_spread * of_skill[1] + n.learner_learns * trait[:, None]
    luck, known = rng.random(size), np.zeros(size, np.bool_)
    for skill in range(size[1]):
        before = c.before[c.before_at[skill] : c.before_at[skill + 1]]
        missing = (~known[:, before]).sum(1)
        known[:, skill] = luck[:, skill] < 1.0 / (1.0 + np.exp(n.gate * missing - odds[:, skill]))
    life = np.full(size, n.half_life * DAY)
    until = np.where(known, now - life * np.log2(1.0 - rng.random(size)), 0.0)
    first = c.item_skills[c.item_skills_at[:-1]]
    hard = n.item * (c.difficulty - c.base[first] + n.items * world.normal(size=len(c.items)))
    guess = np.minimum(n.guess + n.guess_spread * of_skill[2][first], 0.0) - hard
    slip = np.minimum(n.slip + n.slip_spread * of_skill[3][first], 0.0) + hard
    return SwitchingMinds(n, c, trait, until, np.zeros(size), life, learns, guess, slip)
