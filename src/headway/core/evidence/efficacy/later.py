"""Later success: the one outcome that all effects from the everyday log speak of.

A learner's next first answers count against what was foreseen for each *before* the thing happened: right (1 or 0) less the
chance that the ability of then and the item's difficulty give. So easier problems afterwards are no success, and harder ones no
failure. The ability is a running one-parameter logistic estimate from the answers alone, not the belief of the model that serves:
no policy can look good by moving what it is judged by. Where it is a little wrong, the comparison takes that away, because what
would otherwise have been given is held against the same forecast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.kernels import DAY

Longs = NDArray[np.int64]
NEXT, LEAST, WITHIN = 10, 5, 14 * DAY
"""First answers that count, how many of them there must be, and the seconds within which they are given."""
EARLY, RESTLESS = 2.0, 0.02
"""Standard deviation in logits of a newcomer's ability about a middle item, and variance that an answer adds: ability moves."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """First answers [N], a learner's together and in the order in which they were given (see :func:`in_order`). ``learner``
    numbers from 0; ``at`` seconds since 1970; ``right`` 1 where it was right without help, else 0; ``hard`` difficulty in logits;
    ``item`` and ``task`` number the item and the activity that it was given in."""

    learner: Longs
    at: Floats
    right: Floats
    hard: Floats
    item: Longs
    task: Longs

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True, eq=False)
class Later:
    """What followed each of D moments: ``outcome`` [D], the mean of right less foreseen over the next answers (nan where there
    are too few), and what was known before: ``known`` [D, 4] holds the running ability, the learner's last answers against
    their forecast, how many there were (log), and seconds since the last one (log)."""

    outcome: Floats
    known: Floats


def in_order(answers: Answers) -> Answers:
    """The answers by learner and time."""
    order = np.lexsort((answers.at, answers.learner))
    return Answers(*(getattr(answers, name)[order] for name in Answers.__dataclass_fields__))


@compiled
def _running(
    learner: Longs, right: Floats, hard: Floats, centre: float, early: float, restless: float
) -> tuple[Floats, Floats]:
    """Ability before each answer, and what was foreseen for it. Nothing of an answer is in its own "before", the item neither."""
    count = len(learner)
    before, foreseen = np.zeros(count), np.zeros(count)
    theta, variance = centre, early
    for i in range(count):
        if i == 0 or learner[i] != learner[i - 1]:
            theta, variance = centre, early
        before[i] = theta
        chance = 1.0 / (1.0 + np.exp(hard[i] - theta))
        foreseen[i] = chance
        variance = 1.0 / (1.0 / (variance + restless) + chance * (1.0 - chance))
        theta += variance * (right[i] - chance)
    return before, foreseen


def running(answers: Answers) -> tuple[Floats, Floats]:
    """The ability before each answer and the chance that it gives for it [N]; see :class:`Answers` for their order."""
    centre = float(answers.hard.mean()) if len(answers) else 0.0
    return _running(answers.learner, answers.right, answers.hard, centre, EARLY**2, RESTLESS)


@dataclass(frozen=True, slots=True)
class Span:
    """Which answers count: ``answers`` of them, at least ``least``, within so many seconds; with ``own`` the first activity after
    the moment is left out, because that is the thing itself."""

    answers: int = NEXT
    least: int = LEAST
    within: float = WITHIN
    own: bool = True


USUAL = Span()


def after(answers: Answers, learner: Longs, at: Floats, span: Span = USUAL, *, until: Floats | None = None) -> Later:
    """What followed D moments of learners at times [D]. What is foreseen and known is of the moment; answers count from
    ``until`` [D] on where a thing takes longer than one activity."""
    count, size = len(answers), len(learner)
    if count == 0 or size == 0:
        return Later(np.full(size, np.nan), np.zeros((size, 4)))
    before, foreseen = running(answers)
    first = _first(answers, learner, at)
    place = np.minimum(first, count - 1)
    theta = np.where(first < count, before[place], 0.0)
    start = first if until is None else _first(answers, learner, until)
    if span.own:
        start = np.where(start < count, _past(answers)[np.minimum(start, count - 1)], count)
    total, seen = np.zeros(size), np.zeros(size)
    for step in range(span.answers):
        row = np.minimum(start + step, count - 1)
        good = (start + step < count) & (answers.learner[row] == learner) & (answers.at[row] - at <= span.within)
        chance = 1.0 / (1.0 + np.exp(answers.hard[row] - theta))
        total += np.where(good, answers.right[row] - chance, 0.0)
        seen += good
    there = (first < count) & (answers.learner[place] == learner) & (seen >= span.least)
    outcome = np.where(there, total / np.maximum(seen, 1.0), np.nan)
    return Later(outcome, _known(answers, foreseen, learner, at, first, theta))


def _first(answers: Answers, learner: Longs, at: Floats) -> Longs:
    """The row of the first answer after each moment, or of the next learner's first one [D]."""
    base = float(min(answers.at.min(), at.min()))
    wide = float(max(answers.at.max(), at.max())) - base + 1.0
    keys = answers.learner * wide + (answers.at - base)
    return np.searchsorted(keys, learner * wide + (at - base), side="right").astype(np.int64)


def _past(answers: Answers) -> Longs:
    """For each answer the row after the last one of the same activity in a row [N]."""
    new = np.ones(len(answers), np.bool_)
    new[1:] = (np.diff(answers.learner) != 0) | (np.diff(answers.task) != 0)
    starts = np.flatnonzero(new)
    out: Longs = np.append(starts[1:], len(answers))[np.cumsum(new) - 1].astype(np.int64)
    return out


def _known(answers: Answers, foreseen: Floats, learner: Longs, at: Floats, first: Longs, theta: Floats) -> Floats:
    """What was known before each moment, [D, 4]."""
    rest = np.append(0.0, np.cumsum(answers.right - foreseen))
    begin = np.searchsorted(answers.learner, learner, side="left")
    some = np.minimum(first - begin, NEXT)
    recent = (rest[first] - rest[first - some]) / np.maximum(some, 1)
    last = np.where(some > 0, at - answers.at[np.maximum(first - 1, 0)], WITHIN)
    return np.column_stack([theta, recent, np.log1p(first - begin), np.log1p(np.maximum(last, 0.0))])
