"""A district's roster taken in, again, and with 1 % changed, beside a plain COPY of the same rows into indexed tables.

``HEADWAY_LEARNERS`` sets the size (10,000; the goal is stated for 100,000). Seconds of processor time are those of this
process and of its server process in PostgreSQL together: on a quiet machine with two cores the wall clock shows less.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import tempfile
import time
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

LEARNERS = int(os.environ.get("HEADWAY_LEARNERS", "10000"))
FLOOR = """
CREATE TABLE floor_users (id text PRIMARY KEY, cells text[]);
CREATE TABLE floor_classes (id text PRIMARY KEY, cells text[]);
CREATE TABLE floor_roles (id text PRIMARY KEY, person text REFERENCES floor_users, cells text[]);
CREATE TABLE floor_enrollments (id text PRIMARY KEY, section text REFERENCES floor_classes,
    person text REFERENCES floor_users, cells text[]);
CREATE INDEX ON floor_enrollments (section);
CREATE INDEX ON floor_enrollments (person);
CREATE INDEX ON floor_roles (person);
"""


def main() -> None:
    """Run all of it on a server of its own."""
    import psycopg
    from benchmarks.speed.school import fresh_school

    with tempfile.TemporaryDirectory() as folder, fresh_school():
        from tests.districts import MadeUp

        whole, moved = Path(folder) / "whole.zip", Path(folder) / "moved.zip"
        counts = MadeUp(LEARNERS).write(whole)
        MadeUp(LEARNERS, moved=100).write(moved)
        print(f"{LEARNERS:,} learners, {sum(counts.values()):,} rows, {whole.stat().st_size / 1e6:.1f} MB")
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as plain:
            floor = _timed(lambda: _floor(plain, whole), plain)
        print(f"{'floor: COPY, keys, indexes':<34} {floor[0]:7.1f} s   {floor[1]:7.1f} CPU s")
        _imports(whole, moved, floor[1])
        print(
            f"largest memory of the importing process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB"
        )


def _imports(whole: Path, moved: Path, floor: float) -> None:
    from django.db import connection

    from headway.school.exchange.roster.actions import Options, take_in
    from headway.school.exchange.roster.feeds import open_feed
    from headway.school.people.actions import make_district

    district = make_district(name=f"Made-up {uuid.uuid4()}").id

    def take(path: Path, **options: Any) -> Any:
        with open_feed(path) as feed:
            return take_in(district=district, feed=feed, way="command", options=Options(**options))

    runs: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("first import", lambda: take(whole)),
        ("the same files again", lambda: take(whole)),
        ("again, row by row", lambda: take(whole, again=True)),
        ("1 % changed", lambda: take(moved)),
    )
    for name, run in runs:
        connection.ensure_connection()
        wall, cpu, taken = _timed(run, connection)
        changed = sum(n["added"] + n["changed"] + n["removed"] for n in taken.counts.values())
        print(f"{name:<34} {wall:7.1f} s   {cpu:7.1f} CPU s   {cpu / floor:5.2f} of the floor   {changed:,} changes")


def _timed(run: Callable[[], Any], connection: Any) -> tuple[float, float, Any]:
    """Wall seconds, processor seconds of this process and its server process, and what came of it."""
    import psutil

    raw = getattr(connection, "connection", connection)
    server = psutil.Process(raw.info.backend_pid)

    def spent() -> float:
        times = server.cpu_times()
        return time.process_time() + float(times.user) + float(times.system)

    began, before = time.perf_counter(), spent()
    out = run()
    return time.perf_counter() - began, spent() - before, out


def _floor(connection: Any, path: Path) -> None:
    from headway.school.exchange.roster.stage import text_array

    with connection.cursor() as cursor, zipfile.ZipFile(path) as archive:
        cursor.execute(FLOOR)
        for kind, keys in (("users", ()), ("classes", ()), ("roles", (0,)), ("enrollments", (0, 2))):
            names = {"roles": ", person", "enrollments": ", section, person"}.get(kind, "")
            with (
                archive.open(f"{kind}.csv") as file,
                cursor.copy(f"COPY floor_{kind} (id{names}, cells) FROM STDIN") as copy,
            ):
                rows = csv.reader(io.TextIOWrapper(file, "utf-8", newline=""))
                next(rows)
                for row in rows:
                    cells = row[3:]
                    copy.write("\t".join([row[0], *(cells[n] for n in keys), text_array(tuple(cells))]) + "\n")
    connection.commit()


if __name__ == "__main__":
    main()
