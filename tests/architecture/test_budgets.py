"""Size budgets: a file of at most 300 lines, a function of at most 50, and no import knots."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    p for d in ("src", "tests", "benchmarks") for p in (ROOT / d).rglob("*.py") if "migrations" not in p.parts
)
MAX_FILE, MAX_FUNCTION = 300, 50

EXEMPT: dict[str, str] = {}
"""Path -> the reason, in a sentence. Data tables written as Python belong here, logic does not."""


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_and_functions_are_small(path: Path) -> None:
    source = path.read_text()
    name = str(path.relative_to(ROOT))
    if name in EXEMPT:
        return
    assert len(source.splitlines()) <= MAX_FILE, f"{name} has more than {MAX_FILE} lines: split it by concept"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MAX_FUNCTION, (
                f"{name}:{node.lineno} {node.name} has {length} lines; the budget is {MAX_FUNCTION}"
            )


def test_exemptions_are_real_and_reasoned() -> None:
    for name, reason in EXEMPT.items():
        assert (ROOT / name).exists(), f"{name} is exempt but gone"
        assert len(reason.split()) >= 5, f"{name}: say why in a sentence"
