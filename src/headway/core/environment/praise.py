"""Who has earned a good word today, and for what: effort and mending, not rank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from headway.core.environment.attention import Snapshot
from headway.core.text import T, Text

PraiseCode = Literal["persisted", "reached", "corrected", "back", "goal"]
ORDER: tuple[PraiseCode, ...] = ("persisted", "reached", "corrected", "back", "goal")
"""Perseverance first: what a teacher's word strengthens most is effort that paid off."""
CORRECTED = 2
"""Own mistakes mended in one day: one is a slip, two are a habit worth naming."""
MISSES = 3
"""Wrong first answers in a row before a right one, for ``persisted``."""
BREAK_DAYS = 7.0
"""Longer than a weekend with a holiday."""


@dataclass(frozen=True, slots=True)
class GoodWord:
    """Who and for what; ``reason`` goes on after the learner's name and ``said`` speaks to the learner;
    ``strength`` counts what it rests on."""

    learner: str
    code: PraiseCode
    reason: Text
    said: Text
    strength: int = 0


def worth_a_good_word(snapshots: Iterable[Snapshot]) -> list[GoodWord]:
    """Return at most one good word a learner, in the order of :data:`ORDER`, the stronger first."""
    words = [word for snapshot in snapshots if (word := good_word(snapshot)) is not None]
    return sorted(words, key=lambda word: (ORDER.index(word.code), -word.strength, word.learner))


def good_word(s: Snapshot) -> GoodWord | None:
    """Return the first thing worth saying to somebody who practised today, or None."""
    if s.tried == 0:
        return None
    if persisted(s.recent):
        return GoodWord(
            s.learner,
            "persisted",
            T("kept at “{skill}” through {count} misses and got it.", skill=s.skill, count=_misses(s.recent)),
            T("You kept at “{skill}” and got it. That is how it is done.", skill=s.skill),
            _misses(s.recent),
        )
    if s.reached:
        return GoodWord(
            s.learner,
            "reached",
            T("reached “{skill}” today.", skill=s.reached[0]),
            T("You reached “{skill}” today. Well worked.", skill=s.reached[0]),
            len(s.reached),
        )
    if s.corrected >= CORRECTED:
        return GoodWord(
            s.learner,
            "corrected",
            T("found and fixed their own slip {count} times.", count=s.corrected),
            T("You found and fixed your own slip {count} times today.", count=s.corrected),
            s.corrected,
        )
    if s.away >= BREAK_DAYS:
        return GoodWord(
            s.learner,
            "back",
            T("is back after {count} days and practicing.", count=int(s.away)),
            T("Good to have you back at it."),
        )
    if s.goal and s.activities >= s.goal:
        return GoodWord(
            s.learner,
            "goal",
            T("reached today’s goal and kept going.") if s.activities > s.goal else T("reached today’s goal."),
            T("You reached today’s goal."),
        )
    return None


def persisted(recent: tuple[bool, ...]) -> bool:
    """Say whether the newest first answer is right after a run of :data:`MISSES` wrong ones or more."""
    return bool(recent) and recent[-1] and _misses(recent) >= MISSES


def _misses(recent: tuple[bool, ...]) -> int:
    """Wrong ones just before the newest."""
    count = 0
    for right in reversed(recent[:-1]):
        if right:
            break
        count += 1
    return count
