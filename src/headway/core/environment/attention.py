"""Who needs an adult now: a documented ranking in which quiet struggle stands above idleness.

Each learner gives a :class:`Snapshot`. Every signal below either is silent or answers with an urgency from 0 to 100;
the learner's need is the most urgent one, told as a raised hand where there is one. Urgency is a base for the kind of
trouble, plus a part that grows with the evidence, up to a ceiling::

    urgency = min(ceiling, base + per_count * (count - least count) + per_minute * minutes)

The bands overlap on purpose: somebody stuck for ten minutes comes before a hand that went up five seconds ago.
Idleness has its ceiling below the base of every kind of struggle. The thresholds and their reasons are in
``docs/explanation/environment.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from headway.core.mastery.detectors.habits import (
    ADRIFT,
    ALONE,
    GUESSES,
    NO_HABITS,
    RUSHES,
    Habits,
    adrift,
    alone,
    guessed,
    rushed,
    without_effort,
)
from headway.core.mastery.detectors.odds import EARLIEST, SPINS
from headway.core.text import NOTHING, Text

MINUTE = 60.0
Code = Literal[
    "asked", "stuck", "quiet", "guessing", "spinning", "rushing", "alone", "hints", "adrift", "slipping", "coming", "ready",
    "idle"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Band:
    """The numbers of one signal: urgencies from 0 to 100, growth per count and per minute."""

    base: float
    per_count: float
    per_minute: float
    ceiling: float


BANDS: dict[Code, Band] = {
    "asked": Band(60, 2, 3, 100),
    "stuck": Band(50, 4, 2, 95),
    "quiet": Band(46, 3, 2, 72),
    "guessing": Band(44, 4, 1, 95),
    "spinning": Band(38, 1, 0, 48),
    "rushing": Band(34, 1, 0, 40),
    "alone": Band(32, 1, 0, 42),
    "hints": Band(30, 2, 0, 40),
    "adrift": Band(26, 1, 0, 32),
    "slipping": Band(22, 0, 1, 28),
    "coming": Band(18, 0, 0, 18),
    "ready": Band(16, 1, 0, 17),
    "idle": Band(5, 0, 1, 15),
}

LESSON = 45 * MINUTE
"""Somebody who gave no sign for a whole lesson is not here; a hand raised a lesson ago is stale."""
STUCK_COUNT = 3
"""Wrong answers in a row: as many as the loop allows on one step before it shows the solution."""
STUCK_MINUTES = 5.0
"""Time without a right answer while still trying. Middle-school problems here take about a minute."""
QUIET_MINUTES = 3.0
"""Silence after a wrong answer."""
RAPID_COUNT = 3
"""Wrong answers in a row, each faster than the question can be read (``core.mastery.detectors.habits.RAPID``)."""
SPINNING_COUNT = 10
"""First tries without mastery (Beck and Gong 2013, "Wheel-spinning: students who fail to master a skill")."""
SPINNING_RIGHT = 4
"""At most so many of the last eight right: less than a run of practice that is getting there."""
HINTS_COUNT = 3
"""Hints opened on one step."""
SLIPPING_COUNT = 2
"""Wrong in a row: not trouble yet."""
SLIPPING_MINUTES = 1.0
"""A second slip that is mended within a minute needs nobody."""
IDLE_MINUTES = 5.0
READY_MINUTES = 10.0
"""After a skill was reached: time to hear an explanation, and to give more."""
HUSH = 5 * MINUTE
"""After a visit the board leaves a learner alone for this long, unless a hand goes up."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One learner at one moment, as the profile and the help requests tell it.

    ``skill`` and ``problem`` are what they work on, in words and LaTeX; ``tries`` wrong answers to this step so far,
    ``hints`` opened on it; ``last_at`` the last sign of life (an answer or a start); ``wrong``, ``wrong_run``,
    ``stuck_since`` and ``rapid_run`` as in ``core.profile.Behaviour``; ``practised`` first answers to the skill ever,
    ``recent`` the last eight of them, newest last, ``spin`` the chance that it goes on without success, ``slip`` that the
    last miss was a slip (``core.mastery.detectors.odds``); ``habits`` of today; ``asked_at`` an open help request,
    ``coming_at`` when an adult said
    that they were on their way, ``visited_at`` the last visit. Times are epoch seconds, 0 means never. ``tried`` and
    ``missed`` are today's first answers and the wrong ones among them; ``corrected`` own mistakes mended without help;
    ``activities`` finished of today's ``goal``; ``reached`` titles of skills mastered today, the newest first, that one at
    ``reached_at``; ``away`` days since the practice before today, 0 if there was none.
    """

    learner: str
    skill: Text = NOTHING
    problem: Text = NOTHING
    misconception: Text = NOTHING
    activity: str = ""
    step: int = 0
    tries: int = 0
    hints: int = 0
    last_at: float = 0.0
    wrong: int = 0
    wrong_run: int = 0
    stuck_since: float = 0.0
    rapid_run: int = 0
    practised: int = 0
    recent: tuple[bool, ...] = ()
    mastered: bool = False
    spin: float = 0.0
    slip: float = 0.0
    habits: Habits = NO_HABITS
    asked_at: float = 0.0
    coming_at: float = 0.0
    visited_at: float = 0.0
    tried: int = 0
    missed: int = 0
    corrected: int = 0
    activities: int = 0
    goal: int = 0
    reached: tuple[Text, ...] = ()
    reached_at: float = 0.0
    away: float = 0.0


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of trouble with its urgency (0 to 100), the moment it began, and the count it rests on."""

    code: Code
    urgency: float
    since: float
    count: int = 0


