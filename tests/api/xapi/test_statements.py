"""The statements resource, by the numbers of its requirements, in both versions."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from headway.standards.xapi.values import moment_of
from tests.api.xapi.conftest import Store, new_district, store_of
from tests.standards.xapi.said import ANA, statement

VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def mine(**more: Any) -> dict[str, Any]:
    """A statement with a verb of its own, so that it can be found among those of other tests."""
    return statement(verb={"id": f"http://example.org/verbs/{uuid.uuid4()}", "display": {"en-US": "did"}}, **more)


def about(key: str, verb: dict[str, Any]) -> dict[str, Any]:
    """A statement about a statement."""
    return {"actor": ANA, "verb": verb, "object": {"objectType": "StatementRef", "id": key}}


def ids(found: Any) -> list[str]:
    return [each["id"] for each in found["statements"]]


def test_a_statement_is_kept_as_it_came_with_what_the_store_adds(both: Store) -> None:
    """XAPI-00002, 00015, 00023, 00097, 00099, 00122, 00146, 00156, 00160, 00165, 00170, 00332; 2.0 4.1.6.1: Last-Modified."""
    said = mine(result={"score": {"scaled": 0.12345678901234567}, "response": "réunion 出席した"})
    said |= {"timestamp": "2026-11-22T10:15:00.123456Z"}
    sent = both.ask("POST", "statements", said)
    (key,) = sent.json()
    answer = both.ask("GET", f"statements?statementId={key}")
    kept = answer.json()
    assert {name: kept[name] for name in ("actor", "verb", "object", "result", "timestamp")} == {
        name: said[name] for name in ("actor", "verb", "object", "result", "timestamp")
    }
    assert kept["context"]["contextActivities"]["parent"] == [{"id": "http://example.org/lesson"}]
    assert kept["authority"]["name"] == "A course"
    assert kept["version"] == {"1.0.3": "1.0.0", "2.0.0": "2.0.0"}[both.version]
    assert answer.headers["x-experience-api-version"] == both.version
    assert moment_of(answer.headers["x-experience-api-consistent-through"], "header").tzinfo is not None
    assert answer.headers["last-modified"].endswith("GMT")
    assert answer.headers["content-type"] == "application/json"
    (older,) = both.ask("POST", "statements", {**said, "version": "1.0.9"}).json()
    assert both.get(f"statements?statementId={older}")["version"] == "1.0.9"
    del said["timestamp"]
    (bare,) = both.ask("POST", "statements", said).json()
    kept = both.get(f"statements?statementId={bare}")
    assert kept["timestamp"] == kept["stored"]


def test_consistent_through_never_runs_ahead_of_an_open_transaction(store: Store) -> None:
    """2.1.3: what a transaction that is still open stores later must not be said to be there."""
    with psycopg.connect(settings.DATABASE_URL) as other:
        (began,) = other.execute("SELECT now()").fetchone() or (None,)
        for path in ("statements?limit=1", "statements?foo=bar", f"statements?statementId={uuid.uuid4()}"):
            header = store.ask("GET", path).headers["x-experience-api-consistent-through"]
            assert moment_of(header, "header") <= began


def test_an_identifier_means_one_statement_for_ever(both: Store) -> None:
    """XAPI-00142 to 00145, 2.3.1: the same again is no news, another one is a conflict; a batch is kept whole or not at all."""
    key, other = str(uuid.uuid4()), str(uuid.uuid4())
    said = mine()
    put = f"statements?statementId={key}"
    assert both.ask("PUT", put, said).status_code == 204
    assert both.ask("PUT", put, {**said, "id": key.upper()}).status_code == 204
    assert both.ask("PUT", put, mine()).status_code == 409
    assert both.ask("PUT", put, {**said, "id": other}).status_code == 400
    assert both.ask("PUT", "statements", {**said, "id": other}).status_code == 400
    assert both.ask("POST", "statements", [mine(id=other), mine(id=key)]).status_code == 409
    assert both.ask("POST", "statements", [mine(id=other), mine(id=other)]).status_code == 400
    assert both.ask("POST", "statements", [mine(id=other), {**mine(), "actor": {}}]).status_code == 400
    assert both.ask("GET", f"statements?statementId={other}").status_code == 404
    assert both.ask("POST", "statements", [{**said, "id": key}, mine(id=other)]).json() == [key, other]
    assert both.get(put)["verb"] == said["verb"]


def test_filters_find_a_statement_by_each_of_its_parts(both: Store) -> None:
    """XAPI-00164, 00173 to 00181."""
    n = uuid.uuid4()
    ben, coach, activity, parent = (
        {"mbox": f"mailto:b{n}@a.b"},
        {"mbox": f"mailto:c{n}@a.b"},
        f"http://a.b/{n}",
        f"http://p.b/{n}",
    )
    context = {"registration": str(n), "instructor": coach, "contextActivities": {"parent": [{"id": parent}]}}
    whole = mine(actor={"objectType": "Group", "member": [ben]}, object={"id": activity}, context=context)
    inner = {"objectType": "SubStatement", "actor": ben, "verb": {"id": "http://a.b/v"}, "object": {"id": activity}}
    (outer,) = both.ask("POST", "statements", mine(object=inner, context={})).json()
    (key,) = both.ask("POST", "statements", whole).json()
    agent, teacher = quote(json.dumps(ben)), quote(json.dumps({**coach, "name": "another"}))
    for query, found in {
        f"agent={agent}": [key],
        f"agent={agent}&related_agents=true": [key, outer],
        f"agent={teacher}": [],
        f"agent={teacher}&related_agents=true": [key],
        f"activity={activity}": [key],
        f"activity={activity}&related_activities=true": [key, outer],
        f"activity={parent}": [],
        f"activity={parent}&related_activities=true&ascending=true": [key],
        f"registration={str(n).upper()}": [key],
        f"verb={whole['verb']['id']}&registration={n}": [key],
        f"verb={whole['verb']['id']}&registration={uuid.uuid4()}": [],
        f"activity={activity}&related_activities=true&since=2012-06-01T19:09:13Z&ascending=true": [outer, key],
        f"activity={activity}&until=2012-06-01T19:09:13Z": [],
    }.items():
        assert ids(both.get(f"statements?{query}")) == found, query
    stored = both.get(f"statements?statementId={key}")["stored"]
    assert ids(both.get(f"statements?activity={activity}&since={stored}")) == []
    assert ids(both.get(f"statements?activity={activity}&until={stored}")) == [key]


def test_pages_follow_each_other_in_both_directions(both: Store) -> None:
    """2.5: more."""
    verb = mine()["verb"]
    keys = both.ask("POST", "statements", [{**mine(), "verb": verb} for _ in range(5)]).json()
    for way, order in (("true", keys), ("false", keys[::-1])):
        seen, path = [], f"statements?verb={verb['id']}&limit=2&ascending={way}"
        while path:
            page = both.get(path)
            seen += ids(page)
            path = page["more"].removeprefix("/xapi/")
        assert seen == order


def test_a_voided_statement_is_gone_and_what_is_about_it_stays(both: Store) -> None:
    """XAPI-00016, 00018, 00155, 00162, 00163: filters reach through references, in a chain as well."""
    said = mine()
    (key,) = both.ask("POST", "statements", said).json()
    (voiding,) = both.ask("POST", "statements", about(key, VOIDED)).json()
    (comment,) = both.ask("POST", "statements", about(key, said["verb"])).json()
    (chain,) = both.ask("POST", "statements", about(comment, {"id": "http://a.b/liked"})).json()
    assert both.ask("GET", f"statements?statementId={key}").status_code == 404
    assert both.get(f"statements?voidedStatementId={key}")["id"] == key
    assert both.ask("GET", f"statements?voidedStatementId={comment}").status_code == 404
    assert ids(both.get(f"statements?verb={said['verb']['id']}")) == [chain, comment, voiding]
    both.ask("POST", "statements", about(voiding, VOIDED))
    assert both.get(f"statements?statementId={voiding}")["id"] == voiding
    assert both.ask("GET", f"statements?statementId={key}").status_code == 404


def test_formats_and_languages(both: Store) -> None:
    """XAPI-00168 to 00172, 00254: canonical definitions are put together from all statements."""
    activity = f"http://example.org/activities/{uuid.uuid4()}"
    said = mine(object={"id": activity, "definition": {"name": {"en-US": "meeting"}, "type": "http://a.b/t"}})
    (key,) = both.ask("POST", "statements", said).json()
    again = {"id": activity, "objectType": "Activity", "definition": {"name": {"fr-FR": "réunion"}}}
    both.ask("POST", "statements", mine(object=again))
    known = {"name": {"en-US": "meeting", "fr-FR": "réunion"}, "type": "http://a.b/t"}
    assert both.get(f"activities?activityId={activity}") == {
        "objectType": "Activity",
        "id": activity,
        "definition": known,
    }
    one = f"statements?statementId={key}&format="
    assert both.get(one + "exact", accept_language="fr")["object"] == said["object"]
    assert both.get(one + "ids")["object"] == {"id": activity}
    shown = both.get(one + "canonical", accept_language="fr")["object"]
    assert shown["definition"] == {"name": {"fr-FR": "réunion"}, "type": "http://a.b/t"}


def parts(said: Any, *files: tuple[str, bytes], first: str = "application/json", boundary: str = "cut") -> bytes:
    """A body of multipart/mixed."""
    out = f"--{boundary}\r\nContent-Type: {first}\r\n\r\n{json.dumps(said)}\r\n".encode()
    for sum_, content in files:
        head = f"--{boundary}\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n"
        head += f"X-Experience-API-Hash: {sum_}\r\n" if sum_ else ""
        out += head.encode() + b"\r\n" + content + b"\r\n"
    return out + f"--{boundary}--\r\n".encode()


def attached(*contents: bytes, **more: Any) -> tuple[dict[str, Any], list[tuple[str, bytes]]]:
    """A statement with attachments, and the parts of it."""
    sums = [hashlib.sha256(each).hexdigest() for each in contents]
    kind = {"usageType": "http://a.b/u", "display": {"en": "x"}, "contentType": "text/plain", **more}
    files = [{**kind, "length": len(each), "sha2": sum_} for sum_, each in zip(sums, contents, strict=True)]
    return mine(attachments=files), list(zip(sums, contents, strict=True))


MIXED = "multipart/mixed; boundary=cut"


def test_attachments_come_and_go_as_parts(both: Store) -> None:
    """XAPI-00161, 00167: bytes come back as they were sent."""
    said, files = attached(b"one\r\n\x00\xff", b"--cut two")
    (key,) = both.ask("POST", "statements", parts(said, *files), content_type='multipart/mixed; boundary="cut"').json()
    answer = both.ask("GET", f"statements?statementId={key}&attachments=true")
    assert answer.headers["content-type"].startswith("multipart/mixed; boundary=")
    for sum_, content in files:
        assert answer.content.count(sum_.encode()) == 2
        assert b"\r\n\r\n" + content + b"\r\n--" in answer.content
    short = parts(said, (files[0][0], b"one"), (files[1][0], b"two")).replace(b"\r\n", b"\n")
    assert both.ask("POST", "statements", short, content_type=MIXED).status_code == 200  # lines that end without \\r
    plain = both.ask("GET", f"statements?statementId={key}&attachments=false")
    assert plain.headers["content-type"] == "application/json"


def bad_bodies() -> dict[str, tuple[bytes, str]]:
    """Bodies that must be refused, by why."""
    said, ((sum_, content),) = attached(b"one")
    good, other = parts(said, (sum_, content)), hashlib.sha256(b"other").hexdigest()
    return {
        "a part too many": (parts(said, (sum_, content), (other, b"other")), MIXED),
        "a part missing": (parts(said), MIXED),
        "no hash": (parts(said, ("", content)), MIXED),
        "another hash": (parts(said, (other, content)), MIXED),
        "first part is text": (parts(said, (sum_, content), first="text/plain"), MIXED),
        "no boundary in the header": (good, "multipart/mixed;"),
        "another boundary in the header": (good, "multipart/mixed; boundary=other"),
        "no first boundary": (good.removeprefix(b"--cut\r\n"), MIXED),
        "no boundary before a part": (good.replace(b"--cut\r\nContent-Type: text", b"Content-Type: text"), MIXED),
        "base64": (good.replace(b"binary", b"base64"), MIXED),
        "a form": (good, "multipart/form-data; boundary=cut"),
        "JSON without the file": (json.dumps(said).encode(), "application/json"),
        "no content type": (json.dumps(mine()).encode(), ""),
        "no JSON": (b"{", "application/json"),
        "a number too large": (json.dumps(mine()).replace('"raw": 5', '"raw": 1e999').encode(), "application/json"),
    }


@pytest.mark.parametrize("why", list(bad_bodies()))
def test_a_body_that_is_not_built_as_it_should_be_is_refused(why: str, both: Store) -> None:
    """XAPI-00127 to 00134."""
    body, kind = bad_bodies()[why]
    answer = both.ask("POST", "statements", body, content_type=kind)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"].endswith(".")


def test_scopes_and_districts_are_walls(store: Store) -> None:
    """Part three, 4.2; XAPI-00334: who may only send does not read, and nobody sees another district's statements."""
    writer = store_of(store.district, "statements/write", "statements/read/mine")
    said = mine()
    (theirs,) = store.ask("POST", "statements", said).json()
    (own,) = writer.ask("POST", "statements", said).json()
    assert ids(writer.get(f"statements?verb={said['verb']['id']}")) == [own]
    assert writer.ask("GET", f"statements?statementId={theirs}").status_code == 404
    assert writer.ask("PUT", "activities/profile?activityId=http://a.b/c&profileId=1", {}).status_code == 403
    assert store_of(store.district, "state").ask("POST", "statements", said).status_code == 403
    other = store_of(new_district("Another record store"))
    assert other.get(f"statements?verb={said['verb']['id']}")["statements"] == []
    assert other.ask("GET", f"statements?statementId={theirs}").status_code == 404
    assert other.ask("PUT", f"statements?statementId={theirs}", mine()).status_code == 204
    assert store.get(f"statements?statementId={theirs}")["verb"] == said["verb"]
