"""``python -m benchmarks paths``: the policies on learners that no policy was tuned on, over five seeds, with intervals.

Prints for each generator the mean activities to mastery of the grade's graph (in the learners' minds, and by the ledger), the
share held when the time budget is spent and 30 days later, the gap between the quartiles of prior ability, and the share of
consecutive activities that differ in skill; then every baseline against ``frontier-6``, seed by seed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.paths.tune import TERMS, course
from headway.core.evidence.baselines import BASELINES
from headway.core.evidence.compared import FIGURES, figures, interval
from headway.core.evidence.course import GENERATORS
from headway.core.evidence.taking import take
from headway.core.path.policies import POLICIES

SEEDS, LEARNERS = (1, 2, 3, 4, 5), 8
OURS = "frontier-6"
NAMES = (OURS, "frontier-5", "frontier-4", "frontier-2", *BASELINES)
KEPT = Path("build/paths.json")
Row = dict[str, float]


def one(job: tuple[str, str, int]) -> Row:
    """Run one policy on one generator and seed."""
    generator, name, seed = job
    return figures(take(course(), generator, {**POLICIES, **BASELINES}[name], LEARNERS, seed, TERMS))


def shown(values: NDArray[np.float64]) -> str:
    """The mean over seeds with its 95 % interval."""
    found = interval(values.tolist())
    digits = 0 if abs(found.mean) > 20 else 3
    return f"{found.mean:.{digits}f} ± {found.reach:.{digits}f}"


def main() -> None:
    """Run what is not yet in ``build/paths.json``, then print the tables."""
    found: dict[str, Row] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    jobs = [(g, n, s) for s in SEEDS for g in GENERATORS for n in NAMES if f"{g} {n} {s}" not in found]
    KEPT.parent.mkdir(exist_ok=True)
    for job in jobs:
        found[" ".join(map(str, job))] = one(job)
        KEPT.write_text(json.dumps(found, indent=1))
        print(".", end="", file=sys.stderr, flush=True)
    for generator in GENERATORS:
        print(
            f"\n{generator}: {LEARNERS} learners x {len(SEEDS)} seeds, at most {TERMS.days} days of {TERMS.minutes:g} minutes"
        )
        _print(generator, found)


def _print(generator: str, found: dict[str, Row]) -> None:
    def column(name: str, figure: str) -> NDArray[np.float64]:
        return np.array([found[f"{generator} {name} {seed}"][figure] for seed in SEEDS])

    names = FIGURES
    print("| policy | " + " | ".join(names) + " |")
    print("|---" * (len(names) + 1) + "|")
    for name in NAMES:
        print(f"| `{name}` | " + " | ".join(shown(column(name, figure)) for figure in names) + " |")
    print(f"\n| `{OURS}` against | activities, ratio | ledger, ratio | kept, difference | gap, difference |")
    print("|---|---|---|---|---|")
    for name in NAMES[1:]:
        cells = [shown(column(OURS, figure) / column(name, figure)) for figure in ("activities", "ledger")]
        cells += [shown(column(OURS, figure) - column(name, figure)) for figure in ("kept", "gap")]
        print(f"| `{name}` | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
