"""Reading for a program: one object or a page of a list. Each learner's record that is read is noted."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from headway.school.exchange.service.kept import OURS, kept
from headway.school.exchange.service.paging import counted, page_of
from headway.school.exchange.service.relations import FRESH, own_kinds, relation, year_end
from headway.school.exchange.service.statements import cell, of_view, parents_exist
from headway.school.people.access import SITTING, record_access_of
from headway.school.people.programs import Program
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.service.asking import Question
from headway.standards.oneroster.service.objects import SHAPES
from headway.standards.oneroster.service.operations import VIEWS, Operation
from headway.standards.oneroster.service.status import Unanswerable
from headway.standards.oneroster.service.writing import ROLE, writer_for
from headway.standards.oneroster.tables import TABLES

PLACE = "/ims/oneroster"
_MOST = 400_000
_noted: dict[tuple[UUID, UUID], dict[str, float]] = {}
"""Person in whose name and program -> learner's sourcedId -> until when this process need not look whether it is noted."""


_totals: dict[tuple[UUID, str, tuple[tuple[str, str], ...]], tuple[float, int]] = {}
"""District, question, its values -> until when the number of what is found need not be counted again, and the number."""


@dataclass(frozen=True, slots=True)
class Page:
    """Objects of a list, each as JSON, and how many there are in all."""

    found: list[str]
    total: int


def read_list(program: Program, operation: Operation, ids: Sequence[str], asked: Question, host: str) -> Page:
    """A page of a list. Raises Unanswerable for a parent that is not there."""
    kind = VIEWS[operation.view].kind
    with in_district(program.district):
        own, values = own_kinds(program.district), values_of(ids)
        if operation.parents:
            check_parents(operation.parents, own, values)
        values |= {"limit": asked.limit, "offset": asked.offset}
        rows = _rows(page_of(_columns(kind, own), operation, asked, own, values), values)
        total = asked.offset + len(rows)
        if len(rows) == asked.limit or (asked.offset and not rows):
            statement = counted(operation, asked, own, values)
            total = _total(program.district, kind, statement, values, total if rows else None)
        objects, learners = _objects(kind, rows, own, values, host, asked)
        seen = _note(program, learners)
    _remember(program, seen)
    return Page(objects, total)


def _total(district: UUID, kind: str, statement: str, values: dict[str, Any], least: int | None) -> int:
    """How many there are in all. For a roster's rows that is remembered for 20 seconds: to count is as dear as a page, and each
    page asks for it. At the end of the list and beyond it is counted, so that nobody stops too early."""
    given = sorted((name, str(value)) for name, value in values.items() if name not in ("limit", "offset"))
    key, now = (district, statement, tuple(given)), time.monotonic()
    until, total = _totals.get(key, (0.0, 0))
    if kind in TABLES and until > now and least is not None and total > least:
        return total
    total = int(_rows(statement, values)[0][0])
    if len(_totals) > 1000:
        _totals.clear()
    _totals[key] = (now + FRESH, total)
    return total


def read_one(program: Program, operation: Operation, sourced_id: str, asked: Question, host: str) -> str:
    """One object as JSON. Raises Unanswerable where it is not there."""
    kind = VIEWS[operation.view].kind
    with in_district(program.district):
        own, values = own_kinds(program.district), values_of([sourced_id])
        ours = kind in TABLES or sourced_id.startswith(OURS)
        rows_of = relation(kind, own) if kind in TABLES else kept(kind, ours=ours)
        alive = "true" if kind in TABLES else "o.status = 'active'"
        clause = f"o.sourced_id = %(p0)s AND {alive} AND {of_view(operation.view, own, few=True)}"
        rows = _rows(f"SELECT {_columns(kind, own)} FROM {rows_of} o WHERE {clause}", values)
        if not rows:
            raise Unanswerable("unknownobject", f"There is no {SHAPES[kind].one} with this sourcedId.")
        objects, learners = _objects(kind, rows, own, values, host, asked)
        seen = _note(program, learners)
    _remember(program, seen)
    return objects[0]


def values_of(ids: Sequence[str]) -> dict[str, Any]:
    """The parameters of a statement. Raises Unanswerable for identifiers that the database cannot hold."""
    if any("\0" in each for each in ids):
        raise Unanswerable("unknownobject", "There is nothing with this sourcedId.")
    return {f"p{n}": each for n, each in enumerate(ids)} | {"end": year_end(datetime.now(UTC).date())}


