"""Two gates of the What Works Clearinghouse: attrition, and how alike the groups were before.

The boundary is table II.1 of the standards handbook 4.0, for the cautious and the optimistic assumption. The cautious one holds
where leaving may have to do with the treatment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from headway.core.evidence.pilots.effects import difference
from headway.core.evidence.pilots.moments import Floats

CAUTIOUS = (
    5.7, 5.8, 5.9, 5.9, 6.0, 6.1, 6.2, 6.3, 6.3, 6.3, 6.3, 6.2, 6.2, 6.1, 6.0, 5.9, 5.9, 5.8, 5.7, 5.5, 5.4, 5.3, 5.2, 5.1, 4.9,
    4.8, 4.7, 4.5, 4.4, 4.3, 4.1, 4.0, 3.8, 3.6, 3.5, 3.3, 3.2, 3.1, 2.9, 2.8, 2.6, 2.5, 2.3, 2.1, 2.0, 1.8, 1.6, 1.5, 1.3, 1.2,
    1.0, 0.9, 0.7, 0.6, 0.4, 0.3, 0.2, 0.0,
)  # fmt: skip
OPTIMISTIC = (
    10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.7, 10.8, 10.9, 10.9, 10.9, 10.9, 10.9, 10.9, 10.8, 10.8, 10.7, 10.6, 10.5, 10.3, 10.2,
    10.0, 9.9, 9.7, 9.5, 9.4, 9.2, 9.0, 8.8, 8.6, 8.4, 8.2, 8.0, 7.8, 7.6, 7.4, 7.2, 7.0, 6.7, 6.5, 6.3, 6.0, 5.8, 5.6, 5.3, 5.1,
    4.9, 4.6, 4.4, 4.2, 3.9, 3.7, 3.5, 3.2, 3.0, 2.8, 2.6, 2.3,
)  # fmt: skip
"""Largest differential attrition in percentage points at an overall attrition of 0, 1 … 57 %."""

ALIKE, ADJUSTABLE = 0.05, 0.25
"""Standardised differences up to which groups count as alike, and up to which adjusting may mend them."""

Standing = Literal["alike", "adjust", "apart"]


@dataclass(frozen=True, slots=True)
class Attrition:
    """Shares in percent. ``limits``: largest differential at this overall attrition (cautious, optimistic), None beyond the
    table. ``low`` says whether the stated assumption's limit is kept."""

    assigned: int
    analysed: int
    overall: float
    differential: float
    limits: tuple[float, float] | None

    @property
    def low_cautious(self) -> bool:
        """Whether attrition is low where leaving may depend on the treatment."""
        return self.limits is not None and self.differential <= self.limits[0] + 1e-9

    @property
    def low_optimistic(self) -> bool:
        """Whether attrition is low where leaving hardly depends on the treatment."""
        return self.limits is not None and self.differential <= self.limits[1] + 1e-9


def boundary(overall: float) -> tuple[float, float] | None:
    """Limits of differential attrition in percentage points at ``overall`` percent; None above 57. Raises ValueError."""
    if not 0.0 <= overall <= 100.0:
        raise ValueError("attrition is a percentage from 0 to 100")
    if overall > len(CAUTIOUS) - 1:
        return None
    marks = np.arange(len(CAUTIOUS))
    return float(np.interp(overall, marks, CAUTIOUS)), float(np.interp(overall, marks, OPTIMISTIC))


def attrition(assigned: tuple[int, int], analysed: tuple[int, int]) -> Attrition:
    """Compare who was assigned with who was analysed, (treatment, comparison). Raises ValueError for impossible counts."""
    if min(assigned) < 1 or any(not 0 <= left <= all_ for all_, left in zip(assigned, analysed, strict=True)):
        raise ValueError("each arm has somebody assigned, and no more analysed than assigned")
    lost = [100.0 * (1.0 - left / all_) for all_, left in zip(assigned, analysed, strict=True)]
    overall = 100.0 * (1.0 - sum(analysed) / sum(assigned))
    return Attrition(sum(assigned), sum(analysed), overall, abs(lost[0] - lost[1]), boundary(overall))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a characteristic differed before: ``g`` (Cox's index for yes and no), and what that allows."""

    name: str
    g: float
    standing: Standing


def standing_of(g: float) -> Standing:
    """``alike`` up to 0.05, ``adjust`` up to 0.25 (only with the characteristic as a covariate), ``apart`` above."""
    return "alike" if abs(g) <= ALIKE else "adjust" if abs(g) <= ADJUSTABLE else "apart"


def baseline(characteristics: Mapping[str, Floats], treated: np.typing.NDArray[np.bool_]) -> tuple[Likeness, ...]:
    """Compare the analysed groups on each characteristic [N]; rows where it is nan are left out of that comparison.

    A characteristic that one group lacks wholly is ``apart``: likeness is shown, not assumed.
    """
    out = []
    for name, values in characteristics.items():
        known = np.isfinite(values)
        first, second = values[treated & known], values[~treated & known]
        g = difference(first, second) if min(len(first), len(second)) > 1 else float("inf")
        out.append(Likeness(name, g, standing_of(g)))
    return tuple(out)
