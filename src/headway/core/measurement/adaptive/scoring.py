"""Ability from the answers of one person: EAP, MAP and WLE, each with its standard error, for every item model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from headway.core.measurement.items import Floats, ItemBank, category_probabilities, information

METHODS = ("eap", "map", "wle")
WIDTH = 1e-4
"""Half the step of the numerical derivatives, in logits."""


@dataclass(frozen=True, slots=True)
class Ability:
    """``theta`` and its standard error ``se``, in logits; for EAP the posterior's mean and standard deviation."""

    theta: float
    se: float


def ability_of(
    bank: ItemBank,
    rows: Sequence[int],
    scores: Sequence[int],
    *,
    method: str = "eap",
    mean: float = 0.0,
    variance: float = 1.0,
) -> Ability:
    """Estimate ability from ``scores`` on the items ``rows`` of a bank, with the prior N(mean, variance).

    ``eap``: mean of the posterior (Bock and Mislevy 1982). ``map``: its mode, SE from information plus 1 / variance.
    ``wle``: Warm's weighted likelihood (1989), without the prior; it exists for all-right and all-wrong answers too.
    Raises ValueError for an unknown method, a score that an item does not have, and WLE of no answer.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}: use one of {', '.join(METHODS)}")
    given, answers = bank.take(rows), np.asarray(scores, dtype=np.int64)
    if len(answers) != len(given) or bool(((answers < 0) | (answers > given.steps)).any()):
        raise ValueError("give one score for each item, from 0 to its highest")
    if method == "eap":
        return _eap(given, answers, mean, variance)
    if method == "wle" and len(answers) == 0:
        raise ValueError("a weighted likelihood estimate needs at least one answer")
    return _root(given, answers, mean, variance, method)


def _reach(bank: ItemBank, mean: float) -> tuple[float, float]:
    spread = float(np.max(np.abs(bank.b), initial=0.0, where=~np.isnan(bank.b)))
    return min(mean, 0.0) - spread - 8.0, max(mean, 0.0) + spread + 8.0


def _eap(bank: ItemBank, scores: np.ndarray[tuple[int], np.dtype[np.int64]], mean: float, variance: float) -> Ability:
    width = sqrt(variance)
    nodes = np.linspace(mean - 7.0 * width, mean + 7.0 * width, 281)
    weights = np.exp(_log_likelihood(bank, scores, nodes) - 0.5 * (nodes - mean) ** 2 / variance)
    weights /= weights.sum()
    theta = float(weights @ nodes)
    return Ability(theta, float(np.sqrt(weights @ (nodes - theta) ** 2)))


def _log_likelihood(bank: ItemBank, scores: np.ndarray[tuple[int], np.dtype[np.int64]], at: Floats) -> Floats:
    """float64 [Q]; the largest is 0."""
    if len(scores) == 0:
        return np.zeros(len(at))
    chances = category_probabilities(bank, at)[:, np.arange(len(scores)), scores]
    total = np.log(np.maximum(chances, 1e-300)).sum(axis=1)
    return np.asarray(total - total.max(), dtype=np.float64)


def _slope(
    bank: ItemBank,
    scores: np.ndarray[tuple[int], np.dtype[np.int64]],
    at: Floats,
    mean: float,
    variance: float,
    method: str,
) -> Floats:
    """The derivative that is 0 at the estimate. Warm adds J / 2I with J = sum P' P'' / P."""
    below, here, above = (category_probabilities(bank, at + move) for move in (-WIDTH, 0.0, WIDTH))
    safe = np.maximum(here, 1e-300)
    first = (above - below) / (2.0 * WIDTH)
    score = (first / safe)[:, np.arange(len(scores)), scores].sum(axis=1)
    if method == "map":
        return np.asarray(score - (at - mean) / variance)
    second = (above - 2.0 * here + below) / WIDTH**2
    weight = (first * second / safe).sum(axis=(1, 2))
    return np.asarray(score + weight / (2.0 * np.maximum(information(bank, at).sum(axis=1), 1e-300)))


def _root(
    bank: ItemBank, scores: np.ndarray[tuple[int], np.dtype[np.int64]], mean: float, variance: float, method: str
) -> Ability:
    """The highest peak on a grid, by summing the slope; then bisection beside it (3pl may have several roots)."""
    nodes = np.linspace(*_reach(bank, mean), 321)
    slopes = _slope(bank, scores, nodes, mean, variance, method)
    height = np.concatenate([[0.0], np.cumsum(0.5 * (slopes[1:] + slopes[:-1]))])
    top = int(height.argmax())
    low, high = float(nodes[max(top - 1, 0)]), float(nodes[min(top + 1, len(nodes) - 1)])
    for _ in range(40):
        middle = 0.5 * (low + high)
        if float(_slope(bank, scores, np.array([middle]), mean, variance, method)[0]) > 0.0:
            low = middle
        else:
            high = middle
    theta = 0.5 * (low + high)
    told = float(information(bank, theta).sum()) + (1.0 / variance if method == "map" else 0.0)
    return Ability(theta, 1.0 / sqrt(max(told, 1e-12)))
