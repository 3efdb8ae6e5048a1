"""Fit a model on response logs and say honestly how good it is on learners it has not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.additive import Additive
from headway.core.mastery.frame import TRAIN, Frame, Longs, split
from headway.core.mastery.hybrid.artefact import Artefact, ModelCard, artefact_of
from headway.core.mastery.hybrid.fitting import STEPS, Hybrid, choose_transfer, fit_hybrid, fit_layers
from headway.core.mastery.hybrid.layout import CORE_NAMES
from headway.core.mastery.hybrid.stream import core_features, core_logits
from headway.core.mastery.metrics import Metrics, measure
from headway.core.mastery.peers.bkt import ITERATIONS, fit_bkt
from headway.core.mastery.peers.deep import EPOCHS, fit_deep
from headway.core.mastery.peers.elo import fit_elo
from headway.core.mastery.report import Quality, quality
from headway.core.mastery.scale.fitters import IN_PARTS, PartsFitter
from headway.core.mastery.scale.parts import InMemory

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Predictions for all rows, one response ahead; ``difficulty`` float64 [items] in logits (higher is harder);
    ``parameters`` by name; ``model`` where it can be served from an artefact, ``additive`` where another fit can start from its
    weights; ``fitted_on`` the rows that the model saw, where they are not those of the whole log."""

    predicted: Floats
    difficulty: Floats
    parameters: dict[str, float]
    model: Hybrid | None = None
    additive: Additive | None = None
    fitted_on: Frame | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FitReport:
    """What a fit found. ``train`` and ``test`` are measured on the rows of different learners, each response
    predicted from that learner's earlier ones; ``base_rate`` is the test rows' share right; ``quality`` judges the test
    rows in detail."""

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
    quality: Quality


def in_parts(fitter: PartsFitter) -> Callable[[Frame, Longs, Progress], Fitted]:
    """Return a fitter of frames in memory from one that works on parts."""

    def fitted(frame: Frame, train: Longs, progress: Progress) -> Fitted:
        parts = InMemory(frame, frame.rows_of(train))
        found = fitter.run(parts, progress)
        predicted = np.concatenate(list(parts.each(found.predict, found.given)))
        return Fitted(predicted, found.difficulty, found.parameters, additive=found.additive)

    return fitted


def hybrid(frame: Frame, train: Longs, progress: Progress) -> Fitted:
    """Fit ``hybrid-1`` (see ``core.mastery.hybrid``) on the learners ``train``."""
    model = fit_hybrid(frame, train, progress=progress)
    core, skill = model.layers.core, np.zeros(frame.items)
    skill[frame.item] = core.skill[frame.skills[frame.skills_at[:-1]]]
    weights = {f"weight: {name}": float(value) for name, value in zip(CORE_NAMES, core.dense, strict=True)}
    chance = 1.0 / (1.0 + np.exp(-model.logits(frame, frame.students)))
    return Fitted(chance, -(core.item[:-1] + skill), weights, model)


def hybrid_core(frame: Frame, train: Longs, progress: Progress) -> Fitted:
    """Fit ``additive-2``: the additive core of ``hybrid-1`` with its transfer, calibrated by nothing."""
    features = core_features(frame)
    options = choose_transfer(frame, features, np.random.RandomState(0).permutation(train))
    progress(1)
    layers = fit_layers(frame, features, train, options, 0)
    skill = np.zeros(frame.items)
    skill[frame.item] = layers.core.skill[frame.skills[frame.skills_at[:-1]]]
    chance = 1.0 / (1.0 + np.exp(-core_logits(frame, frame.students, layers.core, layers.transfer)))
    return Fitted(chance, -(layers.core.item[:-1] + skill), {})


def bkt(frame: Frame, train: Longs, progress: Progress) -> Fitted:
    """Fit ``bkt-1`` (see ``core.mastery.peers.bkt``); an item's difficulty is that of guessing and slipping on it."""
    model = fit_bkt(frame, frame.rows_of(train), progress)
    middle = (model.guess + 1.0 - model.slip) / 2.0
    return Fitted(model.predict(frame), -np.log(middle / (1.0 - middle)), {})


