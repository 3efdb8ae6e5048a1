"""The tests marked ``whole``: all of what ``make test`` takes a sample of."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One test file after another; a failure stops the part."""
    done = set(state.setdefault("done", []))  # type: ignore[call-overload]
    files = [path for path in sorted(Path("tests").rglob("test_*.py")) if "mark.whole" in path.read_text()]
    for path in files:
        if str(path) in done:
            continue
        if time.monotonic() > ends - 60:
            return
        environment = {**os.environ, "HEADWAY_WHOLE": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "whole", "--timeout", "500", str(path)]
        if subprocess.run(command, env=environment, check=False).returncode:
            raise SystemExit(f"{path} fails under HEADWAY_WHOLE=1")
        done.add(str(path))
        state["done"] = sorted(done)
        yield f"{len(done)} of {len(files)} files: {path}"
    state["complete"] = True
