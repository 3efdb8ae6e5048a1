"""The cast with a little history, for each test its own: what stands on a board is of these minutes, not of some file before."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture
def maple(database: str) -> Iterator[Cast]:
    """Ana is stuck, Ben mended two slips, Chi is idle, Dev has never practised; Eva is in the other class."""
    cast, now = make_cast(), time.time()
    cast.answers("Ana", "oxoxxxx", now - 15)
    cast.answers("Ben", "xoxo", now - 20)
    cast.answers("Chi", "ooo", now - 9 * 60)
    cast.answers("Eva", "xo", now - 30)
    yield cast
    cast.close()
