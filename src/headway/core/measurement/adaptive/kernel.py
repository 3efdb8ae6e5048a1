"""The compiled core of an adaptive test. Live sittings and simulations call the same functions, so that a simulation
shows what learners will meet, item by item.

Chance is a hash of numbers, not a stream: the same taker, item and seed give the same draw whatever came before.
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from headway.core.compiled import compiled
from headway.core.measurement.adaptive.pool import Ints, Marks
from headway.core.measurement.items import Floats

GOING, PRECISE, DECIDED, LONGEST, EXHAUSTED, TIME = range(6)
"""Why a test stopped; ``GOING``: it has not."""

Words = NDArray[np.uint64]
GAIN = 0.5
"""How strongly an item that is ahead of its share is held back: one taker too many lowers its chance by e^-0.5."""
SLACK = 3.0
"""An item may save up at most this many unused turns, so that a quiet spell is not followed by a rush."""


@compiled
def uniform(seed: int, taker: int, place: int) -> float:
    """Return a number in [0, 1) for these three (SplitMix64, Steele, Lea and Flood 2014)."""
    word = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15)
    word ^= (np.uint64(taker) + np.uint64(1)) * np.uint64(0xBF58476D1CE4E5B9)
    word += (np.uint64(place) + np.uint64(1)) * np.uint64(0x94D049BB133111EB)
    for _ in range(2):
        word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        word = word ^ (word >> np.uint64(31))
    return float(word >> np.uint64(11)) * 1.1102230246251565e-16


@compiled
def prior_on(nodes: Floats, mean: float, variance: float, out: Floats) -> None:
    """Write the normal prior's weights on the grid, up to a constant: 1 at the node nearest to its mean."""
    off = (min(max(mean, nodes[0]), nodes[-1]) - mean) ** 2
    for q in range(nodes.shape[0]):
        out[q] = exp(-0.5 * ((nodes[q] - mean) ** 2 - off) / variance)


@compiled
def observe(likelihood: Floats, column: Floats) -> None:
    """Multiply one answer's chances into the likelihood, in place; its largest value stays between 1e-100 and 1."""
    top = 0.0
    for q in range(likelihood.shape[0]):
        likelihood[q] *= column[q]
        top = max(top, likelihood[q])
    if 0.0 < top < 1e-100:
        for q in range(likelihood.shape[0]):
            likelihood[q] /= top


@compiled
def moments(nodes: Floats, likelihood: Floats, prior: Floats) -> tuple[float, float]:
    """Return mean and standard deviation of the posterior (Bock and Mislevy 1982)."""
    total, first, second = 0.0, 0.0, 0.0
    for q in range(nodes.shape[0]):
        weight = likelihood[q] * prior[q]
        total += weight
        first += weight * nodes[q]
        second += weight * nodes[q] * nodes[q]
    mean = first / total
    return mean, sqrt(max(second / total - mean * mean, 1e-12))


@compiled
def _log_at(nodes: Floats, likelihood: Floats, ability: float) -> float:
    place = (ability - nodes[0]) / (nodes[1] - nodes[0])
    low = min(max(int(place), 0), nodes.shape[0] - 2)
    part = min(max(place - low, 0.0), 1.0)
    below, above = max(likelihood[low], 1e-300), max(likelihood[low + 1], 1e-300)
    return float((1.0 - part) * log(below) + part * log(above))


@compiled
def _best_of(nodes: Floats, likelihood: Floats, low: float, high: float) -> float:
    best = max(_log_at(nodes, likelihood, low), _log_at(nodes, likelihood, high))
    for q in range(nodes.shape[0]):
        if low <= nodes[q] <= high:
            best = max(best, log(max(likelihood[q], 1e-300)))
    return best


