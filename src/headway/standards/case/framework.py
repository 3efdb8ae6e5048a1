"""A framework of standards, and the tables of what CASE may say about each of its parts.

Source: 1EdTech, Competencies and Academic Standards Exchange (CASE) Service 1.1, information model and JSON binding of
``CFPackage``. Version 1.0 differs by a few links that follow from where a part stands (``DERIVED``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "text", "uuid", "time", "date", "texts", "link", "links", "node", "relation", "whole", "number", "rows", "free", "frees"
]  # fmt: skip
"""How a value is written: ``link`` names a part of the framework, ``node`` one of any framework, ``rows`` are parts inside of
a part."""

DOCUMENT: dict[str, Kind] = {
    "identifier": "uuid", "uri": "text", "frameworkType": "text", "creator": "text", "title": "text",
    "lastChangeDateTime": "time", "officialSourceURL": "text", "publisher": "text", "description": "text",
    "subject": "texts", "subjectURI": "links", "language": "text", "version": "text", "adoptionStatus": "text",
    "statusStartDate": "date", "statusEndDate": "date", "licenseURI": "link", "notes": "text", "extensions": "free",
}  # fmt: skip
ITEM: dict[str, Kind] = {
    "identifier": "uuid", "fullStatement": "text", "alternativeLabel": "text", "CFItemType": "text", "uri": "text",
    "humanCodingScheme": "text", "listEnumeration": "text", "abbreviatedStatement": "text", "conceptKeywords": "texts",
    "conceptKeywordsURI": "link", "notes": "text", "subject": "texts", "subjectURI": "links", "language": "text",
    "educationLevel": "texts", "CFItemTypeURI": "link", "licenseURI": "link", "statusStartDate": "date",
    "statusEndDate": "date", "lastChangeDateTime": "time", "extensions": "free",
}  # fmt: skip
ASSOCIATION: dict[str, Kind] = {
    "identifier": "uuid", "associationType": "relation", "sequenceNumber": "whole", "uri": "text",
    "originNodeURI": "node", "destinationNodeURI": "node", "CFAssociationGroupingURI": "link",
    "lastChangeDateTime": "time", "notes": "text", "extensions": "free",
}  # fmt: skip
_NAMED: dict[str, Kind] = {
    "identifier": "uuid", "uri": "text", "title": "text", "description": "text", "lastChangeDateTime": "time",
    "extensions": "free",
}  # fmt: skip
DEFINITIONS: dict[str, dict[str, Kind]] = {
    "CFConcepts": _NAMED | {"keywords": "text", "hierarchyCode": "text"},
    "CFSubjects": _NAMED | {"hierarchyCode": "text"},
    "CFLicenses": _NAMED | {"licenseText": "text"},
    "CFItemTypes": _NAMED | {"hierarchyCode": "text", "typeCode": "text"},
    "CFAssociationGroupings": _NAMED,
}
NEEDED = {
    "CFConcepts": ("hierarchyCode",), "CFSubjects": ("hierarchyCode",), "CFLicenses": ("licenseText",),
    "CFItemTypes": ("description", "hierarchyCode"), "CFAssociationGroupings": (),
}  # fmt: skip
"""What 1.1 asks of a definition beside its identifier, address, title and date; empty where 1.0 left it out."""
_TOLD: dict[str, Kind] = {
    "identifier": "uuid", "uri": "text", "description": "text", "lastChangeDateTime": "time",
}  # fmt: skip
RUBRIC: dict[str, Kind] = _TOLD | {"title": "text", "CFRubricCriteria": "rows", "extensions": "free"}
INSIDE: dict[str, dict[str, Kind]] = {
    "CFRubricCriteria": _TOLD | {
        "category": "text", "CFItemURI": "link", "weight": "number", "position": "whole", "rubricId": "uuid",
        "CFRubricCriterionLevels": "rows", "extensions": "free",
    },
    "CFRubricCriterionLevels": _TOLD | {
        "quality": "text", "score": "number", "feedback": "text", "position": "whole", "rubricCriterionId": "uuid",
        "extensions": "frees",
    },
}  # fmt: skip
"""The parts inside of a rubric, and those inside of them."""
DERIVED = frozenset({"CFDocumentURI", "CFPackageURI", "caseVersion"})
RELATIONS = frozenset(
    {
        "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
        "hasSkillLevel", "isTranslationOf",
    }
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standard:
    """An item as people read it. ``parent`` is the identifier of the item that it belongs to, empty at the top; ``grades``
    as CASE writes them (``03``, ``KG``)."""

    identifier: str
    code: str
    statement: str
    kind: str
    grades: tuple[str, ...]
    parent: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A package whose parts hold only what CASE 1.1 knows, in its spelling. ``standards`` are the items in the order of the
    framework's tree."""

    document: Row
    items: tuple[Row, ...]
    associations: tuple[Row, ...]
    definitions: dict[str, tuple[Row, ...]]
    standards: tuple[Standard, ...]
    rubrics: tuple[Row, ...] = ()

    @property
    def identifier(self) -> str:
        """The document's identifier, by which a second import finds the first."""
        return str(self.document["identifier"])

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.document["title"])
