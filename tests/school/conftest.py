"""Everything here needs the database."""

import pytest


@pytest.fixture(autouse=True)
def _database(database: str) -> None:
    """Start it once for the run."""
