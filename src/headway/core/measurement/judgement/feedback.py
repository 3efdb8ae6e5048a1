"""From what judges said of texts to what a writer and a class get back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from headway.core.measurement.judgement.aspects import ASPECTS
from headway.core.measurement.judgement.comparisons import Floats
from headway.core.measurement.judgement.marks import level_chances

MOST_PRAISED = 3
"""So many things that work are told to a writer; more would bury the next step."""
CLEAR = 0.6
"""A text is suggested as typical of a level from this probability on."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A judge said of a text that an aspect works, or that it is the writer's next step. ``text`` and ``judge`` are any
    keys; who says the same of a text twice has said it once."""

    text: str
    judge: str
    aspect: str
    works: bool


@dataclass(frozen=True, slots=True)
class Count:
    """In how many texts of a class an aspect was praised, and for how many it was asked."""

    aspect: str
    works: int
    asked: int


@dataclass(frozen=True, slots=True)
class ForWriter:
    """What one writer is told: aspects that work, the clearest first, and the next step ("" for none)."""

    works: tuple[str, ...]
    step: str


def counts_of(marks: Iterable[Mark]) -> tuple[Count, ...]:
    """Count texts, not taps, so that nobody who taps much speaks louder; what was asked for most comes first, then what
    was praised least. Aspects that nobody named are left out."""
    works: dict[str, set[str]] = defaultdict(set)
    asked: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        (works if mark.works else asked)[mark.aspect].add(mark.text)
    found = [Count(key, len(works[key]), len(asked[key])) for key in ASPECTS if works[key] or asked[key]]
    return tuple(sorted(found, key=lambda each: (-each.asked, each.works)))


def for_writers(marks: Sequence[Mark]) -> dict[str, ForWriter]:
    """What each writer is told, by text. Where judges differ about an aspect, more judges win and a tie is a next step;
    where several next steps are asked by as many judges, the one that the whole class needs most."""
    said: dict[str, dict[str, tuple[set[str], set[str]]]] = defaultdict(dict)
    for mark in marks:
        pair = said[mark.text].setdefault(mark.aspect, (set(), set()))
        pair[0 if mark.works else 1].add(mark.judge)
    rank = {count.aspect: k for k, count in enumerate(counts_of(marks))}
    return {text: _one(aspects, rank) for text, aspects in said.items()}


def _one(aspects: Mapping[str, tuple[set[str], set[str]]], rank: Mapping[str, int]) -> ForWriter:
    works = [key for key, (good, open_) in aspects.items() if len(good) > len(open_)]
    steps = [key for key in aspects if key not in works]
    works.sort(key=lambda key: (-len(aspects[key][0]), -rank[key]))
    steps.sort(key=lambda key: (-len(aspects[key][1]), rank[key]))
    return ForWriter(tuple(works[:MOST_PRAISED]), steps[0] if steps else "")


@dataclass(frozen=True, slots=True)
class Example:
    """A text that shows a level; ``named``: a teacher chose it, otherwise the scale suggests it."""

    level: int
    text: int
    named: bool


def examples_by_level(score: Floats, error: Floats, cuts: Floats, named: Mapping[int, int]) -> tuple[Example, ...]:
    """One text a level, the lowest first: the teacher's choice (``named``: index -> level; of several the surest), else the
    middle one of those that are of the level with a probability of at least :data:`CLEAR`: a typical text, not the strongest
    or the weakest of all. A level without one is left out."""
    out = []
    chances = level_chances(score, np.maximum(error, 1e-6), cuts)
    for level in range(len(cuts) + 1):
        chosen = [k for k, one in named.items() if one == level]
        free = [k for k in range(len(score)) if k not in named and chances[k, level] >= CLEAR]
        if chosen:
            out.append(Example(level, min(chosen, key=lambda k: float(error[k])), named=True))
        elif free:
            free.sort(key=lambda k: float(score[k]))
            out.append(Example(level, free[len(free) // 2], named=False))
    return tuple(out)
