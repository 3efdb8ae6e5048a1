"""The bound of a day by prices, beside quick plans that show how low it can go."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from headway.core.environment.schedule import bounding
from headway.core.environment.schedule.bounding import Point, point_for
from headway.core.environment.schedule.layout import Layout, crews_for
from headway.core.environment.schedule.net import value_of
from headway.core.environment.schedule.opening import Prices
from headway.core.environment.schedule.tables import first_plan, prices_at, table_for

Watch = Callable[[str, int, int], None]
"""Told (stage, done, of) while the search goes on."""


def prove(layout: Layout, steps: int, tell: Watch) -> tuple[float, Point]:
    """Lower the bound in ``steps`` steps; returns it with the prices that prove it."""
    net, supply = layout.net, layout.supply
    at, best, slope = (point_for(net, supply) for _ in range(3))
    own = net.kind == net.kinds
    mean = np.bincount(net.learner[own], net.gain[own], len(net.idle))
    count = np.bincount(net.learner[own], minlength=len(net.idle))
    at.learner[:] = np.maximum(net.idle, mean / np.maximum(count, 1))
    at.crew[:] = 4.0 * float(net.gain.mean()) if len(net.gain) else 0.0
    at.common[0] = 0.25 * float(at.crew.mean()) if len(at.crew) else 0.0
    crews = crews_for(layout.day, False)
    best.learner[:], best.crew[:], best.common[:] = at.learner, at.crew, at.common
    bound, done = float("inf"), 0
    for part, (share, trust, shares) in enumerate(PARTS):
        tell("bound", done, steps)
        reached = _first_value(layout, prices_at(layout, best))
        aim = reached if part == 0 else bound - trust * (bound - reached)
        part_steps = max(1, int(share * steps))
        bound = bounding.descend(net, crews, supply, at, best, slope, part_steps, aim, bound, shares)
        done += part_steps
    tell("bound", steps, steps)
    return float(bound), best


PARTS = ((0.1, 1.0, (1.5, 1.2)), (0.2, 0.5, (1.2, 0.8)), (0.3, 0.35, (0.8, 0.3)), (0.4, 0.35, (0.3, 0.1)))
"""Parts of the descent: share of the steps; how far the best value lies below the bound, as a share of the distance to a quick
plan at the prices of the time; first and last share of the Polyak length."""


def _first_value(layout: Layout, prices: Prices) -> float:
    """What a quick plan at these prices is worth."""
    table = table_for(layout, False, prices)
    first_plan(layout, table, prices)
    return float(value_of(layout.net, table.seats))
