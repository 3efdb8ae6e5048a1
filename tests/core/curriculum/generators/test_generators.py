"""The item generators: every template keeps its promises on a sample of seeds; the source keeps its rules."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from headway.core.curriculum import generators
from headway.core.curriculum.generators.base import MODULES, activity_id, generate, templates
from headway.core.curriculum.generators.contexts import INTERESTS
from headway.core.curriculum.generators.misconceptions import misconceptions
from headway.standards.graph import shipped_graph

from .flood import TINY, flood
from .solvers import solvers

PACKAGE = Path(generators.__file__).parent
SOURCES = sorted(PACKAGE.glob("*.py"))


@pytest.mark.parametrize("template_id", templates())
def test_template_keeps_its_promises(template_id: str) -> None:
    flood(template_id, range(40))


def test_every_skill_has_three_graded_templates() -> None:
    by_skill: dict[str, list[tuple[int, float]]] = {}
    for found in templates().values():
        assert -3 <= found.difficulty <= 3, found.id
        by_skill.setdefault(found.skill, []).append((found.level, found.difficulty))
    for skill, graded in by_skill.items():
        assert len(graded) >= 3, f"{skill} has fewer than three templates"
        assert len({level for level, _ in graded}) >= 2, f"{skill}: all templates are of one level"
        easiest, hardest = min(graded), max(graded)
        assert easiest[1] < hardest[1], f"{skill}: a higher level is not harder"


def test_no_module_of_templates_is_forgotten() -> None:
    holding = {path.stem for path in SOURCES if re.search(r"^@template\(", path.read_text(), re.MULTILINE)}
    assert set(MODULES) == holding


def test_no_solver_is_left_over() -> None:
    assert set(solvers()) <= set(templates())
    assert set(TINY) <= set(templates())


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_messages_are_constant(path: Path) -> None:
    """Translators get every message from the source, so none may be put together while running."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "T":
            message = node.args[0]
            assert isinstance(message, ast.Constant), f"{path.name}:{node.lineno}: T needs a constant message"
            fields = set(re.findall(r"\{([a-z_]\w*)\}", str(message.value)))
            given = {keyword.arg for keyword in node.keywords}
            assert not given or None in given or fields == given, f"{path.name}:{node.lineno}: {fields} != {given}"


def test_misconceptions_are_described() -> None:
    for key, found in misconceptions().items():
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", key), f"{key}: lower-case words with hyphens"
        assert str(found.name), f"{key} has no name"
        assert str(found.description).endswith("."), f"{key}: describe it in a sentence"


@pytest.mark.parametrize("template_id", [t.id for t in templates().values() if t.uses_interest])
def test_interest_changes_the_words_and_nothing_else(template_id: str) -> None:
    for seed in range(3):
        steps = [generate(activity_id(template_id, seed, interest)).steps[0] for interest in ("", *INTERESTS, "chess")]
        assert len({step.answer.keys for step in steps}) == 1, "the numbers depend on the interest"
        assert len({str(step.prompt) for step in steps}) > 1, "the interest changes nothing"


def test_skills_are_nodes_of_the_graph_and_hang_together() -> None:
    graph = shipped_graph()
    ours = {found.skill for found in templates().values()}
    assert ours <= {skill.id for skill in graph.skills}
    linked = {skill for edge in graph.prerequisites if set(edge) <= ours for skill in edge}
    assert len(linked) >= 0.9 * len(ours)


def test_every_misconception_is_used() -> None:
    source = "".join(path.read_text() for path in SOURCES if not path.stem.startswith("misconceptions"))
    unused = [key for key in misconceptions() if f'"{key}"' not in source]
    assert not unused, f"nothing leads to {unused}: use or delete them"


@pytest.mark.parametrize("activity", ["gen", "gen:3.OA.C.7/product", "gen:3.OA.C.7/product:x", "oat:1:2"])
def test_malformed_activity_is_refused(activity: str) -> None:
    with pytest.raises(ValueError, match="not a generated activity"):
        generate(activity)


def test_unknown_template_is_refused() -> None:
    with pytest.raises(KeyError):
        generate("gen:3.OA.C.7/no-such:1")
