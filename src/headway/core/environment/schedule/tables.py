"""The seats, the sessions and the people of a stage of planning, and the plan that is read from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from headway.core.environment.schedule import first
from headway.core.environment.schedule.bounding import Point
from headway.core.environment.schedule.chains import Scratch, scratch_for
from headway.core.environment.schedule.day import Plan
from headway.core.environment.schedule.layout import Layout, crews_for, nothing_opened, seat_prices
from headway.core.environment.schedule.net import Seats, empty_seats, put
from headway.core.environment.schedule.opening import MOST, Crews, Opened, Prices, start_session
from headway.core.environment.schedule.pinning import Arrangement


@dataclass(slots=True, eq=False)
class Table:
    """The seats, the sessions and the people of one stage."""

    seats: Seats
    crews: Crews
    opened: Opened
    scratch: Scratch


def prices_at(layout: Layout, point: Point) -> Prices:
    """The prices of a point, with what a seat of each kind would fetch."""
    return Prices(
        point.learner, point.item, point.crew, float(point.common[0]), float(point.common[1]),
        seat_prices(layout.net, point.learner, point.item),
    )  # fmt: skip


def table_for(layout: Layout, timed: bool, prices: Prices) -> Table:
    """Nobody seated and nothing open: block by block (``timed``), or all blocks as one."""
    day, net = layout.day, layout.net
    frames = day.blocks if timed else 1
    seats = empty_seats(net, frames)
    seats.room[net.kinds * frames :] = day.devices if timed else day.devices.sum()
    seats.locked[:] = ~layout.here
    scratch = scratch_for(len(seats.filled))
    scratch.worth[:] = np.repeat(prices.seat, frames)
    return Table(seats, crews_for(day, timed), nothing_opened(day), scratch)


def first_plan(layout: Layout, table: Table, prices: Prices) -> None:
    """Open what pays at these prices, one session after the other, then give out devices."""
    net, who = layout.net, layout.supply.crews_of
    first.first_sessions(net, table.seats, table.crews, table.opened, prices, who)
    first.first_devices(net, table.seats, np.zeros(MOST + 1), np.zeros(MOST + 1, dtype=np.int64))


def seat_demanded(layout: Layout, table: Table, arranged: Arrangement, timed: bool) -> None:
    """Open the sessions that pins need, and seat whom they need."""
    net, rank = layout.net, np.zeros(len(layout.day.learner), dtype=np.int64)
    rank[net.order] = np.arange(len(net.order))
    for at, (crew, kind, block) in enumerate(arranged.sessions):
        start_session(net, table.seats, table.crews, table.opened, crew, kind, block if timed else 0)
        table.opened.fixed[at] = True
    for learner, block, choice, pinned in arranged.seats:
        put(net, table.seats, learner, block, int(rank[choice]))
        table.seats.locked[learner, block] = pinned


def plan_of(layout: Layout, table: Table) -> Plan:
    """The day's own numbers of what the tables hold."""
    day, net = layout.day, layout.net
    order = np.append(net.order, -1)  # -1 finds the last
    seats = order[table.seats.hold]
    seats = np.where(seats < 0, layout.overflow[:, None], seats)
    number = {(int(crew), int(kind)): at for at, (crew, kind) in enumerate(day.openings.tolist())}
    sessions = np.zeros((day.blocks, len(day.openings)), dtype=np.int64)
    opened = table.opened
    for at in range(int(opened.size[0])):
        sessions[opened.frame[at], number[int(opened.crew[at]), int(opened.kind[at])]] += 1
    return Plan(seats.T.copy(), sessions)
