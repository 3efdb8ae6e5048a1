"""State, activity profiles and agent profiles: kept, merged, guarded against overwriting unseen, in both versions."""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.xapi.conftest import Store

ANA = quote(json.dumps({"objectType": "Agent", "account": {"homePage": "http://a.b", "name": "ana"}}))
OWNERS = {
    "activities/state": (f"activityId=http://a.b/{{n}}&agent={ANA}", "stateId"),
    "activities/profile": ("activityId=http://a.b/{n}", "profileId"),
    "agents/profile": (f"agent={quote(json.dumps({'mbox': 'mailto:{n}@a.b'})).replace('%7Bn%7D', '{n}')}", "profileId"),
}


@pytest.fixture(params=list(OWNERS))
def resource(request: pytest.FixtureRequest) -> str:
    """Each resource of documents."""
    return str(request.param)


def place(resource: str, name: str = "one") -> tuple[str, str]:
    """The path of all documents of an owner, and of one of them."""
    owner, key = OWNERS[resource]
    path = f"{resource}?{owner.replace('{n}', str(uuid.uuid4()))}"
    return path, f"{path}&{key}={name}"


def test_a_document_is_kept_merged_listed_and_deleted(both: Store, resource: str) -> None:
    """2.2, 2.3, 2.6, 2.7: XAPI-00187 to 00235, 00255 to 00314."""
    several, one = place(resource)
    assert both.ask("GET", one).status_code == 404
    assert both.ask("POST", one, {"car": {"make": "Ford", "model": "T"}, "driver": "Ana"}).status_code == 204
    assert both.ask("POST", one, {"car": {"make": "Dodge"}, "seats": 2}).status_code == 204
    answer = both.ask("GET", one)
    assert answer.json() == {"car": {"make": "Dodge"}, "driver": "Ana", "seats": 2}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["last-modified"].endswith("GMT")
    head = both.ask("HEAD", one)
    assert (head.content, head.headers["etag"]) == (b"", answer.headers["etag"])
    assert both.get(several) == ["one"]
    assert both.get(f"{several}&since=2012-06-01T19:09:13Z") == ["one"]
    assert both.get(f"{several}&since=2112-06-01T19:09:13Z") == []
    assert both.ask("DELETE", one).status_code == 204
    assert both.ask("GET", one).status_code == 404
    assert both.get(several) == []


def test_only_objects_of_json_are_merged(both: Store, resource: str) -> None:
    """2.2: XAPI-00182 to 00186; any other document is kept byte by byte, and never runs as a page of ours."""
    _, one = place(resource)
    page = b"<script>alert(1)</script>\x00\xff"
    assert both.ask("POST", one, page, content_type="text/html").status_code == 204
    answer = both.ask("GET", one)
    assert (answer.content, answer.headers["content-type"]) == (page, "text/html")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert both.ask("POST", one, {"a": 1}).status_code == 400
    for body in (b"[1]", b"{", b"1"):
        _, new = place(resource)
        assert both.ask("POST", new, body).status_code == 400
    assert both.ask("GET", one).content == page


def test_preconditions_guard_a_document(both: Store, resource: str) -> None:
    """3.1 concurrency: XAPI-00322, 00273, 00287; 2.0 4.1.4. An ETag is the SHA-1 sum in quotes."""
    _, one = place(resource)
    strict = both.version == "1.0.3" and resource != "activities/state"
    assert both.ask("PUT", place(resource)[1], {"a": 1}).status_code == (400 if strict else 204)
    assert both.ask("PUT", one, {"a": 1}, if_match='"1234"').status_code == 412
    assert both.ask("PUT", one, {"a": 1}, if_none_match="*").status_code == 204
    assert both.ask("PUT", one, {"a": 2}, if_none_match="*").status_code == 412
    tag = both.ask("GET", one).headers["etag"]
    assert len(tag) == 42
    for method in ("PUT", "POST", "DELETE"):
        assert both.ask(method, one, {"a": 3}, if_match='"1111111111111111111111111111111111111111"').status_code == 412
    unseen = both.ask("PUT", one, {"a": 4})
    free = both.version == "1.0.3" and resource == "activities/state"
    assert unseen.status_code == (204 if free else 409)
    if not free:
        assert both.get(one) == {"a": 1}
        assert unseen.json()["error"]
    tag = both.ask("GET", one).headers["etag"]
    assert both.ask("PUT", one, {"a": 5}, if_match=f'"no", {tag}').status_code == 204
    assert both.ask("DELETE", one, if_match=both.ask("GET", one).headers["etag"]).status_code == 204


