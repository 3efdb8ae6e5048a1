"""Fit a model on response logs and say honestly how good it is on learners it has not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.additive import fit_additive
from headway.core.mastery.features import NAMES, features_of
from headway.core.mastery.frame import Frame, Longs, split
from headway.core.mastery.gaussian_fit import fit_gaussian
from headway.core.mastery.hybrid.fitting import STEPS, fit_hybrid
from headway.core.mastery.hybrid.layout import CORE_NAMES
from headway.core.mastery.metrics import Metrics, measure

Progress = Callable[[int], None]
ADDITIVE_STEPS, GAUSSIAN_ROUNDS = 60, 4


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Predictions for all rows, one response ahead; ``difficulty`` float64 [items] in logits (higher is harder);
    ``parameters`` by name."""

    predicted: Floats
    difficulty: Floats
    parameters: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class FitReport:
    """What a fit found. ``train`` and ``test`` are measured on the rows of different learners, each response
    predicted from that learner's earlier ones; ``base_rate`` is the test rows' share right."""

    model: str
    seed: int
    learners: int
    responses: int
    items: int
    skills: int
    train: Metrics
    test: Metrics
    base_rate: float
    fitted: Fitted


def additive(frame: Frame, train: Longs, progress: Progress) -> Fitted:
    """Fit ``additive-1`` (see ``core.mastery.additive``) on the learners ``train``."""
    features = features_of(frame)
    model = fit_additive(frame, features, frame.rows_of(train), iterations=ADDITIVE_STEPS, progress=progress)
    skill = np.zeros(frame.items)
    skill[frame.item] = model.skill[frame.skills[frame.skills_at[:-1]]]
    weights = {f"weight: {name}": float(value) for name, value in zip(NAMES, model.dense, strict=True)}
    return Fitted(model.predict(frame, features), -(model.item + skill), weights)


def gaussian(frame: Frame, train: Longs, progress: Progress) -> Fitted:
    """Fit ``gaussian-1`` (see ``core.mastery.gaussian_fit``) on the learners ``train``."""
    model = fit_gaussian(frame, frame.rows_of(train), rounds=GAUSSIAN_ROUNDS, progress=progress)
    return Fitted(model.predict(frame), model.difficulty, asdict(model.parameters))


def hybrid(frame: Frame, train: Longs, progress: Progress) -> Fitted:
    """Fit ``hybrid-1`` (see ``core.mastery.hybrid``) on the learners ``train``."""
    model = fit_hybrid(frame, train, progress=progress)
    core, skill = model.layers.core, np.zeros(frame.items)
    skill[frame.item] = core.skill[frame.skills[frame.skills_at[:-1]]]
    weights = {f"weight: {name}": float(value) for name, value in zip(CORE_NAMES, core.dense, strict=True)}
    chance = 1.0 / (1.0 + np.exp(-model.logits(frame, frame.students)))
    return Fitted(chance, -(core.item[:-1] + skill), weights)


FITTERS: dict[str, tuple[Callable[[Frame, Longs, Progress], Fitted], int]] = {
    "additive-1": (additive, ADDITIVE_STEPS),
    "gaussian-1": (gaussian, GAUSSIAN_ROUNDS),
    "hybrid-1": (hybrid, STEPS),
}
"""What can be fitted: how, and how many steps of progress it takes at most."""


def fit(frame: Frame, *, seed: int = 0, model: str = "additive-1", progress: Progress = lambda done: None) -> FitReport:
    """Fit ``model`` on 80 % of the learners and measure it on the rest.

    The split is ``RandomState(seed).permutation(sorted ids)``, first 80 % train. Raises ValueError for an unknown
    model or fewer than five learners.
    """
    if model not in FITTERS:
        raise ValueError(f"no model {model!r} can be fitted: use one of {', '.join(FITTERS)}")
    if len(frame.students) < 5:
        raise ValueError(f"the log holds {len(frame.students)} learners; at least five are needed to hold some out")
    learners, _ = split(frame, seed)
    fitted = FITTERS[model][0](frame, learners, progress)
    train = frame.rows_of(learners)
    return FitReport(
        model,
        seed,
        len(frame.students),
        len(frame.item),
        frame.items,
        frame.skill_count,
        measure(frame.correct[train], fitted.predicted[train]),
        measure(frame.correct[~train], fitted.predicted[~train]),
        float(frame.correct[~train].mean()),
        fitted,
    )
