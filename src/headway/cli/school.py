"""Opening a school from the command line: the database that is named, or the embedded one of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from headway.cli.command import Refused
from headway.cli.database import set_up
from headway.cli.engine import DATABASE, start_engine
from headway.cli.home import home, secret_key

HOW = "Start one with `headway demo`, or name yours with DATABASE_URL and run `headway migrate`."
FIRST = "Make the first one with `headway district add NAME`."


@contextmanager
def open_school() -> Iterator[None]:
    """Set Django up on the database of this school and let go of it afterwards.

    Without ``DATABASE_URL`` it joins the embedded PostgreSQL of ``HEADWAY_HOME``. Raises Refused if there is none.
    """
    server = None
    if not os.environ.get("DATABASE_URL"):
        folder = home()
        if not (folder / "postgres").is_dir():
            raise Refused(f"there is no school in {folder}. {HOW}")
        server = start_engine(folder)
        if DATABASE not in server.names():
            server.close()
            raise Refused(f"there is no school in {folder}. {HOW}")
        os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"] = server.urls()
        os.environ.setdefault("HEADWAY_SECRET_KEY", secret_key(folder))
        os.environ.setdefault("HEADWAY_MODE", "demo")
    from django.core.exceptions import ImproperlyConfigured

    try:
        set_up()
        yield
    except ImproperlyConfigured as problem:
        raise Refused(str(problem)) from None
    finally:
        if server is not None:
            close_connections()
            server.close()


def find_district(wanted: str) -> UUID:
    """Return the district of a name or an identifier; without either, the only one. Raises Refused otherwise."""
    from headway.school.people.models import District

    with no_tables_refused():
        districts = {str(key): name for key, name in District.objects.order_by("name").values_list("id", "name")}
    named = [key for key, name in districts.items() if not wanted or wanted == name]
    found = [wanted] if wanted in districts else named  # a name may look like the identifier of another one
    if len(found) == 1:
        return UUID(found[0])
    names = ", ".join(f"{name} ({key})" for key, name in list(districts.items())[:20]) or "none"
    if not districts:
        raise Refused(f"the database holds no district. {FIRST}")
    if not found:
        raise Refused(f"there is no district {wanted!r}. There are: {names}.")
    raise Refused(f"there are several districts; name one with --district. There are: {names}.")


@contextmanager
def no_tables_refused() -> Iterator[None]:
    """Raise Refused where the database has no tables yet, or does not answer."""
    from django.db import OperationalError, ProgrammingError

    try:
        yield
    except ProgrammingError:
        raise Refused("the database has no tables yet. Run `headway migrate` first.") from None
    except OperationalError as problem:
        raise Refused(f"the database does not answer: {str(problem).strip()}. {HOW}") from None


def close_connections() -> None:
    """Close every connection and pool of this process, so that the server can stop."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
