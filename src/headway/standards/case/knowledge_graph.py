"""Frameworks out of the Learning Commons Knowledge Graph: a state's standards with their tree, their progressions and their
crosswalk to the Common Core, as a CASE framework.

The public export is JSON lines of nodes and relationships (several hundred megabytes): it is read line by line, twice, and only
what belongs to the wanted jurisdiction is kept. Relationships join on a node's ``identifier``; the CASE identifier is another
property of the same node. Nothing of the export ships with Headway but what :mod:`headway.standards.extract` says.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, UUID, uuid5

from headway.standards.case.framework import DEFINITIONS, Framework, Row
from headway.standards.case.matching import CROSSWALK
from headway.standards.case.reading import MOST_PARTS, MOST_TEXT
from headway.standards.case.tree import in_order
from headway.standards.errors import ImportProblem
from headway.standards.extract import CC_BY
from headway.standards.graph import CCSS_NOTICE
from headway.standards.report import Ledger, LossReport
from headway.standards.skills import plain

Opened = Callable[[], BinaryIO]
COMMON = "Multi-State"
"""The jurisdiction of the Common Core, to which the crosswalk leads."""
LONGEST = 1 << 20
"""Bytes of a line that are read."""
RELATIONS = {
    "hasChild": "isChildOf", "buildsTowards": "precedes", "relatesTo": "isRelatedTo", "hasStandardAlignment": CROSSWALK,
}  # fmt: skip
HOW = "Give the export's files as JSON lines (.jsonl or .jsonl.gz): nodes and relationships."
GRADES = {"K": "KG", "PK": "PK"} | {str(n): f"{n:02}" for n in range(1, 13)}


@dataclass(frozen=True, slots=True)
class Held:
    """A jurisdiction and subject of the export, and how many of its nodes there are."""

    jurisdiction: str
    subject: str
    nodes: int


@dataclass(slots=True)
class _Found:
    document: Mapping[str, Any] = field(default_factory=dict)
    nodes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    cases: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """A node's identifier -> its CASE identifier, address and code, also of the Common Core's."""
    edges: list[Mapping[str, Any]] = field(default_factory=list)


def held(files: Sequence[tuple[str, Opened]]) -> list[Held]:
    """What an export holds, by name. Raises ImportProblem."""
    counts: dict[tuple[str, str], int] = {}
    for value in _records(files, b'"StandardsFrameworkItem"'):
        if value.get("type") == "node":
            key = _named(value)
            counts[key] = counts.get(key, 0) + 1
    return [Held(*key, n) for key, n in sorted(counts.items())]


def read_knowledge_graph(
    files: Sequence[tuple[str, Opened]], *, jurisdiction: str, subject: str
) -> tuple[Framework, LossReport]:
    """The framework of one jurisdiction and subject. Raises ImportProblem for what cannot be read and where there is none."""
    found, ledger = _Found(), Ledger()
    for value in _records(files, b'"StandardsFramework'):
        if value.get("type") == "node":
            _take_node(value, (jurisdiction, subject), found)
    if not found.nodes:
        raise ImportProblem(f"It has no standards of {jurisdiction}, {subject}.", _names(files), HOW)
    for value in _records(files, b'"relationship"'):
        ends = value.get("source_identifier"), value.get("target_identifier")
        if value.get("label") in RELATIONS and any(end in found.nodes for end in ends):
            found.edges.append(value)
            if len(found.edges) > MOST_PARTS:
                raise ImportProblem(f"It has more than {MOST_PARTS:,} relationships.", _names(files), HOW)
    return _framework(found, jurisdiction, subject, ledger), ledger.report()


def _take_node(value: Mapping[str, Any], wanted: tuple[str, str], found: _Found) -> None:
    properties, labels = value["properties"], value.get("labels")
    case, ours = _uuid(properties.get("caseIdentifierUUID")), _named(value) == wanted
    key = str(value.get("identifier", ""))
    if labels == ["StandardsFramework"] and ours:
        found.document = properties
    if labels != ["StandardsFrameworkItem"] or not case:
        return
    if ours or properties.get("jurisdiction") == COMMON:
        address = str(properties.get("caseIdentifierURI") or f"urn:uuid:{case}")
        found.cases[key] = case, address, str(properties.get("statementCode") or "")
    if ours:
        found.nodes[key] = properties
        if len(found.nodes) > MOST_PARTS:
            raise ImportProblem(f"It has more than {MOST_PARTS:,} statements.", *wanted)


def _framework(found: _Found, jurisdiction: str, subject: str, ledger: Ledger) -> Framework:
    since = max(_since(each) for each in found.nodes.values())
    key = _uuid(found.document.get("caseIdentifierUUID")) or _made("document", jurisdiction, subject)
    licence = _licence(found, jurisdiction, since)
    document: Row = {
        "identifier": key,
        "uri": str(found.document.get("caseIdentifierURI") or f"urn:uuid:{key}"),
        "creator": str(next(iter(found.nodes.values())).get("author") or jurisdiction),
        "publisher": "Learning Commons",
        "title": str(found.document.get("name") or f"{jurisdiction}: {subject}"),
        "subject": [subject],
        "lastChangeDateTime": since,
        "licenseURI": {name: licence[name] for name in ("title", "identifier", "uri")},
    }
    items = [row for node, each in found.nodes.items() if (row := _item(node, each, found, ledger))]
    there = {row["identifier"] for row in items}
    links = [link for each in found.edges if (link := _link(each, found, there, since, ledger))]
    children = {each["originNodeURI"]["identifier"] for each in links if each["associationType"] == "isChildOf"}
    top = {name: document[name] for name in ("title", "identifier", "uri")}
    links += [
        _association(_made("top", row["identifier"]), "isChildOf", _node(row), top, since)
        for row in items
        if row["identifier"] not in children
    ]
    definitions: dict[str, tuple[Row, ...]] = dict.fromkeys(DEFINITIONS, ())
    definitions["CFLicenses"] = (licence,)
    for what, rows in (("items", items), ("associations", links)):
        ledger.count(what, len(rows))
    for each in links:
        ledger.count(str(each["associationType"]))
    return Framework(document, tuple(items), tuple(links), definitions, in_order(document, items, links))


def _item(node: str, each: Mapping[str, Any], found: _Found, ledger: Ledger) -> Row | None:
    case, address, code = found.cases[node]
    words = plain(str(each.get("description") or ""))[:MOST_TEXT]
    if not words:
        ledger.defect("missing", f"{case} description", "Nothing can be made of it without; it was left out.")
        return None
    row: Row = {"identifier": case, "uri": address, "fullStatement": words, "lastChangeDateTime": _since(each)}
    more = {
        "humanCodingScheme": code, "CFItemType": str(each.get("statementType") or ""),
        "educationLevel": _grades(each.get("gradeLevel")), "notes": str(each.get("notes") or ""),
        "language": str(each.get("inLanguage") or ""),
    }  # fmt: skip
    return row | {name: value for name, value in more.items() if value}


def _link(each: Mapping[str, Any], found: _Found, there: set[str], since: str, ledger: Ledger) -> Row | None:
    label, ends = str(each["label"]), [str(each.get(f"{end}_identifier", "")) for end in ("source", "target")]
    cases = [found.cases.get(end) for end in ends]
    if label == "hasChild":
        cases.reverse()
    first, second = cases
    if (
        first is None
        or second is None
        or first[0] not in there
        or (label != "hasStandardAlignment" and second[0] not in there)
    ):
        ledger.defect(
            "edge-outside", f"{label} {ends[0]} -> {ends[1]}"[:200], "Left out: an end is not in this framework."
        )
        return None
    nodes = [{"title": code or case, "identifier": case, "uri": uri} for case, uri, code in (first, second)]
    key = _uuid(each.get("identifier")) or _made(label, *ends)
    row = _association(key, RELATIONS[label], nodes[0], nodes[1], since)
    if label != "hasStandardAlignment":
        return row
    try:
        share = round(float(str(each.get("properties", {}).get("jaccard", 0))), 4)
    except ValueError:
        share = 0.0
    return row | {"extensions": {"jaccard": min(max(share, 0.0), 1.0)}}


def _licence(found: _Found, jurisdiction: str, since: str) -> Row:
    """The terms of the records in their own words; those of the Common Core's text are its publishers'."""
    said = dict.fromkeys(str(each.get("attributionStatement") or "") for each in found.nodes.values())
    text = " ".join(each for each in said if each)
    title = "CC BY 4.0" if all(each.get("license") == CC_BY for each in found.nodes.values()) else ""
    if jurisdiction == COMMON:
        title, text = "NGA Center and CCSSO, public licence", f"{CCSS_NOTICE} {text}"
    key = _made("licence", jurisdiction, title, text)
    return {
        "identifier": key,
        "uri": f"urn:uuid:{key}",
        "title": title,
        "licenseText": text,
        "lastChangeDateTime": since,
    }


def _association(key: str, kind: str, origin: Row, destination: Row, since: str) -> Row:
    return {
        "identifier": key, "uri": f"urn:uuid:{key}", "associationType": kind, "originNodeURI": origin,
        "destinationNodeURI": destination, "lastChangeDateTime": since,
    }  # fmt: skip


def _node(row: Row) -> Row:
    return {
        "title": row.get("humanCodingScheme") or row["identifier"],
        "identifier": row["identifier"],
        "uri": row["uri"],
    }


def _records(files: Sequence[tuple[str, Opened]], wanted: bytes) -> Iterator[dict[str, Any]]:
    """The records whose line holds some bytes. Raises ImportProblem for a line that is no object, or too long."""
    for name, opened in files:
        number = 0
        with opened() as stream:
            try:
                for number, line in enumerate(_lines(stream, name), 1):
                    value = json.loads(line) if wanted in line else {}
                    if not isinstance(value, dict) or (value and not isinstance(value.get("properties", {}), dict)):
                        raise ImportProblem("It is no record of the graph.", f"{name}, line {number}", HOW)
                    if value and "properties" in value:
                        yield value
            except (ValueError, RecursionError, OSError, EOFError, zlib.error) as error:
                raise ImportProblem(f"It cannot be read ({error}).", f"{name}, line {number + 1}", HOW) from None


def _lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    plain_stream: Any = gzip.GzipFile(fileobj=stream) if name.endswith(".gz") else stream
    while line := plain_stream.readline(LONGEST + 1):
        if len(line) > LONGEST:
            raise ValueError("a line is longer than a megabyte")
        yield line


def _named(value: Mapping[str, Any]) -> tuple[str, str]:
    properties = value["properties"]
    return str(properties.get("jurisdiction") or ""), str(properties.get("academicSubject") or "")


def _grades(written: object) -> list[str]:
    try:
        found = json.loads(written) if isinstance(written, str) else written
    except ValueError:
        return []
    return [GRADES.get(str(each), str(each)) for each in found] if isinstance(found, list) else []


def _since(each: Mapping[str, Any]) -> str:
    return f"{str(each.get('dateModified') or '1970-01-01')[:10]}T00:00:00+00:00"


def _uuid(value: object) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        return ""


def _made(*words: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(("learning-commons", *words))))


def _names(files: Sequence[tuple[str, Opened]]) -> str:
    return ", ".join(name for name, _ in files)[:200] or "nothing"
