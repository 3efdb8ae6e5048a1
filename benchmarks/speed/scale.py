"""Fitting at scale: a log of 20 million responses out of core, a million in memory.

``python -m benchmarks scale`` makes the log with the simulation's learners (``core.evidence.logs``; seed 0) in build/scale, in
files of about half a million responses, then runs ``headway fit`` on it in a process of its own and tells its peak memory and
CPU time; then the same of the first million in memory, under each model. Files that are there are not made again. Bars: 20
million in under 4 GiB, a million in under 2 CPU minutes. ``python -m benchmarks.speed.scale MILLIONS`` makes and fits another
size. About half an hour of CPU and 4 GB of disk in all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import polars as pl

from headway.core.curriculum.catalogue import compile_curriculum, generated_activities
from headway.core.evidence.logs import practice_log
from headway.standards.graph import shipped_graph

FOLDER = Path("build/scale")
MILLIONS = 20
EACH = 2500
"""Learners of a file; 400 responses at most and 200 on average each."""
LONGEST = 400
MODELS = ("additive-1", "gaussian-1", "hybrid-1")


def make(folder: Path, millions: float) -> list[Path]:
    """Write as many files as the log needs and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    curriculum, paths, rows = compile_curriculum(shipped_graph(), generated_activities()), list[Path](), 0
    while rows < millions * 1e6:
        path = folder / f"log-{len(paths):03d}.parquet"
        if not path.exists():
            half = path.with_suffix(".half")
            columns = practice_log(curriculum, learners=EACH, first=EACH * len(paths), seed=0, longest=LONGEST)
            pl.DataFrame(columns).write_parquet(half)
            half.replace(path)
        rows += int(pl.scan_parquet(path).select(pl.len()).collect().item())
        paths.append(path)
    return paths


def fit(data: Path, model: str, *more: str) -> dict[str, float]:
    """Run ``headway fit`` in a process of its own: what it found, CPU and wall seconds, and its peak memory in GiB."""
    command = [sys.executable, "-m", "headway.cli", "fit", str(data), "--model", model, "--json", *more]
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
    begin = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | one, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"headway fit {data} --model {model} failed")
    found = json.loads(said)
    return {
        "responses": float(found["responses"]),
        "auc": float(found["test"]["auc"]),
        "cpu": used.ru_utime + used.ru_stime,
        "wall": time.monotonic() - begin,
        "peak": used.ru_maxrss / 2**20,
    }


def told(name: str, found: dict[str, float]) -> None:
    """Print one fit."""
    print(
        f"{name:<24} {found['responses']:>12,.0f} responses  AUC {found['auc']:.4f}  {found['cpu']:7.0f} CPU s  "
        f"{found['wall']:7.0f} s  peak {found['peak']:.2f} GiB",
        flush=True,
    )


def main() -> None:
    """Make the log, fit it in parts, and a million of it in memory."""
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else MILLIONS
    paths = make(FOLDER / "log", millions)
    whole = FOLDER / "whole"
    whole.mkdir(exist_ok=True)
    for stale in whole.glob("*.parquet"):
        stale.unlink()
    for path in paths:
        (whole / path.name).hardlink_to(path)
    told("out of core, additive-1", fit(whole, "additive-1", "--parts", str(FOLDER / f"parts-{millions:g}")))
    some = FOLDER / "million.parquet"
    pl.concat([pl.read_parquet(path) for path in paths[:3]])[:1_000_000].write_parquet(some)
    for model in MODELS:
        told(f"in memory, {model}", fit(some, model))


if __name__ == "__main__":
    main()
