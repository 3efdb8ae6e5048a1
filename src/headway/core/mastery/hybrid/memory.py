"""How a response changes a learner's memory, in place and in constant time."""

from __future__ import annotations

import numpy as np

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.hybrid import layout as at

_OWN_RATES, _SKILL_RATES = np.array(at.OWN_RATES), np.array(at.SKILL_RATES)
_OWN_SURPRISES, _SKILL_SURPRISES = np.array(at.OWN_SURPRISES), np.array(at.SKILL_SURPRISES)


def blank_own() -> Floats:
    """Return the numbers of a learner who has answered nothing."""
    own = np.zeros(at.OWN)
    own[[at.ITEM, at.ITEM_BEFORE, at.SKILL]] = -1.0
    return own


def blank_items() -> Floats:
    """Return an empty list of recent items."""
    items = np.zeros((at.RECENT_ITEMS, at.RECENT))
    items[:, at.I_KEY] = -1.0
    return items


@compiled
def slot_of(items: Floats, key: float) -> int:
    """Return the row of an item in the recent ones, or -1 - (the row that it will take: an empty or the oldest one)."""
    oldest, when = 0, np.inf
    for n in range(items.shape[0]):
        if items[n, at.I_KEY] == key:
            return n
        seen = items[n, at.I_SEEN] if items[n, at.I_KEY] >= 0.0 else -1.0
        if seen < when:
            oldest, when = n, seen
    return -1 - oldest


@compiled
def remember_own(own: Floats, y: float, now: float) -> None:
    """Fold an outcome into counts, last outcomes and rates of the learner."""
    own[at.TRIES] += 1.0
    own[at.RIGHT] += y
    own[at.AT] = now
    for n in range(4, 0, -1):
        own[at.LAST + n] = own[at.LAST + n - 1]
    own[at.LAST] = 2.0 * y - 1.0
    for n in range(7):
        own[at.RATES + 2 * n] = own[at.RATES + 2 * n] * _OWN_RATES[n] + y
        own[at.RATES + 2 * n + 1] = own[at.RATES + 2 * n + 1] * _OWN_RATES[n] + 1.0


@compiled
def remember_skill(traces: Floats, place: int, y: float, now: float) -> None:
    """Fold an outcome into counts, last outcomes and rates of a skill."""
    traces[place, at.TRIES] += 1.0
    traces[place, at.RIGHT] += y
    traces[place, at.AT] = now
    for n in range(4, 0, -1):
        traces[place, at.LAST + n] = traces[place, at.LAST + n - 1]
    traces[place, at.LAST] = 2.0 * y - 1.0
    for n in range(4):
        traces[place, at.T_RATES + 2 * n] = traces[place, at.T_RATES + 2 * n] * _SKILL_RATES[n] + y
        traces[place, at.T_RATES + 2 * n + 1] = traces[place, at.T_RATES + 2 * n + 1] * _SKILL_RATES[n] + 1.0


@compiled
def remember_item(items: Floats, slot: int, key: float, y: float, seen: float) -> None:
    """Fold an outcome into the recent items; a new one takes the oldest one's row."""
    if slot < 0:
        slot = -1 - slot
        items[slot, at.I_KEY] = key
        items[slot, at.I_TRIES] = items[slot, at.I_RIGHT] = items[slot, at.I_WRONG] = 0.0
    items[slot, at.I_TRIES] += 1.0
    items[slot, at.I_RIGHT] += y
    items[slot, at.I_LAST] = y
    items[slot, at.I_SEEN] = seen
    items[slot, at.I_WRONG] = 0.0 if y > 0.5 else items[slot, at.I_WRONG] + 1.0


@compiled
def remember_surprise(own: Floats, y: float, chance: float, again: bool) -> None:
    """Fold outcome less expectation into the learner's numbers."""
    surprise = y - chance
    for n in range(3):
        own[at.SURPRISES + 2 * n] = own[at.SURPRISES + 2 * n] * _OWN_SURPRISES[n] + surprise
        own[at.SURPRISES + 2 * n + 1] = own[at.SURPRISES + 2 * n + 1] * _OWN_SURPRISES[n] + 1.0
    own[at.SURPRISE] += surprise
    own[at.RUN_RIGHT], own[at.RUN_WRONG] = (own[at.RUN_RIGHT] + 1.0, 0.0) if y > 0.5 else (0.0, own[at.RUN_WRONG] + 1.0)
    own[at.PATTERN] = (own[at.PATTERN] * 2.0 + y) % 64.0
    kind = at.AGAINS if again else at.FIRSTS
    own[kind] += 1.0
    own[kind + 1] += y
    own[kind + 2] += surprise
    level = at.HARD if chance < 0.6 else at.EASY
    own[level] += 1.0
    own[level + 1] += surprise


