"""A line of what Headway records, as it is said to other systems: one value for xAPI and for Caliper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

KINDS = ("response", "start", "screening", "reached")
"""Answers, starts of practice and finished screenings of the log; skills mastered of the ledger."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the log or the ledger: ``kind`` is one of :data:`KINDS`, ``thing`` the activity, or the skill that was
    mastered; ``at`` in seconds since 1970, ``seconds`` on the step; the fields of a response are those of the log."""

    id: str
    kind: str
    learner: str
    thing: str
    at: float
    step: int = 0
    answer: str = ""
    correct: bool = False
    attempt: int = 1
    hints: int = 0
    shown: bool = False
    seconds: float = 0.0
    skills: Sequence[str] = ()
