"""How good predictions are, in all and where it matters: by skill, history, gap and group; calibration; fairness.

Groups are of behaviour, because logs of practice hold no backgrounds: accuracy on the first ten responses, pace, activity.
Each is cut into quartiles of learners. A group's *false mastery* is the share of wrong responses among those predicted at
``WORKING`` or more. Even perfect chances differ in it from group to group, because a stronger group's chances lie higher above
the threshold. So what counts is the *excess*: that share less the share that the chances themselves announce.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from headway.core.curriculum.catalogue import Floats
from headway.core.mastery.frame import Frame
from headway.core.mastery.metrics import BINS, Labels, Metrics, auc, measure

WORKING = 0.8
"""A response predicted at this chance or more would count as mastered."""
ENOUGH = 1000
"""Responses that a bucket needs to be reported on its own."""
PASSED = 300
"""Responses at the working chance that a group needs for its false mastery."""
FIRST = 10
"""Responses of a learner that say which group it is in; they are left out of the groups' figures."""
HISTORIES = (
    ("first", 0, 1),
    ("2nd to 5th", 1, 5),
    ("6th to 20th", 5, 20),
    ("21st to 100th", 20, 100),
    ("later", 100, 2**40),
)
GAPS = (
    ("under an hour", 0.0, 3600.0),
    ("under a day", 3600.0, 86400.0),
    ("under a week", 86400.0, 604800.0),
    ("a week or more", 604800.0, np.inf),
)
"""Seconds since the response before."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some of the responses: ``kind`` (skill, history, gap, accuracy, pace, activity) and ``name``; ``noise`` is the
    95th percentile of the calibration error that perfect predictions would show on as many responses. Where the error lies
    above both, ``together`` is that percentile with a learner's answers going together, as they did (0 elsewhere): below it
    the part is no worse than other learners would make it, though not what is asked for."""

    kind: str
    name: str
    metrics: Metrics
    noise: float
    together: float = 0.0

    @property
    def calibrated(self) -> bool:
        """Whether the calibration error is at most 0.03, or no larger than chance makes it."""
        return self.metrics.ece <= max(0.03, self.noise)


@dataclass(frozen=True, slots=True)
class Quality:
    """``intercept`` and ``slope`` of outcomes on the predicted logits (0 and 1 are perfect); ``reliability``: predicted,
    observed and count of each filled bin; ``buckets`` of at least ENOUGH responses; by kind of group the ``abroca``
    (largest area between a group's ROC curve and the others', 0 is fair), the largest gap between groups of
    ``false_mastery`` and of its ``excess``."""

    metrics: Metrics
    noise: float
    intercept: float
    slope: float
    reliability: tuple[tuple[float, float, int], ...]
    buckets: tuple[Bucket, ...]
    abroca: dict[str, float]
    false_mastery: dict[str, float]
    excess: dict[str, float]


def quality(
    frame: Frame,
    rows: NDArray[np.bool_],
    predicted: Floats,
    seed: int = 0,
    *,
    groups: Mapping[str, NDArray[np.int64]] | None = None,
) -> Quality:
    """Judge the predictions [N] of the rows. ``groups`` are the learners' groups where the frame is a part of the log; else
    they are cut among its learners. Raises ValueError if there are no rows."""
    y, p = frame.correct[rows], predicted[rows]
    whole = measure(y, p)
    learner = np.repeat(np.arange(len(frame.students)), np.diff(frame.starts))[rows]
    place = (np.arange(len(frame.item)) - np.repeat(frame.starts[:-1], np.diff(frame.starts)))[rows]
    buckets = [
        _bucket(kind, name, y[mask], p[mask], learner[mask], seed)
        for kind, name, mask in _cuts(frame, rows, place)
        if np.count_nonzero(mask) >= ENOUGH
    ]
    abroca, false_mastery, excess = {}, {}, {}
    late = place >= FIRST
    for kind, group in (groups or learner_groups(frame)).items():
        of = np.repeat(group, np.diff(frame.starts))[rows]
        masks = [late & (of == n) for n in range(4)]
        names = ("lowest quarter", "second quarter", "third quarter", "highest quarter")
        filled = [mask for mask in masks if np.count_nonzero(mask) >= ENOUGH]
        buckets += [
            _bucket(kind, name, y[mask], p[mask], learner[mask], seed)
            for name, mask in zip(names, masks, strict=True)
            if np.count_nonzero(mask) >= ENOUGH
        ]
        if len(filled) > 1:
            abroca[kind] = max(roc_gap(y[m], p[m], y[late & ~m], p[late & ~m]) for m in filled)
            passed = [m & (p >= WORKING) for m in filled if np.count_nonzero(m & (p >= WORKING)) >= PASSED]
            false_mastery[kind] = _range([1.0 - float(y[m].mean()) for m in passed])
            excess[kind] = _range([float((p[m] - y[m]).mean()) for m in passed])
    intercept, slope = logit_line(y, p)
    return Quality(
        whole, noise_of(p, seed), intercept, slope, _reliability(y, p), tuple(buckets), abroca, false_mastery, excess
    )