def test_registrations_keep_states_apart(both: Store) -> None:
    """2.3: XAPI-00193, 00194, 00218 to 00221."""
    several, one = place("activities/state")
    first, second = uuid.uuid4(), uuid.uuid4()
    for n, at in enumerate((one, f"{one}&registration={first}", f"{one}&registration={second}")):
        assert both.ask("PUT", at, {"n": n}).status_code == 204
    assert both.get(f"{one}&registration={first}") == {"n": 1}
    assert both.get(one) == {"n": 0}
    assert both.get(several) == ["one"]
    assert both.ask("DELETE", f"{several}&registration={first}").status_code == 204
    assert both.get(f"{several}&registration={first}") == []
    assert both.get(f"{one}&registration={second}") == {"n": 2}
    assert both.ask("DELETE", several).status_code == 204
    assert both.get(several) == []


def bad_addresses() -> list[tuple[str, str]]:
    """Methods and addresses that must be refused."""
    state, every = "activities/state?", ("GET", "PUT", "POST", "DELETE")
    out = [(method, f"{resource}?{key}=1") for resource, (_, key) in OWNERS.items() for method in every]
    out += [(method, f"{resource}?{owner}") for resource, (owner, _) in OWNERS.items() for method in ("PUT", "POST")]
    out += [("DELETE", f"{resource}?{OWNERS[resource][0]}") for resource in ("activities/profile", "agents/profile")]
    out += [(method, f"{state}activityId=http://a.b/c&stateId=1&agent={agent}")
            for method in every for agent in ("true", "not+JSON", "%7B%7D", "%5B%5D")]  # fmt: skip
    out += [(method, f"{state}activityId=http://a.b/c&stateId=1&agent={ANA}&registration=true")
            for method in every]  # fmt: skip
    out += [("GET", f"{state}activityId=http://a.b/c&agent={ANA}&since=not+a+time"), ("GET", f"{state}activityId=x&agent={ANA}"),
            ("GET", f"activities/profile?activityId=http://a.b/c&registration={uuid.UUID(int=1)}"),
            ("DELETE", f"{state}activityId=http://a.b/c&agent={ANA}&since=2012-06-01T19:09:13Z"),
            ("GET", f"agents/profile?Agent={ANA}"), ("GET", "activities"), ("GET", "activities?activityId=x"), ("GET", "agents"),
            ("GET", "agents?agent=%7B%22objectType%22:%22Group%22,%22mbox%22:%22mailto:a@b.c%22%7D")]  # fmt: skip
    return out


def test_an_address_that_breaks_a_rule_is_refused(both: Store) -> None:
    for method, path in bad_addresses():
        body: Any = {"a": 1} if method in ("PUT", "POST") else None
        answer = both.ask(method, path, body)
        assert answer.status_code == 400, (method, path)


def test_an_agent_is_shown_as_a_person(both: Store) -> None:
    """2.4: XAPI-00236 to 00249."""
    agent = {"name": "Ana", "mbox": "mailto:ana@example.org"}
    found = both.get(f"agents?agent={quote(json.dumps(agent))}")
    assert found == {"objectType": "Person", "name": ["Ana"], "mbox": ["mailto:ana@example.org"]}


def test_an_unknown_activity_is_its_identifier(both: Store) -> None:
    """2.0 4.1.6.4."""
    assert both.get("activities?activityId=http://a.b/never") == {"objectType": "Activity", "id": "http://a.b/never"}
