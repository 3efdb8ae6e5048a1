"""Fact cards: how well a learner remembers each card of a deck, by the formulas of FSRS-6.

A skill of kind ``cards`` is a set of facts that are known or not, one by one, such as what word roots mean. Each card has a
*stability* S (days until the chance to know it has fallen to 90 %) and a *difficulty* D (1 to 10). After t days the chance is

    R = (1 + f t / S) ** -w20        with f = 0.9 ** (-1 / w20) - 1

The formulas and the 21 weights are those that FSRS-6 was published with; the tests hold these functions against
the package ``fsrs``. Here time is an argument, days may be fractions, and no interval is drawn by chance. Of the four
grades two are used: a right first answer without help is *good*, all else *again*. How long an answer took does not count.
"""

from __future__ import annotations

import math
from math import exp

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats, stable_key
from headway.core.events import Response
from headway.core.mastery.kernels import DAY

NAME = "fsrs-6"
"""What mastery entries of a deck name as their model."""

WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
AGAIN, GOOD = 1, 3
FACTOR: float = 0.9 ** (-1.0 / WEIGHTS[20]) - 1.0
LEAST = 0.001
"""Least stability, in days."""
RETENTION = 0.9
"""A card falls due when the chance to know it has come down to this."""
SOON = 600.0
"""Seconds until a card that was missed comes again."""
LONGEST = 180.0
"""Most days until a card comes again."""

CARD = np.dtype(
    [
        ("key", "<u8"),  # stable key of the item; rows are sorted by it
        ("stability", "<f8"),  # days
        ("difficulty", "<f8"),  # 1 to 10
        ("last_at", "<f8"),  # epoch seconds
        ("due_at", "<f8"),
        ("n", "<u2"),  # first attempts
        ("right", "<u2"),  # of them right without help
        ("missed", "<u2"),  # misses in a row
        ("lapses", "<u2"),  # misses of a card that had been right the time before
    ]
)
Cards = NDArray[np.void]
"""A structured array of CARD, sorted by key: 48 bytes a card that was seen."""

NO_CARDS: Cards = np.zeros(0, CARD)
NO_CARDS.flags.writeable = False


def first(grade: int) -> tuple[float, float]:
    """Return stability and difficulty after the first answer."""
    return max(WEIGHTS[grade - 1], LEAST), _bounded(_first_difficulty(grade))


def following(stability: float, difficulty: float, days: float, grade: int) -> tuple[float, float]:
    """Return stability and difficulty after an answer ``days`` after the last one. Within a day the short-term formula holds."""
    w = WEIGHTS
    if days < 1.0:
        grown = exp(w[17] * (grade - 3 + w[18])) * stability ** -w[19]
        after = stability * (max(grown, 1.0) if grade > AGAIN else grown)
    else:
        forgotten = 1.0 - recall(stability, days)
        if grade == AGAIN:
            long = w[11] * difficulty ** -w[12] * ((stability + 1.0) ** w[13] - 1.0) * exp(forgotten * w[14])
            after = min(long, stability / exp(w[17] * w[18]))
        else:
            gain = exp(w[8]) * (11.0 - difficulty) * stability ** -w[9] * (exp(forgotten * w[10]) - 1.0)
            after = stability * (1.0 + gain)
    moved = difficulty - w[6] * (grade - 3) * (10.0 - difficulty) / 9.0
    return max(after, LEAST), _bounded(w[7] * _first_difficulty(4) + (1.0 - w[7]) * moved)


def recall(stability: float, days: float) -> float:
    """Return the chance to know a card ``days`` after its last answer."""
    return math.pow(1.0 + FACTOR * max(days, 0.0) / stability, -WEIGHTS[20])


def interval(stability: float, retention: float = RETENTION) -> float:
    """Return the days until the chance has fallen to ``retention``, at most ``LONGEST``."""
    return min(stability / FACTOR * (math.pow(retention, -1.0 / WEIGHTS[20]) - 1.0), LONGEST)


def known(cards: Cards, now: float) -> Floats:
    """Return the chance [C] to know each seen card at ``now`` (epoch seconds)."""
    days = np.maximum(now - cards["last_at"], 0.0) / DAY
    chances: Floats = (1.0 + FACTOR * days / cards["stability"]) ** -WEIGHTS[20]
    return chances


def rows_of_keys(cards: Cards, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the row [K] of each key, -1 for a card that was never seen."""
    if len(cards) == 0:
        return np.full(len(keys), -1, np.int64)
    at = np.minimum(cards["key"].searchsorted(keys), len(cards) - 1)
    return np.where(cards["key"][at] == keys, at, -1).astype(np.int64)


def reviewed(cards: Cards, response: Response) -> Cards:
    """Return the cards after a response to one of them; later attempts change nothing."""
    if response.attempt > 1:
        return cards
    key = np.uint64(stable_key(response.item))
    at = int(cards["key"].searchsorted(key))
    seen = at < len(cards) and cards["key"][at] == key
    out = cards.copy() if seen else np.insert(cards, at, np.zeros(1, CARD))
    card, good = out[at], response.correct and response.hints == 0 and not response.shown
    grade = GOOD if good else AGAIN
    if seen:
        days = (response.at - float(card["last_at"])) / DAY
        state = following(float(card["stability"]), float(card["difficulty"]), days, grade)
    else:
        card["key"], state = key, first(grade)
    card["lapses"] += seen and not good and card["missed"] == 0
    card["missed"] = 0 if good else min(int(card["missed"]) + 1, 65_535)
    card["stability"], card["difficulty"] = state
    card["last_at"] = max(float(card["last_at"]), response.at)
    card["due_at"] = response.at + (interval(state[0]) * DAY if good else SOON)
    card["n"] = min(int(card["n"]) + 1, 65_535)
    card["right"] = min(int(card["right"]) + good, 65_535)
    out.flags.writeable = False
    return out


def _first_difficulty(grade: int) -> float:
    return WEIGHTS[4] - exp(WEIGHTS[5] * (grade - 1)) + 1.0


def _bounded(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)
