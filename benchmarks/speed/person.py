"""The pages around one learner with a year of evidence: the processor and wall-clock time that the server takes for one.

``python -m benchmarks person`` makes a learner with about 5,400 answers on 180 school days, ten projects, conferences, goals
and observations (``BENCH_DAYS`` changes the days), and a newcomer with one day. It prints the median milliseconds of each page
through Django's handler in this process, and of the profile through a server as in production. Bar: the profile page of the
year under 150 ms.
"""

from __future__ import annotations

import json
import os
import signal
import time
from typing import Any

import psutil
from benchmarks.speed.board import timed
from benchmarks.speed.loop import PORT, serve
from benchmarks.speed.school import fresh_school
from benchmarks.speed.year import DAYS, make_year

BAR = 150.0
"""Milliseconds of the profile page."""
ROUNDS = 15


def pages_of(year: Any) -> dict[str, tuple[Any, str]]:
    """Who opens which page."""
    key, section = year.learner.id, year.section.id
    return {
        "profile, the learner": (year.learner, "/me"),
        "profile, a teacher": (year.teacher, f"/profile/{key}"),
        "profile, family": (year.family, f"/profile/{key}"),
        "my path": (year.learner, "/my-path"),
        "my story": (year.learner, "/my-story"),
        "goals": (year.learner, "/goals"),
        "mastery": (year.learner, "/mastery"),
        "projects": (year.learner, "/projects"),
        "packet of a conference": (year.teacher, f"/profile/{key}/packet"),
        "path, to be steered": (year.teacher, f"/profile/{key}/steer"),
        "learner's page of the class": (year.teacher, f"/teach/{section}/learner/{key}"),
        "the family's week": (year.family, f"/family/{key}"),
    }


def in_process(year: Any) -> dict[str, dict[str, float]]:
    """Each page through Django's handler: queries, median wall-clock and CPU milliseconds, bytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from headway.school.people.sign_in import demo_link_token

    out = {}
    for name, (who, path) in pages_of(year).items():
        client = Client(SERVER_NAME="localhost")
        client.get(f"/demo/sign-in/{demo_link_token(who)}")
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as queries:
            size = len(client.get(path).content)
        figures = {"queries": len(queries), "bytes": size, **timed(lambda c=client, p=path: c.get(p), ROUNDS)}  # type: ignore[misc]
        out[name] = figures
    return out


def served(year: Any) -> dict[str, dict[str, float]]:
    """The profile page through the server: median wall-clock milliseconds as a browser waits, and the server's CPU."""
    import httpx

    from headway.school.people.sign_in import demo_link_token

    out, server = {}, serve()
    try:
        for name, (who, path) in list(pages_of(year).items())[:3]:
            with httpx.Client(base_url=f"http://localhost:{PORT}", timeout=120.0) as client:
                client.get(f"/demo/sign-in/{demo_link_token(who)}")
                for _ in range(3):
                    assert client.get(path).status_code == 200, path
                before, wall = cpu_of(server.pid), []
                for _ in range(ROUNDS):
                    began = time.perf_counter()
                    client.get(path)
                    wall.append(1000 * (time.perf_counter() - began))
                spent = 1000 * (cpu_of(server.pid) - before) / ROUNDS
            out[name] = {"wall_ms": round(sorted(wall)[ROUNDS // 2], 1), "server_cpu_ms": round(spent, 1)}
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)
    return out


def cpu_of(pid: int) -> float:
    """Seconds that a process and its children have worked."""
    parent = psutil.Process(pid)
    return float(sum(sum(each.cpu_times()[:2]) for each in (parent, *parent.children(recursive=True))))


def run() -> dict[str, Any]:
    """Print and return the figures."""
    with fresh_school() as url:
        import django

        django.setup()
        from django.db import connections

        from headway.school.models import Evidence
        from headway.school.people.tenancy import in_district

        now, figures = time.time(), {}
        for name, days in (("newcomer", 1), ("year", int(os.environ.get("BENCH_DAYS", str(DAYS))))):
            year = make_year(url, now, days=days)
            with in_district(year.learner.district_id):
                answers = Evidence.objects.filter(learner_id=year.learner.id, kind="response").count()
            figures[name] = {"answers": answers, "pages": in_process(year)}
        figures["year"] |= {"bar_ms": BAR, "served": served(year)}
        for connection in connections.all(initialized_only=True):
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]
    print(json.dumps(figures, indent=2))
    return figures


if __name__ == "__main__":
    run()
