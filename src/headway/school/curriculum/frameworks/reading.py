"""Reading a framework on a page: a part of its tree that fits, what a search finds, and one statement with its skills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from headway.core.curriculum.skills import SkillGraph
from headway.school.curriculum.frameworks.models import Framework, FrameworkMatch, FrameworkStandard
from headway.standards.alignment import Suggestion
from headway.standards.case import Standard, propose

FITS = 300
"""Statements of a tree on one page."""
DEEP = 12
"""Levels of a tree that are shown at once."""
FOUND = 100
"""Statements that a search shows."""


@dataclass(frozen=True, slots=True)
class Twig:
    """A statement in the tree. ``below`` is how many it has below it, ``linked`` how many of these and itself have a skill;
    ``twigs`` are its children, as far as they are shown here."""

    identifier: str
    code: str
    statement: str
    kind: str
    grades: tuple[str, ...]
    below: int
    linked: int
    skills: int
    twigs: tuple[Twig, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """What a page shows of a tree: the way down to it (identifier, code or words), its statements, and from which one of ``all``
    at this place."""

    way: tuple[tuple[str, str], ...]
    twigs: tuple[Twig, ...]
    begin: int
    all: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """A pair with who said so: ``how`` as in the table; ``by`` somebody who confirmed or ``refused`` it, and when."""

    skill: str
    how: str
    share: float
    refused: bool
    by: str
    at: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, the way to it, its skills, and those that a person may confirm."""

    standard: Standard
    way: tuple[tuple[str, str], ...]
    children: int
    aligned: tuple[Aligned, ...]
    proposed: tuple[Suggestion, ...]


class Tree:
    """The shape of a framework, without its words: two queries, whatever its size."""

    def __init__(self, row: Framework) -> None:
        self.row = row
        rows = FrameworkStandard.objects.filter(framework=row).order_by("number").values_list("identifier", "parent")
        self.parent: dict[str, str] = dict(rows)
        self.children: dict[str, list[str]] = {}
        for key, above in self.parent.items():
            self.children.setdefault(above if above in self.parent else "", []).append(key)
        pairs = FrameworkMatch.objects.filter(framework=row, refused=False).values_list("identifier", flat=True)
        self.skills: dict[str, int] = {}
        for key in pairs:
            if key in self.parent:
                self.skills[key] = self.skills.get(key, 0) + 1
        self.below, self.linked = dict.fromkeys(self.parent, 0), dict.fromkeys(self.parent, 0)
        for key in reversed(self.parent):  # children stand after their parents
            self.linked[key] += key in self.skills
            above = self.parent[key]
            if above in self.parent:
                self.below[above] += self.below[key] + 1
                self.linked[above] += self.linked[key]

    def way_to(self, key: str) -> list[str]:
        """The statements above one, the nearest :data:`DEEP` of them, from the top."""
        out: list[str] = []
        while len(out) < DEEP and (key := self.parent.get(key, "")) in self.parent:
            out.append(key)
        return out[::-1]

    def branch(self, at: str, begin: int) -> Branch:
        """The statements below ``at`` (empty: the top) from ``begin`` on, as many levels down as fit on a page."""
        here = self.children.get(at, [])
        begin = begin if 0 <= begin < len(here) else 0
        first = here[begin : begin + FITS]
        shown, level = list(first), first
        open_: set[str] = set()
        for _ in range(DEEP):
            level = [child for key in level for child in self.children.get(key, ())]
            if not level or len(shown) + len(level) > FITS:
                break
            open_.update(self.parent[key] for key in level)
            shown += level
        way = [*self.way_to(at), at] if at else []
        rows = self.rows([*shown, *way])
        return Branch(
            tuple((key, rows[key].code or rows[key].statement) for key in way),
            tuple(self._twig(key, rows, open_) for key in first),
            begin,
            len(here),
        )

    def found(self, words: str) -> tuple[tuple[tuple[tuple[str, str], ...], Twig], ...]:
        """The first statements that have all of the words in their code or text, each with the way to it."""
        rows = FrameworkStandard.objects.filter(framework=self.row).order_by("number")
        for word in words.split()[:10]:
            rows = rows.filter(Q(code__icontains=word) | Q(statement__icontains=word))
        hits = [each.identifier for each in rows.only("identifier")[: FOUND + 1]]
        ways = {key: self.way_to(key) for key in hits}
        named = self.rows([*hits, *(each for way in ways.values() for each in way)])
        return tuple(
            (
                tuple((each, named[each].code or named[each].statement) for each in ways[key]),
                self._twig(key, named, set()),
            )
            for key in hits
        )

    def rows(self, keys: Sequence[str]) -> dict[str, FrameworkStandard]:
        """The rows of some statements, by identifier."""
        rows = FrameworkStandard.objects.filter(framework=self.row, identifier__in=set(keys))
        return {each.identifier: each for each in rows}

    def _twig(self, key: str, rows: dict[str, FrameworkStandard], open_: set[str]) -> Twig:
        row = rows[key]
        twigs = tuple(self._twig(child, rows, open_) for child in self.children.get(key, ())) if key in open_ else ()
        return Twig(
            key, row.code, row.statement, row.kind, tuple(row.grades), self.below[key], self.linked[key],
            self.skills.get(key, 0), twigs,
        )  # fmt: skip


