"""Standards and their progressions: Learning Commons Knowledge Graph and Coherence Map files to a skill graph.

Both are read record by record and recognised by what a record says, not by where its file lies, so a download may
be handed in as it came, unpacked or gzipped. Knowledge Graph endpoints join on ``identifier``; the CASE identifier
is another property of the same node. See docs/explanation/curriculum.md for what each source gives.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from headway.core.curriculum.skills import SkillGraph
from headway.standards.errors import ImportProblem
from headway.standards.extract import Extract, Standard
from headway.standards.jsonl import Record, records
from headway.standards.report import Ledger, LossReport
from headway.standards.skills import Crosswalk, crosswalk_of, graph_of

ALGEBRA = ("California", "Algebra I")
"""The course whose standards are grade ``A1``; other high-school standards are ``HS``."""

HOW = "Give the folder that holds learning-commons-kg/standards.jsonl.gz and coherence-map/standards.jsonl."


@dataclass(slots=True)
class _Found:
    """Records sorted by kind while the files are read."""

    nodes: dict[str, Mapping[str, object]] = field(default_factory=dict)
    edges: dict[str, list[tuple[str, str, Mapping[str, object]]]] = field(default_factory=dict)
    map_rows: dict[str, Mapping[str, object]] = field(default_factory=dict)
    map_edges: list[tuple[str, str, str]] = field(default_factory=list)


def read_standards(files: Mapping[str, bytes]) -> tuple[SkillGraph, LossReport]:
    """Translate a download (file name -> bytes, gzipped or not) into a skill graph and a loss report.

    Raises :class:`ImportProblem` for a file that cannot be read, when no standards are found, or when the
    prerequisites run in a circle.
    """
    extract, ledger = read_extract(files)
    graph = graph_of(extract, ledger)
    for name, number in (
        ("skills", len(graph.skills)),
        ("prerequisites", len(graph.prerequisites)),
        ("related", len(graph.related)),
        ("crosswalk", len(extract.crosswalk)),
    ):
        ledger.count(name, number)
    return graph, ledger.report()


def read_crosswalk(files: Mapping[str, bytes]) -> Crosswalk:
    """Return which standards of a state match ours. Raises :class:`ImportProblem` like :func:`read_standards`."""
    return crosswalk_of(read_extract(files)[0])


def read_extract(files: Mapping[str, bytes]) -> tuple[Extract, Ledger]:
    """Read every file and join it into one extract. Raises :class:`ImportProblem`."""
    found, ledger = _Found(), Ledger()
    for name in sorted(files):
        _read_file(name, files[name], found, ledger)
    standards = _standards(found, ledger)
    if not standards:
        raise ImportProblem("There are no standards in these files.", ", ".join(sorted(files)) or "nothing", HOW)
    rank = {standard.code: n for n, standard in enumerate(standards)}
    codes = {identifier: str(node.get("statementCode", "")) for identifier, node in found.nodes.items()}
    builds = _pairs(found, "buildsTowards", codes, rank, ledger)
    mapped = {(a, b) for a, b, kind in found.map_edges if kind == "prerequisite" and a in rank and b in rank}
    if builds and mapped:
        for pair in sorted(builds ^ mapped):
            ledger.defect("edge-in-one-source", " -> ".join(pair), "Only one source has this edge; it was kept.")
    relates = _pairs(found, "relatesTo", codes, rank, ledger)
    relates |= {(a, b) for a, b, kind in found.map_edges if kind == "related" and a in rank and b in rank}
    undirected = {(a, b) if rank[a] < rank[b] else (b, a) for a, b in relates}

    def order(pair: tuple[str, str]) -> tuple[int, int]:
        return rank[pair[0]], rank[pair[1]]

    prerequisites = tuple(sorted(builds | mapped, key=order))
    crosswalk = _crosswalk(found, codes, rank, ledger)
    return Extract(standards, prerequisites, tuple(sorted(undirected, key=order)), crosswalk), ledger


def _read_file(name: str, data: bytes, found: _Found, ledger: Ledger) -> None:
    if re.search(r"\.jsonl(\.gz)?$", name):
        known = sum(_take(record, found) for record in records(name, data))
        if not known:
            ledger.defect("file-not-used", name, "No record in it is a standard or an edge between standards.")
    elif name.endswith(".csv") and data.startswith(b"from_code,to_code,relation"):
        for row in csv.DictReader(io.StringIO(data.decode("utf-8", errors="replace"))):
            found.map_edges.append((row["from_code"] or "", row["to_code"] or "", row["relation"] or ""))
    elif re.search(r"\.(csv|json)(\.gz)?$", name):
        ledger.defect("file-not-used", name, "It is neither Knowledge Graph nor Coherence Map data.")


def _take(record: Record, found: _Found) -> bool:
    """File one record under its kind; False if it is of no kind that we read."""
    value = record.value
    if value.get("type") == "node" and "StandardsFrameworkItem" in record.strings("labels"):
        found.nodes[record.string("identifier")] = record.mapping("properties")
        return True
    if value.get("type") == "relationship":
        edge = record.string("source_identifier"), record.string("target_identifier"), record.mapping("properties")
        found.edges.setdefault(record.string("label"), []).append(edge)
        return True
    if "major_work" in value:
        found.map_rows[record.string("code")] = value
        return True
    return False


def _standards(found: _Found, ledger: Ledger) -> tuple[Standard, ...]:
    """Join nodes and map rows: the map decides which standards are taught, where it is there."""
    nodes = {str(n["statementCode"]): n for n in found.nodes.values() if _is_common_core(n)}
    codes = set(found.map_rows) or {code for code in nodes if "MP" not in code}
    algebra = _course(found)
    if nodes and not algebra:
        ledger.defect(
            "no-course", "hasChild", "High-school standards are grade HS: no course says which are Algebra I."
        )
    if not found.map_rows:
        ledger.defect("no-map", "coherence-map", "No standard is marked as major work: the map says which are.")
    standards = []
    for code in sorted(codes, key=lambda c: _natural(c, algebra)):
        node, row = nodes.get(code, {}), found.map_rows.get(code, {})
        if not node:
            ledger.defect("no-case-identifier", code, "The Knowledge Graph has no node of this code.")
        text = str(node.get("description") or row.get("text") or "").strip()
        case_id = str(node.get("caseIdentifierUUID", ""))
        standards.append(Standard(code, _grade(code, algebra), case_id, _is_major(code, row), text))
    for code in sorted(set(nodes) - codes):
        ledger.defect("standard-left-out", code, "No progression reaches it, so it is not a skill of the graph.")
    return tuple(standards)


def _is_common_core(node: Mapping[str, object]) -> bool:
    statement = node.get("normalizedStatementType")
    return node.get("jurisdiction") == "Multi-State" and statement == "Standard" and bool(node.get("statementCode"))


def _is_major(code: str, row: Mapping[str, object]) -> bool:
    """Major work of the grade to grade 8; in high school, the widely applicable prerequisites."""
    if code.startswith("HS"):
        return row.get("widely_applicable_prerequisite") is True
    return row.get("major_work") == "0"


def _course(found: _Found) -> set[str]:
    """Return the codes of the standards anywhere under the Algebra I course."""
    children: dict[str, list[str]] = {}
    for parent, child, _ in found.edges.get("hasChild", ()):
        children.setdefault(parent, []).append(child)
    stack = [
        i
        for i, node in found.nodes.items()
        if (node.get("jurisdiction"), node.get("description")) == ALGEBRA and node.get("statementType") == "Course"
    ]
    seen: set[str] = set()
    while stack:
        here = stack.pop()
        seen.add(here)
        stack += [child for child in children.get(here, ()) if child not in seen]
    return {
        str(found.nodes[i]["statementCode"]) for i in seen if i in found.nodes and "statementCode" in found.nodes[i]
    }


def _grade(code: str, algebra: set[str]) -> str:
    first = code.split(".")[0]
    if not first.startswith("HS"):
        return first
    return "A1" if code in algebra else "HS"


def _natural(code: str, algebra: set[str]) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Sort by grade (K first, Algebra I after 8), then 2.MD.D.9 before 2.MD.D.10."""
    grade = _grade(code, algebra)
    rank = {"K": 0, "A1": 9, "HS": 10}.get(grade) if not grade.isdecimal() else int(grade)
    parts = re.split(r"[.]", code)[1:] if grade not in ("A1", "HS") else re.split(r"[.]", code)
    return rank or 0, tuple((int(p), "") if p.isdecimal() else (0, p) for p in parts)


