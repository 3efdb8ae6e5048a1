"""Logs with a known truth: learners who answer as ``gaussian-1`` expects, but for what is planted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from headway.core.curriculum.catalogue import Curriculum, Floats
from headway.core.mastery.refit.log import Chunk
from tests.core.small import DAY, MONDAY


def planted(
    curriculum: Curriculum,
    *,
    learners: int = 120,
    each: int = 80,
    seed: int = 0,
    items: Floats | None = None,
    skills: Floats | None = None,
    turned: int = -1,
) -> Chunk:
    """Each learner answers ``each`` items at random over twelve weeks, item after item of six skills of their own.

    ``items`` [I] and ``skills`` [S] are added to the difficulty and to the ability; the item ``turned`` is solved by those
    who should not. The chance is logistic in an ability that does not change.
    """
    rng = np.random.default_rng(seed)
    items = np.zeros(len(curriculum.items)) if items is None else items
    skills = np.zeros(len(curriculum.skills)) if skills is None else skills
    count, c = learners * each, curriculum
    level = np.repeat(rng.normal(2.4, 0.9, learners), each)
    own = rng.normal(0.0, 0.7, (learners, len(c.skills)))
    item = rng.integers(len(c.items), size=count).astype(np.int32)
    at = np.sort(rng.uniform(MONDAY, MONDAY + 84 * DAY, (learners, each)), axis=1).ravel()
    owner = np.repeat(np.arange(learners), each)
    lists = [c.item_skills[c.item_skills_at[n] : c.item_skills_at[n + 1]] for n in range(len(c.items))]
    ability = np.array([(own[who, lists[n]] + skills[lists[n]]).mean() for who, n in zip(owner, item, strict=True)])
    gap = level + ability - c.difficulty[item] - items[item]
    gap = np.where(item == turned, -2.0 * gap, gap)
    correct = (rng.random(count) < 1.0 / (1.0 + np.exp(-gap))).astype(np.int8)
    lengths = np.array([len(lists[n]) for n in item])
    return Chunk(
        learner=np.arange(learners),
        starts=np.arange(0, count + 1, each),
        mean=np.full(learners, 2.4),
        variance=np.ones(learners),
        item=item,
        loose=np.zeros(count),
        skills_at=np.concatenate([[0], np.cumsum(lengths)]),
        skills=np.concatenate([lists[n] for n in item]).astype(np.int32),
        correct=correct,
        attempt=np.ones(count, np.int16),
        hints=np.zeros(count, np.int16),
        shown=np.zeros(count, bool),
        counted=np.ones(count, bool),
        at=at,
    )


def busy(curriculum: Curriculum, seed: int = 0) -> Chunk:
    """A log in which hints, later attempts, revealed answers, screenings and items that nobody knows occur."""
    chunk, rng = planted(curriculum, learners=6, each=120, seed=seed), np.random.default_rng(seed)
    count = len(chunk.item)
    loose = rng.random(count) < 0.1
    return replace(
        chunk,
        item=np.where(loose, -1, chunk.item).astype(np.int32),
        loose=np.where(loose, 1.5, 0.0),
        attempt=rng.choice([1, 1, 1, 2, 3], count).astype(np.int16),
        hints=rng.choice([0, 0, 0, 1, 3], count).astype(np.int16),
        shown=rng.random(count) < 0.1,
        counted=rng.random(count) < 0.8,
    )


def part(chunk: Chunk, begin: int, end: int, *, number: int | None = None) -> Chunk:
    """Some of a chunk's learners, under their own numbers or from ``number`` on."""
    first, last = int(chunk.starts[begin]), int(chunk.starts[end])
    numbers = chunk.learner[begin:end] if number is None else np.arange(number, number + end - begin)
    return Chunk(
        learner=numbers,
        starts=chunk.starts[begin : end + 1] - first,
        mean=chunk.mean[begin:end],
        variance=chunk.variance[begin:end],
        skills_at=chunk.skills_at[first : last + 1] - chunk.skills_at[first],
        skills=chunk.skills[chunk.skills_at[first] : chunk.skills_at[last]],
        item=chunk.item[first:last],
        loose=chunk.loose[first:last],
        correct=chunk.correct[first:last],
        attempt=chunk.attempt[first:last],
        hints=chunk.hints[first:last],
        shown=chunk.shown[first:last],
        counted=chunk.counted[first:last],
        at=chunk.at[first:last],
    )
