"""Compiled arithmetic that models share: finding a skill's row, counting outcomes, predicting items."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled, copy_into
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.state import SkillStates

DAY = 86400.0
SPACED = 0.8 * DAY
"""A practice this long after the last one is a spaced one (the next day, though at an earlier hour)."""

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]


@compiled
def find(states: SkillStates, key: np.uint64) -> int:
    """Return the row of a key, or -1 - (the row where it belongs)."""
    low, high = 0, states.shape[0]
    while low < high:
        middle = (low + high) // 2
        if states[middle].key < key:
            low = middle + 1
        else:
            high = middle
    if low < states.shape[0] and states[low].key == key:
        return low
    return -1 - low


@compiled
def rows_of(states: SkillStates, sorted_keys: Keys, order: Ints) -> Rows:
    """Return each skill's row in the states, -1 where there is none; one merge of two sorted lists."""
    rows = np.full(sorted_keys.shape[0], -1, np.int64)
    position = 0
    for place in range(sorted_keys.shape[0]):
        key = sorted_keys[place]
        while position < states.shape[0] and states[position].key < key:
            position += 1
        if position < states.shape[0] and states[position].key == key:
            rows[order[place]] = position
    return rows


@compiled
def with_rows(states: SkillStates, keys: Keys, skills: Ints) -> SkillStates:
    """Return a copy that has a row for each of the skills; new ones hold the key and zeros, and ``n`` is 0."""
    missing = 0
    for skill in skills:
        missing += find(states, keys[skill]) < 0
    out = np.zeros(states.shape[0] + missing, states.dtype)
    copy_into(out, states)
    size = states.shape[0]
    for skill in skills:
        at = find(out[:size], keys[skill])
        if at < 0:
            at = -1 - at
            for place in range(size, at, -1):
                out[place] = out[place - 1]
            blank = np.zeros(1, states.dtype)
            out[at] = blank[0]
            out[at].key = keys[skill]
            size += 1
    return out[:size]


@compiled
def tally(
    states: SkillStates, row: int, correct: bool, first: bool, hints: int, seconds: float, spaced: bool, at: float
) -> None:
    """Count one response in a row, in place. Counters stop at their largest value."""
    state = states[row]
    state.attempts = min(state.attempts + 1, 65535)
    state.helped = min(state.helped + (1 if hints > 0 else 0), 65535)
    state.seconds = state.seconds + min(max(seconds, 0.0), 600.0)
    if first:
        solved = correct and hints == 0
        if solved:
            state.right = min(state.right + 1, 65535)
        if spaced and solved:
            state.reviews = min(state.reviews + 1, 255)
        if spaced and not correct:
            state.reviews = state.reviews // 2
            state.lapses = min(state.lapses + 1, 255)
        state.n = min(state.n + 1, 65535)
        state.pattern = ((state.pattern << 1) | (1 if solved else 0)) & 255
        state.wrong_run = 0 if correct else min(state.wrong_run + 1, 255)
    state.last_at = max(state.last_at, at)


@compiled
def chance(gap: float, variance: float) -> float:
    """Return the chance of a right answer at ``gap`` logits above the item, averaged over ``variance``.

    The logistic-normal integral by MacKay's approximation, sigmoid(gap / sqrt(1 + pi * variance / 8)).
    """
    return 1.0 / (1.0 + exp(-gap / sqrt(1.0 + 0.39269908169872414 * variance)))


@compiled
def chances(items: Ints, difficulty: Floats, skills_at: Ints, skills: Ints, mean: Floats, variance: Floats) -> Floats:
    """Return the chance of a right answer for each item; an item of several skills asks for their mean ability."""
    out = np.empty(items.shape[0])
    for place in range(items.shape[0]):
        item = items[place]
        ability, spread = 0.0, 0.0
        first, last = skills_at[item], skills_at[item + 1]
        for at in range(first, last):
            ability += mean[skills[at]]
            spread += variance[skills[at]]
        count = last - first
        out[place] = chance(ability / count - difficulty[item], spread / (count * count))
    return out
