"""How much help comes next: more when it is asked for, a smaller step when it is asked for faster than one can read.

Asking for hint after hint until the last one, and trying values until one fits, are the two ways of gaming a tutor
(Baker, Corbett, Koedinger & Wagner 2004; Aleven, McLaren, Roll & Koedinger 2006). Both are answered with a question
that is easier than the step, never with a reproach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

RAPID = 4.0
"""Seconds: a hint asked for sooner after the last one was not read (a sentence takes a child about as long)."""
GUESSES = 3
BETWEEN_GUESSES = 8.0
"""Seconds between lines that do not follow, for them to be guesses."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done in a working: ``kind`` is ``line`` (``sound`` says whether it follows) or ``hint`` (``level`` is
    the level given, from 1); ``at`` in seconds since 1970."""

    kind: str
    at: float
    sound: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Help:
    """``level`` of the hint to give, from 1; 0 when there is none. ``small``: with a smaller step beside it."""

    level: int
    small: bool


def next_help(deeds: Sequence[Deed], now: float, available: int) -> Help:
    """The next level of hint for where the learner stands. A sound line begins anew at the first level.

    Asked for within :data:`RAPID` of the last one, without a line between, the level stays and a smaller step comes.
    """
    if not available:
        return Help(0, False)
    last = deeds[-1] if deeds else None
    since = _since_sound(deeds)
    given = max((deed.level for deed in since if deed.kind == "hint"), default=0)
    if last is not None and last.kind == "hint" and now - last.at < RAPID:
        return Help(min(max(given, 1), available), True)
    return Help(min(given + 1, available), guessing(deeds))


def guessing(deeds: Sequence[Deed]) -> bool:
    """Whether the last :data:`GUESSES` deeds are lines that do not follow, each within seconds of the one before."""
    last = deeds[-GUESSES:]
    return (
        len(last) == GUESSES
        and all(deed.kind == "line" and not deed.sound for deed in last)
        and all(b.at - a.at < BETWEEN_GUESSES for a, b in pairwise(last))
    )


def _since_sound(deeds: Sequence[Deed]) -> Sequence[Deed]:
    start = max((n + 1 for n, deed in enumerate(deeds) if deed.kind == "line" and deed.sound), default=0)
    return deeds[start:]
