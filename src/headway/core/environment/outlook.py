"""One learner's skills as a few lists that anybody can read: solid, under way, next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.environment.readiness import FRESH
from headway.core.profile.views import SkillView


@dataclass(frozen=True, slots=True)
class Outlook:
    """``solid``: mastered, the newest first; ``under_way``: practised within two weeks and not mastered, the latest first;
    ``resting``: touched earlier and not mastered; ``following``: untouched skills that build on the first two (numbers in
    the curriculum), those first of whose prerequisites most are begun, then those near the grade of these two."""

    solid: tuple[SkillView, ...]
    under_way: tuple[SkillView, ...]
    resting: tuple[SkillView, ...]
    following: tuple[int, ...]


def outlook(
    views: Mapping[int, SkillView], curriculum: Curriculum, order: Sequence[int], now: float, *, most: int = 3
) -> Outlook:
    """Sort a learner's touched skills (by number); ``following`` holds at most ``most``."""
    solid = sorted((v for v in views.values() if v.status == "mastered"), key=lambda v: (-v.mastered_at, v.number))
    rest = sorted((v for v in views.values() if v.status != "mastered"), key=lambda v: (-v.last_at, v.number))
    under_way = tuple(v for v in rest if now - v.last_at <= FRESH)
    base = {v.number for v in (*solid, *under_way)}
    return Outlook(
        solid=tuple(solid),
        under_way=under_way,
        resting=tuple(v for v in rest if now - v.last_at > FRESH),
        following=_following(base, views, curriculum, order, most),
    )


def _following(
    base: set[int], touched: Mapping[int, SkillView], curriculum: Curriculum, order: Sequence[int], most: int
) -> tuple[int, ...]:
    c = curriculum
    after = {
        int(later)
        for number in base
        for later in c.after[c.after_at[number] : c.after_at[number + 1]]
        if later not in touched
    }
    place = {number: position for position, number in enumerate(order)}
    level = float(np.mean([c.level[number] for number in base])) if base else 0.0
    practised = [n for n in after if c.skill_activities_at[n + 1] > c.skill_activities_at[n]]
    return tuple(sorted(practised, key=lambda n: (_missing(n, base, c), abs(c.level[n] - level), place[n]))[:most])


def _missing(number: int, base: set[int], curriculum: Curriculum) -> int:
    """How many direct prerequisites have not been begun."""
    at = curriculum.before_at
    return sum(int(n) not in base for n in curriculum.before[at[number] : at[number + 1]])


def likely_range(view: SkillView, base: float) -> tuple[float, float]:
    """Return the chances to solve a middle item (of difficulty ``base`` in logits) at one standard deviation below and
    above the ability: it lies in between with a probability of about two thirds.

    >>> from dataclasses import replace
    >>> from headway.core.profile.views import SkillView
    >>> view = SkillView("S", 0, "near", 1.0, 0.5, 0.7, 0.5, 6, 4, (), 7, 90.0, 0.0, 0.0, 0.0, 0)
    >>> [round(chance, 2) for chance in likely_range(view, 0.0)]
    [0.62, 0.82]
    """
    return _sigmoid(view.ability - view.sd - base), _sigmoid(view.ability + view.sd - base)


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + exp(-x))
