"""What holds for any statement: keys, sameness, formats, merging, parts, links to the next page."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.standards.xapi.activities import merged
from headway.standards.xapi.formats import as_canonical, as_ids, wanted
from headway.standards.xapi.incoming import json_of, statements_of
from headway.standards.xapi.keys import keys_of_statement
from headway.standards.xapi.multipart import WRITTEN_BOUNDARY, Part, read_parts, write_parts
from headway.standards.xapi.requests import Query, more_of, parameters_of, query_of
from headway.standards.xapi.sameness import same
from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.statements import check_statement
from headway.standards.xapi.values import duration, iso, language, moment_of
from tests.standards.xapi.said import ANA, changed, statement

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PATHS = (
    "actor", "actor/member", "verb/display", "object", "object/definition", "object/definition/choices", "result",
    "result/score", "context", "context/contextActivities/parent", "context/contextAgents", "attachments", "timestamp",
)  # fmt: skip


@given(st.sampled_from(PATHS), JSON)
def test_anything_in_any_place_is_taken_or_refused_with_a_sentence(path: str, value: Any) -> None:
    said = changed(path, value)
    with suppress(Invalid):  # and nothing else
        check_statement(said, "2.0.0")
        assert keys_of_statement(said, ANA)
        assert same(said, copy.deepcopy(said))


@given(st.text(max_size=20))
def test_strings_of_a_form_never_break_the_checker(text: str) -> None:
    for rule in (language, duration):
        with suppress(Invalid):
            rule(text, "x")
    with suppress(Invalid):
        assert moment_of(text, "x").tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year > 1000))
def test_a_time_is_read_as_it_is_written(at: datetime) -> None:
    assert moment_of(iso(at), "x") == at


@given(st.lists(st.binary(max_size=60), max_size=4))
def test_parts_are_read_as_they_are_written(contents: list[bytes]) -> None:
    parts = [
        Part("application/json", "", b"{}"),
        *(Part("text/plain", f"{n}", each) for n, each in enumerate(contents)),
    ]
    assert read_parts(f"multipart/mixed; boundary={WRITTEN_BOUNDARY}", write_parts(parts)) == parts


@pytest.mark.parametrize(("change", "value", "equal"), [
    ("stored", "2026-01-01T00:00:00Z", True),
    ("authority", ANA, True),
    ("verb/display", {"de": "antwortete"}, True),
    ("object/definition", {"name": {"de": "Summe"}}, True),
    ("timestamp", "2026-11-22T05:15:00-05:00", True),
    ("timestamp", "2026-11-22T05:15:01-05:00", True),
    ("attachments", [], True),
    ("result/duration", "PT1M30.004S", True),
    ("result/duration", "PT1M30,00S", True),
    ("result/duration", "PT1M30.01S", False),
    ("result/duration", "PT1.5M", False),
    ("context/registration", "EC531277-b57b-4c15-8d91-d292c5b2b8f7", True),
    ("context/language", "EN-us", True),
    ("context/statement/id", "FD41C918-B88B-4B20-A0A5-A4C32391AAA0", True),
    ("context/team/member", [{"objectType": "Agent", **ANA}], True),
    ("context/contextAgents", [], False),
    ("context/contextActivities/parent", [{"id": "http://example.org/lesson", "objectType": "Activity"}], True),
    ("context/contextActivities/parent", [{"id": "http://example.org/other"}], False),
    ("verb/id", "http://example.org/other", False),
    ("result/response", "5", False),
    ("actor", {"mbox": "mailto:ben@example.org"}, False),
])  # fmt: skip
def test_two_statements_are_the_same_when_only_what_the_store_may_change_differs(
    change: str, value: Any, equal: bool
) -> None:
    assert same(statement(), changed(change, value)) is equal
    assert same(changed(change, value), statement()) is equal


def test_identifiers_only_and_one_language_only() -> None:
    said = json.loads(statements_body(statement(actor={"objectType": "Group", "member": [{**ANA, "name": "Ana"}]})))
    bare = as_ids(said)
    assert bare["actor"] == {"objectType": "Group", "member": [ANA]}
    assert (bare["verb"], bare["object"]) == ({"id": said["verb"]["id"]}, {"id": said["object"]["id"]})
    known = {said["object"]["id"]: {"name": {"fr": "somme"}}}
    shown = as_canonical(said, known, wanted("fr, en-GB;q=0.9, *;q=0.1"))
    assert shown["verb"]["display"] == {"en-GB": "replied"}
    assert shown["object"]["definition"]["name"] == {"fr": "somme"}
    assert shown["object"]["definition"]["description"] == {"en-US": "Add them."}


def statements_body(said: dict[str, Any]) -> str:
    """The JSON that is kept of a statement."""
    (found,) = statements_of(
        "application/json", json.dumps(said).encode(), version="2.0.0", authority=ANA, key=lambda: "0" * 8
    )
    return found.body + "}"


def test_definitions_add_up_and_the_newest_wins() -> None:
    both = merged(
        {"name": {"en": "a", "es": "b"}, "type": "http://a.b/1"}, {"name": {"en": "c"}, "type": "http://a.b/2"}
    )
    assert both == {"name": {"en": "c", "es": "b"}, "type": "http://a.b/2"}


@pytest.mark.parametrize("query", [
    "foo=1", "StatementId=x", "statementId=x", "statementId=AA97B177-9383-4934-8543-0F91A7A02836&limit=1", "limit=-1",
    "statementId=AA97B177-9383-4934-8543-0F91A7A02836&voidedStatementId=AA97B177-9383-4934-8543-0F91A7A02836", "limit=x",
    "agent=true", "agent={", "agent=%7B%22objectType%22:%22Group%22,%22member%22:[%7B%22mbox%22:%22mailto:a@b.c%22%7D]%7D",
    "verb=x", "activity=x", "registration=true", "since=x", "until=2026-13-01", "format=all", "ascending=yes", "limit=1&limit=2",
    "attachments=1", "related_agents=TRUE", "more=x", "more=e30", "verb=%FF", "verb=http://a.b/%00",
])  # fmt: skip
def test_a_parameter_that_breaks_a_rule_is_refused(query: str) -> None:
    with pytest.raises(Invalid):
        query_of(parameters_of(query))


def test_the_link_to_the_next_page_holds_the_whole_question() -> None:
    asked = parameters_of('verb=http://example.org/v&limit=7&agent={"mbox":"mailto:a@b.c"}&ascending=true')
    at = datetime(2026, 11, 22, 10, 15, 0, 123456, tzinfo=UTC)
    token = more_of(asked, (at, 12))
    found = query_of({"more": token})
    assert found == Query(
        verb="http://example.org/v", limit=7, agent={"mbox": "mailto:a@b.c"}, ascending=True, after=(at, 12)
    )
    assert query_of({"more": more_of({"more": token}, (at, 99))}).after == (at, 99)


@pytest.mark.parametrize("body", [b"{", b"[1e999, NaN]", b"\xff", b"[" * 100_000, b""])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        json_of(body)
