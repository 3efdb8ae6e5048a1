"""What a visit did: the next answers of learners who were visited against comparable ones who were not.

A *moment* is one at which the board names somebody: wrong answers in a row, silence after one, three fast ones, ten tries without
getting there, a raised hand, a skill reached (:data:`REASONS`). Each kind is compared with itself. Whoever was visited within
five minutes of it is compared with whoever was not, by their first answers from five minutes after the moment on (a landmark:
Anderson, Cain & Gelber 1983). So nobody counts as not visited because they had recovered before anybody could come. Each answer
counts against the chance that the learner model gave it beforehand, so that an easier problem is no effect.

It stays a comparison of children whom teachers chose to visit with children whom they did not. It cannot show what would have
happened otherwise, and the page that shows it says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scipy.special import stdtrit

from headway.core.environment.attention import (
    MINUTE,
    QUIET_MINUTES,
    RAPID_COUNT,
    SPINNING_COUNT,
    SPINNING_RIGHT,
    STUCK_COUNT,
)
from headway.core.mastery.detectors.habits import RAPID
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


Reason = Literal["stuck", "quiet", "guessing", "spinning", "asked", "ready"]
REASONS: dict[Reason, Text] = {
    "stuck": T("two problems in a row wrong at first try, or three wrong tries in a row"),
    "quiet": T("a wrong answer, then three minutes of silence"),
    "guessing": T("three wrong tries in a row, faster than the problem can be read"),
    "spinning": T("ten tries at a skill, and at most half of the last eight right"),
    "asked": T("a raised hand"),
    "ready": T("a skill that was just reached"),
}
"""The kinds of moments, by the reason of the board that they are for."""
LAST = 8
"""Newest tries at a skill that are looked at, as the board does."""


@dataclass(frozen=True, slots=True)
class Try:
    """An answer at ``at`` (seconds since 1970), the chance that the problem was given beforehand, its skill, seconds taken, and
    whether it was the ``first`` try at it."""

    at: float
    right: bool
    expected: float
    skill: str = ""
    seconds: float = 60.0
    first: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One learner: answers, visits, raised hands and moments at which a skill was ``reached``, each the oldest first."""

    learner: str
    tries: tuple[Try, ...]
    visits: tuple[float, ...]
    hands: tuple[float, ...] = ()
    reached: tuple[float, ...] = ()


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
    """The moments of one learner who is stuck: the second of two wrong first answers in a row or the third wrong try in a row,
    and none within half an hour of the last."""
    firsts = [each for each in tries if each.first]
    pairs = (two.at for one, two in pairwise(firsts) if not (one.right or two.right) and two.at - one.at <= GAP)
    return _spaced(sorted({*pairs, *_run_of(tries, STUCK_COUNT)}))


def moments_for(record: Record, reason: Reason) -> list[float]:
    """The moments of one kind, and none within half an hour of the last of its kind."""
    if reason == "stuck":
        return moments(record.tries)
    if reason == "guessing":
        return _spaced(_run_of(record.tries, RAPID_COUNT, RAPID))
    if reason == "quiet":
        return _spaced(_silent(record.tries))
    if reason == "spinning":
        return _spaced(_spun(record.tries))
    return _spaced(record.hands if reason == "asked" else record.reached)


def _spaced(times: Iterable[float]) -> list[float]:
    out: list[float] = []
    for at in times:
        if not out or at - out[-1] > UNTIL:
            out.append(at)
    return out


def _run_of(tries: Sequence[Try], count: int, below: float = math.inf) -> Iterator[float]:
    """Where so many wrong answers in a row, each in fewer seconds, are reached or passed, without a long gap."""
    run, last = 0, -math.inf
    for each in tries:
        fresh = each.at - last <= GAP
        run = (run + 1 if fresh else 1) if not each.right and each.seconds < below else 0
        last = each.at
        if run >= count:
            yield each.at


def _silent(tries: Sequence[Try]) -> Iterator[float]:
    """Three minutes after a wrong answer that was followed by none until then, in the same lesson."""
    silence = QUIET_MINUTES * MINUTE
    return (one.at + silence for one, two in pairwise(tries) if not one.right and silence <= two.at - one.at < UNTIL)


def _spun(tries: Sequence[Try]) -> Iterator[float]:
    seen: dict[str, list[bool]] = {}
    for each in tries:
        if not each.first:
            continue
        own = seen.setdefault(each.skill, [])
        own.append(each.right)
        if len(own) >= SPINNING_COUNT and sum(own[-LAST:]) <= SPINNING_RIGHT:
            yield each.at


def effects_of(records: Sequence[Record]) -> dict[Reason, Effect]:
    """:func:`effect_of` for each reason of the board."""
    return {reason: effect_of(records, reason) for reason in REASONS}


def effect_of(records: Sequence[Record], reason: Reason = "stuck") -> Effect:
    """Compare visited with not visited moments of one kind. The interval leaves out one learner after the other (the jackknife by
    clusters), because answers of one child belong together; Student's t with one degree fewer than learners."""
    kept: dict[str, tuple[list[float], list[float]]] = {}
    for record in records:
        for at in moments_for(record, reason):
            after = [each for each in record.tries if each.first and at + LANDMARK <= each.at < at + UNTIL][:MOST]
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
