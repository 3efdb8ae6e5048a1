"""What goes into the loop and what comes out of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Literal
from uuid import UUID

from headway.core.text import NOTHING, T, Text, text_from_json, text_to_json
from headway.school.people.refusal import Malformed, UnknownActivity

MAX_ANSWER = 2_000
MAX_SECONDS = 6 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Submission:
    """What a learner's device sends. ``event`` is the idempotency key that the device made; ``kind`` ``start`` opens
    practice (``activity`` empty: the policy chooses), ``response`` answers ``step`` of ``activity``. ``seconds`` is the
    time on the step, ``at`` the device's clock in seconds since 1970, ``shown`` that the learner asked for the answer."""

    district: UUID
    learner: UUID
    event: UUID
    kind: Literal["response", "start"]
    activity: str = ""
    step: int = 0
    answer: str = ""
    hints: int = 0
    shown: bool = False
    seconds: float = 0.0
    at: float = 0.0
    simulated: bool = False

    def digest(self) -> bytes:
        """A hash of everything that the device sent, to tell a retry from a reused key."""
        sent = (str(self.learner), self.kind, self.activity, self.step, self.answer, self.hints, self.shown)
        return blake2b(repr(sent).encode(), digest_size=16).digest()


def checked(submission: Submission) -> Submission:
    """Return the submission if every field is in range; raises Malformed naming the field."""
    s = submission
    if s.kind == "response" and not s.activity:
        raise UnknownActivity(T("A response names the activity that it answers. Open practice to get one."))
    if not 0 <= s.step < 1_000 or not 0 <= s.hints < 1_000:
        raise Malformed(T("step and hints are whole numbers from 0 to 999."))
    if len(s.answer) > MAX_ANSWER or len(s.activity) > 300:
        raise Malformed(T("An answer has at most {most} characters.", most=MAX_ANSWER))
    if not (math.isfinite(s.seconds) and 0 <= s.seconds <= MAX_SECONDS) or not math.isfinite(s.at):
        raise Malformed(T("seconds is a number from 0 to {most}; at is a time in seconds since 1970.", most=21600))
    if "\x00" in s.answer or "\x00" in s.activity:  # which the database cannot hold
        return replace(s, answer=s.answer.replace("\x00", "\ufffd"), activity=s.activity.replace("\x00", "\ufffd"))
    return s


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a submission, true once it is handed out: it is in the database's log.

    ``outcome`` is the checker's word (``right``, ``wrong``, ``form``, ``unit``, ``unreadable``, ``unsure``; ``shown``; or
    ``started``); the middle four count for nothing and the learner tries again. ``activity``, ``step`` and ``attempt`` say
    what is open now ("" if nothing may be practised), ``moved_on`` that it is another problem than before; ``reason`` is why it
    was chosen. ``again`` marks the answer to a retry.
    """

    outcome: str
    correct: bool
    message: Text
    activity: str
    step: int
    attempt: int
    moved_on: bool
    reason: Text = NOTHING
    reason_code: str = ""
    reached: tuple[str, ...] = ()
    again: bool = False


def receipt_to_json(receipt: Receipt) -> dict[str, Any]:
    """Encode for the log; ``again`` is not part of it."""
    return {
        "outcome": receipt.outcome,
        "correct": receipt.correct,
        "message": text_to_json(receipt.message),
        "activity": receipt.activity,
        "step": receipt.step,
        "attempt": receipt.attempt,
        "moved_on": receipt.moved_on,
        "reason": text_to_json(receipt.reason),
        "reason_code": receipt.reason_code,
        "reached": list(receipt.reached),
    }


def receipt_from_json(value: dict[str, Any]) -> Receipt:
    """Decode a logged receipt, as the answer to a retry."""
    return Receipt(
        outcome=value["outcome"],
        correct=value["correct"],
        message=text_from_json(value["message"]),
        activity=value["activity"],
        step=value["step"],
        attempt=value["attempt"],
        moved_on=value["moved_on"],
        reason=text_from_json(value["reason"]),
        reason_code=value["reason_code"],
        reached=tuple(value["reached"]),
        again=True,
    )
