"""Fitting ``gaussian-1`` and ``gaussian-2`` on response logs: item difficulties and hyper-parameters by streamed log loss.

The stream runs the very functions that serve (``gaussian.to_now``, ``observe``, ``observe_tied``), one response ahead, so
that what is fitted is what is used. A log carries no skill graph, so that transfer between skills stays at its default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from headway.core.mastery.scale.parts import InMemory, Part, Parts, skill_of_items
from headway.core.mastery.state import SKILL_STATE, SkillStates
from headway.core.mastery.tied import observe_tied

FITTED = ("overall", "spread", "learn", "drift", "forget", "idle")
"""Hyper-parameters that are searched; forgetting only where the log has time stamps."""
SHRINK = 2.0
"""Inverse prior variance of an item's difficulty around its skill's, in squared logits."""


@dataclass(frozen=True, slots=True, eq=False)
class GaussianFit:
    """``parameters`` and ``difficulty`` float64 [items] in logits, against a typical learner's 0; ``tied`` says that the model
    is ``gaussian-2``."""

    parameters: GaussianParameters
    difficulty: Floats
    tied: bool = False

    def predict(self, frame: Frame) -> Floats:
        """Return each row's chance of a right answer, one response ahead."""
        return stream(frame, self.difficulty, self.parameters, tied=self.tied)


def stream(frame: Frame, difficulty: Floats, parameters: GaussianParameters, *, tied: bool = False) -> Floats:
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
        tied,
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
    """Fit on the rows of ``train`` alone, see :func:`fit_gaussian_in_parts`."""
    return fit_gaussian_in_parts(InMemory(frame, train), rounds=rounds, searches=searches, progress=progress)


def fit_gaussian_in_parts(
    parts: Parts,
    *,
    rounds: int = 4,
    searches: int = 60,
    tied: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> GaussianFit:
    """Alternate between item difficulties (damped Newton steps on the streamed residuals) and hyper-parameters
    (Nelder and Mead 1965 on the streamed log loss), on the training rows; each step is one pass over the parts."""
    parameters, difficulty = GaussianParameters(), np.zeros(parts.items)
    of_item = skill_of_items(parts)
    for turn in range(rounds):
        for _ in range(4):
            error, known = _added(parts.each(_part_residuals, (difficulty, parameters, tied)))
            difficulty = _difficulties(difficulty, error, known, of_item, parts.skill_count)
        if turn < 2:
            parameters = _search(parts, difficulty, parameters, searches, tied)
        progress(turn + 1)
    return GaussianFit(parameters, difficulty, tied)


def _added(found: Iterator[Floats]) -> Floats:
    """Add up what the parts return, in their order."""
    total = next(found)
    for more in found:
        total = total + more
    return total


Given = tuple[Floats, GaussianParameters, bool]
"""Difficulties, parameters, and whether the model keeps ties."""


def _chances(part: Part, given: Given) -> Floats:
    difficulty, parameters, tied = given
    return stream(part.frame, difficulty, parameters, tied=tied)[part.train]


def _part_residuals(part: Part, given: Given) -> Floats:
    """Return [2, items] the sums of residuals and of p (1 - p) of a part's training rows."""
    frame = part.frame
    p = _chances(part, given)
    item, residual, weight = frame.item[part.train], p - frame.correct[part.train], p * (1.0 - p)
    return np.stack([np.bincount(item, weights=w, minlength=frame.items) for w in (residual, weight)])


def _part_log_loss(part: Part, given: Given) -> Floats:
    """Return the sum of log losses of a part's training rows, and how many they are."""
    p = np.clip(_chances(part, given), 1e-9, 1.0 - 1e-9)
    right = part.frame.correct[part.train] == 1
    return np.array([-float(np.sum(np.where(right, np.log(p), np.log1p(-p)))), float(len(p))])


def _difficulties(difficulty: Floats, error: Floats, known: Floats, of_item: Longs, skills: int) -> Floats:
    """Move each skill's mean difficulty, then each item's, against the residuals of the training rows."""
    common = np.bincount(of_item, weights=error, minlength=skills) / (
        np.bincount(of_item, weights=known, minlength=skills) + 1.0
    )
    moved = difficulty + common[of_item]
    centre = np.bincount(of_item, weights=moved * known, minlength=skills) / (
        np.bincount(of_item, weights=known, minlength=skills) + 1e-9
    )
    error = error - known * common[of_item]
    return moved + (error - SHRINK * (moved - centre[of_item])) / (known + SHRINK)


def _search(
    parts: Parts, difficulty: Floats, parameters: GaussianParameters, searches: int, tied: bool
) -> GaussianParameters:
    names = FITTED if parts.timed else FITTED[:4]
    values = asdict(parameters)

    def made(logs: Floats) -> GaussianParameters:
        found = dict(zip(names, np.exp(np.clip(logs, -12.0, 3.0)).tolist(), strict=True))
        return replace(parameters, **found)

    def loss(logs: Floats) -> float:
        total, rows = _added(parts.each(_part_log_loss, (difficulty, made(logs), tied))).tolist()
        return float(total / rows)

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
    tied: bool,
    blank: SkillStates,
    out: Floats,
) -> None:
    for learner in range(starts.shape[0] - 1):
        states, ties, places = blank.copy(), np.ones(blank.shape[0]), np.full(blank.shape[0], -1)
        overall, variance, filled = 0.0, parameters[0], 0
        for r in range(starts[learner], starts[learner + 1]):
            own = skills[skills_at[r] : skills_at[r + 1]]
            for skill in own:
                if places[skill] < 0:
                    places[skill] = filled
                    filled += 1
            rows = places[own]
            ability, spread, count = 0.0, 0.0, rows.shape[0]
            for row in rows:
                spaced = to_now(states, row, overall, variance + parameters[1], at[r], parameters)
                ability += states[row].mean / count
                spread += states[row].variance / (count * count)
                tally(states, row, correct[r] == 1, True, 0, 0.0, spaced, at[r])
            out[r] = chance(ability - difficulty[item[r]], spread)
            hard, right = difficulty[item[r]], correct[r] == 1
            if tied:
                overall, variance = observe_tied(
                    states[:filled], ties[:filled], rows, overall, variance, hard, right, 1.0, 1.0, parameters
                )
            else:
                overall, variance = observe(states, rows, overall, variance, hard, right, 1.0, 1.0, parameters)
