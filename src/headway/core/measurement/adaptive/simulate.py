"""Many simulated takers of one adaptive test, compiled: 100,000 and more items a second on one core.

Takers come one after another, so that exposure control and its fairness in time can be seen. An answer depends on
seed, taker and item only, so two designs are compared on the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.measurement.adaptive import kernel
from headway.core.measurement.adaptive.design import Design, rules_of
from headway.core.measurement.adaptive.exposure import Exposure, fresh
from headway.core.measurement.adaptive.pool import Ints, Marks, Pool
from headway.core.measurement.items import Floats

Kept = tuple[Floats, Floats, Floats]
"""Of exposure control: each item's chance to be open, how far it is ahead, and the mean of its chance in the run."""


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """What N takers got, in their order. ``estimate`` and ``se`` float64 [N] in logits (mean and standard deviation
    of the posterior); ``length`` int32 [N]; ``reason`` int8 [N] as in ``kernel``; ``items`` int32 [N, M] the items in
    the order given, -1 beyond the length; ``exposure`` is what control had become at the end."""

    ability: Floats
    estimate: Floats
    se: Floats
    length: Ints
    reason: NDArray[np.int8]
    items: Ints
    exposure: Exposure


def simulate(
    pool: Pool,
    design: Design,
    abilities: Floats,
    *,
    seed: int = 0,
    mean: float = 0.0,
    variance: float = 1.0,
    exposure: Exposure | None = None,
) -> Simulated:
    """Let takers of these abilities (float64 [N], logits) take the test, each with the prior N(mean, variance).

    ``exposure`` is where control begins (``warm`` makes one); without it control begins cold. Items on trial are left
    out. The same arguments give the same result.
    """
    rules, control = rules_of(design, pool), exposure or fresh(pool)
    takers = len(abilities)
    prior = np.empty(len(pool.nodes))
    kernel.prior_on(pool.nodes, mean, variance, prior)
    chance, balance = control.chance.copy(), control.balance.copy()
    mean_chance = np.zeros(len(pool))
    out = (np.empty(takers), np.empty(takers), np.zeros(takers, np.int32), np.zeros(takers, np.int8))
    items = np.full((takers, rules.maximum), -1, np.int32)
    _run(
        (pool.nodes, pool.chances, pool.information, pool.order, pool.content, pool.group, pool.trial),
        (rules.minimum, rules.maximum, rules.se, rules.posterior, rules.lower, rules.upper),
        (rules.cuts, rules.decide, rules.bound, rules.indifference),
        (chance, balance, mean_chance),
        design.exposure,
        prior,
        np.ascontiguousarray(abilities, np.float64),
        seed,
        out,
        items,
    )
    return Simulated(abilities, *out, items, Exposure(chance, balance, mean_chance))


def warm(pool: Pool, design: Design, *, mean: float = 0.0, variance: float = 1.0, takers: int = 4000) -> Exposure:
    """Return exposure control as it is after many takers have been simulated, so that the first real ones do not get
    the best items more often than the last: their tests are equally long."""
    if design.exposure >= 1.0:
        return fresh(pool)
    abilities = mean + np.sqrt(variance) * np.random.default_rng(20_041).standard_normal(takers)
    control = fresh(pool)
    for part in np.array_split(abilities, 2):
        control = simulate(pool, design, part, seed=77, mean=mean, variance=variance, exposure=control).exposure
    return Exposure(np.clip(control.mean_chance, 0.01, 1.0), np.zeros(len(pool)), control.mean_chance)


@compiled
def _run(
    bank: tuple[Floats, Floats, Floats, Ints, Ints, Ints, Marks],
    rules: tuple[int, int, float, bool, Ints, Ints],
    cut: tuple[Floats, int, float, float],
    control: Kept,
    rate: float,
    prior: Floats,
    abilities: Floats,
    seed: int,
    out: tuple[Floats, Floats, Ints, NDArray[np.int8]],
    items: Ints,
) -> None:
    chance, balance, mean_chance = control
    size = chance.shape[0]
    withheld = np.zeros(size, np.uint8)
    controlled = rate < 1.0
    for taker in range(abilities.shape[0]):
        if controlled:
            kernel.withhold(chance, balance, seed, taker, withheld)
        found = _sit(bank, rules, cut, withheld, prior, abilities[taker], seed, taker, items[taker])
        out[0][taker], out[1][taker], out[2][taker], out[3][taker] = found
        if controlled:
            for j in range(size):
                mean_chance[j] += (min(chance[j] * np.exp(-kernel.GAIN * balance[j]), 1.0) - mean_chance[j]) / (
                    taker + 1
                )
                balance[j] = max(balance[j] - rate, -kernel.SLACK)
            for item in items[taker, : found[2]]:
                balance[item] += 1.0


@compiled
def _sit(
    bank: tuple[Floats, Floats, Floats, Ints, Ints, Ints, Marks],
    rules: tuple[int, int, float, bool, Ints, Ints],
    cut: tuple[Floats, int, float, float],
    withheld: Marks,
    prior: Floats,
    ability: float,
    seed: int,
    taker: int,
    items: Ints,
) -> tuple[float, float, int, int]:
    """One taker's whole test; returns estimate, standard error, length and reason."""
    nodes, chances, information, order, content, group, trial = bank
    minimum, maximum, se, posterior, lower, upper = rules
    cuts, how, bound, half = cut
    used, counts, blocked = trial.copy(), np.zeros_like(lower), np.zeros(lower.shape, np.uint8)
    likelihood = np.ones(nodes.shape[0])
    mean, sd = kernel.moments(nodes, likelihood, prior)
    place = (ability - nodes[0]) / (nodes[1] - nodes[0])
    low = min(max(int(place), 0), nodes.shape[0] - 2)
    part = min(max(place - low, 0.0), 1.0)
    given = 0
    while True:
        reason = kernel.stop(
            nodes, likelihood, mean, sd, given, counts, minimum, maximum, se, lower, cuts, how, bound, half
        )
        if reason != kernel.GOING:
            return mean, sd, given, reason
        kernel.block(counts, lower, upper, maximum - given, blocked)
        if posterior:
            ranked = kernel.by_posterior(information, likelihood, prior)
        else:
            ranked = order[kernel.node_of(nodes, mean)]
        item = kernel.pick(ranked, used, withheld, content, blocked)
        if item < 0:
            return mean, sd, given, kernel.EXHAUSTED
        kernel.mark(item, group, content, used, counts)
        items[given] = item
        given += 1
        draw, score = kernel.uniform(seed, taker, item), 0
        for k in range(chances.shape[1] - 1):
            draw -= (1.0 - part) * chances[item, k, low] + part * chances[item, k, low + 1]
            score += draw >= 0.0
        kernel.observe(likelihood, chances[item, score])
        mean, sd = kernel.moments(nodes, likelihood, prior)
