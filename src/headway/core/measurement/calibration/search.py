"""EM to the maximum, with Anderson acceleration: the last few EM steps are combined into one longer step.

Source: Walker and Ni (2011), with restarts as in Henderson and Varadhan (2019): a step that lowers the posterior is
taken back to the last plain EM step, which cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from headway.core.measurement.calibration.curves import Flags, Shape, curves
from headway.core.measurement.calibration.expectation import Expected, Population, expect, tables_of
from headway.core.measurement.calibration.maximisation import ItemPriors, log_prior, move_items, recentred
from headway.core.measurement.calibration.responses import Block
from headway.core.measurement.items import GRADED, Floats

DEPTH = 5
"""EM steps that are combined."""

PATIENCE = 12
"""Cycles without progress after which a search that is as good as there stops."""

Progress = Callable[[int, float], None]
"""Told of each EM cycle: its number and the log likelihood."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is searched: the ``blocks`` of persons, the ``shape`` of the items, responses by score (``counts`` [J, K + 1]),
    which means and standard deviations of groups move (bool [G])."""

    blocks: Sequence[Block]
    shape: Shape
    counts: Floats
    moving_mean: Flags
    moving_sd: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Where the search stands: working parameters [J, width], populations, item priors (moved with the scale), the last
    E-step there, cycles taken and whether it converged."""

    omega: Floats
    population: Population
    priors: ItemPriors
    expected: Expected
    cycles: int
    converged: bool


def search(
    problem: Problem,
    omega: Floats,
    population: Population,
    nodes: Floats,
    priors: ItemPriors,
    *,
    tolerance: float,
    most: int,
    progress: Progress,
) -> Found:
    """Climb until an EM step promises less than ``tolerance`` in log likelihood, or ``most`` cycles are done."""
    memory = _Memory(problem)
    here = _Place(omega, population, priors)
    best, safe = -np.inf, here
    stale, least = 0, np.inf
    slack = 0.5 if np.isfinite(priors.place_sd) else 1e-4  # the priors move a little too
    for cycle in range(1, most + 1):
        value, expected, image, gain = _step(problem, here, nodes)
        progress(cycle, expected.log_likelihood)
        if not value > best - 1e-8 * abs(value) - slack and cycle > 1:
            memory.clear()
            here, best, stale = safe, -np.inf, stale + 1
            continue
        stale = 0 if gain < 0.9 * least else stale + 1
        least = min(least, gain)
        # weights in single precision cannot resolve every tolerance: then the promise no longer falls
        if gain < tolerance or (stale > PATIENCE and gain < 1e-2):
            return Found(here.omega, here.population, here.priors, expected, cycle, True)
        best, safe = value, image
        here = memory.next(here, image)
    _, expected, _, _ = _step(problem, safe, nodes)
    return Found(safe.omega, safe.population, safe.priors, expected, most, False)


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    omega: Floats
    population: Population
    priors: ItemPriors


def _step(problem: Problem, here: _Place, nodes: Floats) -> tuple[float, Expected, _Place, float]:
    """One EM step: the log posterior here, the E-step, where it leads, and the gain it promises."""
    shape, omega, population, priors = problem.shape, here.omega, here.population, here.priors
    ready = curves(shape, omega, nodes)
    tables = tables_of(shape, omega, ready[0], nodes, problem.counts, population.log_weights(nodes))
    expected = expect(shape, problem.blocks, tables)
    value = expected.log_likelihood + log_prior(shape, omega, priors)
    moved, gain = move_items(shape, omega, expected, nodes, problem.counts[:, 1], priors, ready)
    image = _Place(moved, _populations(problem, population, expected), priors)
    if not shape.fixed.any() and not problem.moving_mean[0]:
        image = _rescaled(problem, image, expected)
    reached, people = image.population, expected.group[:, 0]
    apart = (reached.mean - population.mean) ** 2 + 2.0 * (reached.sd - population.sd) ** 2
    gain += float((people * apart / reached.sd**2).sum())
    return value, expected, image, gain


