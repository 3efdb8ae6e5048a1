"""The body of ``POST /api/responses`` and of its answer; the native route and the documented one share it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from django.utils import translation
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from headway.core.text import T, Text
from headway.school.loop import Malformed, Receipt, Submission


def _whole(value: object) -> object:
    """JSON knows one kind of number: 3.0 is the whole number 3."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Count = Annotated[int, Field(ge=0, le=999), BeforeValidator(_whole)]


class ResponseIn(BaseModel):
    """What a learner's device sends: an answer to the open step, or a start of practice."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: UUID = Field(description="Made by the device for each answer; sending it again has no second effect.")
    kind: Literal["response", "start"] = "response"
    learner: UUID | None = Field(None, description="Another learner than the token's own; needs the scope respond:any.")
    activity: str = Field(
        "", max_length=300, description="The open activity; with kind start: the one to open, or none."
    )
    step: Count = 0
    answer: str = Field("", max_length=2000, description="As typed: plain, LaTeX, or the number of a choice from 0.")
    hints: Count = Field(0, description="How many hints were opened on this step.")
    shown: bool = Field(False, description="The learner asked to see the answer.")
    seconds: float = Field(0.0, ge=0, le=21600, description="Time on the step.")
    at: float | None = Field(None, ge=0, le=1e11, description="The device's clock in seconds since 1970 UTC.")


def submission_of(body: bytes, *, district: UUID, learner: UUID, now: float) -> Submission:
    """Read the JSON body. Raises Malformed naming the field that is wrong."""
    try:
        sent = ResponseIn.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise Malformed(T("{field}: {problem}.", field=where, problem=first["msg"])) from None
    return Submission(
        district=district,
        learner=sent.learner or learner,
        event=sent.id,
        kind=sent.kind,
        activity=sent.activity,
        step=sent.step,
        answer=sent.answer,
        hints=sent.hints,
        shown=sent.shown,
        seconds=sent.seconds,
        at=now if sent.at is None else sent.at,
    )


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
    """Return a function that translates Texts into one language. English is what they are written in."""
    if language == "en":
        return str

    def say(text: Text) -> str:
        with translation.override(language):
            return text.translate(_gettext)

    return say


def _gettext(message: str) -> str:
    return str(translation.gettext(message))
