"""What a visit did: the next answers of learners who were visited against comparable ones who were not.

A *moment* is two first answers wrong in a row. Whoever was visited within five minutes of it is compared with whoever was not, by
their first answers from five minutes after the moment on (a landmark: Anderson, Cain & Gelber 1983). So nobody counts as not
visited because they had recovered before anybody could come. Each answer counts against the chance that the learner model gave
it beforehand, so that an easier problem is no effect.

It stays a comparison of children whom teachers chose to visit with children whom they did not. It cannot show what would have
happened otherwise, and the page that shows it says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scipy.special import stdtrit

from headway.core.text import T, Text

LANDMARK = 5 * 60.0
"""Seconds after a moment within which a visit counts, and after which answers do."""
UNTIL = 35 * 60.0
"""Seconds after a moment up to which answers count: the rest of the lesson."""
MOST = 5
"""Answers of one moment that count."""
GAP = 10 * 60.0
"""Seconds between two wrong answers of one moment, at most."""
LEAST = 5
"""Learners on either side below which no figure is given."""

DEEDS: dict[str, Text] = {
    "listened": T("listened to how they think"),
    "question": T("asked a question"),
    "example": T("worked an example together"),
    "explained": T("explained it"),
    "earlier": T("went back to an earlier step"),
    "encouraged": T("encouraged them"),
    "other": T("something else"),
}
"""What an adult did at a visit, by code."""


@dataclass(frozen=True, slots=True)
class Try:
    """A first answer at ``at`` (seconds since 1970), and the chance that it was given beforehand."""

    at: float
    right: bool
    expected: float


@dataclass(frozen=True, slots=True)
class Record:
    """One learner: first answers and visits, each the oldest first."""

    learner: str
    tries: tuple[Try, ...]
    visits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Moments with and without a visit that were followed by answers, of how many learners; ``difference`` in the share of right
    answers beyond what was expected, with its 95 % interval; None where there is too little to say."""

    visited: int
    others: int
    visited_learners: int
    other_learners: int
    difference: float | None = None
    low: float = 0.0
    high: float = 0.0


def moments(tries: Sequence[Try]) -> list[float]:
    """The moments of one learner: the second of two wrong first answers in a row, and none within a landmark of the last."""
    out: list[float] = []
    for one, other in pairwise(tries):
        fresh = not out or other.at - out[-1] > UNTIL
        if not one.right and not other.right and other.at - one.at <= GAP and fresh:
            out.append(other.at)
    return out


def effect_of(records: Sequence[Record]) -> Effect:
    """Compare visited with not visited moments. The interval leaves out one learner after the other (the jackknife by clusters),
    because answers of one child belong together; Student's t with one degree fewer than learners."""
    kept: dict[str, tuple[list[float], list[float]]] = {}
    for record in records:
        for at in moments(record.tries):
            after = [each for each in record.tries if at + LANDMARK <= each.at < at + UNTIL][:MOST]
            if after:
                came = any(at <= visit < at + LANDMARK for visit in record.visits)
                mean = sum(each.right - each.expected for each in after) / len(after)
                kept.setdefault(record.learner, ([], []))[0 if came else 1].append(mean)
    with_, without = (sum(len(pair[side]) for pair in kept.values()) for side in (0, 1))
    people = [sum(bool(pair[side]) for pair in kept.values()) for side in (0, 1)]
    counts = Effect(with_, without, people[0], people[1])
    if min(people) < LEAST:
        return counts
    whole = _difference(list(kept.values()))
    parts = [_difference([pair for other, pair in kept.items() if other != key]) for key in kept]
    count, middle = len(parts), sum(parts) / len(parts)
    spread = math.sqrt((count - 1) / count * sum((part - middle) ** 2 for part in parts))
    reach = float(stdtrit(count - 1, 0.975)) * spread
    return Effect(with_, without, people[0], people[1], whole, whole - reach, whole + reach)


def _difference(pairs: Sequence[tuple[list[float], list[float]]]) -> float:
    visited, others = ([value for pair in pairs for value in pair[side]] for side in (0, 1))
    return sum(visited) / len(visited) - sum(others) / len(others)
