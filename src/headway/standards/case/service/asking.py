"""Which documents are asked for: limit, offset, sort, orderBy, filter and fields, over the documents of a district.

The grammar of filters is OneRoster's: 1EdTech writes it once for its REST services.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from headway.standards.case.framework import DOCUMENT, Row
from headway.standards.oneroster.service.asking import LIMIT, MOST, Compare, comparisons, last, moment, whole
from headway.standards.oneroster.service.asking import Question as Paged
from headway.standards.oneroster.service.status import Unanswerable

FIELDS = frozenset(DOCUMENT) | {"CFPackageURI", "caseVersion"}
COMPARED = {name: kind for name, kind in DOCUMENT.items() if kind in ("text", "uuid", "time", "date", "texts")}
"""Fields by which documents are sorted and filtered, and how each is written."""
SIGNS: dict[str, Callable[[str | float, str | float], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
    "<": lambda a, b: a < b,  # type: ignore[operator]
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it is asked for; ``paged`` its limits and order. ``fields`` empty: all of them."""

    paged: Paged
    fields: tuple[str, ...] = ()


def question(given: Mapping[str, Sequence[str]]) -> Asked:
    """Read the query of an address; parameters that the standard does not know are passed over. Raises Unanswerable."""
    fields = tuple(name.strip() for each in given.get("fields", ()) for name in each.split(","))
    for name in fields:
        if name not in FIELDS:
            raise Unanswerable("invalid_selection_field", f"{name[:80]!r} is no field of a CFDocument.", 400)
    order = last(given, "orderBy") or "asc"
    if order not in ("asc", "desc"):
        raise Unanswerable("invalid_sort_field", "orderBy is asc or desc.", 400)
    sort = last(given, "sort")
    if sort and sort not in COMPARED:
        raise Unanswerable("invalid_sort_field", f"CFDocuments are not sorted by {sort[:80]!r}.", 400)
    limit, offset = whole(given, "limit", LIMIT, 1), whole(given, "offset", 0, 0)
    filtered = comparisons(last(given, "filter"), _checked)
    return Asked(Paged(min(limit, MOST), offset, sort, order == "desc", filtered), fields)


def _checked(path: str, sign: str, value: str) -> str:
    form = COMPARED.get(path)
    if form is None:
        raise Unanswerable("invalid_selection_field", f"CFDocuments are not filtered by {path[:80]!r}.", 400)
    if form == "texts" and sign not in ("=", "!=", "~"):
        raise Unanswerable("invalid_selection_field", f"{path} is a list: compare it with =, != or ~.", 400)
    if form == "time" and sign != "~":
        moment(value, path)
    return value


def picked(documents: Sequence[Row], asked: Asked) -> tuple[list[Row], int]:
    """The page of documents that is asked for, and how many there are in all; without a sort by identifier."""
    found = [row for row in documents if _fits(row, asked.paged.filter)]
    found.sort(key=lambda row: str(row["identifier"]))
    if asked.paged.sort:
        found.sort(key=lambda row: _sorted(row.get(asked.paged.sort), COMPARED[asked.paged.sort]))
    if asked.paged.descending:
        found.reverse()
    page = found[asked.paged.offset : asked.paged.offset + asked.paged.limit]
    return page, len(found)


def selected(row: Row, asked: Asked) -> Row:
    """A document with the fields that are asked for."""
    return {name: value for name, value in row.items() if name in asked.fields} if asked.fields else row


def _sorted(value: object, form: str) -> tuple[bool, float, str]:
    if value is None:
        return True, 0.0, ""
    return (False, moment(str(value), ""), "") if form == "time" else (False, 0.0, str(value).casefold())


def _fits(row: Row, comparisons: Sequence[Compare]) -> bool:
    """Whether a document passes a filter: one of its groups joined by OR holds as a whole."""
    groups: list[bool] = []
    for each in comparisons:
        holds = _holds(row.get(each.field), each)
        if each.join == "AND":
            groups[-1] = groups[-1] and holds
        else:
            groups.append(holds)
    return not groups or any(groups)


def _holds(value: object, each: Compare) -> bool:
    form = COMPARED[each.field]
    if form == "texts":
        have = [str(one) for one in value] if isinstance(value, list) else []
        wanted = [word.strip() for word in each.value.split(",") if word.strip()]
        if each.sign == "~":
            return bool(set(have) & set(wanted))
        return (sorted(have) == sorted(wanted)) == (each.sign == "=")
    if value is None:
        return each.sign == "!="
    if each.sign == "~":
        return each.value.casefold() in str(value).casefold()
    if form == "time":
        return SIGNS[each.sign](moment(str(value), each.field), moment(each.value, each.field))
    return SIGNS[each.sign](str(value), each.value)
