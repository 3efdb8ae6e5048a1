"""One real PostgreSQL for the whole run. Tests share no rows: each makes its own district."""

from __future__ import annotations

import atexit
import gc
import hashlib
import os
import shutil
import sys
import tempfile
import types
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest

from headway.cli import one_core as one_core  # tests run side by side, each on its own core; before NumPy is loaded
from headway.cli.home import APP_ROLE, database_urls, start_postgres

SHARED = Path(__file__).resolve().parents[2] / "shared"
DIRECTORY = Path(tempfile.mkdtemp(prefix="headway-test-"))
atexit.register(shutil.rmtree, DIRECTORY, ignore_errors=True)

os.environ["HEADWAY_HOME"] = str(DIRECTORY)
os.environ["HEADWAY_MODE"] = "test"
os.environ["HEADWAY_SECRET_KEY"] = "only-for-tests"
os.environ["DATABASE_OWNER_URL"] = f"postgresql://postgres:@/headway?host={DIRECTORY}/postgres"
os.environ["DATABASE_URL"] = f"postgresql://{APP_ROLE}:@/headway?host={DIRECTORY}/postgres"
os.environ["DJANGO_SETTINGS_MODULE"] = "headway.site.settings"

import django  # noqa: E402 (settings come from the environment set above)
import django.utils.translation  # noqa: E402
import numpy as np  # noqa: E402

django.setup()

# The quick truth: the same examples every time, no database of old ones, failures shrunk but not explained.
_PHASES = [phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain]
hypothesis.settings.register_profile(
    "test", derandomize=True, database=None, deadline=None, max_examples=50, phases=_PHASES
)
hypothesis.settings.register_profile("prove", database=None, deadline=None, max_examples=2000, phases=_PHASES)
hypothesis.settings.load_profile(os.environ.get("HEADWAY_HYPOTHESIS", "test"))


LONGEST = (
    "tests/core/environment/test_schedule.py",  # compiles the planner's kernels, once a machine
    "tests/school/test_migrations.py",  # walks all migrations
    "tests/cli/test_demo.py",
    "tests/core/mastery/test_fitting.py",
    "tests/prove/test_ledger.py",
    "tests/core/curriculum/generators/test_generators.py",
    "tests/cli/test_history.py",
    "tests/core/mastery/detectors/test_accuracy.py",
    "tests/school/measurement/test_writing.py",
    "tests/standards/oatutor/test_book.py",
    "tests/core/coaching/test_malrules.py",
    "tests/cli/test_schedule.py",
    "tests/cli/test_pilot.py",
    "tests/cli/test_import.py",
)
"""Begun first, so that two workers end together and not one of them with the longest file."""
BROWSER = "tests/browser/"
"""Begun last: a browser that is driven leaves an event loop in its process until the run ends."""


def place_of(name: str) -> int:
    """Where a test stands in the run: the longest files, the others as they come, the browser's."""
    if name.startswith(BROWSER):
        return len(LONGEST) + 1
    return next((place for place, file in enumerate(LONGEST) if name.startswith(file)), len(LONGEST))


ORDER = os.environ.get("HEADWAY_TEST_ORDER", "")
"""A word that shuffles files, and the tests in each: a way to look for tests that lean on what another one left."""


def shuffled(name: str) -> tuple[bytes, bytes]:
    """A file's and a test's place in the order that ORDER names; as they come without it."""
    if not ORDER:
        return b"", b""
    file = name.partition("::")[0]
    return tuple(hashlib.sha256(f"{ORDER} {part}".encode()).digest() for part in (file, name))  # type: ignore[return-value]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort the longest files to the front and the browser's to the end, and leave out what is for ``make prove`` or has no data.

    Tests marked ``whole`` go through all of something of which the quick tests take a sample. Tests marked ``shared`` need
    the research data beside the checkout; without it they skip, and say so.
    """
    items.sort(key=lambda item: (place_of(item.nodeid), *shuffled(item.nodeid)))
    if not os.environ.get("HEADWAY_WHOLE"):
        left = [item for item in items if item.get_closest_marker("whole")]
        items[:] = [item for item in items if not item.get_closest_marker("whole")]
        config.hook.pytest_deselected(items=left)
    if not SHARED.is_dir():
        skip = pytest.mark.skip(reason=f"{SHARED} is not there: this test reads real data that does not ship")
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(skip)


def pytest_collection_finish() -> None:
    """What was loaded stays for good, so the collector of garbage need not look through it again for each test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # as in a server: see headway.school.loop.warm


SEED = os.environ.get("HEADWAY_TEST_SEED", "1")
"""Another one gives every row another key: a way to look for tests that hold by luck."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Random keys of rows are the same in each run of a test: what is read in their order is then the same too.

    Without this, simulated judges meet other pairs and shuffled learners other groups each time, and one run in fifty
    fails where nothing is wrong. Secrets (tokens, keys of sessions) stay random."""
    drawn = np.random.default_rng(list(f"{SEED} {item.nodeid}".encode()))
    uuid.os = types.SimpleNamespace(urandom=drawn.bytes)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real content and data."""
    return SHARED


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test begins in English, whatever language the page had that the one before it read last in this thread."""
    django.utils.translation.activate("en")


@pytest.fixture(autouse=True)
def _nobody_has_asked() -> None:
    """Each test begins with full buckets of requests: some are kept by address or for everybody, whichever test asks."""
    if rates := sys.modules.get("headway.api.rates"):
        rates._buckets.clear()


def do_not_wait_for_the_disk(owner: str) -> None:
    """This database is thrown away with the run: only who cuts the machine's power could tell (a commit waits for 0.4 instead
    of 1 to 3 ms). Tests of what a killed process leaves are not touched: their servers are their own."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """A running PostgreSQL with Headway's tables; yields the application's URL."""
    from headway.cli.database import migrate
    from headway.cli.school import close_connections

    server = start_postgres(DIRECTORY)
    owner, application = database_urls(server)
    assert (owner, application) == (os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"])
    do_not_wait_for_the_disk(owner)
    migrate()
    yield application
    close_connections()
    server.cleanup()
