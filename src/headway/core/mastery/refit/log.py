"""A response log as the refit reads it: whole learners in chunks, so that memory does not grow with the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.metrics import Labels

Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
NOT_READ: Ints = np.zeros(0, np.int32)
NOT_READ.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """All responses of L learners, N rows, a learner's rows together and in the order in which the loop handled them.

    ``learner`` int64 [L] are the learners' numbers in the whole log and ``starts`` int64 [L + 1] where their rows begin;
    ``mean`` and ``variance`` [L] are overall ability before the first row. ``item`` int32 [N] is the item's number in the
    curriculum, -1 if it has none; then ``loose`` float64 [N] is its difficulty. ``skills_at`` int64 [N + 1] and
    ``skills`` int32 are the skills' numbers. ``counted`` bool [N] says that a row is a first, unrevealed answer of
    practice, which is what is predicted; an answer of a screening moves the state, but is not counted. ``attempt``
    from 1, ``hints``, ``shown``, ``correct``; ``at`` seconds since 1970. ``given`` int32 [N] numbers the wrong answers, -1
    where the row is right or the answer is not known; it is empty where nobody has looked.
    """

    learner: Longs
    starts: Longs
    mean: Floats
    variance: Floats
    item: Ints
    loose: Floats
    skills_at: Longs
    skills: Ints
    correct: Labels
    attempt: NDArray[np.int16]
    hints: NDArray[np.int16]
    shown: Flags
    counted: Flags
    at: Floats
    given: Ints = field(default_factory=lambda: NOT_READ)


Log = Sequence[Chunk]
"""Chunks may lie on a disk: the refit goes through them one after the other, many times."""

NAMES = tuple(Chunk.__dataclass_fields__)
"""The columns, as they are stored."""


def solved(chunk: Chunk) -> Floats:
    """Return [N] whether each row was right without help: what the model predicts."""
    out: Floats = ((chunk.correct == 1) & (chunk.hints == 0)).astype(np.float64)
    return out
