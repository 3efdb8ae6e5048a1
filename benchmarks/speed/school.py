"""A throw-away school for benchmarks: its own PostgreSQL (durable, row-level security on) and a few districts."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def fresh_school() -> Iterator[str]:
    """Start PostgreSQL in a temporary directory with Headway's tables; yields the application's URL."""
    from headway.cli.home import database_urls, start_postgres

    directory = Path(tempfile.mkdtemp(prefix="headway-bench-"))
    server = start_postgres(directory)
    owner, application = database_urls(server)
    os.environ.update(
        HEADWAY_HOME=str(directory),
        HEADWAY_MODE="test",
        HEADWAY_SECRET_KEY="only-for-benchmarks",
        DATABASE_URL=application,
        DATABASE_OWNER_URL=owner,
        DJANGO_SETTINGS_MODULE="headway.site.settings",
        HEADWAY_RATE="100000",
    )
    from headway.cli.database import migrate

    migrate()
    try:
        yield application
    finally:
        server.cleanup()
        shutil.rmtree(directory, ignore_errors=True)


def add_district(name: str, learners: int) -> tuple[uuid.UUID, list[Any]]:
    """Make a district with the shipped curriculum and some learners; returns its identifier and the people."""
    from headway.school.curriculum.actions import install_shipped_curriculum
    from headway.school.models import District, Person, Role
    from headway.school.people.tenancy import in_district

    key = uuid.uuid4()
    with in_district(key):
        district = District.objects.create(id=key, name=name)
        people = Person.objects.bulk_create(
            Person(district=district, sourced_id=f"p{n}", given_name="L", family_name=str(n), grade="6")
            for n in range(learners)
        )
        Role.objects.bulk_create(Role(district=district, person=person, name="learner") for person in people)
    install_shipped_curriculum(district=key)
    return key, people
