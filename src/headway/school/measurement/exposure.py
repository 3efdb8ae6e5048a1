"""How a screening spares its items: the rules of a pool with a limit that it can keep, and where control begins.

Both are functions of the pool and of what a grade is expected to know, so every worker has the same ones.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from headway.core.intervention.screening import SPREAD, expected
from headway.core.intervention.screening_bank import screening_design
from headway.core.measurement.adaptive.design import Design
from headway.core.measurement.adaptive.exposure import Exposure
from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.adaptive.simulate import warm
from headway.core.measurement.adaptive.window import TAKERS, limited

MOST = 0.20
"""The share of a grade that may see an item, where the bank is large enough for it."""
TRIALS = 2
"""Items on trial that a learner gets, where the bank has some."""


def design_for(pool: Pool, grade: str, season: str, *, seconds: float) -> Design:
    """The rules of a screening on a pool; ``seconds`` limits working time (0: no limit)."""
    return replace(_rules(pool, grade, season)[0], seconds=seconds)


def start_of(pool: Pool, grade: str, season: str) -> Exposure:
    """Exposure control before the first taker."""
    return _rules(pool, grade, season)[1]


@lru_cache(maxsize=64)
def _rules(pool: Pool, grade: str, season: str) -> tuple[Design, Exposure]:
    """Some tenths of a second for each grade and season in each process; a pool is one object as long as it is in use."""
    mean, variance = expected(grade or "6", season), SPREAD**2
    design = limited(pool, screening_design(pool), rate=MOST, mean=mean, variance=variance, trials=TRIALS)
    return design, warm(pool, design, mean=mean, variance=variance, takers=TAKERS)
