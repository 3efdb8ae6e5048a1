"""The rules of an adaptive test: how long, how precise, what it must contain, when it may stop."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from statistics import NormalDist

import numpy as np

from headway.core.measurement.adaptive.pool import Ints, Pool
from headway.core.measurement.items import Floats

CRITERIA = ("information", "posterior")
"""How the next item is chosen: the most information at the estimate, or on average over the posterior."""
DECISIONS = ("", "interval", "sprt", "glr")
"""How a test stops at cut scores: not at all; when the interval of the estimate excludes them; by the sequential
ratio (Wald 1947; Reckase 1983); by the generalised ratio (Thompson 2009)."""
NO_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Range:
    """A finished test has at least ``least`` and at most ``most`` scored items of a category of a dimension."""

    dimension: str
    category: str
    least: int = 0
    most: int = NO_LIMIT


@dataclass(frozen=True, slots=True)
class Design:
    """The rules. ``minimum`` and ``maximum`` count scored items; the test stops at a standard error of ``se`` logits
    (0: never for that reason). ``cuts`` in logits with ``decide`` from ``DECISIONS``, ``error`` the chance of a wrong
    side and ``indifference`` half the width in logits around a cut where either side is right. ``exposure`` is the
    largest share of takers that may see an item. ``trials`` items on trial are mixed in. ``shadow`` chooses by shadow
    tests. ``seconds`` of working time end the test (0: no limit). Raises ValueError for rules that contradict.
    """

    minimum: int = 5
    maximum: int = 40
    se: float = 0.30
    criterion: str = "information"
    ranges: tuple[Range, ...] = ()
    cuts: tuple[float, ...] = ()
    decide: str = ""
    error: float = 0.05
    indifference: float = 0.2
    exposure: float = 1.0
    trials: int = 0
    shadow: bool = False
    seconds: float = 0.0

    def __post_init__(self) -> None:
        wrong = {
            f"minimum {self.minimum} and maximum {self.maximum}: give 1 <= minimum <= maximum": not (
                1 <= self.minimum <= self.maximum
            ),
            f"a standard error of {self.se}: give 0 or more": not self.se >= 0.0,
            f"criterion {self.criterion!r}: use one of {', '.join(CRITERIA)}": self.criterion not in CRITERIA,
            f"decide {self.decide!r}: use one of {', '.join(DECISIONS[1:])}": self.decide not in DECISIONS,
            f"decide {self.decide!r} needs a cut score": bool(self.decide) and not self.cuts,
            f"error {self.error}: give a chance between 0 and 0.5": not 0.0 < self.error < 0.5,
            f"indifference {self.indifference}: give a width above 0": not self.indifference > 0.0,
            f"exposure {self.exposure}: give a share above 0 and at most 1": not 0.0 < self.exposure <= 1.0,
            f"{self.trials} items on trial in a test of at least {self.minimum}: give 0 to {self.minimum - 1}": not (
                0 <= self.trials < self.minimum
            ),
        }
        for reason, found in wrong.items():
            if found:
                raise ValueError(reason)


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """A design in numbers for one pool. ``lower`` and ``upper`` int32 [D, C] by dimension and category; ``decide`` is
    the place in ``DECISIONS``; ``bound`` is what its statistic must reach."""

    minimum: int
    maximum: int
    se: float
    posterior: bool
    lower: Ints
    upper: Ints
    cuts: Floats
    decide: int
    bound: float
    indifference: float


def rules_of(design: Design, pool: Pool) -> Rules:
    """Number a design for a pool. Raises ValueError for an unknown category and for ranges that no test can keep."""
    width = max((len(names) for names in pool.categories), default=0)
    lower = np.zeros((len(pool.dimensions), width), np.int32)
    upper = np.full((len(pool.dimensions), width), NO_LIMIT, np.int32)
    for wanted in design.ranges:
        at = _place(wanted, pool)
        stock = int(((pool.content[at[0]] == at[1]) & (pool.trial == 0)).sum())
        if not 0 <= wanted.least <= wanted.most:
            raise ValueError(f"{wanted.dimension} {wanted.category}: {wanted.least} to {wanted.most} is no range")
        if stock < wanted.least:
            raise ValueError(
                f"{wanted.dimension} {wanted.category}: at least {wanted.least} items are asked for, the bank has {stock}"
            )
        lower[at], upper[at] = wanted.least, wanted.most
    for name, needed in zip(pool.dimensions, lower.sum(axis=1).tolist(), strict=True):
        if needed > design.maximum:
            raise ValueError(f"{name}: the ranges ask for {needed} items, a test has at most {design.maximum}")
    if design.decide == "interval":
        bound = NormalDist().inv_cdf(1.0 - design.error)
    else:
        bound = log((1.0 - design.error) / design.error)
    return Rules(
        design.minimum,
        design.maximum,
        design.se,
        design.criterion == "posterior",
        lower,
        upper,
        np.array(sorted(design.cuts), np.float64),
        DECISIONS.index(design.decide),
        bound,
        design.indifference,
    )


def _place(wanted: Range, pool: Pool) -> tuple[int, int]:
    if wanted.dimension not in pool.dimensions:
        known = ", ".join(pool.dimensions) or "none"
        raise ValueError(f"the bank has no content dimension {wanted.dimension!r}: it has {known}")
    dimension = pool.dimensions.index(wanted.dimension)
    names = pool.categories[dimension]
    if wanted.category not in names:
        raise ValueError(f"{wanted.dimension} has no category {wanted.category!r}: it has {', '.join(sorted(names))}")
    return dimension, names.index(wanted.category)
