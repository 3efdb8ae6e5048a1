"""What a treatment costs a learner, and what a tenth of a standard deviation costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from headway.core.evidence.pilots.effects import Effect

KINDS = ("licences", "hours", "devices", "training", "other")
PER = ("learner", "class", "school", "pilot")


@dataclass(frozen=True, slots=True)
class CostLine:
    """``amount`` times ``price`` for each learner, class or school, or for the whole pilot; in ``years`` of use it is spread
    (a device of 900 for 3 years costs 300 a year)."""

    item: str
    kind: str
    amount: float
    price: float
    per: Literal["learner", "class", "school", "pilot"] = "pilot"
    years: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"cost line {self.item!r}: the kind {self.kind!r} is none of {', '.join(KINDS)}")
        if self.per not in PER:
            raise ValueError(f"cost line {self.item!r}: per {self.per!r} is none of {', '.join(PER)}")
        if not (0.0 <= self.amount < inf and 0.0 <= self.price < inf and 0.0 < self.years < inf):
            raise ValueError(f"cost line {self.item!r}: amount and price are 0 or more, years above 0")


@dataclass(frozen=True, slots=True)
class Cost:
    """``learner``: cost of a learner in a year; ``tenth``: of 0.10 standard deviations for a learner, None where the effect is
    not above 0; ``tenth_low`` and ``tenth_high`` at the ends of its interval (None: no end)."""

    learner: float
    tenth: float | None
    tenth_low: float | None
    tenth_high: float | None
    kinds: tuple[tuple[str, float], ...]


def cost_of(lines: Sequence[CostLine], *, learners: int, classes: int, schools: int, effect: Effect | None) -> Cost:
    """Add the lines up over the treated ``learners`` in so many ``classes`` and ``schools``. Raises ValueError without learners,
    or where a line counts classes or schools and none are known."""
    if learners < 1:
        raise ValueError("a cost a learner needs a treated learner")
    times = {"learner": learners, "class": classes, "school": schools, "pilot": 1}
    kinds = dict.fromkeys(KINDS, 0.0)
    for line in lines:
        if times[line.per] == 0:
            raise ValueError(
                f"cost line {line.item!r} is per {line.per}, but the table names none. Say in which column it is"
            )
        kinds[line.kind] += line.amount * line.price * times[line.per] / line.years / learners
    each = sum(kinds.values())

    def tenth(g: float | None) -> float | None:
        return None if g is None or g <= 0.0 else each * 0.10 / g

    return Cost(
        each, tenth(effect.g if effect else None), tenth(effect.high if effect else None), tenth(effect.low if effect else None),
        tuple((kind, value) for kind, value in kinds.items() if value > 0.0),
    )  # fmt: skip