@compiled
def remember_skill_surprise(traces: Floats, place: int, y: float, chance: float, seen: float) -> None:
    """Fold outcome less expectation into a skill's numbers."""
    surprise = y - chance
    for n in range(2):
        traces[place, at.T_SURPRISES + 2 * n] = traces[place, at.T_SURPRISES + 2 * n] * _SKILL_SURPRISES[n] + surprise
        traces[place, at.T_SURPRISES + 2 * n + 1] = (
            traces[place, at.T_SURPRISES + 2 * n + 1] * _SKILL_SURPRISES[n] + 1.0
        )
    traces[place, at.T_SURPRISE] += surprise
    if y > 0.5:
        traces[place, at.T_RUN_RIGHT], traces[place, at.T_RUN_WRONG] = traces[place, at.T_RUN_RIGHT] + 1.0, 0.0
    else:
        traces[place, at.T_RUN_RIGHT], traces[place, at.T_RUN_WRONG] = 0.0, traces[place, at.T_RUN_WRONG] + 1.0
    traces[place, at.T_PATTERN] = (traces[place, at.T_PATTERN] * 2.0 + y) % 32.0
    traces[place, at.T_SEEN] = seen
    traces[place, at.T_LAST_SURPRISE] = surprise


@compiled
def remember_help(own: Floats, traces: Floats, place: int, helped: float) -> None:
    """Fold a use of hints into the learner's and the skill's decayed shares; ``place`` -1 means the learner's."""
    if place < 0:
        own[at.HELP], own[at.HELP_WEIGHT] = own[at.HELP] * 0.9 + helped, own[at.HELP_WEIGHT] * 0.9 + 1.0
    else:
        traces[place, at.T_HELP], traces[place, at.T_HELP_WEIGHT] = (
            traces[place, at.T_HELP] * 0.9 + helped,
            traces[place, at.T_HELP_WEIGHT] * 0.9 + 1.0,
        )


@compiled
def remember_pace(own: Floats, gap: float, seconds: float) -> None:
    """Fold the time since the last response (seconds, 0 where unknown) and the time taken into the pace."""
    if own[at.TRIES] > 0.0 and gap > 0.0:
        own[at.LAST_GAP] = np.log1p(gap)
        if gap < at.SESSION:
            own[at.PACE], own[at.PACE_WEIGHT] = own[at.PACE] * 0.9 + np.log1p(gap), own[at.PACE_WEIGHT] * 0.9 + 1.0
            own[at.SESSION_N] += 1.0
        else:
            own[at.BREAK], own[at.SESSION_N] = np.log1p(gap), 0.0
    if seconds > 0.0:
        own[at.LAST_SECONDS] = np.log1p(seconds)
        own[at.SECONDS], own[at.SECONDS_WEIGHT] = (
            own[at.SECONDS] * 0.9 + own[at.LAST_SECONDS],
            own[at.SECONDS_WEIGHT] * 0.9 + 1.0,
        )


@compiled
def remember_context(
    own: Floats, item: float, skill: float, skills: float, core: float, ease: float, stays: bool, y: float
) -> None:
    """Note what the response was about, for the one after it. Called after ``remember_own``."""
    own[at.ITEM_BEFORE], own[at.ITEM] = own[at.ITEM], item
    own[at.OUTCOME_BEFORE] = own[at.LAST + 1]
    own[at.SKILL], own[at.SKILLS] = skill, skills
    own[at.LAST_CORE], own[at.LAST_EASE] = core, ease
    own[at.STAY], own[at.STAY_RIGHT] = (own[at.STAY] + 1.0, own[at.STAY_RIGHT] + y) if stays else (1.0, y)
