"""What programs write into the gradebook. Our own ledger of skills mastered is read-only to them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

from headway.school.exchange.service.kept import OURS, kept
from headway.school.exchange.service.models import GradebookRecord
from headway.school.exchange.service.reading import check_parents, values_of
from headway.school.exchange.service.relations import own_kinds, relation
from headway.school.people.models import Person
from headway.school.people.programs import Program
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.service.given import Given, many_of, one_of
from headway.standards.oneroster.service.objects import SHAPES
from headway.standards.oneroster.service.operations import VIEWS, Operation
from headway.standards.oneroster.service.status import Unanswerable
from headway.standards.oneroster.service.writing import Json

LOOKED_UP = {
    "class": "classes",
    "lineItem": "lineItems",
    "student": "users",
    "assessmentLineItem": "assessmentLineItems",
}
"""References without which an object means nothing here: they must be there."""
READ_ONLY = "This is a line of Headway's own record of mastery. Evidence changes it, not a program."


def put(program: Program, operation: Operation, sourced_id: str, body: Any, now: float) -> None:
    """Write one object under the identifier of its address; one that is there is replaced. Raises Unanswerable."""
    kind = VIEWS[operation.view].kind
    given = one_of(body, kind)
    if given.sourced_id != sourced_id:
        raise Unanswerable("invaliddata", f"{SHAPES[kind].one}.sourcedId is not that of the address.")
    _refuse_ours(sourced_id)
    with in_district(program.district):
        _write(program, kind, [given], now)


def post(program: Program, operation: Operation, ids: Sequence[str], body: Any, now: float) -> list[tuple[str, str]]:
    """Write a set of new objects below a class, school or line item; return the identifiers given and those they got.
    Raises Unanswerable, and then nothing of the set is written."""
    kind = VIEWS[operation.view].kind
    with in_district(program.district):
        check_parents(operation.parents, own_kinds(program.district), values_of(ids))
        found = many_of(body, kind)
        for each in found:
            for parent, given in zip(operation.parents, ids, strict=True):
                _belongs(each.parts, kind, parent, given)
        new = [each._replace(sourced_id=str(uuid.uuid4())) for each in found]
        _write(program, kind, new, now)
    return [(each.sourced_id, made.sourced_id) for each, made in zip(found, new, strict=True)]


def delete(program: Program, operation: Operation, sourced_id: str, now: float) -> None:
    """Take an object away; whoever asks for changes hears of it. Raises Unanswerable where it is not there."""
    kind = VIEWS[operation.view].kind
    _refuse_ours(sourced_id)
    with in_district(program.district):
        values_of([sourced_id])
        rows = GradebookRecord.objects.filter(kind=kind, sourced_id=sourced_id, status="active")
        if not rows.update(status="tobedeleted", changed_at=now, program=program.id):
            raise Unanswerable("unknownobject", f"There is no {SHAPES[kind].one} with this sourcedId.")


def _refuse_ours(sourced_id: str) -> None:
    if sourced_id.startswith(OURS):
        raise Unanswerable("forbidden", READ_ONLY)


def _belongs(parts: Json, kind: str, parent: str, given: str) -> None:
    """Raise unless an object is of what the address names; a result need not name its class."""
    name = {"classes": "class", "schools": "school", "lineItems": "lineItem"}.get(parent, "")
    if not name or (kind == "results" and name == "class" and name not in parts):
        return
    if name in parts and parts[name]["sourcedId"] != given:
        raise Unanswerable("invaliddata", f"{SHAPES[kind].one}.{name} is not that of the address.")


def _write(program: Program, kind: str, objects: Sequence[Given], now: float) -> None:
    own = own_kinds(program.district)
    sections = _look_up(objects, own)
    students = {parts["student"]["sourcedId"] for _, _, parts in objects if "student" in parts}
    people = dict(Person.objects.filter(sourced_id__in=students).values_list("sourced_id", "id"))
    rows = [
        GradebookRecord(
            district_id=program.district,
            kind=kind,
            sourced_id=sourced_id,
            status=status,
            section=_of(parts, "class") or sections.get(_of(parts, "lineItem"), ""),
            line_item=_of(parts, "lineItem"),
            learner_id=people.get(_of(parts, "student")),
            body=parts,
            program_id=program.id,
            changed_at=now,
        )
        for sourced_id, status, parts in objects
    ]
    GradebookRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["district", "kind", "sourced_id"],
        update_fields=["status", "section", "line_item", "learner", "body", "program", "changed_at"],
    )


def _of(parts: Json, name: str) -> str:
    return str(parts[name]["sourcedId"]) if name in parts else ""


def _look_up(objects: Sequence[Given], own: frozenset[str]) -> dict[str, str]:
    """Check that what the objects refer to is there; line item -> its class. Raises Unanswerable, naming what is not."""
    sections: dict[str, str] = {}
    for name, to in LOOKED_UP.items():
        wanted = {parts[name]["sourcedId"] for _, _, parts in objects if name in parts}
        if not wanted:
            continue
        values = values_of([]) | {"ids": sorted(wanted)}
        column, rows = ("''", relation(to, own)) if to in ("classes", "users") else ("o.section", kept(to))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT o.sourced_id, {column} FROM {rows} o WHERE o.sourced_id = ANY(%(ids)s) AND o.status = 'active'",
                values,
            )
            found = dict(cursor.fetchall())
        if missing := sorted(wanted - set(found)):
            raise Unanswerable("invaliddata", f"{name}: there is none with the sourcedId {missing[0][:80]!r}.")
        if name == "lineItem":
            sections = found
    return sections
