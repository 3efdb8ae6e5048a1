"""The record store end to end: xAPI statements over HTTP, checked whole, durable before the answer.

One district, row-level security and fsync on, the load generator beside the server on the same cores. ``python -m benchmarks
statements`` prints statements a second, the waiting times and CPU milliseconds a statement, singly and in batches of 25; the
batches from 16 and from 8 systems at once, because who waits behind whom is most of what a batch takes.
"""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
import signal
import time
from typing import Any

from benchmarks.speed.course import drive
from benchmarks.speed.loop import PORT, _cpu, _database_cpu, serve
from benchmarks.speed.school import fresh_school

SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
LOADS = ((1, 16), (25, 16), (25, 8))
"""Statements in a request, and systems that send at once."""


def run() -> dict[str, Any]:
    """Measure all loads in one run; print and return the figures."""
    figures: dict[str, Any] = {}
    with fresh_school():
        header = _credential()
        server = serve()
        try:
            for size, senders in LOADS:
                figures[f"by_{size}_from_{senders}"] = _load(header, size, senders, server.pid)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(10)
    print(json.dumps(figures, indent=2))
    return figures


def _credential() -> str:
    """The Authorization header of a new district's credential."""
    from django.db import connections

    from headway.school.exchange.xapi.credentials import issue_credential
    from headway.school.models import District
    from headway.school.people.tenancy import in_district

    district = District(name="Maple")
    with in_district(district.id):
        district.save(force_insert=True)
        _, user, secret = issue_credential(
            district=district.id, name="bench", scopes=["statements/write"], by=None, now=time.time()
        )
    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


def _load(header: str, size: int, senders: int, server: int) -> dict[str, Any]:
    """Run the client in a process of its own. CPU milliseconds tell what a quiet machine would do where this one is not."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(drive, (PORT, header, size, senders, 1.0))
        before = _cpu(server), _database_cpu()
        figures: dict[str, Any] = pool.apply(drive, (PORT, header, size, senders, SECONDS))
        after = _cpu(server), _database_cpu()
    sent = figures.pop("sent")
    figures["cpu_ms"] = {
        "server": round(1000 * (after[0] - before[0]) / sent, 3),
        "database": round(1000 * (after[1] - before[1]) / sent, 3),
        "client": round(1000 * figures.pop("client_cpu") / sent, 3),
    }
    return figures


if __name__ == "__main__":
    run()
