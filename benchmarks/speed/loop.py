"""The loop end to end: HTTP in, decision out, durable; against the floor of the same reads, step and writes without HTTP.

Three districts, a token for each learner, row-level security and fsync on, the load generator beside the server on the same
cores. ``python -m benchmarks loop`` prints requests a second, the p95 and the ratio to the floor at 1, 32 and 200 learners.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from benchmarks.speed.school import add_district, fresh_school

SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
PORT = 8765
CONCURRENCIES = (1, 32, 200)


def floor(url: str, people: list[Any], *, batch: int, seconds: float) -> float:
    """Responses a second of :func:`record` alone: one connection, batches of ``batch``, each of one district."""
    import uuid

    from benchmarks.speed.client import key_of

    from headway.school.loop import Receipt, Submission, prepare, record
    from headway.school.loop.wire import connect

    connection = connect(url)
    groups = [people[n : n + batch] for n in range(0, len(people) - batch + 1, batch)]
    last: dict[Any, Receipt] = {}
    done, began = 0, 0.0
    for turn in range(1_000_000):
        group = groups[turn % len(groups)]
        submissions = []
        for person in group:
            open_now = last.get(person.id)
            if open_now is None:
                submissions.append(Submission(person.district_id, person.id, uuid.uuid4(), "start"))
            else:
                answer = key_of(open_now.activity, done)
                submissions.append(
                    Submission(
                        person.district_id,
                        person.id,
                        uuid.uuid4(),
                        "response",
                        open_now.activity,
                        open_now.step,
                        answer,
                    )
                )
        prepared = [prepare(s) for s in submissions]
        results = record(connection, prepared, [time.time()] * len(prepared))
        for person, result in zip(group, results, strict=True):
            assert isinstance(result, Receipt), result
            last[person.id] = result
        if turn >= 4 * len(groups):
            began = began or time.perf_counter()
            done += len(group)
            if time.perf_counter() - began > seconds:
                break
    connection.close()
    return done / (time.perf_counter() - began)


def serve() -> subprocess.Popen[bytes]:
    """Start the server as production does."""
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(PORT), "--workers",
         os.environ.get("BENCH_WORKERS", "1"), "--no-ws", "--log-level", "warning", "headway.site.asgi:application"],
        start_new_session=True,
    )  # fmt: skip
    for _ in range(1200):  # a loaded machine compiles for a while first
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/static/none", timeout=1)
        with suppress(OSError):
            import socket

            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
            return server
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def run() -> dict[str, Any]:
    """Measure everything in one run; print and return the figures."""
    with fresh_school() as url:
        from headway.school.people.tenancy import in_district
        from headway.school.people.tokens import issue_token

        districts = [add_district(name, 96) for name in ("Maple", "Oak", "Pine")]
        tokens = []
        for key, people in districts:
            with in_district(key):
                tokens.append([issue_token(person=person, name="bench", scopes=["respond"])[1] for person in people])
        mixed = [tokens[n % 3][n // 3] for n in range(200)]
        figures: dict[str, Any] = {}
        floor_people = [person for _, people in districts for person in people]
        figures["floor_by_32"] = round(floor(url, floor_people, batch=32, seconds=SECONDS))
        from django.db import connections

        for connection in connections.all(initialized_only=True):
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]
        server = serve()
        try:
            for learners in CONCURRENCIES:
                figures[f"learners_{learners}"] = _load(mixed[:learners], server.pid)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(10)
    for learners in CONCURRENCIES:
        figures[f"learners_{learners}"]["of_floor"] = round(
            figures[f"learners_{learners}"]["per_second"] / figures["floor_by_32"], 3
        )
    print(json.dumps(figures, indent=2))
    return figures


def _load(tokens: list[str], server: int) -> dict[str, Any]:
    """Run the client in a process of its own, so that it is not this one's warm caches that are measured.

    CPU milliseconds a response tell what a quiet machine would do where this one is not.
    """
    from benchmarks.speed.client import drive

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(drive, (PORT, tokens, 1.0))
        before = _cpu(server), _database_cpu()
        figures: dict[str, Any] = pool.apply(drive, (PORT, tokens, SECONDS))
        after = _cpu(server), _database_cpu()
    answered = figures.pop("answered")
    figures["cpu_ms"] = {
        "server": round(1000 * (after[0] - before[0]) / answered, 3),
        "database": round(1000 * (after[1] - before[1]) / answered, 3),
        "client": round(1000 * figures.pop("client_cpu") / answered, 3),
    }
    return figures


def _cpu(number: int) -> float:
    """CPU seconds of a process and its children."""
    process = psutil.Process(number)
    return sum(sum(p.cpu_times()[:2]) for p in [process, *process.children(recursive=True)])


def _database_cpu() -> float:
    """CPU seconds of this benchmark's PostgreSQL; backends that have ended count no more."""
    lock = Path(os.environ["HEADWAY_HOME"]) / "postgres" / "postmaster.pid"
    return _cpu(int(lock.read_text().split("\n", 1)[0]))


if __name__ == "__main__":
    run()
