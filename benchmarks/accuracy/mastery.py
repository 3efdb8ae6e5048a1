"""Learner models on real logs: every fitter on every split, one response ahead, with peers' figures beside ours.

``python -m benchmarks accuracy`` needs ../shared/data/kt; it takes about a quarter of an hour of CPU. Each fit's chances are
kept in build/accuracy under the hash of the fitting code, so that a run that was broken off goes on where it was, and
``python -m benchmarks.accuracy.mastery MODEL ...`` does a part. Splits are by learner: ``RandomState(seed).permutation(sorted
ids)``, the first 80 % train; assist2009 also has the published split of Gervet et al. Differences are paired bootstraps by
learner. Permanent scenarios: the names in SCENARIOS.
"""

from __future__ import annotations

import sys
import time
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import polars as pl

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.fitting import FITTERS
from headway.core.mastery.frame import Frame, Longs, frame_of, split
from headway.core.mastery.metrics import measure
from headway.core.mastery.report import Quality, paired_bootstrap, quality

ROOT = Path(__file__).resolve().parents[2]
SCIENCE, KEPT = ROOT / "src" / "headway" / "core" / "mastery", ROOT / "build" / "accuracy"
LOGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "kt"
MODELS = ("pfa", "bkt-1", "elo-1", "das3h", "best-lr", "gaussian-1", "additive-1", "additive-2", "hybrid-1")
CODE = {
    "additive-1": (),
    "additive-2": ("hybrid/*.py",),
    "hybrid-1": ("hybrid/*.py",),
    "gaussian-1": ("gaussian*.py",),
}
"""Files that a model's figures hang on beside the common ones; else the peers'."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A log and a split; ``target`` is the AUC that hybrid-1 must reach, ``best_lr`` that of Best-LR when this was set."""

    log: str
    split: str
    target: float
    best_lr: float


SCENARIOS = {
    "assist2009-gervet": Scenario("assist2009", "gervet", 0.795, 0.7665),
    "assist2009-seed0": Scenario("assist2009", "0", 0.805, 0.7795),
    "assist2015-seed0": Scenario("assist2015", "0", 0.735, 0.7023),
    "assist2017-seed0": Scenario("assist2017", "0", 0.771, 0.7188),
    "assist2017-shard-seed0": Scenario("assist2017_ts_shard", "0", 0.765, 0.7397),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One model on one scenario; ``seconds`` of CPU for fitting and predicting all rows."""

    scenario: str
    model: str
    auc: float
    log_loss: float
    rmse: float
    ece: float
    seconds: float


def read(name: str) -> Frame:
    """Read a prepared log."""
    table = pl.read_parquet(LOGS / f"{name}.parquet")
    return frame_of({n: table[n].to_list() if n == "skills" else table[n].to_numpy() for n in table.columns})


def learners_of(frame: Frame, scenario: Scenario) -> Longs:
    """Return the training learners of a scenario."""
    if scenario.split != "gervet":
        return split(frame, int(scenario.split))[0]
    stored = pl.read_parquet(LOGS / "assist2009_split_seed0.parquet")
    return np.sort(stored.filter(pl.col("split_gervet") == "train")["student"].to_numpy()).astype(np.int64)


def kept(name: str, model: str, frame: Frame, train: Longs) -> tuple[Floats, float]:
    """Return chances of all rows and the CPU seconds of their fit, from disk if this code has made them before."""
    parts = ("frame.py", "features.py", "additive.py", "kernels.py", *CODE.get(model, ("peers/*.py",)))
    code = b"".join(path.read_bytes() for part in parts for path in sorted(SCIENCE.glob(part)))
    path = KEPT / f"{name}-{model}-{blake2b(code, digest_size=6).hexdigest()}.npz"
    if not path.exists():
        begin = time.process_time()
        predicted = FITTERS[model][0](frame, train, lambda done: None).predicted
        KEPT.mkdir(parents=True, exist_ok=True)
        np.savez(path, chance=predicted, seconds=time.process_time() - begin)
    with np.load(path) as found:
        return found["chance"], float(found["seconds"])


def run(name: str, models: tuple[str, ...] = MODELS) -> list[Line]:
    """Fit and measure the models on a scenario, printing a line each."""
    scenario = SCENARIOS[name]
    frame = read(scenario.log)
    train = learners_of(frame, scenario)
    held = ~frame.rows_of(train)
    learner = np.repeat(np.arange(len(frame.students)), np.diff(frame.starts))[held]
    learner = np.unique(learner, return_inverse=True)[1].astype(np.int64)
    y, chances, lines = frame.correct[held], {}, []
    for model in models:
        predicted, spent = kept(name, model, frame, train)
        found, chances[model] = measure(y, predicted[held]), predicted[held]
        lines.append(Line(name, model, found.auc, found.log_loss, found.rmse, found.ece, spent))
        print(
            f"{name:<23} {model:<11} AUC {found.auc:.4f}  log loss {found.log_loss:.4f}  RMSE {found.rmse:.4f}  "
            f"ECE {found.ece:.4f}  {spent:6.1f} s",
            flush=True,
        )
        if model == "hybrid-1":
            _print_quality(quality(frame, held, predicted))
    for one, other in (("hybrid-1", "best-lr"), ("additive-2", "best-lr"), ("hybrid-1", "additive-2")):
        if one in chances and other in chances:
            more, low, high = paired_bootstrap(learner, y, chances[one], chances[other])
            print(f"{name:<23} {one} over {other}: {more:+.4f} AUC (95 % {low:+.4f} to {high:+.4f})")
    print(f"{name:<23} target {scenario.target:.3f}, Best-LR when it was set {scenario.best_lr:.4f}", flush=True)
    return lines


def _print_quality(q: Quality) -> None:
    off = [f"{b.kind} {b.name} ({b.metrics.ece:.3f}, {b.metrics.n:,})" for b in q.buckets if not b.calibrated]
    gaps = ", ".join(f"{kind} {gap:.3f} ({q.excess[kind]:.3f})" for kind, gap in q.false_mastery.items())
    print(
        f"  slope {q.slope:.3f}; ECE {q.metrics.ece:.4f}, by chance {q.noise:.4f}; {len(off)} of {len(q.buckets)} parts off: "
        f"{'; '.join(off) or 'none'}; gaps of false mastery (of its excess): {gaps}"
    )


def main() -> list[dict[str, object]]:
    """Run every scenario and return the lines."""
    if not LOGS.is_dir():
        raise SystemExit(f"{LOGS} is absent: the logs are not shipped with Headway")
    models = tuple(sys.argv[1:]) or MODELS
    return [asdict(line) for name in SCENARIOS for line in run(name, models)]


if __name__ == "__main__":
    main()
