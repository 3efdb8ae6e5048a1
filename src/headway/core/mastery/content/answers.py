"""A log with what was foreseen before each answer: the one table that all content findings read.

The path chooses items by what it believes of a learner. So nothing here compares those who met an item with those who did not:
every answer is compared with the chance that was foreseen for it from what came before it. Given that past, which item came
next says nothing more about the learner, and the selection is taken care of (Rubin 1976: ignorable).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, logit

from headway.core.curriculum.catalogue import Curriculum, Floats, Ints
from headway.core.mastery.refit.log import Chunk, Flags, Longs, solved
from headway.core.mastery.refit.stream import Tables, stream

BINS, PRESSURE, SWEEPS = 16, 20.0, 8
"""Bins of a factor, answers' worth of doubt about each bin's effect, and rounds of adjusting them."""
ROWS = ("item", "loose", "correct", "attempt", "hints", "shown", "counted", "at")
"""Columns of a chunk that have one value a row."""
MANY = 12
"""Items of a skill from which on it has a course of its own through time."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All N rows of a log, a learner's together and in the order in which they were handled.

    ``learner``, ``item`` (-1: not in the curriculum) and ``skill`` (-1: several) are numbers; ``solved`` and ``right`` say
    right without and with help; ``foreseen`` [N] is the logit of the chance of ``solved`` from what came before, set straight
    for what the model gets wrong everywhere (see :func:`straightened`); ``ability`` and ``spread`` mean and variance of the
    learner's ability before the row, ``pull`` the share of the skill's prior in it; ``given`` numbers the wrong answers
    (-1: none or not known); ``counted`` are first, unrevealed answers; ``tries`` counts from 1.
    """

    learner: Ints
    item: Ints
    skill: Ints
    solved: Floats
    right: Floats
    foreseen: Floats
    ability: Floats
    spread: Floats
    pull: Floats
    at: Floats
    given: Ints
    hints: Ints
    tries: Ints
    counted: Flags

    @property
    def chance(self) -> Floats:
        """The foreseen chance [N]."""
        out: Floats = expit(self.foreseen)
        return out


def without(chunk: Chunk, items: Collection[int]) -> Chunk:
    """Return a chunk as if some items had never been given."""
    kept = ~np.isin(chunk.item, list(items))
    counts, owner = np.diff(chunk.skills_at), np.repeat(np.arange(len(chunk.learner)), np.diff(chunk.starts))
    rows = {name: getattr(chunk, name)[kept] for name in ROWS}
    return replace(
        chunk,
        starts=np.append(0, np.cumsum(np.bincount(owner[kept], minlength=len(chunk.learner)))),
        skills_at=np.append(0, np.cumsum(counts[kept])),
        skills=chunk.skills[np.repeat(kept, counts)],
        given=chunk.given[kept] if len(chunk.given) else chunk.given,
        **rows,
    )


def answers_of(log: Iterable[Chunk], curriculum: Curriculum, tables: Tables) -> Answers:
    """Run the log through the model, one answer ahead, and keep what the findings need: about 80 bytes a row."""
    parts: list[tuple[np.ndarray, ...]] = []
    for chunk in log:
        out, counts = stream(chunk, curriculum, tables), np.diff(chunk.skills_at)
        first = chunk.skills_at[:-1]
        alone = counts == 1
        parts.append(
            (
                np.repeat(chunk.learner, np.diff(chunk.starts)).astype(np.int32),
                chunk.item,
                np.where(alone, chunk.skills[first], -1).astype(np.int32),
                solved(chunk),
                chunk.correct.astype(np.float64),
                logit(np.clip(out.predicted, 1e-4, 1.0 - 1e-4)),
                out.ability,
                out.spread,
                out.pull[first],
                chunk.at,
                chunk.given if len(chunk.given) else np.full(len(chunk.item), -1, np.int32),
                chunk.hints.astype(np.int32),
                chunk.attempt.astype(np.int32),
                chunk.counted,
            )
        )
    found = Answers(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return _straight(found)


def _straight(a: Answers) -> Answers:
    """Set the predictions straight by how sure they were, how practised the learner was and when it was."""
    rows = a.counted
    factors = [
        quantiles(a.foreseen[rows]),
        doublings(a.learner[rows], a.skill[rows]),
        quantiles(a.at[rows]),
        _terms(a.skill[rows], a.item[rows], a.at[rows]),
    ]
    foreseen = a.foreseen.copy()
    foreseen[rows] = straightened(foreseen[rows], a.solved[rows], factors)
    return Answers(
        a.learner, a.item, a.skill, a.solved, a.right, foreseen, a.ability, a.spread, a.pull, a.at, a.given, a.hints,
        a.tries, a.counted,
    )  # fmt: skip


def straightened(foreseen: Floats, outcome: Floats, factors: list[Longs]) -> Floats:
    """Return the logits [N] plus an effect of each factor's level, fitted to the outcomes [N] and shrunk towards none: what is
    wrong for all items alike shall not look like the fault of one."""
    out = foreseen.copy()
    effects = [np.zeros(int(factor.max(initial=0)) + 1) for factor in factors]
    for _ in range(SWEEPS):
        for factor, effect in zip(factors, effects, strict=True):
            p = expit(out)
            pressure = PRESSURE * 0.2
            push = np.bincount(factor, weights=outcome - p, minlength=len(effect)) - pressure * effect
            step = push / (np.bincount(factor, weights=p * (1.0 - p), minlength=len(effect)) + pressure)
            effect += step
            out += step[factor]
    return out


def _terms(skill: Ints, item: Ints, at: Floats) -> Longs:
    """Return a level for each skill in each eighth of the time [N]: a unit that was just taught moves all items of a skill. A
    skill of few items keeps level 0, or the change of one would be hidden."""
    pairs = np.unique(np.stack([skill, item]), axis=1)[0]
    many = np.bincount(pairs[pairs >= 0], minlength=int(skill.max(initial=0)) + 1) >= MANY
    level = (skill.astype(np.int64) + 1) * 8 + quantiles(at, 8)
    level = np.where((skill >= 0) & many[np.maximum(skill, 0)], level, 0)
    return np.unique(np.append(0, level), return_inverse=True)[1][1:]


def quantiles(values: Floats, bins: int = BINS) -> Longs:
    """Return each value's bin, the bins about equally full [N]."""
    edges = np.unique(np.quantile(values, np.linspace(0.0, 1.0, bins + 1)[1:-1])) if len(values) else values
    return np.searchsorted(edges, values, side="right").astype(np.int64)


def doublings(learner: Ints, skill: Ints) -> Longs:
    """Return for each row how often the learner had met its skill before, as a power of two: 0, 1, 2-3, 4-7 … [N]."""
    keys = learner.astype(np.int64) * (int(skill.max(initial=0)) + 2) + skill + 1
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    starts = np.flatnonzero(np.diff(ranked, prepend=-1) != 0)
    lengths = np.diff(np.append(starts, len(ranked)))
    seen = np.empty(len(keys), np.int64)
    seen[order] = np.arange(len(keys)) - np.repeat(starts, lengths)
    return np.minimum(np.log2(seen + 1).astype(np.int64), 8)
