"""How much work one judgement may do. Counted, not timed, so that it is the same everywhere and cannot be escaped."""

from __future__ import annotations

JUDGEMENT = 60_000
"""Units for one comparison; a unit is about one product of two terms (2-4 microseconds)."""
MAX_BITS = 3_000
"""Size of a coefficient. ``9^9^9^9`` ends here."""


class TooHard(Exception):
    """The judgement would cost more than it may."""


class NoValue(Exception):
    """The expression has no value."""


class Work:
    """What is left to spend."""

    __slots__ = ("left",)

    def __init__(self, units: int = JUDGEMENT) -> None:
        self.left = units

    def spend(self, units: int) -> None:
        """Take ``units`` away; raises :class:`TooHard` when there are not enough."""
        self.left -= units
        if self.left < 0:
            raise TooHard
