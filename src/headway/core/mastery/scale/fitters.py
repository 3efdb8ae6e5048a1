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
    [items] in logits (higher is harder); ``parameters`` by name."""

    predict: Callable[[Part, Any], Floats]
    given: Any
    difficulty: Floats
    parameters: dict[str, float]


@dataclass(frozen=True, slots=True)
class PartsFitter:
    """``describe`` makes what the fit reads of each row, once; ``fit`` then passes over the described parts, in ``steps``
    steps of progress at most."""

    describe: Callable[[Frame], Features] | None
    fit: Callable[[Parts, Progress], PartsFit]
    steps: int

    def run(self, parts: Parts, progress: Progress) -> PartsFit:
        """Describe and fit."""
        if self.describe is not None:
            parts.describe(self.describe)
        return self.fit(parts, progress)


def _logistic(describe: Callable[[Frame], Features], penalties: Penalties, names: tuple[str, ...] = ()) -> PartsFitter:
    def fitted(parts: Parts, progress: Progress) -> PartsFit:
        model = fit_additive_in_parts(parts, penalties=penalties, iterations=ADDITIVE_STEPS, progress=progress)
        weights = {f"weight: {name}": float(value) for name, value in zip(names, model.dense, strict=False)}
        return PartsFit(_additive_chances, model, -(model.item + model.skill[skill_of_items(parts)]), weights)

    return PartsFitter(describe, fitted, ADDITIVE_STEPS)


def _additive_chances(part: Part, model: Additive) -> Floats:
    return model.predict(part.frame, part.described)


def _gaussian(parts: Parts, progress: Progress) -> PartsFit:
    model = fit_gaussian_in_parts(parts, rounds=GAUSSIAN_ROUNDS, progress=progress)
    return PartsFit(_gaussian_chances, model, model.difficulty, asdict(model.parameters))


def _gaussian_chances(part: Part, model: GaussianFit) -> Floats:
    return np.asarray(model.predict(part.frame))


IN_PARTS: dict[str, PartsFitter] = {
    "additive-1": _logistic(features_of, Penalties(), NAMES),
    "best-lr": _logistic(best_lr_features, FREE_SLOPES),
    "das3h": _logistic(das3h_features, FREE_SLOPES),
    "gaussian-1": PartsFitter(None, _gaussian, GAUSSIAN_ROUNDS),
    "pfa": _logistic(pfa_features, NO_ITEMS),
}
"""What can be fitted in parts; ``core.mastery.fitting.FITTERS`` runs the same on a frame in memory."""
