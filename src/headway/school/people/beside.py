"""Work that takes longer than a page may: one of our own commands, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from functools import partial

from django.db import transaction

ONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def run_beside(*words: object, behind: int = 10) -> None:
    """Start ``headway WORDS --json`` once what the request has written is durable; nobody waits for it. It calculates on one
    core and ``behind`` steps of priority after the pages: learners come first. Its row in the database says how it went."""
    transaction.on_commit(partial(_start, [*map(str, words), "--json"], behind))


def _start(words: list[str], behind: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "headway.cli", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | ONE,
    )
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, child.pid, behind)
