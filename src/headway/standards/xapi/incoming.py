"""What comes in by PUT and POST: a body to statements that are checked and ready to be kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from headway.standards.xapi.keys import activities_in, keys_of_statement
from headway.standards.xapi.multipart import Part, read_parts
from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.signatures import check_signature, signature_of
from headway.standards.xapi.statements import VOIDED, check_statement
from headway.standards.xapi.values import iso, moment_of

MOST_STATEMENTS = 5_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """A statement to keep. ``body`` is its JSON without ``stored`` and, where ``stamped`` is false, without ``timestamp``;
    it ends before the closing brace. ``keys`` see :mod:`keys`; ``refers`` is the statement that it is about or "", ``voids``
    that which it takes back or ""; ``definitions`` are what it says of activities; ``files`` its attachments' bytes."""

    id: str
    statement: dict[str, Any]
    body: str
    stamped: bool
    keys: list[int]
    refers: str
    voids: str
    definitions: list[tuple[str, dict[str, Any]]]
    files: Sequence[Part] = ()


def json_of(body: bytes) -> Any:
    """The JSON of a body, in UTF-8, in which no object has a key twice (1.0.3, part two, 2.4; 2.0, 4.2.1). Raises Invalid."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_keys_once)
    except (ValueError, RecursionError):
        raise Invalid("", "The body is not well-formed JSON.") from None


def _no_number(word: str) -> None:
    raise ValueError(word)


def _keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Invalid("", "An object of the body has a key twice.")
    return found


def statements_of(
    content_type: str,
    body: bytes,
    *,
    version: str,
    authority: dict[str, Any],
    key: Callable[[], str],
    only: str | None = None,
) -> list[Incoming]:
    """Read and check a body. ``key`` makes the id of a statement that has none; ``only`` is the id of the one statement that a
    PUT sends. Raises Invalid."""
    kind = content_type.split(";")[0].strip().lower()
    parts: list[Part] = []
    if kind == "multipart/mixed":
        first, *parts = read_parts(content_type, body)
        if first.kind.split(";")[0].strip().lower() != "application/json":
            raise Invalid("", "The first part must be application/json: the statements.")
        body = first.content
    elif kind != "application/json":
        raise Invalid("Content-Type", "must be application/json or multipart/mixed.")
    found = json_of(body)
    if type(found) is list and only is None:
        if len(found) > MOST_STATEMENTS:
            raise Invalid("", f"Send at most {MOST_STATEMENTS} statements at once.", 413)
        out = [_incoming(each, version, authority, key, f"[{n}]") for n, each in enumerate(found)]
    else:
        out = [_incoming(found, version, authority, key, "", only)]
    if len({each.id for each in out}) < len(out):
        raise Invalid("id", "is in the batch twice.")
    return _with_files(out, parts, version)


def _incoming(
    value: Any, version: str, authority: dict[str, Any], key: Callable[[], str], where: str, only: str | None = None
) -> Incoming:
    said = check_statement(value, version, where)
    if only is not None and said.get("id", only).lower() != only.lower():
        raise Invalid("statementId", "is another one than the id of the statement.")
    name = (said.get("id") or only or key()).lower()
    kept = {
        **said,
        "id": said.get("id", name),
        "version": said.get("version") or ("1.0.0" if version == "1.0.3" else version),
    }
    kept["authority"] = authority
    kept.pop("stored", None)
    _list_activities(kept)
    if version != "1.0.3":
        _in_utc(kept)
    thing = kept["object"]
    refers = thing["id"].lower() if thing.get("objectType") == "StatementRef" else ""
    try:
        body = json.dumps(kept, separators=(",", ":"), allow_nan=False)
    except ValueError:
        raise Invalid(where, "has a number that is too large.") from None
    return Incoming(
        id=name,
        statement=kept,
        body=body[:-1],
        stamped="timestamp" in kept,
        keys=keys_of_statement(kept, authority),
        refers=refers,
        voids=refers if kept["verb"]["id"] == VOIDED else "",
        definitions=[(each["id"], each["definition"]) for each in activities_in(kept) if each.get("definition")],
    )


def _list_activities(part: dict[str, Any]) -> None:
    """Make every entry of the context activities a list, as they are given out (without touching what was sent)."""
    if part["object"].get("objectType") == "SubStatement":
        part["object"] = dict(part["object"])
        _list_activities(part["object"])
    several = part.get("context", {}).get("contextActivities")
    if several:
        listed = {name: each if type(each) is list else [each] for name, each in several.items()}
        part["context"] = {**part["context"], "contextActivities": listed}


def _in_utc(part: dict[str, Any]) -> None:
    """Write the time of a statement, and of the one inside of it, in UTC (2.0, 4.2.7). What is in UTC stays as it came."""
    if "timestamp" in part and part["timestamp"][-1] not in "Zz":
        part["timestamp"] = iso(moment_of(part["timestamp"], "timestamp"))
    if part["object"].get("objectType") == "SubStatement":
        _in_utc(part["object"])


def _with_files(found: list[Incoming], parts: list[Part], version: str) -> list[Incoming]:
    """Give each statement the parts that it describes. Raises Invalid where parts and attachments do not fit together."""
    by_sum = {part.sha2: part for part in parts}
    if "" in by_sum:
        raise Invalid("X-Experience-API-Hash", "is missing in a part.")
    described: set[str] = set()
    out: list[Incoming] = []
    for each in found:
        files: list[Part] = []
        for attachment in _attachments(each.statement):
            described.add(attachment["sha2"])
            part = by_sum.get(attachment["sha2"])
            if part is not None:
                files.append(part)
            elif "fileUrl" not in attachment:
                raise Invalid(
                    "attachments", "An attachment has neither a fileUrl nor a part with its X-Experience-API-Hash."
                )
        signature = signature_of(each.statement)
        if signature is not None:
            part = by_sum.get(signature["sha2"])
            if part is None:
                raise Invalid("attachments", "A signature comes as a part of the request, not behind a fileUrl.")
            check_signature(each.statement, part.content, version)
        unique = {part.sha2: part for part in files}
        out.append(each if not files else replace(each, files=list(unique.values())))
    if by_sum.keys() - described:
        raise Invalid("X-Experience-API-Hash", "There is a part that no statement describes.")
    return out


def _attachments(statement: dict[str, Any]) -> list[dict[str, Any]]:
    thing = statement["object"]
    inner = thing.get("attachments", []) if thing.get("objectType") == "SubStatement" else []
    return [*statement.get("attachments", []), *inner]
