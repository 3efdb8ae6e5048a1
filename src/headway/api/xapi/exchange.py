"""A request of the record store and its answer; the alternate request syntax of 1.0.3 is undone here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from headway.api.native import Receive, Scope, Send
from headway.standards.xapi.formats import wanted
from headway.standards.xapi.requests import parameters_of
from headway.standards.xapi.shapes import Invalid

MOST_BYTES = 32_000_000
LATEST, OLDEST = "2.0.0", "1.0.3"
_VERSION = re.compile(r"(1\.0)(\.\d{1,3})?|(2\.0)(\.\d{1,3})?")
_AS_HEADERS = ("authorization", "x-experience-api-version", "content-type", "content-length", "if-match", "if-none-match",
               "accept", "accept-language")  # fmt: skip
_SAFE = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
}
"""A document that somebody keeps here may be a page with scripts: it must never run as one of ours."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked. ``headers`` have small letters; ``method`` of a HEAD is GET."""

    method: str
    resource: str
    parameters: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def version(self) -> str:
        """1.0.3 or 2.0.0, as the header asks for. Raises Invalid."""
        found = _VERSION.fullmatch(self.headers.get("x-experience-api-version", "").strip())
        if found is None:
            raise Invalid("X-Experience-API-Version", "must be 1.0.x or 2.0.x.")
        return OLDEST if found[1] else LATEST

    @property
    def told(self) -> str:
        """The version that the answer names, also where the asked one is refused: who names none speaks the oldest."""
        return LATEST if self.headers.get("x-experience-api-version", "").strip().startswith("2") else OLDEST


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered."""

    status: int
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: Any, status: int = 200, **headers: str) -> Answer:
    """An answer of JSON; of the names of headers, ``_`` stands for ``-``."""
    body = json.dumps(value, separators=(",", ":")).encode()
    return Answer(status, body, headers={name.replace("_", "-"): each for name, each in headers.items()})


def refused(error: Invalid) -> Answer:
    """The answer to a request that breaks a rule."""
    return as_json({"error": str(error)}, error.status)


def readable(answer: Answer, accept: str) -> Answer:
    """The answer; an error as HTML or as plain text where an ``Accept`` header puts that before JSON (2.0, 4.1.5)."""
    if answer.status < 400:
        return answer
    said = str(json.loads(answer.body)["error"])
    texts = {"text/html": f"<!doctype html><title>{answer.status}</title><p>{escape(said)}</p>", "text/plain": said}
    kind = next((each for each in wanted(accept) if each in (*texts, "application/json", "*/*")), "")
    if kind not in texts:
        return answer
    return replace(answer, body=texts[kind].encode("utf-8", "replace"), kind=f"{kind}; charset=utf-8")


def http_date(at: datetime) -> str:
    """A time as ``Last-Modified`` has it."""
    return format_datetime(at.replace(microsecond=0), usegmt=True)


async def read(scope: Scope, receive: Receive) -> Request:
    """Read a request. Raises Invalid where it is too large or broken off."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Invalid("", "The request ended before it was complete.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise Invalid("", "The body is larger than 32 MB. Send fewer statements at once.", 413)
        if not message.get("more_body", False):
            break
    parameters = parameters_of(scope.get("query_string", b"").decode("latin-1"))
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    resource = scope["path"].removeprefix("/xapi/")
    return _plain(Request(method, resource, parameters, headers, b"".join(parts)))


def _plain(request: Request) -> Request:
    """Undo the alternate request syntax: a POST whose form says what is meant (1.0.3, part three, 1.3; gone from 2.0)."""
    meant = request.parameters.get("method")
    if request.method != "POST" or meant is None or request.headers.get("x-experience-api-version", "").startswith("2"):
        return request
    if len(request.parameters) > 1:
        raise Invalid("method", "must be the only parameter of the address: the others stand in the form.")
    if meant not in ("GET", "PUT", "POST", "DELETE"):
        raise Invalid("method", "must be one of GET, PUT, POST, DELETE.")
    try:
        form = parameters_of(request.body.decode("ascii"))
    except UnicodeDecodeError:
        raise Invalid("", "The form is not URL-encoded.") from None
    content = form.pop("content", None)
    if content is None and meant in ("PUT", "POST"):
        raise Invalid("content", "is missing in the form.")
    said = {name.lower(): form.pop(name) for name in list(form) if name.lower() in _AS_HEADERS}
    if said.get("x-experience-api-version", "").startswith("2"):
        raise Invalid("X-Experience-API-Version", "must be 1.0.x: 2.0 has no alternate request syntax.")
    if "authorization" in request.headers:
        said.pop("authorization", None)  # who asks is not overruled by the form
    headers = {**request.headers, "content-type": "application/json", **said}
    return replace(request, method=meant, parameters=form, headers=headers, body=(content or "").encode())


async def send_answer(send: Send, answer: Answer, *, version: str, head: bool) -> None:
    """Send an answer; to a HEAD without its body."""
    headers = {
        **_SAFE,
        "x-experience-api-version": version,
        **{name.lower(): each for name, each in answer.headers.items()},
    }
    if answer.status != 204:
        headers |= {"content-type": answer.kind, "content-length": str(len(answer.body))}
    listed = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": listed})
    await send({"type": "http.response.body", "body": b"" if head else answer.body})
