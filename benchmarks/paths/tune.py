"""Tune every policy with the same effort: four sets of numbers each, drawn from a list of values, on the same tuning learners.

``python -m benchmarks.paths.tune`` prints, best first, the mean number of activities to mastery over both generators. The best
set of each is what ``core.evidence.baselines`` and ``core.path.policies`` hold. Tuning seeds are never reported on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from headway.core.curriculum.catalogue import generated_activities
from headway.core.evidence.baselines import BktSequence, FixedSequence, ImplicitReview, OuterFringe, RandomFrontier
from headway.core.evidence.course import GENERATORS, Course, Terms, course_of
from headway.core.evidence.taking import take
from headway.core.path.frontier import Frontier
from headway.core.path.policy import Policy
from headway.core.path.promise import Promise, Weights
from headway.standards.graph import shipped_graph

GRADE = "5"
TERMS = Terms(days=45)
TUNING_SEEDS, LEARNERS, TRIES = (1000,), 12, 4
Values = Mapping[str, tuple[float, ...]]


def _gains(**numbers: float) -> Policy:
    weights = {name: value for name, value in numbers.items() if name != "floor"}
    return Frontier("frontier-4", 0.05, 6, numbers["floor"], Promise(replace(Weights(), **weights)))


def _whole(made: Callable[..., Policy], *names: str) -> Callable[..., Policy]:
    return lambda **numbers: made(**{k: int(v) if k in names else v for k, v in numbers.items()})


SPACES: dict[str, tuple[Callable[..., Policy], Values]] = {
    "fixed-sequence": (_whole(FixedSequence, "each"), {"each": (1, 4, 8, 16)}),
    "random-frontier": (_whole(RandomFrontier, "streak"), {"streak": (2, 3, 4, 6)}),
    "bkt-sequence": (
        _whole(BktSequence, "limit"),
        {"threshold": (0.7, 0.8, 0.9, 0.95, 0.98, 0.99), "limit": (5, 10, 20, 40, 80)},
    ),
    "outer-fringe": (
        _whole(OuterFringe, "streak", "limit", "check"),
        {"streak": (2, 3, 4, 5, 6), "limit": (5, 10, 20, 40), "check": (3, 5, 8, 12)},
    ),
    "implicit-review": (
        _whole(ImplicitReview, "streak"),
        {
            "streak": (2, 3, 4, 5, 6),
            "first": (1.0, 2.0, 4.0, 8.0),
            "growth": (1.5, 2.0, 3.0),
            "credit": (0.0, 0.3, 0.6, 1.0),
        },
    ),
    "frontier-4": (
        _gains,
        {
            "doubt": (1.5, 2.0, 3.0),
            "fade": (1.0, 2.0, 4.0),
            "again": (0.5, 0.7, 1.0, 2.0),
            "step": (0.3, 0.6, 0.8, 1.2),
            "gate": (0.1, 0.3),
            "below": (0.03, 0.1),
            "due": (0.2, 0.5),
            "floor": (0.6, 0.8),
        },
    ),
}
"""How each policy is made, and the values that its numbers are drawn from."""


@cache
def course() -> Course:
    """The course of grade 5: its skills that have problems, with all that they build on."""
    return course_of(shipped_graph(), generated_activities(), GRADE)


def draws(name: str) -> list[dict[str, float]]:
    """Return the sets of numbers that are tried: distinct, the same in every run."""
    values, rng = SPACES[name][1], np.random.default_rng(0)
    size = int(np.prod([len(each) for each in values.values()]))
    tried: list[dict[str, float]] = []
    while len(tried) < min(TRIES, size):
        one = {key: each[int(rng.integers(len(each)))] for key, each in values.items()}
        if one not in tried:
            tried.append(one)
    return tried


def cost(policy: Policy) -> float:
    """Mean activities to mastery, over generators and tuning seeds."""
    return float(
        np.mean(
            [
                take(course(), generator, policy, LEARNERS, seed, TERMS).activities.mean()
                for generator in GENERATORS
                for seed in TUNING_SEEDS
            ]
        )
    )


if __name__ == "__main__":
    for name in sys.argv[1:] or SPACES:
        found = sorted(((cost(SPACES[name][0](**one)), one) for one in draws(name)), key=lambda pair: pair[0])
        for activities, one in found:
            print(f"{name:<16} {activities:7.1f}  " + ", ".join(f"{k}={v:g}" for k, v in one.items()), flush=True)
