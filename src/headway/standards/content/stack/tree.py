"""A potential response tree of STACK: which comparisons lead to the whole score, and which wrong answers it knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from headway.standards.content.desk import NotCarried
from headway.standards.content.xml import text_at

FULL = 0.999
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Branch:
    """What follows from a comparison: how the score changes, which node is next ("" ends), and what is said."""

    mode: str
    score: float
    following: str
    says: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A node: ``student`` is compared with ``teacher`` by ``test``."""

    name: str
    test: str
    student: str
    teacher: str
    options: str
    true: Branch
    false: Branch


def nodes_of(prt: Element) -> tuple[str, dict[str, Compared]]:
    """The first node's name, and all nodes. Raises NotCarried for a tree without any, or with scores that are worked out."""
    found = {}
    for node in prt.findall("node"):
        name = text_at(node, "name")
        true, false = (_branch(node, side) for side in ("true", "false"))
        test, student, teacher, options = (
            text_at(node, part) for part in ("answertest", "sans", "tans", "testoptions")
        )
        found[name] = Compared(name, test, student, teacher, options, true, false)
    if not found:
        raise NotCarried("A tree of it compares nothing.")
    following = {branch.following for node in found.values() for branch in (node.true, node.false)}
    first = text_at(prt, "firstnodename") or next((name for name in found if name not in following), next(iter(found)))
    return first, found


def _branch(node: Element, side: str) -> Branch:
    written = text_at(node, f"{side}score") or "0"
    try:
        score = float(written)
    except ValueError:
        raise NotCarried("A score of it is worked out anew each time.") from None
    following = text_at(node, f"{side}nextnode")
    return Branch(
        text_at(node, f"{side}scoremode") or "=",
        score,
        "" if following == "-1" else following,
        text_at(node, f"{side}feedback/text"),
    )


def rewarded(first: str, nodes: dict[str, Compared]) -> list[list[tuple[Compared, bool]]]:
    """Every way through the tree that ends with the whole score: the nodes on it, and whether each has to hold."""
    return [way for way, score in _ways(first, nodes, 0.0, ()) if score >= FULL]


def _ways(
    name: str, nodes: dict[str, Compared], score: float, way: tuple[tuple[Compared, bool], ...]
) -> Iterator[tuple[list[tuple[Compared, bool]], float]]:
    if not name or name not in nodes or len(way) > DEEPEST:
        yield list(way), score
        return
    node = nodes[name]
    for holds, branch in ((True, node.true), (False, node.false)):
        left = {"=": branch.score, "+": score + branch.score, "-": score - branch.score}.get(branch.mode, branch.score)
        yield from _ways(branch.following, nodes, left, (*way, (node, holds)))
