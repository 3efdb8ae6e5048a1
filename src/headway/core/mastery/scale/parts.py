"""A log in parts of whole learners: what a fit asks of it, and the log in memory that answers.

A fit never sees the log. It hands functions to ``Parts.each``, which gives back what they return for each part, in the order
of the parts; sums are taken in that order. So a fit comes out the same, bit for bit, wherever the parts lie and whoever works
on them: in memory here, on disk and on a cluster in the command line's ``fit_store``. How a log is cut depends on the log alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from headway.core.mastery.features import Features
from headway.core.mastery.frame import Frame, Longs

PART_ROWS = 262_144
"""Responses of a part; the last learner in it is not cut, so that it may hold some more."""

Given = TypeVar("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some learners of a log: their rows as a frame whose items and skills are numbered as in the whole log, a mask [N] of
    the rows to fit on, and what ``Parts.describe`` made of them."""

    frame: Frame
    train: NDArray[np.bool_]
    features: Features | None = None

    @property
    def described(self) -> Features:
        """The features. Raises ValueError before they were made."""
        if self.features is None:
            raise ValueError("the parts are not described yet: call Parts.describe first")
        return self.features


class Parts(Protocol):
    """A log that is cut into parts. ``items`` and ``skill_count`` count the whole log."""

    @property
    def items(self) -> int: ...

    @property
    def skill_count(self) -> int: ...

    @property
    def timed(self) -> bool: ...

    def describe(self, work: Callable[[Frame], Features]) -> None:
        """Make the features of all parts and keep them."""

    def each(self, work: Callable[[Part, Given], Result], given: Given) -> Iterator[Result]:
        """Yield what ``work`` returns for each part, in the order of the parts. ``work`` and ``given`` may have to travel to
        another machine: a function of a module, and plain data."""


def cuts(starts: Longs, size: int = PART_ROWS) -> list[tuple[int, int]]:
    """Return first and last + 1 learner of each part; ``starts`` [L + 1] are the rows where learners begin.

    Each part holds the fewest learners that have ``size`` rows or more; the last one what is left.
    """
    found, first, learners = [], 0, len(starts) - 1
    while first < learners:
        last = min(int(np.searchsorted(starts, starts[first] + size)), learners)
        found.append((first, last))
        first = last
    return found


def part_of(frame: Frame, first: int, last: int) -> Frame:
    """Return the learners from ``first`` up to ``last`` as a frame with the whole log's numbers; columns are views."""
    begin, end = int(frame.starts[first]), int(frame.starts[last])
    low, high = int(frame.skills_at[begin]), int(frame.skills_at[end])
    return replace(
        frame,
        students=frame.students[first:last],
        starts=frame.starts[first : last + 1] - begin,
        item=frame.item[begin:end],
        skills_at=frame.skills_at[begin : end + 1] - low,
        skills=frame.skills[low:high],
        correct=frame.correct[begin:end],
        at=frame.at[begin:end],
        helped=frame.helped[begin:end],
        seconds=frame.seconds[begin:end],
    )


def skill_of_items(parts: Parts) -> Longs:
    """Return the first skill of each item [items], as its last response has it; 0 for an item without responses."""
    found = np.zeros(parts.items, np.int64)
    for some in parts.each(_first_skills, None):
        found = np.where(some >= 0, some, found)
    return found


def _first_skills(part: Part, given: None) -> Longs:
    of = np.full(part.frame.items, -1, np.int64)
    of[part.frame.item] = part.frame.skills[part.frame.skills_at[:-1]]
    return of


def chosen(frame: Frame, learners: NDArray[np.bool_]) -> Frame:
    """Return the rows of some learners (a mask [L]) as a frame with the same numbers."""
    places = np.flatnonzero(learners).tolist()
    if not places:
        return part_of(frame, 0, 0)
    return joined([part_of(frame, place, place + 1) for place in places])


def joined(frames: Sequence[Frame]) -> Frame:
    """Return frames with the same numbers of items and skills, one after the other, as one."""

    def ends(column: str) -> NDArray[np.int64]:
        lengths = [np.diff(getattr(frame, column)) for frame in frames]
        return np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)

    def column(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(frame, name) for frame in frames])

    return replace(
        frames[0],
        starts=ends("starts"),
        skills_at=ends("skills_at"),
        students=column("students"),
        item=column("item"),
        skills=column("skills"),
        correct=column("correct"),
        at=column("at"),
        helped=column("helped"),
        seconds=column("seconds"),
    )


class InMemory:
    """The parts of a frame. ``train`` [N] are the rows of the learners to fit on, ``features`` those that exist already."""

    def __init__(
        self, frame: Frame, train: NDArray[np.bool_], features: Features | None = None, *, size: int = PART_ROWS
    ) -> None:
        self.items, self.skill_count, self.timed = frame.items, frame.skill_count, frame.timed
        self._parts = []
        for first, last in cuts(frame.starts, size):
            begin, end = frame.starts[first], frame.starts[last]
            flat = slice(int(frame.skills_at[begin]), int(frame.skills_at[end]))
            some = features and Features(features.dense[begin:end], features.tries[flat], features.right[flat])
            self._parts.append(Part(part_of(frame, first, last), train[begin:end], some))

    def describe(self, work: Callable[[Frame], Features]) -> None:
        """Make the features of all parts."""
        self._parts = [replace(part, features=work(part.frame)) for part in self._parts]

    def each(self, work: Callable[[Part, Given], Result], given: Given) -> Iterator[Result]:
        """Work on one part after another."""
        for part in self._parts:
            yield work(part, given)
