"""Fact cards on the path: which cards of a deck come now, and the sentence that says why.

A deck is a skill among skills, and what practising it is worth is asked of the policy. Which card comes is not a matter of
difficulty but of memory: cards that are due, the least known first, then new ones, a few at a time; see
:mod:`headway.core.mastery.decks`. Curricula without decks pass through unchanged.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Curriculum, Floats, stable_key
from headway.core.mastery.cards import known, rows_of_keys
from headway.core.mastery.decks import decks_of, turn_of
from headway.core.path.kernel import Flags
from headway.core.path.policy import Situation
from headway.core.text import T, Text

SURE = 0.99
"""Highest chance that is foretold: the formulas say nothing of slips."""
PINNED = ("pinned", "planned", "playlist", "claimed")


def is_deck(curriculum: Curriculum, skill: str) -> bool:
    """Say whether a skill is a deck of cards."""
    number = curriculum.skill_number.get(skill, -1)
    return number >= 0 and curriculum.skills[number].kind == "cards"


def idle_decks(s: Situation) -> NDArray[np.bool_] | None:
    """Return which skills [S] are decks of which no card comes now; None in a curriculum without decks."""
    decks = decks_of(s.curriculum)
    if decks is None:
        return None
    idle = decks.is_deck.copy()
    idle[decks.skill[turn_of(s.profile.cards, decks, s.now).worth > 0.0]] = False
    return idle


def without_idle_decks(s: Situation, allowed: Flags) -> Flags:
    """Return the flags of ``terrain.allowed_skills`` with idle decks closed."""
    idle = idle_decks(s)
    return allowed if idle is None else np.where(idle, 0, allowed).astype(np.uint8)


def dealt(s: Situation) -> tuple[Floats, Floats]:
    """Return the chances ``known`` and the ``share`` [A] of ``kernel.candidates`` for what comes now."""
    decks = decks_of(s.curriculum)
    if decks is None:
        return _plain(s.curriculum)
    return _spread(s, turn_of(s.profile.cards, decks, s.now).worth)


def freshened(s: Situation) -> tuple[Floats, Floats]:
    """The same where nothing else is open: any card may come, the least known first."""
    decks = decks_of(s.curriculum)
    if decks is None:
        return _plain(s.curriculum)
    return _spread(s, 1.0 - 0.9 * np.maximum(turn_of(s.profile.cards, decks, s.now).chance, 0.0))


def card_reason(s: Situation, code: str, activity: int) -> Text | None:
    """Return why a card comes, in words; None for what is no card, or was chosen by a person."""
    c = s.curriculum
    if code in PINNED or c.skills[int(c.activity_skill[activity])].kind != "cards":
        return None
    key = stable_key(c.activities[activity].items[0].id)
    cards, row = s.profile.cards, int(rows_of_keys(s.profile.cards, np.array([key], np.uint64))[0])
    name = Text(c.skills[int(c.activity_skill[activity])].title)
    if row < 0:
        return T("Here is a new card of “{skill}”.", skill=name)
    percent, n = round(100 * min(float(known(cards[row : row + 1], s.now)[0]), SURE)), int(cards[row]["n"])
    if cards[row]["missed"] > 0:
        return T("You missed this card of “{skill}” last time. Let's see it once more.", skill=name)
    if n == 1:
        return T("You have seen this card once. The chance that you know it today is {percent} %.", percent=percent)
    return T(
        "You have seen this card {n} times. The chance that you know it today is {percent} %.", n=n, percent=percent
    )


@lru_cache(maxsize=64)
def _plain(curriculum: Curriculum) -> tuple[Floats, Floats]:
    return np.full(len(curriculum.activities), -1.0), np.ones(len(curriculum.activities))


def _spread(s: Situation, worth: Floats) -> tuple[Floats, Floats]:
    """Write the cards' chances and worths into arrays over all activities; a new card's chance is the model's."""
    decks = decks_of(s.curriculum)
    assert decks is not None
    c = s.curriculum
    chance = turn_of(s.profile.cards, decks, s.now).chance
    items = c.activity_items[c.activity_items_at[decks.activity]]
    known, share = (array.copy() for array in _plain(c))
    known[decks.activity] = np.where(chance < 0.0, s.model.predict(s.belief, c, items), np.minimum(chance, SURE))
    share[decks.activity] = worth
    return known, share
