"""What Headway records, said as xAPI statements in the vocabulary of ADL (the verbs that Tin Can courses and cmi5 use)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from headway.standards.xapi.values import iso

VERBS = {
    "response": "answered",
    "start": "attempted",
    "screening": "completed",
    "reached": "mastered",
}
"""Kind of a line of the log or the ledger -> the verb of ADL."""
TYPES = {
    "response": "http://adlnet.gov/expapi/activities/question",
    "start": "http://adlnet.gov/expapi/activities/lesson",
    "screening": "http://adlnet.gov/expapi/activities/assessment",
    "reached": "http://adlnet.gov/expapi/activities/objective",
}
_ADL = "http://adlnet.gov/expapi/verbs/"


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the log or the ledger: ``kind`` is a key of :data:`VERBS`, ``thing`` the activity, or the skill that was
    mastered; ``at`` in seconds since 1970, ``seconds`` on the step; the fields of a response are those of the log."""

    id: str
    kind: str
    learner: str
    thing: str
    at: float
    step: int = 0
    answer: str = ""
    correct: bool = False
    attempt: int = 1
    hints: int = 0
    shown: bool = False
    seconds: float = 0.0
    skills: Sequence[str] = ()


def statement_of(said: Said, home: str) -> dict[str, Any]:
    """The statement of a line. ``home`` is the address of the installation, with a slash at its end: learners are accounts
    there, by their identifier in the roster and without their names; activities and skills are addresses below it."""
    verb = VERBS[said.kind]
    context: dict[str, Any] = {"platform": "Headway"}
    related: dict[str, Any] = {}
    if said.kind == "response":
        related["parent"] = [_activity(home, "activities", said.thing)]
    if said.skills:
        related["grouping"] = [_activity(home, "skills", skill) for skill in said.skills]
    if related:
        context["contextActivities"] = related
    kind = "skills" if said.kind == "reached" else "activities"
    thing = _activity(home, kind, said.thing, f"#step-{said.step}" if said.kind == "response" else "")
    out: dict[str, Any] = {
        "id": said.id,
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": said.learner}},
        "verb": {"id": _ADL + verb, "display": {"en": verb}},
        "object": {**thing, "definition": {"type": TYPES[said.kind]}},
        "context": context,
        "timestamp": iso(datetime.fromtimestamp(said.at, UTC)),
    }
    if said.kind == "response":
        out["result"] = _result(said, home)
    elif said.kind != "start":
        out["result"] = {"completion": True}
    return out


def _result(said: Said, home: str) -> dict[str, Any]:
    more = {"attempt": said.attempt, "hints": said.hints, "shown": said.shown}
    return {
        "success": said.correct,
        "response": said.answer,
        "duration": f"PT{said.seconds:.2f}S",
        "extensions": {f"{home}xapi/{name}": value for name, value in more.items()},
    }


def _activity(home: str, kind: str, name: str, part: str = "") -> dict[str, Any]:
    return {"objectType": "Activity", "id": f"{home}{kind}/{quote(name, safe='')}{part}"}
