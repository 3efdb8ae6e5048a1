"""What the documented routes answer with. Times are seconds since 1970 UTC; abilities are logits."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import Field

Item = TypeVar("Item")


class Problem(Schema):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str


PROBLEMS = dict.fromkeys((401, 403, 404, 422, 429), Problem)
"""How any documented route may refuse."""


class Page(Schema, Generic[Item]):
    """Some of a longer list; ``next`` is the ``after`` of the following page, null at the end."""

    items: list[Item]
    next: int | None


class ActivityRef(Schema):
    """The open activity."""

    id: str
    step: int
    attempt: int
    url: str


class ReceiptOut(Schema):
    """What came of an answer; durable when it arrives."""

    id: UUID
    correct: bool
    outcome: str = Field(description="right, wrong, form, unit, unreadable, unsure, shown or started")
    feedback: str
    activity: ActivityRef | None
    moved_on: bool
    reason: str
    reason_code: str
    reached: list[str] = Field(description="skills that were mastered with this answer")
    again: bool = Field(description="true for the answer to a retry")


class PersonOut(Schema):
    """Somebody, as far as the caller may know."""

    id: UUID
    given_name: str
    family_name: str
    grade: str
    language: str


class MeOut(PersonOut):
    """The caller."""

    roles: list[str]


class SkillOut(Schema):
    """A node of the skill graph."""

    id: str
    title: str
    description: str
    subject: str
    grade: str
    domain: str
    case_ids: list[str]
    prerequisites: list[str]


class SkillPage(Page[SkillOut]):
    """Some of the skills; ``description`` is the standard's own wording."""

    notice: str = Field(description="must stand wherever a description of a Common Core standard is shown")


class SkillStateOut(Schema):
    """What is believed of one learner and one skill now."""

    skill: str
    title: str
    status: str
    ability: float
    sd: float
    p_next: float = Field(description="chance to solve a middle item of the skill now")
    n: int = Field(description="first attempts that count")
    right: int
    last_at: float
    due_at: float
    mastered_at: float


class EvidenceOut(Schema):
    """One line of the evidence log."""

    id: int
    event: UUID
    kind: str
    activity: str
    step: int
    skills: list[str]
    answer: str
    correct: bool
    attempt: int
    hints: int
    shown: bool
    seconds: float
    simulated: bool
    at: float


class DecisionOut(Schema):
    """What was chosen after an event, why, and against what."""

    id: int
    after: UUID
    activity: str
    skill: str
    reason: str
    reason_code: str
    alternatives: list[tuple[str, str, float, float]] = Field(description="activity, skill, value, probability")
    propensity: float
    predicted: float
    model: str
    policy: str
    curriculum: str
    overrides: list[str]
    at: float


class MasteryOut(Schema):
    """One line of the mastery ledger."""

    id: int
    skill: str
    kind: str
    probability: float
    threshold: float
    evidence_count: int
    model: str
    at: float


class AccessOut(Schema):
    """Who read the record, when and why."""

    id: int
    reader: str
    purpose: str
    place: str
    at: float


class WishIn(Schema):
    """A pin, a block or a lean that a person sets, with the reason that the family can read."""

    effect: Literal["pin-skill", "block-skill", "prefer-skill"] = Field(
        description="practise it until mastered before all else; leave it out; or lean towards it beside everything else"
    )
    skill: str = Field(max_length=100)
    reason: str = Field(min_length=1, max_length=300)


class WishOut(Schema):
    """A row of the learner's plan."""

    id: UUID
    source: str
    effect: str
    value: str
    reason: str
    starts: float
    ends: float | None


class SectionOut(Schema):
    """A class."""

    id: UUID
    title: str
    subject: str
    grade: str
    period: str


class StepOut(Schema):
    """One question, without its key."""

    prompt: str
    kind: str
    choices: list[str]
    unit: str
    hints: int


class ActivityOut(Schema):
    """A problem as a learner sees it: sentences with LaTeX between $$."""

    id: str
    title: str
    body: str
    steps: list[StepOut]
    source: str
    licence: str


class TokenIn(Schema):
    """A new API token: what it is for, and what it may do."""

    name: str = Field(min_length=1, max_length=100)
    scopes: list[str] = Field(min_length=1, max_length=3)


class TokenOut(Schema):
    """A token; ``token`` is shown once, when it is made."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: float
    token: str = ""
