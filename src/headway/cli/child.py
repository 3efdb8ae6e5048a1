"""Children of ``headway demo``: started in a session of their own, stopped in order, never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

STOP_SECONDS = 5


def start_child(module: str, *words: str, log: Path) -> subprocess.Popen[bytes]:
    """Run a module of ours. A Ctrl-C does not reach it: its parent hears of it first and stops it in order."""
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def stop_child(child: subprocess.Popen[bytes]) -> None:
    """Stop a child and wait until it is gone: kindly, and after a few seconds by force."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(STOP_SECONDS + 3)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    if child.stdin is not None:
        child.stdin.close()


def follow_parent() -> None:
    """End when standard input ends: a parent that dies without a word takes its children with it.

    It waits on the number, not on ``sys.stdin``, whose lock would stop the fork of a worker.
    """
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
