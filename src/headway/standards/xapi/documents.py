"""State, activity profiles and agent profiles: where a document lives, and when it may be replaced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha1
from typing import Any

from headway.standards.xapi.actors import key_of
from headway.standards.xapi.requests import agent_of, known
from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.values import iri, moment_of, uuid


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of documents: the parameters that say whose, and the name of the parameter that names one."""

    owner: tuple[str, ...]
    name: str
    registered: bool = False
    """Whether documents may belong to a registration, and several may be deleted at once."""


RESOURCES = {
    "activities/state": Resource(("activityId", "agent"), "stateId", registered=True),
    "activities/profile": Resource(("activityId",), "profileId"),
    "agents/profile": Resource(("agent",), "profileId"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where documents are: ``place`` is a hash of the resource and its owner, ``registration`` and ``name`` are None where the
    request names none; ``since`` in seconds since 1970."""

    place: bytes
    registration: str | None
    name: str | None
    since: float | None

    def key(self) -> bytes:
        """The hash of the one document that the address names."""
        return _hash(self.place.hex(), self.registration or "", self.name or "")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is kept."""

    kind: str
    content: bytes

    @property
    def tag(self) -> str:
        """The entity tag: the SHA-1 sum of the content, in quotes (1.0.3, 3.1)."""
        return f'"{sha1(self.content, usedforsecurity=False).hexdigest()}"'


def address_of(resource: str, method: str, parameters: Mapping[str, str]) -> Address:
    """Read and check the parameters of a request for documents. Raises Invalid."""
    kind = RESOURCES[resource]
    names = [*kind.owner, kind.name]
    names += ["registration"] if kind.registered else []
    names += ["since"] if method == "GET" else []
    known(parameters, names)
    several = method == "GET" or (method == "DELETE" and kind.registered)
    for name in (*kind.owner, *(() if several else (kind.name,))):
        if name not in parameters:
            raise Invalid(name, "is missing.")
    owner: list[str] = []
    for name in kind.owner:
        if name == "agent":
            owner.append(key_of(agent_of(parameters)))
        else:
            iri(parameters[name], name)
            owner.append(parameters[name])
    registration = parameters.get("registration")
    if registration is not None:
        uuid(registration, "registration")
        registration = registration.lower()
    since = moment_of(parameters["since"], "since").timestamp() if "since" in parameters else None
    return Address(_hash(resource, *owner), registration, parameters.get(kind.name), since)


def check_condition(
    resource: str, method: str, version: str, headers: Mapping[str, str], before: Document | None
) -> None:
    """Raise Invalid with 412 where a precondition of the request fails, and with 409 where a PUT would replace a document
    unseen. In 1.0.3 a state may be replaced unseen, and a profile may not even be begun without a precondition (400)."""
    match, none = headers.get("if-match", ""), headers.get("if-none-match", "")
    if match and (before is None or not _names(match, before.tag)):
        raise Invalid("If-Match", "The document is another one now. Read it again.", 412)
    if none and before is not None and _names(none, before.tag):
        raise Invalid("If-None-Match", "There is such a document already.", 412)
    free = version == "1.0.3" and resource == "activities/state"
    if method != "PUT" or match or none or free:
        return
    if before is not None:
        raise Invalid(
            "If-Match", "There is a document already. Read it, and send its ETag as If-Match to replace it.", 409
        )
    if version == "1.0.3":
        raise Invalid("If-None-Match", "is missing. Send * to begin a document, or If-Match to replace one.")


def _names(header: str, tag: str) -> bool:
    return header.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in header.split(","))


def posted(before: Document | None, sent: Document) -> Document:
    """What a POST leaves: the new document, or both merged where both are JSON objects (one level deep). Raises Invalid."""
    if before is None:
        if _is_json(sent.kind):
            _object_of(sent, "The document")
        return sent
    if not _is_json(before.kind) or not _is_json(sent.kind):
        raise Invalid("Content-Type", "Documents are merged only where both are application/json. Use PUT to replace.")
    both = {**_object_of(before, "The document that is kept"), **_object_of(sent, "The document")}
    return Document(
        sent.kind, json.dumps(both, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    )


def _is_json(kind: str) -> bool:
    return kind.split(";")[0].strip().lower() == "application/json"


def _object_of(document: Document, what: str) -> dict[str, Any]:
    try:
        found = json.loads(document.content)
    except (ValueError, RecursionError):
        found = None
    if type(found) is not dict:
        raise Invalid("", f"{what} is no JSON object, so it cannot be merged. Use PUT to keep it as it is.")
    return found


def _hash(*parts: str) -> bytes:
    """A hash of strings that no other strings give."""
    return blake2b(json.dumps(parts).encode(), digest_size=20).digest()
