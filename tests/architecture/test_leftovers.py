"""No file holds what a merge left behind: a stylesheet with such a line loses the rule after it, and nothing else says so."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KINDS = {".css", ".csv", ".html", ".js", ".json", ".md", ".po", ".pot", ".py", ".sql", ".toml", ".txt", ".typ"}
LEFT = re.compile(rb"^(?:<{7} |>{7} |\|{7} )", re.MULTILINE)


def test_no_merge_left_its_marks() -> None:
    places = [ROOT / name for name in ("benchmarks", "docs", "requirements", "samples", "src", "tests", "tools")]
    files = [path for place in places for path in place.rglob("*") if path.suffix in KINDS]
    files += [path for path in ROOT.iterdir() if path.suffix in KINDS]
    assert len(files) > 1000
    assert [str(path.relative_to(ROOT)) for path in files if LEFT.search(path.read_bytes())] == []
