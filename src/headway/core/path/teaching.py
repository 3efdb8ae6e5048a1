"""Teach-back: a child teaches at home what was mastered lately, and a grown-up then solves one problem of it.

Teaching is a strong way to keep a skill (Fiorella and Mayer 2013, "The relative benefits of learning by teaching and teaching
expectancy", Contemporary Educational Psychology 38). What comes back is *not* an answer of the child: the grown-up may have known
the skill before, and nobody saw who solved the problem. So it moves neither ability nor mastery. It is written down beside the
ledger, and it brings one problem of the skill onto the child's path some days later; that answer counts as any other does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from headway.core.curriculum.activities import ActivityInfo
from headway.core.curriculum.catalogue import Curriculum, stable_key
from headway.core.curriculum.generators.base import activity_id
from headway.core.events import MasteryEntry
from headway.core.path.policy import seed_of

LATELY = 28 * 86400.0
"""Seconds since a skill was reached within which it is taught back."""
MOST = 3
CHECK_AFTER, CHECK_FOR = 3 * 86400.0, 14 * 86400.0
"""Seconds until the problem comes to the child's path, and for how long the plan brings it."""
EXPLAINED = ("alone", "helped", "not-yet")
"""How the child explained: so that the grown-up could follow, with help of notes or questions, or it did not work yet."""


def teachable(ledger: Iterable[MasteryEntry], taught: Mapping[str, float], now: float) -> tuple[str, ...]:
    """Return up to three skills to teach, the newest first: reached lately, not lost since, and not taught since they were
    reached (``taught``: skill -> when it was taught last)."""
    reached: dict[str, float] = {}
    for entry in sorted(ledger, key=lambda each: each.at):
        if entry.kind == "reached":
            reached[entry.skill] = entry.at
        elif entry.kind == "lost":
            reached.pop(entry.skill, None)
    found = [(at, skill) for skill, at in reached.items() if now - at <= LATELY and taught.get(skill, 0.0) < at]
    return tuple(skill for _at, skill in sorted(found, reverse=True)[:MOST])


def questions(curriculum: Curriculum, skill: str, learner: str, times: int) -> tuple[str, ...]:
    """Return concrete activities of a skill to ask the grown-up, the plainest first. The same skill, learner and number of
    ``times`` that it was taught give the same ones, so that a page that is opened again asks the same."""
    return tuple(
        info.id if info.kind == "imported" else activity_id(info.id, seed_of(f"teach:{learner}:{info.id}:{times}"))
        for info in sorted(_activities(curriculum, skill), key=lambda info: (info.level, info.id))
    )


def check_of(curriculum: Curriculum, skill: str, asked: str, recent: frozenset[int]) -> str:
    """Return the activity that the child meets some days later: another one than the grown-up was asked where there is one, not
    given lately (stable keys), of the middle level."""
    found: Sequence[str] = [
        info.id
        for info in sorted(
            _activities(curriculum, skill),
            key=lambda info: (info.id == asked, stable_key(info.id) in recent, abs(info.level - 2), info.id),
        )
    ]
    return found[0] if found else ""


def _activities(curriculum: Curriculum, skill: str) -> list[ActivityInfo]:
    number = curriculum.skill_number.get(skill)
    if number is None:
        return []
    at = curriculum.skill_activities_at
    return [curriculum.activities[n] for n in curriculum.skill_activities[at[number] : at[number + 1]].tolist()]
