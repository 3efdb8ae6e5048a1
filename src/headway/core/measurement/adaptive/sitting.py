"""One person's adaptive test as a value that any worker can carry on.

A sitting holds what was given and answered, nothing that can be recomputed; it is a few hundred bytes of JSON. Nothing
runs between two answers, so a pause is no event: the sitting is stored, and goes on where it is decoded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from headway.core.measurement.adaptive import kernel
from headway.core.measurement.adaptive.design import Design, Rules, rules_of
from headway.core.measurement.adaptive.exposure import Exposure
from headway.core.measurement.adaptive.pool import Ints, Marks, Pool
from headway.core.measurement.adaptive.scoring import Ability
from headway.core.measurement.adaptive.shadow import shadow_items
from headway.core.measurement.items import Floats

FORMAT = 1
REASONS = ("", "precise", "decided", "longest", "exhausted", "time")
"""Why a sitting ended, by the kernel's code."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """``pool`` is the version of the bank; ``seed`` makes every draw; ``mean`` and ``variance`` are the prior in
    logits; ``items`` and ``scores`` are places in the bank and points, in the order given; ``pending`` is the item
    that waits for an answer, -1 when the test is over, for ``reason``; ``withheld`` are the items that exposure
    control keeps from this taker; ``trials`` are the items on trial drawn for this taker, in their order; ``seconds`` is
    the working time so far."""

    pool: str
    seed: int
    mean: float
    variance: float
    items: tuple[int, ...] = ()
    scores: tuple[int, ...] = ()
    pending: int = -1
    withheld: tuple[int, ...] = ()
    trials: tuple[int, ...] = ()
    seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """What the answers say so far, recomputed from them in some microseconds."""

    likelihood: Floats
    prior: Floats
    used: Marks
    counts: Ints
    mean: float
    sd: float
    given: int


def begin(
    pool: Pool,
    design: Design,
    *,
    seed: int,
    mean: float = 0.0,
    variance: float = 1.0,
    exposure: Exposure | None = None,
    taker: int = 0,
    given: Mapping[str, int] | None = None,
) -> Sitting:
    """Start a test; its first item is pending. ``exposure`` is control as it is now, ``taker`` this taker's number in
    the seed. ``given`` is how often each item was given before, by its name: items on trial with the fewest come first.
    Raises ValueError for a design that the pool cannot serve."""
    withheld = np.zeros(len(pool), np.uint8)
    if design.exposure < 1.0 and exposure is not None:
        kernel.withhold(exposure.chance, exposure.balance, seed, taker, withheld)
    closed = tuple(int(item) for item in np.flatnonzero(withheld))
    drawn = _draw_trials(pool, design, seed, given or {})
    return _go_on(pool, design, Sitting(pool.version, seed, mean, variance, withheld=closed, trials=drawn))


def answer(pool: Pool, design: Design, sitting: Sitting, score: int, *, seconds: float = 0.0) -> Sitting:
    """Book the answer to the pending item and choose the next one, or end the test.

    ``seconds`` is the working time of this item. Raises ValueError when nothing is pending, for a score that the item
    does not have, and for a sitting of another bank.
    """
    if sitting.pool != pool.version:
        raise ValueError(f"the sitting belongs to bank {sitting.pool}, this one is {pool.version}: load that one")
    if sitting.pending < 0:
        raise ValueError("the test is over: no item waits for an answer")
    highest = int(pool.bank.steps[sitting.pending])
    if not 0 <= score <= highest:
        raise ValueError(f"item {pool.bank.ids[sitting.pending]!r} has scores from 0 to {highest}, not {score}")
    after = replace(
        sitting,
        items=(*sitting.items, sitting.pending),
        scores=(*sitting.scores, score),
        pending=-1,
        seconds=sitting.seconds + max(seconds, 0.0),
    )
    return _go_on(pool, design, after)


def ability_now(pool: Pool, design: Design, sitting: Sitting) -> Ability:
    """Return mean and standard deviation of the posterior so far, in logits; before any answer those of the prior."""
    work = _work(pool, rules_of(design, pool), sitting)
    return Ability(work.mean, work.sd)


def scored(pool: Pool, sitting: Sitting) -> tuple[int, ...]:
    """Return the items given that count for the result: those on trial do not."""
    return tuple(item for item in sitting.items if not pool.trial[item])


def encode(sitting: Sitting) -> bytes:
    """Write a sitting as versioned JSON; the same sitting gives the same bytes."""
    values = {name: getattr(sitting, name) for name in Sitting.__dataclass_fields__}
    return json.dumps({"format": FORMAT, **values}, separators=(",", ":"), sort_keys=True).encode()


def decode(data: bytes) -> Sitting:
    """Read what :func:`encode` wrote. Raises ValueError if it is something else, or of another format."""
    try:
        values = json.loads(data)
        if values.pop("format") != FORMAT:
            raise ValueError(f"not format {FORMAT}")
        for name in ("items", "scores", "withheld", "trials"):
            values[name] = tuple(int(value) for value in values.get(name, ()))
        return Sitting(**values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an encoded sitting: {error}") from error


def _work(pool: Pool, rules: Rules, sitting: Sitting) -> _Work:
    nodes = pool.nodes
    likelihood, prior = np.ones(len(nodes)), np.empty(len(nodes))
    kernel.prior_on(nodes, sitting.mean, sitting.variance, prior)
    used, counts, given = pool.trial.copy(), np.zeros_like(rules.lower), 0
    for item, score in zip(sitting.items, sitting.scores, strict=True):
        if not pool.trial[item]:
            kernel.observe(likelihood, pool.chances[item, score])
            kernel.mark(item, pool.group, pool.content, used, counts)
            given += 1
    mean, sd = kernel.moments(nodes, likelihood, prior)
    return _Work(likelihood, prior, used, counts, mean, sd, given)


def _go_on(pool: Pool, design: Design, sitting: Sitting) -> Sitting:
    rules = rules_of(design, pool)
    work = _work(pool, rules, sitting)
    reason = kernel.stop(
        pool.nodes, work.likelihood, work.mean, work.sd, work.given, work.counts, rules.minimum, rules.maximum,
        rules.se, rules.lower, rules.cuts, rules.decide, rules.bound, rules.indifference,
    )  # fmt: skip
    if reason == kernel.GOING and 0.0 < design.seconds <= sitting.seconds:
        reason = kernel.TIME
    if reason != kernel.GOING:
        return replace(sitting, reason=REASONS[reason])
    trial = _trial(pool, design, sitting, work.given)
    item = trial if trial >= 0 else _choose(pool, design, rules, sitting, work)
    if item < 0:
        return replace(sitting, reason=REASONS[kernel.EXHAUSTED])
    return replace(sitting, pending=item)


def _choose(pool: Pool, design: Design, rules: Rules, sitting: Sitting, work: _Work) -> int:
    withheld = np.zeros(len(pool), np.uint8)
    withheld[list(sitting.withheld)] = 1
    node = kernel.node_of(pool.nodes, work.mean)
    left = rules.maximum - work.given
    if design.shadow:
        found = shadow_items(pool, rules, pool.information[node], work.used, withheld, work.counts, left)
        if found is not None:
            return int(found[0])
    blocked = np.zeros(rules.lower.shape, np.uint8)
    kernel.block(work.counts, rules.lower, rules.upper, left, blocked)
    order = pool.order[node]
    if rules.posterior:
        order = kernel.by_posterior(pool.information, work.likelihood, work.prior)
    return kernel.pick(order, work.used, withheld, pool.content, blocked)


def _draw_trials(pool: Pool, design: Design, seed: int, given: Mapping[str, int]) -> tuple[int, ...]:
    """The items on trial for one taker: those that were given least, drawn among equals."""
    stock = np.flatnonzero(pool.trial).tolist() if design.trials else []
    stock.sort(key=lambda item: (given.get(pool.bank.ids[item], 0), kernel.uniform(seed, 2, item)))
    return tuple(stock[: design.trials])


def _trial(pool: Pool, design: Design, sitting: Sitting, given: int) -> int:
    """The item on trial whose turn it is, or -1. Their places are spread over the part of the test that everybody
    takes, never first."""
    shown = sum(bool(pool.trial[item]) for item in sitting.items)
    if shown >= len(sitting.trials):
        return -1
    slot = (design.minimum - 1) / len(sitting.trials)
    due = 1 + int((shown + kernel.uniform(sitting.seed, 1, shown)) * slot)
    return sitting.trials[shown] if given >= due else -1


def take(pool: Pool, design: Design, sitting: Sitting, score_of: Callable[[int], int]) -> Sitting:
    """Finish a sitting with the scores that ``score_of`` gives to each item's place in the bank."""
    while sitting.pending >= 0:
        sitting = answer(pool, design, sitting, score_of(sitting.pending))
    return sitting
