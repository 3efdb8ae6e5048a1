"""No hint from any line of any worked way shows the answer: twenty seeds of every template."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.accuracy import coach_hints

from headway.core.curriculum.generators.base import templates

SEEDS = 20


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One template after another; the first hint that gives an answer away stops the part."""
    done: dict[str, int] = state.setdefault("templates", {})  # type: ignore[assignment]
    for template in templates():
        if template in done:
            continue
        if time.monotonic() > ends - 60:
            return
        done[template] = 0
        for seed in range(200, 200 + SEEDS):
            count, leaking = coach_hints.leaks(template, seed)
            assert not leaking, leaking
            done[template] += count
        yield f"{len(done)} of {len(templates())} templates: {template} {done[template]} hints"
    state["complete"] = True