def _pairs(
    found: _Found, label: str, codes: Mapping[str, str], rank: Mapping[str, int], ledger: Ledger
) -> set[tuple[str, str]]:
    pairs = set()
    for source, target, _ in found.edges.get(label, ()):
        earlier, later = codes.get(source, ""), codes.get(target, "")
        if earlier in rank and later in rank:
            pairs.add((earlier, later))
        else:
            ledger.defect("edge-outside", f"{earlier or source} -> {later or target}", "Left out: an end is unknown.")
    return pairs


def _crosswalk(
    found: _Found, codes: Mapping[str, str], rank: Mapping[str, int], ledger: Ledger
) -> tuple[tuple[str, str, str, float], ...]:
    rows = set()
    for state, ours, properties in found.edges.get("hasStandardAlignment", ()):
        node, code = found.nodes.get(state, {}), codes.get(ours, "")
        if code not in rank or "caseIdentifierUUID" not in node:
            ledger.defect(
                "alignment-outside", f"{codes.get(state) or state} = {code or ours}", "Left out: no such skill."
            )
            continue
        jaccard = round(float(str(properties.get("jaccard", 0))), 4)
        rows.add((code, str(node["caseIdentifierUUID"]), str(node.get("statementCode", "")), jaccard))
    return tuple(sorted(rows, key=lambda row: (rank[row[0]], row[2], row[1])))
