"""An empty database gets its tables at once, one that holds something walks the migrations: both end at the same tables."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from headway.cli.home import APP_ROLE

LOOKS = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, ''), is_identity"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "policies": "SELECT tablename, policyname, cmd, coalesce(qual, ''), coalesce(with_check, '') FROM pg_policies",
    "security": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    "rights": "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
    f" WHERE table_schema = 'public' AND grantee = '{APP_ROLE}'",
    "migrations": "SELECT app, name FROM django_migrations",
}


def test_the_last_migration_leads_to_the_models() -> None:
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    assert {app: [m.operations for m in found] for app, found in changes.items()} == {}, "make a migration for this"


@pytest.fixture
def walked(database: str) -> Iterator[str]:
    """A database that was made with the first migration and brought up to date since; yields its name."""
    owner = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE DATABASE walked")
    to = {
        "DATABASE_OWNER_URL": owner.replace("/headway?", "/walked?"),
        "DATABASE_URL": database.replace("/headway?", "/walked?"),
    }
    django = [sys.executable, "-m", "django", "migrate", "school", "0001", "--database", "owner", "--verbosity", "0"]
    headway = [sys.executable, "-m", "headway.cli", "migrate"]
    for command in (django, headway):
        subprocess.run(command, env={**os.environ, **to}, check=True, capture_output=True, timeout=240)
    yield to["DATABASE_OWNER_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("DROP DATABASE walked WITH (FORCE)")


def test_both_ways_end_at_the_same_tables(walked: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as one, psycopg.connect(walked) as other:
        for what, query in LOOKS.items():
            at_once, step_by_step = (set(connection.execute(query)) for connection in (one, other))
            assert at_once and at_once == step_by_step, what
        tables = [name for (name,) in other.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'school_%'")]
        filled = [name for name in tables if other.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]
        assert not filled, "a migration that writes rows of its own leaves them out where the tables are made at once"
