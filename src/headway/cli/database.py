"""Setting Django up, and bringing its tables up to date."""

from __future__ import annotations

import os

import django
from django.apps import apps
from django.core.management import call_command

from headway.cli.home import APP_ROLE

OURS = "school"
"""The Django app that has all of Headway's tables."""


def set_up() -> None:
    """Prepare Django with the settings of this package, once in a process: anew, its log would go to what is standard error
    at that moment, and still go there when that is closed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.site.settings")
    if not apps.ready:
        django.setup()


def is_current() -> bool:
    """Say whether the tables are those of this version; raises Django's database errors when it does not answer."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def create_tables() -> bool:
    """Give a database without Headway's tables those of this version at once; say whether it had none.

    Walking all migrations renders every model of the past again for every step of each of them, which grows with the square
    of the tables (28 CPU s for 170 of them, 1 s here). They remain the way of databases that hold something;
    ``tests/school/test_migrations.py`` holds that both ways end at the same tables. It is one transaction: whoever is
    interrupted finds none again.
    """
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    connection = connections["owner"]
    executor = MigrationExecutor(connection)
    loader = executor.loader
    if any(app == OURS for app, _ in loader.applied_migrations or ()):
        return False
    for app in sorted(loader.migrated_apps - {OURS}):  # few and small, and not ours to make otherwise than they say
        call_command("migrate", app, database="owner", verbosity=0, interactive=False)
    with connection.schema_editor() as editor:
        for model in apps.get_app_config(OURS).get_models():
            editor.create_model(model)
        for app, name in loader.graph.nodes:
            if app == OURS:
                executor.recorder.record_applied(app, name)
    return True


def migrate() -> list[str]:
    """Bring tables, grants and policies up to date as the owner; return the names of the tenanted tables."""
    set_up()
    from django.conf import settings

    from headway.school.people.row_security import secure_tables

    create_tables()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    role = settings.DATABASES["default"]["USER"] or APP_ROLE
    return secure_tables(using="owner", role=role)
