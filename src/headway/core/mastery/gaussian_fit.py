"""Fitting ``gaussian-1`` on response logs: item difficulties and hyper-parameters by streamed log loss.

The stream runs the very functions that serve (``gaussian.to_now``, ``observe``), one response ahead, so that what is
fitted is what is used. A log carries no skill graph, so that transfer between skills stays at its default.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from headway.core.compiled import compiled
from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.gaussian import GaussianParameters, observe, to_now
from headway.core.mastery.kernels import chance, tally
from headway.core.mastery.metrics import Labels
from headway.core.mastery.state import SKILL_STATE, SkillStates

FITTED = ("overall", "spread", "learn", "drift", "forget", "idle")
"""Hyper-parameters that are searched; forgetting only where the log has time stamps."""
SHRINK = 2.0
"""Inverse prior variance of an item's difficulty around its skill's, in squared logits."""


@dataclass(frozen=True, slots=True, eq=False)
class GaussianFit:
    """``parameters`` and ``difficulty`` float64 [items] in logits, against a typical learner's 0."""

    parameters: GaussianParameters
    difficulty: Floats

    def predict(self, frame: Frame) -> Floats:
        """Return each row's chance of a right answer, one response ahead."""
        return stream(frame, self.difficulty, self.parameters)


def stream(frame: Frame, difficulty: Floats, parameters: GaussianParameters) -> Floats:
    """Run all learners through the model, each from a fresh state; returns predictions one response ahead."""
    out = np.empty(len(frame.item))
    blank = np.zeros(frame.skill_count, SKILL_STATE)
    _stream(
        frame.starts,
        frame.item,
        frame.skills_at,
        frame.skills,
        frame.correct,
        frame.at,
        difficulty,
        np.array(astuple(parameters)),
        blank,
        out,
    )
    return out


def fit_gaussian(
    frame: Frame,
    train: NDArray[np.bool_],
    *,
    rounds: int = 4,
    searches: int = 60,
    progress: Callable[[int], None] = lambda done: None,
) -> GaussianFit:
    """Alternate between item difficulties (damped Newton steps on the streamed residuals) and hyper-parameters
    (Nelder and Mead 1965 on the streamed log loss), on the rows of ``train`` alone."""
    parameters, difficulty = GaussianParameters(), np.zeros(frame.items)
    for turn in range(rounds):
        for _ in range(4):
            difficulty = _difficulties(frame, train, difficulty, parameters)
        if turn < 2:
            parameters = _search(frame, train, difficulty, parameters, searches)
        progress(turn + 1)
    return GaussianFit(parameters, difficulty)


def _difficulties(frame: Frame, train: NDArray[np.bool_], difficulty: Floats, parameters: GaussianParameters) -> Floats:
    """Move each skill's mean difficulty, then each item's, against the residuals of the training rows."""
    p = stream(frame, difficulty, parameters)[train]
    item, residual, weight = frame.item[train], p - frame.correct[train], p * (1.0 - p)
    of_item = np.zeros(frame.items, np.int64)
    of_item[frame.item] = frame.skills[frame.skills_at[:-1]]
    error = np.bincount(item, weights=residual, minlength=frame.items)
    known = np.bincount(item, weights=weight, minlength=frame.items)
    common = np.bincount(of_item, weights=error, minlength=frame.skill_count) / (
        np.bincount(of_item, weights=known, minlength=frame.skill_count) + 1.0
    )
    moved = difficulty + common[of_item]
    centre = np.bincount(of_item, weights=moved * known, minlength=frame.skill_count) / (
        np.bincount(of_item, weights=known, minlength=frame.skill_count) + 1e-9
    )
    error -= known * common[of_item]
    return moved + (error - SHRINK * (moved - centre[of_item])) / (known + SHRINK)


def _search(
    frame: Frame, train: NDArray[np.bool_], difficulty: Floats, parameters: GaussianParameters, searches: int
) -> GaussianParameters:
    names = FITTED if frame.timed else FITTED[:4]
    values = asdict(parameters)
    y = frame.correct[train]

    def made(logs: Floats) -> GaussianParameters:
        found = dict(zip(names, np.exp(np.clip(logs, -12.0, 3.0)).tolist(), strict=True))
        return replace(parameters, **found)

    def loss(logs: Floats) -> float:
        p = np.clip(stream(frame, difficulty, made(logs))[train], 1e-9, 1.0 - 1e-9)
        return -float(np.mean(np.where(y == 1, np.log(p), np.log1p(-p))))

    start = np.log([max(values[name], 1e-5) for name in names])
    found = minimize(loss, start, method="Nelder-Mead", options={"maxfev": searches, "xatol": 0.05, "fatol": 1e-5})
    return made(found.x)


@compiled
def _stream(
    starts: Longs,
    item: Ints,
    skills_at: Longs,
    skills: Ints,
    correct: Labels,
    at: Floats,
    difficulty: Floats,
    parameters: Floats,
    blank: SkillStates,
    out: Floats,
) -> None:
    for learner in range(starts.shape[0] - 1):
        states = blank.copy()
        overall, variance = 0.0, parameters[0]
        for r in range(starts[learner], starts[learner + 1]):
            rows = skills[skills_at[r] : skills_at[r + 1]].astype(np.int64)
            ability, spread, count = 0.0, 0.0, rows.shape[0]
            for row in rows:
                spaced = to_now(states, row, overall, variance + parameters[1], at[r], parameters)
                ability += states[row].mean / count
                spread += states[row].variance / (count * count)
                tally(states, row, correct[r] == 1, True, 0, 0.0, spaced, at[r])
            out[r] = chance(ability - difficulty[item[r]], spread)
            overall, variance = observe(
                states, rows, overall, variance, difficulty[item[r]], correct[r] == 1, 1.0, 1.0, parameters
            )
