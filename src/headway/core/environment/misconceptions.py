"""The misconceptions of a class: who may hold which, how sure that is, and how it went week by week.

Two kinds of evidence meet. Answers have moved each learner's profile already (``core.profile.suspicion``): its live
suspects say what is believed now. Broken lines of a working move no profile (they are help, not tests), so they count here:
one problem with such a line is a hint, several are a habit. Whatever has not been seen for a month is not sure any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.mastery.kernels import DAY
from headway.core.profile.suspicion import Suspect

Sure = Literal["nearly", "likely", "perhaps"]
"""How sure it is that somebody holds a misconception now; in words, because a decimal would claim more."""
Trend = Literal["new", "up", "down", "steady", "quiet"]

WEEK = 7 * DAY
NEARLY, LIKELY, PERHAPS = 0.9, 0.7, 0.4
"""Probabilities of the profile from which it is called so; below the last nothing is said of the learner."""
OLD = 28 * DAY
"""Seconds after which a sign says ``perhaps`` at most."""
FRESH = 21 * DAY
"""Seconds in which a broken line speaks of now; the profile does not know it."""
SPAN = 2
"""Weeks that are compared with as many before them."""
_WEIGHT: dict[Sure, float] = {"nearly": 1.0, "likely": 0.8, "perhaps": 0.4}


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a learner showed a misconception in a week: ``problems`` with a wrong answer of it, or, where ``lines``
    says so, with a broken line of it. ``week`` counts from 0, the oldest; ``last_at`` is in seconds since 1970."""

    learner: str
    misconception: str
    week: int
    problems: int
    last_at: float
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """A learner who may hold a misconception now. ``answers`` and ``lines`` are the problems of the term in which an
    answer or a line showed it."""

    learner: str
    sure: Sure
    answers: int
    lines: int
    last_at: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One misconception in a class: who may hold it now, the surest first; ``earlier`` are those who showed it this term
    and are not believed to hold it now; ``weeks`` is how many learners showed it in each week, the oldest first."""

    id: str
    holders: tuple[Holder, ...]
    earlier: tuple[str, ...]
    weeks: tuple[int, ...]
    last_at: float

    @property
    def lines(self) -> bool:
        """Whether any of it rests on lines, not on answers alone."""
        return any(holder.lines for holder in self.holders)

    @property
    def trend(self) -> Trend:
        """The last two weeks against the two before."""
        recent, before = self.recent
        if not recent:
            return "quiet"
        if not any(self.weeks[:-SPAN]):
            return "new"
        return "steady" if abs(recent - before) <= 1 else "up" if recent > before else "down"

    @property
    def recent(self) -> tuple[int, int]:
        """The most learners in one week of the last two, and of the two before."""
        return max(self.weeks[-SPAN:], default=0), max(self.weeks[-2 * SPAN : -SPAN], default=0)


def findings(
    suspects: Mapping[str, Sequence[Suspect]], tallies: Sequence[Tally], *, weeks: int, now: float
) -> list[Finding]:
    """Put a class together: ``suspects`` are the live ones of each learner, ``tallies`` what was shown in each of
    ``weeks`` weeks. The misconception that most learners surely hold comes first; those that nobody holds now last."""
    shown: dict[str, dict[str, list[Tally]]] = {}
    for tally in tallies:
        shown.setdefault(tally.misconception, {}).setdefault(tally.learner, []).append(tally)
    live: dict[str, dict[str, Suspect]] = {}
    for learner, held in suspects.items():
        for suspect in held:
            if suspect.probability >= PERHAPS:
                live.setdefault(suspect.id, {})[learner] = suspect
    found = [_finding(key, live.get(key, {}), shown.get(key, {}), weeks, now) for key in dict.fromkeys((*live, *shown))]
    return sorted(found, key=lambda f: (-sum(_WEIGHT[h.sure] for h in f.holders), -f.last_at, f.id))


def _finding(
    key: str, live: Mapping[str, Suspect], shown: Mapping[str, Sequence[Tally]], weeks: int, now: float
) -> Finding:
    holders, earlier = [], []
    for learner in dict.fromkeys((*live, *shown)):
        holder = _holder(learner, live.get(learner), shown.get(learner, ()), now)
        if holder is None:
            earlier.append(learner)
        else:
            holders.append(holder)
    by_week = [set[str]() for _ in range(weeks)]
    for learner, tallies in shown.items():
        for tally in tallies:
            if 0 <= tally.week < weeks:
                by_week[tally.week].add(learner)
    return Finding(
        key,
        tuple(sorted(holders, key=lambda h: (-_WEIGHT[h.sure], -h.answers - h.lines, h.learner))),
        tuple(sorted(earlier)),
        tuple(map(len, by_week)),
        max((tally.last_at for tallies in shown.values() for tally in tallies), default=0.0),
    )


def _holder(learner: str, suspect: Suspect | None, tallies: Sequence[Tally], now: float) -> Holder | None:
    answers = sum(tally.problems for tally in tallies if not tally.lines)
    written = [tally for tally in tallies if tally.lines]
    fresh = sum(tally.problems for tally in written if now - tally.last_at < FRESH)
    last = max((tally.last_at for tally in tallies), default=suspect.at if suspect is not None else 0.0)
    said: list[Sure] = []
    if suspect is not None:
        said.append(sureness(suspect.probability))
    if fresh:
        said.append("nearly" if fresh > 2 else "likely" if fresh > 1 else "perhaps")
    if not said:
        return None
    sure: Sure = max(said, key=lambda word: _WEIGHT[word])
    return Holder(learner, "perhaps" if now - last > OLD else sure, answers, sum(t.problems for t in written), last)


def sureness(probability: float) -> Sure:
    """A probability of the profile in words."""
    return "nearly" if probability >= NEARLY else "likely" if probability >= LIKELY else "perhaps"