def elo(frame: Frame, train: Longs, progress: Progress) -> Fitted:
    """Fit ``elo-1`` (see ``core.mastery.peers.elo``)."""
    chance, difficulty = fit_elo(frame, frame.rows_of(train))
    progress(1)
    return Fitted(np.clip(chance, 1e-9, 1.0 - 1e-9), difficulty, {})


def deep(frame: Frame, train: Longs, progress: Progress) -> Fitted:
    """Fit ``gru-1`` (see ``core.mastery.peers.deep``), a challenger that is never served. Raises MissingTrainer without
    PyTorch."""
    chance, difficulty = fit_deep(frame, frame.rows_of(train), progress=progress)
    return Fitted(chance, difficulty, {})


Fitter = Callable[[Frame, Longs, Progress], Fitted]

FITTERS: dict[str, tuple[Fitter, int]] = {
    **{name: (in_parts(fitter), fitter.steps) for name, fitter in IN_PARTS.items()},
    "additive-2": (hybrid_core, 1),
    "bkt-1": (bkt, ITERATIONS),
    "elo-1": (elo, 1),
    "gru-1": (deep, EPOCHS),
    "hybrid-1": (hybrid, STEPS),
}
"""What can be fitted: how, and how many steps of progress it takes at most."""


def fit(frame: Frame, *, seed: int = 0, model: str = "additive-1", progress: Progress = lambda done: None) -> FitReport:
    """Fit ``model`` on 80 % of the learners and measure it on the rest.

    The split is ``RandomState(seed).permutation(sorted ids)``, first 80 % train. Raises ValueError for an unknown
    model or fewer than five learners.
    """
    _known(model)
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
        quality(frame, ~train, fitted.predicted),
    )


def cross_validate(
    frame: Frame, folds: int, *, seed: int = 0, model: str = "additive-1", progress: Progress = lambda done: None
) -> tuple[Metrics, ...]:
    """Fit ``folds`` times, each time holding another part of the learners out, and measure on that part.

    ``progress`` is told the folds done. Raises ValueError for an unknown model or fewer than two folds, or fewer learners
    than folds.
    """
    _known(model)
    if not 2 <= folds <= len(frame.students):
        raise ValueError(
            f"{folds} folds of {len(frame.students)} learners: use 2 folds or more, and no more than learners"
        )
    mixed = np.random.RandomState(seed).permutation(frame.students)
    found = []
    for turn in range(folds):
        held = mixed[turn::folds]
        predicted = FITTERS[model][0](frame, np.setdiff1d(frame.students, held), lambda done: None).predicted
        rows = frame.rows_of(held)
        found.append(measure(frame.correct[rows], predicted[rows]))
        progress(turn + 1)
    return tuple(found)


def artefact(frame: Frame, report: FitReport, data: str) -> Artefact:
    """Return what a fit found as an artefact with its model card; ``data`` names the log. Raises ValueError for a model
    that does not serve from one."""
    if report.fitted.model is None:
        raise ValueError(f"{report.model} is not served from an artefact: fit hybrid-1")
    groups = {f"{b.kind}: {b.name}": b.metrics for b in report.quality.buckets if b.kind != "skill"}
    period = (float(frame.at.min()), float(frame.at.max())) if frame.timed else (0.0, 0.0)
    learners = int(TRAIN * report.learners)
    fitted_on = report.fitted.fitted_on
    seen = report.train.n if fitted_on is None else min(report.train.n, len(fitted_on.item))
    card = ModelCard(data, period, learners, seen, report.learners - learners, report.test, groups)
    return artefact_of(report.fitted.model, frame, card)


def _known(model: str) -> None:
    if model not in FITTERS:
        raise ValueError(f"no model {model!r} can be fitted: use one of {', '.join(FITTERS)}")
