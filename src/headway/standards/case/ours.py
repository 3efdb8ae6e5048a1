"""The district's own skills as a framework, for whoever reads CASE."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from headway.core.curriculum.skills import Skill, SkillGraph
from headway.standards.case.framework import DEFINITIONS, Framework, Row
from headway.standards.case.tree import in_order

LEVELS = {"K": ("KG",), "A1": ("09",), "HS": ("09", "10", "11", "12")} | {str(n): (f"{n:02}",) for n in range(1, 13)}
"""Our grades as CASE's education levels (CEDS)."""


def framework_of(graph: SkillGraph, *, district: UUID, creator: str, title: str, at: float) -> Framework:
    """Skills as items, prerequisites as ``precedes``, related pairs as ``isRelatedTo``, and ``exactMatchOf`` to the standards
    whose CASE identifiers they carry. Identifiers are the same at each export (UUID version 5 of the district and the key)."""
    since = datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
    document = _row(uuid5(NAMESPACE_URL, f"{district}/framework"), since) | {
        "creator": creator, "title": title, "frameworkType": "Skills",
    }  # fmt: skip
    top = _node(document["identifier"], title)
    keys = {skill.id: str(uuid5(NAMESPACE_URL, f"{district}/skill/{skill.id}")) for skill in graph.skills}
    nodes = {skill.id: _node(keys[skill.id], skill.id) for skill in graph.skills}
    items = [_item(skill, keys[skill.id], since) for skill in graph.skills]
    links = [_link("isChildOf", nodes[skill.id], top, since, n) for n, skill in enumerate(graph.skills, 1)]
    pairs = (("precedes", graph.prerequisites), ("isRelatedTo", graph.related))
    links += [
        _link(kind, nodes[a], nodes[b], since) for kind, rows in pairs for a, b in rows if a in nodes and b in nodes
    ]
    for skill in graph.skills:
        links += [_link("exactMatchOf", nodes[skill.id], _node(case, skill.id), since) for case in skill.case_ids]
    return Framework(
        document, tuple(items), tuple(links), dict.fromkeys(DEFINITIONS, ()), in_order(document, items, links)
    )


def _row(identifier: UUID | str, since: str) -> Row:
    return {"identifier": str(identifier), "uri": f"urn:uuid:{identifier}", "lastChangeDateTime": since}


def _node(identifier: str, title: str) -> Row:
    return {"title": title, "identifier": identifier, "uri": f"urn:uuid:{identifier}"}


def _item(skill: Skill, identifier: str, since: str) -> Row:
    row = _row(identifier, since) | {
        "fullStatement": skill.description or skill.title, "abbreviatedStatement": skill.title,
        "humanCodingScheme": skill.id, "CFItemType": "Skill",
    }  # fmt: skip
    more = {"educationLevel": list(LEVELS.get(skill.grade, ())), "subject": [skill.subject] if skill.subject else []}
    return row | {key: value for key, value in more.items() if value}


def _link(kind: str, origin: Row, destination: Row, since: str, number: int | None = None) -> Row:
    ends = "/".join((kind, origin["identifier"], destination["identifier"]))
    row = _row(uuid5(NAMESPACE_URL, ends), since) | {
        "associationType": kind, "originNodeURI": origin, "destinationNodeURI": destination,
    }  # fmt: skip
    return row if number is None else row | {"sequenceNumber": number}
