"""What Headway records is said in Caliper's own types and actions; envelopes part no line, and stay small."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.standards.caliper.envelopes import LARGEST, MOST, envelope_of, packed, written
from headway.standards.caliper.events import EVENTS, events_of, moment
from headway.standards.recorded import KINDS, Said

HOME = "https://learn.example.org/"
NOON = 1_790_000_000.5
KEY = str(UUID(int=7))
LINES = st.builds(
    Said, id=st.uuids().map(str), kind=st.sampled_from(KINDS), learner=st.text(min_size=1), thing=st.text(min_size=1),
    at=st.floats(0, 4e9), step=st.integers(0, 999), answer=st.text(), correct=st.booleans(), attempt=st.integers(1, 9),
    hints=st.integers(0, 9), shown=st.booleans(), seconds=st.floats(0, 21_600), skills=st.lists(st.text(min_size=1), max_size=3),
)  # fmt: skip


def refs(value: Any) -> Any:
    """The published files name each other without a path: the same, as places of one schema."""
    if isinstance(value, list):
        return [refs(each) for each in value]
    if not isinstance(value, dict):
        return value
    out = {name: refs(each) for name, each in value.items() if not (name == "id" and isinstance(each, str))}
    if isinstance(value.get("$ref"), str):
        name, _, part = value["$ref"].partition("#")
        out["$ref"] = f"#/definitions/{name}{part}"
    return out


@pytest.fixture(scope="module")
def published(shared: Path) -> dict[str, Any]:
    folder = shared / "interop/schemas/caliper/v1_2"
    return {path.stem: refs(json.loads(path.read_text())) for path in sorted(folder.glob("*.json"))}


def typed(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with a type, at any depth."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from typed(each)
    if isinstance(value, dict) and "type" in value:
        yield value


@pytest.mark.shared
def test_every_line_is_valid_by_the_published_schemas(published: dict[str, Any]) -> None:
    kinds = {kind for events in EVENTS.values() for kind, _, _ in events} | {"Envelope"}
    checks = {
        kind: jsonschema_rs.Draft4Validator(
            {"$ref": f"#/definitions/{kind}", "definitions": published}, validate_formats=True
        )
        for kind in kinds
    }

    @given(LINES)
    @settings(max_examples=25)
    def every_line(said: Said) -> None:
        events = events_of(said, HOME)
        for event in [*events, envelope_of(events, HOME, said.at)]:
            assert [error.message for error in checks[event.get("type", "Envelope")].iter_errors(event)] == []
        for each in typed(events):
            assert set(each) <= set(published[each["type"]]["properties"]), each["type"]

    every_line()
    broken = {**events_of(Said(KEY, "start", "s-ana", "gen:x/1", NOON), HOME)[0], "action": "Mastered"}
    assert not checks["AssignableEvent"].is_valid(broken)


@given(st.lists(LINES, max_size=6))
def test_the_same_lines_are_the_same_events_and_no_two_share_an_identifier(said: list[Said]) -> None:
    lines = list({each.id: each for each in said}.values())
    first = [event for each in lines for event in events_of(each, HOME)]
    assert first == [event for each in lines for event in events_of(each, HOME)]
    assert len({event["id"] for event in first}) == len(first)
    for each, kinds in zip(lines, (EVENTS[each.kind] for each in lines), strict=True):
        found = events_of(each, HOME)
        assert found[0]["id"] == f"urn:uuid:{each.id}"
        assert [(event["type"], event["action"], event["profile"]) for event in found] == list(kinds)


def test_an_answer_is_completed_and_graded() -> None:
    said = Said(KEY, "response", "s-ana", "gen:x/1", NOON, 2, "4", True, 2, 1, False, 12.25, ["6.NS.1"])
    item, grade = events_of(said, HOME)
    step = "https://learn.example.org/activities/gen%3Ax%2F1#step-2"
    person = "https://learn.example.org/people/s-ana"
    assert item["actor"] == {"id": person, "type": "Person"}
    assert item["eventTime"] == grade["eventTime"] == "2026-09-21T14:13:20.500Z"
    assert item["object"]["id"] == step
    assert item["object"]["learningObjectives"] == [
        {"id": "https://learn.example.org/skills/6.NS.1", "type": "LearningObjective"}
    ]
    response = item["generated"]
    assert (response["values"], response["duration"], response["startedAtTime"]) == (
        ["4"], "PT12.25S", "2026-09-21T14:13:08.250Z",
    )  # fmt: skip
    assert response["extensions"] == {f"{HOME}caliper/hints": 1, f"{HOME}caliper/shown": False}
    assert grade["actor"]["id"] == HOME
    assert grade["object"] == response["attempt"]
    assert grade["object"] | {"count": 2, "assignee": person, "assignable": step} == grade["object"]
    score = grade["generated"]
    assert (score["scoreGiven"], score["maxScore"], score["attempt"]) == (1, 1, grade["object"]["id"])


def test_a_skill_mastered_is_counted_by_the_metric_of_the_standard() -> None:
    (event,) = events_of(Said(KEY, "reached", "s-ana", "6.NS.1", NOON, skills=["6.NS.1"]), HOME)
    (measure,) = event["generated"]["items"]
    assert (measure["metric"], measure["metricValue"]) == ("SkillsMastered", 1)
    assert measure["extensions"] == {f"{HOME}caliper/skill": "https://learn.example.org/skills/6.NS.1"}


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([1, 900, 100_000, 300_000])), max_size=150))
@settings(max_examples=30)
def test_envelopes_keep_to_their_bounds_and_part_no_line(sizes: list[tuple[int, int]]) -> None:
    lines = [(n, [{"of": n, "fill": "x" * (size // count)}] * count) for n, (count, size) in enumerate(sizes)]
    parcels = list(packed(lines))
    assert [event["of"] for _, events in parcels for event in events] == [n for n, all_ in lines for _ in all_]
    assert [mark for mark, _ in parcels] == [events[-1]["of"] for _, events in parcels]
    assert len({mark for mark, _ in parcels}) == len(parcels)
    for _, events in parcels:
        alone = len({event["of"] for event in events}) == 1
        assert len(events) <= MOST
        assert alone or sum(len(written(event)) for event in events) <= LARGEST


def test_an_envelope_says_who_sends_what_and_when() -> None:
    events = events_of(Said(KEY, "start", "s-ana", "gen:x/1", NOON), HOME)
    assert envelope_of(events, HOME, NOON + 1) == {
        "sensor": "https://learn.example.org/caliper",
        "sendTime": moment(NOON + 1),
        "dataVersion": "http://purl.imsglobal.org/ctx/caliper/v1p2",
        "data": events,
    }