def _populations(problem: Problem, population: Population, expected: Expected) -> Population:
    people, first, second = expected.group.T
    mean = np.where(problem.moving_mean, first / np.maximum(people, 1.0), population.mean)
    spread = second - 2.0 * mean * first + mean * mean * people
    sd = np.where(problem.moving_sd, np.sqrt(np.maximum(spread / np.maximum(people, 1.0), 1e-6)), population.sd)
    return Population(mean, sd)


def _rescaled(problem: Problem, image: _Place, expected: Expected) -> _Place:
    """Let the reference group's mean (and sd) move too, then express everything on its scale again: parameter-expanded
    EM (Liu, Rubin and Wu 1998), which spares long tests their slow creep along the scale.

    Item priors move along, and their means are set so that they say nothing of the scale (see ``recentred``).
    """
    people, first, second = expected.group[0]
    centre = first / people
    unit = 1.0
    sd = image.population.sd.copy()
    if problem.moving_sd[0]:
        sd[0] = np.sqrt(max(second / people - centre * centre, 1e-6))
    else:
        unit = float(np.sqrt(max(second / people - centre * centre, 1e-6)) / sd[0])
    moved, old = image.omega.copy(), image.priors
    top = problem.shape.top
    moved[:, 1 : 1 + top] += np.where(problem.shape.used[:, 1 : 1 + top], moved[:, :1] * centre, 0.0)
    moved[:, 0] *= unit
    mean, others = (image.population.mean - centre) / unit, sd / unit
    mean[0] = image.population.mean[0]
    others[0] = sd[0]
    priors = recentred(problem.shape, moved, replace(old, place_sd=old.place_sd / unit))
    return _Place(moved, Population(mean, others), priors)


class _Memory:
    """The last points and their EM images, as flat vectors."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.items = problem.shape.used & ~problem.shape.fixed[:, None]
        if problem.shape.slope == "one":
            self.items[:, 0] = False
        self.points: list[Floats] = []
        self.moves: list[Floats] = []

    def clear(self) -> None:
        self.points, self.moves = [], []

    def _flat(self, place: _Place) -> Floats:
        omega, population = place.omega, place.population
        mean, sd = population.mean[self.problem.moving_mean], np.log(population.sd[self.problem.moving_sd])
        return np.concatenate([omega[self.items], mean, sd])

    def next(self, here: _Place, image: _Place) -> _Place:
        """Return the point to try next."""
        point, moved = self._flat(here), self._flat(image)
        self.points = [*self.points[-DEPTH:], point]
        self.moves = [*self.moves[-DEPTH:], moved - point]
        if len(self.points) < 3:
            return image
        points, moves = np.diff(self.points, axis=0), np.diff(self.moves, axis=0)
        inner = moves @ moves.T
        inner += np.eye(len(inner)) * (1e-10 * np.trace(inner) + 1e-300)
        mix = np.linalg.solve(inner, moves @ self.moves[-1])
        leap = np.clip(-(mix @ (points + moves)), -1.0, 1.0)
        return self._unflat(moved + leap, image)

    def _unflat(self, vector: Floats, image: _Place) -> _Place:
        omega, population = image.omega.copy(), image.population
        size = int(self.items.sum())
        omega[self.items] = vector[:size]
        shape, means = self.problem.shape, self.problem.moving_mean
        if (shape.kind == GRADED).any() and shape.top > 1:
            inside = shape.used[:, 2 : shape.top + 1] & (shape.kind == GRADED)[:, None]
            if (inside & (np.diff(omega[:, 1 : shape.top + 1], axis=1) > -1e-4)).any():
                return image
        mean, sd = population.mean.copy(), population.sd.copy()
        mean[means] = vector[size : size + int(means.sum())]
        sd[self.problem.moving_sd] = np.exp(vector[size + int(means.sum()) :])
        return _Place(omega, Population(mean, sd), image.priors)
