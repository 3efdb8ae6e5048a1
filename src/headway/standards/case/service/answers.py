"""The answers of the CASE service: parts of a package, with the links that a package does not need, at our addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from headway.standards.case.framework import Row

URN = "urn:uuid:"
LINKED = {
    "licenseURI": "CFLicenses", "CFItemTypeURI": "CFItemTypes", "conceptKeywordsURI": "CFConcepts",
    "subjectURI": "CFSubjects", "CFAssociationGroupingURI": "CFAssociationGroupings",
}  # fmt: skip
"""Properties that link a definition, and the collection that it is in."""
COLLECTIONS = ("CFItems", "CFAssociations", "CFRubrics")


class Answers:
    """Makes the answers of one district. ``base`` is our address of the service, such as
    ``https://learn.example.org/ims/case/v1p1``. A part keeps the address that its publisher gave it; what has none gets ours."""

    def __init__(self, base: str) -> None:
        self.base = base

    def part(self, kind: str, row: Row, document: Row) -> Row:
        """One part of a collection, read by itself."""
        out = self._placed(kind, row)
        if kind == "CFDocuments":
            return out | {"caseVersion": "1.1", "CFPackageURI": self._link("CFPackages", row)}
        return out | ({"CFDocumentURI": self._link("CFDocuments", document)} if kind in COLLECTIONS[:2] else {})

    def associations(self, item: Row, document: Row, links: Sequence[Row]) -> Row:
        """An item with what is said of it and others."""
        found = [self._placed("CFAssociations", row) for row in links]
        return {"CFItem": self.part("CFItems", item, document), "CFAssociations": found}

    def package(self, body: dict[str, Any]) -> dict[str, Any]:
        """A whole package."""
        out = body | {"CFDocument": self._placed("CFDocuments", body["CFDocument"])}
        for kind in COLLECTIONS:
            if kind in body:
                out[kind] = [self._placed(kind, row) for row in body[kind]]
        if "CFDefinitions" in body:
            out["CFDefinitions"] = {
                kind: [self._placed(kind, row) for row in rows] for kind, rows in body["CFDefinitions"].items()
            }
        return out

    def _placed(self, kind: str, row: Row) -> Row:
        out = dict(row)
        if row["uri"].startswith(URN):
            out["uri"] = self._at(kind, row["identifier"])
        for name, to in LINKED.items():
            if name in row:
                value = row[name]
                out[name] = (
                    [self._linked(to, one) for one in value] if isinstance(value, list) else self._linked(to, value)
                )
        return out

    def _linked(self, kind: str, link: Row) -> Row:
        return link | {"uri": self._at(kind, link["identifier"])} if link["uri"].startswith(URN) else link

    def _link(self, kind: str, document: Row) -> Row:
        return {
            "title": document["title"],
            "identifier": document["identifier"],
            "uri": self._at(kind, document["identifier"]),
        }

    def _at(self, kind: str, identifier: str) -> str:
        return f"{self.base}/{kind}/{quote(identifier, safe='')}"


def below(first: Row, others: Sequence[Row]) -> list[Row]:
    """A definition, then those whose hierarchy code continues its own, by code: ``1`` has ``1.1`` below it, and not ``12``."""
    code = first.get("hierarchyCode", "")
    rest = [row for row in others if code and row.get("hierarchyCode", "").startswith(f"{code}.")]
    return [first, *sorted(rest, key=lambda row: (row["hierarchyCode"], row["identifier"]))]
