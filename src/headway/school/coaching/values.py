"""What a learner's device sends to the coach, and what comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, get_args
from uuid import UUID

from headway.core.coaching.prompts import Prompt
from headway.core.coaching.working import Working
from headway.core.text import NOTHING, T, Text
from headway.school.people.refusal import Malformed, UnknownActivity

Kind = Literal["line", "drop", "grid", "hint", "reason"]
KINDS: tuple[str, ...] = get_args(Kind)
MOST_LINES = 40
"""Lines of one working. A place is a number from 0 to 39."""
MAX_LINE = 1_000
MAX_PROBLEM = 500
MAX_SECONDS = 6 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Note:
    """One deed of a learner in a working, as the device sends it; see :class:`~headway.school.coaching.models.CoachLine`
    for the fields. Either ``activity`` (with ``step``) or ``problem`` names what is worked on."""

    district: UUID
    learner: UUID
    event: UUID
    working: UUID
    kind: Kind = "line"
    activity: str = ""
    step: int = 0
    problem: str = ""
    number: int = 0
    written: str = ""
    seconds: float = 0.0
    at: float = 0.0
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One line as it stands now. ``mark`` is ``ok``, ``no`` (does not follow) or ``look`` (cannot be read or judged, or
    follows with a warning); ``message`` is for the learner; ``latex`` is how the line was read, empty when it was not."""

    number: int
    written: str
    verdict: str
    mark: str
    message: Text
    latex: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A working as it stands after a deed.

    ``first_broken`` is the place of the first line that does not follow (-1: none); ``misconception`` what is alleged of
    it ("" when the coach abstains). ``hint`` is the hint given now, of ``level`` (0: none), or what is said of a reason
    that was chosen; ``given`` are all hints since the last line. ``prompt`` is a question to choose an answer for, about
    the line ``prompt_number``. ``answer`` is the last line when it answers the problem and nothing is broken; ``help``
    counts hints given and broken lines named, which go along with the answer as help used; ``mended`` counts lines that
    follow now where a broken one stood.
    """

    working: UUID
    kind: str
    lines: tuple[Said, ...]
    first_broken: int = -1
    misconception: str = ""
    probability: float = 0.0
    hint: Text = NOTHING
    level: int = 0
    given: tuple[Text, ...] = ()
    prompt: Prompt | None = None
    prompt_number: int = -1
    answer: str = ""
    help: int = 0
    mended: int = 0
    again: bool = False
    state: Working | None = None


def checked(note: Note) -> Note:
    """Return the note if every field is in range; raises Malformed or UnknownActivity."""
    if bool(note.activity) == bool(note.problem.strip()):
        raise UnknownActivity(T("Name what is worked on: either activity and step, or problem."))
    if note.kind not in KINDS:
        raise Malformed(T("kind is one of {kinds}.", kinds=", ".join(KINDS)))
    if not 0 <= note.number < MOST_LINES or not 0 <= note.step < 1_000:
        raise Malformed(T("number is a whole number from 0 to {most}, step from 0 to 999.", most=MOST_LINES - 1))
    if len(note.written) > MAX_LINE or len(note.problem) > MAX_PROBLEM or len(note.activity) > 300:
        raise Malformed(T("A line has at most {most} characters.", most=MAX_LINE))
    if note.kind == "line" and not note.written.strip():
        raise Malformed(T("There is nothing on this line yet."))
    if not (math.isfinite(note.seconds) and 0 <= note.seconds <= MAX_SECONDS) or not math.isfinite(note.at):
        raise Malformed(T("seconds is a number from 0 to {most}; at is a time in seconds since 1970.", most=21600))
    return replace(
        note, activity=_storable(note.activity), problem=_storable(note.problem), written=_storable(note.written)
    )


def _storable(text: str) -> str:
    """Without what the database cannot hold."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
