"""The cast with a little history, for each test its own: what one of them writes stands on every page of that person."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from headway.school.people.tenancy import in_district
from headway.school.profile.careers import load_careers
from headway.standards.careers import CareerRow
from tests.cast import Cast, make_cast


@pytest.fixture
def maple(database: str) -> Iterator[Cast]:
    """Ana, Ben and Chi have practised; Dev has not; Eva is in the other class."""
    cast, now = make_cast(), time.time()
    cast.answers("Ana", "oxooooooo", now - 15)
    cast.answers("Ben", "xoxo", now - 20)
    cast.answers("Chi", "ooo", now - 9 * 60)
    cast.answers("Eva", "xo", now - 30)
    rows = [CareerRow("nurse", "Nurse", "Cares for people.", ("Ratios and proportions",), "Calm.")]
    with in_district(cast.district.id):
        load_careers(district=cast.district.id, rows=rows)
    yield cast
    cast.close()
