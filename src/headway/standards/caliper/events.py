"""What Headway records, said as Caliper events in the actions and types that version 1.2 has, and in no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from headway.standards.recorded import Said

Json = dict[str, Any]
CONTEXT = "http://purl.imsglobal.org/ctx/caliper/v1p2"
EVENTS = {
    "start": (("AssignableEvent", "Started", "AssignableProfile"),),
    "response": (("AssessmentItemEvent", "Completed", "AssessmentProfile"), ("GradeEvent", "Graded", "GradingProfile")),
    "screening": (("AssessmentEvent", "Submitted", "AssessmentProfile"),),
    "reached": (("ToolUseEvent", "Used", "ToolUseProfile"),),
}
"""Kind of a line of the log or the ledger -> its events: type, action, profile."""


def events_of(said: Said, home: str) -> list[Json]:
    """The events of a line, in their order. ``home`` is the address of the installation, with a slash at its end: learners are
    addresses below it, by their identifier in the roster and without their names, as are activities and skills.

    The first event has the identifier of the line, others one made from it, so that the same line is always the same events.
    """
    out = []
    for place, (kind, action, profile) in enumerate(EVENTS[said.kind]):
        event = {
            "@context": CONTEXT,
            "id": f"urn:uuid:{said.id}" if place == 0 else _made(said, kind),
            "type": kind,
            "profile": profile,
            "actor": {"id": _person(said, home), "type": "Person"},
            "action": action,
            "eventTime": moment(said.at),
            "edApp": _headway(home),
        }
        out.append({**event, **_PARTS[kind](said, home)})
    return out


def moment(at: float) -> str:
    """A time (seconds since 1970) as the specification writes it: UTC, with milliseconds.

    >>> moment(1_790_000_000.5)
    '2026-09-21T14:13:20.500Z'
    """
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _started(said: Said, home: str) -> Json:
    problem = {"id": _address(home, "activities", said.thing), "type": "AssignableDigitalResource", **_aims(said, home)}
    attempt = {**_attempt(said, home, problem["id"]), "startedAtTime": moment(said.at)}
    return {"object": problem, "generated": attempt}


def _completed(said: Said, home: str) -> Json:
    item = {
        "id": _item(said, home),
        "type": "AssessmentItem",
        "isPartOf": {"id": _address(home, "activities", said.thing), "type": "AssignableDigitalResource"},
        **_aims(said, home),
    }
    response = {
        "id": _made(said, "Response"),
        "type": "FillinBlankResponse",
        "attempt": {**_attempt(said, home, item["id"]), "count": said.attempt, **_time(said)},
        "values": [said.answer],
        **_time(said),
        "extensions": {f"{home}caliper/hints": said.hints, f"{home}caliper/shown": said.shown},
    }
    return {"object": item, "generated": response}


def _graded(said: Said, home: str) -> Json:
    attempt = {**_attempt(said, home, _item(said, home)), "count": said.attempt, **_time(said)}
    score = {
        "id": _made(said, "Score"),
        "type": "Score",
        "attempt": attempt["id"],
        "maxScore": 1,
        "scoreGiven": int(said.correct),
        "scoredBy": home,
    }
    return {"actor": _headway(home), "object": attempt, "generated": score}


def _submitted(said: Said, home: str) -> Json:
    screening = {"id": _address(home, "activities", said.thing), "type": "Assessment"}
    attempt = {**_attempt(said, home, screening["id"]), "endedAtTime": moment(said.at), "duration": _duration(said)}
    return {"object": screening, "generated": attempt}


def _used(said: Said, home: str) -> Json:
    """A skill mastered: the one thing that the standard's metrics say of it is how many, here always one."""
    measure = {
        "id": _made(said, "AggregateMeasure"),
        "type": "AggregateMeasure",
        "metric": "SkillsMastered",
        "metricValue": 1,
        "endedAtTime": moment(said.at),
        "extensions": {f"{home}caliper/skill": _address(home, "skills", said.thing)},
    }
    collection = {"id": _made(said, "Collection"), "type": "AggregateMeasureCollection", "items": [measure]}
    return {"object": _headway(home), "generated": collection}


_PARTS: dict[str, Callable[[Said, str], Json]] = {
    "AssignableEvent": _started,
    "AssessmentItemEvent": _completed,
    "GradeEvent": _graded,
    "AssessmentEvent": _submitted,
    "ToolUseEvent": _used,
}
"""Type of an event -> what it says beside who, when and by which application."""


def _attempt(said: Said, home: str, thing: str) -> Json:
    return {"id": _made(said, "Attempt"), "type": "Attempt", "assignee": _person(said, home), "assignable": thing}


def _aims(said: Said, home: str) -> Json:
    aims = [{"id": _address(home, "skills", skill), "type": "LearningObjective"} for skill in said.skills]
    return {"learningObjectives": aims} if aims else {}


def _time(said: Said) -> Json:
    began, ended = moment(said.at - said.seconds), moment(said.at)
    return {"startedAtTime": began, "endedAtTime": ended, "duration": _duration(said)}


def _duration(said: Said) -> str:
    return f"PT{said.seconds:.2f}S"


def _headway(home: str) -> Json:
    return {"id": home, "type": "SoftwareApplication", "name": "Headway"}


def _person(said: Said, home: str) -> str:
    return _address(home, "people", said.learner)


def _item(said: Said, home: str) -> str:
    return f"{_address(home, 'activities', said.thing)}#step-{said.step}"


def _made(said: Said, what: str) -> str:
    return f"urn:uuid:{uuid5(UUID(said.id), f'caliper {what}')}"


def _address(home: str, kind: str, name: str) -> str:
    return f"{home}{kind}/{quote(name, safe='')}"
