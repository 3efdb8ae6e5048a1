"""What Headway records is said in statements that any record store of either version takes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from headway.standards.recorded import Said
from headway.standards.xapi.outward import VERBS, Place, given_out, place_of, statement_of
from headway.standards.xapi.statements import VERSIONS, check_statement

HOME = "https://learn.example.org/"
KEPT = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), min_size=1)
"""What the database holds for an identifier."""
LINES = st.builds(
    Said, id=st.uuids().map(str), kind=st.sampled_from(list(VERBS)), learner=KEPT, thing=st.text(min_size=1),
    at=st.floats(0, 4e9), step=st.integers(0, 999), answer=st.text(), correct=st.booleans(), attempt=st.integers(1, 9),
    hints=st.integers(0, 9), shown=st.booleans(), seconds=st.floats(0, 21_600), skills=st.lists(st.text(min_size=1), max_size=3),
)  # fmt: skip


@given(LINES)
def test_every_line_is_a_statement_of_both_versions(said: Said) -> None:
    for version in VERSIONS:
        check_statement(statement_of(said, HOME), version)
        check_statement(given_out(statement_of(said, HOME), HOME, datetime.now(UTC)), version)


@given(LINES)
def test_an_identifier_says_what_it_names(said: Said) -> None:
    found = place_of(statement_of(said, HOME)["object"]["id"], HOME)
    kind = "skills" if said.kind == "reached" else "activities"
    assert found == Place(kind, said.thing, said.step if said.kind == "response" else None)
    for other in (
        HOME,
        f"{HOME}people/ana",
        f"{HOME}skills/a b",
        f"{HOME}activities/a#step-01",
        "https://lab.example.org/1",
    ):
        assert place_of(other, HOME) is None


def test_an_answer_says_all_that_the_log_knows() -> None:
    key = str(UUID(int=7))
    found = statement_of(
        Said(key, "response", "s-ana", "gen:x/1", 1_790_000_000.5, 2, "4", True, 2, 1, False, 12.25, ["6.NS.1"]), HOME
    )
    wanted: dict[str, Any] = {
        "id": key,
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": "s-ana"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
        "object": {
            "objectType": "Activity",
            "id": "https://learn.example.org/activities/gen%3Ax%2F1#step-2",
            "definition": {"type": "http://adlnet.gov/expapi/activities/question"},
        },
        "context": {
            "platform": "Headway",
            "contextActivities": {
                "parent": [{"objectType": "Activity", "id": "https://learn.example.org/activities/gen%3Ax%2F1"}],
                "grouping": [{"objectType": "Activity", "id": "https://learn.example.org/skills/6.NS.1"}],
            },
        },
        "timestamp": "2026-09-21T14:13:20.500000Z",
        "result": {
            "success": True,
            "response": "4",
            "duration": "PT12.25S",
            "extensions": {f"{HOME}xapi/attempt": 2, f"{HOME}xapi/hints": 1, f"{HOME}xapi/shown": False},
        },
    }
    assert json.loads(json.dumps(found)) == wanted