def here(snapshot: Snapshot, now: float) -> bool:
    """Say whether the learner gave a sign of life within the last lesson."""
    return snapshot.last_at > 0 and now - snapshot.last_at < LESSON


def silent(snapshot: Snapshot, now: float) -> bool:
    """Say whether the learner has given no sign of life for :data:`QUIET_MINUTES`."""
    return now - snapshot.last_at >= QUIET_MINUTES * MINUTE


def signal_of(snapshot: Snapshot, now: float) -> Signal | None:
    """Return the most urgent trouble of one learner, or None."""
    s = snapshot
    coming = _coming(s, now)
    if coming is not None:
        return coming
    asked, seen = _asked(s, now), list[Signal | None]()
    if here(s, now) and not (0 < s.visited_at <= now < s.visited_at + HUSH):
        seen = [signal(s, now) for signal in SIGNALS]
    top = max((signal for signal in seen if signal is not None), key=lambda signal: signal.urgency, default=None)
    if top is not None and top.code == "stuck" and s.rapid_run >= _count(s):
        top = replace(top, code="guessing", count=s.rapid_run)  # as urgent as stuck, but it wants another thing done
    if asked is None or top is None:
        return asked or top
    return replace(asked, urgency=max(asked.urgency, top.urgency))


def rank(snapshots: Iterable[Snapshot], now: float) -> list[tuple[Snapshot, Signal]]:
    """Return who needs somebody, most urgent first; equal urgencies by who has waited longer, then by identifier."""
    pairs = [(snapshot, signal) for snapshot in snapshots if (signal := signal_of(snapshot, now)) is not None]
    return sorted(pairs, key=lambda pair: (-pair[1].urgency, pair[1].since, pair[0].learner))


def _signal(code: Code, now: float, since: float, count: int = 0, least: int = 0) -> Signal:
    band = BANDS[code]
    minutes = max(now - since, 0.0) / MINUTE if since else 0.0
    urgency = band.base + band.per_count * max(count - least, 0) + band.per_minute * minutes
    return Signal(code, min(urgency, band.ceiling), since, count)


def _count(s: Snapshot) -> int:
    """Wrong answers in a row, by whichever count sees more of them."""
    return max(s.wrong, s.tries, s.wrong_run)


