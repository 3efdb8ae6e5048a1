"""The logs, splits and fits of ``benchmarks accuracy``; chances are kept in build/accuracy under the hash of the code.

Splits are by learner: ``RandomState(seed).permutation(sorted ids)``, the first 80 % train; assist2009 also has the published
split of Gervet et al. A *nested* scenario sees the training learners of its split alone and holds a fifth of them out: that is
where settings may be chosen.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import polars as pl

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.fitting import FITTERS
from headway.core.mastery.frame import Frame, Longs, frame_of, split

ROOT = Path(__file__).resolve().parents[2]
SCIENCE, KEPT = ROOT / "src" / "headway" / "core" / "mastery", ROOT / "build" / "accuracy"
LOGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "kt"
MODELS = ("pfa", "bkt-1", "elo-1", "das3h", "best-lr", "gaussian-1", "additive-1", "hybrid-1", "additive-2")
FEWER = ("best-lr", "additive-1", "hybrid-1", "additive-2")
"""What is fitted on the other seeds and the nested splits."""
HYBRID = tuple(
    f"hybrid/{part}.py"
    for part in ("context", "describe", "fitting", "layout", "memory", "row", "scorer", "stream", "transfer", "trees")
)
"""What fits ``hybrid-1`` and predicts a log; serving, explaining and storing it change no figure."""
CODE = {
    "additive-1": (),
    "additive-2": HYBRID,
    "hybrid-1": HYBRID,
    "gaussian-1": ("gaussian*.py",),
    "gru-1": ("peers/deep.py",),
}
PEERS = ("peers/__init__.py", "peers/bkt.py", "peers/elo.py", "peers/logistic.py")
"""Files that a model's figures hang on beside the common ones; else the peers'."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A log and a split (``gervet`` or a seed). ``target`` is the AUC that hybrid-1 must reach, 0 for none; ``known`` the
    best figures that were known when it was set."""

    log: str
    split: str
    target: float = 0.0
    known: str = ""
    nested: bool = False

    @property
    def models(self) -> tuple[str, ...]:
        """What is fitted: everything where there is a target, else the models that are compared."""
        return MODELS if self.target else FEWER


TARGETS = {
    "assist2009-gervet": Scenario("assist2009", "gervet", 0.795, "Best-LR 0.7665, StableKT 0.7765"),
    "assist2009-seed0": Scenario("assist2009", "0", 0.805, "pyBKT 0.721, DKT 0.762, Best-LR 0.780"),
    "assist2015-seed0": Scenario("assist2015", "0", 0.735, "DKT 0.7290"),
    "assist2017-seed0": Scenario("assist2017", "0", 0.771, "AKT-R 0.7702 (reruns 0.7501, 0.7263)"),
    "assist2017-shard-seed0": Scenario("assist2017_ts_shard", "0", 0.765, "Best-LR 0.7397"),
}
SEEDS = tuple(range(1, 5))


def _all() -> dict[str, Scenario]:
    seeded = [name for name in TARGETS if name.endswith("-seed0")]
    found = dict(TARGETS)
    for seed in SEEDS:
        found |= {f"{name[:-1]}{seed}": Scenario(TARGETS[name].log, str(seed)) for name in seeded}
    return found | {f"{n}-nested": Scenario(s.log, s.split, nested=True) for n, s in TARGETS.items()}


SCENARIOS = _all()
"""Permanent names. First those with a target, then seeds 1 to 4, then the nested splits."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A scenario's rows: the log, who trains, and a mask [N] of the rows that are held out."""

    frame: Frame
    train: Longs
    held: np.ndarray[tuple[int], np.dtype[np.bool_]]


def case_of(name: str) -> Case:
    """Read a scenario's log and split it."""
    scenario = SCENARIOS[name]
    frame = read(scenario.log)
    train = learners_of(frame, scenario)
    if scenario.nested:
        frame = read(scenario.log, train)
        train = split(frame, 0)[0]
    return Case(frame, train, ~frame.rows_of(train))


def read(name: str, learners: Longs | None = None) -> Frame:
    """Read a prepared log, or the rows of some of its learners."""
    table = pl.read_parquet(LOGS / f"{name}.parquet")
    if learners is not None:
        table = table.filter(pl.col("student").is_in(learners.tolist()))
    return frame_of({n: table[n].to_list() if n == "skills" else table[n].to_numpy() for n in table.columns})


def learners_of(frame: Frame, scenario: Scenario) -> Longs:
    """Return the training learners of a scenario."""
    if scenario.split != "gervet":
        return split(frame, int(scenario.split))[0]
    stored = pl.read_parquet(LOGS / "assist2009_split_seed0.parquet")
    return np.sort(stored.filter(pl.col("split_gervet") == "train")["student"].to_numpy()).astype(np.int64)


def path_of(name: str, model: str) -> Path:
    """Where a fit's chances are kept: the name changes with the code that makes them."""
    parts = ("frame.py", "features.py", "additive.py", "kernels.py", "scale/*.py", *CODE.get(model, PEERS))
    code = b"".join(path.read_bytes() for part in parts for path in sorted(SCIENCE.glob(part)))
    return KEPT / f"{name}-{model}-{blake2b(code, digest_size=6).hexdigest()}.npz"


def fit_and_keep(name: str, model: str, case: Case) -> None:
    """Fit a model and keep the chances of the held-out rows with the CPU seconds of fitting and predicting.

    ``additive-2`` is a part of ``hybrid-1`` that is fitted in the same way whether or not the rest follows; so it is kept with
    it, without a time of its own.
    """
    begin = time.process_time()
    fitted = FITTERS[model][0](case.frame, case.train, lambda done: None)
    _keep(path_of(name, model), fitted.predicted[case.held], time.process_time() - begin)
    if fitted.model is not None:
        logits = fitted.model.core_logits(case.frame, case.frame.students)[case.held]
        _keep(path_of(name, "additive-2"), 1.0 / (1.0 + np.exp(-logits)), 0.0)


def _keep(path: Path, chance: Floats, seconds: float) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part.npz")
    np.savez(half, chance=chance, seconds=seconds)
    half.replace(path)


def kept(name: str, model: str) -> tuple[Floats, float]:
    """Return the chances of the held-out rows and the CPU seconds of their fit."""
    with np.load(path_of(name, model)) as found:
        return found["chance"], float(found["seconds"])
