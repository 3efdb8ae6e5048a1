"""What works for one learner: only where chance dealt it, only with enough answers, and with its uncertainty.

A path draws the interest that a story is dressed in at random, by the seed of the decision. So the stories of one interest and of
another are a small experiment within one learner, and their first answers can be compared. Nothing else that the loop does is
dealt at random within a learner, so nothing else is claimed; there are no learning styles here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEAST = 20
"""First answers that each side needs before anything is said."""
SURE = 0.95
"""Coverage of the intervals together: each is widened for the number of comparisons (Bonferroni)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One interest against the learner's other ones: ``difference`` of the shares right at the first try without help, between
    ``low`` and ``high``; ``n`` and ``right`` with it, ``others`` and ``others_right`` without."""

    name: str
    n: int
    right: int
    others: int
    others_right: int
    difference: float
    low: float
    high: float

    @property
    def telling(self) -> bool:
        """Whether the interval leaves out no difference."""
        return self.low > 0.0 or self.high < 0.0


def compared(groups: Mapping[str, tuple[int, int]]) -> tuple[Compared, ...]:
    """Compare each group (name -> first answers, right ones) with all others; those with too few on either side are left out.

    Shares are those of Agresti and Caffo (2000), one right and one wrong added on each side, so that small counts do not
    claim too much. The most telling comes first.

    >>> compared({"soccer": (60, 54), "music": (60, 30)})[0].telling
    True
    >>> compared({"soccer": (19, 19), "music": (60, 30)})
    ()
    """
    total, good = sum(n for n, _ in groups.values()), sum(right for _, right in groups.values())
    able = {name: pair for name, pair in groups.items() if pair[0] >= LEAST and total - pair[0] >= LEAST}
    width = NormalDist().inv_cdf(1.0 - (1.0 - SURE) / 2.0 / max(len(able), 1))
    found = []
    for name, (n, right) in able.items():
        here, there = (right + 1) / (n + 2), (good - right + 1) / (total - n + 2)
        spread = width * sqrt(here * (1 - here) / (n + 2) + there * (1 - there) / (total - n + 2))
        difference = here - there
        found.append(
            Compared(name, n, right, total - n, good - right, difference, difference - spread, difference + spread)
        )
    return tuple(sorted(found, key=lambda each: (-abs(each.difference), each.name)))
