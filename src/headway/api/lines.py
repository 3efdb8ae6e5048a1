"""The bodies of ``POST /api/coach/lines`` and ``POST /api/coach/check``; native and documented routes share them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from headway.api.native import not_theirs
from headway.api.submissions import Count, in_language
from headway.core.coaching.report import check_lines
from headway.core.coaching.tasks import task_of
from headway.core.coaching.tree import ParseError
from headway.core.text import T
from headway.school.coaching.judging import MOST_CHECKED, within
from headway.school.coaching.queries import Line
from headway.school.coaching.values import MAX_LINE, MAX_PROBLEM, MOST_LINES, Note, Reply
from headway.school.people.principal import Principal
from headway.school.people.refusal import Malformed

Body = TypeVar("Body", bound=BaseModel)


class LineIn(BaseModel):
    """What a learner's device sends: a line written or mended, one taken out, a grid of digits, a wish for a hint, an
    option chosen."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: UUID = Field(description="Made by the device for each deed; sending it again has no second effect.")
    working: UUID = Field(description="Made once for each time at a problem; its lines are judged together.")
    learner: UUID | None = Field(None, description="Another learner than the token's own; needs the scope respond:any.")
    kind: Literal["line", "drop", "grid", "hint", "reason"] = "line"
    activity: str = Field("", max_length=300, description="The activity that is worked on; or else problem.")
    step: Count = 0
    problem: str = Field("", max_length=MAX_PROBLEM, description="A problem of one's own, as typed: 3(x-4)=18.")
    number: Annotated[Count, Field(le=MOST_LINES - 1)] = Field(
        0, description="The line's place from 0. A line sent again at its place mends it."
    )
    line: str = Field(
        "", max_length=MAX_LINE, description="As written, plain or LaTeX; rows of a grid; the option's number."
    )
    seconds: float = Field(0.0, ge=0, le=21600, description="Time on the line.")
    at: float | None = Field(None, ge=0, le=1e11, description="The device's clock in seconds since 1970 UTC.")


class CheckIn(BaseModel):
    """A problem and lines of working; nothing is kept. The same as ``headway coach check``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    problem: str = Field(min_length=1, max_length=MAX_PROBLEM, description="As typed: 3(x-4)=18, 253-179.")
    lines: list[Annotated[str, Field(max_length=MAX_LINE)]] = Field(default_factory=list, max_length=MOST_LINES)
    answer: str = Field("", max_length=MAX_LINE, description="The answer, where it is not the last line.")
    finished: bool = Field(False, description="The last line is meant as the answer.")


def read(kind: type[Body], body: bytes) -> Body:
    """Read a JSON body. Raises Malformed naming the field that is wrong."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise Malformed(T("{field}: {problem}.", field=where, problem=first["msg"])) from None


def note_of(body: bytes, *, district: UUID, learner: UUID, now: float) -> Note:
    """Read the body of a line. Raises Malformed."""
    sent = read(LineIn, body)
    return Note(
        district=district,
        learner=sent.learner or learner,
        event=sent.id,
        working=sent.working,
        kind=sent.kind,
        activity=sent.activity,
        step=sent.step,
        problem=sent.problem,
        number=sent.number,
        written=sent.line,
        seconds=sent.seconds,
        at=now if sent.at is None else sent.at,
    )


def check_body(body: bytes, *, language: str) -> dict[str, Any]:
    """Judge what was sent for a check. Raises Malformed."""
    sent = read(CheckIn, body)
    task = task_of(sent.problem)
    if isinstance(task, ParseError):
        raise Malformed(task.message)
    found = within(
        MOST_CHECKED,
        lambda: check_lines(task, sent.lines, sent.answer, finished=sent.finished, say=in_language(language)),
    )
    if found is None:
        raise Malformed(T("I cannot judge these lines in the time that I have. Send fewer or shorter ones."))
    return found


def reply_body(reply: Reply, *, key: UUID | None, language: str) -> dict[str, Any]:
    """A working as it stands, in the reader's language."""
    say = in_language(language)
    prompt = reply.prompt
    return {
        "id": None if key is None else str(key),
        "working": str(reply.working),
        "kind": reply.kind,
        "lines": [
            {
                "number": line.number,
                "line": line.written,
                "verdict": line.verdict,
                "mark": line.mark,
                "message": say(line.message),
                "latex": line.latex,
            }
            for line in reply.lines
        ],
        "first_broken": reply.first_broken,
        "misconception": reply.misconception,
        "probability": round(reply.probability, 3),
        "hint": say(reply.hint),
        "level": reply.level,
        "prompt": None
        if prompt is None
        else {
            "kind": prompt.kind,
            "number": reply.prompt_number,
            "question": say(prompt.question),
            "options": [say(option) for option in prompt.options],
        },
        "answer": reply.answer,
        "help": reply.help,
        "again": reply.again,
    }


def line_body(line: Line, language: str) -> dict[str, Any]:
    """A deed as it was written and judged then."""
    say = in_language(language)
    return {
        "id": line.id,
        "event": str(line.event),
        "working": str(line.working),
        "kind": line.kind,
        "activity": line.activity,
        "step": line.step,
        "problem": line.problem,
        "skills": list(line.skills),
        "number": line.number,
        "line": line.written,
        "verdict": line.verdict,
        "follows": line.follows,
        "misconception": line.misconception,
        "probability": round(line.probability, 3),
        "said": say(line.said),
        "level": line.level,
        "small": line.small,
        "seconds": line.seconds,
        "simulated": line.simulated,
        "at": line.at,
    }


def not_their_line(principal: Principal, note: Note) -> dict[str, Any] | None:
    """Return a problem if this principal may not write this line. A problem of one's own may be worked by anybody: a
    teacher or a parent tries the coach too."""
    if note.problem and note.learner == principal.person and principal.may("respond"):
        return None
    return not_theirs(principal, note.learner)
