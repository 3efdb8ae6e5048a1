"""The items of a framework in the order in which people read it."""

from __future__ import annotations

from collections.abc import Sequence

from headway.standards.case.framework import Row, Standard


def in_order(document: Row, items: Sequence[Row], associations: Sequence[Row]) -> tuple[Standard, ...]:
    """Walk the tree of ``isChildOf`` from the top: by sequence number, then list enumeration, code and place in the file. An item
    with several parents stands under the first; one whose parents run in a circle stands at the end, at the top level."""
    rows = {row["identifier"]: row for row in items}
    parent: dict[str, str] = {}
    number: dict[str, int] = {}
    for link in associations:
        origin, above = link["originNodeURI"]["identifier"], link["destinationNodeURI"]["identifier"]
        if link["associationType"] == "isChildOf" and origin in rows and origin not in parent and origin != above:
            parent[origin] = above
            number[origin] = link.get("sequenceNumber", 0)
    children: dict[str, list[str]] = {}
    for key in rows:
        above = parent.get(key, "")
        children.setdefault(above if above in rows else "", []).append(key)
    place = {key: n for n, key in enumerate(rows)}

    def rank(key: str) -> tuple[int, int, str, str, int]:
        listed = str(rows[key].get("listEnumeration", ""))
        code = str(rows[key].get("humanCodingScheme", ""))
        return number.get(key, 0), len(listed), listed, code, place[key]

    out: dict[str, Standard] = {}
    waiting = sorted(children.get("", ()), key=rank, reverse=True)
    while waiting:
        key = waiting.pop()
        out[key] = _standard(rows[key], parent.get(key, "") if parent.get(key, "") in rows else "")
        waiting += sorted(children.get(key, ()), key=rank, reverse=True)
    return (*out.values(), *(_standard(row, "") for key, row in rows.items() if key not in out))


def _standard(row: Row, parent: str) -> Standard:
    return Standard(
        row["identifier"], row.get("humanCodingScheme", ""), row["fullStatement"], row.get("CFItemType", ""),
        tuple(row.get("educationLevel", ())), parent,
    )  # fmt: skip
