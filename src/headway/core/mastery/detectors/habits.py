"""How somebody has been answering lately: three short rows of bits and a count, moved by each response.

A bit is set by a response that is too fast to be an attempt, by hints opened faster than they can be read, and by a wrong
answer after a long absence; wrong tries without help are counted until help is taken. A slow right answer sets none, and
neither does a fast right one without hints. Whoever shows nothing of it has the empty state, so that it costs nothing to keep.
Definitions, thresholds and measured accuracy are in ``docs/explanation/detectors.md``.
"""

from __future__ import annotations

from typing import NamedTuple

from headway.core.events import Response

RAPID = 3.0
"""Seconds below which a wrong first answer is called rapid: shorter than reading one sentence takes (Wise and Kong,
"Response time effort", Applied Measurement in Education 18, 2005, use 3 to 5 s)."""
HINT = 3.0
"""Seconds that reading one hint takes at least. Hints opened faster than that are clicked through (Aleven, McLaren, Roll
and Koedinger 2006 call it clicking through hints; Baker, Corbett, Koedinger and Wagner 2004 help abuse)."""
CLICKED = 2
"""Hints on one step from which on clicking through is counted: one may have been opened by mistake."""
ABSENT = 300.0
"""Seconds on one try from which on the time was hardly spent on it; the board calls the same five minutes idle. Baker (2007)
found 80 s the best line for short steps of a tutor; a whole problem on paper takes longer."""
SLOW = 3.0
"""And this many times what the same learner usually takes today: slowness is not absence."""
WINDOW, MOST = 10, 63
_LAST, _NEWEST = (1 << WINDOW) - 1, (1 << WINDOW // 2) - 1

GUESSES = 4
"""Rapid wrong answers among the last ten. Wise and Kong (2005) call a test invalid from one in ten; practice is not a test."""
RUSHES = 4
"""Of the last ten responses, with hints clicked through or a wrong try repeated at once."""
ALONE = 15
"""Wrong first or second tries, none of them rapid, since a hint was last opened before the last try. Who seeks help opens one
sooner: one hint ends the count. A right answer neither adds to it nor ends it, because nobody needs help for it."""
ADRIFT = 5
"""Of the last ten responses, without effort in any of the ways above or after an absence."""


class Habits(NamedTuple):
    """Bits, newest lowest: ``rapid``, ``rushed`` and ``idle`` of the last ten responses; ``alone`` counts wrong tries since
    help was last taken, ``MOST`` at most."""

    rapid: int = 0
    rushed: int = 0
    alone: int = 0
    idle: int = 0


NO_HABITS = Habits()


def reading_time(mean_seconds: float) -> float:
    """Return the normative threshold NT10 in seconds: a tenth of an item's mean time, 10 s at most (Wise and Ma 2012), for
    logs in which items' times are known."""
    return min(0.1 * max(mean_seconds, 0.0), 10.0)


def observe(habits: Habits, response: Response, last_at: float, usual: float = 0.0, rapid: float = RAPID) -> Habits:
    """Return the habits after a response. ``last_at`` is when the one before came (epoch seconds, 0: none), ``usual`` the mean
    seconds of the learner's responses before it today (0: none), ``rapid`` the seconds within which nobody can have read the
    question. Answers that had been shown say nothing."""
    if response.shown:
        return habits
    total, again = response.seconds, response.attempt > 1
    seconds = min(total, max(response.at - last_at, 0.0)) if again and last_at > 0.0 else total
    wrong = not response.correct
    fast = wrong and 0.0 < seconds < rapid
    rushed = (again and fast) or (response.hints >= CLICKED and 0.0 < total < HINT * response.hints)
    alone = _alone(habits.alone, response, fast)
    idle = wrong and seconds >= ABSENT and seconds >= SLOW * usual
    if not (rushed or fast or alone or idle) and habits == NO_HABITS:
        return NO_HABITS
    return Habits(
        habits.rapid << 1 & _LAST | (fast and not again),
        habits.rushed << 1 & _LAST | rushed,
        alone,
        habits.idle << 1 & _LAST | idle,
    )


def _alone(before: int, response: Response, fast: bool) -> int:
    """The count of wrong tries without help after a response. The last try says nothing: then everybody takes a hint."""
    if response.attempt > 2:
        return before
    if response.hints > 0:
        return 0
    return before if response.correct or fast else min(before + 1, MOST)


def guessed(habits: Habits) -> int:
    """How many of the last ten responses were rapid wrong ones: rapid guessing from ``GUESSES`` on."""
    return habits.rapid.bit_count()


def rushed(habits: Habits) -> int:
    """How many of the last ten responses came by clicking through hints or trying again at once: gaming from ``RUSHES`` on."""
    return habits.rushed.bit_count()


def alone(habits: Habits) -> int:
    """How many wrong tries were made since help was last taken: help avoidance from ``ALONE`` on."""
    return habits.alone


def without_effort(habits: Habits) -> int:
    """How many of the last ten responses were made without effort."""
    return (habits.rapid | habits.rushed | habits.idle).bit_count()


def adrift(habits: Habits) -> bool:
    """Say whether effort is low and not recovering: ``ADRIFT`` of the last ten without it, at least half of them among the
    last five."""
    slack = habits.rapid | habits.rushed | habits.idle
    return slack.bit_count() >= ADRIFT and 2 * (slack & _NEWEST).bit_count() >= slack.bit_count()
