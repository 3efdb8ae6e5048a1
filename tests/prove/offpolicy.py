"""Off-policy estimates against letting the policy act: in 90 of 100 repetitions the 95 % interval holds it, on both generators.

The truth is the mean of 3,000 learners under the policy, in the same world; each repetition has 150 learners of its own whose
log was made by a wider policy. Figures stay in ``build/prove/offpolicy.json``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from headway.core.curriculum.catalogue import generated_activities
from headway.core.evidence.course import GENERATORS, Terms, course_of
from headway.core.evidence.offpolicy import Logs, evaluate
from headway.core.evidence.taking import take
from headway.core.evidence.watching import Watched, logs_of
from headway.core.path.frontier import Frontier
from headway.core.path.policy import Policy
from headway.standards.graph import shipped_graph

REPETITIONS, NEEDED, LEARNERS, MANY, HORIZON, WORLD = 100, 90, 150, 3_000, 3, 9
ACTING, OTHER = Frontier("wide", temperature=0.4), Frontier("frontier-1")


def logs(generator: str, acting: Policy, count: int, seed: int) -> Logs:
    """The first decisions of learners, with the other policy asked beside."""
    beside = Watched(acting, OTHER)
    course = course_of(shipped_graph(), generated_activities(), "5")
    run = take(course, generator, beside, count, seed, Terms(minutes=6.0, budget=1, days=1), world=WORLD, keep=True)
    return logs_of(beside.seen, run.responses, [], horizon=HORIZON, first=True)


def run(state: dict[str, Any], ends: float) -> Iterator[str]:
    """Count how often the interval holds the truth."""
    for generator in GENERATORS:
        mine = state.setdefault(generator, {"done": 0, "held": 0})
        if "truth" not in mine:
            acted = logs(generator, OTHER, MANY, 1000)
            mine["truth"] = float(acted.reward.sum() / (acted.episode.max() + 1))
            yield f"{generator}: {mine['truth']:.3f} right of {HORIZON} under the policy itself"
        while mine["done"] < REPETITIONS:
            if time.monotonic() > ends:
                return
            found = evaluate(logs(generator, ACTING, LEARNERS, 2000 + mine["done"]))
            mine["done"] += 1
            mine["held"] += found.low <= mine["truth"] <= found.high
            if mine["done"] % 20 == 0:
                yield f"{generator}: {mine['held']} of {mine['done']} intervals hold it"
        assert mine["held"] >= NEEDED, (
            f"{generator}: only {mine['held']} of {REPETITIONS} intervals hold {mine['truth']:.3f}"
        )
    state["complete"] = True
