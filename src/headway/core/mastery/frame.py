"""Response logs as columns: what models are fitted on and measured with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.columns import Lists as Lists
from headway.core.mastery.columns import Longs as Longs
from headway.core.mastery.columns import (
    as_columns,
    ids_of,
    lists_of,
    numbers_of,
    outcomes_of,
    refuse_doubles,
    refuse_time_going_back,
)
from headway.core.mastery.metrics import Labels

Ids = NDArray[Any]
"""Names in the source: int64 or text."""
TRAIN = 0.8
"""Share of the learners that a fit trains on."""
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
    item_ids: Ids
    skill_ids: Ids
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


def frame_of(table: Any, *, item_ids: Ids | None = None, skill_ids: Ids | None = None, before: int = 0) -> Frame:
    """Build a frame from a mapping of columns, or a Polars or pandas frame.

    Columns are ``student``, ``skill`` or ``skills`` (a list a row, or ``Lists``), ``correct`` and, where known, ``order``,
    ``item``, ``timestamp_ms``, ``hints``, ``seconds``; others are left out. Ids are whole numbers or text. Rows may come in any
    order: ``order`` sorts a student's, else the time does, else they stay as they are. Without ``item`` the (first) skill
    serves as the item.

    Where the rows are a part of a log, ``item_ids`` and ``skill_ids`` are the sorted ids of the whole log and ``before`` the
    rows in front of them. Raises ValueError naming the column, the row (from 1) and how to mend it.
    """
    columns = as_columns(table)
    student, correct = ids_of("student", columns["student"]), outcomes_of(columns["correct"])
    if student.dtype.kind == "U":
        student = np.unique(student, return_inverse=True)[1].astype(np.int64)
    count, timed = len(student), "timestamp_ms" in columns
    at = numbers_of("timestamp_ms", columns["timestamp_ms"]) / 1000.0 if timed else np.zeros(count)
    order = numbers_of("order", columns["order"]) if "order" in columns else at
    rows = np.lexsort((order, student))
    if "order" in columns:
        refuse_doubles(student, order, rows)
    refuse_time_going_back(student, at, rows)
    lists = lists_of(columns)
    skill_ids, skill = _numbered(lists.flat, skill_ids)
    skills_at, skills = _sorted_lists(skill, lists.lengths, rows)
    source = columns.get("item", columns.get("skill"))
    firsts = np.cumsum(lists.lengths) - lists.lengths
    item_ids, item = _numbered(ids_of("item", source) if source is not None else lists.flat[firsts], item_ids)
    students, starts = np.unique(student[rows], return_index=True)
    nothing = np.zeros(count)
    return Frame(
        students.astype(np.int64),
        np.append(starts, count).astype(np.int64),
        item[rows],
        skills_at,
        skills,
        correct[rows],
        at[rows] if timed else (before + np.arange(count, dtype=np.float64)) * STEP_SECONDS,
        timed,
        item_ids,
        skill_ids,
        (numbers_of("hints", columns.get("hints", nothing), unknown=0.0)[rows] > 0).astype(np.int8),
        numbers_of("seconds", columns.get("seconds", nothing), unknown=0.0)[rows].astype(np.float32),
    )


def _numbered(values: Ids, ids: Ids | None) -> tuple[Ids, Ints]:
    """Return sorted ids and the values' numbers among them."""
    if ids is None:
        found, number = np.unique(values, return_inverse=True)
        return found, number.astype(np.int32)
    return ids, np.searchsorted(ids, values).astype(np.int32)


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
    cut = int(TRAIN * len(mixed))
    return np.sort(mixed[:cut]), np.sort(mixed[cut:])
