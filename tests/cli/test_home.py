"""The PostgreSQL that starts by itself: also where another one was killed a moment ago."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

from headway.cli.home import start_postgres


def test_a_server_that_was_killed_is_followed_by_another(tmp_path: Path) -> None:
    server = start_postgres(tmp_path)
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
        backend = psutil.Process(connection.info.backend_pid)
        master = backend.parent()
        assert master is not None
        family = [*master.children(recursive=True), master]
        for process in reversed(family):
            if process == backend:
                process.suspend()  # as one that is writing and has not noticed
            else:
                process.kill()
        goes = threading.Timer(2.0, lambda: _kill(backend))
        goes.start()
        began = time.monotonic()
        again = start_postgres(tmp_path)
        goes.join()
        assert time.monotonic() - began >= 1.5, "two servers would write the same files"
    with psycopg.connect(again.get_uri("postgres")) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(1,)]
    again.cleanup()


def _kill(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()
