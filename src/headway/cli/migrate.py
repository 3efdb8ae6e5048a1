"""``headway migrate``: tables and their row-level security, up to date."""

from __future__ import annotations

import argparse

from headway.cli.command import Command, Refused, Result


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments: the connections come from the environment."""
    del parser


def run(arguments: argparse.Namespace) -> Result:
    """Migrate as the owner, then apply grants and policies to every table."""
    del arguments
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from headway.cli.database import migrate

    try:
        tables = migrate()
    except ImproperlyConfigured as problem:
        raise Refused(str(problem)) from None
    except OperationalError as problem:
        raise Refused(
            f"the database does not answer: {str(problem).strip()}. Check DATABASE_OWNER_URL and that it runs."
        ) from None
    return Result({"tables": tables}, f"{len(tables)} tables are up to date and secured by district.")


COMMAND = Command(
    help="Create or update the tables and their row-level security.",
    example="DATABASE_OWNER_URL=postgresql://owner@db/headway headway migrate",
    configure=configure,
    run=run,
    keys={"tables": "names of the tables that are secured by district"},
)
