"""Adaptive testing: speed, the cost of a live decision, exposure and its fairness in time, beside catsim.

``python -m benchmarks cat``. The bank is 500 2PL items, a ~ lognormal(0, 0.3), b ~ N(0, 1); takers are N(0, 1) and stop at
a standard error of 0.30 or 60 items. Everything is timed in processor seconds of one core. catsim runs in the same minute
when it can be imported by ``HEADWAY_CATSIM`` (a Python with catsim, see below), or installed into ``build/peers``.

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install catsim
    HEADWAY_CATSIM=/tmp/peer/bin/python python -m benchmarks cat
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from headway.core.measurement.adaptive.design import Design, Range
from headway.core.measurement.adaptive.figures import Figures, figures
from headway.core.measurement.adaptive.pool import Pool, pool_of
from headway.core.measurement.adaptive.rehearse import score_of
from headway.core.measurement.adaptive.simulate import simulate, warm
from headway.core.measurement.adaptive.sitting import answer, begin, decode, encode
from headway.core.measurement.items import Floats, item_bank

TAKERS, PEER_TAKERS = 20_000, 300
SPEED, DECISION, SHADOW, LENGTH, DRIFT = 150_000, 1.0, 100.0, 22.5, 1.05
"""Bars: items a second; milliseconds at p99, and with shadow test at p95; mean length with exposure limited to 0.20 ±
0.01; last fifth of the takers over the first."""

CATSIM = """
import json, sys, time
import numpy as np
from catsim.estimation import NumericalSearchEstimator
from catsim.initialization import FixedPointInitializer
from catsim.selection import MaxInfoSelector
from catsim.simulation import Simulator
from catsim.stopping import MinErrorStopper
job = json.loads(sys.stdin.read())
items = np.column_stack([job["a"], job["b"], np.zeros(len(job["a"])), np.ones(len(job["a"]))])
out = {}
for name, r_max in (("free", 1.0), ("limited", 0.2)):
    run = Simulator(items, np.array(job["abilities"]), FixedPointInitializer(0.0), MaxInfoSelector(r_max=r_max),
        NumericalSearchEstimator(), MinErrorStopper(0.3, max_items=60), seed=1)
    begin = time.process_time()
    run.simulate()
    spent = time.process_time() - begin
    lengths = np.array([len(each) for each in run.administered_items])
    seen = np.bincount(np.concatenate([np.array(each, int) for each in run.administered_items]), minlength=len(items))
    out[name] = {"items_per_second": float(lengths.sum() / spent), "length": float(lengths.mean()),
        "fifths": [float(part.mean()) for part in np.array_split(lengths, 5)], "exposure": float(seen.max() / len(lengths))}
