"""What kind of work a minute was, and how much thinking of one's own it asks for: a rule that anybody can read.

The four demands follow Webb (Depth-of-Knowledge levels, 2002): recall; routine skill; connecting several steps or ideas;
open, extended work. Nobody has judged single problems here. A problem is sorted by its form, work away from the screen by what
kind of work it was; where that says nothing of its demand, the minutes are counted as not sorted.
"""

from __future__ import annotations

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.away import FORMS
from headway.core.text import T, Text

STRETCH = 3
"""The level of an activity that goes beyond the skill's usual problems."""

KINDS: dict[str, Text] = {
    "cards": T("Fact cards"),
    "short": T("Problems of one step"),
    "long": T("Problems of several steps, and stretch problems"),
    **FORMS,
    "support": T("In a support group"),
}
"""Kinds of work of which minutes are on record."""
DEMANDS: dict[str, Text] = {
    "recall": T("Recall"),
    "routine": T("Routine skill"),
    "connected": T("Connecting steps and ideas"),
    "open": T("Open, extended work"),
    "unsorted": T("Not sorted"),
}
ASKS: dict[str, str] = {
    "cards": "recall",
    "short": "routine",
    "long": "connected",
    "talk": "connected",
    "lab": "open",
    "making": "open",
    "outside": "open",
    "paper": "unsorted",
    "reading": "unsorted",
    "support": "unsorted",
}
"""Kind of work -> demand."""


def kinds_of(curriculum: Curriculum) -> dict[str, str]:
    """Catalogue activity -> kind of work, for everything that the curriculum offers at the screen."""
    decks = {each.id for each in curriculum.skills if each.kind == "cards"}
    return {
        each.id: "cards" if each.skill in decks else "long" if len(each.items) > 1 or each.level >= STRETCH else "short"
        for each in curriculum.activities
    }
