"""Reading frameworks for others over CASE: what of a district is open, and all that is not withdrawn for a program that may."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from headway.school.curriculum.frameworks.models import FrameworkPart
from headway.school.curriculum.frameworks.queries import package_of
from headway.school.people.models import District
from headway.school.people.tenancy import in_district
from headway.standards.case.framework import Row
from headway.standards.case.service.answers import Answers, below
from headway.standards.case.service.asking import Asked, picked, selected
from headway.standards.case.service.operations import Operation
from headway.standards.oneroster.service.status import Unanswerable

MOST_LINKS = 20_000
"""Associations of one item that are answered at once."""
NOBODY = "No framework is open to everybody here. Send a token: Authorization: Bearer ... Get one at /oauth2/token."
NONE = "There is nothing with this identifier among the frameworks that you may read."


def the_district(named: str) -> UUID:
    """The district whose open frameworks are asked for: the one that the address names, else the only one. Raises
    Unanswerable."""
    try:
        found = District.objects.filter(id=UUID(named)) if named else District.objects.all()
    except ValueError:
        raise Unanswerable("unknownobject", "There is no such district here.") from None
    keys = list(found.values_list("id", flat=True)[:2])
    if not keys:
        raise Unanswerable("unknownobject", "There is no such district here.")
    if len(keys) > 1:
        said = "Several districts live here: use the address that yours gives for its open frameworks, or send a token."
        raise Unanswerable("unauthorisedrequest", said)
    return keys[0]


def read_documents(*, district: UUID, everything: bool, asked: Asked, answers: Answers) -> tuple[list[Row], int]:
    """A page of the documents, and how many there are. Raises Unanswerable where there is none: the standard has no empty set."""
    with in_district(district):
        rows = _bodies(_documents(_parts(everything)))
    if not rows and not everything:
        raise Unanswerable("unauthorisedrequest", NOBODY)
    page, total = picked(rows, asked)
    if not page:
        raise Unanswerable(
            "unknownobject", f"There is no CFDocument here that fits; there are {total} before this offset."
        )
    return [selected(answers.part("CFDocuments", row, row), asked) for row in page], total


def read_one(
    *, district: UUID, everything: bool, operation: Operation, identifier: str, answers: Answers
) -> dict[str, Any]:
    """What an address with an identifier gives. Raises Unanswerable where it is not there, or not for who asks."""
    try:
        key = str(UUID(identifier))
    except ValueError:
        raise Unanswerable("invalid_uuid", "The identifier is no UUID.", 404) from None
    with in_district(district):
        parts = _parts(everything)
        found = parts.filter(kind=operation.holds, identifier=key).order_by("framework_id").first()
        if found is None:
            raise Unanswerable("unknownobject", NONE)
        row = json.loads(found.body)
        if operation.form == "package":
            return answers.package(package_of(key) or {})
        beside = parts.filter(framework_id=found.framework_id)
        if operation.form == "set":
            rows = _bodies(beside.filter(kind=operation.holds).exclude(identifier=key))
            return {operation.kind: [answers.part(operation.kind, each, {}) for each in below(row, rows)]}
        document = _bodies(_documents(beside))[0]
        if operation.form == "one":
            return answers.part(operation.kind, row, document)
        links = parts.filter(Q(origin=key) | Q(destination=key), kind="CFAssociations").order_by("framework_id", "id")
        told = _bodies(links[: MOST_LINKS + 1])
    if not told or len(told) > MOST_LINKS:
        said = "The item is there, but no association names it." if not told else f"More than {MOST_LINKS:,} name it."
        raise Unanswerable("unknownobject", said)
    return answers.associations(row, document, told)


def _parts(everything: bool) -> QuerySet[FrameworkPart]:
    rows = FrameworkPart.objects.filter(framework__withdrawn_at=None)
    return rows if everything else rows.filter(framework__open=True)


def _documents(parts: QuerySet[FrameworkPart]) -> QuerySet[FrameworkPart]:
    """Those that are documents. A document has its framework's identifier, and identifiers have an index; kinds have none."""
    return parts.filter(kind="CFDocuments", identifier=F("framework__identifier"))


def _bodies(rows: QuerySet[FrameworkPart]) -> Sequence[Row]:
    return [json.loads(body) for body in rows.values_list("body", flat=True)]