@compiled
def decided(
    nodes: Floats, likelihood: Floats, mean: float, sd: float, cuts: Floats, how: int, bound: float, half: float
) -> bool:
    """Say whether the taker's side of every cut is clear."""
    for cut in cuts:
        if how == 1:
            clear = abs(mean - cut) >= bound * sd
        elif how == 2:
            gap = _log_at(nodes, likelihood, cut + half) - _log_at(nodes, likelihood, cut - half)
            clear = abs(gap) >= bound
        else:
            above = _best_of(nodes, likelihood, cut + half, nodes[-1])
            clear = abs(above - _best_of(nodes, likelihood, nodes[0], cut - half)) >= bound
        if not clear:
            return False
    return True


@compiled
def stop(
    nodes: Floats,
    likelihood: Floats,
    mean: float,
    sd: float,
    given: int,
    counts: Ints,
    minimum: int,
    maximum: int,
    se: float,
    lower: Ints,
    cuts: Floats,
    how: int,
    bound: float,
    half: float,
) -> int:
    """Return why the test is over, or ``GOING``. It never stops before its ranges are filled."""
    if given >= maximum:
        return LONGEST
    if given < minimum:
        return GOING
    for d in range(lower.shape[0]):
        for c in range(lower.shape[1]):
            if counts[d, c] < lower[d, c]:
                return GOING
    if sd <= se:
        return PRECISE
    if how > 0 and decided(nodes, likelihood, mean, sd, cuts, how, bound, half):
        return DECIDED
    return GOING


@compiled
def block(counts: Ints, lower: Ints, upper: Ints, left: int, blocked: Marks) -> None:
    """Mark the categories that the next item may not come from: they are full, or the places left are needed for
    others."""
    for d in range(lower.shape[0]):
        needed = 0
        for c in range(lower.shape[1]):
            needed += max(lower[d, c] - counts[d, c], 0)
        for c in range(lower.shape[1]):
            full = counts[d, c] >= upper[d, c]
            blocked[d, c] = full or (needed >= left and counts[d, c] >= lower[d, c])


@compiled
def pick(order: Ints, used: Marks, withheld: Marks, content: Ints, blocked: Marks) -> int:
    """Return the first item of ``order`` that may be given, one that is not withheld if there is any; -1 for none."""
    second = -1
    for item in order:
        if used[item] == 0:
            fits = True
            for d in range(content.shape[0]):
                fits = fits and blocked[d, content[d, item]] == 0
            if fits:
                if withheld[item] == 0:
                    return int(item)
                if second < 0:
                    second = int(item)
    return second


@compiled
def by_posterior(information: Floats, likelihood: Floats, prior: Floats) -> Ints:
    """Return the items by information averaged over the posterior, best first (van der Linden 1998)."""
    value = np.zeros(information.shape[1])
    top = 0.0
    for q in range(information.shape[0]):
        top = max(top, likelihood[q] * prior[q])
    for q in range(information.shape[0]):
        weight = likelihood[q] * prior[q]
        if weight > 1e-3 * top:
            for j in range(information.shape[1]):
                value[j] += weight * information[q, j]
    return np.argsort(-value, kind="mergesort").astype(np.int32)


@compiled
def mark(item: int, group: Ints, content: Ints, used: Marks, counts: Ints) -> None:
    """Book an item as given: count its content and rule out its enemies, in place."""
    used[item] = 1
    for d in range(content.shape[0]):
        counts[d, content[d, item]] += 1
    if group[item] >= 0:
        for other in range(group.shape[0]):
            if group[other] == group[item]:
                used[other] = 1


@compiled
def node_of(nodes: Floats, ability: float) -> int:
    """Return the grid's node that is nearest to an ability."""
    place = int((ability - nodes[0]) / (nodes[1] - nodes[0]) + 0.5)
    return int(min(max(place, 0), nodes.shape[0] - 1))


@compiled
def withhold(chance: Floats, balance: Floats, seed: int, taker: int, out: Marks) -> None:
    """Draw which items this taker may not see; ``balance`` is how far each is ahead of its share of takers."""
    for j in range(chance.shape[0]):
        open_ = chance[j]
        if open_ < 1.0 or balance[j] > 0.0:
            open_ = min(open_ * exp(-GAIN * balance[j]), 1.0)
        out[j] = open_ < 1.0 and uniform(seed, taker, 1_000_000 + j) >= open_
