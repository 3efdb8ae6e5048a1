"""Who really used it: fidelity, contamination, and the effect on those who use it because they were given it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from headway.core.evidence.pilots.effects import Effect, hedges
from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.evidence.pilots.regression import regress
from headway.core.evidence.pilots.study import Study

FULL = 0.8
"""Share of the treated that use it, from which the effect of being given it says enough."""
STRONG = 10.0


@dataclass(frozen=True, slots=True)
class Usage:
    """``fidelity`` and ``contamination``: shares of the treatment and of the control group that used it. ``compliers``: effect on
    those who use it only when given it (two-stage least squares); None where use is full or being given it hardly moves use
    (``strength``, a first-stage F, below 10). ``strength`` is None where use follows the arm exactly. Both are None where
    learners have chances of their own."""

    fidelity: float
    contamination: float
    strength: float | None
    compliers: Effect | None


def usage_of(
    study: Study, rows: Ints, y: Floats, t: Floats, known: Mapping[str, Floats], block: Ints | None, cluster: Ints | None,
    sd: float,
) -> Usage | None:  # fmt: skip
    """None where the table does not say who used it."""
    if study.exposed is None:
        return None
    used = study.exposed[rows]
    fidelity, contamination = float(used[t == 1.0].mean()), float(used[t == 0.0].mean())
    if study.chance is not None:
        return Usage(fidelity, contamination, None, None)
    if fidelity <= contamination:
        return Usage(fidelity, contamination, 0.0, None)
    if np.array_equal(used, t):
        return Usage(1.0, 0.0, None, None)
    moved, moved_error, _ = regress({"t": t, **known}, used, cluster=cluster, block=block).of("t")
    strength = (moved / moved_error) ** 2 if moved_error > 0.0 else None
    if (
        (fidelity >= FULL and contamination <= 1.0 - FULL)
        or (strength is not None and strength < STRONG)
        or moved <= 0.0
    ):
        return Usage(fidelity, contamination, strength, None)
    given, _, _ = regress({"t": t, **known}, y, cluster=cluster, block=block).of("t")
    effect = given / moved
    # At the estimate, what is left has no effect; its error over the first stage is that of two-stage least squares.
    _, error, freedom = regress({"t": t, **known}, y - effect * used, cluster=cluster, block=block).of("t")
    return Usage(fidelity, contamination, strength, hedges(effect, error / moved, freedom, sd, len(y)))
