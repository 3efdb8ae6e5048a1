"""The requirements of 1.0.3 on documents, agents, activities and parameters, one request for each number.

The numbers are those of the list of conformance requirements for record stores. What needs more than a request is proved
elsewhere: :data:`PROVED` names the test, and the last test here looks that no number is left over.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.api.xapi.conftest import Store
from tests.standards.xapi.test_statements import RULES

AGENT = '{"objectType":"Agent","account":{"homePage":"http://example.org","name":"ana"}}'
EVERY = ("DELETE", "GET", "POST", "PUT")
UUID, TIME = "0e6a1d5c-8f39-4f3e-9f43-5f0e5c2f4f10", "2012-06-01T19:09:13.245Z"
KEPT: dict[str, Any] = {"car": "Honda"}
Case = tuple[int, str, Mapping[str, str | None], int]
"""A number, a method, parameters of :data:`KINDS` that are set or (None) left out, and the status."""

KINDS = {
    "activities/state": {"activityId": "http://example.org/{n}", "agent": AGENT, "stateId": "s{n}"},
    "activities/profile": {"activityId": "http://example.org/{n}", "profileId": "p{n}"},
    "agents/profile": {"agent": AGENT.replace("ana", "{n}"), "profileId": "p{n}"},
}
STATE: list[Case] = [
    *[(n, method, {}, 200 if method == "GET" else 204) for n, method in (
        (187, "DELETE"), (188, "GET"), (189, "POST"), (190, "PUT"), (191, "DELETE"), (192, "GET"), (216, "DELETE"), (217, "GET"),
        (230, "POST"), (231, "POST"), (233, "POST"))],
    *[(196 + n, method, {"agent": "not JSON"}, 400) for n, method in enumerate(EVERY)],
    *[(200 + n, method, {"registration": "true"}, 400) for n, method in enumerate(EVERY)],
    *[(207 + n, method, {"activityId": None}, 400) for n, method in enumerate(EVERY)],
    *[(212 + n, method, {"agent": None}, 400) for n, method in enumerate(EVERY)],
    *[(n, method, {"registration": UUID}, 200 if method == "GET" else 204) for n, method in (
        (218, "PUT"), (219, "DELETE"), (220, "GET"), (227, "POST"))],
    (193, "GET", {"stateId": None}, 200), (194, "DELETE", {"stateId": None}, 204), (206, "PUT", {"stateId": None}, 400),
    (211, "POST", {"stateId": None}, 400), (204, "GET", {"stateId": None, "since": "not a time"}, 400),
    (205, "DELETE", {"stateId": None, "since": "not a time"}, 400), (221, "GET", {"stateId": None, "since": TIME}, 200),
]  # fmt: skip
AGENTS: list[Case] = [
    *[(255 + n, method, {"agent": "true"}, 400) for n, method in enumerate(("DELETE", "POST", "PUT", "GET"))],
    *[(261 + n, method, {"agent": None}, 400) for n, method in enumerate(("GET", *EVERY[::2], "PUT"))],
    *[(265 + n, method, {"profileId": None}, 400) for n, method in enumerate(("DELETE", "POST", "PUT"))],
    *[(n, method, {}, 200 if method == "GET" else 204) for n, method in (
        (259, "GET"), (269, "GET"), (271, "DELETE"), (272, "POST"), (273, "PUT"), (274, "GET"), (280, "POST"), (282, "POST"),
        (283, "POST"))],
    (260, "GET", {"profileId": None, "since": "true"}, 400), (268, "GET", {"profileId": None, "since": TIME}, 200),
    (270, "GET", {"profileId": None}, 200),
]  # fmt: skip
ACTIVITIES: list[Case] = [
    *[(n, method, {}, 200 if method == "GET" else 204) for n, method in (
        (285, "DELETE"), (286, "POST"), (287, "PUT"), (288, "GET"), (290, "GET"), (291, "DELETE"), (292, "POST"), (293, "PUT"),
        (310, "POST"), (311, "POST"), (312, "POST"))],
    *[(296 + n, method, {"activityId": None}, 400) for n, method in enumerate(("GET", *EVERY[::2], "PUT"))],
    *[(300 + n, method, {"profileId": None}, 400) for n, method in enumerate(("DELETE", "POST", "PUT"))],
    (289, "GET", {"profileId": None}, 200), (295, "GET", {"profileId": None, "since": "true"}, 400),
    (303, "GET", {"profileId": None, "since": TIME}, 200), (304, "GET", {"profileId": None, "agent": "not JSON"}, 400),
]  # fmt: skip
CASES = {"activities/state": STATE, "agents/profile": AGENTS, "activities/profile": ACTIVITIES}


@pytest.fixture(scope="module")
def old(store: Store) -> Store:
    """The store, asked in 1.0.3."""
    return Store(store.district, store.header, "1.0.3")


def address(kind: str, change: Mapping[str, str | None] | None = None) -> str:
    """The address of a document of nobody else, with some parameters changed."""
    n = str(uuid.uuid4())
    whole = {**{name: value.replace("{n}", n) for name, value in KINDS[kind].items()}, **(change or {})}
    return f"{kind}?{urlencode({name: value for name, value in whole.items() if value is not None})}"


@pytest.mark.parametrize("kind", list(CASES))
def test_documents_are_served_or_refused_by_number(old: Store, kind: str) -> None:
    for number, method, change, status in CASES[kind]:
        path = address(kind, change)
        if status == 200 and "stateId" not in change and "profileId" not in change:
            assert old.ask("POST", path, KEPT).status_code == 204
        body = KEPT if method in ("POST", "PUT") else None
        free = method != "PUT" or kind == "activities/state"
        answer = old.ask(method, path, body, **({} if free else {"if_none_match": "*"}))
        assert answer.status_code == status, (number, answer.text)
        if status == 200:
            assert answer.json() == (KEPT if change in ({}, {"registration": UUID}) else []), number


MERGES = {
    "activities/state": (229, 232, 234, 235, 195, 222),
    "agents/profile": (281, 278, 279, 284, 275, 141),
    "activities/profile": (313, 309, 308, 314, 294, 141),
}


@pytest.mark.parametrize("kind", list(MERGES))
def test_documents_are_merged_or_stay_as_they_were(old: Store, kind: str) -> None:
    """XAPI-00182 to 00186 and, for each kind, :data:`MERGES`."""
    path, plain = address(kind), address(kind)
    assert old.ask("POST", path, {**KEPT, "size": {"doors": 2}}).status_code == 204
    assert old.ask("PUT", plain, b"/ a", content_type="text/plain", if_none_match="*").status_code == 204
    for body, media in ((b"{", "application/json"), (b"[1]", "application/json"), (b"abc", "not/json")):
        assert old.ask("POST", path, body, content_type=media).status_code == 400
    assert old.ask("POST", plain, KEPT).status_code == 400
    assert (old.get(path), old.ask("GET", plain).content) == ({**KEPT, "size": {"doors": 2}}, b"/ a")
    assert old.ask("POST", path, {"size": {"seats": 5}, "type": "Civic"}).status_code == 204
    assert old.get(path) == {**KEPT, "size": {"seats": 5}, "type": "Civic"}
    (name,) = re.findall(r"&(?:stateId|profileId)=(\S+)", path)
    several = path.replace(f"&stateId={name}", "").replace(f"&profileId={name}", "")
    assert old.get(f"{several}&since={TIME}") == [name]
    assert old.get(f"{several}&since=2112{TIME[4:]}") == []


def person(**identifier: Any) -> str:
    """The address of an agent."""
    return f"agents?{urlencode({'agent': str({'objectType': 'Agent', 'name': 'Ana', **identifier}).replace(chr(39), chr(34))})}"


def test_an_agent_is_a_person_whose_properties_are_lists(old: Store) -> None:
    """XAPI-00236 to 00249."""
    known = {
        "mbox": "mailto:ana@example.org",
        "mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9",
        "openid": "http://ana.example.org",
        "account": {"homePage": "http://example.org", "name": "ana"},
    }
    for name, value in known.items():
        assert old.get(person(**{name: value})) == {"objectType": "Person", "name": ["Ana"], name: [value]}
    for path in ("agents", person(), person(mbox="ana"), "agents?agent=true"):
        assert old.ask("GET", path).status_code == 400


PARAMETERS = ("statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "related_activities",
              "related_agents", "since", "until", "limit", "format", "attachments", "ascending")  # fmt: skip
WRONG = {"statementId": "x", "voidedStatementId": "x", "agent": "true", "verb": "x", "activity": "x", "registration": "x",
         "related_activities": "x", "related_agents": "x", "since": "x", "until": "x", "limit": "x", "format": "x",
         "attachments": "x", "ascending": "x"}  # fmt: skip
RIGHT = {"agent": AGENT, "verb": "http://a.b/c", "activity": "http://a.b/c", "registration": UUID, "since": TIME, "until": TIME,
         "related_activities": "true", "related_agents": "true", "limit": "1", "ascending": "true"}  # fmt: skip


def test_parameters_of_statements_are_checked(old: Store) -> None:
    """XAPI-00012, 00150, 00151, 00324, 00325; 00153: each answer, refused or not, says up to when it is complete."""
    wrong = [
        {"foo": "bar"},
        *({name.title(): "1"} for name in PARAMETERS),
        *({name: value} for name, value in WRONG.items()),
    ]
    wrong += [{single: UUID, name: value} for single in PARAMETERS[:2] for name, value in RIGHT.items()]
    for query in wrong:
        answer = old.ask("GET", f"statements?{urlencode(query)}")
        assert answer.status_code == 400, query
        assert "x-experience-api-consistent-through" in answer.headers
    for path in ("activities", "activities?activityId=x", f"activities?activityId=http://a.b&since={TIME}"):
        assert old.ask("GET", path).status_code == 400, path  # XAPI-00250


@pytest.mark.parametrize(
    "body", [b'{"actor": {}, "actor": {}}', b'[{"verb": {"id": "http://a.b", "id": "http://a.b"}}]']
)
def test_no_object_has_a_key_twice(old: Store, body: bytes) -> None:
    """XAPI-00021."""
    answer = old.ask("POST", "statements", body)
    assert (answer.status_code, answer.json()["error"]) == (400, "An object of the body has a key twice.")


STATEMENTS, DOOR = "tests.api.xapi.test_statements", "tests.api.xapi.test_door"
PROVED: dict[str, tuple[int, ...]] = {
    f"{STATEMENTS}.test_a_statement_is_kept_as_it_came_with_what_the_store_adds": (
        2, 14, 15, 23, 26, 96, 97, 99, 122, 139, 146, 147, 156, 158, 160, 165, 168, 170, 330, 332),
    f"{STATEMENTS}.test_an_identifier_means_one_statement_for_ever": (142, 143, 144, 145, 182, 326),
    f"{STATEMENTS}.test_filters_find_a_statement_by_each_of_its_parts": (
        149, 154, 159, 164, 174, 175, 176, 177, 178, 179, 180, 181),
    f"{STATEMENTS}.test_pages_follow_each_other_in_both_directions": (108, 109, 110, 111, 113, 114, 166, 173),
    f"{STATEMENTS}.test_a_voided_statement_is_gone_and_what_is_about_it_stays": (16, 18, 19, 20, 155, 157, 162, 163),
    f"{STATEMENTS}.test_formats_and_languages": (169, 171, 172, 251, 252, 253, 254),
    f"{STATEMENTS}.test_attachments_come_and_go_as_parts": (161, 167),
    f"{STATEMENTS}.test_a_body_that_is_not_built_as_it_should_be_is_refused": tuple(range(127, 136)),
    f"{STATEMENTS}.test_scopes_and_districts_are_walls": (327,),
    "tests.api.xapi.test_documents.test_a_document_is_kept_merged_listed_and_deleted": (125, 126, 140),
    "tests.api.xapi.test_documents.test_preconditions_guard_a_document": (322,),
    f"{DOOR}.test_a_signed_statement_is_held_against_its_signature": (115, 116, 117),
    f"{DOOR}.test_about_asks_nothing_and_tells_the_versions": tuple(range(315, 320)),
    f"{DOOR}.test_a_request_names_a_version_that_is_understood": (321, 331, 333),
    f"{DOOR}.test_only_an_open_credential_with_its_secret_comes_in": (334, 335),
    f"{DOOR}.test_a_large_body_is_refused": (323, 328),
    f"{DOOR}.test_a_fault_of_the_server_is_told_as_one": (329,),
    f"{DOOR}.test_the_alternate_request_syntax_is_understood_in_the_old_version_only": (148, 336),
    "tests.standards.xapi.test_statements.test_revision_and_platform_belong_to_activities": (84, 85),
}  # fmt: skip
HERE = (12, 21, *range(150, 152), 153, *range(182, 187), *range(236, 251), 324, 325)
GONE = {95, 112, 136, 137, 138, 152, 223, 224, 225, 226, 228, 276, 277, 305, 306, 307, 320}
"""Withdrawn, doubled or never given, or about the type of a parameter, which is always a string."""


def test_no_requirement_is_left_over() -> None:
    """Each number from 1 to 336 is in a table here, in that of statements, or proved by a test that is there."""
    proved = {number for numbers in PROVED.values() for number in numbers} | set(HERE)
    proved |= {number for numbers in MERGES.values() for number in numbers}
    proved |= {case[0] for cases in CASES.values() for case in cases}
    proved |= {int(number) for rule, *_ in RULES for number in re.findall(r"XAPI-(\d{5})", rule)}
    assert set(range(1, 337)) - proved == GONE
    for name in PROVED:
        module, _, test = name.rpartition(".")
        assert callable(getattr(import_module(module), test)), name
