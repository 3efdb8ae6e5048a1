"""The communication of the standard's version 2.0.0, by the numbers of its sections."""

from __future__ import annotations

import json
import uuid
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from headway.standards.xapi.values import moment_of
from tests.api.xapi.conftest import Store, store_of
from tests.api.xapi.test_door import send_signed, signature
from tests.api.xapi.test_statements import MIXED, VOIDED, about, attached, ids, mine, parts
from tests.standards.xapi.said import ANA

AGENT, ACTIVITY, KEY = json.dumps(ANA), "http://example.org/a", "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
GOOD = {
    "agent": AGENT,
    "activityId": ACTIVITY,
    "stateId": "s",
    "profileId": "p",
    "registration": KEY,
    "statementId": KEY,
}
BAD = {"agent": ['"ana"', "{", '{"name":"Ana"}', '{"Mbox":"mailto:ana@example.org"}'], "activityId": ["", "no-scheme"],
       "registration": ["", "7"], "since": ["", "yesterday"], "statementId": ["7"]}  # fmt: skip
STATE, AGENTS, ACTIVITIES = ("activityId", "agent", "stateId"), ("agent", "profileId"), ("activityId", "profileId")
TABLES: list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]] = [
    ("4.1.6.1", "PUT", "statements", ("statementId",), ()),
    *[("4.1.6.2", method, "activities/state", STATE, ("registration",)) for method in ("PUT", "POST")],
    *[("4.1.6.2", method, "activities/state", STATE[:2], ("registration",)) for method in ("GET", "DELETE")],
    ("4.1.6.2", "GET", "activities/state", STATE[:2], ("since",)),
    ("4.1.6.3", "GET", "agents", ("agent",), ()),
    ("4.1.6.4", "GET", "activities", ("activityId",), ()),
    *[("4.1.6.5", method, "agents/profile", AGENTS, ()) for method in ("PUT", "POST", "DELETE")],
    ("4.1.6.5", "GET", "agents/profile", AGENTS[:1], ("since",)),
    *[("4.1.6.6", method, "activities/profile", ACTIVITIES, ()) for method in ("PUT", "POST", "DELETE")],
    ("4.1.6.6", "GET", "activities/profile", ACTIVITIES[:1], ("since",)),
]
"""Which parameters a method must have, and which it may have."""


def breaches(required: tuple[str, ...], optional: tuple[str, ...]) -> list[dict[str, str]]:
    """Parameters that break one rule each."""
    whole = {name: GOOD[name] for name in required}
    out = [{name: value for name, value in whole.items() if name != left} for left in required]
    out += [{**whole, name: bad} for name in (*required, *optional) for bad in BAD.get(name, [])]
    out += [{**{n: v for n, v in whole.items() if n != name}, name.swapcase(): whole[name]} for name in required]
    return [*out, {**whole, "foo": "bar"}]


