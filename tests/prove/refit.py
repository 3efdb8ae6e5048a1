"""Refits of districts of known truth, each from the start: killed in the middle, promoted by another process, harmful, void."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

FILE = Path("tests/prove/refit_districts.py")


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """One proof after another, each with a database of its own; a failure stops the part."""
    done = set(state.setdefault("done", []))  # type: ignore[call-overload]
    proofs = re.findall(r"^def (test_\w+)", FILE.read_text(), re.MULTILINE)
    for name in proofs:
        if name in done:
            continue
        if time.monotonic() > ends - 90:
            return
        command = [sys.executable, "-m", "pytest", "-q", "--timeout", "400", f"{FILE}::{name}"]
        if subprocess.run(command, check=False).returncode:
            raise SystemExit(f"{FILE}::{name} fails")
        done.add(name)
        state["done"] = sorted(done)
        yield f"{len(done)} of {len(proofs)}: {name}"
    state["complete"] = True
