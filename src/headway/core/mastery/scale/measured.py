"""Fitting and judging in parts: the report of ``core.mastery.fitting.fit`` without the log in memory.

What is held at once besides a part: of every response its chance, its outcome and whether it was fitted on (10 bytes), and the
columns of the held-out learners, who are judged in detail.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.additive import Additive
from headway.core.mastery.fitting import FitReport, Fitted, Progress
from headway.core.mastery.frame import Frame
from headway.core.mastery.metrics import Labels, measure
from headway.core.mastery.report import learner_values, quality, quartiles
from headway.core.mastery.scale.fitters import IN_PARTS
from headway.core.mastery.scale.parts import Part, Parts, chosen, joined


def fit_in_parts(
    parts: Parts,
    *,
    seed: int = 0,
    model: str = "additive-1",
    start: Additive | None = None,
    progress: Progress = lambda done: None,
) -> FitReport:
    """Fit ``model`` on the training rows of the parts and measure it on the others; ``seed`` is that of their split,
    ``start`` the weights of an earlier fit.

    Raises ValueError for a model that is not fitted in parts, or does not start from weights.
    """
    if model not in IN_PARTS:
        raise ValueError(f"{model} is fitted in memory only; in parts there are {', '.join(IN_PARTS)}")
    found = IN_PARTS[model].run(parts, progress, start)
    predicted = np.concatenate(list(parts.each(found.predict, found.given)))
    outcomes = list(parts.each(_outcomes, None))
    correct, train = (np.concatenate([each[n] for each in outcomes]) for n in (0, 1))
    held, late, groups, learners = _held_out(parts)
    return FitReport(
        model,
        seed,
        learners,
        len(correct),
        parts.items,
        parts.skill_count,
        measure(correct[train], predicted[train]),
        measure(held.correct, predicted[~train]),
        float(held.correct.mean()),
        Fitted(
            predicted,
            found.difficulty,
            found.parameters,
            additive=found.additive,
            model=found.hybrid,
            fitted_on=found.fitted_on,
        ),
        quality(held, late, predicted[~train], groups=groups),
    )


def _outcomes(part: Part, given: None) -> tuple[Labels, NDArray[np.bool_]]:
    return np.array(part.frame.correct), np.array(part.train)


def _held_out(parts: Parts) -> tuple[Frame, NDArray[np.bool_], dict[str, NDArray[np.int64]], int]:
    """Return the held-out learners' rows as one frame with a mask of all of them, these learners' quartiles among all
    learners of the log, and how many those are."""
    frames, values, masks = [], list[dict[str, Floats]](), []
    for frame, of, mask in parts.each(_held_out_of, None):
        frames.append(frame)
        values.append(of)
        masks.append(mask)
    groups, late = (
        quartiles({kind: np.concatenate([each[kind] for each in values]) for kind in values[0]}),
        joined(frames),
    )
    held = np.concatenate(masks)
    return late, np.ones(len(late.item), np.bool_), {kind: of[held] for kind, of in groups.items()}, len(held)


def _held_out_of(part: Part, given: None) -> tuple[Frame, dict[str, Floats], NDArray[np.bool_]]:
    held = ~part.train[part.frame.starts[:-1]]
    return chosen(part.frame, held), learner_values(part.frame), np.asarray(held)