@pytest.mark.parametrize(("section", "method", "resource", "required", "optional"), TABLES)
def test_parameters_are_those_of_the_table(
    store: Store, section: str, method: str, resource: str, required: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    """4.1.5, 4.1.6: missing ones, unknown ones, those of another case or of no right form are refused with 400."""
    body = {} if method in ("PUT", "POST") and resource != "statements" else mine() if method == "PUT" else None
    for query in breaches(required, optional):
        answer = store.ask(method, f"{resource}?{urlencode(query)}", body)
        assert (answer.status_code, bool(answer.json()["error"])) == (400, True), (section, query)


@pytest.mark.parametrize("query", [
    f"statementId={KEY}&voidedStatementId={KEY}", f"statementId={KEY}&limit=1", f"voidedStatementId={KEY}&agent={quote(AGENT)}",
    f"statementid={KEY}", "verb=did", "activity=sum", "registration=7", "since=x", "until=x", "limit=-1", "limit=1.5",
    "format=all", "attachments=yes", "ascending=1", "related_agents=True", "related_activities=x", "agent={}", "Limit=1",
    "stateId=s",
])  # fmt: skip
def test_a_question_for_statements_that_breaks_a_rule(store: Store, query: str) -> None:
    """4.1.6.1: GET; 400 also says up to when nothing is missing."""
    answer = store.ask("GET", f"statements?{query}")
    assert answer.status_code == 400
    assert "x-experience-api-consistent-through" in answer.headers


def test_every_answer_about_statements_says_up_to_when_nothing_is_missing(store: Store) -> None:
    """4.1.6.1, 4.1.7: and every answer names the version."""
    put = f"statements?statementId={uuid.uuid4()}"
    said = mine()
    answers = {
        204: store.ask("PUT", put, said), 200: store.ask("POST", "statements", said), 409: store.ask("PUT", put, mine()),
        401: store.ask("GET", "statements", authorization=""), 405: store.ask("DELETE", "statements"),
        403: store_of(store.district, "state").ask("POST", "statements", said),
        404: store.ask("GET", f"statements?statementId={KEY}"), 400: store.ask("POST", "statements", b"{"),
    }  # fmt: skip
    for status, answer in answers.items():
        assert answer.status_code == status
        assert moment_of(answer.headers["x-experience-api-consistent-through"], "header").tzinfo is not None
        assert answer.headers["x-experience-api-version"] == "2.0.0"
    assert "x-experience-api-consistent-through" not in store.ask("GET", "about").headers


@pytest.mark.parametrize(("accept", "kind"), [
    ("", "application/json"), ("*/*", "application/json"), ("image/png", "application/json"),
    ("application/json, text/plain, */*", "application/json"), ("text/plain", "text/plain; charset=utf-8"),
    ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
    ("text/html;q=0.5, text/plain;q=0.7", "text/plain; charset=utf-8"),
])  # fmt: skip
def test_an_error_is_written_as_it_is_asked_for(store: Store, accept: str, kind: str) -> None:
    """4.1.5; what was sent is never a page."""
    answer = store.ask("GET", f"statements?{urlencode({'<b>': 1})}", accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (400, kind)
    assert ("&lt;b&gt;" in answer.text) is ("html" in kind)
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_who_asks_for_one_document_does_not_say_since_when(store: Store) -> None:
    """4.1.6.2, 4.1.6.5, 4.1.6.6; 1.0.3 has no such rule."""
    for resource, names in (
        ("activities/state", STATE),
        ("agents/profile", AGENTS),
        ("activities/profile", ACTIVITIES),
    ):
        path = f"{resource}?{urlencode({**{name: GOOD[name] for name in names}, 'since': '2026-01-01T00:00:00Z'})}"
        assert store.ask("GET", path).status_code == 400
        assert store.ask("GET", path, x_experience_api_version="1.0.3").status_code == 404


def test_a_document_is_not_replaced_unseen_and_says_how(store: Store) -> None:
    """4.1.4: every method keeps If-Match; 409 explains; nothing changes."""
    for resource, names in (
        ("activities/state", STATE),
        ("agents/profile", AGENTS),
        ("activities/profile", ACTIVITIES),
    ):
        path = f"{resource}?{urlencode({**{name: GOOD[name] for name in names}, names[-1]: str(uuid.uuid4())})}"
        assert store.ask("PUT", path, {"a": 1}).status_code == 204
        refused = store.ask("PUT", path, {"a": 2})
        assert refused.status_code == 409
        assert all(word in refused.json()["error"] for word in ("If-Match", "ETag", "Read it"))
        for method in ("PUT", "POST", "DELETE"):
            body = None if method == "DELETE" else {"a": 2}
            assert store.ask(method, path, body, if_match='"other"').status_code == 412
        before = store.ask("GET", path)
        assert before.json() == {"a": 1}
        assert parsedate_to_datetime(before.headers["last-modified"]).tzinfo is not None
        assert store.ask("POST", path, {"b": 2}, if_match=before.headers["etag"]).status_code == 204
        assert store.ask("DELETE", path, if_match=store.ask("HEAD", path).headers["etag"]).status_code == 204
        assert store.ask("GET", path).status_code == 404


def bodies() -> dict[str, tuple[Any, str, int]]:
    """Bodies with attachments: what is sent, as what, and what is answered."""
    said, files = attached(b"essay")
    linked, _ = attached(b"essay", fileUrl="http://example.org/essay")
    bare, plain = parts(said, *files), "application/json"
    twice = [said, mine(attachments=said["attachments"])]
    return {
        "JSON, none": ([mine(), mine()], plain, 200),
        "JSON, only links": ([linked, mine()], plain, 200),
        "JSON, one is missing": ([linked, said], plain, 400),
        "parts, none": (parts([mine()]), MIXED, 200),
        "parts, only links": (parts([linked]), MIXED, 200),
        "parts, one for two statements": (parts(twice, *files), MIXED, 200),
        "parts, one is missing": (parts([said]), MIXED, 400),
        "parts, binary unless it says otherwise": (bare.replace(b"Content-Transfer-Encoding: binary\r\n", b""), MIXED, 200),
        "parts, without a type": (bare.replace(b"Content-Type: text/plain\r\n", b""), MIXED, 200),
        "parts, without a sum": (bare.replace(b"X-Experience-API-Hash", b"X-Hash"), MIXED, 400),
        "a batch with one that breaks a rule": ([mine(), {**mine(), "actor": None}], plain, 400),
        "a batch with an id twice": ([mine(id=KEY), mine(id=KEY.upper())], plain, 400),
        "text in UTF-8": (json.dumps(mine(actor={**ANA, "name": "Ñandú 鳥"}), ensure_ascii=False).encode(), plain, 200),
        "text in Latin-1": (json.dumps(mine(actor={**ANA, "name": "Ñ"}), ensure_ascii=False).encode("latin-1"), plain, 400),
        "another type": (json.dumps(mine()).encode(), "text/plain", 400),
    }  # fmt: skip


def test_what_bodies_are_taken(store: Store) -> None:
    """4.1.2, 4.1.3, 4.1.5, 4.1.6.1."""
    for what, (body, kind, status) in bodies().items():
        answer = store.ask("POST", "statements", body, content_type=kind)
        assert answer.status_code == status, (what, answer.text)
        if what == "text in UTF-8":
            kept = store.ask("GET", f"statements?statementId={answer.json()[0]}")
            assert json.loads(kept.content.decode("utf-8"))["actor"]["name"] == "Ñandú 鳥"


def test_pages_of_statements(store: Store) -> None:
    """4.1.6.1: newest first, an empty list where nothing fits, Last-Modified is the newest *stored*, attachments when asked."""
    said, files = attached(b"essay")
    verb = quote(said["verb"]["id"])
    assert store.get(f"statements?verb={verb}") == {"statements": [], "more": ""}
    (first,) = store.ask("POST", "statements", parts(said, *files), content_type=MIXED).json()
    (second,) = store.ask("POST", "statements", {**mine(), "verb": said["verb"]}).json()
    answer = store.ask("GET", f"statements?verb={verb}&attachments=false")
    assert (answer.headers["content-type"], ids(answer.json())) == ("application/json", [second, first])
    newest = moment_of(answer.json()["statements"][0]["stored"], "stored").replace(microsecond=0)
    assert parsedate_to_datetime(answer.headers["last-modified"]) == newest
    assert ids(store.get(f"statements?verb={verb}&ascending=true")) == [first, second]
    page = store.get(f"statements?verb={verb}&limit=1")
    assert (ids(page), ids(store.get(page["more"].removeprefix("/xapi/")))) == ([second], [first])
    assert (
        store.ask("GET", f"statements?verb={verb}&attachments=true")
        .headers["content-type"]
        .startswith("multipart/mixed")
    )
    head = store.ask("HEAD", f"statements?verb={verb}")
    assert (head.status_code, head.content) == (200, b"")


def test_agents_are_found_wherever_the_standard_looks(store: Store) -> None:
    """4.1.6.1: agent, related_agents with contextAgents and contextGroups, members; filters reach through references."""
    coach, team, ben = ({"mbox": f"mailto:{uuid.uuid4()}@example.org"} for _ in range(3))
    context = {
        "contextAgents": [{"objectType": "contextAgent", "agent": coach}],
        "contextGroups": [{"objectType": "contextGroup", "group": {"objectType": "Group", **team, "member": [ben]}}],
    }
    said = mine(context=context)
    (key,) = store.ask("POST", "statements", said).json()
    (note,) = store.ask("POST", "statements", about(key, {"id": "http://example.org/noted"})).json()
    for who in (coach, {"objectType": "Group", **team}, ben):
        query = f"statements?agent={quote(json.dumps(who))}"
        assert ids(store.get(query)) == []
        assert ids(store.get(f"{query}&related_agents=true")) == [note, key]
    assert store.get(f"statements?statementId={key}&format=ids")["context"]["contextAgents"][0]["agent"] == coach
    (voiding,) = store.ask("POST", "statements", about(key, VOIDED)).json()
    assert ids(store.get(f"statements?agent={quote(json.dumps(coach))}&related_agents=true")) == [voiding, note]


def test_the_same_statement_again_changes_nothing(store: Store) -> None:
    """4.1.6.1, 4.2: another time, or more digits of a duration, make no other statement; the first one stays."""
    key, said = str(uuid.uuid4()), mine(timestamp="2026-11-22T12:15:00+02:00")
    path = f"statements?statementId={key}"
    assert store.ask("PUT", path, said).status_code == 204
    again = {**said, "timestamp": "2026-11-23T10:15:00Z", "result": {**said["result"], "duration": "PT1M30.0012S"}}
    assert store.ask("PUT", path, again).status_code == 204
    assert store.ask("POST", "statements", {**again, "id": key}).json() == [key]
    kept = store.get(path)
    assert (kept["timestamp"], kept["result"]["duration"]) == ("2026-11-22T10:15:00.000000Z", "PT1M30S")
    assert store.ask("PUT", path, {**said, "result": {}}).status_code == 409


@pytest.mark.parametrize(("name", "value", "status"), [
    ("result", {"duration": "PT1M30.129S"}, 200), ("result", {"duration": "PT1M30,1200S"}, 200),
    ("result", {"duration": "PT1M30.13S"}, 400), ("timestamp", "2026-11-22T05:15:00-05:00", 200),
    ("timestamp", "2026-11-22T05:15:01-05:00", 400), ("object", {"id": "http://example.org/another"}, 400),
])  # fmt: skip
def test_what_is_signed_is_what_is_sent(store: Store, name: str, value: Any, status: int) -> None:
    """4.2.6, 4.2.7: a duration is compared to hundredths of a second; a signed time is the time."""
    said = mine(result={"duration": "PT1M30.12S"})
    assert send_signed(store, {**said, name: value}, signature(said)) == status
