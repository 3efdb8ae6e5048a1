"""What the coach's routes answer with. Times are seconds since 1970 UTC."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema
from pydantic import Field


class SaidOut(Schema):
    """One line of a working as it stands."""

    number: int
    line: str
    verdict: str = Field(
        description="equivalent, same-solutions, gains, loses, side, no-progress, broken, unreadable or unsure"
    )
    mark: str = Field(description="ok, no (does not follow) or look")
    message: str
    latex: str


class PromptOut(Schema):
    """A question to choose an answer for: the smaller step (step), or why a line may be written (why)."""

    kind: str
    number: int
    question: str
    options: list[str]


class WorkingOut(Schema):
    """A working as it stands after a deed."""

    id: UUID | None
    working: UUID
    kind: str
    lines: list[SaidOut]
    first_broken: int = Field(description="place of the first line that does not follow, -1 when all do")
    misconception: str = Field(description="what is alleged of it; empty when the coach abstains")
    probability: float
    hint: str
    level: int = Field(description="level of the hint from 1 (notice) to 4 (worked twin); 0: no hint")
    prompt: PromptOut | None
    answer: str = Field(description="the last line, where it answers the problem and nothing is broken")
    help: int = Field(description="hints given and broken lines named; goes along with the answer as its hints")
    again: bool


class LineOut(Schema):
    """A deed of a working, as it was written and judged then."""

    id: int
    event: UUID
    working: UUID
    kind: str
    activity: str
    step: int
    problem: str
    skills: list[str]
    number: int
    line: str
    verdict: str
    follows: int = Field(description="place of the line it was held against, -1 for the problem")
    misconception: str = Field(description="the likeliest; alleged to the learner above one half only")
    probability: float
    said: str
    level: int
    small: bool
    seconds: float
    simulated: bool
    at: float


class CheckedLineOut(Schema):
    """One line that was sent for a check."""

    line: str
    verdict: str
    message: str
    move: str
    latex: str


class HypothesisOut(Schema):
    """A mal-rule, slip or unknown, with its probability."""

    id: str
    probability: float


class CheckOut(Schema):
    """What ``headway coach check --json`` prints."""

    problem: str
    goal: str
    verdict: str
    first_broken: int
    began: int = Field(description="place of a line above it where a wrong answer may have begun, -1 for none")
    lines: list[CheckedLineOut]
    misconception: str
    name: str
    probability: float
    sentence: str
    teacher: str
    source: str
    skills: list[str]
    probe: str
    hypotheses: list[HypothesisOut]
    hint: str
    hints: list[str]
