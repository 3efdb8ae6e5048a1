"""Three kills of an import; ``make prove ARGS=rosters`` does fifty, of the database too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.prove.rosters import Kills


def test_a_killed_import_leaves_the_district_whole(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del database, capsys
    kills = Kills(tmp_path, os.environ["DATABASE_OWNER_URL"], 60)
    for line, after in ((2, 0.0), (8, 0.0), (8, 0.05)):
        assert kills.round(line, after) in ("a again", "b")
