"""Policies on learners from fitted generators, seed by seed: the figures of a run, their means with intervals, and ratios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from headway.core.evidence.course import Course, Terms
from headway.core.evidence.taking import CourseRun, take
from headway.core.path.policy import Policy

FIGURES = ("activities", "reached", "ledger", "held", "kept", "gap", "mixed", "right")
"""Of one run: activities to mastery in the mind, the share that reached it, activities by the ledger, shares of the grade's
skills held when the budget is spent and some weeks later, the gap between quartiles of prior ability, the share of consecutive
activities that differ in skill, and of first answers that were right."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over seeds, and how far its 95 % interval reaches to each side (NaN for a single seed)."""

    mean: float
    reach: float


def figures(run: CourseRun) -> dict[str, float]:
    """Sum a run up; ``gap`` is the share held of the upper quartile by prior ability less that of the lower."""
    order, part = np.argsort(run.prior), max(len(run.prior) // 4, 1)
    return {
        "activities": float(run.activities.mean()),
        "reached": float(run.reached.mean()),
        "ledger": float(run.ledger.mean()),
        "held": float(run.held.mean()),
        "kept": float(run.kept.mean()),
        "gap": float(run.held[order[-part:]].mean() - run.held[order[:part]].mean()),
        "mixed": run.changes[1] / max(run.changes[0], 1),
        "right": run.right[1] / max(run.right[0], 1),
    }


def interval(values: Sequence[float]) -> Interval:
    """The mean of values, one a seed, with its 95 % interval by Student's t.

    >>> found = interval([1.0, 2.0, 3.0])
    >>> round(found.mean, 3), round(found.reach, 3)
    (2.0, 2.484)
    """
    found = np.asarray(values, float)
    if len(found) < 2:
        return Interval(float(found.mean()), float("nan"))
    reach = student.ppf(0.975, len(found) - 1) * found.std(ddof=1) / len(found) ** 0.5
    return Interval(float(found.mean()), float(reach))


def runs_of(
    course: Course,
    generator: str,
    policy: Policy,
    count: int,
    seeds: Sequence[int],
    terms: Terms,
    progress: Callable[[], None] = lambda: None,
) -> list[dict[str, float]]:
    """Let ``count`` learners of each seed take the course under a policy; the figures by seed."""
    out = []
    for seed in seeds:
        out.append(figures(take(course, generator, policy, count, seed, terms)))
        progress()
    return out
