"""Models that are fitted in parts. Most need nothing of a log but sums over its learners.

``hybrid-1`` is the exception: transfer and trees want their rows at once. It is fitted on whole learners drawn from the parts,
all of them where the log is small enough (then the fit is the one in memory), and predicts every part by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.additive import Additive, Penalties, fit_additive_in_parts
from headway.core.mastery.features import NAMES, Features, features_of
from headway.core.mastery.frame import Frame
from headway.core.mastery.gaussian_fit import GaussianFit, fit_gaussian_in_parts
from headway.core.mastery.hybrid.fitting import STEPS, Hybrid, fit_hybrid
from headway.core.mastery.hybrid.layout import CORE_NAMES
from headway.core.mastery.peers.logistic import (
    FREE_SLOPES,
    NO_ITEMS,
    best_lr_features,
    das3h_features,
    pfa_features,
)
from headway.core.mastery.scale.parts import Part, Parts, chosen, joined, skill_of_items

Progress = Callable[[int], None]
ADDITIVE_STEPS, GAUSSIAN_ROUNDS = 60, 4
SAMPLED = 1_000_000
"""Responses that ``hybrid-1`` is fitted on in parts, at most: each is described by 88 numbers of four bytes, twice."""


@dataclass(frozen=True, slots=True, eq=False)
class PartsFit:
    """``predict`` returns the chances of all rows of a part, one response ahead, from ``given``; ``difficulty`` float64
    [items] in logits (higher is harder); ``parameters`` by name; ``additive`` are the weights that another fit can start from,
    where the model has such; ``hybrid`` is a model that serves from an artefact and ``fitted_on`` the rows that it saw."""

    predict: Callable[[Part, Any], Floats]
    given: Any
    difficulty: Floats
    parameters: dict[str, float]
    additive: Additive | None = None
    hybrid: Hybrid | None = None
    fitted_on: Frame | None = None


@dataclass(frozen=True, slots=True)
class PartsFitter:
    """``describe`` makes what the fit reads of each row, once; ``fit`` then passes over the described parts, in ``steps``
    steps of progress at most, from the weights of an earlier fit if there are any."""

    describe: Callable[[Frame], Features] | None
    fit: Callable[[Parts, Progress, Additive | None], PartsFit]
    steps: int

    def run(self, parts: Parts, progress: Progress, start: Additive | None = None) -> PartsFit:
        """Describe and fit. Raises ValueError for ``start`` where the model has no weights to start from."""
        if start is not None and self.describe is None:
            raise ValueError("this model is fitted from its defaults alone: leave the start out")
        if self.describe is not None:
            parts.describe(self.describe)
        return self.fit(parts, progress, start)


def _logistic(describe: Callable[[Frame], Features], penalties: Penalties, names: tuple[str, ...] = ()) -> PartsFitter:
    def fitted(parts: Parts, progress: Progress, start: Additive | None) -> PartsFit:
        model = fit_additive_in_parts(
            parts, penalties=penalties, iterations=ADDITIVE_STEPS, start=start, progress=progress
        )
        weights = {f"weight: {name}": float(value) for name, value in zip(names, model.dense, strict=False)}
        difficulty = -(model.item + model.skill[skill_of_items(parts)])
        return PartsFit(_additive_chances, model, difficulty, weights, model)

    return PartsFitter(describe, fitted, ADDITIVE_STEPS)


def _additive_chances(part: Part, model: Additive) -> Floats:
    return model.predict(part.frame, part.described)


def _gaussian(*, tied: bool) -> PartsFitter:
    def fitted(parts: Parts, progress: Progress, start: Additive | None) -> PartsFit:
        model = fit_gaussian_in_parts(parts, rounds=GAUSSIAN_ROUNDS, tied=tied, progress=progress)
        return PartsFit(_gaussian_chances, model, model.difficulty, asdict(model.parameters))

    return PartsFitter(None, fitted, GAUSSIAN_ROUNDS)


def _gaussian_chances(part: Part, model: GaussianFit) -> Floats:
    return np.asarray(model.predict(part.frame))


def _hybrid() -> PartsFitter:
    def fitted(parts: Parts, progress: Progress, start: Additive | None) -> PartsFit:
        frame, train = sampled(parts, SAMPLED)
        model = fit_hybrid(frame, frame.students[train], progress=progress)
        core = model.layers.core
        weights = {f"weight: {name}": float(value) for name, value in zip(CORE_NAMES, core.dense, strict=True)}
        difficulty = -(core.item[:-1] + core.skill[skill_of_items(parts)])
        return PartsFit(_hybrid_chances, model, difficulty, weights, hybrid=model, fitted_on=frame)

    return PartsFitter(None, fitted, STEPS)


def _hybrid_chances(part: Part, model: Hybrid) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-model.logits(part.frame, part.frame.students))))


def sampled(parts: Parts, most: int, seed: int = 0) -> tuple[Frame, NDArray[np.bool_]]:
    """Return whole learners of the parts as a frame, and which of them [L] to fit on: the whole log if it holds no more than
    ``most`` responses to fit on, else training learners drawn at random, ``most`` responses on average."""
    rows = sum(parts.each(_training_rows, None))
    drawn = list(parts.each(_drawn, (most / rows if rows > most else 1.0, seed)))
    return joined([frame for frame, _ in drawn]), np.concatenate([train for _, train in drawn])


def _training_rows(part: Part, given: None) -> int:
    return int(np.count_nonzero(part.train))


def _drawn(part: Part, given: tuple[float, int]) -> tuple[Frame, NDArray[np.bool_]]:
    share, seed = given
    train = np.array(part.train[part.frame.starts[:-1]])
    if share >= 1.0:
        return chosen(part.frame, np.ones(len(train), np.bool_)), train
    luck = np.random.default_rng([seed, int(part.frame.students[0])]).random(len(train))
    taken = train & (luck < share)
    return chosen(part.frame, taken), np.ones(np.count_nonzero(taken), np.bool_)


IN_PARTS: dict[str, PartsFitter] = {
    "additive-1": _logistic(features_of, Penalties(), NAMES),
    "best-lr": _logistic(best_lr_features, FREE_SLOPES),
    "das3h": _logistic(das3h_features, FREE_SLOPES),
    "gaussian-1": _gaussian(tied=False),
    "gaussian-2": _gaussian(tied=True),
    "hybrid-1": _hybrid(),
    "pfa": _logistic(pfa_features, NO_ITEMS),
}
"""What can be fitted in parts; ``core.mastery.fitting.FITTERS`` runs the same on a frame in memory."""
FROM_WEIGHTS = tuple(name for name, fitter in IN_PARTS.items() if fitter.describe is not None)
"""What can start from the weights of an earlier fit."""
