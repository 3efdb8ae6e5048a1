"""Statements to change one thing of."""

from __future__ import annotations

import copy
from typing import Any

ANA = {"mbox": "mailto:ana@example.org"}
DROP: Any = object()
"""In the place of a value: leave the property out."""


def statement(**more: Any) -> dict[str, Any]:
    """A statement that uses most of what there is; ``more`` replaces whole properties."""
    said: dict[str, Any] = {
        "actor": {"objectType": "Agent", "name": "Ana", **ANA},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en-US": "answered", "en-GB": "replied"}},
        "object": {
            "objectType": "Activity",
            "id": "http://example.org/sum",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "name": {"en-US": "A sum", "es": "Una suma"},
                "description": {"en-US": "Add them."},
                "interactionType": "numeric",
                "correctResponsesPattern": ["4[:]4"],
                "extensions": {"http://example.org/level": None},
            },
        },
        "result": {
            "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
            "success": True,
            "completion": True,
            "response": "4",
            "duration": "PT1M30S",
        },
        "context": {
            "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
            "instructor": {"objectType": "Agent", "account": {"homePage": "http://example.org", "name": "okafor"}},
            "team": {"objectType": "Group", "member": [ANA]},
            "contextActivities": {"parent": {"id": "http://example.org/lesson"}, "other": []},
            "revision": "3",
            "platform": "Example",
            "language": "en-US",
            "statement": {"objectType": "StatementRef", "id": "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"},
            "extensions": {"http://example.org/where": {"deep": [None]}},
        },
        "timestamp": "2026-11-22T10:15:00.000Z",
    }
    said.update(copy.deepcopy(more))
    return said


def changed(path: str, value: Any, base: dict[str, Any] | None = None) -> dict[str, Any]:
    """A statement with one property set, or left out."""
    said = copy.deepcopy(base) if base is not None else statement()
    *way, last = path.split("/")
    inner: Any = said
    for name in way:
        inner = inner[int(name)] if isinstance(inner, list) else inner.setdefault(name, {})
    if value is DROP:
        del inner[last]
    else:
        inner[last] = value
    return said
