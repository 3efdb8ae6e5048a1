"""``headway fit`` out of core and on a cluster: where the parts lie, and who works on them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl

from headway.cli.command import Refused
from headway.cli.files import refusing
from headway.cli.fit_store import Store, store
from headway.core.mastery.scale.fitters import IN_PARTS

MOST_IN_MEMORY = 4_000_000
"""A log of more responses is cut into parts by itself, if the model can be fitted in parts."""


def files_of(path: Path) -> list[Path]:
    """Return the files of a log: the file itself, or all Parquet files of a folder by name. Raises Refused."""
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.parquet"))
    if not found:
        raise Refused(f"{path} holds no Parquet file. Give a log, or a folder of files that follow each other by name.")
    return found


def rows_of(files: Sequence[Path]) -> int:
    """Count the rows that the files claim, 0 where one cannot be read (its reader will say why)."""
    try:
        return sum(int(pl.scan_parquet(path).select(pl.len()).collect().item()) for path in files)
    except (pl.exceptions.PolarsError, OSError):
        return 0


@contextmanager
def opened(
    files: Sequence[Path],
    folder: Path | None,
    *,
    model: str,
    seed: int,
    cluster: str | None,
    workers: int,
    told: Callable[[int, int], None],
) -> Iterator[Store]:
    """Cut the log into parts, in a folder that goes away afterwards unless one is named, and let whoever is asked for work
    on them. Raises Refused for what cannot be done."""
    if model not in IN_PARTS:
        raise Refused(f"--model {model} is fitted in memory only. In parts there are {', '.join(IN_PARTS)}.")
    if cluster is not None and folder is None:
        raise Refused("--cluster needs --parts FOLDER: a folder that this machine and all workers see under one name.")
    with ExitStack() as stack:
        executor = stack.enter_context(_executor(cluster, workers))
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="headway-fit-")))
        with refusing():
            found = store(files, place, seed=seed, executor=executor, told=told)
        try:
            yield found
        except FileNotFoundError as error:
            raise Refused(
                f"{error}. Give --parts a folder that this machine and all workers see under one name."
            ) from error
        except BrokenExecutor as error:
            raise Refused(f"A worker was killed ({error}). Run the same command again with fewer --workers.") from error


@contextmanager
def _executor(cluster: str | None, workers: int) -> Iterator[Executor | None]:
    if cluster is not None:
        with _dask(cluster) as executor:
            yield executor
    elif workers > 1:
        with ProcessPoolExecutor(workers, get_context("spawn")) as executor:
            yield executor
    else:
        yield None


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise Refused("--cluster needs Dask, which is not installed: pip install 'headway[cluster]'.") from error
    try:
        client: Any = Client(address, timeout="20s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise Refused(
            f"No Dask scheduler answers at {address} ({error}). Start one with `dask scheduler` and workers with "
            "`dask worker ADDRESS`, and give the address that the scheduler prints."
        ) from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise Refused(f"The scheduler at {address} has no workers. Start some with `dask worker {address}`.")
        yield client.get_executor()
