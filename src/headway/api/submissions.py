"""The body of ``POST /api/responses`` and of its answer; the native route and the documented one share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

from django.utils import translation

from headway.core.text import T, Text
from headway.school.loop import Malformed, Receipt, Submission

FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "kind": str,
    "learner": str,
    "activity": str,
    "step": int,
    "answer": str,
    "hints": int,
    "shown": bool,
    "seconds": (int, float),
    "at": (int, float),
}


def submission_of(body: object, *, district: UUID, learner: UUID, now: float) -> Submission:
    """Read the JSON body. Raises Malformed naming the field that is wrong."""
    if not isinstance(body, Mapping):
        raise Malformed(T("The body is a JSON object with id, activity, step and answer."))
    for name, value in body.items():
        kind = FIELDS.get(name)
        if kind is None:
            raise Malformed(T("There is no field {name}.", name=str(name)[:40]))
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise Malformed(T("The field {name} has the wrong type.", name=name))
    key = _uuid(body.get("id", ""), "id")
    who = _uuid(body["learner"], "learner") if "learner" in body else learner
    return Submission(
        district=district,
        learner=who,
        event=key,
        kind=_kind(body.get("kind", "response")),
        activity=body.get("activity", ""),
        step=body.get("step", 0),
        answer=body.get("answer", ""),
        hints=body.get("hints", 0),
        shown=body.get("shown", False),
        seconds=float(body.get("seconds", 0.0)),
        at=float(body.get("at", now)),
    )


def _kind(value: str) -> Literal["response", "start"]:
    if value == "response":
        return "response"
    if value == "start":
        return "start"
    raise Malformed(T("kind is response or start."))


def _uuid(value: str, name: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Malformed(T("The field {name} is a UUID that your device makes for each answer.", name=name)) from None


def receipt_body(receipt: Receipt, *, key: UUID, language: str) -> dict[str, Any]:
    """Return the JSON answer in the reader's language."""
    say = in_language(language)
    return {
        "id": str(key),
        "correct": receipt.correct,
        "outcome": receipt.outcome,
        "feedback": say(receipt.message),
        "activity": {
            "id": receipt.activity,
            "step": receipt.step,
            "attempt": receipt.attempt,
            "url": f"/practice?activity={quote(receipt.activity, safe='')}",
        }
        if receipt.activity
        else None,
        "moved_on": receipt.moved_on,
        "reason": say(receipt.reason),
        "reason_code": receipt.reason_code,
        "reached": list(receipt.reached),
        "again": receipt.again,
    }


def in_language(language: str) -> Callable[[Text], str]:
    """Return a function that translates Texts into one language."""

    def say(text: Text) -> str:
        with translation.override(language):
            return text.translate(_gettext)

    return say


def _gettext(message: str) -> str:
    return str(translation.gettext(message))
