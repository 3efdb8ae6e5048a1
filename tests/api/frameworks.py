"""A framework with a part of every kind, and what it takes to keep it."""

from __future__ import annotations

import json
import time
from typing import Any

from headway.school.curriculum.frameworks.actions import Saved, save_framework
from headway.school.people.models import Person
from headway.standards.case import read_package
from tests.standards.test_case import TOP, item, key, link, node, package

KINDS = {
    "CFDocuments": TOP, "CFPackages": TOP, "CFItems": key(1), "CFItemAssociations": key(1), "CFAssociations": key(11),
    "CFAssociationGroupings": key(24), "CFConcepts": key(20), "CFSubjects": key(21), "CFItemTypes": key(22),
    "CFLicenses": key(23), "CFRubrics": key(30),
}  # fmt: skip
"""Collection -> the identifier of a part of it."""
SCRIPT = "<script>alert(1)</script>"


def named(number: int, **more: Any) -> dict[str, Any]:
    """A part without a statement."""
    row = item(number, "", title=f"Title {number}", **more)
    del row["fullStatement"]
    return row


def whole() -> dict[str, Any]:
    """A package with every kind of part: two statements, what links them, definitions and a rubric."""
    items = [
        item(1, "Divide large numbers.", humanCodingScheme="S.6.1", educationLevel=["06"], CFItemTypeURI=node(key(22))),
        item(2, f"Read {SCRIPT} aloud.", humanCodingScheme="S.6.2", educationLevel=["06"], licenseURI=node(key(23))),
    ]
    links = [
        link(11, "isChildOf", key(1), node(TOP), sequenceNumber=1, CFAssociationGroupingURI=node(key(24))),
        link(12, "precedes", key(1), node(key(2))),
    ]
    body = package(items, links)
    body["CFDocument"] |= {
        "publisher": "State Board", "version": "2026", "subject": ["Mathematics"], "licenseURI": node(key(23)),
    }  # fmt: skip
    body["CFDefinitions"] = {
        "CFConcepts": [named(20, hierarchyCode="1"), named(25, hierarchyCode="1.1"), named(26, hierarchyCode="12")],
        "CFSubjects": [named(21, hierarchyCode="1")],
        "CFItemTypes": [named(22, hierarchyCode="1", description="A statement", typeCode="S")],
        "CFLicenses": [named(23, licenseText="As you like.")],
        "CFAssociationGroupings": [named(24)],
    }
    level = named(32, quality="Good", score=2.5, position=1, rubricCriterionId=key(31)) | {"extensions": [{"a": 1}]}
    criterion = named(31, category="Reasons", weight=1.0, CFRubricCriterionLevels=[level], CFItemURI=node(key(1)))
    del level["title"], criterion["title"]
    body["CFRubrics"] = [named(30, CFRubricCriteria=[criterion])]
    return body


def keep(by: Person, body: dict[str, Any] | None = None) -> Saved:
    """Bring a package in."""
    framework, report = read_package(json.dumps(body or whole()).encode(), "state.json")
    assert report.defects == (), report.defects
    return save_framework(
        district=by.district_id, framework=framework, matches=(), source="state.json", now=time.time(), by=by
    )
