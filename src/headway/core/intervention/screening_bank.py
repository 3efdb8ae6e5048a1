"""The item bank that a curriculum gives by itself: every template is a family of items, every seed one of them.

A family's difficulty is the one that the learner model uses, so a screening speaks the scale of practice. Items of a family
differ, and skills differ within a learner; both make an item tell less than a calibrated one of the same difficulty
(Glas and van der Linden, "Computerized adaptive testing with item cloning", APM 27, 2003). A common discrimination
below 1 says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt

from headway.core.curriculum.catalogue import Curriculum, grade_level
from headway.core.mastery.state import State
from headway.core.measurement.adaptive.design import Design, Range
from headway.core.measurement.adaptive.pool import Pool, pool_of
from headway.core.measurement.items import item_bank
from headway.core.profile.screened import SKILL_SPREAD

DISCRIMINATION = 1.0 / sqrt(1.0 + pi * SKILL_SPREAD / 8.0)
BELOW, ABOVE = 2, 1
"""A screening of a grade reaches two grades down and one up."""
FEWEST = 30
"""With fewer families than this the reach is widened."""
MINIMUM, MAXIMUM, SE = 8, 24, 0.45
"""Items, and the standard error in logits to stop at: a reliability of 0.8 within a grade."""
DOMAIN_SHARE = 0.4
FLOOR, CEILING, AGEING = 0.15, 1.5, 0.10
"""Bounds of the prior's variance, and what is added for days without practice and for skills never practised."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What practice lets expect before the first item, in logits."""

    mean: float
    variance: float


def family_pool(curriculum: Curriculum, grade: str) -> Pool:
    """Return the pool of a grade: its families by difficulty, with their domains; a test has one item of a skill.

    Raises ValueError when the curriculum has no generated problems.
    """
    places = [n for n, each in enumerate(curriculum.activities) if each.kind == "generated" and len(each.items) == 1]
    level = grade_level(grade)
    for more in range(12):
        chosen = [n for n in places if level - BELOW - more <= _level(curriculum, n) <= level + ABOVE + more]
        if len(chosen) >= FEWEST or len(chosen) == len(places):
            break
    if not chosen:
        raise ValueError("the curriculum has no generated problems to screen with: import a bank of items")
    items = [curriculum.activities[n].items[0].id for n in chosen]
    skills = [int(curriculum.activity_skill[n]) for n in chosen]
    return pool_of(
        item_bank(
            items,
            [float(curriculum.difficulty[curriculum.item_number[i]]) for i in items],
            model="2pl",
            a=DISCRIMINATION,
        ),
        content={"domain": [curriculum.skills[n].domain for n in skills]},
        groups=[curriculum.skills[n].id for n in skills],
    )


def screening_design(pool: Pool, *, seconds: float = 0.0) -> Design:
    """Return the rules of a screening on a pool: broad over its domains, and no longer than it has skills."""
    size = len({int(group) if group >= 0 else -1 - n for n, group in enumerate(pool.group.tolist())})
    maximum = min(MAXIMUM, size)
    ranges: tuple[Range, ...] = ()
    if pool.dimensions:
        most = max(int(DOMAIN_SHARE * maximum + 0.999), maximum // max(len(pool.categories[0]), 1) + 1)
        ranges = tuple(Range(pool.dimensions[0], name, 0, most) for name in pool.categories[0])
    return Design(minimum=min(MINIMUM, maximum), maximum=maximum, se=SE, ranges=ranges, seconds=seconds)


def prior_of(state: State) -> Prior:
    """Return the prior that a profile's state gives: the more practice it rests on, the shorter the screening."""
    return Prior(state.overall_mean, min(max(state.overall_variance + AGEING, FLOOR), CEILING))


def _level(curriculum: Curriculum, activity: int) -> int:
    return int(curriculum.level[curriculum.activity_skill[activity]])
