"""What Headway records, said as xAPI statements in the vocabulary of ADL (the verbs that Tin Can courses and cmi5 use)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

from headway.standards.recorded import Said
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
KINDS = {_ADL + verb: kind for kind, verb in VERBS.items()}
"""Identifier of a verb -> kind of line."""


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


def authority_of(home: str) -> dict[str, Any]:
    """The agent that vouches for what Headway says itself."""
    return {"objectType": "Agent", "name": "Headway", "account": {"homePage": home, "name": "headway"}}


def given_out(statement: dict[str, Any], home: str, stored: datetime) -> dict[str, Any]:
    """A statement as a record store gives it out. It is of 1.0.0, which readers of every version take."""
    return {**statement, "stored": iso(stored), "authority": authority_of(home), "version": "1.0.0"}


@dataclass(frozen=True, slots=True)
class Place:
    """What an activity's identifier names: ``kind`` is ``activities`` or ``skills``; ``step`` is None for the whole."""

    kind: str
    name: str
    step: int | None = None


def place_of(iri: str, home: str) -> Place | None:
    """What an identifier names here, or None where it is none that :func:`statement_of` writes.

    >>> place_of("https://a.example/activities/one%2Ftwo#step-3", "https://a.example/")
    Place(kind='activities', name='one/two', step=3)
    """
    kind, _, rest = iri.removeprefix(home).partition("/")
    name, _, part = rest.partition("#step-")
    place = Place(kind, unquote(name), int(part) if part.isascii() and part.isdigit() and len(part) < 5 else None)
    if kind not in ("activities", "skills") or (place.step is not None and kind == "skills"):
        return None
    again = _activity(home, kind, place.name, "" if place.step is None else f"#step-{place.step}")
    return place if again["id"] == iri else None


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