def _range(values: list[float]) -> float:
    return max(values) - min(values) if values else 0.0


def _cuts(
    frame: Frame, rows: NDArray[np.bool_], place: NDArray[np.int64]
) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Buckets of responses by history, gap and skill; one mask at a time, because there may be many skills."""
    for name, low, high in HISTORIES:
        yield "history", name, (place >= low) & (place < high)
    if frame.timed:
        gap = np.diff(frame.at, prepend=0.0)
        gap[frame.starts[:-1]] = -1.0
        gap = gap[rows]
        for name, shortest, longest in GAPS:
            yield "gap", name, (gap >= shortest) & (gap < longest)
    skill = frame.skills[frame.skills_at[:-1]][rows]
    for number in np.flatnonzero(np.bincount(skill, minlength=1) >= ENOUGH).tolist():
        yield "skill", str(frame.skill_ids[number]), skill == number


def learner_values(frame: Frame) -> dict[str, Floats]:
    """Return for each kind of group what each learner is placed by; pace only where times were measured."""
    lengths = np.diff(frame.starts)
    ends = np.minimum(frame.starts[:-1] + FIRST, frame.starts[1:])
    right = np.concatenate([[0], np.cumsum(frame.correct, dtype=np.int64)])
    values = {
        "accuracy": (right[ends] - right[frame.starts[:-1]]) / (ends - frame.starts[:-1]),
        "activity": lengths.astype(np.float64),
    }
    if frame.timed:
        values["pace"] = (frame.at[ends - 1] - frame.at[frame.starts[:-1]]) / (ends - frame.starts[:-1])
    return values


def learner_groups(frame: Frame) -> dict[str, NDArray[np.int64]]:
    """Return for each kind of group the quartile (0 to 3) of each learner among those of the frame."""
    return quartiles(learner_values(frame))


def quartiles(values: Mapping[str, Floats]) -> dict[str, NDArray[np.int64]]:
    """Return for each kind of group the quartile (0 to 3) of each learner."""
    return {kind: np.argsort(np.argsort(v, kind="stable"), kind="stable") * 4 // len(v) for kind, v in values.items()}


def _bucket(kind: str, name: str, y: Labels, p: Floats, learner: NDArray[np.int64], seed: int) -> Bucket:
    found = Bucket(kind, name, measure(y, p), noise_of(p, seed))
    if found.calibrated:
        return found
    return Bucket(kind, name, found.metrics, found.noise, noise_together(y, p, learner, seed))


def noise_of(predicted: Floats, seed: int, draws: int = 1000) -> float:
    """Return the 95th percentile of the calibration error of outcomes drawn from the predictions themselves (each
    bin's sum taken as normal)."""
    bins = np.minimum((predicted * BINS).astype(np.int64), BINS - 1)
    spread = np.sqrt(np.bincount(bins, weights=predicted * (1.0 - predicted), minlength=BINS))
    drawn = np.abs(np.random.default_rng(seed).normal(size=(draws, BINS)) * spread)
    return float(np.quantile(drawn.sum(axis=1) / len(predicted), 0.95))


def noise_together(y: Labels, p: Floats, learner: NDArray[np.int64], seed: int, draws: int = 1000) -> float:
    """Return the 95th percentile of the calibration error where predictions are right on average over learners, but what
    is left of a learner's answers goes together: each learner's residuals are kept and their sign is drawn (the wild
    bootstrap by clusters; Cameron, Gelbach and Miller 2008). ``learner`` int64 [N] are the rows' learners."""
    bins = np.minimum((p * BINS).astype(np.int64), BINS - 1)
    _, of = np.unique(learner, return_inverse=True)
    sums = np.bincount(of * BINS + bins, weights=y - p, minlength=BINS * (int(of.max()) + 1)).reshape(-1, BINS)
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], size=(draws, len(sums)))
    return float(np.quantile(np.abs(signs @ sums).sum(axis=1) / len(p), 0.95))


