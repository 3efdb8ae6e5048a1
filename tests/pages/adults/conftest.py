"""One cast for the module, with a little history; tests only read it, or write for a learner of their own."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture(scope="package")
def maple(database: str) -> Iterator[Cast]:
    """Ana is stuck, Ben mended two slips, Chi is idle, Dev has never practised; Eva is in the other class."""
    cast, now = make_cast(), time.time()
    cast.answers("Ana", "oxoxxxx", now - 15)
    cast.answers("Ben", "xoxo", now - 20)
    cast.answers("Chi", "ooo", now - 9 * 60)
    cast.answers("Eva", "xo", now - 30)
    yield cast
    cast.close()
