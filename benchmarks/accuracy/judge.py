"""Comparative judgement: cost, published sessions, and reliability where pairs are chosen by earlier results.

``python -m benchmarks judge``. Cost is CPU seconds of one core, beside choix (MIT) from the package index in a scratch
environment in the same run; choix gives scores only. The real sessions need ``../shared``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from tests.core.measurement.judgement.sessions import adaptive_session, names, squared_correlation
from tests.standards.shared import SHARED

from headway.core.measurement.judgement.comparisons import Comparisons, comparisons_of
from headway.core.measurement.judgement.scale import fit_scale

BAR_SECONDS, BAR_COIN, BAR_OFF = 0.2, 0.15, 0.05

PEER = """
import json, sys, time
import choix, numpy as np
table = np.load(sys.argv[1])
pairs = [(int(w), int(l)) for w, l in zip(table["winner"], table["loser"])]
out = {}
for name, call in (("ilsr", lambda: choix.ilsr_pairwise(len(table["truth"]), pairs, alpha=0.01)),
                   ("opt", lambda: choix.opt_pairwise(len(table["truth"]), pairs, alpha=0.1))):
    began = time.process_time()
    score = call()
    seconds = time.process_time() - began
    out[name] = [seconds, float(np.corrcoef(score, table["truth"])[0, 1] ** 2)]
print(json.dumps(out))
"""


def session(count: int, rows: int, seed: int) -> tuple[Comparisons, np.typing.NDArray[np.float64]]:
    """Random pairs of scripts that vary by 1.5 logits, 100 judges, sides and times."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(0.0, 1.5, count)
    a = rng.integers(0, count, rows)
    b = (a + rng.integers(1, count, rows)) % count
    won = rng.random(rows) < 1.0 / (1.0 + np.exp(-(truth[a] - truth[b])))
    judges = tuple(f"j{k}" for k in range(100))
    return Comparisons(
        names(count), judges, np.where(won, a, b), np.where(won, b, a), rng.integers(0, 100, rows), won,
        rng.gamma(3.0, 6.0, rows),
    ), truth  # fmt: skip


def cost() -> None:
    """CPU seconds at 10,000 and 100,000 decisions, with choix beside."""
    with tempfile.TemporaryDirectory() as folder:
        python = _peer(Path(folder))
        for rows in (10_000, 100_000):
            made, truth = session(1000, rows, seed=5 + rows)
            took = []
            for _ in range(5):
                began = time.process_time()
                scale = fit_scale(made)
                took.append(time.process_time() - began)
            r2 = squared_correlation(scale.score, truth)
            print(f"1,000 scripts, {rows:,} decisions: {np.median(took):.3f} CPU s (best {min(took):.3f}), r^2 {r2:.3f}, "
                  f"reported {scale.reliability:.3f}; scores, errors, reliability, separation, judges")  # fmt: skip
            if python is not None:
                file = Path(folder) / "table.npz"
                np.savez(file, winner=made.winner, loser=made.loser, truth=truth)
                done = subprocess.run([python, "-c", PEER, file], capture_output=True, text=True, check=True)
                for name, (seconds, found) in json.loads(done.stdout).items():
                    ratio = seconds / np.median(took)
                    print(f"  choix {name}: {seconds:.3f} CPU s ({ratio:.1f} times), r^2 {found:.3f}; scores only")
        print(f"bar: {BAR_SECONDS} CPU s at 100,000")


def _peer(folder: Path) -> Path | None:
    make = [sys.executable, "-m", "venv", str(folder / "peer")]
    install = [str(folder / "peer/bin/pip"), "install", "--quiet", "choix==0.4.1"]
    for command in (make, install):
        if subprocess.run(command, check=False, capture_output=True).returncode:
            print("choix cannot be installed here; its figures are left out")
            return None
    return folder / "peer/bin/python"


def published() -> None:
    """Separation of the real sessions beside what Kinnear, Jones and Davies (2025) report."""
    folder = SHARED / "data" / "measurement"
    if not folder.is_dir():
        print("the real sessions need ../shared; left out")
        return
    reported = dict(
        pl.read_parquet(folder / "cj_reliability_published.parquet").select("judging_session", "ssr").rows()
    )
    off, began = [], time.process_time()
    for (name,), rows in pl.read_parquet(folder / "cj_judgements.parquet").group_by("session"):
        made = comparisons_of(
            rows["candidate_chosen"].to_numpy(), rows["candidate_not_chosen"].to_numpy(), rows["judge"].to_numpy()
        )
        off.append(abs(fit_scale(made).separation - reported[name]))
    close = sum(value <= 0.001 for value in off)
    print(f"published separation within 0.001 in {close} of {len(off)} sessions (bar 53), worst {max(off):.5f}, "
          f"{time.process_time() - began:.1f} CPU s in all")  # fmt: skip


def honest(replications: int = 10) -> None:
    """Adaptive pairing as the product pairs: coins, and signals of four strengths."""
    for count, each in ((40, 8), (40, 12), (40, 16), (60, 20), (100, 20)):
        for spread in (0.0, 0.5, 1.0, 1.5, 2.5):
            told, true, separation = [], [], []
            for seed in range(replications):
                made, truth = adaptive_session(count, each, spread, seed)
                scale = fit_scale(made, begun=True)
                told.append(scale.reliability)
                separation.append(scale.separation)
                true.append(squared_correlation(scale.score, truth) if spread else 0.0)
            off = np.array(told) - np.array(true)
            print(f"{count} scripts, {each} each, spread {spread}: reported {np.mean(told):.3f} (most {max(told):.3f}), "
                  f"at 0.15 or below {np.mean(np.array(told) <= 0.15):.2f}, "
                  f"true {np.mean(true):.3f}, mean difference {off.mean():+.3f}, mean absolute {np.abs(off).mean():.3f}; "
                  f"published formula {np.nanmean(separation):.3f}")  # fmt: skip
    print(f"bars: coins at most {BAR_COIN}; |reported - true| at most {BAR_OFF} on signal at 20 each")


if __name__ == "__main__":
    cost()
    published()
    honest()
