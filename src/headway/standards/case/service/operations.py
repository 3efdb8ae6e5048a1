"""The operations of CASE 1.1 over REST: twelve that read, and the description of the service itself.

Source: 1EdTech, CASE Service 1.1, REST/JSON binding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ROOT = "/ims/case/v1p1"
SCOPE = "case.readonly"
"""What a program's token needs. The standard names no scope; this one is ours."""
DESCRIPTION = "discovery/imscasev1p1_openapi3_v1p0.json"
Form = Literal["list", "one", "set", "associations", "package"]


@dataclass(frozen=True, slots=True)
class Operation:
    """``kind`` is the collection that the address names and ``holds`` the one in which a package has it. A ``set`` holds the
    part that is asked for, then what is below it."""

    name: str
    kind: str
    form: Form
    holds: str

    @property
    def path(self) -> str:
        """Below :data:`ROOT`, with ``{}`` for the identifier."""
        return self.kind if self.form == "list" else f"{self.kind}/{{}}"


OPERATIONS: tuple[Operation, ...] = (
    Operation("getAllCFDocuments", "CFDocuments", "list", "CFDocuments"),
    Operation("getCFDocument", "CFDocuments", "one", "CFDocuments"),
    Operation("getCFPackage", "CFPackages", "package", "CFDocuments"),
    Operation("getCFItem", "CFItems", "one", "CFItems"),
    Operation("getCFItemAssociations", "CFItemAssociations", "associations", "CFItems"),
    Operation("getCFAssociation", "CFAssociations", "one", "CFAssociations"),
    Operation("getCFAssociationGrouping", "CFAssociationGroupings", "one", "CFAssociationGroupings"),
    Operation("getCFConcept", "CFConcepts", "set", "CFConcepts"),
    Operation("getCFSubject", "CFSubjects", "set", "CFSubjects"),
    Operation("getCFItemType", "CFItemTypes", "set", "CFItemTypes"),
    Operation("getCFLicense", "CFLicenses", "one", "CFLicenses"),
    Operation("getCFRubric", "CFRubrics", "one", "CFRubrics"),
)
_BY_PATH = {each.path: each for each in OPERATIONS}


def find(path: str) -> tuple[Operation, str] | None:
    """The operation at an address below :data:`ROOT` and the identifier in it, empty for a list; None where there is none.

    >>> found = find("CFItems/7b")
    >>> found and (found[0].name, found[1])
    ('getCFItem', '7b')
    """
    kind, slash, key = path.partition("/")
    found = _BY_PATH.get(f"{kind}/{{}}" if slash else kind)
    return (found, key) if found is not None and "/" not in key and bool(key) == bool(slash) else None