def logit_line(y: Labels, p: Floats) -> tuple[float, float]:
    """Return intercept and slope of the logistic regression of outcomes on predicted logits (Cox 1958)."""
    clipped = np.clip(p, 1e-9, 1.0 - 1e-9)
    z = np.log(clipped / (1.0 - clipped))

    def loss(free: Floats) -> tuple[float, Floats]:
        line = free[0] + free[1] * z
        error = 1.0 / (1.0 + np.exp(-line)) - y
        return float(np.mean(np.logaddexp(0.0, line) - y * line)), np.array([error.mean(), (error * z).mean()])

    found = minimize(loss, np.array([0.0, 1.0]), jac=True, method="BFGS").x
    return float(found[0]), float(found[1])


def roc_gap(y_one: Labels, p_one: Floats, y_other: Labels, p_other: Floats) -> float:
    """Return the area between two ROC curves (ABROCA: Gardner, Brooks and Baker, LAK 2019)."""
    grid = np.linspace(0.0, 1.0, 501)
    curves = []
    for y, p in ((y_one, p_one), (y_other, p_other)):
        right, wrong = np.sort(-p[y == 1]), np.sort(-p[y == 0])
        if len(right) == 0 or len(wrong) == 0:
            return 0.0
        cut = np.quantile(wrong, grid)
        curves.append(np.searchsorted(right, cut, side="right") / len(right))
    return float(np.abs(curves[0] - curves[1]).mean())


def _reliability(y: Labels, p: Floats) -> tuple[tuple[float, float, int], ...]:
    bins = np.minimum((p * BINS).astype(np.int64), BINS - 1)
    count = np.bincount(bins, minlength=BINS)
    said, seen = (np.bincount(bins, weights=w, minlength=BINS) for w in (p, y.astype(np.float64)))
    filled = np.flatnonzero(count)
    return tuple((float(said[n] / count[n]), float(seen[n] / count[n]), int(count[n])) for n in filled)


def paired_bootstrap(
    learner: NDArray[np.int64], y: Labels, one: Floats, other: Floats, draws: int = 200, seed: int = 0
) -> tuple[float, float, float]:
    """Return the difference of the AUC of ``one`` over ``other`` and its 95 % interval, learners drawn with replacement.

    ``learner`` [N] are the rows' learners, numbered from 0.
    """
    rng = np.random.default_rng(seed)
    count = int(learner.max()) + 1
    order = np.argsort(learner, kind="stable")
    starts = np.searchsorted(learner[order], np.arange(count + 1))
    found = []
    for _ in range(draws):
        drawn = rng.integers(count, size=count)
        rows = np.concatenate([order[starts[n] : starts[n + 1]] for n in drawn])
        found.append(auc(y[rows], one[rows]) - auc(y[rows], other[rows]))
    low, high = np.quantile(found, [0.025, 0.975])
    return auc(y, one) - auc(y, other), float(low), float(high)
