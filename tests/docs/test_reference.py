"""Undocumented means failing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.reference import DOCS, PAGES

from headway.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_reference_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text() == PAGES[name](), "run: python -m tools.reference"


def test_every_setting_is_described() -> None:
    source = "".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r"\bHEADWAY_[A-Z]+(?:_[A-Z]+)*|\bDATABASE_(?:OWNER_)?URL", source))
    assert named == set(re.findall(r"^\| `(\w+)`", (DOCS / "settings.md").read_text(), re.MULTILINE))


def test_every_page_is_in_the_navigation() -> None:
    listed = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text()))
    there = {str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")}
    assert listed == there


@pytest.mark.parametrize("room", [p.name for p in sorted((ROOT / "src/headway/core").iterdir()) if p.is_dir()])
def test_every_room_has_its_page(room: str) -> None:
    if room != "__pycache__":
        assert (ROOT / "docs/explanation" / f"{room}.md").exists()


def test_every_command_has_an_example_that_names_it() -> None:
    page = (DOCS / "commands.md").read_text()
    for name in COMMANDS:
        section = page.split(f"## headway {name}\n", 1)[1].split("\n## ", 1)[0]
        assert re.search(rf"\$ .*(headway {name}|make demo)", section), name
