"""A page of a list as SQL, and how many there are in all.

What is skipped before a page is counted in an index where that is possible: a program that walks through a whole district asks
for page after page, and the rows before each are none of its answer.
"""

from __future__ import annotations

from typing import Any

from headway.school.exchange.service.kept import kept
from headway.school.exchange.service.relations import relation
from headway.school.exchange.service.statements import cell, filtered, of_parent, of_view, ordered, role_is
from headway.standards.oneroster.service.asking import Question
from headway.standards.oneroster.service.operations import VIEWS, Operation
from headway.standards.oneroster.tables import TABLES

_LIMIT = "LIMIT %(limit)s OFFSET %(offset)s"


def page_of(columns: str, operation: Operation, asked: Question, own: frozenset[str], values: dict[str, Any]) -> str:
    """The statement of a page. ``columns`` are of the row ``o``; parameters of the filter go into ``values``, which holds the
    identifiers of the address as ``p0``, ``p1`` ..., and ``limit`` and ``offset``."""
    kind = VIEWS[operation.view].kind
    rows, way = _relation(kind, own), " DESC" if asked.descending else ""
    if asked.sort or asked.filter or kind not in TABLES or kind in own:
        clause = _clause(operation, asked, own, values)
        return f"SELECT {columns} FROM {rows} o WHERE {clause} ORDER BY {ordered(asked, kind)} {_LIMIT}"
    if (people := _with_role(operation, own)) is not None:
        page = f"SELECT w.id FROM ({people}) w ORDER BY w.id{way} {_LIMIT}"
        row = f"SELECT o.* FROM {rows} o WHERE o.sourced_id = w.id OFFSET 0"
        return f"SELECT {columns} FROM ({page}) w CROSS JOIN LATERAL ({row}) o ORDER BY w.id{way}"
    if operation.parents or VIEWS[operation.view].only:
        clause = _clause(operation, asked, own, values)
        return f"SELECT {columns} FROM {rows} o WHERE {clause} ORDER BY o.sourced_id{way} {_LIMIT}"
    first = f"SELECT f.sourced_id FROM {rows} f ORDER BY f.sourced_id{way} LIMIT 1 OFFSET %(offset)s"
    side = "<=" if asked.descending else ">="
    return (
        f"SELECT {columns} FROM {rows} o WHERE o.sourced_id {side} ({first}) ORDER BY o.sourced_id{way} LIMIT %(limit)s"
    )


def counted(operation: Operation, asked: Question, own: frozenset[str], values: dict[str, Any]) -> str:
    """The statement of how many there are in all."""
    kind = VIEWS[operation.view].kind
    if not asked.filter and kind not in own and (people := _with_role(operation, own)) is not None:
        return f"SELECT count(*) FROM ({people}) w"
    return f"SELECT count(*) FROM {_relation(kind, own)} o WHERE {_clause(operation, asked, own, values)}"


def _relation(kind: str, own: frozenset[str]) -> str:
    return relation(kind, own) if kind in TABLES else kept(kind)


def _clause(operation: Operation, asked: Question, own: frozenset[str], values: dict[str, Any]) -> str:
    kind, few = VIEWS[operation.view].kind, "classes" in operation.parents
    parents = enumerate(operation.parents)
    where = [of_parent(operation.view, parent, f"p{n}", own, few=few) for n, parent in parents]
    if kind != "users" or "schools" not in operation.parents:  # who has a role at a school has it
        where.append(of_view(operation.view, own, few=few))
    return " AND ".join([*where, filtered(asked, kind, own, values)])


def _with_role(operation: Operation, own: frozenset[str]) -> str | None:
    """The identifiers of all who have the role of a view, in the district or at the school of the address; None for other lists.
    Whoever has a role is there: a roster's reader leaves out the roles of users that it does not know, and users stay."""
    view = VIEWS[operation.view]
    if view.kind != "users" or not view.only or operation.parents not in ((), ("schools",)):
        return None
    at = f" AND {cell('roles', 'orgSourcedId', 'r')} = %(p0)s" if operation.parents else ""
    user, clause = cell("roles", "userSourcedId", "r"), f"r.status = 'active' AND {role_is(operation.view)}{at}"
    return f"SELECT DISTINCT {user} AS id FROM {relation('roles', own)} r WHERE {clause}"
