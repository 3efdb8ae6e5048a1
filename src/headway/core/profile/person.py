"""What a learner is besides skills: facts that people state, how learners see themselves, words about the record.

Nothing here is inferred. A fact names who stated it and when; a disposition is what the learner said of themselves on a day.
Rows are never changed: a fact that no longer holds is stated again as gone, so the newest row of a fact decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from headway.core.text import T, Text

FACTS: dict[str, Text] = {
    "strength": T("Strengths"),
    "need": T("Where help is needed"),
    "interest": T("Interests"),
    "motivation": T("Why I learn"),
    "aspiration": T("What I want to become"),
    "language": T("Languages"),
    "accommodation": T("Accommodations"),
}
"""Kinds of facts with their headings."""
BY_THE_SCHOOL = frozenset({"accommodation"})
"""Kinds that only an adult of the school states: an accommodation is a promise that the school makes."""
LONGEST = 300
"""Characters of a fact or a note."""

QUESTIONS: dict[str, Text] = {
    "keep-trying": T("When a problem is hard, I keep trying."),
    "ask": T("I ask for help when I need it."),
    "check": T("I look over my work before I go on."),
    "together": T("I like to work with others."),
    "calm": T("I feel calm when I do math."),
    "grow": T("I can learn hard things when I practice."),
}
"""What learners are asked about themselves, by a key that stays."""
ANSWERS: tuple[Text, ...] = (T("Not yet"), T("Sometimes"), T("Mostly"), T("Almost always"))
"""Answers to a question, from 1 on."""

NOTES = ("note", "annotation", "contest", "answer")
"""``note`` is about the learner, ``annotation`` about one line of the profile, ``contest`` says that a line is wrong,
``answer`` is what an adult of the school says to a contest."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A stated fact. ``career`` is a code of the district's careers, "" for none; ``by`` names who stated it, ``role`` is
    ``learner``, ``family`` or ``school``; ``gone`` says that it no longer holds; ``at`` is in seconds since 1970."""

    number: int
    kind: str
    value: str
    by: str
    role: str
    at: float
    career: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class SelfReport:
    """An answer that a learner gave about themselves: a key of QUESTIONS, 1 to 4, when."""

    question: str
    answer: int
    at: float


def standing(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that hold now: of each kind and value the newest row, where it is not gone. Oldest first.

    >>> first = Fact(1, "interest", "Soccer", "Mina", "learner", 1.0)
    >>> standing([first, Fact(2, "interest", "soccer ", "Mina", "learner", 2.0, gone=True)])
    ()
    """
    newest: dict[tuple[str, str], Fact] = {}
    for fact in sorted(facts, key=lambda fact: fact.number):
        newest[fact.kind, " ".join(fact.value.lower().split())] = fact
    return tuple(sorted((fact for fact in newest.values() if not fact.gone), key=lambda fact: fact.number))


def latest_reports(reports: Iterable[SelfReport]) -> dict[str, tuple[SelfReport, SelfReport | None]]:
    """Return for each question that was answered the newest answer and the one before it (None if there is none)."""
    found: dict[str, tuple[SelfReport, SelfReport | None]] = {}
    for report in sorted(reports, key=lambda report: report.at):
        before = found.get(report.question)
        found[report.question] = (report, before[0] if before else None)
    return found
