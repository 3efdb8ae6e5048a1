"""Skills as boards and profile pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Literal

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.criterion import probability
from headway.core.mastery.decks import AHEAD, decks_of, standing
from headway.core.mastery.detectors.odds import slip_chance, spin_chance
from headway.core.mastery.kernels import DAY, chance
from headway.core.mastery.models import DEFAULT_MODEL, MODELS, Models
from headway.core.profile.profile import Profile

Status = Literal["mastered", "near", "learning", "starting", "stuck", "new"]

NEAR = 0.6
"""Probability of being above the criterion from which a skill is called near."""


@dataclass(frozen=True, slots=True)
class SkillView:
    """One touched skill at one moment. ``ability`` and its standard deviation ``sd`` are logits, forgetting included;
    ``p_next`` is the chance to solve a middle item now; ``secure`` the probability of lying above the mastery
    criterion (of a deck: the mean chance to know a card at its horizon); ``n`` first attempts, ``right`` of them without
    help, ``recent`` the last eight of them, newest last; ``due_at`` when a retention check is due and ``mastered_at`` since
    when it is mastered, 0 if not."""

    skill: str
    number: int
    status: Status
    ability: float
    sd: float
    p_next: float
    secure: float
    n: int
    right: int
    recent: tuple[bool, ...]
    attempts: int
    seconds: float
    last_at: float
    due_at: float
    mastered_at: float
    wrong_run: int


def skill_views(
    profile: Profile, curriculum: Curriculum, now: float, *, model: str = DEFAULT_MODEL, models: Models = MODELS
) -> list[SkillView]:
    """Return the touched skills that the curriculum knows, in its order."""
    belief = models[model].belief(profile.state, curriculum, now)
    numbers = np.flatnonzero(belief.row >= 0)
    rows = profile.state.skills[belief.row[numbers]].tolist()
    means, variances = belief.mean[numbers].tolist(), belief.variance[numbers].tolist()
    bases, skills = curriculum.base[numbers].tolist(), curriculum.skills
    views, decks = [], decks_of(curriculum)
    for number, row, mean, variance, base in zip(numbers.tolist(), rows, means, variances, bases, strict=True):
        _, _, _, last_at, due_at, mastered_at, n, right, attempts, _, pattern, wrong_run, _, _, seconds = row
        deck = decks is not None and decks.is_deck[number]
        secure = probability(mean, variance, base) if not deck else deck_secure(profile, curriculum, number, now)
        views.append(
            SkillView(
                skills[number].id,
                number,
                _status(mastered_at, wrong_run, n, secure),
                mean,
                sqrt(variance),
                float(chance(mean - base, variance)),
                secure,
                n,
                right,
                _answers(pattern, min(n, 8)),
                attempts,
                seconds,
                last_at,
                due_at,
                mastered_at,
                wrong_run,
            )
        )
    return views


def deck_secure(profile: Profile, curriculum: Curriculum, deck: int, now: float) -> float:
    """Return the mean chance to know a card of a deck (its number as a skill) at the criterion's horizon."""
    decks = decks_of(curriculum)
    return 0.0 if decks is None else standing(profile.cards, decks, deck, now + AHEAD * DAY)


def odds_of(view: SkillView, views: Iterable[SkillView]) -> tuple[float, float]:
    """Return the chance that a skill goes on without success and the chance that its last answer, if a miss, was a slip (0
    if it was right or none), from the learner's ``views`` of all skills; see :mod:`headway.core.mastery.detectors.odds`."""
    if not view.recent:
        return 0.0, 0.0
    pairs = [(each.n, each.right) for each in views]
    tried, right = sum(n for n, _ in pairs), sum(r for _, r in pairs)
    pattern = sum(1 << place for place, good in enumerate(reversed(view.recent)) if good)
    slip = 0.0 if view.recent[-1] else slip_chance(pattern >> 1, min(view.n - 1, 7), tried - 1, right)
    return spin_chance(pattern, view.n, tried, right), slip


@lru_cache(maxsize=2304)
def _answers(pattern: int, count: int) -> tuple[bool, ...]:
    """The last ``count`` first attempts of a bit pattern, newest last."""
    return tuple(bool(pattern >> place & 1) for place in reversed(range(count)))


def _status(mastered_at: float, wrong_run: int, n: int, secure: float) -> Status:
    """``stuck``: three first attempts wrong in a row; ``starting``: fewer than three first attempts."""
    if mastered_at > 0.0:
        return "mastered"
    if wrong_run >= 3:
        return "stuck"
    if n == 0:
        return "new"
    if secure >= NEAR:
        return "near"
    return "starting" if n < 3 else "learning"
