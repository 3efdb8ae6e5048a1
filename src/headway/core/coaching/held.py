"""Hints that give the key away: the last rungs of a ladder, held back until honest tries or until somebody opens them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from headway.core.curriculum.problems import Hint

HONEST_TRIES = 2
"""Wrong answers to a step after which what gives the key away may be seen."""


def ladder_of(hints: Sequence[Hint], wrong: int, opened: Collection[str] = ()) -> tuple[Hint, ...]:
    """The hints that a learner may open now, in their order. ``wrong`` counts wrong answers to the step, ``opened`` are the
    identifiers of hints that somebody opened.

    Hints that give the key away come last, opened ones first among them, so that a hint which was shown once keeps its place.
    """
    free = [hint for hint in hints if not hint.reveals]
    opened_ones = [hint for hint in hints if hint.reveals and hint.id in opened]
    others = [hint for hint in hints if hint.reveals and hint.id not in opened]
    return (*free, *opened_ones, *(others if wrong >= HONEST_TRIES else ()))


def held_back(hints: Sequence[Hint], wrong: int, opened: Collection[str] = ()) -> tuple[Hint, ...]:
    """The hints that a learner may not open yet."""
    if wrong >= HONEST_TRIES:
        return ()
    return tuple(hint for hint in hints if hint.reveals and hint.id not in opened)
