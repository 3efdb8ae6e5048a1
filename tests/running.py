"""The real server of Headway in a process of its own, for as long as a block lasts."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from headway.cli.child import STOP_SECONDS


@contextmanager
def running() -> Iterator[str]:
    """Start it on a free port and yield its address when it answers. The database has to run."""
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"]
    # As ``headway serve``: a worker that is told to stop while it still starts ends all the same.
    command += ["--workers-kill-timeout", str(STOP_SECONDS), "--log-level", "warning"]
    port = free_port()
    process = subprocess.Popen([*command, "--port", str(port), "headway.site.asgi:application"])
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until, said = time.monotonic() + 240, "nothing"  # on a new machine it compiles its kernels first
    while time.monotonic() < until and process.poll() is None:
        try:
            answer = httpx.get(f"{address}/sign-in", timeout=30)  # the first page reads every module
            if answer.status_code == 200:
                return
            said = f"{answer.status_code}: {answer.text[:200]}"
        except httpx.TransportError as problem:
            said = repr(problem)
        time.sleep(0.1)
    raise RuntimeError(f"the server at {address} did not start (its messages are above); the last it said: {said}")
