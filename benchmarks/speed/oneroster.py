"""OneRoster's service through the real server: objects by identifier and lists of 100, with the load made on the same cores.

``HEADWAY_LEARNERS`` sets the size of the district (10,000), ``BENCH_WORKERS`` the processes (2). Beside requests a second by the
wall clock stands the processor time of an answer: server, PostgreSQL and the load together. Two cores that do nothing else give
two seconds of it a second. Bars: 500 objects and 150 lists a second.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from benchmarks.speed.loop import PORT, serve
from benchmarks.speed.school import fresh_school

LEARNERS = int(os.environ.get("HEADWAY_LEARNERS", "10000"))
CONNECTIONS = 16
REQUESTS = {"object": 2000, "list": 300}
ROSTERING = "/ims/oneroster/rostering/v1p2"
SINCE = "filter=dateLastModified%3E%272020-01-01%27"
BARS = {"object": 500, "list": 150}


def main() -> None:
    """Measure and print."""
    os.environ["HEADWAY_PROGRAM_RATE"] = "1000000"
    os.environ.setdefault("BENCH_WORKERS", "2")
    with tempfile.TemporaryDirectory() as folder, fresh_school():
        token = _district(Path(folder))
        server = serve()
        try:
            for name, kind, paths in _asked():
                wall, cpu, took = _measure(token, paths, REQUESTS[kind], server.pid)
                n = REQUESTS[kind]
                print(
                    f"{name:<28} {n / wall:7.0f} a second   {1000 * cpu / n:6.2f} CPU ms   at most {2 * n / cpu:6.0f} a second on"
                    f" 2 cores (bar {BARS[kind]})   p95 {1000 * sorted(took)[int(0.95 * len(took))]:5.0f} ms",
                    flush=True,
                )
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(10)


def _district(folder: Path) -> str:
    """Take a made-up district in; return the token of a program."""
    import psycopg
    from django.db import connection
    from tests.districts import MadeUp

    from headway.school.exchange.roster.actions import take_in
    from headway.school.exchange.roster.feeds import open_feed
    from headway.school.models import Person, Role
    from headway.school.people.actions import make_district
    from headway.school.people.programs import grant_token, register_program
    from headway.school.people.tenancy import in_district
    from headway.standards.oneroster.service.operations import SCOPES

    MadeUp(LEARNERS).write(folder / "a.zip")
    district = make_district(name="Made-up").id
    with open_feed(folder / "a.zip") as feed:
        take_in(district=district, feed=feed, way="command")
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM school_rosterrecord")  # autovacuum does within the next minute
    with in_district(district):
        lead = Person.objects.filter(sourced_id=_key("teacher", 0)).get()
        Role.objects.create(district_id=district, person=lead, name="leader")
        made = register_program(by=lead, name="Load", scopes=SCOPES, now=time.time())
    token = grant_token(client=made.client, secret=made.secret, wanted=(), now=time.time()).token
    connection.close()
    return token


def _key(kind: str, n: object) -> str:
    from tests.districts import key

    return key(kind, n)


def _asked() -> list[tuple[str, str, list[str]]]:
    """What is asked for: its name, whether it is an object or a list, and addresses that differ."""
    some = range(0, LEARNERS, max(1, LEARNERS // 500))
    users = [f"{ROSTERING}/users/{_key('learner', n)}" for n in some]
    classes = [f"{ROSTERING}/classes/{_key('class', f'{n}-02')}" for n in range(LEARNERS // 26)]
    return [
        ("a class", "object", classes),
        ("a user", "object", users),
        ("100 classes", "list", [f"{ROSTERING}/classes?limit=100&offset={n}" for n in range(0, LEARNERS // 8, 100)]),
        ("100 users", "list", [f"{ROSTERING}/users?limit=100&offset={n}" for n in range(0, LEARNERS * 2, 100)]),
        ("100 students", "list", [f"{ROSTERING}/students?limit=100&offset={n}" for n in range(0, LEARNERS, 100)]),
        (
            "100 enrollments",
            "list",
            [f"{ROSTERING}/enrollments?limit=100&offset={n}" for n in range(0, LEARNERS * 5, 1000)],
        ),
        ("students of a school", "list", [f"{ROSTERING}/schools/{_key('school', 0)}/students?limit=100"]),
        ("users changed since", "list", [f"{ROSTERING}/users?limit=100&{SINCE}"]),
        ("students changed since", "list", [f"{ROSTERING}/students?limit=100&{SINCE}"]),
    ]


def _measure(token: str, paths: list[str], count: int, server: int) -> tuple[float, float, list[float]]:
    """Seconds by the wall clock, processor seconds of all that takes part, and how long each answer took."""
    asyncio.run(_load(token, paths, max(50, len(paths))))  # each learner's reading is noted once a sitting
    before, began = _cpu(server), time.perf_counter()
    took = asyncio.run(_load(token, paths, count))
    return time.perf_counter() - began, _cpu(server) - before, took


async def _load(token: str, paths: list[str], count: int) -> list[float]:
    turns, took = iter(range(count)), list[float]()

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        for turn in turns:
            began = time.perf_counter()
            head = f"GET {paths[turn % len(paths)]} HTTP/1.1\r\nhost: 127.0.0.1:{PORT}\r\nauthorization: Bearer {token}\r\n\r\n"
            writer.write(head.encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).lower()
            if not answer.startswith(b"http/1.1 200"):
                raise RuntimeError(answer.decode())
            await reader.readexactly(int(answer.split(b"content-length: ")[1].split(b"\r\n", 1)[0]))
            took.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return took


def _cpu(server: int) -> float:
    """Processor seconds so far of the server and its workers, of PostgreSQL's processes, and of this one."""
    home = os.environ["HEADWAY_HOME"]
    tree = [psutil.Process(server), *psutil.Process(server).children(recursive=True)]
    for each in psutil.process_iter(["name", "cmdline"]):
        words = each.info["cmdline"] or []
        if each.info["name"] == "postgres" and any(home in word for word in words):
            tree += [each, *each.children()]
    return time.process_time() + sum(_spent(each) for each in tree)


def _spent(process: Any) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
