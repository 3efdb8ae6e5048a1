"""The likelihood of logs under skills that are known or not known: a hidden Markov chain for each learner and skill."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from headway.core.compiled import compiled

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
SPACED = 0.8
"""Days from which on a practice is one of another day."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Responses sorted by skill, learner and time; run r is ``correct[starts[r] : starts[r + 1]]``. ``days`` is the time since
    the practice before of the same skill (0: the first, or unknown), ``row_of`` the run of each response."""

    correct: Floats
    days: Floats
    starts: Longs
    skill: Longs
    learner: Longs
    row_of: Longs
    skills: int
    learners: int

    def only(self, skill: int) -> Runs:
        """The runs of one skill, numbered 0."""
        first, last = np.searchsorted(self.skill, [skill, skill + 1])
        a, b = self.starts[first], self.starts[last]
        count = last - first
        return Runs(
            self.correct[a:b], self.days[a:b], self.starts[first : last + 1] - a, np.zeros(count, np.int64),
            self.learner[first:last], self.row_of[a:b] - first, 1, self.learners,
        )  # fmt: skip


def runs_of(log: pl.DataFrame, enough: int) -> Runs:
    """Arrange a log; skills with fewer than ``enough`` responses are left out."""
    log = log.filter(pl.len().over("skill") >= enough).sort("skill", "student", "order")
    skill = np.unique(log["skill"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    learner = np.unique(log["student"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    begins = np.flatnonzero(np.diff(skill, prepend=-1) | np.diff(learner, prepend=-1))
    days = np.zeros(len(skill))
    if "timestamp_ms" in log.columns:
        days[1:] = np.maximum(np.diff(log["timestamp_ms"].to_numpy()) / 86_400_000.0, 0.0)
        days[begins] = 0.0
    starts = np.append(begins, len(skill)).astype(np.int64)
    row_of = np.repeat(np.arange(len(begins)), np.diff(starts))
    correct = log["correct"].to_numpy().astype(np.float64)
    return Runs(
        correct, days, starts, skill[begins], learner[begins], row_of, int(skill.max()) + 1, int(learner.max()) + 1
    )


def loglik(runs: Runs, skills: Floats, known: float, learns: float, half_life: float, growth: float) -> Floats:
    """Log likelihood of each run. ``skills`` float64 [skills, 4] holds logits of known, learnt, guess and slip; ``known`` and
    ``learns`` are added to the first two. What is known has a
    half-life of ``half_life`` days, which practice on another day multiplies by ``growth``."""
    out = np.empty(len(runs.skill))
    _forward(runs.correct, runs.days, runs.starts, runs.skill, skills, known, learns, half_life, growth, out)
    return out


def sums_by_learner(runs: Runs, values: Floats) -> Floats:
    """Sum the runs' values over each learner."""
    return np.bincount(runs.learner, weights=values, minlength=runs.learners).astype(np.float64)


@compiled
def _forward(
    correct: Floats,
    days: Floats,
    starts: Longs,
    skill: Longs,
    skills: Floats,
    more_known: float,
    more_learns: float,
    half_life: float,
    growth: float,
    out: Floats,
) -> None:
    for r in range(skill.shape[0]):
        x = skills[skill[r]]
        p = 1.0 / (1.0 + np.exp(-x[0] - more_known))
        learns = 1.0 / (1.0 + np.exp(-x[1] - more_learns))
        guess, slip = 1.0 / (1.0 + np.exp(-x[2])), 1.0 / (1.0 + np.exp(-x[3]))
        total, life = 0.0, half_life
        for n in range(starts[r], starts[r + 1]):
            if days[n] > 0.0:
                p *= 2.0 ** (-days[n] / life)
                if days[n] >= SPACED:
                    life *= growth
            right = p * (1.0 - slip) + (1.0 - p) * guess
            if correct[n] > 0.5:
                total += np.log(right)
                p = p * (1.0 - slip) / right
            else:
                total += np.log(1.0 - right)
                p = p * slip / (1.0 - right)
            p += (1.0 - p) * learns
        out[r] = total
