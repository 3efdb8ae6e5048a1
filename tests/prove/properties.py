"""The property tests with many more and different examples."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("tests/core", "tests/standards")


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One test file after another; a failure stops the part."""
    done = set(state.setdefault("done", []))  # type: ignore[call-overload]
    files = [
        path for folder in FOLDERS for path in sorted(Path(folder).rglob("test_*.py")) if "@given" in path.read_text()
    ]
    for path in files:
        if str(path) in done:
            continue
        if time.monotonic() > ends - 60:
            return
        environment = {**os.environ, "HEADWAY_HYPOTHESIS": "prove"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--timeout", "500", str(path)]
        if subprocess.run(command, env=environment, check=False).returncode:
            raise SystemExit(f"{path} fails under HEADWAY_HYPOTHESIS=prove")
        done.add(str(path))
        state["done"] = sorted(done)
        yield f"{len(done)} of {len(files)} files: {path}"
    state["complete"] = True
