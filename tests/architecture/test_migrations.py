"""Migrations stand in one line, so that no two of them are the last."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parents[2] / "src" / "headway" / "school" / "migrations"


def test_each_migration_comes_after_the_one_before() -> None:
    names = sorted(path.stem for path in HERE.glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    for before, name in pairwise(names):
        assert re.findall(r'\(\s*"school",\s*"(\d{4}_\w+)"', (HERE / f"{name}.py").read_text()) == [before], name
