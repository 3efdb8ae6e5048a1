"""Setting Django up, and bringing its tables up to date."""

from __future__ import annotations

import os

import django
from django.core.management import call_command

from headway.cli.home import APP_ROLE


def set_up() -> None:
    """Prepare Django with the settings of this package."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.site.settings")
    django.setup()


def is_current() -> bool:
    """Say whether the tables are those of this version; raises Django's database errors when it does not answer."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> list[str]:
    """Bring tables, grants and policies up to date as the owner; return the names of the tenanted tables."""
    set_up()
    from django.conf import settings

    from headway.school.people.row_security import secure_tables

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    role = settings.DATABASES["default"]["USER"] or APP_ROLE
    return secure_tables(using="owner", role=role)
