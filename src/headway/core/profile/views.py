"""Skills as boards and profile pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.criterion import probability
from headway.core.mastery.kernels import chance
from headway.core.mastery.models import DEFAULT_MODEL, MODELS
from headway.core.profile.profile import Profile

Status = Literal["mastered", "near", "learning", "starting", "stuck", "new"]

NEAR = 0.6
"""Probability of being above the criterion from which a skill is called near."""


@dataclass(frozen=True, slots=True)
class SkillView:
    """One touched skill at one moment. ``ability`` and its standard deviation ``sd`` are logits, forgetting included;
    ``p_next`` is the chance to solve a middle item now; ``secure`` the probability of lying above the mastery
    criterion; ``n`` first attempts, ``right`` of them without help, ``recent`` the last eight of them, newest last;
    ``due_at`` when a retention check is due and ``mastered_at`` since when it is mastered, 0 if not."""

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


def skill_views(profile: Profile, curriculum: Curriculum, now: float, *, model: str = DEFAULT_MODEL) -> list[SkillView]:
    """Return the touched skills that the curriculum knows, in its order."""
    belief = MODELS[model].belief(profile.state, curriculum, now)
    rows = profile.state.skills.tolist()
    names = profile.state.skills.dtype.names or ()
    views = []
    for number in np.flatnonzero(belief.row >= 0).tolist():
        row = dict(zip(names, rows[belief.row[number]], strict=True))
        mean, variance, base = (
            float(belief.mean[number]),
            float(belief.variance[number]),
            float(curriculum.base[number]),
        )
        secure, solve = probability(mean, variance, base), float(chance(mean - base, variance))
        n = row["n"]
        views.append(
            SkillView(
                skill=curriculum.skills[number].id,
                number=number,
                status=_status(row["mastered_at"], row["wrong_run"], n, secure),
                ability=mean,
                sd=sqrt(variance),
                p_next=solve,
                secure=secure,
                n=n,
                right=row["right"],
                recent=tuple(bool(row["pattern"] >> place & 1) for place in reversed(range(min(n, 8)))),
                attempts=row["attempts"],
                seconds=row["seconds"],
                last_at=row["last_at"],
                due_at=row["due_at"],
                mastered_at=row["mastered_at"],
                wrong_run=row["wrong_run"],
            )
        )
    return views


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