def framework_row(identifier: str) -> Framework | None:
    """The framework of an identifier, also a withdrawn one."""
    return Framework.objects.defer("package").select_related("by").filter(identifier=identifier).first()


def statement_of(row: Framework, identifier: str, graph: SkillGraph) -> Statement | None:
    """One statement of a framework; None where it has none of this identifier."""
    tree = Tree(row)
    if identifier not in tree.parent:
        return None
    way = tree.way_to(identifier)
    rows = tree.rows([identifier, *way])
    standard = _standard(rows[identifier])
    aligned = aligned_of(row, [identifier]).get(identifier, ())
    known = {each.skill for each in aligned}
    proposed = tuple(each for each in propose([standard], graph) if each.target not in known)
    return Statement(
        standard,
        tuple((key, rows[key].code or rows[key].statement) for key in way),
        len(tree.children.get(identifier, ())),
        aligned,
        proposed,
    )


def aligned_of(row: Framework, identifiers: Iterable[str]) -> dict[str, tuple[Aligned, ...]]:
    """The pairs of some statements, refused ones last."""
    rows = FrameworkMatch.objects.filter(framework=row, identifier__in=list(identifiers)).select_related("by")
    out: dict[str, tuple[Aligned, ...]] = {}
    for each in rows.order_by("refused", "skill"):
        by = each.by.name if each.by is not None else ""
        pair = Aligned(each.skill, each.how, each.share, each.refused, by, each.at)
        out[each.identifier] = (*out.get(each.identifier, ()), pair)
    return out


@dataclass(frozen=True, slots=True)
class Open:
    """A statement that no skill stands for, with what a person may confirm."""

    standard: Standard
    proposed: tuple[Suggestion, ...]


def open_statements(row: Framework, graph: SkillGraph, *, begin: int, many: int) -> tuple[list[Open], int]:
    """Some of the statements without a skill, headings left out, in the framework's order; and how many there are."""
    tree = Tree(row)
    left = [key for key in tree.parent if key not in tree.skills and key not in tree.children]
    here = left[begin : begin + many]
    rows = tree.rows(here)
    standards = [_standard(rows[key]) for key in here]
    known = {(key, each.skill) for key, pairs in aligned_of(row, here).items() for each in pairs}
    proposed: dict[str, tuple[Suggestion, ...]] = {}
    for each in propose(standards, graph):
        if (each.skill, each.target) not in known:
            proposed[each.skill] = (*proposed.get(each.skill, ()), each)
    return [Open(each, proposed.get(each.identifier, ())) for each in standards], len(left)


def _standard(row: FrameworkStandard) -> Standard:
    return Standard(row.identifier, row.code, row.statement, row.kind, tuple(row.grades), row.parent)
