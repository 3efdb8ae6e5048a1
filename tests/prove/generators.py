"""A thousand seeds of every template, each promise checked."""

from __future__ import annotations

import time
from collections.abc import Iterator

from headway.core.curriculum.generators.base import templates
from tests.core.curriculum.generators.flood import flood

SEEDS = range(1_000)


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One template after another."""
    done = set(state.setdefault("done", []))  # type: ignore[call-overload]
    every = list(templates())
    for template in every:
        if template in done:
            continue
        if time.monotonic() > ends - 20:
            return
        flood(template, SEEDS)
        done.add(template)
        state["done"] = sorted(done)
        yield f"{len(done)} of {len(every)} templates: {template}"
    state["complete"] = True
