"""Exposure control by item eligibility: before a test it is drawn which items the taker may not see (van der Linden and
Veldkamp, "Constraining item exposure in computerized adaptive testing with shadow tests", JEBS 29, 2004).

The chances are learnt by simulation before the first taker (``simulate.warm``), and corrected after each one: an item
that is ahead of its share of takers is held back in proportion, so the share stays within a few takers of its limit at
every moment, not only on average. Control that counts over a whole cohort lets early takers use up the good items and
gives later ones longer tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.measurement.adaptive import kernel
from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.items import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """J items: ``chance`` in (0, 1] to be open to a taker; ``balance`` how many takers an item is ahead of its share
    (negative: behind); ``mean_chance`` what the chance has been on average while it was controlled."""

    chance: Floats
    balance: Floats
    mean_chance: Floats


def fresh(pool: Pool) -> Exposure:
    """Return control that has seen nobody: every item is open."""
    size = len(pool)
    return Exposure(np.ones(size), np.zeros(size), np.ones(size))


def counted(warm: Exposure, given: Floats, takers: int, rate: float) -> Exposure:
    """Return control after ``takers``, of whom ``given`` float64 [J] saw each item; ``rate`` is the design's limit."""
    balance = np.maximum(given - rate * takers, -kernel.SLACK)
    return Exposure(warm.chance, balance, warm.mean_chance)
