"""The same simulation through the functions of a live sitting: slower by far, for designs with shadow tests and items on
trial, and to hold the compiled simulation against."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from headway.core.measurement.adaptive import kernel
from headway.core.measurement.adaptive.design import Design
from headway.core.measurement.adaptive.exposure import Exposure, fresh
from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.adaptive.simulate import Simulated
from headway.core.measurement.adaptive.sitting import REASONS, ability_now, answer, begin, scored
from headway.core.measurement.items import Floats


def rehearse(
    pool: Pool,
    design: Design,
    abilities: Floats,
    *,
    seed: int = 0,
    mean: float = 0.0,
    variance: float = 1.0,
    exposure: Exposure | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Simulated:
    """Let takers take the test one by one, as :func:`headway.core.measurement.adaptive.simulate.simulate` does;
    without shadow tests the two give the same. ``progress`` hears how many have finished."""
    control = exposure or fresh(pool)
    balance = control.balance.copy()
    takers = len(abilities)
    estimate, se = np.empty(takers), np.empty(takers)
    length, reason = np.zeros(takers, np.int32), np.zeros(takers, np.int8)
    items = np.full((takers, design.maximum), -1, np.int32)
    for taker in range(takers):
        now = Exposure(control.chance, balance, control.mean_chance)
        sitting = begin(pool, design, seed=seed, mean=mean, variance=variance, exposure=now, taker=taker)
        while sitting.pending >= 0:
            score = score_of(pool, sitting.pending, float(abilities[taker]), seed, taker)
            sitting = answer(pool, design, sitting, score)
        found, given = ability_now(pool, design, sitting), scored(pool, sitting)
        estimate[taker], se[taker], length[taker] = found.theta, found.se, len(given)
        reason[taker] = REASONS.index(sitting.reason)
        items[taker, : len(given)] = given
        if design.exposure < 1.0:
            balance = np.maximum(balance - design.exposure, -kernel.SLACK)
            balance[list(given)] += 1.0
        progress(taker + 1)
    return Simulated(
        abilities, estimate, se, length, reason, items, Exposure(control.chance, balance, control.mean_chance)
    )


def score_of(pool: Pool, item: int, ability: float, seed: int, taker: int) -> int:
    """Return the score that this taker gets on an item: always the same one under a seed."""
    place = (ability - float(pool.nodes[0])) / float(pool.nodes[1] - pool.nodes[0])
    low = min(max(int(place), 0), len(pool.nodes) - 2)
    part = min(max(place - low, 0.0), 1.0)
    chances = (1.0 - part) * pool.chances[item, :-1, low] + part * pool.chances[item, :-1, low + 1]
    draw = kernel.uniform(seed, taker, item)
    score = 0
    for chance in chances.tolist():
        draw -= chance
        score += draw >= 0.0
    return score
