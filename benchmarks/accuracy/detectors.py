"""How right the detectors are: on simulated learners with planted habits, and on learners of public logs never fitted on.

``python -m benchmarks.accuracy.detectors`` prints precision, recall and AUC with 95 % intervals over learners, as in
``docs/explanation/detectors.md``; ``--fit`` first fits the weights of the two chances anew and prints them, ``--logs``
leaves the simulation out. Logs are read from ``../shared/data/kt``; without them only the simulation is measured.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from benchmarks.accuracy.detectors_planted import KINDS, planted_scores
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.detectors.accuracy import Accuracy, Interval, accuracy, lead, logistic
from headway.core.mastery.detectors.cases import (
    Cases,
    habit_cases,
    item_times,
    seconds_of,
    slip_cases,
    spinning_cases,
)
from headway.core.mastery.detectors.habits import ADRIFT, ALONE, GUESSES, RUSHES
from headway.core.mastery.detectors.odds import OPPORTUNITIES, SLIP, SLIP_WEIGHTS, SPIN_WEIGHTS, SPINS, UNCALLED
from headway.core.mastery.frame import Frame, Longs, frame_of, split

LOGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "kt"
FITTED_ON = "assist2009"
NAMES = (FITTED_ON, "assist2015", "assist2017_ts_shard")
CHANCES: dict[str, tuple[Callable[[Frame, Longs], Cases], tuple[float, ...], float]] = {
    "wheel-spinning": (spinning_cases, SPIN_WEIGHTS, SPINS),
    "slip": (slip_cases, SLIP_WEIGHTS, SLIP),
}


def read(name: str) -> Frame:
    """Read one of the public logs."""
    table = pl.read_parquet(LOGS / f"{name}.parquet")
    return frame_of({c: table[c].to_list() if c == "skills" else table[c].to_numpy() for c in table.columns})


def scores(cases: Cases, weights: tuple[float, ...]) -> Floats:
    """Return the chance of each case under the shipped weights."""
    logits: Floats = weights[0] + cases.known @ np.array(weights[1:])
    chances: Floats = 1.0 / (1.0 + np.exp(-logits))
    return chances


def on_logs(name: str) -> dict[str, Accuracy]:
    """Measure on the held-out learners (seed 0) of one log; prints a line a detector."""
    frame = read(name)
    train, test = split(frame, 0)
    found = {}
    for detector, (cases_of, weights, bar) in CHANCES.items():
        cases = cases_of(frame, test)
        score = scores(cases, weights)
        if detector == "wheel-spinning":
            score = np.where(cases.known[:, 1] > 0.0, np.minimum(score, UNCALLED), score)
        found[detector] = accuracy(cases.learner, score, cases.truth, bar, np.random.default_rng(0))
        _print(detector, found[detector])
        if detector == "wheel-spinning":
            _by_try(cases, score >= bar)
    if frame.timed:
        times = item_times(frame, seconds_of(frame), train)
        for detector, cases, bar in zip(
            ("guessing", "disengagement"), habit_cases(frame, test, times), (GUESSES, ADRIFT), strict=True
        ):
            found[detector] = accuracy(cases.learner, cases.known[:, 0], cases.truth, bar, np.random.default_rng(0))
            _print(detector, found[detector])
    return found


def _by_try(cases: Cases, flagged: NDArray[np.bool_]) -> None:
    for tries in range(3, 9):
        here = cases.at == tries
        hits = float((cases.truth[here] * flagged[here]).sum())
        print(
            f"    after {tries} tries: {here.sum():,} skills, {cases.truth[here].mean():.2f} spin, precision "
            f"{hits / max(flagged[here].sum(), 1):.2f}, recall {hits / max(cases.truth[here].sum(), 1):.2f}"
        )
    print(f"    median {lead(cases, flagged, OPPORTUNITIES):.0f} tries before the tenth")


def planted() -> dict[str, Accuracy]:
    """Measure on simulated learners: those with the habit against those without any; prints a line a detector."""
    found, bars = {}, {"guesses": GUESSES, "games": RUSHES, "alone": ALONE, "drifts": ADRIFT}
    table = {kind: planted_scores(kind) for kind in KINDS}
    for habit, bar in bars.items():
        controls = ("seeks", "slow") if habit == "alone" else ("honest", "slow")
        rows = [(table[kind], kind == habit) for kind in (habit, *controls)]
        score = np.concatenate([scored.top[habit] for scored, _ in rows])
        truth = np.concatenate([np.full(len(scored.top[habit]), true) for scored, true in rows]).astype(np.int8)
        found[habit] = accuracy(np.arange(len(truth)), score, truth, bar, np.random.default_rng(0))
        _print(habit, found[habit])
        waits = table[habit].waits(habit, bar)
        print(f"    median {np.median(waits):.0f} responses after the first" if len(waits) else "    none flagged")
        for kind in KINDS:
            print(f"    {kind}: {np.mean(table[kind].top[habit] >= bar):.2f} flagged")
    return found


def fit() -> None:
    """Fit the weights of both chances on the training learners of one log and print them."""
    frame = read(FITTED_ON)
    train, _ = split(frame, 0)
    for detector, (cases_of, _, _) in CHANCES.items():
        cases = cases_of(frame, train)
        print(detector, logistic(cases.known, cases.truth).round(3).tolist())


def _print(name: str, a: Accuracy) -> None:
    print(
        f"  {name}: {a.cases:,} cases of {a.learners:,} learners, {a.base:.3f} true; precision {_interval(a.precision)}, "
        f"recall {_interval(a.recall)}, AUC {_interval(a.auc)}"
    )


def _interval(x: Interval) -> str:
    return f"{x[0]:.3f} [{x[1]:.3f}, {x[2]:.3f}]"


def main() -> None:
    """Print everything that the arguments ask for."""
    if LOGS.is_dir():
        if "--fit" in sys.argv:
            fit()
        for name in NAMES:
            print(f"{name}, held-out learners")
            on_logs(name)
    if "--logs" not in sys.argv:
        print("simulated learners")
        planted()


if __name__ == "__main__":
    main()
