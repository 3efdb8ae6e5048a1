"""Cells that must not be shown: those of fewer than ten learners, and those from which a total would give one away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headway.core.evidence.pilots.moments import Ints
from headway.core.evidence.pilots.study import SMALL

EDGE = 0.05
"""Shares nearer to none or to all than this are not told exactly: “all of them” speaks of each child."""


def hidden(counts: Ints, least: int = SMALL) -> NDArray[np.bool_]:
    """Return which cells of a table [S, G] of counts are hidden; its margins are shown where they are not small themselves.

    First those of 1 to ``least`` - 1 learners. Then, in each row and column that has a hidden cell, the smallest others until the
    hidden ones are two or more and hold ``least`` learners together, so that the total minus what is shown speaks of no small
    group (complementary suppression). A row or column whose only filled cell is hidden needs no other: its total is small itself.
    """
    hide = (counts > 0) & (counts < least)
    for _turn in range(counts.size):
        before = hide.copy()
        for row in range(counts.shape[0]):
            hide[row] = _line(counts[row], hide[row], least)
        for column in range(counts.shape[1]):
            hide[:, column] = _line(counts[:, column], hide[:, column], least)
        if (hide == before).all():
            break
    return hide


def _line(counts: Ints, hide: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    out = hide.copy()
    while out.any() and (out.sum() < 2 or counts[out].sum() < least):
        rest = np.flatnonzero(~out & (counts > 0))
        if len(rest) == 0:
            break
        out[rest[counts[rest].argmin()]] = True
    return out


def told(share: float) -> float:
    """A share from 0 to 1 as it may be told: never nearer to 0 or 1 than :data:`EDGE`."""
    return min(max(share, EDGE), 1.0 - EDGE)