def _open_request(s: Snapshot, now: float) -> bool:
    return s.asked_at > 0 and now - s.asked_at < LESSON and s.visited_at < s.asked_at


def _coming(s: Snapshot, now: float) -> Signal | None:
    """Somebody is on their way: known, and low, until the hush is over and they have not arrived."""
    if not _open_request(s, now) or s.coming_at < s.asked_at or now - s.coming_at >= HUSH:
        return None
    return _signal("coming", now, s.coming_at)


def _asked(s: Snapshot, now: float) -> Signal | None:
    return _signal("asked", now, s.asked_at, s.hints + s.tries) if _open_request(s, now) else None


def _stuck(s: Snapshot, now: float) -> Signal | None:
    if s.stuck_since == 0:
        return None
    count = _count(s)
    long = now - s.stuck_since >= STUCK_MINUTES * MINUTE and not silent(s, now)
    if count < STUCK_COUNT and not long:
        return None
    return _signal("stuck", now, s.stuck_since, count, STUCK_COUNT)


def _quiet(s: Snapshot, now: float) -> Signal | None:
    if s.stuck_since == 0 or not silent(s, now):
        return None
    return _signal("quiet", now, s.last_at, _count(s), 1)


def _guessing(s: Snapshot, now: float) -> Signal | None:
    count = max(s.rapid_run, guessed(s.habits))
    if s.rapid_run < RAPID_COUNT and count < GUESSES:
        return None
    return _signal("guessing", now, s.stuck_since or s.last_at, count, RAPID_COUNT)


def _spinning(s: Snapshot, now: float) -> Signal | None:
    if s.mastered:
        return None
    late = s.practised >= SPINNING_COUNT and sum(s.recent) <= SPINNING_RIGHT
    early = EARLIEST <= s.practised < SPINNING_COUNT and s.spin >= SPINS
    if not (late or early):
        return None
    return _signal("spinning", now, 0.0, s.practised - sum(s.recent), SPINNING_COUNT - SPINNING_RIGHT)


def _hints(s: Snapshot, now: float) -> Signal | None:
    return _signal("hints", now, 0.0, s.hints, HINTS_COUNT) if s.hints >= HINTS_COUNT else None


def _rushing(s: Snapshot, now: float) -> Signal | None:
    count = rushed(s.habits)
    return _signal("rushing", now, 0.0, count, RUSHES) if count >= RUSHES else None


def _alone(s: Snapshot, now: float) -> Signal | None:
    count = alone(s.habits)
    return _signal("alone", now, 0.0, count, ALONE) if count >= ALONE else None


def _adrift(s: Snapshot, now: float) -> Signal | None:
    return _signal("adrift", now, 0.0, without_effort(s.habits), ADRIFT) if adrift(s.habits) else None


def _slipping(s: Snapshot, now: float) -> Signal | None:
    count = _count(s)
    if count < SLIPPING_COUNT or s.stuck_since == 0 or now - s.stuck_since < SLIPPING_MINUTES * MINUTE:
        return None
    return _signal("slipping", now, s.stuck_since, count)


def _ready(s: Snapshot, now: float) -> Signal | None:
    """A skill reached minutes ago, and nobody has been there since."""
    if not s.reached_at or s.visited_at >= s.reached_at or now - s.reached_at >= READY_MINUTES * MINUTE:
        return None
    return _signal("ready", now, s.reached_at, len(s.reached), 1)


def _idle(s: Snapshot, now: float) -> Signal | None:
    return _signal("idle", now, s.last_at) if now - s.last_at >= IDLE_MINUTES * MINUTE else None


SIGNALS: tuple[Callable[[Snapshot, float], Signal | None], ...] = (
    _stuck,
    _quiet,
    _guessing,
    _spinning,
    _rushing,
    _alone,
    _hints,
    _adrift,
    _slipping,
    _ready,
    _idle,
)
"""What is looked at in somebody who is here, beside a raised hand."""
