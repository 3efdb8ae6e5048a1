"""Response logs as columns: what models are fitted on and measured with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.metrics import Labels

Longs = NDArray[np.int64]
STEP_SECONDS = 60.0
"""Without time stamps a learner's responses are taken to be a minute apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """N responses sorted by learner and order; rows of one learner are together.

    ``students`` int64 [L] are the learners' ids, sorted, and ``starts`` int64 [L + 1] where their rows begin;
    ``item`` int32 [N] and the flat lists ``skills_at`` [N + 1], ``skills`` are numbered from 0 up to ``items`` and
    ``skill_count``; ``at`` float64 [N] are seconds, ``timed`` says that they were measured. ``item_ids`` and
    ``skill_ids`` are the numbers' names in the source. ``helped`` int8 [N] says whether hints were taken and
    ``seconds`` float32 [N] how long the response took, 0 where that is not known.
    """

    students: Longs
    starts: Longs
    item: Ints
    skills_at: Longs
    skills: Ints
    correct: Labels
    at: Floats
    timed: bool
    item_ids: Longs
    skill_ids: Longs
    helped: Labels
    seconds: NDArray[np.float32]

    @property
    def items(self) -> int:
        """How many different items there are."""
        return len(self.item_ids)

    @property
    def skill_count(self) -> int:
        """How many different skills there are."""
        return len(self.skill_ids)

    def rows_of(self, chosen: Longs) -> NDArray[np.bool_]:
        """Return a mask [N] of the rows of the chosen learners (ids)."""
        return np.repeat(np.isin(self.students, chosen), np.diff(self.starts))


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """A column of lists: all their members in a row, and how long each list is."""

    flat: NDArray[Any]
    lengths: Longs

    def __len__(self) -> int:
        return len(self.lengths)


def frame_of(
    columns: Mapping[str, Any], *, item_ids: Longs | None = None, skill_ids: Longs | None = None, before: int = 0
) -> Frame:
    """Build a frame from columns ``student``, ``skill`` or ``skills`` (a list a row, or ``Lists``), ``correct`` and, where
    known, ``order``, ``item``, ``timestamp_ms``, ``hints``, ``seconds``. Without ``item`` the skill serves as the item.

    Where the rows are a part of a log, ``item_ids`` and ``skill_ids`` are the sorted ids of the whole log and ``before`` the
    rows in front of them. Raises ValueError naming the column that is missing, has another length, or holds what it must not.
    """
    for name in ("student", "correct"):
        if name not in columns:
            raise ValueError(f"the response log has no column {name!r}; it needs student, skill or skills, correct")
    if "skill" not in columns and "skills" not in columns:
        raise ValueError("the response log has neither a column 'skill' nor 'skills'")
    student, correct = np.asarray(columns["student"]), np.asarray(columns["correct"])
    count = len(student)
    short = [name for name, values in columns.items() if len(values) != count]
    if short or count == 0:
        raise ValueError(f"column {short[0]!r} has another length than student" if short else "the log has no rows")
    if not np.isin(correct, (0, 1)).all():
        raise ValueError("column 'correct' holds something other than 0 and 1")
    order = np.asarray(columns["order"]) if "order" in columns else np.arange(count)
    rows = np.lexsort((order, student))
    lists = _lists(columns.get("skills", columns.get("skill")))
    if (lists.lengths == 0).any():
        raise ValueError(f"row {int(np.argmin(lists.lengths))} of the response log has no skill")
    skill_ids, skill = _numbered(lists.flat, skill_ids)
    skills_at, skills = _sorted_lists(skill, lists.lengths, rows)
    source = columns.get("item", columns.get("skill"))
    item_ids, item = _numbered(np.asarray(source if source is not None else skills[skills_at[:-1]]), item_ids)
    students, starts = np.unique(student[rows], return_index=True)
    timed = "timestamp_ms" in columns
    at = np.asarray(columns["timestamp_ms"])[rows] / 1000.0 if timed else (before + np.arange(count)) * STEP_SECONDS
    return Frame(
        students.astype(np.int64),
        np.append(starts, count).astype(np.int64),
        item[rows],
        skills_at,
        skills,
        correct[rows].astype(np.int8),
        at.astype(np.float64),
        timed,
        item_ids.astype(np.int64),
        skill_ids.astype(np.int64),
        (np.asarray(columns.get("hints", np.zeros(count, np.int8)))[rows] > 0).astype(np.int8),
        np.asarray(columns.get("seconds", np.zeros(count, np.float32)))[rows].astype(np.float32),
    )


def _numbered(values: NDArray[Any], ids: Longs | None) -> tuple[NDArray[Any], Ints]:
    """Return sorted ids and the values' numbers among them."""
    if ids is None:
        found, number = np.unique(values, return_inverse=True)
        return found, number.astype(np.int32)
    return ids, np.searchsorted(ids, values).astype(np.int32)


def _lists(column: Any) -> Lists:
    if isinstance(column, Lists):
        return column
    if len(column) and isinstance(column[0], (Sequence, np.ndarray)):
        lengths = np.array([len(each) for each in column], np.int64)
        return Lists(np.concatenate([np.asarray(each, np.int64) for each in column]), lengths)
    return Lists(np.asarray(column, np.int64), np.ones(len(column), np.int64))


def _sorted_lists(flat: Ints, lengths: Longs, rows: Longs) -> tuple[Longs, Ints]:
    """Put lists of different lengths into the order of ``rows``."""
    begins = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    offsets = np.concatenate([[0], np.cumsum(lengths[rows])]).astype(np.int64)
    within = np.arange(len(flat)) - np.repeat(offsets[:-1], lengths[rows])
    return offsets, flat[np.repeat(begins[rows], lengths[rows]) + within]


def split(frame: Frame, seed: int) -> tuple[Longs, Longs]:
    """Return the training and the test learners of a log, see :func:`split_of`."""
    return split_of(frame.students, seed)


def split_of(students: Longs, seed: int) -> tuple[Longs, Longs]:
    """Return training and test learners: the first 80 % and the rest of ``RandomState(seed).permutation`` of the
    sorted ids."""
    mixed = np.random.RandomState(seed).permutation(students)
    cut = int(0.8 * len(mixed))
    return np.sort(mixed[:cut]), np.sort(mixed[cut:])
