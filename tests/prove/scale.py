"""The same fit of a million responses in memory, out of core, by two processes and by two workers of Dask."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
import polars as pl
from benchmarks.speed.scale import make

from headway.cli.fit import read_frame
from headway.cli.fit_parts import opened
from headway.core.mastery.fitting import fit
from headway.core.mastery.scale.measured import fit_in_parts

MODELS = ("additive-1", "best-lr")
HOW = ("out of core", "processes", "dask")
FOLDER = Path("build/prove/scale")
LOG_MILLIONS, NEAR = 1.0, 1e-6


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One fit after another; the first whose chances or difficulties differ from those in memory stops the part."""
    done: dict[str, float] = state.setdefault("done", {})  # type: ignore[assignment]
    files = make(FOLDER / "log", LOG_MILLIONS)
    for model in MODELS:
        kept = FOLDER / f"{model}.npz"
        if not kept.exists():
            if time.monotonic() > ends - 200:
                return
            _in_memory(files, model, kept)
            yield f"{model} in memory"
        for how in HOW:
            if f"{model} {how}" in done:
                continue
            if time.monotonic() > ends - 200:
                return
            done[f"{model} {how}"] = _difference(files, model, how, kept)
            assert done[f"{model} {how}"] <= NEAR, (model, how, done)
            yield f"{model} {how}: largest difference {done[f'{model} {how}']:.2g}"
    state["complete"] = True


def _in_memory(files: list[Path], model: str, kept: Path) -> None:
    """Fit the files as one log and keep the chances and difficulties."""
    whole = FOLDER / "whole.parquet"
    pl.concat([pl.read_parquet(path) for path in files]).write_parquet(whole)
    found = fit(read_frame(whole), model=model).fitted
    half = kept.with_suffix(".half.npz")
    np.savez(half, predicted=found.predicted, difficulty=found.difficulty)
    half.replace(kept)


def _difference(files: list[Path], model: str, how: str, kept: Path) -> float:
    with (
        _cluster() if how == "dask" else nullcontext() as address,
        opened(
            files,
            FOLDER / "parts",
            model=model,
            seed=0,
            cluster=address,
            workers=2 if how == "processes" else 1,
            told=lambda done, of: None,
        ) as parts,
        np.load(kept) as inside,
    ):
        found = fit_in_parts(parts, model=model).fitted
        return max(float(np.abs(getattr(found, name) - inside[name]).max()) for name in ("predicted", "difficulty"))


@contextmanager
def _cluster() -> Iterator[str]:
    """Start a scheduler and two workers on this machine; yields the address."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        yield str(cluster.scheduler_address)
