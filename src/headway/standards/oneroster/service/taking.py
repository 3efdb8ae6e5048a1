"""The JSON objects of another system's OneRoster service as the cells of CSV, which the roster's reader then judges.

Nothing is mended here but the wrapping: a number is text, a reference is its sourcedId, a list has commas. What a cell holds
is for :mod:`headway.standards.oneroster.reading` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headway.standards.oneroster.service.objects import SHAPES
from headway.standards.oneroster.tables import FIRST, TABLES

COLLECTIONS = ("orgs", "academicSessions", "courses", "classes", "users", "enrollments")
"""What is asked for, in this order. Roles stand in the users."""
HEADS = {kind: (*FIRST, *table.names) for kind, table in TABLES.items()}
"""Kind -> the first line of its file."""
_ROLE = {"role": "role", "roleType": "roleType", "beginDate": "beginDate", "endDate": "endDate"}


def cells_of(kind: str, given: Mapping[str, Any]) -> list[str]:
    """The cells of one object in the order of :data:`HEADS`."""
    found = {name: plain(given.get(name)) for name in FIRST}
    for part in SHAPES[kind].parts:
        if part.column in TABLES[kind].names:
            found[part.column] = _joined(part.form, given.get(part.name))
    metadata = given.get("metadata")
    if isinstance(metadata, Mapping):
        found |= {f"metadata.{name}": plain(value) for name, value in metadata.items()}
    return [found.get(name, "").removeprefix("ext:") for name in HEADS[kind]]


def roles_of(user: Mapping[str, Any]) -> list[list[str]]:
    """The roles in a user as rows of their own table; those of 1.1 stand as ``role`` and ``orgs``."""
    name, given = plain(user.get("sourcedId")), user.get("roles")
    if not isinstance(given, list) or not given:
        orgs = user.get("orgs")
        given = [{"role": user.get("role"), "org": org} for org in (orgs if isinstance(orgs, list) else [])]
    rows: dict[str, list[str]] = {}
    gone = plain(user.get("status")) == "tobedeleted"
    for each in given:
        if isinstance(each, Mapping):
            found = {ours: plain(each.get(theirs)).removeprefix("ext:") for theirs, ours in _ROLE.items()}
            org = _reference(each.get("org"))
            key = f"{name}.{found['role']}.{org}"
            found |= {
                "sourcedId": key,
                "status": "tobedeleted" if gone else "active",
                "userSourcedId": name,
                "orgSourcedId": org,
            }
            rows[key] = [found.get(column, "") for column in HEADS["roles"]]
    return list(rows.values())


def plain(value: Any) -> str:
    """A value as a cell: text, a number, true or false; nothing else is one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def _joined(form: str, value: Any) -> str:
    if form == "ref":
        return _reference(value)
    if form == "user-ids":
        pairs = value if isinstance(value, list) else []
        return ",".join(
            f"{{{plain(e.get('type'))}:{plain(e.get('identifier'))}}}" for e in pairs if isinstance(e, Mapping)
        )
    if isinstance(value, list):
        return ",".join(_reference(each) for each in value)
    return plain(value)


def _reference(value: Any) -> str:
    return plain(value.get("sourcedId")) if isinstance(value, Mapping) else plain(value)
