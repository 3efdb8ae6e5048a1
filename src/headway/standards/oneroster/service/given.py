"""What a program writes into the gradebook: checked against the shape of its kind, strictly, and made ours."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from headway.standards.oneroster.service.asking import moment
from headway.standards.oneroster.service.objects import FIRST, SHAPES, Part, Shape
from headway.standards.oneroster.service.status import Unanswerable
from headway.standards.oneroster.service.writing import Json

LONGEST, MANY, MOST_OBJECTS = 10_000, 500, 2_000
"""Characters of a text, entries of a list inside an object, objects in one request."""
_EXT = re.compile(r"ext:[a-zA-Z0-9._-]+")
_SOURCE = re.compile(r"/(?!case$)(?!unknown$)[a-z0-9]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})")
_GUID = re.compile(r"[^\x00-\x1f\x7f]{1,255}")


class Given(NamedTuple):
    """An object as it was sent: ``parts`` without the members that every object has; references are their sourcedId only."""

    sourced_id: str
    status: str
    parts: Json


def one_of(body: Any, kind: str) -> Given:
    """What was sent as ``{"lineItem": {...}}``. Raises Unanswerable."""
    shape = SHAPES[kind]
    return checked(_only(body, shape.one), shape)


def many_of(body: Any, kind: str) -> list[Given]:
    """The same of a set, as ``{"lineItems": [...]}``. Raises Unanswerable."""
    found = _only(body, kind)
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_OBJECTS:
        raise _bad(kind, f"is a list of 1 to {MOST_OBJECTS} objects")
    return [checked(each, SHAPES[kind]) for each in found]


def checked(given: Any, shape: Shape) -> Given:
    """One object in the shape of its kind. Raises Unanswerable, naming the part."""
    if not isinstance(given, dict):
        raise _bad(shape.one, "is an object")
    for name in given:
        if name not in shape.names:
            raise _bad(f"{shape.one}.{str(name)[:80]}", "is no part of it")
    for name in (*FIRST, *(part.name for part in shape.parts if part.needed)):
        if name not in given:
            raise _bad(f"{shape.one}.{name}", "is missing")
    sourced_id = _guid(given["sourcedId"], f"{shape.one}.sourcedId")
    if given["status"] not in ("active", "tobedeleted"):
        raise _bad(f"{shape.one}.status", "is active or tobedeleted")
    _time(given["dateLastModified"], Part("dateLastModified"), f"{shape.one}.dateLastModified")
    out: Json = {}
    for name, value in given.items():
        if name not in FIRST:
            part = shape.by_name[name]
            out[name] = _FORMS[part.form](value, part, f"{shape.one}.{name}")
    return Given(sourced_id, given["status"], out)


def _only(body: Any, name: str) -> Any:
    if not isinstance(body, dict) or set(body) != {name}:
        raise Unanswerable("invaliddata", f"Send an object with the one member {name}.")
    return body[name]


def _bad(where: str, what: str) -> Unanswerable:
    return Unanswerable("invaliddata", f"{where} {what}.")


def _text(value: Any, _: Part, where: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value or not _sound(value):
        raise _bad(where, f"is text of at most {LONGEST:,} characters")
    return value


def _sound(text: str) -> bool:
    """Whether it can be written as UTF-8: half of a pair of surrogates cannot."""
    return not any("\ud800" <= c <= "\udfff" for c in text)


def _guid(value: Any, where: str) -> str:
    if not isinstance(value, str) or not _GUID.fullmatch(value) or not _sound(value):
        raise _bad(where, "is a sourcedId of 1 to 255 characters")
    return value


def _number(value: Any, _: Part, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15 or math.isnan(value):
        raise _bad(where, "is a number")
    return value


def _yes_no(value: Any, _: Part, where: str) -> str:
    if value not in ("true", "false"):
        raise _bad(where, 'is "true" or "false", as text')
    return str(value)


def _word(value: Any, part: Part, where: str) -> str:
    if not isinstance(value, str) or not (value in part.words or (part.open and _EXT.fullmatch(value))):
        raise _bad(where, f"is one of {', '.join(part.words)}")
    return value


def _day(value: Any, _: Part, where: str) -> str:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise _bad(where, "is a day such as 2026-11-22")


def _time(value: Any, _: Part, where: str) -> str:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            moment(value.upper(), where)
        except Unanswerable:
            pass
        else:
            return value.upper()
    raise _bad(where, "is a time such as 2026-11-22T08:00:00Z")


def _ref(value: Any, part: Part, where: str) -> Json:
    if not isinstance(value, dict) or set(value) != {"href", "sourcedId", "type"}:
        raise _bad(where, "is a reference with href, sourcedId and type")
    if value["type"] != SHAPES[part.to].reference:
        raise _bad(f"{where}.type", f"is {SHAPES[part.to].reference}")
    if not isinstance(value["href"], str) or not re.fullmatch(
        r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]{1,2000}", value["href"]
    ):
        raise _bad(f"{where}.href", "is an absolute address")
    return {"sourcedId": _guid(value["sourcedId"], f"{where}.sourcedId")}


def _sets(value: Any, where: str, names: tuple[str, str], entry: Callable[[Any, str], Any]) -> list[Json]:
    if not isinstance(value, list) or len(value) > MANY:
        raise _bad(where, f"is a list of at most {MANY}")
    for each in value:
        if not isinstance(each, dict) or set(each) != set(names):
            raise _bad(where, f"has sets of {' and '.join(names)}")
        source = each["source"]
        if not isinstance(source, str) or not (source in ("case", "unknown") or _SOURCE.fullmatch(source)):
            raise _bad(f"{where}.source", "is case, unknown, or / and a name")
        if not isinstance(each[names[1]], list) or not 1 <= len(each[names[1]]) <= MANY:
            raise _bad(f"{where}.{names[1]}", f"is a list of 1 to {MANY}")
        for one in each[names[1]]:
            entry(one, f"{where}.{names[1]}")
    return value


def _objectives(value: Any, _: Part, where: str) -> list[Json]:
    return _sets(value, where, ("source", "learningObjectiveIds"), lambda one, at: _text(one, _, at))


def _scores(value: Any, _: Part, where: str) -> list[Json]:
    def entry(one: Any, at: str) -> None:
        if not isinstance(one, dict) or not {"learningObjectiveId"} <= set(one) <= {
            "learningObjectiveId",
            "score",
            "textScore",
        }:
            raise _bad(at, "has learningObjectiveId, and score or textScore")
        for name, each in one.items():
            (_number if name == "score" else _text)(each, _, f"{at}.{name}")

    return _sets(value, where, ("source", "learningObjectiveResults"), entry)


def _scale(value: Any, _: Part, where: str) -> list[Json]:
    if not isinstance(value, list) or not 1 <= len(value) <= MANY:
        raise _bad(where, f"is a list of 1 to {MANY}")
    for each in value:
        if not isinstance(each, dict) or set(each) != {"itemValueLHS", "itemValueRHS"}:
            raise _bad(where, "has pairs of itemValueLHS and itemValueRHS")
        for name, side in each.items():
            _text(side, _, f"{where}.{name}")
    return value


def _metadata(value: Any, _: Part, where: str) -> Json:
    if not isinstance(value, dict) or not _fits(value, 8):
        raise _bad(where, f"is an object of at most eight levels and {MANY} entries each")
    return value


def _fits(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return "\0" not in value and len(value) <= LONGEST and _sound(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict | list):
        inner = [*value, *value.values()] if isinstance(value, dict) else value
        return depth > 0 and len(value) <= MANY and all(_fits(each, depth - 1) for each in inner)
    return value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**300)


_FORMS: dict[str, Callable[[Any, Part, str], Any]] = {
    "text": _text, "date": _day, "time": _time, "number": _number, "yes-no": _yes_no, "word": _word, "ref": _ref,
    "objectives": _objectives, "scores": _scores, "scale": _scale, "metadata": _metadata,
}  # fmt: skip
