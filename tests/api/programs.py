"""A program of another system: asks our ASGI application as it would over the network."""

from __future__ import annotations

import json
import time
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from headway.school.people.models import Person
from headway.school.people.programs import grant_token, register_program
from headway.school.people.tenancy import in_district
from headway.site.asgi import application
from headway.standards.oneroster.service.objects import SHAPES
from headway.standards.oneroster.service.operations import SCOPES
from tests.clients import waited

HOST = "http://localhost"


@dataclass
class Answer:
    """Status, headers in small letters, and the body as it came."""

    status: int
    headers: dict[str, str]
    content: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)


@dataclass
class Program:
    """``token`` empty: none is sent."""

    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, body: Any = None, *, query: dict[str, Any] | None = None, **headers: str
    ) -> Answer:
        """One request; a body that is no bytes is sent as JSON."""
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent = {
            "host": "localhost",
            **self.headers,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        if self.token:
            sent.setdefault("authorization", f"Bearer {self.token}")
        if body is not None:
            sent.setdefault("content-type", "application/json")
        return call(method, path, urlencode(query or {}, doseq=True), sent, data)

    def get(self, path: str, **query: Any) -> Answer:
        """Read something."""
        return self.ask("GET", path, query=query)


def call(method: str, path: str, query: str, headers: dict[str, str], data: bytes) -> Answer:
    """One request of the application, without a network."""
    raw = quote(path, safe="/%:@!$&'()*+,;=~-._")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": raw.encode(), "root_path": "", "query_string": query.encode(), "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
        "headers": [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in headers.items()],
    }  # fmt: skip
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": data, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    waited(application(scope, receive, send))
    found = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(int(sent[0]["status"]), found, b"".join(each.get("body", b"") for each in sent[1:]))


def program_of(person: Person, *scopes: str, name: str = "Gradebook") -> Program:
    """A program that somebody registered, with a token for all that it may."""
    with in_district(person.district_id):
        made = register_program(by=person, name=name, scopes=scopes or SCOPES, now=time.time())
    return Program(grant_token(client=made.client, secret=made.secret, wanted=(), now=time.time()).token)


def reference(kind: str, sourced_id: str) -> dict[str, str]:
    """A reference as another system writes it."""
    href = f"https://sis.example/{kind}/{quote(sourced_id)}"
    return {"href": href, "sourcedId": sourced_id, "type": SHAPES[kind].reference}


def first(sourced_id: str) -> dict[str, str]:
    return {"sourcedId": sourced_id, "status": "active", "dateLastModified": "2026-11-22T08:00:00.000Z"}


def written(kind: str, sourced_id: str) -> dict[str, Any]:
    """An object of a kind that is written, with its needed parts."""
    more: dict[str, dict[str, Any]] = {
        "categories": {"title": "Homework", "weight": 0.5},
        "scoreScales": {
            "title": "Letters", "type": "letters", "class": reference("classes", "a"),
            "scoreScaleValue": [{"itemValueLHS": "A", "itemValueRHS": "90"}],
        },
        "lineItems": {
            "title": "Quiz 1", "assignDate": "2026-11-02T08:00:00Z", "dueDate": "2026-11-09T08:00:00Z",
            "class": reference("classes", "a"), "school": reference("orgs", "here"), "category": reference("categories", "c1"),
        },
        "results": {
            "lineItem": reference("lineItems", "li1"), "student": reference("users", "Ana"), "scoreStatus": "fully graded",
            "score": 7.5, "scoreDate": "2026-11-09",
        },
        "assessmentLineItems": {"title": "Benchmark"},
        "assessmentResults": {
            "assessmentLineItem": reference("assessmentLineItems", "ali1"), "student": reference("users", "Ana"),
            "scoreStatus": "submitted", "scoreDate": "2026-11-09",
        },
    }  # fmt: skip
    return {**first(sourced_id), **more[kind]}


NAMES = {
    "categories": "c1", "scoreScales": "s1", "lineItems": "li1", "results": "r1", "assessmentLineItems": "ali1",
    "assessmentResults": "ar1",
}  # fmt: skip


def ids(answer: Answer) -> list[str]:
    """The sourcedIds of a list."""
    assert answer.status == 200, answer.content
    (objects,) = answer.json().values()
    return [each["sourcedId"] for each in objects]
