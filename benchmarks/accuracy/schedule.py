"""Plans of synthetic days beside their best known plan, a greedy one, and the bound that proves them (needs ../shared).

Figures are counted by the checker, which shares no code with the planner. Processor time is of one core and leaves the loading of
compiled code out; memory is the peak of the whole process, so far.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from headway.core.environment.schedule.checking import check, gap_of
from headway.core.environment.schedule.solving import Schedule, solve
from headway.core.environment.schedule.warming import warm_up
from headway.standards.schedules import read_day

FOLDER = Path("../shared/data/scheduling/synthetic")
BARS = {300: (0.02, 1.0), 1200: (0.01, 3.0), 3000: (0.01, 10.0)}
"""Learners -> proven gap, processor seconds."""
ROOM, MEBIBYTES = 0.9, 1024.0


@dataclass(frozen=True, slots=True)
class Figures:
    """``gap`` and ``room`` (share of the way from greedy to the bound) are shares; ``seconds`` of processor time."""

    value: float
    best_known: float
    bound: float
    gap: float
    room: float
    seconds: float
    broken: int
    mebibytes: float


def measure(path: Path, known: dict[str, float], seed: int = 0) -> Figures:
    """Plan one day and count the plan."""
    day = read_day(path.read_bytes(), path.name)
    begin = time.process_time()
    found = solve(day, seed=seed)
    seconds = time.process_time() - begin
    assert isinstance(found, Schedule)
    counted = check(day, found.plan)
    room = (counted.value - known["greedy"]) / (found.bound - known["greedy"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    return Figures(
        counted.value, known["best_known"], found.bound, gap_of(counted.value, found.bound), room, seconds,
        len(counted.broken), peak,
    )  # fmt: skip


def main() -> dict[str, Figures]:
    """Print each day's figures beside its bars and return them."""
    if not FOLDER.is_dir():
        sys.exit(f"{FOLDER} is not there: this benchmark needs the shared data.")
    warm_up()
    all_known: dict[str, dict[str, float]] = json.loads((FOLDER / "bounds.json").read_text())
    found: dict[str, Figures] = {}
    for name, known in sorted(all_known.items(), key=lambda pair: pair[1]["students"]):
        gap, seconds = BARS[int(known["students"])]
        found[name] = one = measure(FOLDER / name, known)
        print(
            f"{name}: value {one.value:,.1f} (best known {one.best_known:,.1f}), bound {one.bound:,.1f}, "
            f"gap {100 * one.gap:.2f} % (bar {100 * gap:.0f}), room {100 * one.room:.1f} % (bar {100 * ROOM:.0f} from 1,200), "
            f"{one.seconds:.2f} s (bar {seconds:.0f}), broken {one.broken}, peak {one.mebibytes:.0f} MiB (bar {MEBIBYTES:.0f})",
            flush=True,
        )
    return found


if __name__ == "__main__":
    main()
