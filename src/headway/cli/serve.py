"""``headway serve``: the production start. It looks before it leaps, then becomes the web server."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from headway.cli.child import STOP_SECONDS
from headway.cli.command import Command, Refused, Result
from headway.cli.web import APPLICATION, port_is_free, port_number


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=port_number, default=8000, help="where to listen (default: 8000)")
    parser.add_argument("--workers", type=int, default=0, help="processes (default: one a core)")
    parser.add_argument("--check", action="store_true", help="check everything and prepare static files, do not serve")


def run(arguments: argparse.Namespace) -> Result | None:
    """Check the settings and the database, prepare static files, and serve until told to stop."""
    from django.core.exceptions import ImproperlyConfigured

    from headway.cli.database import set_up

    try:
        set_up()
    except ImproperlyConfigured as problem:
        raise Refused(str(problem)) from None
    from django.conf import settings

    if not settings.PRODUCTION:
        raise Refused("HEADWAY_MODE is not production. Unset it to serve a school; `headway demo` starts a demo.")
    _database_is_ready()
    files = _static_files()
    workers = arguments.workers or os.cpu_count() or 1
    port_is_free(arguments.host, arguments.port)
    data = {"url": f"http://{arguments.host}:{arguments.port}", "workers": workers, "static_files": files}
    text = f"Ready to serve at {data['url']} with {workers} workers; {files} static files are in place."
    if arguments.check:
        return Result(data, text)
    print(json.dumps(data, sort_keys=True) if arguments.json else text, flush=True)
    _become(arguments.host, arguments.port, workers)
    return None


def _become(host: str, port: int, workers: int) -> None:
    """Turn this process into the web server, so that signals reach it without a parent in between."""
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--no-ws", "--log-level", "warning", "--respawn-failed-workers"]
    command += ["--workers-kill-timeout", str(STOP_SECONDS), APPLICATION]
    os.execv(command[0], command)  # noqa: S606 (our own words and checked numbers)


def _database_is_ready() -> None:
    """Raise Refused when the database is away, not migrated, or would let the application past row-level security."""
    from django.db import Error, connections

    from headway.cli.database import is_current

    connection = connections["default"]
    settings = connection.settings_dict
    where = f"{settings['NAME']} at {settings['HOST'] or 'this machine'}"
    settings["OPTIONS"] = {**settings["OPTIONS"], "connect_timeout": 5}
    settings["OPTIONS"].pop("pool", None)  # a pool would try again for a long time
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            user, bypasses = cursor.fetchone() or ("", True)
        current = is_current()
    except Error as problem:
        raise Refused(
            f"the database {where} does not answer: {str(problem).strip()}. Check DATABASE_URL, and that the server runs."
        ) from None
    finally:
        connection.close()
    if bypasses:
        raise Refused(
            f"DATABASE_URL connects as {user}, who can bypass row-level security. Name a role without SUPERUSER and "
            "BYPASSRLS there; the owner's connection belongs into DATABASE_OWNER_URL."
        )
    if not current:
        raise Refused(f"the tables of {where} are not up to date. Run `headway migrate` first.")


def _static_files() -> int:
    from django.conf import settings
    from django.core.management import call_command

    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        return sum(path.is_file() for path in Path(str(settings.STATIC_ROOT)).rglob("*"))
    except OSError as problem:
        raise Refused(
            f"static files cannot be written to {settings.STATIC_ROOT} ({problem.strerror}). Name a folder that this "
            "user may write: HEADWAY_HOME=/path/to/folder."
        ) from None


COMMAND = Command(
    help=(
        "Serve a school. Wants DATABASE_URL (a role that cannot bypass row-level security), HEADWAY_SECRET_KEY and\n"
        "HEADWAY_HOSTS in the environment, and tables made by `headway migrate`. Static files go to HEADWAY_HOME.\n"
        "Put a proxy that ends TLS before it, and let it set X-Forwarded-Proto."
    ),
    example="headway serve --host 0.0.0.0 --port 8000 --workers 4",
    configure=configure,
    run=run,
    keys={
        "url": "where it listens",
        "workers": "number of processes",
        "static_files": "files under HEADWAY_HOME/static, compressed copies included",
    },
)
