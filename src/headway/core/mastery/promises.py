"""What every fitter of logs promises, as functions that anybody can run on their own.

A fitter is what ``fitting.FITTERS`` holds: frame, training learners and progress in, predictions one response ahead out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from headway.core.mastery.fitting import Fitter
from headway.core.mastery.frame import Frame, frame_of, split
from headway.core.mastery.metrics import auc


class Dishonest(AssertionError):
    """A fitter did not keep a promise; the message names it and what was seen."""


def _log(learners: int, each: int, rng: np.random.Generator, noise: bool = False) -> dict[str, Any]:
    """Learners with an ability each, 24 items in 6 skills; the items of every third have a second skill."""
    item = rng.integers(24, size=learners * each)
    gap = np.repeat(rng.normal(0.0, 1.0, learners), each) - (item % 8 - 3.5) / 3.0
    chance = np.full(len(item), 0.6) if noise else 1.0 / (1.0 + np.exp(-gap))
    return {
        "student": np.repeat(np.arange(learners), each),
        "item": item,
        "skills": [[int(i) // 4, (int(i) // 4 + 1) % 6] if i % 3 == 0 else [int(i) // 4] for i in item],
        "correct": (rng.random(len(item)) < chance).astype(np.int8),
        "order": np.tile(np.arange(each), learners),
    }


def the_future_changes_nothing(fitter: Fitter, seed: int) -> None:
    """Other later answers of a held-out learner change no earlier prediction, nor any of another learner."""
    columns = _log(40, 24, np.random.default_rng(seed))
    train, held = split(frame_of(columns), 0)
    late = np.isin(columns["student"], held[:1]) & (columns["order"] >= 12)
    other = columns | {"correct": np.where(late, 1 - columns["correct"], columns["correct"])}
    one, two = (fitter(frame_of(each), train, lambda done: None).predicted for each in (columns, other))
    after = np.isin(columns["student"], held[:1]) & (columns["order"] > 12)
    if not np.array_equal(one[~after], two[~after]):
        raise Dishonest(f"the_future_changes_nothing: predictions moved by {np.abs(one - two)[~after].max()}")
    if not (np.isfinite(one).all() and (one > 0.0).all() and (one < 1.0).all()):
        raise Dishonest(f"the_future_changes_nothing: chances from {one.min()} to {one.max()}")


def nothing_is_learnt_from_noise(fitter: Fitter, seed: int) -> None:
    """On coin flips the AUC of held-out learners is 0.5 (4,000 responses; the tolerance is four standard errors)."""
    frame = frame_of(_log(400, 50, np.random.default_rng(seed), noise=True))
    train, held = split(frame, 0)
    rows = frame.rows_of(held)
    found = auc(frame.correct[rows], fitter(frame, train, lambda done: None).predicted[rows])
    if abs(found - 0.5) > 0.037:
        raise Dishonest(f"nothing_is_learnt_from_noise: AUC {found:.3f} on coin flips")


def names_of_learners_do_not_matter(fitter: Fitter, seed: int) -> None:
    """Learners with other ids in the same order get the same predictions."""
    columns = _log(40, 24, np.random.default_rng(seed))
    frame = frame_of(columns)
    renamed = frame_of(columns | {"student": 1000 + 7 * columns["student"]})
    train, _ = split(frame, 0)
    one = fitter(frame, train, lambda done: None).predicted
    two = fitter(renamed, 1000 + 7 * train, lambda done: None).predicted
    if not np.array_equal(one, two):
        raise Dishonest(f"names_of_learners_do_not_matter: predictions moved by {np.abs(one - two).max()}")


def rows_may_come_in_any_order(fitter: Fitter, seed: int) -> None:
    """A shuffled log gives the same predictions."""
    columns = _log(40, 24, np.random.default_rng(seed))
    mixed = np.random.default_rng(seed).permutation(len(columns["item"]))
    shuffled = {
        name: [values[n] for n in mixed] if name == "skills" else values[mixed] for name, values in columns.items()
    }
    frames: list[Frame] = [frame_of(columns), frame_of(shuffled)]
    train, _ = split(frames[0], 0)
    one, two = (fitter(frame, train, lambda done: None).predicted for frame in frames)
    if not np.array_equal(one, two):
        raise Dishonest(f"rows_may_come_in_any_order: predictions moved by {np.abs(one - two).max()}")


FITTER_PROMISES: tuple[Callable[[Fitter, int], None], ...] = (
    the_future_changes_nothing,
    nothing_is_learnt_from_noise,
    names_of_learners_do_not_matter,
    rows_may_come_in_any_order,
)


def check_fitter(fitter: Fitter, *, seed: int = 0) -> None:
    """Run every promise of a fitter; raises Dishonest at the first that is not kept."""
    for promise in FITTER_PROMISES:
        promise(fitter, seed)
