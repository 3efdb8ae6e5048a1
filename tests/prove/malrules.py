"""Two hundred fresh instances of every mal-rule, and twenty thousand slips."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.accuracy import coach_runs

from headway.core.coaching.malrules.rule import malrules

INSTANCES = 200
TRIES = 4_000
SLIPS = 20_000


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One rule after another, then the slips in portions of a thousand."""
    done: dict[str, list[int]] = state.setdefault("rules", {})  # type: ignore[assignment]
    for rule in malrules().values():
        if rule.id in done:
            continue
        if time.monotonic() > ends - 60:
            return
        score = coach_runs.Instances()
        coach_runs.instances_of(rule, score, INSTANCES, TRIES)
        assert not score.below, score.below
        assert score.tied == score.tied_together, rule.id
        done[rule.id] = [score.drawn, score.alone, score.first]
        yield f"{len(done)} of {len(malrules())} rules: {rule.id} {done[rule.id]}"
    slips: list[int] = state.setdefault("slips", [0, 0])  # type: ignore[assignment]
    while slips[0] < SLIPS:
        if time.monotonic() > ends - 60:
            return
        drawn, alleged = coach_runs.slips(1_000, seed=10 + slips[0])
        slips[0], slips[1] = slips[0] + drawn, slips[1] + alleged
        yield f"{slips[0]} slips, a misconception alleged in {slips[1]}"
    assert slips[1] <= 0.05 * slips[0]
    state["complete"] = True
