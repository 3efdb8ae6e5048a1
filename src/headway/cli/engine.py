"""The embedded PostgreSQL of a home: started, healed after a crash, and asked about its databases."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from headway.cli.command import Refused
from headway.cli.home import database_urls, start_postgres

DATABASE = "headway"
BUILDING = "headway_building"
"""A school is made under this name and renamed when it is whole, so a half-made one can never be opened."""
STOPPED_WITHIN = 20
"""Seconds that a server has to write down what it holds."""


@contextmanager
def only_one(home: Path) -> Iterator[dict[str, Any]]:
    """Hold the home for one demo. Yields a note that another demo, if refused, can show; raises Refused when held.

    The lock is the operating system's: it ends with the process, however that ends.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = (home / "demo.lock").open("a+")
    except OSError as problem:
        raise Refused(
            f"{home} cannot be written ({problem.strerror}). Name another folder: HEADWAY_HOME=/path/to/folder."
        ) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Refused(_held(home, file.read())) from None
        note: dict[str, Any] = _Note(file, {"process": os.getpid()})
        yield note


class _Note(dict[str, Any]):
    """A small dictionary that is written to the lock file at each change."""

    def __init__(self, file: Any, values: dict[str, Any]) -> None:
        super().__init__()
        self._file = file
        for key, value in values.items():
            self[key] = value

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(dict(self)))
        self._file.flush()


def _held(home: Path, text: str) -> str:
    try:
        note = json.loads(text)
        who = f"process {note['process']}" + (f", at {note['url']}" if "url" in note else "")
    except (ValueError, KeyError, TypeError):
        who = "another process"
    return (
        f"a demo is running in {home} already ({who}). Stop it with Ctrl-C there, or start this one in another "
        "folder: HEADWAY_HOME=/path/to/folder headway demo --port 8001."
    )


@dataclass(slots=True)
class Engine:
    """A running PostgreSQL."""

    server: Any

    def urls(self, database: str = DATABASE) -> tuple[str, str]:
        """Create the database where it is missing; return the owner's and the application's URL."""
        return database_urls(self.server, database)

    def names(self) -> set[str]:
        """The databases that are there."""
        return {row[0] for row in self._ask("SELECT datname FROM pg_database WHERE NOT datistemplate")}

    def drop(self, database: str) -> None:
        """Remove a database and whoever is connected to it; nothing happens where it is not there."""
        self._ask(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def facts(self, database: str) -> dict[str, Any] | None:
        """What :meth:`finish` wrote about a school; None if the database is not a demo's."""
        query = sql.SQL("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = {}")
        rows = self._ask(query.format(sql.Literal(database)))
        try:
            found = json.loads(rows[0][0])
        except (IndexError, TypeError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def hurry(self, database: str) -> None:
        """Do not wait for the disk at each commit while the school is made; the rename at the end waits once."""
        self._ask(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(database)))

    def finish(self, facts: dict[str, Any]) -> None:
        """Give the school that was made its name, with facts about it. After this it is whole and on disk."""
        made = sql.Identifier(BUILDING)
        self._ask(sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(made))
        self._ask(sql.SQL("COMMENT ON DATABASE {} IS {}").format(made, sql.Literal(json.dumps(facts))))
        self._ask(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(made, sql.Identifier(DATABASE)))

    def close(self) -> None:
        """Stop the server, unless another living process of Headway still uses it."""
        self.server.cleanup()
        _stop_left_over(self.server.pgdata)

    def _ask(self, query: Any) -> list[Any]:
        with psycopg.connect(self.server.get_uri("postgres"), autocommit=True) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []


def start_engine(home: Path) -> Engine:
    """Start (or join) the PostgreSQL of a home. Raises Refused, saying what to do, when it does not start."""
    folder = home / "postgres"
    heal(folder)
    try:
        return Engine(start_postgres(home))
    except (OSError, RuntimeError, ValueError, AssertionError, subprocess.SubprocessError) as problem:
        raise Refused(
            f"the database in {folder} does not start: {_last_words(folder, problem)}. If its files are damaged, "
            "`headway demo --reset` deletes them and makes the demo school again; to keep them, name another folder "
            "with HEADWAY_HOME."
        ) from None


def heal(folder: Path) -> None:
    """Forget servers and users of the folder that died without saying so (a crash, a restarted container)."""
    with contextlib.suppress(OSError, ValueError):
        pid_file = folder / "postmaster.pid"
        if pid_file.exists() and not _is_postgres(int(pid_file.read_text().split("\n", 1)[0])):
            pid_file.unlink()
    with contextlib.suppress(OSError, ValueError):
        users = folder / ".handle_pids.json"
        if users.exists():
            users.write_text(json.dumps([pid for pid in json.loads(users.read_text() or "[]") if _is_alive(pid)]))


def _stop_left_over(folder: Path) -> None:
    """Stop a server that the clean-up left running, which it does where a user that died still stands in its list, and
    forget the lock of one that had to be killed."""
    heal(folder)
    with contextlib.suppress(OSError, ValueError, psutil.Error):
        if json.loads((folder / ".handle_pids.json").read_text() or "[]"):
            return
        server = psutil.Process(int((folder / "postmaster.pid").read_text().split("\n", 1)[0]))
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: nobody is waited for, nothing is lost
        server.wait(STOPPED_WITHIN)
    heal(folder)


def remove_database_files(home: Path) -> None:
    """Stop whatever runs on the home's database and delete its files; other files of the home stay."""
    folder = home / "postgres"
    heal(folder)
    with contextlib.suppress(OSError, ValueError, psutil.Error):
        server = psutil.Process(int((folder / "postmaster.pid").read_text().split("\n", 1)[0]))
        server.terminate()
        server.wait(10)
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        raise Refused(f"{folder} cannot be deleted: delete it by hand, or name another folder with HEADWAY_HOME.")


def _is_alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _is_postgres(pid: int) -> bool:
    try:
        return _is_alive(pid) and "postgres" in psutil.Process(pid).name()
    except psutil.Error:
        return False


def _last_words(folder: Path, problem: Exception) -> str:
    """The last line of the server's log, or what went wrong before it could write one."""
    lines: list[str] = []
    with contextlib.suppress(OSError):
        lines = [line for line in (folder / "log").read_text(errors="replace").splitlines() if line.strip()]
    fatal = [line for line in lines[-20:] if "FATAL" in line or "could not" in line]
    words = (fatal or [""])[-1] or str(problem) or type(problem).__name__
    return words.strip().rstrip(".")
