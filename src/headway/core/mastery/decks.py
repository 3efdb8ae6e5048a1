"""Decks: skills of kind ``cards``, what of one is due, and the criterion ``deck-1`` by which it counts as mastered.

*Reached*: a right answer when, over all cards of the deck, the mean chance to know a card ``AHEAD`` days from now is at least
``NEEDED``; a card that was never seen counts as not known.
*Confirmed*: later, with a right answer to the last card that was due, and the deck still at ``NEEDED``.
*Lost*: after a wrong answer the mean is below ``LOSE``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Curriculum, Floats, Ints, stable_key
from headway.core.events import MasteryEntry, Response
from headway.core.mastery.cards import NAME, Cards, known, rows_of_keys
from headway.core.mastery.kernels import DAY
from headway.core.mastery.state import State

AHEAD = 28.0
"""Days ahead at which a deck has to be known: the retention horizon."""
NEEDED = 0.8
"""A card that was right once is known with 67 % so long after; one that was right on two days with more than this."""
LOSE = 0.65
WAIT = 4.0
"""Days from *reached* to the first *confirmed*."""
AT_ONCE = 6
"""Cards that may be missed or unripe before no new ones come."""
RIPE = 1.0
"""Days of stability from which a card is no longer unripe."""


@dataclass(frozen=True, slots=True, eq=False)
class Decks:
    """The cards of a curriculum, K of them: ``activity`` int32 [K] gives one (an activity with one item), ``skill`` int32 [K]
    is its deck and ``key`` uint64 [K] its item's key; ``is_deck`` bool [S] marks the decks among the skills."""

    activity: Ints
    skill: Ints
    key: NDArray[np.uint64]
    is_deck: NDArray[np.bool_]


@lru_cache(maxsize=64)
def decks_of(curriculum: Curriculum) -> Decks | None:
    """Return the cards of a curriculum, None where no skill is a deck."""
    c = curriculum
    is_deck = np.array([skill.kind == "cards" for skill in c.skills], np.bool_)
    if not is_deck.any():
        return None
    numbers = [n for n, a in enumerate(c.activities) if is_deck[c.activity_skill[n]] and len(a.items) == 1]
    keys = [stable_key(c.activities[n].items[0].id) for n in numbers]
    return Decks(
        np.array(numbers, np.int32), c.activity_skill[numbers].astype(np.int32), np.array(keys, np.uint64), is_deck
    )


def deck_of(curriculum: Curriculum, response: Response) -> int:
    """Return the number of the deck that a response belongs to, -1 if it is to no card."""
    decks = decks_of(curriculum)
    if decks is None:
        return -1
    numbers = curriculum.skill_numbers(response.skills[:1])
    return int(numbers[0]) if len(numbers) and decks.is_deck[numbers[0]] else -1


def standing(cards: Cards, decks: Decks, deck: int, at: float) -> float:
    """Return the mean chance to know a card of the deck at a time; 0 for a deck without cards."""
    rows = rows_of_keys(cards, decks.key[decks.skill == deck])
    if len(rows) == 0:
        return 0.0
    return float(known(cards[rows[rows >= 0]], at).sum() / len(rows))


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """What each card is worth now: ``chance`` [K] to know it (-1: never seen) and ``worth`` [K] from 0 (not now) to 1."""

    chance: Floats
    worth: Floats


def turn_of(cards: Cards, decks: Decks, now: float) -> Turn:
    """Say which cards come now: those due, the least known first; new ones while few are unripe; others not."""
    rows = rows_of_keys(cards, decks.key)
    seen = rows >= 0
    chance, worth, due = np.full(len(rows), -1.0), np.zeros(len(rows)), np.zeros(len(rows), np.bool_)
    unripe = np.zeros(len(rows), np.bool_)
    if seen.any():
        mine = cards[rows[seen]]
        chance[seen] = known(mine, now)
        due[seen] = mine["due_at"] <= now
        unripe[seen] = (mine["missed"] > 0) | (mine["stability"] < RIPE)
    worth[due] = 1.0 - 0.3 * chance[due]
    for deck in np.unique(decks.skill).tolist():
        ours = decks.skill == deck
        if np.count_nonzero(unripe & ours) < AT_ONCE:
            worth[ours & ~seen] = 0.5
    return Turn(chance, worth)


def judge_deck(
    state: State, cards: Cards, before: Cards, curriculum: Curriculum, response: Response, deck: int
) -> tuple[State, tuple[MasteryEntry, ...]]:
    """Apply ``deck-1`` after a first answer that has been folded into ``state`` and ``cards`` (``before`` it: the cards as they
    were). Returns the state with mastery and the time at which the deck's next card is due, and the ledger entries."""
    decks = decks_of(curriculum)
    if response.attempt > 1 or decks is None:
        return state, ()
    at = int(state.skills["key"].searchsorted(curriculum.keys[deck]))
    rows = state.skills.copy()
    row = rows[at]
    share = standing(cards, decks, deck, response.at + AHEAD * DAY)
    mine = rows_of_keys(cards, decks.key[decks.skill == deck])
    seen = cards[mine[mine >= 0]]
    # A card that somebody has since taken out of the deck still holds its row; it is due no more.
    due = float(seen["due_at"].min()) if len(seen) else response.at
    kind = _verdict(float(row["mastered_at"]), due, share, _was_due(before, response), response)
    if kind in ("reached", "lost"):
        row["mastered_at"] = response.at if kind == "reached" else 0.0
    row["due_at"] = due if row["mastered_at"] > 0.0 else 0.0
    rows.flags.writeable = False
    after = State(state.overall_mean, state.overall_variance, rows, state.memory)
    if not kind:
        return after, ()
    skill, n = curriculum.skills[deck].id, int(row["n"])
    return after, (MasteryEntry(response.learner, skill, kind, response.id, share, NEEDED, n, NAME, response.at),)


def _was_due(before: Cards, response: Response) -> bool:
    row = int(rows_of_keys(before, np.array([stable_key(response.item)], np.uint64))[0])
    return row >= 0 and float(before[row]["due_at"]) <= response.at


def _verdict(mastered_at: float, due_at: float, share: float, was_due: bool, response: Response) -> str:
    solved = response.correct and response.hints == 0 and not response.shown
    if mastered_at == 0.0:
        return "reached" if solved and share >= NEEDED else ""
    if not solved:
        return "lost" if share < LOSE else ""
    late = response.at - mastered_at >= WAIT * DAY
    return "confirmed" if late and was_due and due_at > response.at and share >= NEEDED else ""