print(json.dumps(out))
"""


@dataclass(frozen=True, slots=True)
class Live:
    """Milliseconds of processor time for one live decision: a stored sitting is decoded, answered and encoded."""

    p50: float
    p95: float
    p99: float


def bank(size: int, seed: int) -> Pool:
    """The bank of the comparison, with four categories."""
    rng = np.random.default_rng(seed)
    a, b = rng.lognormal(0.0, 0.3, size), rng.standard_normal(size)
    content = [str(n) for n in rng.integers(0, 4, size)]
    return pool_of(item_bank([str(n) for n in range(size)], b, a=a), content={"content": content})


def run(pool: Pool, design: Design, abilities: Floats) -> tuple[Figures, float]:
    """Return the figures of a simulation, and items a second."""
    control = warm(pool, design)
    simulate(pool, design, abilities[:2])
    begin_at = time.process_time()
    done = simulate(pool, design, abilities, seed=1, exposure=control)
    spent = time.process_time() - begin_at
    return figures(pool, done), int(done.length.sum()) / spent


def live(pool: Pool, design: Design, takers: int) -> Live:
    """Time every decision of some sittings, stored between two answers."""
    abilities = np.random.default_rng(4).standard_normal(takers)
    spent: list[float] = []
    for taker in range(takers):
        stored = encode(begin(pool, design, seed=taker))
        pending = decode(stored).pending
        while pending >= 0:
            score = score_of(pool, pending, float(abilities[taker]), 2, taker)
            at = time.process_time()
            sitting = answer(pool, design, decode(stored), score)
            stored = encode(sitting)
            spent.append(1000.0 * (time.process_time() - at))
            pending = sitting.pending
    p50, p95, p99 = np.percentile(spent, [50, 95, 99]).tolist()
    return Live(p50, p95, p99)


def catsim(pool: Pool, abilities: Floats) -> dict[str, dict[str, float]] | None:
    """Run catsim on the same bank and takers in a Python of its own; None where it cannot be had."""
    python = os.environ.get("HEADWAY_CATSIM", "")
    if not python:
        place = Path("build/peers/catsim")
        python = str(place / "bin" / "python")
        if not Path(python).exists():
            made = subprocess.run([sys.executable, "-m", "venv", str(place)], check=False)
            got = subprocess.run([python, "-m", "pip", "install", "-q", "catsim"], check=False)
            if made.returncode or got.returncode:
                return None
    job = {"a": pool.bank.a.tolist(), "b": pool.bank.b[:, 0].tolist(), "abilities": abilities.tolist()}
    one = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    ran = subprocess.run(
        [python, "-W", "ignore", "-c", CATSIM],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
        env=one,
    )
    lines = ran.stdout.strip().splitlines()
    found: dict[str, dict[str, float]] | None = json.loads(lines[-1]) if ran.returncode == 0 and lines else None
    return found


def main() -> dict[str, object]:
    """Print each figure beside its bar and return them."""
    pool, large = bank(500, 511), bank(5000, 5511)
    abilities = np.random.default_rng(1).standard_normal(TAKERS)
    plain = Design(maximum=60)
    free, speed = run(pool, plain, abilities)
    _, speed_large = run(large, plain, abilities)
    limited, speed_limited = run(pool, replace(plain, exposure=0.2), abilities)
    ranges = tuple(Range("content", str(n), 3, 8) for n in range(4))
    print(
        f"simulated items/s: {speed:,.0f}; 5,000 items {speed_large:,.0f}; limited {speed_limited:,.0f} (bar {SPEED:,})"
    )
    print(f"no limit: length {free.mean_length:.2f}, RMSE {free.rmse:.3f}, 95 % intervals {free.coverage:.3f}")
    print(
        f"limit 0.20: max exposure {limited.max_exposure:.4f}, length {limited.mean_length:.2f} (bar {LENGTH}), fifths "
        f"{[round(n, 1) for n in limited.length_by_fifth]}, last/first {limited.late_to_early:.3f} (bar {DRIFT})"
    )
    decisions = {"500": live(pool, plain, 200), "5,000": live(large, plain, 200)}
    for name, found in decisions.items():
        print(f"live decision, {name} items: p50 {found.p50:.3f}, p99 {found.p99:.3f} ms (bar {DECISION})")
    shadow = live(pool, Design(minimum=20, maximum=20, ranges=ranges, shadow=True), 30)
    print(f"with shadow test, 500 items: p50 {shadow.p50:.1f}, p95 {shadow.p95:.1f} ms (bar {SHADOW})")
    peer = catsim(pool, abilities[:PEER_TAKERS])
    if peer is None:
        print("catsim could not be installed; published figures of 0.21: 1,859 items/s, late/early 1.80 at r_max 0.20")
    else:
        for name, one in peer.items():
            print(f"catsim {name}, {PEER_TAKERS} takers: {one}")
        print(f"ratio of speed: {speed / peer['free']['items_per_second']:,.0f}")
    return {"speed": speed, "free": free, "limited": limited, "live": decisions, "shadow": shadow, "catsim": peer}


if __name__ == "__main__":
    main()
