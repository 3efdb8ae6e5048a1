"""``api`` and ``pages`` touch no table: a room's ``actions`` write and its ``queries`` read."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "headway"
FILES = sorted(path for floor in ("api", "pages") for path in (SOURCE / floor).rglob("*.py"))
PEOPLE = "headway.school.people.models"
TYPES = {"Person", "Section", "RoleName", "ApiToken"}
"""What may be named, to say what an ``access_*`` function returned; rows of other tables stay in their rooms."""
TOUCHES = {"objects", "save", "cursor"}


def touches(source: str) -> list[str]:
    """Where a module reaches for a table, as ``line: what``."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in TOUCHES:
            found.append((node.lineno, f".{node.attr}"))
        if isinstance(node, ast.ImportFrom) and node.module == PEOPLE:
            found += [(node.lineno, f"import {name.name}") for name in node.names if name.name not in TYPES]
    return [f"{line}: {what}" for line, what in sorted(found)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_table_is_touched(path: Path) -> None:
    assert touches(path.read_text()) == [], "move it to the actions or queries of its room"


def test_the_test_would_see_it() -> None:
    assert touches("rows = Person.objects.all()\nrow.save()") == ["1: .objects", "2: .save"]
    assert touches(f"from {PEOPLE} import Person, AccessLog") == ["1: import AccessLog"]


def test_the_contracts_see_every_folder() -> None:
    """import-linter passes over a folder of modules that is not a package."""
    folders = {path.parent for path in SOURCE.rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
