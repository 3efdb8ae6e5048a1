"""Every template worked line by line with twenty seeds: by who knows the method, and by who errs once at each line."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.accuracy import coach_lines

from headway.core.curriculum.generators.base import templates

SEEDS = 20


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One template after another; the bars hold over all of them."""
    done: dict[str, list[int]] = state.setdefault("templates", {})  # type: ignore[assignment]
    for template in templates():
        if template in done:
            continue
        if time.monotonic() > ends - 60:
            return
        score = coach_lines.measure(range(100, 100 + SEEDS), [template])
        done[template] = [score.worked, score.followed, score.errors, score.named]
        short = "" if score.named == score.errors and score.followed == score.worked else " <"
        yield f"{len(done)} of {len(templates())} templates: {template} {done[template]}{short}"
    worked, followed, errors, named = (sum(counts[i] for counts in done.values()) for i in range(4))
    yield f"{followed} of {worked} problems followed; the line named in {named} of {errors} workings with one error"
    assert followed >= 0.98 * worked
    assert named >= 0.98 * errors
    state["complete"] = True
