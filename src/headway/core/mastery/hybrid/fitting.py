"""Fitting ``hybrid-1`` on a log: core, transfer, context, corrector, calibration; all on the training learners.

The corrector must not see a core that has seen the row. So the learners are cut into folds; each fold's rows are
described by a core, a transfer and a context fitted on the other folds, and the corrector learns on those. A tenth of the
learners says when to stop and calibrates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.additive import fit_additive
from headway.core.mastery.features import Features
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.hybrid.context import Context, fit_context
from headway.core.mastery.hybrid.layout import CORE, NAMES
from headway.core.mastery.hybrid.row import Core, core_of
from headway.core.mastery.hybrid.scorer import scorer_of
from headway.core.mastery.hybrid.stream import core_features, core_logits, describe_all, predict_all
from headway.core.mastery.hybrid.transfer import Transfer, TransferOptions, fit_transfer, transferred
from headway.core.mastery.hybrid.trees import Forest, ForestOptions, fit_forest
from headway.core.mastery.metrics import Labels, measure

Progress = Callable[[int], None]
FOLDS = 4
RIDGES = (0.01, 1.0, 10.0)
"""Ridges of items' own transfer vectors that are tried: few responses an item want a strong one."""
HELD = 0.1
"""Share of the training learners that says when to stop and calibrates."""
USUALLY = (0.05, 0.02)
"""Standard deviations of shift and slope about 0 and 1, before calibration is looked at."""

FOREST = ForestOptions()
STEPS = 2 + FOLDS + FOREST.rounds // 20
"""Steps of progress at most."""


@dataclass(frozen=True, slots=True)
class Layers:
    """What describes a response: the additive core, the transfer and the context of items."""

    core: Core
    transfer: Transfer
    context: Context


@dataclass(frozen=True, slots=True, eq=False)
class Hybrid:
    """The fitted layers, the corrector, and the calibration: logit = ``shift`` + ``slope`` x (transfer + forest)."""

    layers: Layers
    forest: Forest
    shift: float
    slope: float

    def logits(self, frame: Frame, learners: Longs) -> Floats:
        """Return the calibrated logits [N] of the learners' rows, one response ahead; ``shift`` on all others."""
        return self.shift + self.slope * predict_all(
            frame, learners, *_tuple(self.layers), scorer_of(self.forest, len(NAMES))
        )

    def core_logits(self, frame: Frame, learners: Longs) -> Floats:
        """Return the logits [N] of the additive core with transfer on the learners' rows; 0 on all others."""
        return core_logits(frame, learners, self.layers.core, self.layers.transfer)


def _tuple(layers: Layers) -> tuple[Core, Transfer, Context]:
    return layers.core, layers.transfer, layers.context


def fit_hybrid(
    frame: Frame,
    learners: Longs,
    *,
    seed: int = 0,
    forest: ForestOptions = FOREST,
    progress: Progress = lambda done: None,
) -> Hybrid:
    """Fit on the learners (ids). ``progress`` is told steps done, of ``STEPS`` at most. Raises ValueError for fewer
    than ten learners and MissingTrainer without LightGBM."""
    if len(learners) < 10:
        raise ValueError(f"{len(learners)} training learners are too few for hybrid-1: ten at least")
    mixed = np.random.RandomState(seed).permutation(learners)
    features = core_features(frame)
    options = choose_transfer(frame, features, mixed)
    progress(1)
    x = np.zeros((len(frame.item), len(NAMES)), np.float32)
    for turn in range(FOLDS):
        part = np.sort(mixed[turn::FOLDS])
        layers = fit_layers(frame, features, np.setdiff1d(learners, part), options, seed)
        describe_all(frame, part, *_tuple(layers), x)
        progress(2 + turn)
    layers = fit_layers(frame, features, learners, options, seed)
    progress(2 + FOLDS)
    train = frame.rows_of(learners)
    held = frame.rows_of(mixed[: max(int(HELD * len(mixed)), 1)])[train]
    y, x = frame.correct[train], x[train]
    start = x[:, CORE + 1].astype(np.float64)
    found, late = fit_forest(
        x, y, start, held, options=forest, seed=seed, progress=lambda done: progress(2 + FOLDS + done // 20)
    )
    of = np.repeat(frame.students, np.diff(frame.starts))[train][held]
    return Hybrid(layers, found, *calibrate(late, y[held], of))


def fit_layers(frame: Frame, features: Features, learners: Longs, options: TransferOptions, seed: int) -> Layers:
    """Fit core, transfer and context on the learners."""
    rows = frame.rows_of(learners)
    core = core_of(fit_additive(frame, features, rows))
    logits = core_logits(frame, learners, core)
    transfer = fit_transfer(frame, learners, logits, options=options, seed=seed)
    return Layers(core, transfer, fit_context(frame, rows, logits))


def choose_transfer(frame: Frame, features: Features, mixed: Longs) -> TransferOptions:
    """Choose ridge and epochs of the transfer by log loss on a fifth of the training learners."""
    cut = max(len(mixed) // 5, 1)
    held, rest = mixed[:cut], mixed[cut:]
    rows, late = frame.rows_of(rest), frame.rows_of(held)
    core = core_logits(frame, mixed, core_of(fit_additive(frame, features, rows)))
    y, best = frame.correct[late], (np.inf, TransferOptions())
    for ridge in RIDGES:
        options, last = TransferOptions(item_ridge=ridge), np.inf

        def watch(epoch: int, found: Transfer, options: TransferOptions = options) -> bool:
            nonlocal best, last
            loss = measure(y, _chance(transferred(frame, held, core, found)[late])).log_loss
            if loss < best[0]:
                best = (loss, replace(options, epochs=epoch))
            better, last = loss < last, loss
            return better

        fit_transfer(frame, rest, core, options=options, after_epoch=watch)
    return best[1]


def calibrate(logits: Floats, y: Labels, learner: Longs) -> tuple[float, float]:
    """Return shift and slope of the logistic calibration (Platt 1999), drawn to 0 and 1 by what learners can tell.

    A learner's responses go together, so that the covariance of the estimate is taken over ``learner`` [N] (the sandwich of
    Liang and Zeger 1986). The prior is ``USUALLY``: what calibrations on whole training logs were found to differ by.
    """
    design = np.stack([np.ones(len(logits)), logits])

    def loss(free: Floats) -> tuple[float, Floats]:
        z = free @ design
        return float(np.sum(np.logaddexp(0.0, z) - y * z)), design @ (_chance(z) - y)

    plain = np.array([0.0, 1.0])
    found = minimize(loss, plain, jac=True, method="BFGS").x
    chance = _chance(found @ design)
    bread = np.linalg.inv((design * (chance * (1.0 - chance))) @ design.T + 1e-6 * np.eye(2))
    of = np.unique(learner, return_inverse=True)[1]
    scores = np.stack([np.bincount(of, weights=part * (y - chance)) for part in design])
    spread = bread @ (scores @ scores.T) @ bread
    prior = np.diag(np.array(USUALLY) ** 2)
    shift, slope = plain + prior @ np.linalg.solve(prior + spread, found - plain)
    return float(shift), float(slope)


def _chance(logits: Floats) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-logits)))
