"""The questions of OneRoster's services, read and checked: filter, sort, orderBy, fields, limit and offset.

Source: 1EdTech OneRoster 1.2, REST bindings, paging, sorting, filtering and field selection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from headway.standards.oneroster.service.objects import FIRST, SHAPES, Shape
from headway.standards.oneroster.service.status import Unanswerable

LIMIT, MOST, FAR = 100, 5000, 2**31 - 1
PREDICATES = 12
"""So many comparisons a filter may have; the standard knows two."""
_COMPARE = re.compile(
    r"\s*([A-Za-z][\w.]*)\s*(!=|>=|<=|=|>|<|~)\s*(?:'((?:[^']|'(?!\s*$|\s+(?:AND|OR)\s))*)'|([^\s']+))"
)
_JOIN = re.compile(r"\s+(AND|OR)\s+")
_COMPUTED = frozenset({"children", "metadata", "objectives", "scores", "scale", "user-ids"})


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison; ``join`` ties it to the one before: AND binds closer than OR."""

    field: str
    sign: str
    value: str
    join: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A list as it is asked for. ``fields`` empty: all of them."""

    limit: int = LIMIT
    offset: int = 0
    sort: str = ""
    descending: bool = False
    filter: tuple[Compare, ...] = ()
    fields: tuple[str, ...] = ()


def question(given: Mapping[str, Sequence[str]], kind: str, *, single: bool = False) -> Question:
    """Read the query of an address; parameters that the standard does not know are passed over. Raises Unanswerable."""
    shape = SHAPES[kind]
    fields = _fields(given.get("fields", ()), shape)
    if single:
        return Question(fields=fields)
    limit = whole(given, "limit", LIMIT, 1)
    offset = whole(given, "offset", 0, 0)
    order = last(given, "orderBy") or "asc"
    if order not in ("asc", "desc"):
        raise Unanswerable("invaliddata", "orderBy is asc or desc.", 400)
    sort = last(given, "sort")
    if sort and field_of(sort, shape, "invaliddata")[0].startswith("roles."):
        raise Unanswerable("invaliddata", "Users are not sorted by their roles: they may have several.", 400)
    return Question(min(limit, MOST), offset, sort, order == "desc", _filter(last(given, "filter"), shape), fields)


def field_of(path: str, shape: Shape, code: str) -> tuple[str, str]:
    """A field as filters and sorting name it: the part's name and its form (``ref`` for ``school.sourcedId``, ``roles.role``
    and ``roles.org`` for those of users). Raises Unanswerable with ``code`` for what cannot be compared."""
    if path in FIRST:
        return path, "time" if path == "dateLastModified" else "text"
    head, _, rest = path.partition(".")
    part = shape.by_name.get(head)
    if part is not None and part.form == "roles" and rest in ("role", "roleType", "org.sourcedId"):
        return f"roles.{rest.removesuffix('.sourcedId')}", "text"
    if shape.kind == "users" and path == "role":
        return "roles.role", "text"
    if part is not None and part.form in ("ref", "refs") and rest in ("", "sourcedId"):
        return head, part.form
    if part is None or rest or part.form in _COMPUTED or part.form == "roles":
        raise Unanswerable(code, f"{path!r} is no field of {shape.kind} that can be compared.", 400)
    return head, part.form


def _fields(given: Sequence[str], shape: Shape) -> tuple[str, ...]:
    names = tuple(name.strip() for each in given for name in each.split(","))
    for name in names:
        if name not in shape.names:
            raise Unanswerable("invalid_selection_field", f"{name[:80]!r} is no field of {shape.kind}.")
    return names


def last(given: Mapping[str, Sequence[str]], name: str) -> str:
    """The last value of a parameter; empty where it is not there."""
    found = given.get(name, ())
    return found[-1] if found else ""


def whole(given: Mapping[str, Sequence[str]], name: str, default: int, least: int) -> int:
    """A parameter that is a whole number from ``least``. Raises Unanswerable."""
    if name not in given:
        return default
    text = last(given, name)
    if not re.fullmatch(r"[0-9]{1,10}", text) or not least <= int(text) <= FAR:
        raise Unanswerable("invaliddata", f"{name} is a whole number from {least}.", 400)
    return int(text)


def _filter(text: str, shape: Shape) -> tuple[Compare, ...]:
    def read(path: str, sign: str, value: str) -> str:
        return _checked(path, field_of(path, shape, "invalid_filter_field")[1], sign, value)

    return comparisons(text, read)


def comparisons(text: str, read: Callable[[str, str, str], str]) -> tuple[Compare, ...]:
    """The comparisons of a filter. ``read`` gets field, sign and value of each, and gives the value to compare with. Raises
    Unanswerable, and what ``read`` raises."""
    out: list[Compare] = []
    place, join = 0, ""
    while text:
        found = _COMPARE.match(text, place)
        if not found or "\0" in text:
            raise Unanswerable("invalid_filter_field", "A filter is written as field='value', joined by AND or OR.")
        path, sign, value = found[1], found[2], found[3] if found[3] is not None else found[4]
        out.append(Compare(path, sign, read(path, sign, value), join))
        place = found.end()
        if not text[place:].strip():
            break
        joined = _JOIN.match(text, place)
        if not joined or len(out) == PREDICATES:
            raise Unanswerable("invalid_filter_field", f"Join at most {PREDICATES} comparisons by AND or OR.")
        place, join = joined.end(), joined[1]
    return tuple(out)


def _checked(path: str, form: str, sign: str, value: str) -> str:
    if sign == "~" and form in ("time", "number"):
        raise Unanswerable("invalid_filter_field", f"{path} is not text: compare it with =, !=, >, >=, < or <=.")
    if sign not in ("=", "!=", "~") and form in ("list", "refs"):
        raise Unanswerable("invalid_filter_field", f"{path} is a list: compare it with =, != or ~.")
    if form == "time":
        return str(moment(value, path))
    if form == "number":
        try:
            if abs(float(value)) < 1e300:
                return str(float(value))
        except ValueError:
            pass
        raise Unanswerable("invalid_filter_field", f"{path} is compared with a number.")
    return value


def moment(text: str, name: str) -> float:
    """Seconds since 1970 of an ISO 8601 time. A day is its first moment; without a zone it is UTC. Raises Unanswerable."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise Unanswerable(
            "invalid_filter_field", f"{name} is compared with a time such as 2026-11-22T08:00:00Z."
        ) from None


def links(address: str, given: Mapping[str, Sequence[str]], asked: Question, total: int) -> str:
    """The ``Link`` header of a page of a list: first, prev, next and last, as absolute addresses."""
    last = max(0, (total - 1) // asked.limit * asked.limit)
    places = {"first": 0, "last": last}
    if asked.offset > 0:
        places["prev"] = max(0, min(asked.offset, total) - asked.limit)
    if asked.offset + asked.limit < total:
        places["next"] = asked.offset + asked.limit
    rest = [(name, value) for name, values in given.items() if name not in ("limit", "offset") for value in values]

    def at(offset: int) -> str:
        return f"{address}?{urlencode([*rest, ('limit', asked.limit), ('offset', offset)])}"

    return ", ".join(f'<{at(places[rel])}>; rel="{rel}"' for rel in ("first", "prev", "next", "last") if rel in places)


def all_of(asked: Question) -> Question:
    """The same question without paging, to count what it finds."""
    return replace(asked, limit=MOST, offset=0, sort="", fields=())
