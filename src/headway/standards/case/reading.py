"""Read a CFPackage: lenient about what can be mended, strict about what cannot, with every loss written down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from headway.standards.case.framework import (
    ASSOCIATION,
    DEFINITIONS,
    DERIVED,
    DOCUMENT,
    INSIDE,
    ITEM,
    NEEDED,
    RELATIONS,
    RUBRIC,
    Framework,
    Kind,
    Row,
)
from headway.standards.case.tree import in_order
from headway.standards.errors import ImportProblem
from headway.standards.plain import made_plain
from headway.standards.report import Ledger, LossReport

MOST_BYTES = 64 * 1024 * 1024
MOST_PARTS = 200_000
MOST_TEXT = 20_000
EPOCH = "1970-01-01T00:00:00+00:00"
HOW = "Ask for a CFPackage in JSON: the answer of a CASE server to GET /ims/case/v1p1/CFPackages/{id}, or v1p0."


def read_package(data: bytes, name: str) -> tuple[Framework, LossReport]:
    """Read the JSON of a CFPackage of CASE 1.0 or 1.1.

    A part without identifier, or an item without words, is left out; a value of the wrong shape or a property that CASE 1.1
    does not know is dropped; a missing address or date is filled from what is there. Each is a defect of the report. Raises
    ImportProblem for what is no package.
    """
    body, ledger = _body(data, name), Ledger()
    document = _part("CFDocument", body.get("CFDocument"), DOCUMENT, ledger)
    if document is None:
        raise ImportProblem("It has no CFDocument with an identifier (a UUID).", name, HOW)
    for wanted in ("creator", "title"):
        if wanted not in document:
            ledger.defect("missing", f"CFDocument {wanted}", "The file's name stands for it.")
            document[wanted] = name[:200]
    _fill(document, EPOCH)
    since = str(document["lastChangeDateTime"])
    seen: set[str] = set()
    items = [
        row
        for row in _parts("CFItems", body.get("CFItems"), ITEM, ledger, since, seen)
        if _kept(row, "fullStatement", ledger)
    ]
    links = [
        row
        for row in _parts("CFAssociations", body.get("CFAssociations"), ASSOCIATION, ledger, since, seen)
        if all(_kept(row, needed, ledger) for needed in ("associationType", "originNodeURI", "destinationNodeURI"))
    ]
    definitions = _definitions(body.get("CFDefinitions"), ledger, since)
    rubrics = tuple(
        _nested(row, ledger, since, seen)
        for row in _parts("CFRubrics", body.get("CFRubrics"), RUBRIC, ledger, since, seen)
    )
    for what, rows in (("items", items), ("associations", links), *([("rubrics", rubrics)] if rubrics else [])):
        ledger.count(what, len(rows))
    for row in links:
        ledger.count(str(row["associationType"]))
    return Framework(
        document, tuple(items), tuple(links), definitions, in_order(document, items, links), rubrics
    ), ledger.report()


def _body(data: bytes, name: str) -> Mapping[str, Any]:
    if len(data) > MOST_BYTES:
        raise ImportProblem(f"It has {len(data) >> 20} MB; the limit is {MOST_BYTES >> 20} MB.", name, HOW)
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise ImportProblem(f"It cannot be read as JSON: {said}.", name, HOW) from None
    if not isinstance(body, dict):
        raise ImportProblem("It is JSON, but no package.", name, HOW)
    return body


def _parts(
    where: str, rows: object, table: Mapping[str, Kind], ledger: Ledger, since: str, seen: set[str]
) -> Iterable[Row]:
    if rows is None:
        return
    if not isinstance(rows, list) or len(rows) > MOST_PARTS:
        raise ImportProblem(f"{where} is no list of at most {MOST_PARTS:,} parts.", where, HOW)
    for number, raw in enumerate(rows):
        row = _part(f"{where}[{number}]", raw, table, ledger)
        if row is None:
            ledger.defect("no-identifier", f"{where}[{number}]", "It has no identifier (a UUID), and was left out.")
        elif row["identifier"] in seen:
            ledger.defect("twice", str(row["identifier"]), "Its identifier was used before: the first one stands.")
        else:
            seen.add(row["identifier"])
            _fill(row, since)
            yield row


def _part(where: str, raw: object, table: Mapping[str, Kind], ledger: Ledger) -> Row | None:
    if not isinstance(raw, dict):
        return None
    row: Row = {}
    for key, value in raw.items():
        if key in DERIVED or value in (None, "", []):
            continue
        if key not in table:
            ledger.defect(
                "unknown-property", made_plain(f"{where} {key}"[:200]), "CASE 1.1 has no such property; it was dropped."
            )
            continue
        read = READERS[table[key]](value)
        if read is None:
            ledger.defect("wrong-value", f"{where} {key}", "It is not written as CASE asks; it was dropped.")
        else:
            row[key] = read
    return row if "identifier" in row else None


def _nested(row: Row, ledger: Ledger, since: str, seen: set[str]) -> Row:
    """Read the parts inside of a part, as far down as CASE nests them."""
    for key, table in INSIDE.items():
        if key in row:
            where = f"{row['identifier']} {key}"
            inside = [
                _nested(each, ledger, since, seen) for each in _parts(where, row[key], table, ledger, since, seen)
            ]
            row = {name: value for name, value in row.items() if name != key} | ({key: inside} if inside else {})
    return row


def _kept(row: Row, needed: str, ledger: Ledger) -> bool:
    if needed in row:
        return True
    ledger.defect("missing", f"{row['identifier']} {needed}", "Nothing can be made of it without; it was left out.")
    return False


def _fill(row: Row, since: str) -> None:
    row.setdefault("uri", f"urn:uuid:{row['identifier']}")
    row.setdefault("lastChangeDateTime", since)


def _definitions(raw: object, ledger: Ledger, since: str) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for key, table in DEFINITIONS.items():
        rows = list(_parts(key, raw.get(key) if isinstance(raw, dict) else None, table, ledger, since, set()))
        for row in rows:
            for needed in ("title", *NEEDED[key]):
                row.setdefault(needed, "")
        found[key] = tuple(rows)
    return found


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= MOST_TEXT and _sound(value) else None


def _sound(value: object) -> bool:
    """Whether it can be written as JSON in UTF-8: no half of a pair of surrogates, no number without end, no NUL."""
    try:
        return b"\\u0000" not in json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return False


def _uuid(value: object) -> str | None:
    try:
        return str(UUID(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _time(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read.isoformat() if read.tzinfo else f"{read.isoformat()}+00:00"


def _date(value: object) -> str | None:
    try:
        return date.fromisoformat(value[:10]).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def _texts(value: object) -> list[str] | None:
    if isinstance(value, str):
        return None if _text(value) is None else [value]
    return value if isinstance(value, list) and all(_text(each) is not None for each in value) else None


def _linked(value: object, read: Callable[[object], str | None]) -> Row | None:
    if not isinstance(value, dict):
        return None
    identifier, title, uri = read(value.get("identifier")), _text(value.get("title", "")), _text(value.get("uri", ""))
    if identifier is None or title is None or uri is None:
        return None
    return {"title": title, "identifier": identifier, "uri": uri or f"urn:uuid:{identifier}"}


def _node(value: object) -> Row | None:
    return _linked(value, lambda each: _uuid(each) or (_text(each) if each else None))


def _links(value: object) -> list[Row] | None:
    rows = [_linked(each, _uuid) for each in value] if isinstance(value, list) else [None]
    return [row for row in rows if row is not None] if None not in rows else None


READERS: dict[Kind, Callable[[object], Any]] = {
    "text": _text,
    "uuid": _uuid,
    "time": _time,
    "date": _date,
    "texts": _texts,
    "link": lambda value: _linked(value, _uuid),
    "links": _links,
    "node": _node,
    "relation": lambda v: v if isinstance(v, str) and (v in RELATIONS or re.fullmatch(r"ext:[\w.-]+", v)) else None,
    "whole": lambda v: v if isinstance(v, int) and not isinstance(v, bool) else None,
    "number": lambda v: v if isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < 1e15 else None,
    "rows": lambda v: v if isinstance(v, list) else None,
    "free": lambda v: v if isinstance(v, dict) and _sound(v) else None,
    "frees": lambda v: (
        v if isinstance(v, list) and all(isinstance(each, dict) and _sound(each) for each in v) else None
    ),
}
