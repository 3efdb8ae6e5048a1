"""The data of the standard's version 2.0.0, by the numbers of its sections: every property of every table, in every wrong way."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from headway.standards.xapi.incoming import Incoming, statements_of
from headway.standards.xapi.sameness import same
from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.statements import check_statement
from tests.standards.xapi.said import ANA, DROP, changed, statement

BEN, KEY = {"mbox": "mailto:ben@example.org"}, "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
APP = {"account": {"homePage": "http://example.org", "name": "app"}}
FILE = {
    "usageType": "http://example.org/use", "display": {"en": "Essay"}, "description": {"en": "Her essay"}, "length": 3,
    "contentType": "text/plain", "sha2": "9" * 64, "fileUrl": "http://example.org/essay",
}  # fmt: skip
ANYTHING: tuple[Any, ...] = (None, "", {}, [{}], 1e9, False)
COMPONENTS = {"choice": ["choices"], "likert": ["scale"], "matching": ["source", "target"], "performance": ["steps"]}
IDENTIFIERS = ("mbox", "openid", "account")
MAPS = ("display", "description", "extensions")


def full() -> dict[str, Any]:
    """A statement that uses every property but those of identified groups, parts of questions and statements inside."""
    said = statement(id=KEY, stored="2026-11-22T10:15:00Z", version="2.0.0", attachments=[FILE])
    said["authority"] = {"objectType": "Agent", **ANA}
    said["object"]["definition"] |= {"moreInfo": "http://example.org/more"}
    said["result"]["extensions"] = {"http://example.org/hints": 2}
    said["context"] |= {
        "contextAgents": [{"objectType": "contextAgent", "agent": BEN, "relevantTypes": ["http://example.org/coach"]}],
        "contextGroups": [{"objectType": "contextGroup", "group": {"objectType": "Group", **BEN, "member": [ANA]}}],
    }
    return said


def wholes() -> Iterator[dict[str, Any]]:
    """Statements that have between them every property of the standard."""
    yield full()
    inner = {name: value for name, value in full().items() if name not in ("id", "stored", "version", "authority")}
    yield statement(object={"objectType": "SubStatement", **inner}, context={})
    for kind, names in COMPONENTS.items():
        parts = {name: [{"id": "a", "description": {"en": "A"}}, {"id": "b"}] for name in names}
        yield statement(object={"id": "http://example.org/q", "definition": {"interactionType": kind, **parts}})
    group = {"objectType": "Group", "name": "Class", "account": {"homePage": "http://example.org", "name": "7b"}}
    yield statement(actor={**group, "member": [{"objectType": "Agent", "openid": "http://ana.example.org"}]})
    yield statement(object={"objectType": "StatementRef", "id": KEY}, context={})


REQUIRED = {
    "4.2.2": ("actor", "verb", "object"),
    "4.2.2.1": ("homePage",),
    "4.2.2.2": ("id",),
    "4.2.2.3": ("interactionType", "objectType"),
    "4.2.2.5": ("agent", "group"),
    "4.2.2.6": ("usageType", "display", "contentType", "length", "sha2"),
}
"""What may not be left out, wherever it stands, but for the exceptions of :func:`needed`."""


def needed(way: list[Any], holder: dict[str, Any]) -> bool:
    """Whether the standard requires the property at the end of a way."""
    name, above = way[-1], str(way[-2]) if len(way) > 1 else ""
    if name == "objectType":
        return holder["objectType"] not in ("Activity", "Agent")
    if name == "id":
        return len(way) > 1
    if name == "display":
        return "usageType" in holder
    if name == "name":
        return above == "account"
    if name in IDENTIFIERS or name == "member":
        return not holder.keys() & {"member", *IDENTIFIERS} - {name}
    return any(name in several for several in REQUIRED.values())


def places(value: Any, way: list[Any] | None = None) -> Iterator[tuple[list[Any], Any, Any]]:
    """Every place in a statement, with what holds it and what stands there; not what is inside of maps."""
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        here = [*(way or []), name]
        yield here, value, inner
        a_map = name in MAPS or (name == "name" and isinstance(inner, dict))
        if isinstance(inner, (dict, list)) and not a_map:
            yield from places(inner, here)


def put(said: dict[str, Any], way: list[Any], value: Any) -> dict[str, Any]:
    """A copy of a statement with another value in one place."""
    out: Any = copy.deepcopy(said)
    inner = out
    for name in way[:-1]:
        inner = inner[name]
    if value is DROP:
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    return dict(out)


def fits(said: Any) -> bool:
    """Whether a statement is taken in 2.0.0."""
    try:
        check_statement(said, "2.0.0")
    except Invalid:
        return False
    return True


def test_every_whole_fits_in_any_order_of_its_properties() -> None:
    """4.2.4.1."""
    for said in wholes():
        assert fits(said), said
        assert fits(dict(reversed(said.items())))


def test_what_is_required_may_not_be_left_out_and_the_rest_may() -> None:
    """4.2.1, the columns *Required* of 4.2.2 to 4.2.2.6."""
    for said in wholes():
        for way, holder, _ in places(said):
            if isinstance(holder, dict):
                assert fits(put(said, way, DROP)) is not needed(way, holder), way


def test_nothing_is_null_or_of_another_type() -> None:
    """4.2.1: the column *Type*; strings do not stand for numbers or for true and false."""
    for said in wholes():
        for way, _, value in places(said):
            other: Any = 7 if isinstance(value, str) else str(value).lower()
            for wrong in (None, other):
                assert not fits(put(said, way, wrong)), (way, wrong)


def test_names_have_their_case_and_no_others_are_taken() -> None:
    """4.2.1: no further properties; extensions only where the tables have them."""
    with_extensions = ("definition", "result", "context")
    for said in wholes():
        for way, holder, value in places(said):
            if isinstance(holder, dict):
                moved = put(put(said, way, DROP), [*way[:-1], str(way[-1]).swapcase()], value)
                assert not fits(moved), way
            if isinstance(value, dict) and way[-1] not in MAPS and "en-US" not in value:
                assert not fits(put(said, [*way, "more"], "x")), way
                free = way[-1] in with_extensions
                assert fits(put(said, [*way, "extensions"], {"http://example.org/e": [None]})) is free, way


VALUES: list[tuple[str, str, Any, bool]] = [
    ("4.2.2", "id", "", False), ("4.2.2", "id", KEY.upper(), True),
    ("4.2.2.1", "actor/mbox", "ana@example.org", False), ("4.2.2.1", "actor/mbox", "", False),
    ("4.2.2.1", "actor", {"mbox_sha1sum": "9" * 40}, True), ("4.2.2.1", "actor", {"mbox_sha1sum": "9" * 39}, False),
    ("4.2.2.1", "actor", {"openid": "ana"}, False), ("4.2.2.1", "actor", {"account": {"homePage": "x", "name": "a"}}, False),
    ("4.2.2.2", "verb/id", "answered", False), ("4.2.2.2", "verb/display", {}, True),
    ("4.2.2.3", "object", {"id": "http://example.org/bare"}, True), ("4.2.2.3", "object/objectType", "activity", False),
    ("4.2.2.3", "object/definition/moreInfo", "more", False), ("4.2.2.3", "object", {"name": "Ana", **ANA}, False),
    ("4.2.2.3", "object", {"objectType": "StatementRef", "id": "http://example.org/s"}, False),
    ("4.2.2.3", "object/definition/correctResponsesPattern", [1], False),
    *[("4.2.2.4", "result/score", {"scaled": value}, abs(value) <= 1) for value in (-1, 0, 1, -1.001, 1.001)],
    *[("4.2.2.4", "result/score", {"raw": raw, "min": -1, "max": 1}, abs(raw) <= 1) for raw in (-1, 1, -1.5, 2)],
    ("4.2.2.4", "result/score", {"raw": 1e6}, True), ("4.2.2.4", "result/score", {"min": 2, "max": 1}, False),
    ("4.2.2.5", "context/registration", "7", False), ("4.2.2.5", "context/team", ANA, False),
    ("4.2.2.5", "context/instructor", {"objectType": "Group", "member": [ANA]}, True),
    ("4.2.2.5", "context/contextActivities", {"Parent": {"id": "http://example.org/a"}}, False),
    ("4.2.2.5", "context/contextActivities", {"parent": {"id": "http://example.org/a"}, "category": []}, True),
    ("4.2.2.5", "context/contextAgents", [{"objectType": "contextAgent", "agent": ANA}], True),
    ("4.2.2.5", "context/contextAgents/0/relevantTypes", [], False),
    ("4.2.2.5", "context/contextAgents/0/relevantTypes", ["coach"], False),
    ("4.2.2.5", "context/contextAgents/0/objectType", "contextGroup", False),
    ("4.2.2.5", "context/contextGroups/0/objectType", "contextAgent", False),
    ("4.2.2.5", "context/contextGroups/0/group", {"objectType": "Group", "member": [ANA, BEN]}, True),
    ("4.2.2.6", "attachments/0/fileUrl", "essay.txt", False), ("4.2.2.6", "attachments/0/usageType", "use", False),
    ("4.2.2.6", "attachments/0/length", 3.5, False), ("4.2.2.6", "attachments/0/contentType", "text", False),
    ("4.2.4.1", "timestamp", "2099-01-01T00:00:00Z", True), ("4.2.4.1", "result/response", "x" * 100_000, True),
    ("4.2.4.2", "actor", {**ANA, "openid": "http://ana.example.org"}, False),
    ("4.2.4.2", "actor", {"objectType": "Group", "member": [{"objectType": "Group", "member": [ANA]}]}, False),
    ("4.2.4.2", "object/definition/interactionType", "essay", False),
    ("4.2.4.2", "authority", {"objectType": "Group", "member": [APP, ANA]}, True),
    ("4.2.4.2", "authority", {"objectType": "Group", "member": [ANA, BEN, ANA]}, False),
    ("4.2.5", "verb", {"id": "http://adlnet.gov/expapi/verbs/voided"}, False),
    *[("4.2.7 extensions", f"{where}/extensions", {"http://example.org/e": value}, True)
      for where in ("object/definition", "result", "context") for value in ANYTHING],
    *[("4.2.7 extensions", f"{where}/extensions", {"e": 1}, False) for where in ("object/definition", "result", "context")],
    *[("4.2.7 language maps", "verb/display", {tag: "x"}, taken) for tag, taken in (
        ("es", True), ("es-MX", True), ("zh-cmn-Hans-CN", True), ("es_MX", False), ("espanolismo", False), ("", False))],
    *[("4.2.7 UUIDs", "context/registration", value, False) for value in (KEY.replace("-", ""), f"{{{KEY}}}", KEY[:-1])],
    *[("4.2.7 timestamps", "timestamp", value, taken) for value, taken in (
        ("2026-11-22T12:15:00+02:00", True), ("2026-11-22T10:15:00.123456Z", True), ("22.11.2026", False), ("", False))],
    *[("4.2.7 duration", "result/duration", value, taken) for value, taken in (
        ("PT4H35M59.14159S", True), ("P1Y2M3DT4H", True), ("P2W", True), ("P0001-02-03T04:05:06", False), ("90", False))],
]  # fmt: skip


@pytest.mark.parametrize(("section", "path", "value", "taken"), VALUES)
def test_a_value_is_taken_or_refused_as_its_section_says(section: str, path: str, value: Any, taken: bool) -> None:
    assert fits(changed(path, value, full())) is taken, section


def read(body: bytes) -> Incoming:
    """The one statement of a body in 2.0.0."""
    (found,) = statements_of("application/json", body, version="2.0.0", authority=BEN, key=lambda: KEY)
    return found


@pytest.mark.parametrize(("section", "old", "new"), [
    ("4.2.1 twice", b'"name": "Ana"', b'"name": "Ana", "name": "Ana"'),
    ("4.2.1 twice", b'"success": true', b'"success": true, "success": false'),
    ("4.2.1 twice", b'"actor":', b'"actor": {"mbox": "mailto:ben@example.org"}, "actor":'),
    ("4.1.2", b'"Ana"', b'"An\xe1"'),
    ("4.1.5", b'"success": true', b'"success": True'),
    ("4.2.1 number", b'"raw": 5', b'"raw": NaN'),
])  # fmt: skip
def test_a_body_that_is_no_json_of_the_standard_is_refused(section: str, old: bytes, new: bytes) -> None:
    body = json.dumps(statement()).encode()
    assert read(body).id == KEY
    assert body.count(old) == 1
    with pytest.raises(Invalid):
        read(body.replace(old, new))
    with pytest.raises(Invalid):
        read(body.decode().encode("utf-16"))


def test_what_the_store_adds_and_writes_otherwise() -> None:
    """4.2.4.2, 4.2.4.3, 4.2.7: id, authority, version, lists of activities, UTC; extensions and numbers as they came."""
    inner = {"objectType": "SubStatement", **statement(timestamp="2026-11-22T12:15:00.5+02:00")}
    kept = read(json.dumps(statement(object=inner, context={}, timestamp="20261122T051500-0500")).encode()).statement
    assert (kept["id"], kept["authority"], kept["version"]) == (KEY, BEN, "2.0.0")
    assert kept["timestamp"] == "2026-11-22T10:15:00.000000Z"
    assert kept["object"]["timestamp"] == "2026-11-22T10:15:00.500000Z"
    assert kept["object"]["context"]["contextActivities"] == {
        "parent": [{"id": "http://example.org/lesson"}],
        "other": [],
    }
    exact = read(json.dumps(statement(version="1.0.1", authority=ANA, result={"score": {"raw": 16777217.25}})).encode())
    assert exact.statement["version"] == "1.0.1"
    assert (exact.statement["timestamp"], exact.statement["authority"]) == ("2026-11-22T10:15:00.000Z", BEN)
    assert '"raw":16777217.25' in exact.body
    assert '"http://example.org/where":{"deep":[null]}' in exact.body


def test_equal_statements() -> None:
    """4.2: who and what and how long make a statement; members have no order, and IRIs are compared as strings (4.2.7)."""
    pair: list[dict[str, Any]] = [
        {"objectType": "Group", "member": several} for several in ([ANA, BEN], [{"objectType": "Agent", **BEN}, ANA])
    ]
    groups = [copy.deepcopy(full()) for _ in pair]
    for said, group in zip(groups, pair, strict=True):
        said["actor"] = said["context"]["team"] = said["context"]["contextGroups"][0]["group"] = group
    assert same(*groups)
    for path, value in {
        "actor": BEN, "verb/id": "http://adlnet.gov/expapi/verbs/Answered", "object/id": "http://example.org:80/sum",
        "context/contextAgents/0/agent": ANA, "context/contextGroups/0/group/member": [BEN], "result/success": False,
    }.items():  # fmt: skip
        assert not same(full(), changed(path, value, full())), path
