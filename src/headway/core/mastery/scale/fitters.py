"""Models that are fitted in parts: they need nothing of a log but sums over its learners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.additive import Additive, Penalties, fit_additive_in_parts
from headway.core.mastery.features import NAMES, Features, features_of
from headway.core.mastery.frame import Frame
from headway.core.mastery.gaussian_fit import GaussianFit, fit_gaussian_in_parts
from headway.core.mastery.peers.logistic import (
    FREE_SLOPES,
    NO_ITEMS,
    best_lr_features,
    das3h_features,
    pfa_features,
)
from headway.core.mastery.scale.parts import Part, Parts, skill_of_items

Progress = Callable[[int], None]
ADDITIVE_STEPS, GAUSSIAN_ROUNDS = 60, 4


@dataclass(frozen=True, slots=True, eq=False)
class PartsFit:
    """``predict`` returns the chances of all rows of a part, one response ahead, from ``given``; ``difficulty`` float64
    [items] in logits (higher is harder); ``parameters`` by name; ``additive`` are the weights that another fit can start from,
    where the model has such."""

    predict: Callable[[Part, Any], Floats]
    given: Any
    difficulty: Floats
    parameters: dict[str, float]
    additive: Additive | None = None


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


IN_PARTS: dict[str, PartsFitter] = {
    "additive-1": _logistic(features_of, Penalties(), NAMES),
    "best-lr": _logistic(best_lr_features, FREE_SLOPES),
    "das3h": _logistic(das3h_features, FREE_SLOPES),
    "gaussian-1": _gaussian(tied=False),
    "gaussian-2": _gaussian(tied=True),
    "pfa": _logistic(pfa_features, NO_ITEMS),
}
"""What can be fitted in parts; ``core.mastery.fitting.FITTERS`` runs the same on a frame in memory."""
FROM_WEIGHTS = tuple(name for name, fitter in IN_PARTS.items() if fitter.describe is not None)
"""What can start from the weights of an earlier fit."""
