"""A day so small that planning it takes no time, but loads every kernel."""

from __future__ import annotations

import numpy as np

from headway.core.environment.schedule.again import solve_again
from headway.core.environment.schedule.day import DEVICE, OVERFLOW, Day
from headway.core.environment.schedule.rules import Pin
from headway.core.environment.schedule.solving import Effort, Schedule, solve


def tiny_day() -> Day:
    """Six learners, two kinds, two blocks, one adult, one device."""
    learners = np.arange(6)
    kinds = np.array([0, 1, DEVICE, OVERFLOW])
    return Day(
        learners=6, blocks=2, learner=np.repeat(learners, 4), kind=np.tile(kinds, 6), item=np.tile([0, 1, 0, -1], 6),
        gain=np.tile([1.0, 0.8, 0.5, 0.1], 6) + np.repeat(learners, 4) / 100.0, modalities=("group", "group"),
        skills=np.array([0, 1]), largest=np.array([3, 3]), smallest=np.array([1, 1]), large=np.array([False, True]),
        openings=np.array([[0, 0], [0, 1]]), adults=np.array([[1, 1]]), rooms=np.array([1, 1]), devices=np.array([1, 1]),
    )  # fmt: skip


def warm_up() -> None:
    """Load (the first time: compile) the kernels, so that a time that is measured later is the planner's own."""
    day = tiny_day()
    found = solve(day, (Pin(0, 0, 0),), effort=Effort(10, 20, 20))
    if isinstance(found, Schedule):
        solve_again(day, (), found.plan)
