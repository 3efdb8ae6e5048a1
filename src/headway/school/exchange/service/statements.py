"""Questions of OneRoster's service as SQL: which rows, in which order. Values are always parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headway.school.exchange.service.kept import kept, of_parent_kept
from headway.school.exchange.service.relations import relation
from headway.standards.oneroster.service.asking import Compare, Question, field_of
from headway.standards.oneroster.service.objects import SHAPES
from headway.standards.oneroster.service.operations import VIEWS
from headway.standards.oneroster.tables import TABLES

_SEAT = (
    "SELECT {wanted} FROM school_enrolment e JOIN school_section s ON s.id = e.section_id"
    " JOIN school_person p ON p.id = e.person_id WHERE {given} = %({name})s{role}"
)
_CLASSES_OF = "o.sourced_id IN (" + _SEAT.replace("{wanted}", "s.sourced_id").replace("{given}", "p.sourced_id") + ")"
_SEATED = (
    "o.sourced_id = ANY(ARRAY(" + _SEAT.replace("{wanted}", "p.sourced_id").replace("{given}", "s.sourced_id") + "))"
)
_STUDENT, _TEACHER = " AND e.role = 'student'", " AND e.role = 'teacher'"


def cell(kind: str, name: str, row: str = "o") -> str:
    """The cell of a column in a row."""
    return f"{row}.cells[{TABLES[kind].place(name) + 1}]"


def of_parent(view: str, parent: str, name: str, own: frozenset[str], *, few: bool = False) -> str:
    """The rows of a view that belong to what is named before it in the address; ``name`` is the parameter with its identifier.
    ``few``: something else leaves no more rows than a class has."""
    kind, given = VIEWS[view].kind, f"%({name})s"
    if kind not in TABLES:
        return of_parent_kept(kind, parent, name, own)
    if kind == "classes" and parent in ("schools", "courses"):
        return f"{cell('classes', 'schoolSourcedId' if parent == 'schools' else 'courseSourcedId')} = {given}"
    if kind == "classes" and parent == "terms":
        return f"{given} = ANY({_parts(cell('classes', 'termSourcedIds'))})"
    if kind == "classes":
        role = {"students": _STUDENT, "teachers": _TEACHER}.get(parent, "")
        return _CLASSES_OF.format(name=name, role=role)
    if kind == "users" and parent == "classes":
        return _SEATED.format(name=name, role=_STUDENT if view == "students" else _TEACHER)
    if kind == "users":
        return _has_role(own, f"{cell('roles', 'orgSourcedId', 'r')} = {given} AND {role_is(view)}", few=few)
    if kind == "courses":
        used = f"SELECT {cell('classes', 'courseSourcedId', 'c')} FROM {relation('classes', own)} c WHERE"
        used += f" {cell('classes', 'schoolSourcedId', 'c')} = {given}"
        return f"({cell('courses', 'orgSourcedId')} = {given} OR o.sourced_id IN ({used}))"
    if kind == "enrollments":
        return f"{cell('enrollments', 'schoolSourcedId' if parent == 'schools' else 'classSourcedId')} = {given}"
    if view == "gradingPeriods":
        return f"{cell('academicSessions', 'parentSourcedId')} = {given}"
    used = f"SELECT unnest({_parts(cell('classes', 'termSourcedIds', 'c'))}) FROM {relation('classes', own)} c"
    return f"o.sourced_id IN ({used} WHERE {cell('classes', 'schoolSourcedId', 'c')} = {given})"


def of_view(view: str, own: frozenset[str], *, few: bool) -> str:
    """The rows of a kind that a view holds. ``few`` as in :func:`of_parent`."""
    found = VIEWS[view]
    if not found.only:
        return "true"
    if found.kind == "users":
        return _has_role(own, role_is(view), few=few)
    return f"{cell(found.kind, 'type')} = '{found.only}'"


def role_is(view: str) -> str:
    """The rows ``r`` of roles that are the role of a view."""
    return f"{cell('roles', 'role', 'r')} = '{VIEWS[view].only}'"


def _has_role(own: frozenset[str], clause: str, *, few: bool = False) -> str:
    """Few users are looked at one by one. Else those with the role are an array: they are looked up in the order of their index
    and no further than the page goes. The planner takes half of a district for a hundred people, and would join them all."""
    user = cell("roles", "userSourcedId", "r")
    found = f"FROM {relation('roles', own)} r WHERE r.status = 'active' AND {clause}"
    if few:
        return f"EXISTS (SELECT {found} AND {user} = o.sourced_id OFFSET 0)"
    return f"o.sourced_id = ANY(ARRAY(SELECT DISTINCT {user} {found}))"


def filtered(asked: Question, kind: str, own: frozenset[str], values: dict[str, Any]) -> str:
    """The clause of a filter; its values go into ``values``."""
    out = ""
    for n, each in enumerate(asked.filter):
        name = f"f{n}"
        out += f" {each.join} " if each.join else ""
        out += _compared(each, kind, own, name, values)
    return f"({out})" if out else "true"


def _compared(each: Compare, kind: str, own: frozenset[str], name: str, values: dict[str, Any]) -> str:
    field, form = field_of(each.field, SHAPES[kind], "invalid_filter_field")
    values[name], given = each.value.removeprefix("ext:"), f"%({name})s"
    if field.startswith("roles."):
        column = {"roles.role": "role", "roles.roleType": "roleType", "roles.org": "orgSourcedId"}[field]
        return _has_role(own, _text(cell("roles", column, "r"), each.sign, given))
    at = column_of(kind, field, form)
    if form in ("time", "number"):
        values[name] = float(each.value)
        return f"{at} {_sign(each.sign)} {given}"
    if form in ("list", "refs"):
        values[name] = [word.strip() for word in each.value.split(",") if word.strip()]
        if each.sign == "~":
            return f"{at} && {given}::text[]"
        same = f"({at} @> {given}::text[] AND {at} <@ {given}::text[])"
        return f"NOT {same}" if each.sign == "!=" else same
    return _text(at, each.sign, given)


def _text(at: str, sign: str, given: str) -> str:
    if sign == "~":
        return f"strpos(lower({at}), lower({given})) > 0"
    ordered = ' COLLATE "C"' if sign not in ("=", "!=") else ""
    return f"coalesce({at}, '') {_sign(sign)} {given}{ordered}"


def _sign(sign: str) -> str:
    return "<>" if sign == "!=" else sign


def column_of(kind: str, field: str, form: str) -> str:
    """A field of a row: a number for times (seconds since 1970) and numbers, an array of text for lists, else text."""
    if field in ("sourcedId", "status", "dateLastModified"):
        return {"sourcedId": "o.sourced_id", "status": "o.status", "dateLastModified": "o.changed_at"}[field]
    if kind not in TABLES:
        return _of_body(field, form)
    part = SHAPES[kind].by_name[field]
    if part.column not in TABLES[kind].names:
        return "''"
    at = cell(kind, part.column)
    return _parts(at) if form in ("list", "refs") else at


def _of_body(field: str, form: str) -> str:
    if form == "ref":
        return f"(o.body -> '{field}' ->> 'sourcedId')"
    if form == "list":
        return f"ARRAY(SELECT jsonb_array_elements_text(o.body -> '{field}'))"
    at = f"(o.body ->> '{field}')"
    return {"number": f"{at}::float8", "time": f"extract(epoch FROM {at}::timestamptz)::float8"}.get(form, at)


def _parts(at: str) -> str:
    return f"string_to_array(replace({at}, ', ', ','), ',')"


def ordered(asked: Question, kind: str) -> str:
    """The order of a list: as asked, and by sourcedId where that leaves it open."""
    way = " DESC" if asked.descending else ""
    if not asked.sort:
        return f"o.sourced_id{way}"
    field, form = field_of(asked.sort, SHAPES[kind], "invaliddata")
    at = column_of(kind, field, form)
    order = ' COLLATE "C"' if form not in ("time", "number", "list", "refs") else ""
    return f"{at}{order}{way} NULLS LAST, o.sourced_id"


def parents_exist(parents: Sequence[str], own: frozenset[str]) -> str:
    """Whether each of the parents is there, as a row of true and false. Parameters ``p0``, ``p1`` ... are their identifiers."""
    found = []
    for n, parent in enumerate(parents):
        kind = VIEWS[parent].kind
        rows = relation(kind, own) if kind in TABLES else kept(kind)
        found.append(
            f"EXISTS (SELECT FROM {rows} o WHERE o.sourced_id = %(p{n})s AND {of_view(parent, own, few=True)})"
        )
    return f"SELECT {', '.join(found)}"
