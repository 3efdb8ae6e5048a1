"""Kill the web workers and the database in the middle of writes; nothing acknowledged may be lost, doubled or torn.

Each round: learners answer over HTTP; after a random moment SIGKILL goes to the web server, to the database, or to both;
everything is started again; what was not acknowledged is sent again under its old key. Then, for every learner: each
acknowledged response is in the log exactly once, as it was acknowledged, and replaying the log gives the stored profile
byte for byte, so that no write was torn.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.prove.ledger_school import LedgerSchool

ROUNDS = 50


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """Rounds until the time or the number is up."""
    yield from rounds(state, ends, ROUNDS)
    state["complete"] = state.get("rounds") == ROUNDS


def rounds(state: dict[str, object], ends: float, most: int) -> Iterator[str]:
    """Kill and check until ``most`` rounds are done; each call starts with a school of its own."""
    directory = Path(tempfile.mkdtemp(prefix="headway-ledger-"))
    school = LedgerSchool(directory)
    try:
        school.start()
        done = int(str(state.get("rounds", 0)))
        while done < most and time.monotonic() < ends - 45:
            chance = np.random.default_rng(done)
            victim = ("web", "database", "both")[int(chance.integers(3))]
            acknowledged = school.round(victim, after=float(chance.uniform(0.15, 1.2)))
            done += 1
            state["rounds"] = done
            yield f"round {done} of {most}: killed {victim}; {acknowledged} acknowledged so far, each there once"
        if done:
            school.check_profiles()
    finally:
        school.stop()
        shutil.rmtree(directory, ignore_errors=True)
