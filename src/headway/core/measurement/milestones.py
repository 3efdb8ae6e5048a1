"""A project's milestones: where a learner stands with one, which is next, and whose work one gives feedback on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

State = Literal["open", "late", "handed in", "again", "done"]
PARTNERS = 2
"""Works that a learner is given to respond to at a milestone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an adult said of a milestone: ``done``, or ``again``: another go is needed. ``at`` is in seconds since 1970."""

    says: str
    at: float


def state_of(handed_at: float, mark: Mark | None, *, due: int, today: int) -> State:
    """Return where a learner stands with a milestone. ``handed_at`` is when the newest piece of work came (0 for none),
    ``mark`` the newest word of an adult, ``due`` and ``today`` are local days.

    Done stays done. After "again" a newer piece of work waits to be looked at. A day that has passed says "late" only while
    nothing is there: work that came late is work.

    >>> state_of(0.0, None, due=10, today=11)
    'late'
    >>> state_of(50.0, Mark("again", 40.0), due=10, today=11)
    'handed in'
    """
    if mark is not None and mark.says == "done":
        return "done"
    if mark is not None and handed_at <= mark.at:
        return "again"
    if handed_at:
        return "handed in"
    return "late" if today > due else "open"


def next_of(states: Sequence[State]) -> int | None:
    """Return the place (from 0) of the milestone that is to be worked on now: the first one that is neither done nor with the
    teacher; None when there is none."""
    return next((n for n, state in enumerate(states) if state in ("open", "late", "again")), None)


def partners(me: str, units: Mapping[str, Sequence[str]], *, salt: str, most: int = PARTNERS) -> tuple[str, ...]:
    """Return whose work a learner responds to. ``units`` are the works that came: a group or a learner with its members.

    Works stand in a ring whose order hangs on ``salt`` (the milestone) only, and everybody in a unit takes the following ones; so
    each work gets about as many responses as it gives, and other ones at the next milestone.
    """
    ring = sorted(units, key=lambda unit: blake2b(f"{salt}:{unit}".encode(), digest_size=8).digest())
    own = next((n for n, unit in enumerate(ring) if me in units[unit]), None)
    if own is None:
        return ()
    return tuple(ring[(own + k) % len(ring)] for k in range(1, min(most, len(ring) - 1) + 1))
