"""One day as data: who is ready for what, who may open what, what the day has of everything, and a plan of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DEVICE, OVERFLOW = -1, -2
"""Kinds of a choice that need no session: work on a device, and a seat without a task."""


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """A scheduling problem: S learners, T blocks, C choices, K kinds of session, P crews.

    A *choice* is a seat that a learner could take: ``learner`` [C], ``kind`` [C] (0..K-1, DEVICE or OVERFLOW), ``item`` [C] (the
    ready skill or project, numbered within the learner, at most once in their day; -1 for overflow) and ``gain`` [C], what it is
    expected to bring. A *kind* is one skill in one modality: ``modalities`` [K], ``skills`` [K], ``largest`` and ``smallest`` [K]
    learners of one session, ``large`` [K] whether it needs one of the ``rooms`` [T]. ``openings`` [O, 2] are the pairs
    (crew, kind) that may open; ``adults`` [P, T] is how many of a crew are there; ``devices`` [T] seats.
    ``device_limit`` is the most device seats in one learner's day.
    """

    learners: int
    blocks: int
    learner: Ints
    kind: Ints
    item: Ints
    gain: Floats
    modalities: tuple[str, ...]
    skills: Ints
    largest: Ints
    smallest: Ints
    large: Flags
    openings: Ints
    adults: Ints
    rooms: Ints
    devices: Ints
    device_limit: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """``seats`` [T, S] is each learner's choice in each block (-1: overflow for which the day has no choice); ``sessions`` [T, O]
    is how many sessions of each opening run."""

    seats: Ints
    sessions: Ints
