"""What a testing window needs from the counts that it stores: exposure control and items on trial.

A window keeps two things: how many sittings are finished, and in how many of them each item was given. From these::

    rules = limited(pool, design, rate=0.20)                 once a pool and design, up to 0.3 s
    start = warm(pool, rules, takers=1000)                   once a pool and design, about 10 ms
    control = control_of(pool, rules, start, given, takers)  at the beginning of a sitting
    sitting = begin(pool, rules, seed=..., mean=..., variance=..., exposure=control, given=given)

``given`` maps an item's name to its number of finished sittings; items that are missing were never given. What was
drawn for a sitting (items withheld, items on trial) stands in the sitting, so later counts change nothing in it.
``warm`` is in ``simulate``, ``begin`` in ``sitting``. The result of an item on trial comes from ``trials.trial_item``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from headway.core.measurement.adaptive.design import Design
from headway.core.measurement.adaptive.exposure import Exposure, counted
from headway.core.measurement.adaptive.pool import Pool
from headway.core.measurement.adaptive.simulate import simulate, warm
from headway.core.measurement.items import Floats

SLACK = 0.03
"""A limit counts as kept when no item is shown to more takers than this above it."""
LONGER = 1.15
"""Control may make a test at most this many times as long as it is without."""
TAKERS = 1000


def limited(
    pool: Pool, design: Design, *, rate: float = 0.20, mean: float = 0.0, variance: float = 1.0, trials: int = 0
) -> Design:
    """Return the design with an item shown to at most a share of takers and with ``trials`` items on trial.

    The share is ``rate`` where the pool can keep that, else the lowest one in steps of 0.05 for which, with takers from
    N(mean, variance) (logits), the share is kept within ``SLACK`` and tests are at most ``LONGER`` times as long; a
    small bank ends at 1, which is no control. ``trials`` is lowered to what the pool has on trial and to
    ``design.minimum`` - 1. Raises ValueError for a rate that is not above 0 and at most 1, and for negative trials.
    """
    if trials < 0:
        raise ValueError(f"{trials} items on trial: give 0 or more")
    room = replace(design, trials=min(trials, int(pool.trial.sum()), design.minimum - 1), exposure=rate)
    abilities = mean + np.sqrt(variance) * np.random.default_rng(20_043).standard_normal(TAKERS)
    free = simulate(pool, replace(room, exposure=1.0), abilities, seed=78, mean=mean, variance=variance)
    while room.exposure < 1.0:
        start = warm(pool, room, mean=mean, variance=variance, takers=TAKERS)
        found = simulate(pool, room, abilities, seed=78, mean=mean, variance=variance, exposure=start)
        most = float(np.bincount(found.items[found.items >= 0], minlength=len(pool)).max()) / TAKERS
        if most <= room.exposure + SLACK and found.length.mean() <= LONGER * free.length.mean():
            break
        room = replace(room, exposure=min(round(room.exposure + 0.05, 2), 1.0))
    return room


def counts_of(pool: Pool, given: Mapping[str, int]) -> Floats:
    """Return float64 [J]: in how many sittings each item was given. Names that the pool does not have are passed over:
    they were given before an item was taken out."""
    return np.array([given.get(name, 0) for name in pool.bank.ids], np.float64)


def control_of(pool: Pool, design: Design, start: Exposure, given: Mapping[str, int], takers: int) -> Exposure:
    """Return exposure control as it is after ``takers`` finished sittings; ``start`` is what ``warm`` returned.

    Sittings that are under way count neither as takers nor as given; the chances of ``start`` hold for them, so a class
    that begins at the same moment does not get the same items. Raises ValueError for negative counts.
    """
    counts = counts_of(pool, given)
    if takers < 0 or bool((counts < 0).any()):
        raise ValueError("a count of sittings is not negative")
    return counted(start, counts, takers, design.exposure)
