"""Wrong answers as the content report counts them: what was typed to a fixed problem, or the misunderstanding behind it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from headway.core.coaching.malrules.rule import known_misconceptions
from headway.core.text import Text, verbatim
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.mastery.models import Evidence

LONGEST = 60
"""Characters of an answer that is counted; longer ones are nobody's common mistake."""
SURELY = 0.5
"""Chance from which on a misunderstanding stands for a wrong answer to a generated problem."""


class Given(NamedTuple):
    """A wrong answer to an ``item`` of an activity: its ``text``, or the ``misconception`` where each learner has other
    numbers."""

    activity: str
    item: str
    text: str
    misconception: str


def given_of(row: Evidence) -> Given | None:
    """Return what was given in a wrong answer; None where it cannot be compared with other learners' answers."""
    if row.activity.startswith("gen:"):
        suspects = [(share, key) for key, share in row.suspects]
        share, likeliest = max(suspects, default=(0.0, ""))
        named = row.misconception or (likeliest if share >= SURELY else "")
        return Given(row.item, row.item, "", named) if named else None
    text = " ".join(row.answer.split())
    return Given(row.activity, row.item, text.casefold(), "") if 0 < len(text) <= LONGEST else None


def said_of(district: UUID, given: Given) -> Text:
    """Return a wrong answer as a person reads it: the words of a choice, else what was typed, else the misunderstanding."""
    if given.misconception:
        known = known_misconceptions().get(given.misconception)
        return known.name if known is not None else verbatim(given.misconception)
    try:
        steps = problem_of(district, given.activity).steps
    except UnknownProblem:
        return verbatim(given.text)
    choices = next((step.answer.choices for step in steps if step.item == given.item), ())
    places = given.text.split(",")
    if choices and all(place.isdecimal() and int(place) < len(choices) for place in places):
        return choices[int(places[0])] if len(places) == 1 else verbatim(given.text)
    return verbatim(given.text)
