"""The deep challenger on real logs, one response ahead, beside what serves and Best-LR on the same learners.

``python -m benchmarks deep`` needs ../shared/data/kt and PyTorch (``pip install 'headway[deep]'``). Some ten minutes of CPU: it
fits ``gru-1`` and what is missing of the others, which it shares with ``python -m benchmarks accuracy``.
"""

from __future__ import annotations

import numpy as np
from benchmarks.accuracy.mastery_fits import LOGS, case_of, fit_and_keep, kept, path_of

from headway.core.mastery.hybrid.trees import MissingTrainer
from headway.core.mastery.metrics import measure
from headway.core.mastery.report import paired_bootstrap

DEEP = "gru-1"
OTHERS = ("hybrid-1", "best-lr")
SCENARIOS = ("assist2017-shard-seed0", "assist2015-seed0")
"""Permanent names, as in ``mastery_fits``."""


def compare(name: str) -> None:
    """Fit what is missing of a scenario and print how the challenger does, learner by learner."""
    case = case_of(name)
    for model in (DEEP, *OTHERS):
        if not path_of(name, model).exists():
            fit_and_keep(name, model, case)
    y, found = case.frame.correct[case.held], {model: kept(name, model) for model in (DEEP, *OTHERS)}
    learner = np.repeat(np.arange(len(case.frame.students)), np.diff(case.frame.starts))[case.held]
    learner = np.unique(learner, return_inverse=True)[1].astype(np.int64)
    for model, (chance, seconds) in found.items():
        m = measure(y, chance)
        print(
            f"{name:<24} {model:<9} AUC {m.auc:.4f}  log loss {m.log_loss:.4f}  ECE {m.ece:.4f}  {seconds:6.1f} CPU s",
            flush=True,
        )
    for other in OTHERS:
        more, low, high = paired_bootstrap(learner, y, found[DEEP][0], found[other][0])
        print(f"{name:<24} {DEEP} over {other}: {more:+.4f} AUC (95 % {low:+.4f} to {high:+.4f})", flush=True)


def main() -> None:
    """Compare on every scenario."""
    if not LOGS.is_dir():
        raise SystemExit(f"{LOGS} is absent: the logs are not shipped with Headway")
    for name in SCENARIOS:
        try:
            compare(name)
        except MissingTrainer as error:
            raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