def check_parents(parents: Sequence[str], own: frozenset[str], values: dict[str, Any]) -> None:
    """Raise Unanswerable unless all that the address names is there."""
    for parent, there in zip(parents, _rows(parents_exist(parents, own), values)[0], strict=True):
        if not there:
            one = SHAPES[VIEWS[parent].kind].one
            raise Unanswerable("unknownobject", f"There is no {one} with this sourcedId among {parent}.")


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _columns(kind: str, own: frozenset[str]) -> str:
    first = "o.sourced_id, o.status, o.changed_at"
    if kind != "users":
        return f"{first}, o.{'cells' if kind in TABLES else 'body'}"
    told = ", ".join(("x.status", *(cell("roles", name, "x") for name in ROLE)))
    user = cell("roles", "userSourcedId", "x")
    roles = f"SELECT ARRAY[{told}] FROM {relation('roles', own)} x WHERE {user} = o.sourced_id ORDER BY x.sourced_id"
    return f"{first}, o.cells, ARRAY({roles})"


def _objects(
    kind: str, rows: list[Any], own: frozenset[str], values: dict[str, Any], host: str, asked: Question
) -> tuple[list[str], set[str]]:
    """The objects, and the sourcedIds of the learners whose record is in them."""
    writer = writer_for(host, kind, asked.fields)
    if kind not in TABLES:
        bodies = [json.loads(row[3]) if isinstance(row[3], str) else row[3] for row in rows]
        found = [writer.body(row[0], row[1], row[2], body) for row, body in zip(rows, bodies, strict=True)]
        return found, {body["student"]["sourcedId"] for body in bodies if "student" in body}
    if kind == "users":
        role = ROLE.index("role")
        people = [(row[0], row[1], row[2], row[3], _roles(row[4])) for row in rows]
        learners = {row[0] for row in people if any(each[role] == "student" for each in row[4])}
        return [writer.row(*row) for row in people], learners
    learners = set()
    if kind == "enrollments":
        user, role = (TABLES[kind].place(name) for name in ("userSourcedId", "role"))
        learners = {row[3][user] for row in rows if row[3][role] == "student"}
    beside = _below(kind, [row[0] for row in rows], own, values)
    return [writer.row(row[0], row[1], row[2], row[3], beside.get(row[0], ())) for row in rows], learners


def _roles(found: list[list[str]]) -> list[list[str]]:
    """The active roles of a user; of whom none is active, all that they had. Each comes with its status before it."""
    active = [each[1:] for each in found if each[0] == "active"]
    return active or [each[1:] for each in found]


def _below(
    kind: str, ids: Sequence[str], own: frozenset[str], values: dict[str, Any]
) -> dict[str, list[Sequence[str]]]:
    """What is below orgs and sessions, by their sourcedId."""
    if kind not in ("orgs", "academicSessions") or not ids:
        return {}
    at = cell(kind, "parentSourcedId", "x")
    found = _rows(
        f"SELECT {at}, x.sourced_id FROM {relation(kind, own)} x WHERE {at} = ANY(%(ids)s) AND x.status = 'active'"
        " ORDER BY x.sourced_id",
        values | {"ids": list(ids)},
    )
    below: dict[str, list[Sequence[str]]] = {}
    for key, each in found:
        below.setdefault(key, []).append([each])
    return below


def _note(program: Program, learners: Iterable[str]) -> list[str]:
    """Write into the access log whose record the program reads; return who need not be looked at again once this is kept."""
    noted, now = _noted.get((program.person, program.id), {}), time.monotonic()
    new = [each for each in learners if noted.get(each, 0.0) < now]
    if new:
        record_access_of(program.person, new, district=program.district, purpose=program.name, place=PLACE)
    return new


def _remember(program: Program, seen: list[str]) -> None:
    """That these are in the access log. Called when what was written there is kept."""
    if not seen:
        return
    if sum(map(len, _noted.values())) > _MOST:
        _noted.clear()
    until = time.monotonic() + SITTING.total_seconds()
    _noted.setdefault((program.person, program.id), {}).update(dict.fromkeys(seen, until))
